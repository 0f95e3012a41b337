"""A slip of the pen in the real knowledge does not go by unnoticed, or the page says why it may."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from engine.case_file import ReadCase, read_cases
from engine.design.case_tests import run_cases
from engine.design.differing import compare_clients
from engine.diagnostics import KnowledgeError
from engine.library import Knowledge
from engine.loading import assemble, read_folder
from engine.reader import Document
from engine.words import Turn
from tests.counts import examples
from tests.design.noticing import Notice
from tests.design.slips import Kind, Slip, changed, made, slips, written
from tests.docs.markdown import ROOT, codes, page, rows, section

KNOWLEDGE, CASES = ROOT / "knowledge", ROOT / "cases"
PAGE, SURVIVORS = "vergissingen.md", "Wat niemand merkt, en waarom"

NUMBER = examples(full=500, quick=20)
LEAST = 0.95
"""The share of the slips that must be noticed."""

SMALL = "overdracht"
"""A protocol with few cases, so that all of them can be run for each slip."""


@cache
def documents() -> list[Document]:
    return read_folder(KNOWLEDGE)


@cache
def knowledge() -> Knowledge:
    return assemble([*documents()])


@cache
def cases() -> list[ReadCase]:
    found, findings = read_cases(CASES, knowledge())
    assert findings == []
    return found


@cache
def all_slips() -> list[Slip]:
    return slips(documents(), knowledge())


def valid(some: list[Slip], number: int) -> Iterator[tuple[Slip, Knowledge]]:
    """The first so many slips after which the files are still valid knowledge."""
    for slip in some:
        if number == 0:
            return
        try:
            yield slip, made(slip, documents())
        except KnowledgeError:
            continue  # the reader noticed
        number -= 1


def listed() -> set[str]:
    """The slips that the page explains: one row for each, with what is written in code style."""
    there = rows(section(page(PAGE), SURVIVORS))[1:]
    assert all(len(row) == 2 and row[1] for row in there)
    return {said for row in there for said in codes(row[0])}


@pytest.mark.timeout(3_600)
def test_nearly_every_slip_is_noticed_and_the_page_explains_the_others() -> None:
    notice = Notice(knowledge(), cases())
    noticed = set[str]()
    survivors: dict[str, Knowledge] = {}
    for slip, new in valid(all_slips(), NUMBER):
        if notice.case(new) is None and notice.client(new) is None:
            survivors[slip.said] = new
        else:
            noticed.add(slip.said)
    assert len(survivors) <= (1 - LEAST) * NUMBER, survivors.keys()
    unproved = [said for said, new in survivors.items() if not notice.nobody(new)]
    assert not unproved, "nobody was found, nor is it proved that there is nobody"
    unexplained = "\n".join(sorted(survivors.keys() - listed()))
    assert not unexplained, f"explain in docs/{PAGE} why nobody differs:\n{unexplained}"
    assert not noticed & listed(), f"docs/{PAGE} explains what is noticed by now"


def test_the_page_explains_only_slips_that_can_be_made() -> None:
    assert listed() <= {slip.said for slip in all_slips()}


def test_there_are_slips_of_every_kind_and_each_changes_its_file() -> None:
    files = {one.name: one.data for one in documents()}
    found = all_slips()
    assert [slip.kind for slip in found[: len(Kind)]] == list(Kind)
    assert all(changed(files[slip.file], slip) != files[slip.file] for slip in found[:500])


def test_a_file_without_a_slip_is_written_as_what_it_was() -> None:
    assert [written(one.data, one.name).data for one in documents()] == [
        one.data for one in documents()
    ]


def test_running_only_the_cases_that_can_notice_misses_none() -> None:
    some = [case for case in cases() if case.case.protocols == (SMALL,)]
    notice = Notice(knowledge(), some)
    near = [slip for slip in all_slips() if Path(slip.file).match(f"protocollen/{SMALL}/*.yaml")]
    seen = set()
    for _, new in valid(near, examples(full=70, quick=5)):
        found = run_cases(new, some).findings
        assert (notice.case(new) is not None) is bool(found)
        seen.add(bool(found))
    assert seen == {True, False}


def test_another_step_with_the_same_status_is_shown_although_no_case_says_so() -> None:
    steps = [slip for slip in all_slips() if slip.kind is Kind.ACTION]
    notice = Notice(knowledge(), cases())
    for slip, new in valid(steps, examples(full=20, quick=2)):
        assert notice.case(new) is None
        client = notice.client(new)
        assert client is not None
        assert client.change.rule.id == slip.said.partition(":")[0]
        assert client.change.turn is Turn.STEP
        day = client.comparison.after.case.reference_date
        shown = compare_clients(knowledge(), new, day, budget=600).found
        assert client.change.rule.id in {one.change.rule.id for one in shown}

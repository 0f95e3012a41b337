"""What is not worked out because nothing under it changed: the report is the same without it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.consequences import Consequences, Version, as_json, work_out
from engine.consult import consult
from engine.design import comparing
from engine.design.differing import AnyClient, SideBySide, compare_clients
from engine.diagnostics import KnowledgeError
from engine.library import Knowledge
from engine.loading import assemble, load
from engine.reader import read_text
from tests.consequences.sparing import nothing_spared
from tests.consequences.test_properties import versions
from tests.consequences.worlds import SMALL_CASE, cases, changed, put, texts
from tests.counts import examples
from tests.design.editing import EDITS, OF_CASES, edit
from tests.design.refused import REFUSED
from tests.design.world import CASES, KNOWLEDGE, knowledge_after
from tests.engine.worlds import PROTOCOL, TODAY, knowledge, knowledge_with

NEIGHBOUR = {
    "parameters/buurdorp.yaml": "instantie: buurdorp\nnaam: Gemeente Buurdorp (fictief)\n"
    "afwijkingen:\n  - parameter: duur_maximum\n    waarden:\n      - {vanaf: 2020-01-01, "
    'waarde: 12, bronnen: ["proefwet#3"], zekerheid: gelezen}\n'
}
"""Another municipality: what it shares with the first is asked once."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    there = cases(tmp_path_factory.mktemp("kennis") / "casussen")
    facts = "{kosten: 2700, duur: 20}"
    story = SMALL_CASE.format(id="buur", title="Bij de buren", authority="buurdorp", facts=facts)
    return put(there, {"proef/buur.yaml": story})


def worked(one: Knowledge, other: Knowledge, folder: Path, *, on_the_day: bool) -> Consequences:
    return work_out(Version("a", one), Version("b", other), folder, TODAY, on_the_day=on_the_day)


def compared(one: Knowledge, other: Knowledge, folder: Path, *, on_the_day: bool = False) -> None:
    """Compare two versions, and see that it is all that comparing in full finds."""
    found = as_json(worked(one, other, folder, on_the_day=on_the_day))
    with nothing_spared():
        assert found == as_json(worked(one, other, folder, on_the_day=on_the_day))


def with_neighbour(one: Knowledge) -> Knowledge:
    files = {name: content.decode() for name, content in one.contents.items()} | NEIGHBOUR
    return assemble([read_text(text.encode(), name) for name, text in files.items()])


@settings(
    max_examples=examples(full=300, quick=20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(versions(), versions(), st.booleans())
def test_sparing_finds_what_comparing_in_full_finds(
    folder: Path, one: Knowledge, other: Knowledge, on_the_day: bool
) -> None:
    compared(with_neighbour(one), with_neighbour(other), folder, on_the_day=on_the_day)


@pytest.mark.parametrize("seed", range(2))
def test_edit_upon_edit_sparing_finds_what_comparing_in_full_finds(
    tmp_path: Path, seed: int
) -> None:
    both = tmp_path / KNOWLEDGE.name, tmp_path / CASES.name
    shutil.copytree(KNOWLEDGE, both[0])
    shutil.copytree(CASES, both[1])
    rng, last = random.Random(seed), load(both[0])
    for kind in rng.sample(sorted(set(EDITS) - OF_CASES), len(EDITS) - len(OF_CASES)):
        made = edit(rng, kind, *both)
        try:
            now = load(both[0])
        except KnowledgeError:
            assert made is not None
            made[0].write_text(made[1], encoding="utf-8")
            continue
        compared(last, now, both[1], on_the_day=rng.random() < 0.5)
        last = now


def test_only_whom_a_threshold_is_about_is_consulted(folder: Path) -> None:
    limit = ("parameters/proefdorp.yaml", "waarde: 3000", "waarde: 500")
    old, new = (
        knowledge_with({**files, **NEIGHBOUR}) for files in (texts(), changed(texts(), limit))
    )
    with patch.object(comparing, "consult", wraps=consult) as asked:
        found = worked(old, new, folder, on_the_day=False)
    assert {call.args[1].authority for call in asked.call_args_list} == {"proefdorp"}
    assert found.cases.compared == len(list(folder.rglob("*.yaml"))) - len(found.cases.unread)


def test_other_words_need_no_consultation(folder: Path) -> None:
    words = ("feiten/proef.yaml", "vraag: Wat kost de opleiding?", "vraag: Wat kost het?")
    with patch.object(comparing, "consult", wraps=consult) as asked:
        found = worked(
            knowledge(), knowledge_with(changed(texts(), words)), folder, on_the_day=False
        )
    assert found.items
    assert found.cases.is_empty
    asked.assert_not_called()


def test_what_no_version_can_carry_is_not_called_the_same() -> None:
    _, edits = REFUSED["te-ingewikkeld"]
    one, other = knowledge_after(*edits), knowledge_after(*edits)
    found = worked(one, other, CASES, on_the_day=False).cases
    assert found.compared == 0
    assert len(found.unread) == len(list(CASES.rglob("*.yaml")))
    assert all("te ingewikkeld" in one.old and one.old == one.new for one in found.unread)


def test_what_two_municipalities_share_is_asked_of_one() -> None:
    wider = (PROTOCOL, "kosten: {tussen: [1000, 2500]}", "kosten: {tussen: [900, 2500]}")
    both = (texts(), changed(texts(), wider))
    old, new = (knowledge_with({**files, **NEIGHBOUR}) for files in both)
    asked: list[str] = []
    differences = SideBySide.differences

    def told(there: SideBySide, rule: str) -> Iterator[AnyClient]:
        asked.append(rule)
        return differences(there, rule)

    with patch.object(SideBySide, "differences", told):
        assert compare_clients(old, new, TODAY).found
    # Of UWV and of one municipality.
    assert asked.count("proef.kosten-bespreken") == len(new.authorities) - 1

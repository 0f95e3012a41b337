"""The accountability pages keep up with the knowledge; LEIDRAAD_GOUD=1 writes their tables anew."""

from __future__ import annotations

import re

import pytest

from engine.knowledge import Protocol
from engine.words import Certainty, Direction, Norm
from tests.docs import accounts
from tests.docs.markdown import DOCS, codes, headings, page, rows, section
from tests.golden import check_golden

KEYS = {"stellingen", "geldig_tot_en_met"}
HEADINGS = [
    "Welke regel rust op welke stelling",
    accounts.LEFT_OUT,
    "Wat niet zeker is",
    "Eigen keuzes",
]
PROTOCOLS = pytest.mark.parametrize("protocol", accounts.protocols(), ids=lambda item: item.id)


def test_the_overview_says_where_every_statement_went() -> None:
    check_golden(DOCS / accounts.OVERVIEW, accounts.expected_overview())


@PROTOCOLS
def test_the_table_of_a_protocol_is_that_of_its_rules(protocol: Protocol) -> None:
    check_golden(accounts.PAGES / f"{protocol.id}.md", accounts.expected_page(protocol))


@PROTOCOLS
def test_a_page_has_every_part(protocol: Protocol) -> None:
    text = page(f"verantwoording/{protocol.id}.md")
    assert headings(text)[0] == f"Verantwoording: {protocol.title}"
    assert [title for title in HEADINGS if title not in headings(text)] == []
    header, *left_out = rows(section(text, accounts.LEFT_OUT))
    assert header == ["stelling", "reden"]
    assert all(what and reason for what, reason in left_out)


def test_every_page_belongs_to_a_protocol() -> None:
    assert {path.stem for path in accounts.PAGES.iterdir()} == set(accounts.known().protocols)


@PROTOCOLS
def test_what_a_page_names_exists(protocol: Protocol) -> None:
    known = accounts.known()
    rules = {rule.id for item in accounts.protocols() for rule in item.rules}
    words = {
        *rules,
        *(rule.removeprefix(f"{protocol.id}.") for rule in rules),
        *(option.id for fact in known.facts.values() for option in fact.options),
        *(option.id for bound in known.notions.values() for option in bound.notion.options),
        *known.facts, *known.notions, *known.parameters, *known.actions, *known.grounds,
        *known.protocols, *known.sources, *known.authorities, *Norm, *Certainty, *Direction, *KEYS,
    }  # fmt: skip
    named = codes(page(f"verantwoording/{protocol.id}.md"))
    assert [code for code in named if not re.search(r"[/: ]", code) and code not in words] == []


def test_every_statement_that_is_named_exists() -> None:
    pages = [path.read_text(encoding="utf-8") for path in accounts.PAGES.iterdir()]
    named = {*accounts.encoded(), *(name for text in pages for name in accounts.mentioned(text))}
    assert named <= set(accounts.STATEMENTS)


def test_no_statement_is_forgotten() -> None:
    accounted = {*accounts.encoded(), *accounts.in_the_product(), *accounts.left_out()}
    assert [one for one in accounts.STATEMENTS if one not in accounted] == []


def test_most_statements_are_used() -> None:
    assert len({*accounts.encoded(), *accounts.in_the_product()}) >= 140


def test_after_every_no_on_training_there_is_a_next_step() -> None:
    (training,) = (item for item in accounts.protocols() if item.id == "scholing")
    header, *found = rows(section(page("verantwoording/scholing.md"), "Eigen keuzes"))
    assert header == ["nee", "volgende stap"]
    refusing = {
        rule.id.removeprefix("scholing.")
        for rule in training.rules
        if rule.advice.direction is Direction.DO_NOT
    }
    assert {name for row in found for name in codes(row[0])} == refusing

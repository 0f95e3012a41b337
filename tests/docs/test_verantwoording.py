"""The account of the training protocol keeps up with the protocol itself."""

from __future__ import annotations

import re
from functools import cache

import pytest

from engine.knowledge import Rule
from engine.library import Knowledge
from engine.loading import load
from engine.words import Certainty, Direction, Norm
from tests.docs.markdown import ROOT, codes, page, rows, section

PROTOCOL = "scholing"
PAGE = page("verantwoording-scholing.md")
BASIS = section(PAGE, "Welke regel rust op welke stelling")
LEFT_OUT = section(PAGE, "Wat er niet in staat, en waarom")

KEYS = {"stellingen", "geldig_tot_en_met"}
_STATEMENT = re.compile(r"\b[A-Z]{3}-\d\d\b")


@cache
def known() -> Knowledge:
    return load(ROOT / "knowledge")


@cache
def rules() -> dict[str, Rule]:
    """The rules of the latest version, by the name that the page uses."""
    latest = max(known().protocols[PROTOCOL], key=lambda version: version.protocol.valid_from)
    return {rule.id.removeprefix(f"{PROTOCOL}."): rule for rule in latest.protocol.rules}


def table() -> dict[str, list[str]]:
    """The row of each rule."""
    header, *found = rows(BASIS)
    assert header[0] == "regel"
    assert len({row[0] for row in found}) == len(found)
    return {row[0].strip("`"): row for row in found}


def test_the_table_has_every_rule_in_the_order_of_the_protocol() -> None:
    assert list(table()) == list(rules())


@pytest.mark.parametrize("name", table())
def test_a_row_says_what_the_rule_says(name: str) -> None:
    rule = rules()[name]
    _, title, advice, norm, certainty, statements, exceptions = table()[name]
    assert title == rule.title
    assert advice == f"{rule.advice.action} ({rule.advice.direction.replace('_', ' ')})"
    assert (norm, certainty) == (rule.norm, rule.certainty)
    assert tuple(_STATEMENT.findall(statements)) == rule.statements
    assert {f"{PROTOCOL}.{other}" for other in codes(exceptions)} == set(rule.exception_to)


def test_what_the_page_names_exists() -> None:
    words = {*rules(), *known().facts, *known().notions, *Norm, *Certainty, *KEYS}
    assert [code for code in codes(PAGE) if "/" not in code and code not in words] == []


@pytest.mark.parametrize("number", range(1, 29))
def test_every_statement_on_training_is_encoded_or_left_out_with_a_reason(number: int) -> None:
    statement = f"SCH-{number:02}"
    encoded = any(statement in rule.statements for rule in rules().values())
    reasons = [reason for left_out, reason in rows(LEFT_OUT) if statement in left_out]
    assert encoded or (reasons and all(reasons))


def test_after_every_no_there_is_a_next_step() -> None:
    header, *found = rows(section(PAGE, "Eigen keuzes"))
    assert header == ["nee", "volgende stap"]
    refusing = {name for name, rule in rules().items() if rule.advice.direction is Direction.DO_NOT}
    assert {name for row in found for name in codes(row[0])} == refusing

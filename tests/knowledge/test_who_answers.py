"""Who can answer a question: what only an expert or an employer knows is asked by some step."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.library import Knowledge
from engine.loading import load
from engine.words import Direction, Respondent

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
AT_THE_TABLE = {Respondent.CLIENT, Respondent.PROFESSIONAL}
EXPERTS = {Respondent.DOCTOR, Respondent.LABOUR_EXPERT}


@cache
def known() -> Knowledge:
    return load(KNOWLEDGE)


def out_of_reach() -> list[str]:
    """Name the facts that nobody at the table can answer."""
    return [fact.id for fact in known().facts.values() if not AT_THE_TABLE & {*fact.respondents}]


def asked_of(respondents: set[Respondent]) -> set[str]:
    """Name the actions that put a question to one of these."""
    return {item.id for item in known().actions.values() if respondents & {*item.consults}}


@pytest.mark.parametrize("fact", out_of_reach())
def test_what_nobody_at_the_table_knows_is_asked_by_a_step_that_is_advised(fact: str) -> None:
    advised = {
        bound.rule.advice.action
        for versions in known().protocols.values()
        for bound in versions[-1].rules
        if bound.rule.advice.direction is Direction.DO
    }
    assert asked_of({*known().facts[fact].respondents}) & advised


def test_what_a_treating_doctor_has_to_tell_is_for_the_medical_adviser_to_say() -> None:
    # PRV-06: information runs through the medical adviser, so it is never the professional's guess.
    assert known().facts["informatie_behandelaar_nodig"].respondents == (Respondent.DOCTOR,)


def test_an_advice_on_what_the_client_can_do_asks_both_experts() -> None:
    assert {*known().actions["belastbaarheid_laten_onderzoeken"].consults} >= EXPERTS


def test_a_client_may_say_what_training_takes_but_the_professional_may_not() -> None:
    # MED-11; without the client's word everyone who wants training would need an examination.
    assert {*known().facts["hindernis_belastbaarheid"].respondents} == {
        Respondent.CLIENT,
        *EXPERTS,
    }


def test_who_is_consulted_is_never_who_sits_at_the_table() -> None:
    assert asked_of(AT_THE_TABLE) == set()

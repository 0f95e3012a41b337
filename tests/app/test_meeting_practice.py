"""Practising alone on an example, with made-up groups beside one's own answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Record
from engine.words import Sureness
from tests.app.conftest import Start
from tests.app.helpers import click, keys, text
from tests.app.meeting import visit

EXERCISE = "proef-oefening"
OTHERS = ("De cliënt wil het graag.", "Groep A", "verzonnen collega", "Dit gaf de doorslag")


@pytest.fixture
def at(start: Start) -> AppTest:
    start()
    return click(visit(), f"oefen_{EXERCISE}")


def judge(at: AppTest) -> AppTest:
    at.radio(key=f"groep_belastbaar_{EXERCISE}").set_value("ja")
    at.radio(key=f"groep_step_{EXERCISE}").set_value(0).run()
    at.text_area(key=f"groep_why_{EXERCISE}").set_value("Omdat het past.")
    at.radio(key=f"groep_sure_{EXERCISE}").set_value(Sureness.SURE)
    return click(at, "groepsantwoord_versturen")


def size() -> int:
    with Record.open() as record:
        return record.size()


def test_the_list_says_what_each_is_about(start: Start) -> None:
    start()
    said = text(visit())
    assert "Oefenen met een cursus" in said
    assert "Een cursus die past, of snel aan het werk." in said


def test_nothing_of_others_shows_before_an_own_answer(at: AppTest) -> None:
    said = text(at)
    assert "Zou u de cursus inzetten?" in said
    assert not any(one in said for one in OTHERS)
    click(at, "groepsantwoord_versturen")
    said = text(at)
    assert "Kies wat u zou doen." in said
    assert not any(one in said for one in OTHERS)


def test_the_rest_comes_step_by_step_and_the_groups_last(at: AppTest) -> None:
    judge(at)
    said = text(at)
    assert "De cliënt wil het graag." in said
    assert "Eerst een proefles volgen." in said
    assert "(u)**, zeker: Zet de cursus in." in said
    assert not any(one in said for one in OTHERS[1:])
    click(at, "oefening_verder")
    assert "Hoe ieder de feiten ziet" in text(at)
    click(at, "oefening_verder")
    assert "Dit gaf de doorslag" in text(at)
    click(at, "oefening_verder")
    said = text(at)
    assert "verzonnen collega" in said
    assert "Groep A (verzonnen)" in said
    assert "Een lange cursus kan het waard zijn." in said
    assert "oefening_verder" not in keys(at)


def test_nothing_of_it_is_recorded(at: AppTest) -> None:
    before = size()
    judge(at)
    click(at, "oefening_verder")
    assert size() == before


def test_it_can_be_done_again_and_left(at: AppTest) -> None:
    click(judge(at), "oefening_opnieuw")
    assert "groepsantwoord_versturen" in keys(at)
    assert not any(one in text(at) for one in OTHERS)
    click(at, "oefening_uit")
    assert f"oefen_{EXERCISE}" in keys(at)


def test_an_exercise_that_is_not_there_is_said(start: Start) -> None:
    start()
    assert "Deze oefening is er niet." in text(visit(oefening="bestaat-niet"))

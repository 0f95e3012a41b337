"""What a case is about can change: a protocol is taken along, or taken away."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Record
from tests.app.conftest import Start
from tests.app.helpers import (
    MUCH_KNOWN,
    OPEN_QUESTION,
    answer,
    click,
    keys,
    open_case,
    text,
    unfold,
)

SAVE = "FormSubmitter:protocollen_form-Bewaar"


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), OPEN_QUESTION)


def subjects() -> tuple[str, ...]:
    with Record.open() as record:
        return next(case.protocols for case in record.cases() if case.id == OPEN_QUESTION)


def choose(at: AppTest, *protocols: str) -> AppTest:
    unfold(at, "protocollen_wijzigen")
    for box in at.checkbox:
        name = str(box.key).partition(":")[2]
        box.set_value(name in protocols)
    return click(at, "protocollen_bewaren")


def test_an_advised_step_offers_the_protocol_that_works_it_out(at: AppTest) -> None:
    answer(at, "aanvraag", "ja")
    click(at, "erbij_proef.besluit")
    assert subjects() == ("proef", "vervolg")
    assert "alles wat nu speelt" in text(at)
    assert "erbij_proef.besluit" not in keys(at)
    # The protocol that came along asks what it needs, and earlier answers stand.
    assert "de casus gaat vanaf nu over Proef met cursussen en Vervolg na een besluit" in text(at)
    answer(at, "vervolg_gewenst", "ja")
    assert "volgen_vervolg.folder" in keys(at)


def test_a_protocol_is_taken_away_and_what_was_answered_stays(at: AppTest) -> None:
    answer(at, "aanvraag", "ja")
    choose(at, "vervolg")
    assert subjects() == ("vervolg",)
    assert "volgen_proef.besluit" not in keys(at)
    assert "Wat we weten (1)" in text(at)
    choose(at, "proef", "vervolg")
    assert "volgen_proef.besluit" in keys(at)


def test_a_case_is_always_about_something(at: AppTest) -> None:
    choose(at)
    assert "Kies minstens een protocol." in text(at)
    assert subjects() == ("proef",)


def test_the_same_choice_again_records_nothing(at: AppTest) -> None:
    choose(at, "proef")
    assert "Alles wat is vastgelegd (1)" in text(at)


def test_the_list_says_what_a_case_is_about_now(at: AppTest) -> None:
    choose(at, "vervolg")
    click(at, "alle_casussen")
    assert "Vervolg na een besluit  " in text(at)
    assert f"open_{MUCH_KNOWN}" in keys(at)

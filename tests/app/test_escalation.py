"""Putting an advice before a manager or lawyer, from the form to deviate."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Escalated, Record
from engine.words import Decider
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, click, keys, open_case, text, unfold
from ui import service

RULE = "proef.te-lang"
QUESTION = "Mag de opleiding langer duren? Er is geen kortere in de regio."


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), MUCH_KNOWN)


def escalations() -> list[Escalated]:
    with Record.open() as record:
        events = record.history(MUCH_KNOWN)
    return [event.body for event in events if isinstance(event.body, Escalated)]


def test_it_is_asked_recorded_once_and_shown_until_it_is_decided(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    click(at, f"voorleggen_{RULE}")
    assert f"afwijking_vastleggen_{RULE}" not in keys(at)
    click(at, f"voorleggen_vastleggen_{RULE}")
    said = text(at)
    for missing in ("Vul in: 'Wat legt u voor", "Kies aan wie", "wanneer u het antwoord nodig"):
        assert missing in said
    assert escalations() == []
    answer_by = service.today() + timedelta(days=7)
    at.radio(key=f"voorleggen_to_{RULE}").set_value(Decider.LAWYER)
    at.text_area(key=f"voorleggen_question_{RULE}").set_value(QUESTION)
    at.date_input(key=f"voorleggen_answer_by_{RULE}").set_value(answer_by)
    click(at, f"voorleggen_vastleggen_{RULE}")
    assert "**Voorgelegd aan een jurist**" in text(at)
    assert QUESTION in text(at)
    (one,) = escalations()
    assert (one.to, one.question, one.answer_by) == (Decider.LAWYER, QUESTION, answer_by)
    unfold(at, "verloop")
    assert "voorgelegd aan een jurist: " in text(at)
    click(at, f"volgen_{RULE}")
    assert "**Voorgelegd aan een jurist**" not in text(at)


def test_it_can_be_left(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    click(at, f"voorleggen_{RULE}")
    click(at, f"voorleggen_stoppen_{RULE}")
    assert f"volgen_{RULE}" in keys(at)
    assert escalations() == []


def test_who_decides_alone_is_not_sent_on(at: AppTest) -> None:
    click(at, "afwijken_proef.inzetten")
    assert "voorleggen_proef.inzetten" not in keys(at)

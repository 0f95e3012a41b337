"""Who says what about a fact on which the parties differ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine.case import DISPUTED, AnswerError, Case
from engine.decisions import Record
from engine.loading import load
from engine.words import Respondent
from tests.app.conftest import HERE, Start
from tests.app.helpers import MUCH_KNOWN, OPEN_QUESTION, answer, ask, click, keys, open_case, text
from ui import resources
from ui.dispute import SILENT, gather, parties

KNOWLEDGE = load(HERE / "kennis")


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), OPEN_QUESTION)


def disputed(case: str = OPEN_QUESTION) -> dict[str, dict[str, Any]]:
    with Record.open() as record:
        kept = record.load_case(case, resources.working_knowledge()).case.disputed
    return {name: dict(readings) for name, readings in kept.items()}


def dispute(at: AppTest, fact: str) -> None:
    """Open the form of a fact, going to its question first when it is not in front."""
    if f"betwist_{fact}" not in keys(at):
        ask(at, fact)
    click(at, f"betwist_{fact}")


def test_who_says_what_is_kept_and_shown(at: AppTest, start: Start) -> None:
    click(at, "betwist_aanvraag")
    assert disputed() == {}
    at.radio(key="betwist_aanvraag_client").set_value("ja")
    at.radio(key="betwist_aanvraag_professional").set_value("nee")
    click(at, "betwist_vastleggen_aanvraag")
    assert disputed() == {"aanvraag": {"client": "ja", "professional": "nee"}}
    for page in (at, open_case(start(), OPEN_QUESTION)):
        assert "de cliënt zegt ja en de professional zegt nee" in text(page)
    assert "volgen_proef.besluit" not in keys(at)
    assert "de aanvraag: betwist (de cliënt zegt ja en de professional zegt nee)" in text(at)


def test_only_parties_that_make_sense_are_asked() -> None:
    facts = KNOWLEDGE.facts
    assert parties(facts["motivatie"]) == (Respondent.CLIENT, Respondent.PROFESSIONAL)
    assert parties(facts["belastbaar"]) == (
        Respondent.CLIENT,
        Respondent.PROFESSIONAL,
        Respondent.LABOUR_EXPERT,
    )


def test_one_party_alone_is_no_dispute(at: AppTest) -> None:
    click(at, "betwist_aanvraag")
    at.radio(key="betwist_aanvraag_client").set_value("ja")
    click(at, "betwist_vastleggen_aanvraag")
    assert "Vul in wat minstens twee partijen zeggen." in text(at)
    assert at.radio(key="betwist_aanvraag_client").value == "ja"
    at.radio(key="betwist_aanvraag_professional").set_value("ja")
    click(at, "betwist_vastleggen_aanvraag")
    assert "Iedereen zegt hier hetzelfde" in text(at)
    assert disputed() == {}
    click(at, "betwist_alleen_aanvraag")
    assert disputed() == {"aanvraag": {}}
    assert "Iedereen zegt hier hetzelfde" not in text(at)


def test_the_question_comes_back_unchanged(at: AppTest) -> None:
    click(at, "betwist_aanvraag")
    assert "antwoord_aanvraag_ja" not in keys(at)
    click(at, "betwist_stoppen_aanvraag")
    assert "antwoord_aanvraag_ja" in keys(at)
    assert disputed() == {}


def test_unknown_stays_one_click(at: AppTest) -> None:
    click(at, "onbekend_aanvraag")
    assert "Nog niet bekend: de aanvraag" in text(at)


def test_what_was_said_before_stands_in_the_form(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    click(at, "wijzig_belastbaar")
    click(at, "betwist_belastbaar")
    said = {
        one: at.radio(key=f"betwist_belastbaar_{one}").value
        for one in parties(KNOWLEDGE.facts["belastbaar"])
    }
    assert said == {"client": "ja", "professional": SILENT, "arbeidsdeskundige": "nee"}
    at.radio(key="betwist_belastbaar_professional").set_value("nee")
    click(at, "betwist_vastleggen_belastbaar")
    assert disputed(MUCH_KNOWN)["belastbaar"] == {
        "client": "ja",
        "professional": "nee",
        "arbeidsdeskundige": "nee",
    }


def test_numbers_choices_and_dates_can_be_disputed_too(at: AppTest) -> None:
    answer(at, "aanvraag", "ja")
    dispute(at, "duur")
    at.number_input(key="betwist_duur_client").set_value(99)
    at.number_input(key="betwist_duur_professional").set_value(12)
    click(at, "betwist_vastleggen_duur")
    assert "99 kan niet: van 1 tot en met 60 maanden." in text(at)
    at.number_input(key="betwist_duur_client").set_value(30)
    click(at, "betwist_vastleggen_duur")
    dispute(at, "motivatie")
    at.selectbox(key="betwist_motivatie_client").set_value("wil_graag")
    at.selectbox(key="betwist_motivatie_professional").set_value("twijfelt")
    click(at, "betwist_vastleggen_motivatie")
    dispute(at, "laatste_gesprek")
    at.date_input(key="betwist_laatste_gesprek_client").set_value(date(2026, 1, 5))
    at.date_input(key="betwist_laatste_gesprek_professional").set_value(date(2026, 9, 1))
    click(at, "betwist_vastleggen_laatste_gesprek")
    assert disputed() == {
        "duur": {"client": 30, "professional": 12},
        "motivatie": {"client": "wil_graag", "professional": "twijfelt"},
        "laatste_gesprek": {"client": date(2026, 1, 5), "professional": date(2026, 9, 1)},
    }
    assert "de cliënt zegt 30 maanden en de professional zegt 12 maanden" in text(at)


_RAW: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.sampled_from(["ja", "nee", "wil_graag", "twijfelt"]), st.integers(0, 61)
)


@given(
    name=st.sampled_from(["aanvraag", "motivatie", "duur", "belastbaar"]),
    said=st.dictionaries(st.sampled_from(list(Respondent)), _RAW),
)
def test_what_is_gathered_without_an_error_is_a_dispute_and_nothing_else_is(
    name: str, said: dict[Respondent, Any]
) -> None:
    readings, wrong = gather(KNOWLEDGE.facts[name], said)
    case = Case("c-proef", date(2026, 11, 22), "uwv", ("proef",))
    spoken = {party.value: raw for party, raw in said.items() if raw is not None}
    if wrong:
        with pytest.raises(AnswerError):
            case.answer(KNOWLEDGE, name, {DISPUTED: spoken})
        assert all(message.endswith((".", "'.")) for message in wrong.values())
    else:
        assert readings == spoken
        kept = case.answer(KNOWLEDGE, name, {DISPUTED: readings})
        assert dict(kept.disputed[name]) == spoken

"""Own judgement first: asked before the advice shows, kept, and put beside it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import JudgementGiven, Record, RecordError
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, answer, click, keys, open_case, text

SWITCH = "eerst_zelf_oordelen"
ADVICE = "volgen_proef.besluit"
ASKED = "Wat zou u nu doen?"


@pytest.fixture
def at(start: Start) -> AppTest:
    return judging(open_case(start(), MUCH_KNOWN))


def judging(at: AppTest, wanted: bool = True) -> AppTest:
    at.toggle(key=SWITCH).set_value(wanted).run()
    assert not at.exception
    return at


def given(case: str = MUCH_KNOWN) -> list[JudgementGiven]:
    with Record.open() as record:
        return [
            event.body for event in record.history(case) if isinstance(event.body, JudgementGiven)
        ]


def give(at: AppTest, *actions: str, other: str = "", why: str = "") -> AppTest:
    at.multiselect[0].set_value(list(actions))
    at.text_input[0].set_value(other)
    at.text_input[1].set_value(why)
    return click(at, "oordeel_vastleggen")


def test_it_is_off_until_someone_wants_it(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    assert at.toggle(key=SWITCH).value is False
    assert ADVICE in keys(at)
    assert ASKED not in text(at)


def test_no_advice_is_shown_before_the_judgement(at: AppTest) -> None:
    said = text(at)
    assert ASKED in said
    assert ADVICE not in keys(at)
    for told in ("Wie iets vraagt, hoort daar een besluit op te krijgen", "Tegenstrijdig"):
        assert told not in said
    # Answering goes on as always, and shows nothing either.
    click(at, "wijzig_belastbaar")
    answer(at, "belastbaar", "ja")
    assert ASKED in text(at)
    assert ADVICE not in keys(at)


def test_every_action_of_the_protocols_can_be_chosen(at: AppTest) -> None:
    assert at.multiselect[0].options == [
        "Neem een besluit op de aanvraag",
        "Zet de cursus in",
        "Voer een nieuw gesprek met de cliënt",
        "Geef de folder over cursussen mee",
    ]


def test_both_are_kept_and_stand_side_by_side(at: AppTest, start: Start) -> None:
    give(at, "besluit_nemen", "gesprek_voeren", other="Een *collega* bellen", why="Zo doe ik dat.")
    (kept,) = given()
    assert (kept.actions, kept.other, kept.why) == (
        ("besluit_nemen", "gesprek_voeren"),
        "Een *collega* bellen",
        "Zo doe ik dat.",
    )
    for page in (at, open_case(start(), MUCH_KNOWN)):
        said = text(page)
        assert ADVICE in keys(page)
        said = said.replace("**", "")
        assert "| Neem een besluit op de aanvraag | :material/equal: Gelijk: dit ook |" in said
        assert "| Voer een nieuw gesprek met de cliënt | :material/help: Nog niet te zeggen" in said
        assert "| Een *collega* bellen | :material/remove: Niet te vergelijken: dit" in said
        different = (
            ":material/compare_arrows: Anders: dit niet | Geef de folder over cursussen mee |"
        )
        assert different in said
        # No marks: nothing on the page says who is right.
        assert not {"goed", "fout", "score"} & set(said.lower().split())
        assert "Waarom u dit koos: Zo doe ik dat." in said
        assert "eigen oordeel van u: Neem een besluit op de aanvraag" in said


def test_a_judgement_that_says_nothing_is_refused_at_its_field(at: AppTest) -> None:
    give(at)
    assert "Kies minstens een stap" in text(at)
    assert ADVICE not in keys(at)
    assert given() == []
    give(at, other="Eerst bellen met de cliënt")
    assert [kept.other for kept in given()] == ["Eerst bellen met de cliënt"]
    assert "Kies minstens een stap" not in text(at)


def test_judging_again_is_a_new_event_and_the_first_is_kept(at: AppTest) -> None:
    give(at, "besluit_nemen")
    click(at, "oordeel_opnieuw")
    assert ADVICE not in keys(at)
    assert at.multiselect[0].value == []
    click(at, "oordeel_houden")
    assert ADVICE in keys(at)
    click(at, "oordeel_opnieuw")
    give(at, "cursus_inzetten")
    assert [kept.actions for kept in given()] == [("besluit_nemen",), ("cursus_inzetten",)]
    assert "| Zet de cursus in | :material/help: " in text(at)
    assert "Uw 1 eerder oordeel in deze casus is bewaard." in text(at)


def test_a_new_answer_is_said_beside_an_older_judgement(at: AppTest) -> None:
    give(at, "besluit_nemen")
    assert "Sindsdien is er iets veranderd" not in text(at)
    click(at, "wijzig_aanvraag")
    answer(at, "aanvraag", "nee")
    said = text(at)
    assert "Sindsdien is er iets veranderd" in said
    assert "| Neem een besluit op de aanvraag | :material/compare_arrows: **Anders:**" in said


def test_the_choice_to_judge_first_lasts(at: AppTest, start: Start) -> None:
    after = open_case(start(), MUCH_KNOWN)
    assert after.toggle(key=SWITCH).value is True
    assert ASKED in text(after)
    assert ADVICE in keys(judging(after, wanted=False))
    assert ADVICE in keys(open_case(start(), MUCH_KNOWN))


def test_a_choice_that_cannot_be_kept_is_said_and_undone(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RecordError("De schijf is vol.")

    monkeypatch.setattr(Record, "prefer", refuse)
    at = judging(open_case(start(), MUCH_KNOWN))
    assert [error.value for error in at.error] == ["De schijf is vol\\."]
    assert at.toggle(key=SWITCH).value is False
    assert ADVICE in keys(at)


def test_the_second_click_of_a_double_click_records_nothing(at: AppTest) -> None:
    def twice() -> None:
        from uuid import uuid4

        import streamlit as st

        from engine.consult import consult
        from ui import judgement, resources

        knowledge = resources.working_knowledge()
        case = resources.record().load_case("proef-veel-bekend", knowledge).case
        act, consultation = uuid4(), consult(knowledge, case)
        st.session_state[judgement._field(act, "actions")] = ["besluit_nemen"]
        judgement._keep(consultation, act)
        judgement._keep(consultation, act)

    after = AppTest.from_function(twice).run()
    assert not after.exception
    assert "meldingen" not in after.session_state
    assert len(given()) == 1

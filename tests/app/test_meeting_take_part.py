"""Taking part: answering alone, waiting, seeing what is shown, and adding to it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from engine.decisions import MeetingView, Record
from engine.words import Stage, Sureness
from tests.app.conftest import Start
from tests.app.helpers import click, keys, text, unfold
from tests.app.meeting import (
    COURSE,
    DECIDE,
    QUESTION,
    address,
    come_in,
    facilitator,
    fill_in,
    knowledge,
    others,
    prepared,
    reveal,
    visit,
)

BSN = "Volgens nummer 123.456.782 is er geen recht."


@pytest.fixture
def group(start: Start) -> tuple[str, str]:
    start()
    return prepared()


@pytest.fixture
def at(group: tuple[str, str]) -> AppTest:
    return come_in(group[1])


def added_text(at: AppTest) -> TextArea:
    """The field for an addition; each addition has one of its own."""
    (found,) = [one for one in at.text_area if str(one.key).startswith("aanvulling_text")]
    return found


def led(meeting: str) -> MeetingView:
    """The meeting as who leads it sees it."""
    with Record.open() as record:
        return facilitator(record).meetings.view(meeting, knowledge())


def test_the_case_and_the_question_are_shown(at: AppTest) -> None:
    said = text(at)
    assert QUESTION in said
    assert "De cursus duurt 18 maanden." in said
    assert "de arbeidsdeskundige zegt 'nee' en de cliënt zegt 'ja'" in said
    assert "0 van de 1 deelnemer heeft geantwoord." in said


def test_what_is_missing_is_said_at_its_field(at: AppTest, group: tuple[str, str]) -> None:
    click(at, "groepsantwoord_versturen")
    said = text(at)
    for missing in (
        "Kies een antwoord, of 'Weet ik niet'.",
        "Kies wat u zou doen.",
        "Schrijf in een of twee zinnen waarom.",
        "Kies hoe zeker u bent.",
        "Uw antwoord is nog niet verstuurd.",
    ):
        assert missing in said
    assert led(group[0]).answered == 0


def test_what_is_sent_is_kept_and_the_page_waits(at: AppTest, group: tuple[str, str]) -> None:
    fill_in(at, group[0])
    said = text(at)
    assert "Uw antwoord is verstuurd" in said
    assert "Uw stap:** Neem een besluit op de aanvraag." in said
    others(group[1], COURSE)
    assert "2 van de 2 deelnemers hebben geantwoord." in text(at.run())
    reveal(group[0], Stage.CHOICES)
    (own,) = [one for one in led(group[0]).voices or () if one.why == "Het is zorgvuldig."]
    assert (own.step, own.sure) == (DECIDE, Sureness.SURE)


def test_another_step_is_asked_for_in_words(at: AppTest, group: tuple[str, str]) -> None:
    fill_in(at, group[0], step="anders")
    assert "Schrijf wat u zou doen." in text(at)
    at.text_input(key=f"groep_other_{group[0]}").set_value("Eerst bellen")
    click(at, "groepsantwoord_versturen")
    assert "Uw stap:** Eerst bellen." in text(at)


def test_it_can_be_changed_until_it_is_shown(at: AppTest, group: tuple[str, str]) -> None:
    fill_in(at, group[0])
    click(at, "groepsantwoord_wijzigen")
    assert at.text_area(key=f"groep_why_{group[0]}").value == "Het is zorgvuldig."
    click(at, "groepsantwoord_houden")
    assert "Uw antwoord is verstuurd" in text(at)
    click(at, "groepsantwoord_wijzigen")
    at.text_area(key=f"groep_why_{group[0]}").set_value("Toch anders bedacht.")
    click(at, "groepsantwoord_versturen")
    assert "Toch anders bedacht." in text(at)
    assert led(group[0]).answered == 1


def test_a_number_that_identifies_is_refused_at_its_field(
    at: AppTest, group: tuple[str, str]
) -> None:
    fill_in(at, group[0], why=BSN)
    assert "Hier staat een burgerservicenummer" in text(at)
    assert led(group[0]).answered == 0


def test_both_clicks_of_a_double_one_send_one_answer(group: tuple[str, str]) -> None:
    def twice(meeting: str, token: str) -> None:
        from uuid import uuid4

        import streamlit as st

        from engine.words import Sureness
        from ui import guests, resources
        from ui.auth import access
        from ui.meeting import take_part
        from ui.meeting.form import field

        guests.sit_down(token)
        knowledge = resources.working_knowledge()
        view, act = access().meetings.view(meeting, knowledge), uuid4()
        said = {"belastbaar": "ja", "step": 0, "why": "Een reden.", "sure": Sureness.SURE}
        for name, value in said.items():
            st.session_state[field(view, name)] = value
        take_part._send(view, knowledge, act)
        take_part._send(view, knowledge, act)

    token = address(come_in(group[1]))["plek"]
    before = led(group[0]).seq
    at = AppTest.from_function(twice, args=(group[0], token)).run()
    assert not at.exception
    assert "meldingen" not in at.session_state
    assert led(group[0]).answered == 1
    assert led(group[0]).seq == before + 1


def test_what_was_typed_survives_a_reveal(at: AppTest, group: tuple[str, str]) -> None:
    at.text_area(key=f"groep_why_{group[0]}").set_value("Dit was ik nog aan het schrijven.").run()
    others(group[1], DECIDE, COURSE)
    reveal(group[0], Stage.CHOICES)
    at.radio(key=f"groep_belastbaar_{group[0]}").set_value("ja").run()
    assert "De keuzes van de groep" in text(at)
    assert added_text(at).value == "Dit was ik nog aan het schrijven."
    click(at, "aanvullen")
    assert "Dit was ik nog aan het schrijven." in text(at)
    assert added_text(at).value == ""


def test_who_sends_too_late_hears_so_and_keeps_the_text(
    at: AppTest, group: tuple[str, str]
) -> None:
    others(group[1], DECIDE, COURSE)
    reveal(group[0], Stage.CHOICES)
    fill_in_without_drawing(at, group[0])
    click(at, "groepsantwoord_versturen")
    assert "De antwoorden zijn al getoond." in text(at)
    assert "U verstuurde geen antwoord voordat alles werd getoond." in text(at)
    assert added_text(at).value == "Net te laat."


def fill_in_without_drawing(at: AppTest, meeting: str) -> None:
    at.radio(key=f"groep_belastbaar_{meeting}").set_value("ja")
    at.radio(key=f"groep_step_{meeting}").set_value(0)
    at.text_area(key=f"groep_why_{meeting}").set_value("Net te laat.")
    at.radio(key=f"groep_sure_{meeting}").set_value(Sureness.DOUBT)


def test_the_reveal_goes_step_by_step(at: AppTest, group: tuple[str, str]) -> None:
    fill_in(at, group[0])
    others(group[1], DECIDE, COURSE)
    reveal(group[0], Stage.CHOICES)
    said = text(at.run())
    assert "De keuzes van de groep" in said
    assert "(u)**, zeker: Neem een besluit op de aanvraag." in said
    assert "Hoe ieder de feiten ziet" not in said
    reveal(group[0], Stage.READINGS)
    said = text(at.run())
    assert "Hoe ieder de feiten ziet" in said
    assert "Wat het protocol adviseert" not in said
    reveal(group[0], Stage.ADVICE)
    said = text(at.run())
    assert (
        "| Neem een besluit op de aanvraag | :material/check: Ja, dit wordt geadviseerd |" in said
    )
    assert "Dit gaf de doorslag" in said
    assert "Weegt dezelfde feiten anders" in said
    assert "groepsantwoord_wijzigen" not in keys(at)


def test_each_picture_is_there_as_a_table(at: AppTest, group: tuple[str, str]) -> None:
    fill_in(at, group[0])
    others(group[1], DECIDE, COURSE)
    reveal(group[0], Stage.CHOICES, Stage.READINGS, Stage.ADVICE)
    at.run()
    # What was shown before is folded away, so that what was shown last stands out.
    assert len(at.get("plotly_chart")) == 1
    for stage in (Stage.CHOICES, Stage.READINGS):
        unfold(at, f"eerder_{stage.value}")
    pictures = len(at.get("plotly_chart"))
    folds = [
        f"als_tekst_{name}_{group[0]}"
        for name in ("keuzes", "lezing_belastbaar", "verschil_advies")
    ]
    assert pictures == len(folds)
    for fold in folds:
        unfold(at, fold)
    said = text(at)
    assert "| Zet de cursus in | 1 | Deelnemer" in said
    assert "dat bent u (zeker)" in said
    assert "| Nee | 2 |" in said


@pytest.mark.parametrize("agrees", [True, False])
def test_names_are_shown_only_if_everyone_agreed(start: Start, agrees: bool) -> None:
    start()
    meeting, code = prepared(names=True)
    at = come_in(code, "Anna", names=agrees)
    fill_in(at, meeting)
    others(code, DECIDE, COURSE)
    reveal(meeting, Stage.CHOICES)
    said = text(at.run())
    assert ("**Ander 0**" in said) is agrees
    assert ("**Deelnemer 1" in said) is not agrees


def test_additions_come_beside_answers_that_stay(at: AppTest, group: tuple[str, str]) -> None:
    fill_in(at, group[0])
    others(group[1], DECIDE, COURSE)
    reveal(group[0], Stage.CHOICES)
    at.run()
    click(at, "aanvullen")
    assert "Wat wilt u aanvullen?" in text(at)
    added_text(at).set_value("Ik blijf *erbij*.")
    (box,) = [one for one in at.checkbox if str(one.key).startswith("aanvulling_minority")]
    box.check()
    click(at, "aanvullen")
    said = text(at)
    assert "Andere mening:** Ik blijf *erbij*." in said
    assert added_text(at).value == ""
    assert "Het is zorgvuldig." in said
    assert "Anna" not in said.split("Andere mening")[1]


def test_who_comes_in_after_the_reveal_looks_on(group: tuple[str, str]) -> None:
    others(group[1], DECIDE, COURSE)
    reveal(group[0], Stage.CHOICES)
    at = come_in(group[1], "Laat")
    said = text(at)
    assert "De keuzes van de groep" in said
    assert "U verstuurde geen antwoord voordat alles werd getoond." in said
    assert "groepsantwoord_versturen" not in keys(at)


def test_a_restart_of_the_app_loses_nothing(at: AppTest, group: tuple[str, str]) -> None:
    import streamlit as st

    fill_in(at, group[0])
    before = address(at)
    st.cache_resource.clear()
    assert "Uw antwoord is verstuurd" in text(visit(**before))


def test_the_group_shares_one_screen_with_nothing_to_click(group: tuple[str, str]) -> None:
    screen = visit(sessie=group[0], scherm="groep")
    said = text(screen)
    assert f"{group[1][:4]} {group[1][4:]}" in said
    assert keys(screen) == []
    others(group[1], DECIDE, COURSE)
    said = text(screen.run())
    assert "2 van de 2 deelnemers klaar" in said
    assert "Geheime reden." not in said
    reveal(group[0], Stage.CHOICES)
    assert "De keuzes van de groep" in text(screen.run())
    reveal(group[0], Stage.READINGS, Stage.ADVICE)
    said = text(screen.run())
    assert "Wat het protocol adviseert" in said
    assert "Ieders keuze naast het protocol" in said
    assert "De keuzes van de groep" not in said
    assert keys(screen) == []
    assert len(screen.get("expander")) == 0

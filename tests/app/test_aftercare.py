"""What comes after: corrections, looks back on request, and where answers come from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import (
    Corrected,
    Effect,
    Event,
    FactsRecorded,
    Record,
    Reviewed,
    Said,
    Verdict,
    sources_of,
)
from engine.words import Respondent
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
from ui import service

WRONG = "De motivatie was anders: de cliënt wilde de cursus al."
HAPPENED = "De cliënt is begonnen en komt elke week."


def history(case: str = MUCH_KNOWN) -> tuple[Event, ...]:
    with Record.open() as record:
        return record.history(case)


# Corrections


@pytest.fixture
def at(start: Start) -> AppTest:
    return unfold(open_case(start(), MUCH_KNOWN), "verbetering_uitklap")


def correct(at: AppTest, event: Event | None, said: str) -> AppTest:
    if event is not None:
        field(at, "event").set_value(event.id)
    next(area for area in at.text_area if str(area.key).startswith("verbetering_text")).set_value(
        said
    )
    return click(at, "verbetering_vastleggen")


def field(at: AppTest, name: str):  # type: ignore[no-untyped-def]
    return next(box for box in at.selectbox if str(box.key).startswith(f"verbetering_{name}"))


def test_a_correction_is_added_and_what_it_corrects_stays(at: AppTest, start: Start) -> None:
    click(at, "volgen_proef.besluit")
    decided = history()[-1]
    correct(at, decided, WRONG)
    bodies = [event.body for event in history()]
    assert bodies[-2] == decided.body
    assert bodies[-1] == Corrected(event=decided.id, text=WRONG)
    for page in (at, open_case(start(), MUCH_KNOWN)):
        said = text(page)
        # On the card of the decision, and under its line in the course.
        assert said.count("**Verbeterd op") == 2
        assert f"door u: {WRONG}" in said
        assert "U volgt dit advies" in said
        assert "verbetering van een besluit" in said


def test_a_correction_says_what_is_missing_and_holds_no_number_of_a_person(at: AppTest) -> None:
    before = len(history())
    correct(at, None, WRONG)
    assert "Kies wat er niet klopt." in text(at)
    correct(at, history()[0], "Fout")
    assert "Schrijf bij de verbetering wat meer" in text(at)
    correct(at, None, "Het nummer van de cliënt is 123.456.782, niet een ander.")
    assert "Hier staat een burgerservicenummer ('12…')" in text(at)
    correct(at, None, "De cliënt heeft een depressie en kan niet de hele dag.")
    assert "'depressie' lijkt op een diagnose." in text(at)
    assert len(history()) == before
    at.checkbox(key="bevestigd_verbetering_text").check()
    at.text_input(key="reden_verbetering_text").set_value("De cliënt wil dat dit er zo staat.")
    click(at, "verbetering_vastleggen")
    (*_, last) = history()
    assert isinstance(last.body, Corrected)
    assert [one.said for one in last.body.confirmed] == ["depressie"]


def test_a_correction_is_recorded_once_and_the_form_is_empty_again(at: AppTest) -> None:
    correct(at, history()[0], WRONG)
    assert [event.kind for event in history()].count("corrected") == 1
    assert field(at, "event").value is None
    assert not next(a for a in at.text_area if str(a.key).startswith("verbetering_text")).value


def test_only_what_says_something_about_the_case_can_be_corrected(at: AppTest) -> None:
    assert all("gelezen door" not in option for option in field(at, "event").options)
    assert [option.partition(": ")[2] for option in field(at, "event").options] == [
        "casus geopend met 4 antwoorden"
    ]


# Looks back, earlier than they are due


def test_someone_can_look_back_before_it_is_due(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    click(at, "volgen_proef.besluit")
    seq = history()[-1].seq
    assert "Nu al terugblikken" in text(at)
    unfold(at, f"terugblik_{seq}")
    # So soon it counts as none of those after 3, 6 and 12 months.
    assert "Dit telt als de terugblik" not in text(at)
    at.text_area(key=f"terugblik_happened_{seq}").set_value(HAPPENED)
    at.radio(key=f"terugblik_effect_{seq}").set_value(Effect.UNKNOWN)
    at.radio(key=f"terugblik_verdict_{seq}").set_value(Verdict.KEEP)
    click(at, f"terugblik_vastleggen_{seq}")
    assert isinstance(history()[-1].body, Reviewed)
    assert f"**: {HAPPENED} Het is nog niet te zeggen. Zo doorgaan." in text(at)
    assert f"terugblik_vastleggen_{seq}" not in keys(at)


def test_nobody_looks_back_on_what_was_left_aside(start: Start) -> None:
    at = click(open_case(start(), MUCH_KNOWN), "overslaan_proef.folder")
    assert "terugblikken" not in text(at)


# Where an answer comes from


def say(at: AppTest, *, who: Respondent | None, document: str = "", days: int | None = 0) -> None:
    unfold(at, "herkomst")
    at.selectbox(key="herkomst_wie").set_value(who)
    at.text_input(key="herkomst_document").set_value(document)
    day = None if days is None else service.today() + timedelta(days=days)
    at.date_input(key="herkomst_dag").set_value(day)


def test_who_says_so_counts_for_every_answer_until_another_case(start: Start) -> None:
    at = open_case(start(), OPEN_QUESTION)
    say(at, who=Respondent.CLIENT, document="de brief van maart")
    click(at, "herkomst_bewaren")
    assert len(history(OPEN_QUESTION)) == 1
    labels = [item.proto.popover.label for item in at.get("popover")]
    assert "Bij elk antwoord: volgens de cliënt uit 'de brief van maart'" in labels[-1]
    answer(at, "aanvraag", "ja")
    answer(at, "motivatie", "wil_graag")
    said = Said(Respondent.CLIENT, "de brief van maart", service.today())
    assert [
        event.body.said for event in history(OPEN_QUESTION) if isinstance(event.body, FactsRecorded)
    ] == [said, said]
    # In the situation and in the course.
    shown = "(volgens de cliënt uit 'de brief van maart' op "
    assert text(at).count(shown) == 4
    click(at, "alle_casussen")
    open_case(at, MUCH_KNOWN)
    click(at, "onbekend_laatste_gesprek")
    assert sources_of(history(MUCH_KNOWN)) == {}


def test_it_can_be_added_to_an_answer_that_is_there(start: Start) -> None:
    at = open_case(start(), OPEN_QUESTION)
    answer(at, "aanvraag", "ja")
    click(at, "wijzig_aanvraag")
    say(at, who=None, document="het plan", days=None)
    click(at, "herkomst_bij_antwoord")
    assert sources_of(history(OPEN_QUESTION)) == {"aanvraag": Said(document="het plan")}
    assert "(uit 'het plan')" in text(at)
    # The same answer with the same source is recorded once.
    click(at, "wijzig_aanvraag")
    click(at, "antwoord_aanvraag_ja")
    assert len(history(OPEN_QUESTION)) == 3
    click(unfold(at, "herkomst"), "herkomst_leeg")
    click(at, "wijzig_aanvraag")
    click(at, "antwoord_aanvraag_nee")
    assert sources_of(history(OPEN_QUESTION)) == {}


@pytest.mark.parametrize(
    ("document", "days", "says"),
    [
        ("mail van jan@voorbeeld.nl", None, "e-mailadres"),
        ("brief over de depressie", None, "depressie"),
        ("het plan", 1, "Deze dag ligt na vandaag."),
    ],
)
def test_a_source_that_says_too_much_or_is_yet_to_come_is_refused_at_its_field(
    start: Start, document: str, days: int | None, says: str
) -> None:
    at = open_case(start(), OPEN_QUESTION)
    say(at, who=Respondent.DOCTOR, document=document, days=days)
    click(at, "herkomst_bewaren")
    assert says in text(at)
    answer(at, "aanvraag", "ja")
    assert sources_of(history(OPEN_QUESTION)) == {}


def test_the_note_says_where_an_answer_comes_from(start: Start) -> None:
    at = open_case(start(), OPEN_QUESTION)
    say(at, who=Respondent.CLIENT, days=None)
    click(at, "herkomst_bewaren")
    answer(at, "aanvraag", "ja")
    at.switch_page("ui/pages/verslag.py").run()
    assert "De cliënt heeft een cursus gevraagd (volgens de cliënt)." in text(at)

"""What someone typed and did not send is there after loading the page again, for them alone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import TextChoice
from engine.words import Ruling, Stage, Sureness
from tests.app.conftest import Start
from tests.app.group import (
    all_shown,
    choose_case,
    keep_texts,
    meeting_of,
    texts_of,
    to_intervisie,
)
from tests.app.helpers import click, keys, text
from tests.app.meeting import COURSE, address, come_in, fill_in, others, prepared, reveal, visit

TYPED = "Ik was hier nog niet klaar mee."


@pytest.fixture
def at(start: Start) -> AppTest:
    return start()


def half_done(code: str, meeting: str, name: str = "Anna") -> AppTest:
    """Someone who filled in the form and did not send it."""
    at = come_in(code, name)
    at.radio(key=f"groep_belastbaar_{meeting}").set_value("nee")
    at.radio(key=f"groep_step_{meeting}").set_value("anders").run()
    at.text_input(key=f"groep_other_{meeting}").set_value("Eerst een gesprek.")
    at.text_area(key=f"groep_why_{meeting}").set_value(TYPED)
    at.radio(key=f"groep_sure_{meeting}").set_value(Sureness.DOUBT).run()
    assert not at.exception
    return at


def test_an_answer_that_was_not_sent_is_there_again(at: AppTest) -> None:
    meeting, code = prepared()
    again = visit(**address(half_done(code, meeting)))
    assert again.radio(key=f"groep_belastbaar_{meeting}").value == "nee"
    assert again.radio(key=f"groep_step_{meeting}").value == "anders"
    assert again.text_input(key=f"groep_other_{meeting}").value == "Eerst een gesprek."
    assert again.text_area(key=f"groep_why_{meeting}").value == TYPED
    click(again, "groepsantwoord_versturen")
    assert "Uw antwoord is verstuurd" in text(again)
    assert TYPED in text(again)


def test_nobody_else_finds_it(at: AppTest) -> None:
    meeting, code = prepared()
    half_done(code, meeting)
    other = come_in(code, "Bo")
    assert other.text_area(key=f"groep_why_{meeting}").value == ""
    assert other.radio(key=f"groep_belastbaar_{meeting}").value is None
    leader = visit(sessie=meeting)
    assert TYPED not in text(leader)


def test_a_change_that_was_not_sent_leaves_the_answer_as_it_was(at: AppTest) -> None:
    meeting, code = prepared()
    own = fill_in(come_in(code), meeting)
    click(own, "groepsantwoord_wijzigen")
    own.text_area(key=f"groep_why_{meeting}").set_value(TYPED).run()
    again = visit(**address(own))
    assert "Het is zorgvuldig." in text(again)
    click(again, "groepsantwoord_wijzigen")
    assert again.text_area(key=f"groep_why_{meeting}").value == TYPED
    click(again, "groepsantwoord_houden")
    click(again, "groepsantwoord_wijzigen")
    assert again.text_area(key=f"groep_why_{meeting}").value == "Het is zorgvuldig."


def test_what_was_sent_is_what_can_be_changed(at: AppTest) -> None:
    meeting, code = prepared()
    own = fill_in(come_in(code), meeting)
    click(own, "groepsantwoord_wijzigen")
    assert own.text_area(key=f"groep_why_{meeting}").value == "Het is zorgvuldig."
    assert own.radio(key=f"groep_sure_{meeting}").value is Sureness.SURE


def test_a_reason_that_was_too_late_can_be_added_after_loading_again(at: AppTest) -> None:
    meeting, code = prepared()
    own = half_done(code, meeting)
    others(code, COURSE, COURSE)
    reveal(meeting, Stage.CHOICES)
    again = visit(**address(own))
    (field,) = [one for one in again.text_area if str(one.key).startswith("aanvulling_text")]
    assert field.value == TYPED
    once_more = visit(**address(again))
    (field,) = [one for one in once_more.text_area if str(one.key).startswith("aanvulling_text")]
    assert field.value == TYPED
    click(once_more, "aanvullen")
    (field,) = [one for one in once_more.text_area if str(one.key).startswith("aanvulling_text")]
    assert field.value == ""


def test_what_a_facilitator_prepared_can_be_gone_on_with(at: AppTest) -> None:
    own = choose_case(to_intervisie(at))
    texts_of(own)[0].set_value(TextChoice.REWRITTEN).run()
    own.text_area[0].set_value("Een titel voor de groep").run()
    keep_texts(own)
    (question,) = [one for one in own.text_area if "_vraag_" in str(one.key)]
    question.set_value(TYPED).run()
    (steps,) = [one for one in own.multiselect if "_stappen_" in str(one.key)]
    steps.set_value(steps.value[:2]).run()
    chosen = list(steps.value)

    again = visit()
    assert "U was een bijeenkomst aan het voorbereiden" in text(again)
    click(again, "verder_voorbereiden")
    (question,) = [one for one in again.text_area if "_vraag_" in str(one.key)]
    assert question.value == TYPED
    (steps,) = [one for one in again.multiselect if "_stappen_" in str(one.key)]
    assert steps.value == chosen
    assert texts_of(again)[0].value is TextChoice.REWRITTEN
    click(again, "bijeenkomst_klaarzetten")
    assert TYPED in text(again)
    assert "Een titel voor de groep" in text(again)
    assert "verder_voorbereiden" not in keys(visit())


@pytest.mark.parametrize("away", ["bijeenkomst_stoppen", "voorbereiden_vergeten"])
def test_what_is_stopped_begins_anew(at: AppTest, away: str) -> None:
    own = keep_texts(choose_case(to_intervisie(at)))
    (question,) = [one for one in own.text_area if "_vraag_" in str(one.key)]
    question.set_value(TYPED).run()
    if away not in keys(own):
        click(own, "alle_bijeenkomsten")
    click(own, away)
    assert "verder_voorbereiden" not in keys(own)
    keep_texts(choose_case(own))
    (question,) = [one for one in own.text_area if "_vraag_" in str(one.key)]
    assert question.value != TYPED


def test_a_verdict_that_was_not_recorded_is_there_again(at: AppTest) -> None:
    meeting = meeting_of(all_shown(at))
    at.radio(key=f"uitspraak_ruling_{meeting}").set_value(Ruling.CLARIFY).run()
    at.text_area(key=f"uitspraak_why_{meeting}").set_value(TYPED)
    click(at, "uitspraak_nog_een_afspraak")
    at.text_input(key=f"uitspraak_what_1_{meeting}").set_value("Bel de werkgever").run()
    again = visit(sessie=meeting)
    assert again.radio(key=f"uitspraak_ruling_{meeting}").value is Ruling.CLARIFY
    assert again.text_area(key=f"uitspraak_why_{meeting}").value == TYPED
    assert again.text_input(key=f"uitspraak_what_1_{meeting}").value == "Bel de werkgever"

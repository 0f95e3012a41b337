from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Record
from engine.words import Stage
from tests.app import meeting as meetings
from tests.app.conftest import Start
from tests.app.group import (
    COURSE,
    NO_COURSE,
    WHY,
    add,
    all_shown,
    answer,
    begun,
    code_of,
    join,
    meeting_of,
    prepared,
    to_intervisie,
)
from tests.app.helpers import click, keys, text, unfold
from ui.meeting.talk import time_left


@pytest.fixture
def at(start: Start) -> AppTest:
    return start()


def revealed(meeting: str) -> tuple[Stage, ...]:
    with Record.open() as record:
        return record.meetings.of(meeting).revealed


def test_the_code_can_be_read_aloud(at: AppTest) -> None:
    code = code_of(meeting_of(prepared(at)))
    assert f"**{code[:4]} {code[4:]}**" in text(at)


def test_the_case_can_be_taken_along_on_paper(at: AppTest) -> None:
    prepared(at)
    labels = [item.proto.label for item in at.get("download_button")]
    assert labels == ["Uitdeelblad als Word", "Uitdeelblad als PDF"]


def test_it_shows_who_answered_and_never_what(at: AppTest) -> None:
    meeting = meeting_of(prepared(at))
    join(meeting, 1, 2)
    answer(meeting, {1: COURSE})
    at.run()
    said = text(at)
    assert "2 deelnemers, 1 met een antwoord" in said
    assert "p-lid-1 heeft geantwoord" in said
    assert "p-lid-2 is nog bezig" in said
    assert WHY not in said
    assert at.button(key="bijeenkomst_begin").disabled


def test_the_reveal_waits_for_two_answers_and_warns_who_is_still_busy(at: AppTest) -> None:
    meeting = meeting_of(prepared(at))
    join(meeting, 1, 2, 3)
    answer(meeting, {1: COURSE, 2: NO_COURSE})
    at.run()
    assert "1 deelnemer is nog bezig" in text(at)
    click(at, "bijeenkomst_begin")
    assert revealed(meeting) == (Stage.CHOICES,)
    assert "Stap 1 van 3: Keuzes naast elkaar" in text(at)


def test_it_is_shown_step_by_step(at: AppTest) -> None:
    meeting = meeting_of(begun(at))
    assert revealed(meeting) == (Stage.CHOICES,)
    click(at, "bijeenkomst_verder")
    assert revealed(meeting) == (Stage.CHOICES, Stage.READINGS)
    assert "bijeenkomst_verder" not in keys(at)
    click(at, "bijeenkomst_toon_advies")
    assert revealed(meeting) == (Stage.CHOICES, Stage.READINGS, Stage.ADVICE)
    # Nobody decided in this case, so there is nothing left to show.
    click(at, "bijeenkomst_verder")
    assert "Stap 3 van 3" in text(at)
    assert "uitspraak_vastleggen" in keys(at)


def test_questions_fit_the_case_once_the_advice_is_shown(at: AppTest) -> None:
    click(begun(at), "bijeenkomst_verder")
    assert "Welke gaat hier voor" not in text(at)
    click(at, "bijeenkomst_toon_advies")
    assert "spreken elkaar tegen" in text(at)
    assert "Proefboek (verzonnen), 3.1" in text(at)


def test_where_rules_contradict_each_other_nobody_is_said_to_differ_from_an_advice(
    at: AppTest,
) -> None:
    meeting, code = meetings.prepared(options=[COURSE, NO_COURSE, meetings.DECIDE])
    meetings.others(code, COURSE, NO_COURSE, reading="ja")
    meetings.reveal(meeting, Stage.CHOICES, Stage.READINGS, Stage.ADVICE)
    leader = meetings.visit(sessie=meeting)
    click(leader, "bijeenkomst_verder")
    click(leader, "bijeenkomst_verder")
    click(leader, "bijeenkomst_verder")
    (asked,) = [one for one in leader.radio if one.key == f"uitspraak_ruling_{meeting}"]
    assert "advies" not in " ".join([asked.label, *asked.options, *asked.proto.captions])
    unfold(leader, f"eerder_{Stage.ADVICE.value}")
    assert "De regels spreken elkaar hier tegen: 2" in _pictured(leader)
    assert "kiest anders dan het protocol" not in text(leader)


def _pictured(at: AppTest) -> str:
    """What stands in the pictures."""
    return " ".join(str(one.proto.spec) for one in at.get("plotly_chart"))


def test_steps_that_nobody_chose_are_one_line(at: AppTest) -> None:
    begun(at)
    assert "Door niemand gekozen: " in text(at)
    assert ": 0" not in _pictured(at)


def test_what_decides_comes_first_and_the_rest_is_folded_away(at: AppTest) -> None:
    click(begun(at), "bijeenkomst_verder")
    click(at, "bijeenkomst_toon_advies")
    said = text(at)
    assert "Dit gaf de doorslag" in said
    assert "Regels die geen advies gaven" in said
    assert "Hiervoor is nog nodig" not in said
    unfold(at, "adviezen_geen")
    assert len(text(at)) > len(said)


def test_there_is_one_thing_to_do_next_at_every_moment(at: AppTest) -> None:
    def primary() -> list[str]:
        return [str(one.key) for one in at.button if one.proto.type == "primary"]

    meeting = meeting_of(prepared(at))
    assert primary() == ["bijeenkomst_begin"]
    join(meeting, 1, 2)
    answer(meeting, {1: COURSE, 2: NO_COURSE})
    at.run()
    click(at, "bijeenkomst_begin")
    assert primary() == ["bijeenkomst_verder"]
    click(at, "bijeenkomst_verder")
    assert primary() == ["bijeenkomst_toon_advies"]
    click(at, "bijeenkomst_toon_advies")
    click(at, "bijeenkomst_verder")
    assert primary() == ["uitspraak_vastleggen"]


def test_going_back_and_another_form(at: AppTest) -> None:
    meeting = meeting_of(begun(at))
    click(at, "bijeenkomst_verder")
    click(at, "bijeenkomst_terug")
    assert "Stap 1 van 3" in text(at)
    unfold(at, "bijeenkomst_vormen")
    at.radio(key="bijeenkomst_andere_vorm").set_value("lang")
    click(at, "bijeenkomst_vorm_kiezen")
    assert "Stap 1 van 1: Alles in een keer" in text(at)
    assert "bijeenkomst_toon_advies" in keys(at)
    assert revealed(meeting) == (Stage.CHOICES, Stage.READINGS)


def test_notes_stay(at: AppTest, start: Start) -> None:
    meeting = meeting_of(begun(at))
    click(at, "bijeenkomst_noteren")
    assert "Schrijf eerst iets op." in text(at)
    (field,) = [one for one in at.text_area if str(one.key).startswith("bijeenkomst_notitie")]
    field.set_value("De groep twijfelt over de belastbaarheid.")
    click(at, "bijeenkomst_noteren")
    assert "De groep twijfelt over de belastbaarheid." in text(at)
    again = to_intervisie(start())
    click(again, f"bijeenkomst_{meeting}")
    assert "De groep twijfelt over de belastbaarheid." in text(again)
    assert "Stap 1 van 3" in text(again)


def test_what_is_added_appears(at: AppTest) -> None:
    meeting = meeting_of(begun(at))
    add(meeting, 3, "Ik mis de mening van de cliënt zelf.")
    at.run()
    assert "Ik mis de mening van de cliënt zelf." in text(at)


def test_who_comes_late_finds_the_code(at: AppTest) -> None:
    meeting = meeting_of(begun(at))
    join(meeting, 4)
    unfold(at, "bijeenkomst_wie")
    code = code_of(meeting)
    assert f"**{code[:4]} {code[4:]}**" in text(at)
    assert "p-lid-4 kwam later en luistert mee" in text(at)


def test_the_group_can_try_another_answer(at: AppTest) -> None:
    meeting = meeting_of(all_shown(at))
    with Record.open() as record:
        before = record.size()
    unfold(at, "bijeenkomst_wat_als")
    at.selectbox(key=f"proef_feit_{meeting}").set_value("belastbaar").run()
    click(at, "proef_antwoord_belastbaar_nee")
    assert "In de proef" in text(at)
    assert "proef_overnemen_vragen" not in keys(at)
    with Record.open() as record:
        assert record.size() == before


def test_what_was_shown_before_is_folded_away_and_can_be_opened(at: AppTest) -> None:
    click(begun(at), "bijeenkomst_verder")
    assert WHY not in text(at)
    unfold(at, "eerder_keuzes")
    assert WHY in text(at)


def test_a_meeting_of_someone_else_is_not_there(at: AppTest) -> None:
    to_intervisie(at)
    at.query_params["sessie"] = "i-bestaat-niet"
    at.session_state["sessie"] = "i-bestaat-niet"
    at.run()
    assert "Deze bijeenkomst is er niet" in text(at)
    assert not at.exception


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(0), "Nog 5 minuten"),
        (timedelta(minutes=3, seconds=59), "Nog 2 minuten"),
        (timedelta(minutes=4), "Nog 1 minuut"),
        (timedelta(minutes=4, seconds=1), "Nog minder dan een minuut"),
        (timedelta(minutes=5), "De tijd is om"),
        (timedelta(minutes=6), "1 minuut over de tijd"),
        (timedelta(minutes=65), "60 minuten over de tijd"),
    ],
)
def test_the_time_that_is_left(passed: timedelta, said: str) -> None:
    begun_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert time_left(begun_at, 5, begun_at + passed) == said

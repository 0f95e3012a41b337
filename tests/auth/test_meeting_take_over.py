"""A colleague takes a meeting over in the app, where people log in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Access, Actor, Login, Record, Role
from engine.loading import load
from engine.paths import knowledge_folder
from tests.app.conftest import own_folders
from tests.app.helpers import MUCH_KNOWN, click, keys, text, unfold
from tests.app.meeting import COURSE, DECIDE
from tests.auth.test_attacks import AN, BO, Start, record, start
from tests.decisions.group import kept

__all__ = ["own_folders", "record", "start"]


def acting(record: Record, who: str) -> Access:
    person = record.people.find(who)
    assert person is not None
    actor = Actor(person.id, person.name, person.roles, person.teams, Login.VALID)
    return Access(record, actor, uuid4())


@pytest.fixture
def meeting(start: Start, record: Record) -> str:
    """A meeting that An leads and that Bo, a facilitator too, takes part in."""
    start()
    for who in (AN, BO):
        record.people.give_role(who, Role.FACILITATOR, by="toets")
    knowledge = load(knowledge_folder())
    own = acting(record, AN).meetings
    copy = own.copy(MUCH_KNOWN, knowledge)
    made = own.prepare(
        copy,
        knowledge,
        texts=kept(copy),
        question="Zou u nu al een besluit nemen?",
        asked=["belastbaar"],
        options=[DECIDE, COURSE],
        script="incident",
    )
    acting(record, BO).meetings.join(own.view(made, knowledge).code, names=False)
    return made


def looking(start: Start, meeting: str, sub: str) -> AppTest:
    at = start(sub=sub)
    at.switch_page("ui/pages/intervisie.py")
    at.query_params["sessie"] = meeting
    at.run()
    assert not at.exception
    return at


def taken_over(start: Start, meeting: str) -> AppTest:
    at = unfold(looking(start, meeting, "bo"), "bijeenkomst_uitgevallen")
    return click(at, "bijeenkomst_overnemen")


def test_a_colleague_takes_over_and_goes_on(start: Start, meeting: str) -> None:
    at = taken_over(start, meeting)
    assert "Zo doet de groep mee" in text(at)
    assert "U nam de begeleiding over" in text(at)
    assert "bijeenkomst_overnemen" not in keys(at)


def test_who_led_before_sees_it_and_does_not_judge(start: Start, meeting: str) -> None:
    taken_over(start, meeting)
    at = looking(start, meeting, "an")
    assert "Bo nam de begeleiding over" in text(at)
    assert "U leest mee" in text(at)
    assert "groepsantwoord_versturen" not in keys(at)
    assert "bijeenkomst_begin" not in keys(at)
    click(unfold(at, "bijeenkomst_uitgevallen"), "bijeenkomst_overnemen")
    assert "bijeenkomst_begin" in keys(at)


def test_the_screen_on_the_wall_goes_on(start: Start, meeting: str) -> None:
    taken_over(start, meeting)
    at = looking(start, meeting, "an")
    at.query_params["scherm"] = "groep"
    at.run()
    assert "typ deze code" in text(at)
    assert not at.button


def test_who_may_not_lead_a_group_is_not_offered_it(
    start: Start, record: Record, meeting: str
) -> None:
    record.people.take_role(BO, Role.FACILITATOR, by="toets")
    at = looking(start, meeting, "bo")
    assert "Is de begeleider uitgevallen?" not in text(at)
    assert "groepsantwoord_versturen" in keys(at)

"""Whether someone decided within seconds of seeing an advice: kept for the team, never timed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Decided, Record
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, click, open_case
from ui import in_sight

RULE = "proef.inzetten"


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(in_sight, "clock", made)
    return made


@pytest.fixture
def at(clock: Clock, start: Start) -> AppTest:
    return open_case(start(), MUCH_KNOWN)


def at_once() -> list[bool | None]:
    with Record.open() as record:
        bodies = [event.body for event in record.history(MUCH_KNOWN)]
    return [body.at_once for body in bodies if isinstance(body, Decided)]


def again(at: AppTest, fact: str, value: str) -> None:
    click(click(at, f"wijzig_{fact}"), f"antwoord_{fact}_{value}")


def test_it_counts_from_when_the_advice_came_into_sight(at: AppTest, clock: Clock) -> None:
    clock.now += 4.9
    click(at, f"volgen_{RULE}")
    assert at_once() == [True]
    # Looking again doesn't make it new.
    click(at, f"herzien_{RULE}")
    clock.now += 0.1
    click(at, f"volgen_{RULE}")
    assert at_once() == [True, False]


def test_another_answer_does_not_make_an_advice_new(at: AppTest, clock: Clock) -> None:
    clock.now += 60
    again(at, "motivatie", "twijfelt")
    click(at, f"volgen_{RULE}")
    assert at_once() == [False]


def test_an_advice_that_comes_back_is_new(at: AppTest, clock: Clock) -> None:
    clock.now += 60
    again(at, "motivatie", "wil_niet")
    again(at, "motivatie", "wil_graag")
    click(at, f"volgen_{RULE}")
    assert at_once() == [True]


def test_a_second_click_that_comes_late_records_nothing_more(at: AppTest, clock: Clock) -> None:
    def twice() -> None:
        from uuid import uuid4

        from engine.consult import consult
        from ui import in_sight, resources, service

        knowledge = resources.working_knowledge()
        case = resources.record().load_case("proef-veel-bekend", knowledge).case
        act, seen = uuid4(), consult(knowledge, case)
        in_sight.note(case.id, {one.rule.id: one.status for one in seen.advices})
        service.follow(seen, "proef.besluit", act)
        in_sight.clock.now += 60  # type: ignore[attr-defined]
        service.follow(seen, "proef.besluit", act)

    after = AppTest.from_function(twice).run()
    assert not after.exception
    assert "meldingen" not in after.session_state
    assert at_once() == [True]


def test_where_the_advice_was_never_on_a_screen_it_is_not_known(at: AppTest) -> None:
    def elsewhere() -> None:
        from uuid import uuid4

        from engine.consult import consult
        from ui import resources, service

        knowledge = resources.working_knowledge()
        case = resources.record().load_case("proef-veel-bekend", knowledge).case
        service.follow(consult(knowledge, case), "proef.besluit", uuid4())

    assert not AppTest.from_function(elsewhere).run().exception
    assert at_once() == [None]

"""A decision is looked back on at its own day and after 3, 6 and 12 months."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from engine.decisions import (
    PROGRAM,
    Access,
    Actor,
    ErasureGround,
    Login,
    Party,
    PartyKind,
    Record,
    Role,
    due_since,
    follow,
    skip,
)
from engine.decisions.later import Effect, Reviewed, Verdict
from tests.decisions import world


def review(on: date, again: date | None = None) -> Reviewed:
    return Reviewed(
        decision=UUID(int=1),
        happened="De cliënt werkt nu drie dagen per week.",
        effect=Effect.PARTLY,
        verdict=Verdict.KEEP,
        reviewed_on=on,
        review_on=again,
    )


FOLLOWED = follow(world.consulted(), "proef.werkwijze", decided_on=world.TODAY)
DEVIATED = world.deviation(world.consulted(), "proef.werkwijze")
SKIPPED = skip(world.consulted(), "proef.overweging", decided_on=world.TODAY)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2027, 2, 21), None),
        (date(2027, 2, 22), date(2027, 2, 22)),
        (date(2027, 6, 1), date(2027, 2, 22)),
    ],
)
def test_what_was_followed_is_due_after_three_months(today: date, since: date | None) -> None:
    assert due_since(FOLLOWED, [], today) == since


def test_a_deviation_is_due_on_its_own_day() -> None:
    assert due_since(DEVIATED, [], date(2026, 12, 21)) is None
    assert due_since(DEVIATED, [], date(2026, 12, 22)) == date(2026, 12, 22)


def test_a_look_back_meets_the_days_up_to_its_own() -> None:
    done = [review(date(2027, 3, 1))]
    assert due_since(FOLLOWED, done, date(2027, 5, 21)) is None
    assert due_since(FOLLOWED, done, date(2027, 5, 22)) == date(2027, 5, 22)


def test_a_look_back_can_name_the_next_day() -> None:
    done = [review(date(2027, 3, 1), date(2027, 4, 1))]
    assert due_since(FOLLOWED, done, date(2027, 4, 2)) == date(2027, 4, 1)


def test_nobody_looks_back_on_what_was_left_aside() -> None:
    assert due_since(SKIPPED, [], date(2029, 1, 1)) is None


def test_what_is_due_is_the_last_decision_in_the_cases_that_one_works_on(record: Record) -> None:
    me = Actor("ik", "Ik", frozenset({Role.PROFESSIONAL}))
    consultation = {name: world.consulted(name) for name in ("c-een", "c-ander", "c-voor", "c-weg")}
    for name, actor in (("c-een", "ik"), ("c-ander", "zij"), ("c-voor", PROGRAM), ("c-weg", "ik")):
        seen = consultation[name]
        record.open_case(seen.case, title="T", story="", actor=actor)
        record.decide(world.deviation(seen, "proef.werkwijze"), seen, actor=actor)
    seen = consultation["c-een"]
    # Decided again: only that counts. What was left aside asks no look back.
    again = record.decide(follow(seen, "proef.werkwijze", decided_on=world.TODAY), seen, actor="ik")
    record.decide(skip(seen, "proef.overweging", decided_on=world.TODAY), seen, actor="ik")
    record.erase("c-weg", ErasureGround.MISTAKE, actor="ik")
    mine = Access(record, me, uuid4())
    assert mine.due(date(2026, 12, 30)) == ()
    (due,) = mine.due(date(2027, 3, 1))
    assert (due.kept.id, due.since) == (again.id, date(2027, 2, 22))
    assert [event.case_id for event in record.erasures()] == ["c-weg"]
    assert not mine.sees("c-weg")
    record.sharing.share("c-ander", Party(PartyKind.PERSON, "ik"), actor="zij")
    assert [one.kept.case_id for one in mine.due(date(2027, 3, 1))] == ["c-ander", "c-een"]
    alone = Actor("ik", "Ik", frozenset(Role), login=Login.LOCAL)
    assert len(Access(record, alone, uuid4()).due(date(2027, 3, 1))) == 2
    reader = Actor("ik", "Ik", frozenset({Role.LAWYER}))
    assert Access(record, reader, uuid4()).due(date(2027, 3, 1)) == ()

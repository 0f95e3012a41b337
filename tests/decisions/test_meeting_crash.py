"""A meeting survives `kill -9` at every step, and closing it is recorded in both places or none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from engine.decisions import CaseDiscussed, Record
from tests.decisions.crash_meeting import CASE, KEYS, writes
from tests.decisions.test_crash import THOROUGH, history, run_trials, where
from tests.decisions.world import clock

__all__ = ["where"]

STEP, CLOSING_STEP = (7, 1) if THOROUGH else (23, 3)
"""Moments from one trial to the next. Holding a meeting has hundreds, alike for each event."""
LOOSE = 20 if THOROUGH else 3


@pytest.mark.timeout(1200)
def test_a_kill_at_any_step_loses_nothing_and_keeps_nothing_by_half(where: str) -> None:
    trials = run_trials("meeting", where, STEP, LOOSE)
    for trial in trials:
        check(trial, trial["acknowledged"])
    by_moment = [trial for trial in trials if trial["after"] is None]
    # From before there was anything to after the last write.
    reached = {trial["acknowledged"] for trial in by_moment}
    assert reached >= {0, len(KEYS)}
    assert not THOROUGH or reached == set(range(len(KEYS) + 1))
    assert not by_moment[-1]["killed"]


@pytest.mark.timeout(1200)
def test_a_kill_while_it_is_closed_leaves_it_closed_in_both_places_or_none(where: str) -> None:
    trials = run_trials("closing", where, CLOSING_STEP, 0)
    written = [check(trial, len(KEYS) - 1 + trial["acknowledged"]) for trial in trials]
    # Before some moment it is open and after that it is closed: never in between, never back.
    assert written == sorted(written)
    assert set(written) == {len(KEYS) - 1, len(KEYS)}
    assert not trials[-1]["killed"]


def check(trial: dict[str, Any], acknowledged: int) -> int:
    """What was acknowledged is there, and writing goes on; return how many events there were."""
    with Record.open(trial["url"], clock=clock) as record:
        found = written(record)
        assert record.verify().broken is None, trial
        assert record.inspect().sound, trial
        # A commit whose acknowledgement was cut off counts as well; nothing else does.
        assert len(found) - acknowledged in (0, 1), trial
        assert found == KEYS[: len(found)], trial
        assert discussed(record) == (KEYS[-1] in found), trial
        # Sending everything again adds what is missing and repeats nothing.
        assert list(writes(record)) == KEYS
        assert written(record) == KEYS, trial
        assert discussed(record), trial
        assert record.size() == len(KEYS) + 1, trial
        assert record.verify().broken is None, trial
        (meeting,) = record.meetings.every()
        assert meeting.closed
        assert len(meeting.answered) == 2
    return len(found)


def written(record: Record) -> list[UUID]:
    """Return what was written, without what closing a meeting adds to the case."""
    case = [one.id for one in history(record, CASE) if not isinstance(one.body, CaseDiscussed)]
    return case + [
        event.id
        for meeting in record.meetings.every()
        for event in record.meetings.events_of(meeting.id)
    ]


def discussed(record: Record) -> bool:
    return any(isinstance(one.body, CaseDiscussed) for one in history(record, CASE))

"""Since when each advice of a case has been in sight, to tell a choice from a click.

Only whether someone decided within seconds is ever kept, and only to be counted for a whole team.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic as clock
from typing import cast
from uuid import UUID

import streamlit as st

from engine.decisions import AT_ONCE
from engine.words import Status

_KEY = "adviezen_in_beeld"


@dataclass(slots=True)
class _InSight:
    """The advices of one case; ``since`` is in seconds of the clock of this process."""

    case: str
    since: dict[str, tuple[Status, float]] = field(default_factory=dict)
    said: dict[UUID, bool | None] = field(default_factory=dict)


def note(case: str, given: Mapping[str, Status]) -> None:
    """Note which advices of a case the user sees now; one that comes back starts anew.

    Args:
        case: the case that is open.
        given: the status of each advice that can be decided on, by rule.
    """
    kept = _kept(case)
    kept.since = {
        rule: before
        if (before := kept.since.get(rule)) and before[0] is status
        else (status, clock())
        for rule, status in given.items()
    }


def at_once(case: str, rule: str, act: UUID) -> bool | None:
    """Say whether an advice is decided on within seconds; ``None`` if it was never in sight.

    Whoever sends the same act twice is told the same twice, so that it is recorded once.
    """
    kept = _kept(case)
    if act not in kept.said:
        shown = kept.since.get(rule)
        late = AT_ONCE.total_seconds()
        kept.said[act] = None if shown is None else clock() - shown[1] < late
    return kept.said[act]


def _kept(case: str) -> _InSight:
    kept = cast("_InSight | None", st.session_state.get(_KEY))
    if kept is None or kept.case != case:
        kept = st.session_state[_KEY] = _InSight(case)
    return kept

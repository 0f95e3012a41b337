"""When a decision is due for a look back: on its own day, and after 3, 6 and 12 months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from engine.decisions.later import Reviewed
from engine.decisions.model import Decision, Deviation, Skip

MOMENTS = (3, 6, 12)
"""Months after a decision at which its result is looked at."""


def moment_of(decided_on: date, reviewed_on: date) -> int | None:
    """Return which of the moments a look back belongs to, in months: the nearest.

    ``None`` if it is less than half of the first or more than one and a half of the last: what
    came of a decision after a week says nothing about three months.
    """
    months = (reviewed_on - decided_on).days / 30.4375
    if not MOMENTS[0] / 2 <= months <= MOMENTS[-1] * 1.5:
        return None
    return min(MOMENTS, key=lambda moment: abs(moment - months))


def due_since(decision: Decision, reviews: Iterable[Reviewed], today: date) -> date | None:
    """Return the day since which a decision is due for a look back; ``None`` if it isn't.

    A look back meets every day up to its own, and says itself when the next one is.

    Args:
        decision: what was decided; nobody looks back on a consideration that was left aside.
        reviews: the looks back on it so far.
        today: the day it is.
    """
    if isinstance(decision, Skip):
        return None
    days = [decision.decided_on + relativedelta(months=months) for months in MOMENTS]
    if isinstance(decision, Deviation):
        days.append(decision.review_on)
    done = list(reviews)
    days += [one.review_on for one in done if one.review_on]
    last = max((one.reviewed_on for one in done), default=None)
    late = [day for day in days if day <= today and (last is None or day > last)]
    return min(late, default=None)

"""How much groups agree, over all meetings: where equal cases are not judged equally.

The measure is Krippendorff's alpha (K. Krippendorff, *Content Analysis*, second edition, Sage
2004, chapter 11; "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania 2011):
one minus the disagreement that there is over what chance would give. It takes any number of
judges, also when not everyone judged everything, as it is with groups. Beside it stands how often
two people in a group gave the same answer, because that can be pictured.

Both have an interval by the bootstrap over meetings (B. Efron and R. J. Tibshirani, *An
Introduction to the Bootstrap*, Chapman & Hall 1993, chapter 13), from a fixed seed: the same record
always gives the same figures. Who could have read the case itself is not counted.

What rests on fewer than five meetings or five people is not shown. Meetings count five at a time,
in the order in which all was shown in them. So whoever takes one figure from another, or that of
yesterday from that of today, is left with five meetings or more, or with none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import krippendorff
import numpy as np
import numpy.typing as npt

from engine.decisions.meeting import Meeting
from engine.decisions.meeting_events import MeetingAnswered
from engine.decisions.replay import today_of
from engine.library import Knowledge
from engine.small_numbers import FEWEST
from engine.words import Word

RELIABLE = 0.8
TENTATIVE = 0.667
"""From where conclusions can be drawn, and from where tentatively (Krippendorff 2004, p. 241)."""

_RESAMPLES = 1000
_SEED = 2011
_LOW, _HIGH = 2.5, 97.5

_Counts = npt.NDArray[np.float64]
Unit = Mapping[str, int]
"""How many people gave each answer to one question in one meeting."""


class Level(Word):
    """What an alpha says, in the words that its author gives it."""

    RELIABLE = "betrouwbaar"
    TENTATIVE = "voorlopig"
    UNRELIABLE = "uiteenlopend"
    UNSURE = "nog_niet_te_zeggen"
    UNANIMOUS = "eensgezind"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """How much groups agree on one question.

    Attributes:
        name: the fact, rule or year; empty for the next step in all meetings.
        meetings: how many meetings it rests on.
        people: how many people judged it; someone who was in two meetings counts once.
        same: how often two people in one group gave the same answer, between 0 and 1.
        alpha: Krippendorff's alpha; ``None`` where all gave one and the same answer always.
        level: what that says; unsure while the interval reaches over two levels.
    """

    name: str
    meetings: int
    people: int
    same: Estimate
    alpha: Estimate | None
    level: Level


@dataclass(frozen=True, slots=True)
class Agreement:
    """What may be shown of how much groups agree.

    Attributes:
        step: the next step, over all meetings; ``None`` if there are too few.
        by_rule: the next step, for the meetings that a rule came up in.
        by_fact: how each disputed fact is seen.
        by_year: the next step, per year in which it was discussed.
        too_few: how many rules, facts and years have too few meetings to be shown.
    """

    step: Figure | None
    by_rule: tuple[Figure, ...]
    by_fact: tuple[Figure, ...]
    by_year: tuple[Figure, ...]
    too_few: int


def alpha(units: Sequence[Unit]) -> float | None:
    """Return Krippendorff's alpha for answers without an order.

    Args:
        units: for each thing that was judged, how many gave each answer.

    Returns:
        1 for perfect agreement and about 0 for what chance gives; ``None`` if no two people judged
        one thing, or if all gave the same answer to everything, so that there is nothing to tell.
    """
    return _alpha(_table(units))


def same_pairs(units: Sequence[Unit]) -> float | None:
    """Return how often two people gave the same answer to one thing; ``None`` without pairs."""
    return _same(_table(units))


def agreement(meetings: Iterable[Meeting], knowledge: Knowledge) -> Agreement:
    """Work out how much groups agree.

    Args:
        meetings: those in which everything was shown; before that, what they are about isn't known.
        knowledge: tells which facts there are.
    """
    steps: list[_Judged] = []
    by_rule: dict[str, list[_Judged]] = defaultdict(list)
    by_fact: dict[str, list[_Judged]] = defaultdict(list)
    by_year: dict[str, list[_Judged]] = defaultdict(list)
    for meeting, shown_at in sorted(_shown(meetings), key=lambda one: one[1]):
        step = _judged(meeting, _step)
        steps.append(step)
        by_year[str(today_of(shown_at).year)].append(step)
        for rule in meeting.rules:
            by_rule[rule].append(step)
        for fact in meeting.prepared.asked:
            if fact in knowledge.facts:
                by_fact[fact].append(_judged(meeting, partial(_reading, fact)))
    rules, facts, years = _figures(by_rule), _figures(by_fact), _figures(by_year)
    judged = len(by_rule) + len(by_fact) + len(by_year)
    too_few = judged - len(rules) - len(facts) - len(years)
    return Agreement(_figure("", steps), rules, facts, years, too_few)


def _shown(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, datetime]]:
    return ((one, one.shown_at) for one in meetings if one.shown_at is not None)


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """One question in one meeting; stays in this module."""

    people: frozenset[str]
    unit: Unit


def _judged(meeting: Meeting, said: Callable[[MeetingAnswered, int], str]) -> _Judged:
    """Count the answers of those who judged the case blind."""
    blind = [(one.id, one.answer) for one in meeting.answered if one.answer and not one.knows]
    unit = Counter(said(answer, number) for number, (_, answer) in enumerate(blind))
    return _Judged(frozenset(person for person, _ in blind), unit)


def _step(answer: MeetingAnswered, number: int) -> str:
    """Say which step someone chose; two steps that no protocol has are never the same."""
    step = answer.step
    return f"{step.direction} {step.action}" if step else f"anders {number}"


def _reading(fact: str, answer: MeetingAnswered, _: int) -> str:
    return str(answer.readings.get(fact))


def _counted(judged: Sequence[_Judged]) -> tuple[_Judged, ...]:
    """Return the meetings that count: those with two answers or more, five at a time."""
    pairable = [one for one in judged if sum(one.unit.values()) > 1]
    return tuple(pairable[: len(pairable) // FEWEST * FEWEST])


def _figures(groups: Mapping[str, Sequence[_Judged]]) -> tuple[Figure, ...]:
    found = (_figure(name, judged) for name, judged in groups.items())
    # Where people agree least there is most to talk about.
    return tuple(sorted(filter(None, found), key=lambda one: (one.same.value, one.name)))


def _figure(name: str, judged: Sequence[_Judged]) -> Figure | None:
    """Return the figure on one question; ``None`` if it rests on too little."""
    counted = _counted(judged)
    people = frozenset[str]().union(*(one.people for one in counted))
    if min(len(counted), len(people)) < FEWEST:
        return None
    table = _table([one.unit for one in counted])
    same, found = _estimate(table, _same), _estimate(table, _alpha)
    return Figure(name, len(counted), len(people), same, found, _level(found)) if same else None


def _level(found: Estimate | None) -> Level:
    if found is None:
        return Level.UNANIMOUS
    low, high = (_level_of(bound) for bound in (found.low, found.high))
    return low if low is high else Level.UNSURE


def _level_of(value: float) -> Level:
    if value >= RELIABLE:
        return Level.RELIABLE
    return Level.TENTATIVE if value >= TENTATIVE else Level.UNRELIABLE


def _table(units: Sequence[Unit]) -> _Counts:
    """Write the units as rows and the answers as columns."""
    answers = sorted({answer for unit in units for answer in unit})
    rows = [[unit.get(answer, 0) for answer in answers] for unit in units]
    return np.array(rows, dtype=np.float64).reshape(len(units), len(answers))


def _alpha(table: _Counts) -> float | None:
    paired = table[table.sum(axis=1) > 1]
    if np.count_nonzero(paired.sum(axis=0)) < 2:
        return None
    return float(krippendorff.alpha(value_counts=paired, level_of_measurement="nominal"))


def _same(table: _Counts) -> float | None:
    sizes = table.sum(axis=1)
    pairs = float((sizes * (sizes - 1)).sum())
    return float((table * (table - 1)).sum()) / pairs if pairs else None


def _estimate(table: _Counts, measure: Callable[[_Counts], float | None]) -> Estimate | None:
    """Return a figure with its interval: the meetings are drawn anew, with replacement."""
    value = measure(table)
    if value is None:
        return None
    draws = np.random.default_rng(_SEED).integers(len(table), size=(_RESAMPLES, len(table)))
    again = [measure(table[rows]) for rows in draws]
    # A draw in which all gave one answer can't be told from agreement by chance; it says nothing.
    told = [one for one in again if one is not None] or [value]
    low, high = np.percentile(told, [_LOW, _HIGH])
    return Estimate(value, min(value, float(low)), max(value, float(high)))

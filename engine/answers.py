"""The answers to a question that make a difference: those that conditions tell apart.

A condition that asks whether a course takes more than twelve months sees two lengths, not a
hundred. Searching among these few is as good as searching among all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, product

from engine.conditions import (
    Between,
    Compare,
    Leaf,
    NoneOf,
    Older,
    OneOf,
    Op,
    ParameterRef,
    TimeUnit,
    Value,
    before,
    evaluate_leaf,
)
from engine.kleene import Truth
from engine.knowledge import Fact
from engine.words import FactKind

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The days that an answer can be: enough for everyone who is alive, and for every plan."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers to one question that all conditions treat alike.

    Attributes:
        said: the answers as a condition on the fact, to say them with.
        example: one of them.
    """

    fact: str
    said: Leaf
    example: Value

    def allows(self, option: str) -> bool:
        """Whether an option of a multiple-choice question is one of these answers."""
        match self.said:
            case OneOf():
                return option in self.said.values
            case NoneOf():
                return option not in self.said.values
            case _:
                return False


def answers_apart(fact: Fact, told: Iterable[Leaf], reference: date) -> tuple[Answer, ...]:
    """Return the answers to a question, one for each group that is told apart.

    Args:
        fact: the question.
        told: what conditions ask of the fact; other leaves are passed over.
        reference: the day against which ages are counted.
    """
    own = [leaf for leaf in told if getattr(leaf, "name", "") == fact.id]

    def seen(value: Value) -> tuple[Truth, ...]:
        return tuple(evaluate_leaf(leaf, {fact.id: value}, reference) for leaf in own)

    if fact.kind in (FactKind.YES_NO, FactKind.CHOICE):
        yes_no = fact.kind is FactKind.YES_NO
        options = ["ja", "nee"] if yes_no else [option.id for option in fact.options]
        alike: dict[tuple[Truth, ...], list[str]] = {}
        for option in options:
            alike.setdefault(seen(option), []).append(option)
        return tuple(Answer(fact.id, one_of(fact, group), group[0]) for group in alike.values())
    if fact.kind is FactKind.NUMBER:
        return tuple(_numbers(fact, [list(group) for _, group in groupby(_marks(fact, own), seen)]))
    if fact.kind is FactKind.DATE:
        points = _days(own, reference)
        return tuple(_dates(fact.id, [list(group) for _, group in groupby(points, seen)]))
    return ()


def turning_days(told: Iterable[Leaf]) -> Mapping[str, frozenset[date]]:
    """Return of each date that is held against a day and against an age the days that this turns.

    A date after some day and more than a year ago: nothing is, until a year after that day. What
    can be true of such a date changes on no other day.

    Args:
        told: what conditions ask, with their thresholds filled in.
    """
    fixed: dict[str, set[date]] = {}
    ages: dict[str, set[tuple[int, TimeUnit]]] = {}
    for leaf in told:
        if isinstance(leaf, Compare) and isinstance(leaf.bound, date):
            fixed.setdefault(leaf.name, set()).add(leaf.bound)
        elif isinstance(leaf, Older) and isinstance(leaf.amount, int):
            ages.setdefault(leaf.name, set()).add((leaf.amount, leaf.unit))
    return {
        name: frozenset(
            day for bound, age in product(fixed[name], ages[name]) for day in _turning(bound, *age)
        )
        for name in fixed.keys() & ages.keys()
    }


def _turning(bound: date, amount: int, unit: TimeUnit) -> Iterator[date]:
    """Yield the first days on which an age reaches back to a day, past it, and beyond that."""
    for reached in (bound, bound + _DAY, bound + 2 * _DAY):
        day = before(reached, -amount, unit)
        if day < reached:
            return  # That is after the last day of the calendar.
        # A month later can be the last day of a shorter month, which reaches back less far.
        while before(day, amount, unit) < reached:
            day += _DAY
        yield day


def one_of(fact: Fact, options: Sequence[str]) -> OneOf | NoneOf:
    """Return that an answer is one of these options, by the others when those are fewer."""
    others = tuple(option.id for option in fact.options if option.id not in options)
    if others and len(others) < len(options):
        return NoneOf(fact.id, others)
    return OneOf(fact.id, tuple(options))


def _marks(fact: Fact, own: Sequence[Leaf]) -> list[int]:
    """Return the numbers around every bound, within what the fact allows, in order."""
    bounds = [bound for leaf in own for bound in _bounds(leaf) if isinstance(bound, int)]
    near = {bound + step for bound in bounds for step in (-1, 0, 1)}
    inside = {number for number in near if fact.minimum <= number <= fact.maximum}
    ends = {fact.minimum, fact.maximum} if fact.minimum <= fact.maximum else set[int]()
    return sorted(ends | inside)


def _days(own: Sequence[Leaf], reference: date) -> list[date]:
    """Return the days around every bound, in order."""
    found = {FIRST_DAY, LAST_DAY}
    for leaf in own:
        if isinstance(leaf, Older) and not isinstance(leaf.amount, ParameterRef):
            bounds: list[object] = [before(reference, leaf.amount, leaf.unit)]
        else:
            bounds = list(_bounds(leaf))
        for bound in bounds:
            if isinstance(bound, date) and FIRST_DAY < bound < LAST_DAY:
                found |= {bound - _DAY, bound, bound + _DAY}
    return sorted(found)


def _bounds(leaf: Leaf) -> tuple[object, ...]:
    match leaf:
        case Compare():
            return (leaf.bound,)
        case Between():
            return (leaf.low, leaf.high)
        case _:
            return ()


def _numbers(fact: Fact, groups: Sequence[Sequence[int]]) -> Iterator[Answer]:
    for group in groups:
        low, high = group[0], group[-1]
        if low == high:
            said: Leaf = Compare(fact.id, Op.EQ, low)
        elif low == fact.minimum:
            said = Compare(fact.id, Op.LE, high)
        elif high == fact.maximum:
            said = Compare(fact.id, Op.GE, low)
        else:
            said = Between(fact.id, low, high)
        yield Answer(fact.id, said, high if low == fact.minimum else low)


def _dates(name: str, groups: Sequence[Sequence[date]]) -> Iterator[Answer]:
    for group in groups:
        low, high = group[0], group[-1]
        if low == high:
            said: Leaf = Compare(name, Op.EQ, low)
        elif low == FIRST_DAY:
            said = Compare(name, Op.LE, high)
        elif high == LAST_DAY:
            said = Compare(name, Op.GE, low)
        else:
            said = Between(name, low, high)
        yield Answer(name, said, high if low == FIRST_DAY else low)

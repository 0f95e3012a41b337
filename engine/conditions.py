"""The condition tree: what a rule asks of a case, and what the answer is.

One small immutable tree is read by three readers (the rule engine, the evaluator that keeps proofs
and, for caseloads, a table translator); :func:`evaluate` says in the plainest way what they all
have to agree on. Truth is three-valued after Kleene: ``True``, ``False``
and ``None`` for "cannot be said yet". An unknown fact is never taken for a "nee".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from dateutil.relativedelta import relativedelta

from engine.kleene import Truth, all_of, any_of, at_least, negation

Value = str | int | date
Facts = Mapping[str, Value]


class Op(StrEnum):
    """A comparison of a number or a date with a bound."""

    LT = "<"
    LE = "<="
    EQ = "="
    NE = "!="
    GE = ">="
    GT = ">"

    @property
    def opposite(self) -> Op:
        """The comparison that is true exactly when this one is false."""
        return _OPPOSITES[self]


_OPPOSITES = {
    Op.LT: Op.GE,
    Op.GE: Op.LT,
    Op.LE: Op.GT,
    Op.GT: Op.LE,
    Op.EQ: Op.NE,
    Op.NE: Op.EQ,
}
_COMPARE: dict[Op, Callable[[Any, Any], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.GE: operator.ge,
    Op.GT: operator.gt,
}


class TimeUnit(StrEnum):
    """The calendar unit in which the age of a date is expressed."""

    DAYS = "dagen"
    MONTHS = "maanden"
    YEARS = "jaren"


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A threshold by name; its value depends on the date and the authority of the case."""

    name: str


Bound = int | date | ParameterRef


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact or notion ``name`` has one of ``values``."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The fact or notion ``name`` is known and has none of ``values``."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """The number or date ``name`` stands in relation ``op`` to ``bound``.

    ``origin`` names the threshold that the bound was filled in from, if any.
    """

    name: str
    op: Op
    bound: Bound
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """The number ``name`` lies from ``low`` up to and including ``high``.

    The origins name the thresholds that the ends were filled in from, if any.
    """

    name: str
    low: Bound
    high: Bound
    low_origin: str = ""
    high_origin: str = ""


@dataclass(frozen=True, slots=True)
class Older:
    """The date ``name`` lies more than ``amount`` units before the reference date.

    ``negated`` turns it into "at most that long before, or after, the reference date";
    ``origin`` names the threshold that the amount was filled in from, if any.
    """

    name: str
    amount: int | ParameterRef
    unit: TimeUnit
    negated: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """Always true or always false; what a comparison with an absent limit comes down to.

    ``origin`` names the threshold that is absent.
    """

    truth: bool
    origin: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the parts are true."""

    count: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false; only as written, :func:`normal` pushes it down to the leaves."""

    part: Condition


_OF_OPTIONS = (OneOf, NoneOf)
Leaf = OneOf | NoneOf | Compare | Between | Older | Constant
Condition = Leaf | All | AnyOf | AtLeast | Not


def before(reference: date, amount: int, unit: TimeUnit) -> date:
    """Return the day ``amount`` calendar units before ``reference``.

    A month has no fixed length: the day is cut back to the last day of a shorter month. A span
    that reaches back beyond the calendar ends at its first day.
    """
    try:
        match unit:
            case TimeUnit.DAYS:
                return reference - relativedelta(days=amount)
            case TimeUnit.MONTHS:
                return reference - relativedelta(months=amount)
            case TimeUnit.YEARS:
                return reference - relativedelta(years=amount)
    except (ValueError, OverflowError):
        return date.min


def excluded(name: str, value: str) -> str:
    """Name the fact that a decision table will not give a value, whatever else becomes known."""
    return f"{name}≠{value}"


def evaluate_leaf(leaf: Leaf, facts: Facts, reference: date) -> Truth:
    """Decide one leaf on the known facts; unknown when its fact is absent.

    The value of a decision table can be unknown while some values are already excluded.

    Raises:
        TypeError: the leaf still names a parameter, or the fact is of another type.
    """
    if isinstance(leaf, Constant):
        return leaf.truth
    value = facts.get(leaf.name)
    if value is None:
        if not isinstance(leaf, _OF_OPTIONS):
            return None
        for option in leaf.values:
            if facts.get(excluded(leaf.name, option)) != "ja":
                return None
        return isinstance(leaf, NoneOf)
    match leaf:
        case OneOf():
            return value in leaf.values
        case NoneOf():
            return value not in leaf.values
        case Compare():
            return _COMPARE[leaf.op](value, leaf.bound)
        case Between():
            return _COMPARE[Op.GE](value, leaf.low) and _COMPARE[Op.LE](value, leaf.high)
        case Older():
            if isinstance(leaf.amount, ParameterRef) or not isinstance(value, date):
                raise TypeError(f"{leaf.name}: an age needs a date and a resolved amount")
            return (value < before(reference, leaf.amount, leaf.unit)) is not leaf.negated


def evaluate(condition: Condition, facts: Facts, reference: date) -> Truth:
    """Decide a condition on the known facts of a case, in three values.

    Args:
        condition: the tree, with its parameters resolved.
        facts: known facts only; an absent name is an unknown fact.
        reference: the reference date of the case, against which ages are counted.
    """
    match condition:
        case All():
            return all_of([evaluate(part, facts, reference) for part in condition.parts])
        case AnyOf():
            return any_of([evaluate(part, facts, reference) for part in condition.parts])
        case AtLeast():
            values = [evaluate(part, facts, reference) for part in condition.parts]
            return at_least(condition.count, values)
        case Not():
            return negation(evaluate(condition.part, facts, reference))
        case _:
            return evaluate_leaf(condition, facts, reference)


def normal(condition: Condition) -> Condition:
    """Return an equivalent tree without ``Not``: negation is pushed to the leaves."""
    match condition:
        case All():
            return All(tuple(normal(part) for part in condition.parts))
        case AnyOf():
            return AnyOf(tuple(normal(part) for part in condition.parts))
        case AtLeast():
            return AtLeast(condition.count, tuple(normal(part) for part in condition.parts))
        case Not():
            return negate(condition.part)
        case _:
            return condition


def negate(condition: Condition) -> Condition:
    """Return a tree, without ``Not``, that is true exactly where ``condition`` is false.

    Unknown stays unknown: the rule engine can prove a failure only from this tree, never from
    the absence of a match.
    """
    match condition:
        case All():
            return AnyOf(tuple(negate(part) for part in condition.parts))
        case AnyOf():
            return All(tuple(negate(part) for part in condition.parts))
        case AtLeast():
            # Fewer than n of k are true exactly when at least k - n + 1 are false.
            needed = len(condition.parts) - condition.count + 1
            return AtLeast(needed, tuple(negate(part) for part in condition.parts))
        case Not():
            return normal(condition.part)
        case OneOf():
            return NoneOf(condition.name, condition.values)
        case NoneOf():
            return OneOf(condition.name, condition.values)
        case Compare():
            return replace(condition, op=condition.op.opposite)
        case Between():
            below = Compare(condition.name, Op.LT, condition.low, condition.low_origin)
            above = Compare(condition.name, Op.GT, condition.high, condition.high_origin)
            return AnyOf((below, above))
        case Older():
            return replace(condition, negated=not condition.negated)
        case Constant():
            return replace(condition, truth=not condition.truth)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf from left to right."""
    match condition:
        case All() | AnyOf() | AtLeast():
            for part in condition.parts:
                yield from leaves(part)
        case Not():
            yield from leaves(condition.part)
        case _:
            yield condition


def origins(leaf: Leaf) -> tuple[str, ...]:
    """Return the thresholds that the numbers in a leaf were filled in from."""
    match leaf:
        case Compare() | Older() | Constant():
            return (leaf.origin,) if leaf.origin else ()
        case Between():
            return tuple(name for name in (leaf.low_origin, leaf.high_origin) if name)
        case _:
            return ()


def names(condition: Condition) -> frozenset[str]:
    """Return the facts and notions that the condition looks at."""
    return frozenset(leaf.name for leaf in leaves(condition) if not isinstance(leaf, Constant))


def spell_out(condition: AtLeast) -> AnyOf:
    """Write "at least n of" as the plain combinations that satisfy it."""
    return AnyOf(tuple(All(chosen) for chosen in combinations(condition.parts, condition.count)))


def map_leaves(condition: Condition, change: Callable[[Leaf], Condition]) -> Condition:
    """Return the same tree with every leaf replaced by ``change(leaf)``."""
    match condition:
        case All():
            return All(tuple(map_leaves(part, change) for part in condition.parts))
        case AnyOf():
            return AnyOf(tuple(map_leaves(part, change) for part in condition.parts))
        case AtLeast():
            parts = tuple(map_leaves(part, change) for part in condition.parts)
            return AtLeast(condition.count, parts)
        case Not():
            return Not(map_leaves(condition.part, change))
        case _:
            return change(condition)


def resolve(condition: Condition, values: Mapping[str, int | None]) -> Condition:
    """Put the values of a date and an authority in the place of parameter names.

    Args:
        condition: the tree as written.
        values: a number per parameter; ``None`` where the authority has no limit at all. A
            limit that is absent can't be exceeded, so it counts as infinitely high.

    Raises:
        KeyError: a parameter has no value for this date and authority.
        ValueError: a parameter without a limit is used as anything but an upper limit.
    """

    def filled(bound: Bound) -> tuple[int | date | None, str]:
        """Return the value of a bound and the threshold that it came from."""
        if isinstance(bound, ParameterRef):
            return values[bound.name], bound.name
        return bound, ""

    def change(leaf: Leaf) -> Condition:
        match leaf:
            case Compare():
                bound, origin = filled(leaf.bound)
                if bound is not None:
                    return Compare(leaf.name, leaf.op, bound, origin)
                if leaf.op not in (Op.GT, Op.LE):
                    raise ValueError(f"{leaf.name}: only an upper limit can be absent")
                return Constant(leaf.op is Op.LE, origin)
            case Between():
                (low, low_origin), (high, high_origin) = filled(leaf.low), filled(leaf.high)
                if low is None or high is None:
                    raise ValueError(f"{leaf.name}: both ends of a range need a value")
                return Between(leaf.name, low, high, low_origin, high_origin)
            case Older(amount=ParameterRef() as reference):
                amount = values[reference.name]
                if amount is None:
                    raise ValueError(f"{leaf.name}: an age needs a value")
                return Older(leaf.name, amount, leaf.unit, leaf.negated, reference.name)
            case _:
                return leaf

    return map_leaves(condition, change)

"""Spells the derivations of a program out as patterns that durable-rules can carry.

Each derivation becomes two sets of productions, *holds* and *fails*: unknown is what neither
fires for. A set is the disjunctive normal form of the condition, one production for each
conjunction, because deeper patterns run into the engine's limits (``docs/decisions/0005``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import comb
from typing import Any

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Compare,
    Condition,
    Constant,
    Leaf,
    NoneOf,
    Not,
    Older,
    OneOf,
    Op,
    TimeUnit,
    before,
    excluded,
    negate,
    spell_out,
)
from engine.program import Derivation, Program

MAX_PRODUCTIONS = 60
"""Productions in one ruleset; the engine's stack holds 64 matching nodes (``error code: 303``)."""

MAX_ATTRIBUTES = 200
"""Attributes of the wide fact of one ruleset; the engine's fact holds 255."""

MAX_CONJUNCTIONS = 400
"""Conjunctions that one condition may spell out to; more means that it should be split."""

ALWAYS = "altijd"
"""An attribute that every wide fact has, with the value 1.

A constant is then a pattern like any other, and every ruleset has one production, the heartbeat,
that always matches: the engine crashes when a state is deleted in which no action was started, and
a heartbeat that stays out shows that a fact got lost.
"""

HEARTBEAT = -1


class BoundsError(Exception):
    """Knowledge that the rule engine can't carry; the message is Dutch and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Production:
    """One conjunction of leaves, and the value that its derivation has when they are all true."""

    name: str
    value: str
    leaves: tuple[Leaf, ...]


def productions(derivation: Derivation, tables: Set[str]) -> Iterator[Production]:
    """Spell out a derivation as conjunctions of leaves.

    Args:
        derivation: what is to be given a value.
        tables: the names of decision tables, whose values can be excluded while unknown.

    Raises:
        BoundsError: the condition spells out to more conjunctions than :data:`MAX_CONJUNCTIONS`.
    """
    branches = list(derivation.branches)
    if not derivation.is_table:
        branches.append(("nee", negate(derivation.condition)))
    for value, condition in branches:
        for leaves in _needed(_conjunctions(condition, derivation.name, tables)):
            yield Production(derivation.name, value, leaves)


def _needed(conjunctions: Iterable[tuple[Leaf, ...]]) -> list[tuple[Leaf, ...]]:
    """Leave out conjunctions that can't be true, or not without a shorter one being true too.

    What fires stays the same: "a, or a and b" is a, also where b is unknown.
    """
    distinct = dict.fromkeys(tuple(dict.fromkeys(one)) for one in conjunctions)
    possible = [(leaves, frozenset(leaves)) for leaves in distinct if not _contradicts(leaves)]
    kept: list[tuple[tuple[Leaf, ...], frozenset[Leaf]]] = []
    for leaves, whole in sorted(possible, key=lambda one: len(one[0])):
        if not any(shorter <= whole for _, shorter in kept):
            kept.append((leaves, whole))
    return [leaves for leaves, _ in kept]


def _contradicts(leaves: tuple[Leaf, ...]) -> bool:
    """Whether the leaves ask one name to have two values at once."""
    allowed: dict[str, set[str]] = {}
    for leaf in leaves:
        if isinstance(leaf, OneOf):
            allowed[leaf.name] = allowed.get(leaf.name, set(leaf.values)) & set(leaf.values)
    for leaf in leaves:
        if isinstance(leaf, NoneOf) and leaf.name in allowed:
            allowed[leaf.name] -= set(leaf.values)
    return not all(allowed.values())


def _conjunctions(condition: Condition, name: str, tables: Set[str]) -> list[tuple[Leaf, ...]]:
    """Return the disjunctive normal form of a condition without ``Not``."""
    match condition:
        case All():
            parts = [_conjunctions(part, name, tables) for part in condition.parts]
            size = 1
            for part in parts:
                size *= len(part)
            _guard(size, name)
            return [tuple(leaf for one in chosen for leaf in one) for chosen in product(*parts)]
        case AnyOf():
            found = [one for part in condition.parts for one in _conjunctions(part, name, tables)]
            _guard(len(found), name)
            return found
        case AtLeast():
            _guard(comb(len(condition.parts), condition.count), name)
            return _conjunctions(spell_out(condition), name, tables)
        case Not():
            return _conjunctions(negate(condition.part), name, tables)
        case NoneOf() if condition.name in tables:
            options = tuple(
                OneOf(excluded(condition.name, value), ("ja",)) for value in condition.values
            )
            return [(condition,), options]
        case Between():
            low = Compare(condition.name, Op.GE, condition.low)
            return [(low, Compare(condition.name, Op.LE, condition.high))]
        case _:
            return [(condition,)]


def _guard(size: int, name: str) -> None:
    if size > MAX_CONJUNCTIONS:
        raise BoundsError(
            f"De voorwaarde van {name!r} is te ingewikkeld: uitgeschreven {size} combinaties, "
            f"hoogstens {MAX_CONJUNCTIONS} kan. Maak van een deel een begrip."
        )


def attribute(leaf: Leaf) -> str:
    """Name the attribute of the wide fact that a leaf looks at.

    An age is an attribute of its own: the reference date differs per case, and a ruleset is
    built only once.
    """
    if isinstance(leaf, Constant):
        return ALWAYS
    if isinstance(leaf, Older):
        return f"{leaf.name} in {leaf.unit.value}"
    return leaf.name


def pattern(leaf: Leaf) -> dict[str, Any]:
    """Write a leaf as a pattern of the rule engine."""
    name = attribute(leaf)
    match leaf:
        case Constant():
            return {name: 1 if leaf.truth else 0}
        case OneOf():
            options = [{name: value} for value in leaf.values]
            return options[0] if len(options) == 1 else {"$or": options}
        case NoneOf():
            others = [{"$neq": {name: value}} for value in leaf.values]
            return others[0] if len(others) == 1 else {"$and": others}
        case Compare():
            bound = leaf.bound.isoformat() if isinstance(leaf.bound, date) else leaf.bound
            return _compare(name, leaf.op, bound)
        case Older():
            return _compare(name, Op.LT if leaf.negated else Op.GE, leaf.amount)
        case Between():
            raise TypeError("a range is spelled out before it becomes a pattern")


def _compare(name: str, op: Op, bound: object) -> dict[str, Any]:
    if op is Op.EQ:
        return {name: bound}
    word = {Op.LT: "$lt", Op.LE: "$lte", Op.NE: "$neq", Op.GE: "$gte", Op.GT: "$gt"}[op]
    return {word: {name: bound}}


def age(value: date, reference: date, unit: TimeUnit) -> int:
    """Return how many whole units ``value`` lies more than before ``reference``.

    It is the largest n for which the date is older than n units; negative for a later date.
    """
    months = (reference.year - value.year) * 12 + reference.month - value.month
    guess = {
        TimeUnit.DAYS: (reference - value).days,
        TimeUnit.MONTHS: months,
        TimeUnit.YEARS: reference.year - value.year,
    }[unit]
    # Months differ in length, so the right answer is the guess or one of its neighbours.
    return next(
        (n for n in (guess + 1, guess, guess - 1) if value < before(reference, n, unit)), guess - 2
    )


@dataclass(frozen=True)
class Ruleset:
    """Productions that are matched against one wide fact.

    Attributes:
        name: made from the patterns, so that equal rulesets are built once.
        productions: in the order of their index in the engine.
        patterns: what the engine is given, by index; among them the heartbeat.
        attributes: short name in the engine for each attribute.
        ages: the leaves whose attribute is an age.
    """

    name: str
    productions: tuple[Production, ...]
    patterns: Mapping[int, dict[str, Any]]
    attributes: Mapping[str, str]
    ages: tuple[Older, ...]


def pack(items: Iterable[Production]) -> list[Ruleset]:
    """Divide the productions of one layer over rulesets that stay inside the engine's bounds."""
    packed: list[Ruleset] = []
    current: list[Production] = []
    used: set[str] = set()
    for item in items:
        needed = {attribute(leaf) for leaf in item.leaves}
        if len(needed) > MAX_ATTRIBUTES:
            raise BoundsError(f"{item.name!r} kijkt naar meer dan {MAX_ATTRIBUTES} feiten.")
        if current and (len(current) >= MAX_PRODUCTIONS or len(used | needed) > MAX_ATTRIBUTES):
            packed.append(_ruleset(current))
            current, used = [], set()
        current.append(item)
        used |= needed
    if current:
        packed.append(_ruleset(current))
    return packed


def _ruleset(items: list[Production]) -> Ruleset:
    everything = [leaf for item in items for leaf in item.leaves]
    attributes = sorted({ALWAYS} | {attribute(leaf) for leaf in everything})
    short = {name: f"a{index}" for index, name in enumerate(attributes)}
    patterns = {HEARTBEAT: {short[ALWAYS]: 1}} | {
        index: _conjunction(item, short) for index, item in enumerate(items)
    }
    digest = hashlib.sha256(json.dumps(patterns).encode()).hexdigest()
    ages = {attribute(leaf): leaf for leaf in everything if isinstance(leaf, Older)}
    return Ruleset(f"r{digest}", tuple(items), patterns, short, tuple(ages.values()))


def _conjunction(item: Production, short: Mapping[str, str]) -> dict[str, Any]:
    """Write a conjunction as one pattern: a fact can't match two patterns of one rule."""
    patterns = [_rename(pattern(leaf), short) for leaf in item.leaves]
    return patterns[0] if len(patterns) == 1 else {"$and": patterns}


def _rename(part: Any, names: Mapping[str, str]) -> Any:
    """Put the short attribute names into a pattern."""
    if isinstance(part, dict):
        return {names.get(key, key): _rename(value, names) for key, value in part.items()}
    return [_rename(item, names) for item in part] if isinstance(part, list) else part


@dataclass(frozen=True)
class Compiled:
    """A program as rulesets, one list for each layer."""

    layers: tuple[tuple[Ruleset, ...], ...]


def compile_program(program: Program) -> Compiled:
    """Turn a program into rulesets, those of each group of derivations apart.

    The engine never lets go of a ruleset. Apart, those of a group are the same whatever else is
    consulted, so that all combinations of protocols share them.

    Raises:
        BoundsError: a condition is more than the rule engine can carry.
    """
    tables = {item.name for layer in program.layers for item in layer if item.is_table}
    layers = []
    for layer in program.layers:
        groups: dict[str, list[Production]] = {}
        for derivation in layer:
            group = groups.setdefault(derivation.group, [])
            group.extend(productions(derivation, tables))
        layers.append(tuple(ruleset for group in groups.values() for ruleset in pack(group)))
    return Compiled(tuple(layers))

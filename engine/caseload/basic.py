"""Conditions in the few comparisons that every database has: equal, less, and at most.

What two rules ask of one fact in different words becomes one comparison, which is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engine.conditions import (
    All,
    AnyOf,
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
    ParameterRef,
    Value,
    before,
    leaves,
    map_leaves,
)
from engine.program import Derivation, Program

_NEGATED = {Op.NE: Op.EQ, Op.GE: Op.LT, Op.GT: Op.LE}


def basic(condition: Condition, reference: date, constants: Mapping[str, Value]) -> Condition:
    """Return an equivalent tree whose leaves are all one of three, or constant.

    ``OneOf`` with one value, and ``Compare`` with ``<``, ``<=`` or ``=``. An age is a comparison
    with a fixed day.

    Args:
        condition: the tree, with its parameters resolved.
        reference: the day against which ages are counted.
        constants: facts that are the same for everyone.
    """

    def change(leaf: Leaf) -> Condition:
        match leaf:
            case Constant():
                return Constant(leaf.truth)
            case OneOf() if leaf.name in constants:
                return Constant(constants[leaf.name] in leaf.values)
            case OneOf():
                return _any(tuple(OneOf(leaf.name, (value,)) for value in leaf.values))
            case NoneOf():
                return Not(change(OneOf(leaf.name, leaf.values)))
            case Compare() if leaf.op in _NEGATED:
                return Not(Compare(leaf.name, _NEGATED[leaf.op], leaf.bound))
            case Compare():
                return Compare(leaf.name, leaf.op, leaf.bound)
            case Between():
                low, high = (
                    Compare(leaf.name, Op.LT, leaf.low),
                    Compare(leaf.name, Op.LE, leaf.high),
                )
                return All((Not(low), high))
            case Older():
                if isinstance(leaf.amount, ParameterRef):
                    raise TypeError(f"{leaf.name}: an age needs a resolved amount")
                older = Compare(leaf.name, Op.LT, before(reference, leaf.amount, leaf.unit))
                return Not(older) if leaf.negated else older

    return map_leaves(condition, change)


def _any(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def basic_layers(
    program: Program, reference: date, constants: Mapping[str, Value]
) -> tuple[tuple[Derivation, ...], ...]:
    """Return the layers of a program with all conditions in basic comparisons."""
    return tuple(
        tuple(
            Derivation(
                item.name,
                tuple((value, basic(part, reference, constants)) for value, part in item.branches),
                item.is_table,
            )
            for item in layer
        )
        for layer in program.layers
    )


def leaves_of(item: Derivation) -> Iterator[OneOf | Compare]:
    """Yield the comparisons of a derivation in basic form, without the constants."""
    for _, condition in item.branches:
        for leaf in leaves(condition):
            if isinstance(leaf, OneOf | Compare):
                yield leaf

"""The third reader: a program as expressions over a table with a row for each client's file.

The table has a column ``dossier`` and a column for each fact, named as the fact: text for yes or no
and for a choice, a whole number, a date. An empty cell is unknown, and so is a column that isn't
there; what is disputed has to be empty as well. SQL's NULL is the "cannot be said yet" of
:mod:`engine.kleene`: AND, OR and NOT mean the same.

A table is read under one program: one authority, one set of protocols, one reference date. An age
is a comparison with a day that is worked out here, so no database ever counts months.

Ibis turns the expressions into work for Polars, DuckDB or PostgreSQL, or into SQL for others
(``docs/decisions/0026-*.md``). What conditions ask of the facts is a first selection of columns,
and each layer is the next. A selection keeps only what later ones need, and nothing is worked out
twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from operator import add, and_, eq, le, lt, or_
from typing import Any

import ibis

from engine.caseload.basic import basic_layers, leaves_of
from engine.caseload.columns import FILE
from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Constant,
    Not,
    OneOf,
    Op,
    excluded,
)
from engine.knowledge import AUTHORITY
from engine.program import Derivation, Program
from engine.words import Status

Table = Any
"""A table of Ibis (``ibis.expr.types.Table``), which has no types of its own."""

Column = Any
"""A column of such a table."""

WITHHELD = 0
"""The number of an advice that is withheld: it rests on a table that gives two answers at once."""

CODES: Mapping[int, Status] = dict(enumerate(Status, start=WITHHELD + 1))
"""What the other numbers in a column with statuses mean."""

CODE_OF: Mapping[Status, int] = {status: code for code, status in CODES.items()}

_UNKNOWN = ibis.null("boolean")
_COMPARE = {Op.EQ: eq, Op.LT: lt, Op.LE: le}


@dataclass(frozen=True, slots=True)
class Translation:
    """A program as columns of a table that is still to be worked out.

    Attributes:
        program: what was translated.
        table: an Ibis table with ``dossier``, the columns that were to be kept, and the statuses.
        statuses: for each rule that was asked for its column, with numbers from :data:`CODES` or
            :data:`WITHHELD`. Databases take only short and plain names.
        values: for each derivation that was to be handed on its column: whether it is so, or for a
            decision table the place of its value among those that its rows name.
    """

    program: Program
    table: Table
    statuses: Mapping[str, str]
    values: Mapping[str, str]


def translate(
    program: Program,
    files: Table,
    reference: date,
    *,
    keep: Iterable[str] = (),
    derivations: Iterable[str] = (),
) -> Translation:
    """Translate a program to expressions over a table of files.

    Args:
        program: one authority, one day, one set of protocols.
        files: the facts of each file; columns that no condition asks for are passed over.
        reference: the day against which ages are counted.
        keep: other columns of ``files`` to hand on, such as a team.
        derivations: notions, rules or effects whose value is handed on as well.
    """
    plan = _Plan(program, frozenset(files.columns), reference)
    values = {name: plan.derived[name] for name in derivations}
    table = _selected(files, plan.stages(), (FILE, *keep), frozenset(values.values()))
    return Translation(program, table, plan.statuses, values)


@dataclass(frozen=True, slots=True)
class _Made:
    """A column that is still to be made from columns of the selection before it."""

    needs: frozenset[str]
    make: Callable[[Table], Column]


_Stage = Mapping[str, _Made]
"""The columns that one selection adds."""


def _selected(
    files: Table, stages: Sequence[_Stage], keep: tuple[str, ...], asked: frozenset[str]
) -> Table:
    """Add the stages to a table, one selection each, and drop what no one needs any more."""
    needed: list[frozenset[str]] = []
    later = asked
    for stage in reversed(stages):
        needed.append(later)
        later = later.union(*(made.needs for made in stage.values()))
    row, carried = files, tuple[str, ...]()
    for stage, wanted in zip(stages, reversed(needed), strict=True):
        carried = tuple(name for name in carried if name in wanted)
        row = row.select(*keep, *carried, **{name: made.make(row) for name, made in stage.items()})
        carried += tuple(stage)
    return row


class _Plan:
    """Says for everything that a program derives how to make its column.

    A yes/no derivation is a truth. A decision table is the place of its value among those that it
    can have, with a second column for whether it gives two of them.
    """

    def __init__(self, program: Program, columns: frozenset[str], reference: date) -> None:
        constants = {AUTHORITY: program.authority.kind.value}
        self._program = program
        self._layers = basic_layers(program, reference, constants)
        self._derivations = {item.name: item for layer in self._layers for item in layer}
        self.derived = {name: f"_d{number}" for number, name in enumerate(self._derivations)}
        asked = dict.fromkeys(
            leaf
            for item in self._derivations.values()
            for leaf in leaves_of(item)
            if leaf.name in columns and leaf.name not in self._derivations
        )
        self._asked = {leaf: f"_f{number}" for number, leaf in enumerate(asked)}
        rules = (bound.rule.id for bound in program.asked_rules())
        self.statuses = {rule: f"_s{number}" for number, rule in enumerate(rules)}

    def stages(self) -> list[_Stage]:
        """Return what conditions ask of the facts, then each layer, then the statuses."""
        return [
            {column: _Made(frozenset(), comparison(leaf)) for leaf, column in self._asked.items()},
            *(dict(self._layer(layer)) for layer in self._layers),
            {column: self._status(rule) for rule, column in self.statuses.items()},
        ]

    def _layer(self, layer: Iterable[Derivation]) -> Iterator[tuple[str, _Made]]:
        for item in layer:
            column = self.derived[item.name]
            needs = frozenset(name for leaf in leaves_of(item) for name in self._needs(leaf))
            if item.is_table:
                yield column, _Made(needs, partial(self._value, item))
                yield _two(column), _Made(needs, partial(self._is_ambiguous, item))
            else:
                yield column, _Made(needs, partial(self._truth, item.condition))

    def _needs(self, leaf: OneOf | Compare) -> Iterator[str]:
        """Yield the columns that a comparison looks at."""
        if leaf in self._asked:
            yield self._asked[leaf]
        elif leaf.name in self.derived:
            yield self.derived[leaf.name]
            if (out := self._excluded(leaf)) is not None:
                yield out

    def _excluded(self, leaf: OneOf | Compare) -> str | None:
        """Return the column that says that a table will not give the value that is asked."""
        return (
            self.derived.get(excluded(leaf.name, *leaf.values)) if isinstance(leaf, OneOf) else None
        )

    def _truth(self, condition: Condition, row: Table) -> Column:
        """Decide a condition in basic form."""
        match condition:
            case All():
                return reduce(and_, [self._truth(part, row) for part in condition.parts])
            case AnyOf():
                return reduce(or_, [self._truth(part, row) for part in condition.parts])
            case AtLeast():
                parts = [self._truth(part, row) for part in condition.parts]
                return _at_least(condition.count, parts)
            case Not():
                return ~self._truth(condition.part, row)
            case Constant():
                return ibis.literal(condition.truth)
            case OneOf() | Compare() if condition in self._asked:
                return row[self._asked[condition]]
            case OneOf() if condition.name in self.derived:
                return self._derived_truth(condition, row)
            case _:
                return _UNKNOWN

    def _derived_truth(self, leaf: OneOf, row: Table) -> Column:
        """Decide whether a derivation has one value."""
        column, (value,) = row[self.derived[leaf.name]], leaf.values
        item = self._derivations[leaf.name]
        if not item.is_table:
            return {"ja": column, "nee": ~column}.get(value, column & ~column)
        values = _values(item)
        is_it = column == values.index(value) if value in values else column < 0
        out = self._excluded(leaf)
        # Where a row gives the value it is not excluded, so this is false only where the table has
        # another value, or none yet but surely not this one.
        return is_it if out is None else is_it & ~row[out]

    def _given(self, item: Derivation, row: Table) -> list[Column]:
        """Return for each value of a table whether a row gives it."""
        return [
            reduce(or_, [self._truth(part, row) for other, part in item.branches if other == value])
            for value in _values(item)
        ]

    def _value(self, item: Derivation, row: Table) -> Column:
        given = self._given(item, row)
        one = [(given_it, number) for number, given_it in enumerate(given)]
        return ibis.ifelse(_count(given) == 1, ibis.cases(*one), ibis.null("int8"))

    def _is_ambiguous(self, item: Derivation, row: Table) -> Column:
        return _count(self._given(item, row)) > 1

    def _status(self, rule: str) -> _Made:
        """Work out the status of a rule as :func:`engine.consult.consult` does."""
        own = self.derived[rule]
        effects = [self.derived[name] for _, name in self._program.effects[rule]]
        tables = [_two(self.derived[name]) for name in self._program.tables_under(rule)]

        def make(row: Table) -> Column:
            ways = [(row[name], WITHHELD) for name in tables]
            ways.append((~row[own], CODE_OF[Status.DOES_NOT_HOLD]))
            if effects:
                holding = reduce(or_, [row[name] for name in effects])
                ways += [
                    (holding, CODE_OF[Status.DEFEATED]),
                    (row[own] & ~holding, CODE_OF[Status.HOLDS]),
                    (row[own], CODE_OF[Status.PROVISIONAL]),
                ]
            else:
                ways.append((row[own], CODE_OF[Status.HOLDS]))
            # Never asked with IS NULL: before a NOT, Ibis 12 leaves out the brackets it needs.
            return ibis.cases(*ways, else_=CODE_OF[Status.OPEN]).cast("int8")

        return _Made(frozenset((own, *effects, *tables)), make)


def comparison(leaf: OneOf | Compare) -> Callable[[Table], Column]:
    """Return how to compare a fact; the column is empty where the fact is."""
    if isinstance(leaf, OneOf):
        return lambda row: row[leaf.name] == leaf.values[0]
    compare = _COMPARE[leaf.op]
    return lambda row: compare(row[leaf.name], ibis.literal(leaf.bound))


def _two(column: str) -> str:
    """Name the column that says whether a decision table gives two values at once."""
    return f"{column}_2"


def _values(item: Derivation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value, _ in item.branches))


def _count(truths: Sequence[Column]) -> Column:
    """Count what is true."""
    return reduce(add, [ibis.ifelse(truth, 1, 0) for truth in truths])


def _at_least(count: int, parts: Sequence[Column]) -> Column:
    """Count in three values: enough are true, or enough can no longer become so."""
    possible = _count([~part for part in parts]) <= len(parts) - count
    return (_count(parts) >= count) | (possible & _UNKNOWN)

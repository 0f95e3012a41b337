"""Counting in a caseload: a table with a status for each rule, whichever database holds it.

Every figure is a count of rows that are alike; what is made of the counts is plain Python. So a
figure takes one pass over the table, and no more memory than the groups that are in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Self

import ibis
import polars as pl

from engine.caseload.column_names import ProtectedGround, protected_ground
from engine.caseload.results import WITHHELD_WORD
from engine.caseload.translate import CODE_OF, CODES, WITHHELD, Column, Table, Translation
from engine.program import Program
from engine.words import Status

Outcome = str
"""A :class:`engine.words.Status`, or ``ingehouden`` for an advice that is withheld."""

OUTCOMES: tuple[Outcome, ...] = (*Status, WITHHELD_WORD)

GIVEN = tuple(status for status in Status if status.is_given)
"""The statuses with an advice that can be followed."""

_COUNT = "_aantal"


@dataclass(frozen=True, slots=True)
class Results:
    """What the rules say of every file.

    Attributes:
        program: what was asked of the files.
        table: an Ibis table with a row for each file, and what was kept of it.
        columns: for each rule the column with its status.
        in_words: whether the statuses are words, as they are written, and not numbers.
    """

    program: Program
    table: Table
    columns: Mapping[str, str]
    in_words: bool

    @classmethod
    def of(cls, translation: Translation) -> Self:
        """Count what is still to be worked out; every figure then works it out again."""
        return cls(translation.program, translation.table, translation.statuses, False)

    @classmethod
    def written(cls, program: Program, table: Table) -> Self:
        """Count what was written by :func:`engine.caseload.results.written`."""
        rules = [bound.rule.id for bound in program.asked_rules()]
        return cls(program, table, {rule: rule for rule in rules}, True)

    def has(self, rule: str, *outcomes: Outcome) -> Column:
        """Whether the advice of a rule is one of these."""
        values: list[Any] = list(outcomes)
        if not self.in_words:
            values = [_code(one) for one in outcomes]
        column = self.table[self.columns[rule]]
        return column == values[0] if len(values) == 1 else column.isin(values)

    def outcome(self, value: object) -> Outcome:
        """Read what stands in a column with statuses."""
        if isinstance(value, str):
            return WITHHELD_WORD if value == WITHHELD_WORD else Status(value)
        return CODES.get(int(str(value)), WITHHELD_WORD)

    def given(self, rules: Sequence[str]) -> Column:
        """Whether one of these rules gives an advice, be it provisionally."""
        return reduce(or_, [self.has(rule, *GIVEN) for rule in rules])

    def withheld(self, rules: Sequence[str]) -> Column:
        """Whether the advice of one of these rules is withheld."""
        return reduce(or_, [self.has(rule, WITHHELD_WORD) for rule in rules])


def _code(outcome: Outcome) -> int:
    return WITHHELD if outcome == WITHHELD_WORD else CODE_OF[Status(outcome)]


def counted(table: Table, columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
    """Count the rows by what stands in columns; ``None`` is what is unknown.

    Args:
        table: any Ibis table.
        columns: at least one.
    """
    grouped = table.group_by(list(columns)).aggregate(**{_COUNT: ibis._.count()})
    rows = fetched(grouped).select(*columns, _COUNT).iter_rows()
    return Counter({tuple(row[:-1]): int(row[-1]) for row in rows})


def size_of(table: Table) -> int:
    """Count the rows."""
    return int(fetched(table.aggregate(**{_COUNT: table.count()})).item())


def totals(table: Table, sums: Mapping[str, Column]) -> dict[str, int]:
    """Count the rows for which each of some expressions is true, all in one pass."""
    aggregated = table.aggregate(**{name: column.sum() for name, column in sums.items()})
    row = fetched(aggregated).row(0, named=True)
    return {name: int(row[name] or 0) for name in sums}


def value_of(program: Program, name: str, cell: object) -> str | None:
    """Read what stands in a column with a fact, or with a derivation as it was translated.

    Returns:
        The answer or the value; ``None`` is unknown.
    """
    item = program.derivations.get(name)
    if cell is None or item is None:
        return None if cell is None else str(cell)
    if not item.is_table:
        return "ja" if cell else "nee"
    return tuple(dict.fromkeys(value for value, _ in item.branches))[int(str(cell))]


def fetched(table: Table) -> pl.DataFrame:
    """Work out a small table that rests on a large one, without holding the large one."""
    backend = table.get_backend()
    if backend.name == "polars":
        return pl.DataFrame(backend.compile(table).collect(engine="streaming"))
    return pl.DataFrame(pl.from_arrow(table.to_pyarrow()))


def warning_about(group: str, ground: ProtectedGround | None = None) -> str:
    """Say what to mind when clients are compared by a group (Dutch); empty if nothing special.

    Args:
        group: the column that the groups are in.
        ground: the protected ground it is known to be about, whatever it is called.
    """
    known = ground or protected_ground(group)
    return known.warning if known else ""

"""What every place that files come from offers: columns, and rows as text, a batch at a time.

However it is kept, a row arrives as text with the number of its line, so that one way of reading a
cell fits all. Nothing is read whole: what is in memory at a time is a batch.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from engine.wording import enumerate_dutch

Malformed = Callable[[int, str], None]
"""Told of a row that is no row: its number and why (Dutch)."""

_LARGEST = 10**15
MAX_COLUMNS = 5_000
MAX_NAME = 200
"""Characters of the name of a column, as a coupling may write it."""

MAX_CELL = 10_000
"""Characters of one cell that are looked at; a longer one is no answer to anything."""


class SourceError(Exception):
    """A source that can't be read; the message is Dutch: what, where, why and how to mend it."""


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Some rows as they stand in the source.

    Attributes:
        lines: the number of the line or row of each, as the source counts them, from 1.
        cells: text by column; missing is ``None``.
        done: how much of the source has been read, from 0 to 1; ``None`` if that isn't known.
    """

    lines: npt.NDArray[np.int64]
    cells: pa.RecordBatch
    done: float | None = None


@dataclass(frozen=True)
class Source(ABC):
    """One table of files.

    Attributes:
        name: where it is, as the user would say it; never with a password.
        columns: the names, in order.
        read_as: how it was read (Dutch), for the user to check.
        remarks: what the user should know of that (Dutch).
        line_word: what its numbers count: ``regel`` or ``rij``.
    """

    name: str
    columns: tuple[str, ...]
    read_as: str
    remarks: tuple[str, ...] = ()
    line_word: str = "rij"

    @abstractmethod
    def batches(self, columns: Sequence[str], malformed: Malformed) -> Iterator[RawBatch]:
        """Read the rows of some columns.

        Args:
            columns: which, as named in :attr:`columns`.
            malformed: told of every row that can't be taken apart.

        Raises:
            SourceError: reading it failed halfway.
        """

    def sample(self, rows: int = 1000) -> pa.Table:
        """Return the first rows of every column, to look at.

        Raises:
            SourceError: it can't be read.
        """
        batches = islice(self.batches(self.columns, lambda line, why: None), 1)
        found = [pa.Table.from_batches([batch.cells]) for batch in batches]
        empty = pa.table({name: pa.array([], pa.string()) for name in self.columns})
        return (found[0] if found else empty).slice(0, rows)


@dataclass
class RowBatcher:
    """Gathers rows of plain values into batches."""

    columns: Sequence[str]
    total: int | None
    lines: list[int] = field(default_factory=list)
    rows: list[Sequence[object]] = field(default_factory=list)
    seen: int = 0

    def add(self, line: int, row: Sequence[object]) -> None:
        """Take in one row."""
        self.lines.append(line)
        self.rows.append(row)

    def take(self) -> RawBatch:
        """Return the rows so far as a batch, and begin anew."""
        self.seen += len(self.rows)
        columns = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        arrays = [pa.array(map(as_text, column), pa.string()) for column in columns]
        batch = pa.RecordBatch.from_arrays(arrays, names=list(self.columns))
        lines = np.array(self.lines, np.int64)
        self.lines, self.rows = [], []
        return RawBatch(lines, batch, min(self.seen / self.total, 1.0) if self.total else None)


def as_text(value: object) -> str | None:
    """Write a value from a database or a sheet as the text that a cell reader takes."""
    match value:
        case None:
            return None
        case str():
            return value[:MAX_CELL]
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() | Decimal():
            # What is no number, or beyond all measure, can't be made whole.
            number = Decimal(value)
            whole = number.is_finite() and abs(number) < _LARGEST and number == int(number)
            return str(int(number)) if whole else str(value)
        case datetime() | date():
            return str(value)
        case _:
            return str(value)[:MAX_CELL]


def column_names(raw: Sequence[object], where: str) -> tuple[str, ...]:
    """Return the names of the columns, or say what is wrong with them.

    Args:
        raw: the first row, as it stands.
        where: how the user knows this row.

    Raises:
        SourceError: a name is missing or stands there twice, or there are too many.
    """
    names = [" ".join(str("" if name is None else name).split()) for name in raw]
    if len(names) > 1 and not names[-1]:
        names.pop()
    how = "Zet de namen van de kolommen in één rij bovenaan, elk in een eigen cel."
    if not names:
        raise SourceError(f"{where} heeft geen namen van kolommen. {how}")
    if len(names) > MAX_COLUMNS:
        raise SourceError(
            f"{where} heeft {len(names)} kolommen; hoogstens {MAX_COLUMNS} mag. "
            "Bewaar alleen de kolommen die u nodig hebt."
        )
    if "" in names:
        place = names.index("") + 1
        raise SourceError(
            f"{where} heeft geen naam voor kolom {place}. Staat er een titel boven de tabel, of "
            f"zijn er cellen samengevoegd? Haal dat weg. {how}"
        )
    long = next((place for place, name in enumerate(names, 1) if len(name) > MAX_NAME), None)
    if long is not None:
        raise SourceError(
            f"{where} heeft voor kolom {long} een naam van meer dan {MAX_NAME} tekens. Is dit wel "
            f"de rij met namen? {how}"
        )
    twice, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise SourceError(f"{where} noemt {twice!r} {times} keer. Geef elke kolom een eigen naam.")
    return tuple(names)


def chosen(found: Sequence[str], wanted: str | None, name: str, word: str) -> str:
    """Return the sheet or table that is meant; the only one need not be named.

    Raises:
        SourceError: there is none, there are more, or it isn't among them.
    """
    if wanted is None and len(found) == 1:
        return found[0]
    if wanted is not None and wanted in found:
        return wanted
    if not found:
        raise SourceError(f"{name} is leeg: er is geen {word} in.")
    what = f"geen {word} {wanted!r}" if wanted else f"meer dan één {word}"
    there = enumerate_dutch([repr(one) for one in found], "en")
    raise SourceError(f"{name} heeft {what}. Kies uit: {there}.")

"""What comes out of a caseload, as Parquet, CSV or Excel: written while the run goes on.

Two tables. The first has a row for each file and a column for each rule, with its status. The
second has a row for each advice that is worth a look, with the facts that decided and those that
are missing. A file appears whole or not at all (:func:`engine.caseload.writing.replacing`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from codecs import BOM_UTF8
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter

from engine.caseload.run import Screened
from engine.caseload.translate import CODES, WITHHELD
from engine.caseload.writing import replacing
from engine.table_file import safe
from engine.words import Status

WITHHELD_WORD = "ingehouden"
"""What stands in the place of a status where an advice is withheld."""

RULE, STEP, STATUS = "adviesregel", "stap", "status"
DECIDING, MISSING = "beslissend", "ontbreekt"

SHOWN = frozenset(Status) - {Status.DOES_NOT_HOLD}
"""The statuses of advices that are worth a look; nine of ten don't hold."""

_WORDS = pa.array([WITHHELD_WORD, *(CODES[code].value for code in sorted(CODES))], pa.string())
_EXCEL, _EXCEL_ROWS = ".xlsx", 1_048_576
_CELLS = 500_000
"""Cells that are made text at once."""

_PLAIN = r"^[A-Za-z0-9][^\r\n\x00]*$"


class TooLargeError(ValueError):
    """A table doesn't fit in an Excel file; the message is Dutch, for a user."""


def check_fits(ending: str, rows: int) -> None:
    """Check that a file in some format can hold a table.

    Args:
        ending: of its name, such as ``.xlsx``.
        rows: how many, without the headings.

    Raises:
        TooLargeError: it can't.
    """
    if ending == _EXCEL and rows >= _EXCEL_ROWS:
        raise TooLargeError(
            f"Meer dan {_EXCEL_ROWS - 1} rijen passen niet in Excel. Kies .parquet of .csv."
        )


def written(
    batches: Iterable[Screened],
    *,
    statuses: Path | None = None,
    advices: Path | None = None,
    steps: Mapping[str, str] | None = None,
    shown: Set[Status] = SHOWN,
) -> Generator[Screened, None, None]:
    """Write a run to files, and hand every batch on to who counts or shows how far it is.

    The files appear when the last batch was taken. Whoever stops before, or closes this, leaves
    nothing behind.

    Args:
        batches: the run, with grounds if ``advices`` is to be written.
        statuses: where the first table goes; the ending of the name says in which format.
        advices: where the second table goes.
        steps: what each rule advises, in words, to put beside it in the second table.
        shown: the statuses of the advices in the second table; withheld ones always are.

    Raises:
        OSError: a file can't be written.
        TooLargeError: there are more rows than Excel takes.
        ValueError: the ending of a name is of no format that can be written.
    """
    codes = np.array([code == WITHHELD or CODES[code] in shown for code in (WITHHELD, *CODES)])
    with ExitStack() as stack:
        first = _Sheet.at(statuses, stack)
        second = _Sheet.at(advices, stack)
        for batch in batches:
            if first is not None:
                first.write(_status_table(batch))
            if second is not None:
                second.write(_advice_table(batch, codes, steps))
            yield batch


def _status_table(batch: Screened) -> pa.Table:
    """Put the words of the statuses in the place of their numbers."""
    table = batch.files.to_arrow()
    for place, name in enumerate(table.column_names):
        if name in batch.rules:
            numbers = pa.array(batch.files[name].to_numpy(), pa.int8())
            words = pa.DictionaryArray.from_arrays(numbers, _WORDS)
            table = table.set_column(place, name, words)
    return table


def _advice_table(
    batch: Screened,
    shown: np.ndarray[Any, np.dtype[np.bool_]],
    steps: Mapping[str, str] | None,
) -> pa.Table:
    """Return a row for each advice that is shown, file by file."""
    codes = np.array([item.code for item in batch.book], np.int8)
    files, rules, places = [], [], []
    for number, rule in enumerate(batch.rules):
        here = batch.grounds[rule]
        rows = np.flatnonzero(shown[codes[here]])
        files.append(rows)
        rules.append(np.full(len(rows), number, np.int16))
        places.append(here[rows])
    by_file = np.argsort(np.concatenate(files), kind="stable")
    rows = np.concatenate(files)[by_file]
    place = np.concatenate(places)[by_file]
    used, ground = np.unique(place, return_inverse=True)
    book = [batch.book[number] for number in used.tolist()]
    kept = [name for name in batch.files.columns if name not in batch.rules]
    columns = {name: batch.files[name].gather(rows).to_arrow() for name in kept}
    given_by = np.concatenate(rules)[by_file]
    columns[RULE] = _chosen(given_by, batch.rules)
    if steps is not None:
        columns[STEP] = _chosen(given_by, [steps[name] for name in batch.rules])
    columns[STATUS] = pa.DictionaryArray.from_arrays(pa.array(codes[place]), _WORDS)
    columns[DECIDING] = _chosen(ground, [", ".join(item.deciding) for item in book])
    columns[MISSING] = _chosen(ground, [", ".join(item.missing) for item in book])
    return pa.table(columns)


def _chosen(places: np.ndarray[Any, Any], words: Sequence[str]) -> pa.DictionaryArray:
    indices = pa.array(places.astype(np.int32))
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


class _Sheet(ABC):
    """A table that is written piece by piece."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @staticmethod
    def at(path: Path | None, stack: ExitStack) -> _Sheet | None:
        """Return a table that appears at a path when all went well."""
        if path is None:
            return None
        kind = _KINDS.get(path.suffix.lower())
        if kind is None:
            raise ValueError(f"{path.name}: kies een naam op {', '.join(_KINDS)}.")
        sheet = kind(stack.enter_context(replacing(path)))
        stack.callback(sheet.close)
        return sheet

    @abstractmethod
    def write(self, table: pa.Table) -> None:
        """Add rows; the first ones bring the headings."""

    @abstractmethod
    def close(self) -> None:
        """Complete the file."""


class _Parquet(_Sheet):
    _writer: pyarrow.parquet.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        if self._writer is None:
            self._writer = pyarrow.parquet.ParquetWriter(
                self.place, table.schema, compression="zstd"
            )
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _Csv(_Sheet):
    _writer: pyarrow.csv.CSVWriter | None = None

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._file = place.open("wb")
        # A byte order mark: without it Excel misreads letters with accents.
        self._file.write(BOM_UTF8)

    def write(self, table: pa.Table) -> None:
        for plain in _plain_pieces(table):
            if self._writer is None:
                options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="needed")
                self._writer = pyarrow.csv.CSVWriter(
                    self._file, plain.schema, write_options=options
                )
            self._writer.write_table(plain)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._file.close()


class _Excel(_Sheet):
    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet("Leidraad")
        # Of itself openpyxl keeps rows in the folder for all programs, also when it is killed.
        rows = str(place.with_suffix(".rijen"))
        ALL_TEMP_FILES.append(rows)
        self._sheet._writer = WorksheetWriter(self._sheet, rows)
        self._sheet._writer.write_top()
        self._rows = 0

    def write(self, table: pa.Table) -> None:
        if self._rows == 0:
            self._sheet.append(table.column_names)
            self._rows = 1
        self._rows += table.num_rows
        check_fits(_EXCEL, self._rows - 1)
        for plain in _plain_pieces(table):
            for row in zip(*(column.to_pylist() for column in plain.columns), strict=True):
                self._sheet.append(row)

    def close(self) -> None:
        self._book.save(self.place)


_KINDS: dict[str, type[_Sheet]] = {".parquet": _Parquet, ".csv": _Csv, _EXCEL: _Excel}


def _plain_pieces(table: pa.Table) -> Iterator[pa.Table]:
    """Yield a table piece by piece, as text: words take much more room than their numbers."""
    rows = max(1, _CELLS // table.num_columns)
    for start in range(0, max(1, table.num_rows), rows):
        yield _plain(table.slice(start, rows))


def _plain(table: pa.Table) -> pa.Table:
    """Return a table with text that a spreadsheet never takes for a formula."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(place, field.name, table[place].cast(pa.string()))
            continue
        column = pl.Series(table[place])
        if column.dtype == pl.String:
            if not column.str.contains(_PLAIN).all():
                texts = [None if text is None else safe(text) for text in column.to_list()]
                column = pl.Series(texts, dtype=pl.String)
            table = table.set_column(place, field.name, column.to_arrow().cast(pa.string()))
    return table


def copied(table: Path, to: Path, without: Set[str] = frozenset()) -> None:
    """Write a table that is there as Parquet once more, in another format; whole or not at all.

    Args:
        table: as :func:`written` made it.
        to: where it goes; the ending of the name says in which format.
        without: columns to leave out.

    Raises:
        OSError: one can't be read or the other can't be written.
        TooLargeError: there are more rows than Excel takes.
        ValueError: the ending is of no format that can be written.
    """
    with pa.parquet.ParquetFile(table) as source, ExitStack() as stack:
        sheet = _Sheet.at(to, stack)
        columns = [name for name in source.schema_arrow.names if name not in without]
        for batch in source.iter_batches(columns=columns):
            if sheet is not None:
                sheet.write(pa.Table.from_batches([batch]))


def rows_in(table: Path) -> int:
    """Return how many rows a table has that is there as Parquet."""
    return int(pa.parquet.read_metadata(table).num_rows)

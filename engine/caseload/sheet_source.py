"""A sheet of an Excel file, read a row at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from engine.caseload.source import (
    Malformed,
    RawBatch,
    RowBatcher,
    Source,
    SourceError,
    chosen,
    column_names,
)
from engine.reader import os_error_in_words

_ROWS = 5_000
_MAX_UNPACKED = 2 * 1024**3
"""Bytes that a workbook may be when unpacked; more is no workbook but an attack."""

_LOOKED_AT = 50
"""Rows in which is looked for formulas that were never worked out."""

_DAMAGE = (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, SyntaxError)
"""What openpyxl raises on parts that are missing, don't fit together or are no XML."""


@dataclass(frozen=True)
class SheetSource(Source):
    """One sheet.

    Attributes:
        path: the file.
        sheet: the name of the sheet.
        header: the row with the names of the columns, from 1.
    """

    path: Path = Path()
    sheet: str = ""
    header: int = 1

    def batches(self, columns: Sequence[str], malformed: Malformed) -> Iterator[RawBatch]:
        """See :meth:`Source.batches`."""
        places = [self.columns.index(name) for name in columns]
        width = len(self.columns)
        with _workbook(self.path, self.name) as book:
            sheet = book[self.sheet]
            batcher = RowBatcher(columns, sheet.max_row)
            for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                if line <= self.header or all(cell is None for cell in row):
                    continue
                if any(cell is not None for cell in row[width:]):
                    malformed(line, f"Deze rij gaat verder dan de {width} kolommen met een naam.")
                    continue
                filled = (*row, *(None,) * width)
                batcher.add(line, [filled[place] for place in places])
                if len(batcher.lines) == _ROWS:
                    yield batcher.take()
            yield batcher.take()


def open_sheet(path: Path, name: str, sheet: str | None) -> SheetSource:
    """Find the sheet and the names of its columns.

    Args:
        path: the file.
        name: how the user knows it.
        sheet: which sheet; may be left out when there is only one.

    Raises:
        SourceError: it can't be read, or it isn't clear which sheet is meant.
    """
    with _workbook(path, name) as book:
        sheets = [one.title for one in book.worksheets]
        sheet = chosen(sheets, sheet, name, "blad")
        rows = book[sheet].iter_rows(values_only=True)
        where = f"Het blad {sheet!r} van {name}"
        for header, row in enumerate(rows, start=1):  # noqa: B007 - the last one is used
            if any(cell is not None for cell in row):
                break
        else:
            raise SourceError(f"{where} is leeg. Zet er een tabel in, met kolomnamen bovenaan.")
        columns = column_names(row, where)
    _refuse_formulas(path, name, sheet)
    return SheetSource(
        name, columns, f"Excel, blad {sheet!r}", path=path, sheet=sheet, header=header
    )


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook; none if it is something else.

    Raises:
        OSError: it can't be opened.
        SourceError: it can't be read.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return ()
    with _workbook(path, path.name) as book:
        return tuple(one.title for one in book.worksheets)


def _refuse_formulas(path: Path, name: str, sheet: str) -> None:
    """Refuse formulas without an outcome: they would be read as unknown."""
    with _workbook(path, name) as worked_out, _workbook(path, name, formulas=True) as written:
        outcomes = worked_out[sheet].iter_rows(max_row=_LOOKED_AT, values_only=True)
        formulas = written[sheet].iter_rows(max_row=_LOOKED_AT, values_only=True)
        for line, (seen, typed) in enumerate(zip(outcomes, formulas, strict=False), start=1):
            for outcome, cell in zip(seen, typed, strict=False):
                if outcome is None and isinstance(cell, str) and cell.startswith("="):
                    raise SourceError(
                        f"In {name} staat op rij {line} een formule zonder uitkomst. Open het "
                        "bestand in Excel, bewaar het, en probeer het opnieuw."
                    )


@contextmanager
def _workbook(path: Path, name: str, *, formulas: bool = False) -> Iterator[Any]:
    """Open a workbook; whatever openpyxl or the file makes of it becomes one clear error."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MAX_UNPACKED:
                raise SourceError(f"{name} is uitgepakt te groot voor Excel. Bewaar het als CSV.")
        # By itself openpyxl goes by the name of the file, and not by what is in it.
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=not formulas)
            yield book
            book.close()
    except OSError as error:
        why = os_error_in_words(error)
        raise SourceError(f"{name} gaat niet open: {why}. Staat het er nog?") from error
    except (zipfile.BadZipFile, InvalidFileException, *_DAMAGE) as error:
        raise SourceError(
            f"{name} is beschadigd of geen echt Excelbestand. Open het in Excel en bewaar het "
            "als .xlsx."
        ) from error

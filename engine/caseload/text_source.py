"""Text with a separator: CSV as Dutch and other programs save it.

What separates the columns and how letters are coded is found out and shown. Arrow takes the text
apart; what it can't take apart is told with its line.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from engine.caseload.source import Malformed, RawBatch, Source, SourceError, column_names
from engine.reader import os_error_in_words

_BLOCK = 8 * 1024 * 1024
"""Bytes that are read at a time; no line can be longer."""

_START = 1024 * 1024
_SEPARATORS = {";": "puntkomma's", ",": "komma's", "\t": "tabs", "|": "streepjes (|)"}
_CODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 met een merkteken vooraan",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (oud Windows)",
    "latin-1": "Latin-1",
}


@dataclass(frozen=True)
class TextSource(Source):
    """A text file.

    Attributes:
        path: the file.
        raw_columns: the names as Arrow reads them.
        separator: what stands between two columns.
        coding: how letters are coded, as Python names it.
        has_quotes: whether a cell can go on on the next line.
        unbalanced: whether the quotes of the file don't come in pairs.
        only_names: whether there is nothing after the names of the columns.
    """

    path: Path = Path()
    raw_columns: tuple[str, ...] = ()
    separator: str = ";"
    coding: str = "utf-8"
    has_quotes: bool = False
    unbalanced: bool = False
    only_names: bool = False
    line_word: str = "regel"

    def batches(self, columns: Sequence[str], malformed: Malformed) -> Iterator[RawBatch]:
        """See :meth:`Source.batches`."""
        if self.only_names:
            return
        raw = dict(zip(self.columns, self.raw_columns, strict=True))
        # To count the lines inside cells, every cell has to be seen.
        wanted = self.columns if self.has_quotes else columns
        counter = _Lines()

        def refuse(row: Any) -> str:
            counter.refused[row.number] = (
                f"Deze regel heeft {row.actual_columns} kolommen; de eerste regel heeft er "
                f"{row.expected_columns}."
            )
            return "skip"

        try:
            size = max(self.path.stat().st_size, 1)
            with pa.OSFile(str(self.path)) as file:
                reader = pyarrow.csv.open_csv(
                    file,
                    read_options=pyarrow.csv.ReadOptions(
                        use_threads=False, block_size=_BLOCK, encoding=_arrow(self.coding)
                    ),
                    parse_options=pyarrow.csv.ParseOptions(
                        delimiter=self.separator,
                        newlines_in_values=True,
                        ignore_empty_lines=False,
                        invalid_row_handler=refuse,
                    ),
                    convert_options=pyarrow.csv.ConvertOptions(
                        column_types={raw[name]: pa.string() for name in wanted},
                        include_columns=[raw[name] for name in wanted],
                        strings_can_be_null=False,
                    ),
                )
                for batch in reader:
                    lines = counter.number(batch, malformed, inside=self.has_quotes)
                    cells = batch.rename_columns(list(wanted)).select(list(columns))
                    yield RawBatch(lines, cells, min(file.tell() / size, 1.0))
            counter.tell_rest(malformed)
            if self.unbalanced and counter.ends_inside:
                raise SourceError(_unclosed(self.name, counter.last))
        except OSError as error:
            raise SourceError(_gone(self.name, error)) from error
        except pa.ArrowInvalid as error:
            raise SourceError(_broken(self.name, str(error))) from error


class _Lines:
    """Numbers the rows as an editor numbers lines: what is no row counts, and so do long cells.

    Attributes:
        refused: what is no row, by the number of the row that it would be, with the reason.
        last: the line of the last row.
        ends_inside: whether the last row has a cell that goes on on another line.
    """

    def __init__(self) -> None:
        self.refused: dict[int, str] = {}
        self.last = 1
        self.ends_inside = False
        self._next = 2
        self._extra = 0

    def number(
        self, batch: pa.RecordBatch, malformed: Malformed, *, inside: bool
    ) -> npt.NDArray[np.int64]:
        """Return the lines of the rows of a batch; tell of what was refused up to its end."""
        rows = np.empty(batch.num_rows, np.int64)
        passed: list[int] = []
        for place in range(batch.num_rows):
            while self._next in self.refused:
                passed.append(self._next)
                self._next += 1
            rows[place] = self._next
            self._next += 1
        breaks = np.zeros(batch.num_rows, np.int64)
        if inside:
            for column in batch.columns:
                found = pc.count_substring(column, "\n").fill_null(0)
                breaks += found.to_numpy(zero_copy_only=False)
        after = self._extra + np.cumsum(breaks)
        for row in passed:
            place = int(np.searchsorted(rows, row))
            extra = int(after[place - 1]) if place else self._extra
            malformed(row + extra, self.refused.pop(row))
        lines: npt.NDArray[np.int64] = rows + after - breaks
        if batch.num_rows:
            self._extra = int(after[-1])
            self.last, self.ends_inside = int(lines[-1]), bool(breaks[-1])
        return lines

    def tell_rest(self, malformed: Malformed) -> None:
        """Tell of what was refused after the last row."""
        for row, why in sorted(self.refused.items()):
            malformed(row + self._extra, why)


def open_text(path: Path, name: str) -> TextSource:
    """Find out how a text file is written.

    Raises:
        SourceError: it isn't text, or has no table in it.
        OSError: it can't be opened.
    """
    with path.open("rb") as file:
        start = file.read(_START)
        coding, quotes = _coding(path, start)
    text = start.decode(coding, errors="ignore")
    if not text.strip():
        raise SourceError(f"{name} is leeg. Bewaar het opnieuw, met de namen van de kolommen erin.")
    if "\n" not in text and "\r" not in text and len(start) == _START:
        raise SourceError(_broken(name, "straddling"))
    separator = _separator(text)
    raw = tuple(_first_row(text, separator))
    columns = column_names(raw, f"De eerste regel van {name}")
    if len(columns) < len(raw):
        # One separator too many at the end of every line is common, and does no harm.
        columns += (f"(kolom {len(raw)} zonder naam)",)
    read_as = f"tekst, gescheiden door {_SEPARATORS[separator]}, in {_CODINGS[coding]}"
    return TextSource(
        name,
        columns,
        read_as,
        path=path,
        raw_columns=raw,
        separator=separator,
        coding=coding,
        has_quotes=quotes > 0,
        unbalanced=quotes % 2 == 1,
        only_names="\n" not in text.strip() and "\r" not in text.strip(),
    )


def _coding(path: Path, start: bytes) -> tuple[str, int]:
    """Find the coding that all of the file can be read in, and count the quotes."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", 2
    if b"\x00" in start:
        raise SourceError(
            f"{path.name} is geen tekst en geen soort bestand dat Leidraad kent. "
            "Bewaar het als CSV, Excel (.xlsx) of Parquet."
        )
    found = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    quotes, fits = 0, {"cp1252": True, "utf-8": True}
    undefined = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
    with path.open("rb") as file:
        chunk = start
        while chunk:
            chunk = file.read(_BLOCK)
            quotes += chunk.count(b'"')
            if fits["utf-8"]:
                try:
                    decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError:
                    fits["utf-8"] = False
            if fits["cp1252"]:
                fits["cp1252"] = len(chunk.translate(None, undefined)) == len(chunk)
    if fits["utf-8"]:
        return found, quotes
    return ("cp1252" if fits["cp1252"] else "latin-1"), quotes


def _arrow(coding: str) -> str:
    """Name a coding as Arrow does, which leaves out the mark at the front by itself."""
    return "utf8" if coding.startswith("utf-8") else coding


def _first_row(text: str, separator: str) -> list[str]:
    try:
        return next(iter(csv.reader(StringIO(text, newline=None), delimiter=separator)), [])
    except csv.Error:
        return []


def _separator(text: str) -> str:
    """Choose the separator that takes the first row into the most parts; a tie goes in order."""
    return max(_SEPARATORS, key=lambda separator: len(_first_row(text, separator)))


def _gone(name: str, error: OSError) -> str:
    return f"{name} gaat niet open: {os_error_in_words(error)}. Staat het er nog?"


def _unclosed(name: str, line: int) -> str:
    return (
        f"In {name} begint op regel {line} een aanhalingsteken dat niet sluit; alles daarna hoort "
        "zo bij één cel. Zet het aanhalingsteken erbij of haal het weg."
    )


def _broken(name: str, message: str) -> str:
    if "straddling" in message:
        return (
            f"{name} heeft een regel van meer dan {_BLOCK // 1024 // 1024} miljoen tekens. Zijn de "
            "regeleinden weg, of is een aanhalingsteken niet gesloten? Bewaar het opnieuw als CSV."
        )
    if "mpty" in message:
        return (
            f"{name} heeft geen kopregel die op een regeleinde eindigt, of een aanhalingsteken is "
            "niet gesloten. Bewaar het opnieuw als CSV."
        )
    return f"{name} is niet te lezen als tabel. Bewaar het opnieuw als CSV."

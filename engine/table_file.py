"""Tables as CSV that a spreadsheet opens as text and numbers, and never as a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TextIO

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), wide forms too."""

_UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf")
"""Categories of Unicode that a spreadsheet may pass over: spaces, control and format characters."""

MARK = "\ufeff"
"""The byte order mark that such a file begins with: without it Excel misreads accents."""

Cell = str | int | float | None


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows as CSV with semicolons, as Dutch spreadsheets read it.

    Text that could be a formula gets an apostrophe before it; line breaks become spaces.

    Args:
        rows: the rows, the headings first. Numbers stay numbers, with a decimal comma.
    """
    file = StringIO()
    write_rows(file, rows)
    return MARK + file.getvalue()


def write_rows(file: TextIO, rows: Iterable[Sequence[Cell]]) -> None:
    """Add rows to a file that began with :data:`MARK`, in the form of :func:`as_csv`."""
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)


def safe(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    match cell:
        case None:
            return ""
        case int():
            return str(cell)
        case float():
            return f"{cell:.3f}".replace(".", ",")
        case str():
            text = " ".join(cell.replace("\x00", "").splitlines())
            return f"'{text}" if _could_be_formula(cell) or _could_be_formula(text) else text


def _could_be_formula(text: str) -> bool:
    # What can't be seen may be dropped on the way, so what comes after it counts as the start.
    first = next((one for one in text if unicodedata.category(one) not in _UNSEEN), "")
    return text.startswith(_STARTS) or first in _STARTS

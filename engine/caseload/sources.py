"""The one way to open what someone hands in, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.caseload.sheet_source import open_sheet
from engine.caseload.source import Source, SourceError
from engine.caseload.table_source import open_database, open_duck, open_parquet
from engine.caseload.text_source import open_text
from engine.reader import os_error_in_words

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = {
    "Excel": (".xlsx", ".xlsm"),
    "Parquet": (".parquet", ".pq"),
    "DuckDB": (".duckdb", ".ddb", ".db"),
    "SQLite": (".sqlite", ".sqlite3", ".db"),
    "tekst": (".csv", ".tsv", ".txt", ".tab"),
}


def open_source(place: str | Path, *, sheet: str | None = None, table: str | None = None) -> Source:
    """Open a file or a table in a database; what it is shows from its content.

    Args:
        place: a path, or the address of a database.
        sheet: which sheet of an Excel file.
        table: which table of a database.

    Raises:
        SourceError: it can't be read as a table; says what, where, why and how to mend it.
    """
    if "://" in str(place):
        return open_database(str(place), table)
    path = Path(place)
    name = path.name
    try:
        if path.is_dir():
            raise SourceError(f"{name} is een map. Kies een bestand in die map.")
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise SourceError(f"{name} gaat niet open: {os_error_in_words(error)}.") from error
    source = _opened(path, name, start, sheet, table)
    kind = source.read_as.split(",", maxsplit=1)[0]
    if path.suffix.lower() not in _ENDINGS[kind]:
        remark = f"De naam eindigt op {path.suffix or 'niets'!r}, maar de inhoud is {kind}."
        return replace(source, remarks=(*source.remarks, remark))
    return source


def _opened(path: Path, name: str, start: bytes, sheet: str | None, table: str | None) -> Source:
    if not start:
        raise SourceError(f"{name} is leeg: 0 bytes. Bewaar het opnieuw.")
    if start.startswith(b"PAR1"):
        return open_parquet(path, name)
    if start.startswith(b"SQLite format 3\x00"):
        return open_database(f"sqlite:///{path.absolute()}", table)
    if start[8:12] == b"DUCK":
        return open_duck(path, name, table)
    if start.startswith(_OLD_OFFICE):
        raise SourceError(
            f"{name} is met een wachtwoord beveiligd, of een oud Excelbestand (.xls). Bewaar het "
            "zonder wachtwoord als .xlsx of CSV."
        )
    if start.startswith(b"PK"):
        return open_sheet(path, name, sheet)
    try:
        return open_text(path, name)
    except OSError as error:
        raise SourceError(f"{name} gaat niet open: {os_error_in_words(error)}.") from error

"""Every kind of source gives the same rows; every broken one says what, where, why and how."""

from __future__ import annotations

import errno
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.caseload.source import MAX_COLUMNS, RawBatch, Source, SourceError
from engine.caseload.sources import open_source
from engine.caseload.text_source import open_text
from tests.caseload.world import written

VALUES = [
    ("a1", 12, date(2026, 3, 4), "ja"),
    ("b2", None, None, "onzin é"),
    ("c3", 0, date(2025, 12, 31), None),
]
NAMES = ("nr", "uren", "contact", "start")
AS_TEXT = [
    {"nr": "a1", "uren": "12", "contact": "2026-03-04", "start": "ja"},
    {"nr": "b2", "uren": "", "contact": "", "start": "onzin é"},
    {"nr": "c3", "uren": "0", "contact": "2025-12-31", "start": ""},
]


def csv_text(separator: str = ";", end: str = "\n") -> str:
    rows = [NAMES, *[["" if v is None else str(v) for v in row] for row in VALUES]]
    return "".join(separator.join(row) + end for row in rows)


def read(source: Source) -> list[dict[str, str]]:
    """All cells, with nothing where there is nothing, and days without a time."""
    batches = list(source.batches(source.columns, refuse))
    cells = [row for batch in batches for row in batch.cells.to_pylist()]
    return [{n: (v or "").removesuffix(" 00:00:00") for n, v in row.items()} for row in cells]


def refuse(line: int, why: str) -> None:
    raise AssertionError(f"{line}: {why}")


def as_table() -> pa.Table:
    return pa.table(dict(zip(NAMES, map(list, zip(*VALUES, strict=True)), strict=True)))


def excel(path: Path, *sheets: str, rows: list[list[object]] | None = None) -> Path:
    book = openpyxl.Workbook()
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in rows if rows is not None else [list(NAMES), *map(list, VALUES)]:
            sheet.append(row)
    del book["Sheet"]
    book.save(path)
    return path


def sqlite(path: Path) -> Path:
    with sqlite3.connect(path) as database:
        database.execute(
            'CREATE TABLE "cliënt tabel" (nr TEXT, uren INT, contact DATE, start TEXT)'
        )
        database.executemany('INSERT INTO "cliënt tabel" VALUES (?, ?, ?, ?)', VALUES)
    database.close()
    return path


def duck(path: Path) -> Path:
    with duckdb.connect(str(path)) as database:
        database.execute('CREATE TABLE "een ""tabel""" (nr TEXT, uren INT, contact DATE, s TEXT)')
        database.executemany('INSERT INTO "een ""tabel""" VALUES (?, ?, ?, ?)', VALUES)
        database.execute('ALTER TABLE "een ""tabel""" RENAME s TO start')
    return path


def parquet(path: Path) -> Path:
    pq.write_table(as_table(), path)
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    "x.csv": lambda path: written(path.parent, csv_text()),
    "komma.csv": lambda path: written(path.parent, csv_text(",", "\r\n")),
    "tabs.tsv": lambda path: written(path.parent, csv_text("\t", "\r")),
    "merk.csv": lambda path: written(path.parent, csv_text().encode("utf-8-sig")),
    "oud.csv": lambda path: written(path.parent, csv_text().encode("latin-1")),
    "breed.csv": lambda path: written(path.parent, csv_text("|").encode("utf-16")),
    "geen-eind.csv": lambda path: written(path.parent, csv_text().rstrip("\n") + "\n"),
    "x.xlsx": lambda path: excel(path, "Blad1"),
    "x.parquet": parquet,
    "x.duckdb": duck,
    "x.db": sqlite,
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_kind_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    source = open_source(MAKERS[name](tmp_path / name))
    assert source.columns == NAMES
    assert read(source) == AS_TEXT
    lines = [int(line) for batch in source.batches(("nr",), refuse) for line in batch.lines]
    first = 2 if source.line_word == "regel" or "Excel" in source.read_as else 1
    assert lines == [first, first + 1, first + 2]
    assert source.remarks == ()


def test_what_was_recognised_is_shown(tmp_path: Path) -> None:
    old = open_source(written(tmp_path, csv_text().encode("latin-1")))
    assert old.read_as == "tekst, gescheiden door puntkomma's, in Windows-1252 (oud Windows)"
    assert open_source(excel(tmp_path / "x.xlsx", "Mei")).read_as == "Excel, blad 'Mei'"


def test_what_it_is_shows_from_the_content_and_not_from_the_name(tmp_path: Path) -> None:
    source = open_source(excel(tmp_path / "toch.csv", "Blad1"))
    assert read(source) == AS_TEXT
    assert source.remarks == ("De naam eindigt op '.csv', maar de inhoud is Excel.",)


def test_only_what_is_asked_is_read(tmp_path: Path) -> None:
    for name, make in MAKERS.items():
        source = open_source(make(tmp_path / name))
        batch = next(source.batches(("start", "nr"), refuse))
        assert batch.cells.schema.names == ["start", "nr"]
        assert batch.cells.column(1).to_pylist() == ["a1", "b2", "c3"]


def test_values_of_a_table_become_text_that_can_be_read_in_one_way(tmp_path: Path) -> None:
    table = pa.table(
        {
            "heel": [1000.0, 2.5, None],
            "decimaal": [Decimal("1.000"), Decimal("0.5"), None],
            "waar": [True, False, None],
            "moment": [datetime.fromisoformat("2026-03-04T12:30"), None, None],
            "woord": pa.array(["x", "y", None]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "x.parquet")
    assert read(open_source(tmp_path / "x.parquet"))[:2] == [
        {
            "heel": "1000",
            "decimaal": "1",
            "waar": "true",
            "moment": "2026-03-04 12:30:00.000000",
            "woord": "x",
        },
        {"heel": "2.5", "decimaal": "0.500", "waar": "false", "moment": "", "woord": "y"},
    ]


def test_two_thousand_columns_are_read(tmp_path: Path) -> None:
    names = ";".join(f"k{n}" for n in range(2000))
    values = ";".join(str(n) for n in range(2000))
    source = open_source(written(tmp_path, f"{names}\n{values}\n"))
    assert len(source.columns) == 2000
    assert next(source.batches(("k1999",), refuse)).cells.to_pylist() == [{"k1999": "1999"}]


@pytest.mark.parametrize("content", ["nr;uren", "nr;uren\n", "nr;uren\r\n"])
def test_only_a_header_is_a_source_without_rows(tmp_path: Path, content: str) -> None:
    source = open_source(written(tmp_path, content))
    assert source.columns == ("nr", "uren")
    assert read(source) == []
    assert source.sample().column_names == ["nr", "uren"]


def text(content: str | bytes) -> Callable[[Path], str | Path]:
    return lambda folder: written(folder, content)


def half(make: Callable[[Path], Path], name: str) -> Callable[[Path], str | Path]:
    def cut(folder: Path) -> Path:
        path = make(folder / name)
        path.write_bytes(path.read_bytes()[: max(path.stat().st_size * 2 // 3, 20)])
        return path

    return cut


def folder_of(folder: Path) -> str | Path:
    return folder


def nested(folder: Path) -> str | Path:
    pq.write_table(pa.table({"lijst": [[1], [2]]}), folder / "x.parquet")
    return folder / "x.parquet"


def bomb(folder: Path) -> str | Path:
    with (
        zipfile.ZipFile(folder / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("groot", "w", force_zip64=True) as part,
    ):
        for _ in range(2100):
            part.write(bytes(1024 * 1024))
    return folder / "x.xlsx"


def formulas(folder: Path) -> str | Path:
    return excel(folder / "x.xlsx", "Blad1", rows=[["nr", "uren"], ["a1", "=6*6"]])


BROKEN: dict[str, tuple[Callable[[Path], str | Path], str]] = {
    "weg": (lambda folder: folder / "weg.csv", "weg.csv gaat niet open: het bestaat niet"),
    "map": (folder_of, "is een map. Kies een bestand"),
    "leeg": (text(""), "is leeg: 0 bytes. Bewaar het opnieuw"),
    "wit": (text(" \n \n"), "is leeg. Bewaar het opnieuw"),
    "beeld": (text(b"\x89PNG\x00\x00\x01"), "is geen tekst en geen soort bestand"),
    "titel": (text("Uitvoer mei;;;\nnr;uren;x;y\n"), "geen naam voor kolom 2. Staat er een titel"),
    "lange naam": (text("x" * 300 + ";nr\n1;2\n"), "een naam van meer dan 200 tekens"),
    "twee keer": (text("nr;uren;nr\n"), "noemt 'nr' 2 keer. Geef elke kolom een eigen naam"),
    "te breed": (text(";".join(map(str, range(6000))) + "\n"), f"hoogstens {MAX_COLUMNS} mag"),
    "lange regel": (
        text("nr;uren\n" + "x" * 20_000_000),
        "een regel van meer dan 8 miljoen tekens",
    ),
    "een regel": (text("x" * 9_000_000), "een regel van meer dan 8 miljoen tekens"),
    "open": (text('nr;uren\na;1\nb;"2\nc;3\n'), "op regel 3 een aanhalingsteken dat niet sluit"),
    "oud office": (text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)), "met een wachtwoord"),
    "half excel": (half(lambda p: excel(p, "A"), "x.xlsx"), "beschadigd of geen echt Excelbestand"),
    "geen excel": (text(b"PK\x03\x04rommel"), "beschadigd of geen echt Excelbestand"),
    "half parquet": (half(parquet, "x.parquet"), "beschadigd of geen echt Parquetbestand"),
    "half duckdb": (half(duck, "x.duckdb"), "niet te lezen als DuckDB"),
    "half sqlite": (half(sqlite, "x.db"), "beschadigd|niet te lezen"),
    "genest": (nested, "'lijst' van x.parquet heeft geen gewone waarden"),
    "bladen": (lambda p: excel(p / "x.xlsx", "A", "B"), "meer dan één blad. Kies uit: 'A' en 'B'"),
    "leeg blad": (lambda p: excel(p / "x.xlsx", "A", rows=[]), "is leeg. Zet er een tabel in"),
    "samengevoegd": (
        lambda p: excel(p / "x.xlsx", "A", rows=[["nr", None, "x"], ["a", 1, 2]]),
        "geen naam voor kolom 2.*samengevoegd",
    ),
    "formules": (formulas, "op rij 2 een formule zonder uitkomst"),
    "adres": (lambda _: "mysql://een/twee", "begrijpt Leidraad niet. Gebruik sqlite"),
    "geen database": (lambda _: "sqlite:////nergens/x.db", "bestaat niet, of is geen bestand"),
    "server": (lambda _: "postgresql://ik:geheim@localhost:1/x", "niet te lezen. Klopt het adres"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_said_in_dutch(tmp_path: Path, name: str) -> None:
    make, told = BROKEN[name]
    with pytest.raises(SourceError, match=told) as refused:
        read(open_source(make(tmp_path)))
    message = str(refused.value)
    assert "geheim" not in message
    assert message.endswith((".", "?"))
    assert len(message) < 400


@pytest.mark.traag
def test_a_workbook_that_swells_up_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="uitgepakt te groot"):
        open_source(bomb(tmp_path))


@pytest.mark.postgres
def test_a_table_on_a_server_is_read_a_part_at_a_time(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as server:
        server.execute("CREATE SCHEMA werk")
        server.execute(
            "CREATE TABLE werk.dossiers (nr TEXT, uren NUMERIC(6,2), contact DATE, s BOOL)"
        )
        server.execute(
            "INSERT INTO werk.dossiers SELECT 'a' || n, n % 40, date '2026-03-04', n % 2 = 0 "
            "FROM generate_series(1, 45000) n"
        )
        server.execute("CREATE VIEW werk.gezien AS SELECT nr FROM werk.dossiers")
    source = open_source(postgres_url, table="werk.dossiers")
    assert source.columns == ("nr", "uren", "contact", "s")
    assert postgres_url not in source.name + source.read_as
    batches = list(source.batches(source.columns, refuse))
    assert [batch.cells.num_rows for batch in batches] == [20_000, 20_000, 5_000]
    assert batches[0].cells.slice(0, 2).to_pylist() == [
        {"nr": "a1", "uren": "1", "contact": "2026-03-04", "s": "false"},
        {"nr": "a2", "uren": "2", "contact": "2026-03-04", "s": "true"},
    ]
    assert batches[-1].done == 1.0
    with pytest.raises(SourceError, match=r"meer dan één tabel\. Kies uit: 'dossiers' en 'gezien'"):
        open_source(postgres_url, table="werk.")
    with pytest.raises(SourceError, match="geen schema 'thuis'"):
        open_source(postgres_url, table="thuis.dossiers")


def test_a_sheet_or_a_table_can_be_named(tmp_path: Path) -> None:
    book = excel(tmp_path / "x.xlsx", "A", "B")
    assert read(open_source(book, sheet="B")) == AS_TEXT
    with pytest.raises(SourceError, match=r"geen blad 'C'\. Kies uit"):
        open_source(book, sheet="C")
    base = sqlite(tmp_path / "x.db")
    assert read(open_source(f"sqlite:///{base}", table="cliënt tabel")) == AS_TEXT
    with pytest.raises(SourceError, match="geen tabel 'x'"):
        open_source(base, table="x")


def test_a_file_that_vanishes_is_said(tmp_path: Path) -> None:
    for name, make in MAKERS.items():
        path = make(tmp_path / name)
        source = open_source(path)
        path.unlink()
        with pytest.raises(SourceError):
            read(source)


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, csv_text())

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(SourceError, match="u mag het niet lezen"):
        open_source(path)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_whatever_stands_in_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), content)
    try:
        source = open_source(path)
        batches: list[RawBatch] = list(source.batches(source.columns, lambda line, why: None))
    except SourceError:
        return
    assert all(batch.cells.num_rows == len(batch.lines) for batch in batches)


CELL = st.text(st.sampled_from('ab;,"\n é|'), max_size=6).map(str.strip)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.sampled_from([";", ",", "\t"]))
def test_what_a_program_writes_is_read_back_at_its_line(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], separator: str
) -> None:
    text_of, lines = "nr" + separator + "x\n", []
    for row in rows:
        lines.append(text_of.count("\n") + 1)
        text_of += separator.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n"
    source = open_text(written(tmp_path_factory.getbasetemp(), text_of), "x")
    batches = list(source.batches(source.columns, refuse))
    cells = [tuple(row.values()) for batch in batches for row in batch.cells.to_pylist()]
    assert cells == rows
    assert [int(line) for batch in batches for line in batch.lines] == lines

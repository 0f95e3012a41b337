"""Tables that already have columns: Parquet, DuckDB, and databases by address.

Only the columns that are used are read. A database is opened to read, and gives its rows a part at
a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import (
    URL,
    Engine,
    column,
    create_engine,
    func,
    inspect,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from engine.caseload.source import (
    Malformed,
    RawBatch,
    RowBatcher,
    Source,
    SourceError,
    as_text,
    chosen,
    column_names,
)
from engine.reader import os_error_in_words

_ROWS = 20_000
_SYSTEM = ("information_schema", "pg_catalog")


@dataclass(frozen=True)
class ParquetSource(Source):
    """A Parquet file."""

    path: Path = Path()

    def batches(self, columns: Sequence[str], malformed: Malformed) -> Iterator[RawBatch]:
        """See :meth:`Source.batches`."""
        with _arrow_errors(self.name), pq.ParquetFile(self.path) as file:
            raw = dict(zip(self.columns, file.schema_arrow.names, strict=True))
            total = file.metadata.num_rows
            wanted = [raw[name] for name in columns]
            yield from _numbered(file.iter_batches(_ROWS, columns=wanted), columns, total)


@dataclass(frozen=True)
class DuckSource(Source):
    """A table in a DuckDB file."""

    path: Path = Path()
    table: str = ""

    def batches(self, columns: Sequence[str], malformed: Malformed) -> Iterator[RawBatch]:
        """See :meth:`Source.batches`."""
        names = ", ".join(_quoted(name) for name in columns)
        with _duck(self.path, self.name) as connection:
            place = _quoted(self.table)
            total = connection.execute(f"SELECT count(*) FROM {place}").fetchall()[0][0]  # noqa: S608
            rows = connection.execute(f"SELECT {names} FROM {place}")  # noqa: S608 - quoted
            yield from _numbered(rows.to_arrow_reader(_ROWS), columns, total)


@dataclass(frozen=True)
class DatabaseSource(Source):
    """A table in SQLite or PostgreSQL.

    Attributes:
        url: the address, with its password; never shown.
        schema: where the table is, if the address doesn't say it.
        table: its name.
    """

    url: URL = field(default_factory=lambda: URL.create("sqlite"))
    schema: str | None = None
    table: str = ""

    def batches(self, columns: Sequence[str], malformed: Malformed) -> Iterator[RawBatch]:
        """See :meth:`Source.batches`."""
        place = table(self.table, *(column(name) for name in columns), schema=self.schema)
        with ExitStack() as stack:
            stack.enter_context(_database_errors(self.name))
            engine = stack.enter_context(_reading(self.url))
            connection = stack.enter_context(engine.connect())
            connection = connection.execution_options(stream_results=True, yield_per=_ROWS)
            total = connection.scalar(select(func.count()).select_from(place)) or 0
            batcher = RowBatcher(columns, total)
            for number, row in enumerate(connection.execute(select(*place.columns)), start=1):
                batcher.add(number, row)
                if len(batcher.lines) == _ROWS:
                    yield batcher.take()
            yield batcher.take()


def open_parquet(path: Path, name: str) -> ParquetSource:
    """Read the names of the columns of a Parquet file.

    Raises:
        SourceError: it is damaged, or a column holds tables of its own.
    """
    with _arrow_errors(name), pq.ParquetFile(path) as file:
        for one in file.schema_arrow:
            if pa.types.is_nested(one.type) or pa.types.is_binary(one.type):
                raise SourceError(
                    f"De kolom {one.name!r} van {name} heeft geen gewone waarden. Laat hem weg."
                )
        columns = column_names(file.schema_arrow.names, name)
        return ParquetSource(name, columns, "Parquet", path=path)


def open_duck(path: Path, name: str, wanted: str | None) -> DuckSource:
    """Find the table in a DuckDB file.

    Raises:
        SourceError: it can't be read, or it isn't clear which table is meant.
    """
    with _duck(path, name) as connection:
        found = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
        ).fetchall()
        place = chosen([row[0] for row in found], wanted, name, "tabel")
        described = connection.execute(f"DESCRIBE {_quoted(place)}").fetchall()
    columns = column_names([row[0] for row in described], f"De tabel {place!r}")
    return DuckSource(name, columns, f"DuckDB, tabel {place!r}", path=path, table=place)


def open_database(address: str, wanted: str | None) -> DatabaseSource:
    """Find the table in a database.

    Args:
        address: ``sqlite:////folder/file.db`` or ``postgresql://...``.
        wanted: the table, with its schema before it if needed.

    Raises:
        SourceError: it can't be reached, or it isn't clear which table is meant.
    """
    try:
        url = make_url(address)
        kind = url.get_backend_name()
    except (ArgumentError, ValueError, TypeError):
        kind = ""
    if kind not in ("sqlite", "postgresql", "postgres"):
        raise SourceError(
            "Dit adres van een database begrijpt Leidraad niet. Gebruik sqlite:////map/bestand.db "
            "of postgresql://gebruiker:wachtwoord@server/database."
        )
    url = url.set(drivername="sqlite" if kind == "sqlite" else "postgresql+psycopg")
    name = "SQLite" if kind == "sqlite" else "PostgreSQL"
    shown = f"De database {url.database!r}" if url.database else "De database"
    if kind == "sqlite" and not Path(url.database or "").is_file():
        raise SourceError(f"{shown} bestaat niet, of is geen bestand.")
    schema, _, bare = (wanted or "").rpartition(".")
    with _database_errors(shown), _reading(url) as engine:
        if kind == "sqlite":
            _refuse_damage(engine, shown)
        there = inspect(engine)
        found = there.get_table_names(schema or None) + there.get_view_names(schema or None)
        if schema and schema not in there.get_schema_names():
            raise SourceError(f"{shown} heeft geen schema {schema!r}.")
        place = chosen(found, bare or None, shown, "tabel")
        raw = [one["name"] for one in there.get_columns(place, schema or None)]
    columns = column_names(raw, f"De tabel {place!r}")
    if list(columns) != raw:
        raise SourceError(
            f"De tabel {place!r} heeft namen van kolommen met losse spaties. Geef ze gewone namen."
        )
    read_as = f"{name}, tabel {place!r}"
    return DatabaseSource(shown, columns, read_as, url=url, schema=schema or None, table=place)


def _numbered(
    batches: Iterator[pa.RecordBatch], columns: Sequence[str], total: int
) -> Iterator[RawBatch]:
    """Number the rows of Arrow batches, and write their values as text."""
    seen = 0
    for batch in batches:
        texts = [_texts(values) for values in batch.columns]
        cells = pa.RecordBatch.from_arrays(texts, names=list(columns))
        lines = np.arange(seen + 1, seen + batch.num_rows + 1, dtype=np.int64)
        seen += batch.num_rows
        yield RawBatch(lines, cells, seen / total if total else None)


def _texts(values: pa.Array) -> pa.Array:
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _texts(values.dictionary_decode())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        encoded = values.dictionary_encode()
        known = pa.array(map(as_text, encoded.dictionary.to_pylist()), pa.string())
        return known.take(encoded.indices)
    return pc.cast(values, pa.string())


@contextmanager
def _arrow_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise SourceError(f"{name} is beschadigd of geen echt Parquetbestand.") from error
    except OSError as error:
        raise SourceError(f"{name} gaat niet open: {os_error_in_words(error)}.") from error


@contextmanager
def _duck(path: Path, name: str) -> Iterator[Any]:
    try:
        # Reading a file must not make it fetch or open anything else.
        options: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(str(path), read_only=True, config=options)
        try:
            yield connection
        finally:
            connection.close()
    except duckdb.Error as error:
        raise SourceError(
            f"{name} is niet te lezen als DuckDB. Is het beschadigd, in gebruik, of gemaakt met "
            "een andere versie? Bewaar de tabel anders als Parquet."
        ) from error


@contextmanager
def _reading(url: URL) -> Iterator[Engine]:
    """Connect to a database that is only read."""
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").absolute().as_uri()
        url = url.set(database=file, query={"mode": "ro", "uri": "true"})
        engine = create_engine(url, hide_parameters=True)
    else:
        engine = create_engine(
            url, hide_parameters=True, execution_options={"postgresql_readonly": True}
        )
    try:
        yield engine
    finally:
        engine.dispose()


def _refuse_damage(engine: Engine, name: str) -> None:
    """Refuse a SQLite file of which a part is gone: it would be read as empty."""
    with engine.connect() as connection:
        if connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
            raise SourceError(f"{name} is beschadigd. Maak een nieuwe kopie.")


@contextmanager
def _database_errors(name: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise SourceError(
            f"{name} is niet te lezen. Klopt het adres, mag u de tabel lezen, en is de database "
            "bereikbaar?"
        ) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

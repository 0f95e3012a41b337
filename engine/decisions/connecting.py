"""How a database is spoken to, so that what is committed stays, and what it says in Dutch."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from engine.decisions.address import ADDRESS, RecordError, damaged, file_of

_BUSY_MILLISECONDS = 20_000
_SETTLE_MILLISECONDS = 5_000
_SWITCH_SECONDS = 0.01
_WRITE_LOCK = 0x1E1D4AAD
"""Number of the PostgreSQL advisory lock that writers take turns with."""

_WRITING = "leidraad_writing"
# A writer waits for its turn first, and must read what was written meanwhile.
_SERVER: Mapping[str, Any] = {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}


def make_engine(url: URL) -> Engine:
    """Set up how the database is spoken to.

    Raises:
        RecordError: the address holds a setting that can't be.
    """
    in_file = file_of(url) is not None
    try:
        # What is logged when something fails must not hold what was being stored.
        engine = create_engine(url, hide_parameters=True, **({} if in_file else _SERVER))
    except (ArgumentError, ValueError, TypeError):
        raise RecordError(ADDRESS) from None
    event.listen(engine, "connect", _set_up_sqlite if in_file else _set_up_postgresql)
    if in_file:
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def detached(engine: Engine) -> Any:
    """Return a connection that stays open, outside of the pool."""
    with in_dutch():
        connection = engine.raw_connection()
        connection.detach()
        return connection.dbapi_connection


def leave_nothing(engine: Engine, tables: Iterable[str]) -> bool:
    """Have nothing stay on the disk of what was removed from tables, or was replaced in them.

    A file has it in the log beside it, and PostgreSQL in the files of the tables until they are
    written anew. Whoever reads at the moment can keep either from being done.

    Args:
        engine: the database.
        tables: by name.

    Returns:
        Whether that is done, as far as the database can do it.
    """
    try:
        if engine.dialect.name == "sqlite":
            return _empty_log(engine)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.detach()  # what is set here is for this once
            connection.exec_driver_sql(f"SET lock_timeout = {_SETTLE_MILLISECONDS}")
            done = [_write_anew(connection, table) for table in tables]
            return all(done)
    except (SQLAlchemyError, sqlite3.Error):
        return False


def _empty_log(engine: Engine) -> bool:
    """Bring the log of a file into the file itself, and empty it."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_SETTLE_MILLISECONDS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((busy, *_),) = cursor.fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        return not busy
    finally:
        connection.close()


def _write_anew(connection: Connection, table: str) -> bool:
    """Write a table to a new file; a role that doesn't own it may not, and is only warned."""
    place = select(func.pg_relation_filenode(table))
    before = connection.execute(place).scalar()
    connection.exec_driver_sql(f"VACUUM FULL {table}")
    return bool(connection.execute(place).scalar() != before)


def prepare_file(path: Path) -> None:
    """Make the folder and the file, for this user's eyes only, if they aren't there.

    Raises:
        RecordError: they can't be made, or can't be written.
    """
    place = path.parent
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise RecordError(
            f"Leidraad kan de map {place} niet maken. Kies een andere map met LEIDRAAD_DATA."
        ) from error
    try:
        if may := os.access(place, os.W_OK | os.X_OK):
            place = path
            # What SQLite makes beside it gets the same rights.
            os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
    except IsADirectoryError:
        pass  # SQLite says so
    except (OSError, ValueError):
        may = False
    if not may:
        raise RecordError(
            f"Leidraad mag niet schrijven in {place}. Pas de rechten aan, of kies een andere "
            "map met LEIDRAAD_DATA."
        )


def _set_up_sqlite(connection: Any, _: object) -> None:
    """Make what is committed survive a crash, also of the power (sqlite.org/pragma.html)."""
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "synchronous = FULL",
        "fullfsync = ON",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        # A key that is destroyed is overwritten in the file.
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    _keep_a_log(cursor)
    cursor.close()


def _keep_a_log(cursor: sqlite3.Cursor) -> None:
    """Have a file keep its log beside it, so that readers and a writer don't wait for each other.

    The first process to open a new file changes that file. SQLite refuses any other one that
    comes meanwhile at once, however long it was told to wait; so the waiting is done here.

    Raises:
        sqlite3.OperationalError: another process keeps the file to itself, or the file is no good.
    """
    until = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_SWITCH_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writer takes the lock at once, so that it never has to give up halfway."""
    writes = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(connection: Any, _: object) -> None:
    """Make a commit wait for the disk, also where the server was set up not to."""
    connection.execute("SET synchronous_commit TO on")
    connection.commit()


@contextmanager
def transaction(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """Give a connection in a transaction; only one that writes at a time."""
    with in_dutch(), engine.execution_options(**{_WRITING: writes}).begin() as connection:
        if writes and engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK)))
        yield connection


@contextmanager
def in_dutch() -> Iterator[None]:
    """Say in Dutch what the database says; the cause stays attached for who mends it."""
    try:
        yield
    except (ValueError, TypeError) as error:
        # What stands in a column can't be read as what Leidraad writes there.
        raise damaged() from error
    except SQLAlchemyError as error:
        said = str(error.orig) if isinstance(error, DBAPIError) else ""
        if "locked" in said:
            message = "Het dossier is bezet door een ander programma. Probeer het zo nog eens."
        elif "not a database" in said or "malformed" in said:
            message = "Het bestand van het dossier is beschadigd of is geen dossier van Leidraad."
        elif "readonly" in said or "unable to open" in said:
            message = "Leidraad kan niet schrijven in het dossier. Controleer de map en de rechten."
        elif "disk is full" in said or "No space left" in said:
            message = (
                "De schijf is vol. Er is niets opgeslagen. Maak ruimte en probeer het opnieuw."
            )
        else:
            message = "Het dossier is niet bereikbaar of werkt niet. Probeer het zo nog eens."
        raise RecordError(message) from error

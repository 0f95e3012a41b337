"""Opens the database of the record: where it is, how it is written to, which version it has."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

_BUSY_MILLISECONDS = 20_000
_LET_GO_MILLISECONDS = 2_000
_WRITE_LOCK = 0x1E1D4AAD
"""Number of the PostgreSQL advisory lock that writers take turns with."""

_BESIDE = ("wal", "shm")
_WRITING = "leidraad_writing"
_MIGRATING = Lock()
"""Alembic keeps what it is doing in globals, so threads migrate one at a time."""

_Identity = tuple[int, int]


class RecordError(Exception):
    """The record can't be opened, read or written; the message is Dutch, for a user."""


_ADDRESS = (
    "Dit adres van het dossier begrijpt Leidraad niet. Gebruik sqlite:////map/leidraad.db of "
    "postgresql://gebruiker:wachtwoord@server/database."
)


def default_url() -> str:
    """Return where the record is unless said otherwise.

    ``LEIDRAAD_DATABASE_URL``; else ``leidraad.db`` in the folder ``LEIDRAAD_DATA``; else in
    ``leidraad`` in the user's data folder (XDG Base Directory Specification).

    Raises:
        RecordError: there is no telling which folder that is.
    """
    if url := os.environ.get("LEIDRAAD_DATABASE_URL"):
        return url
    try:
        file = _default_folder().absolute() / "leidraad.db"
        # Rendered, so that a '?' or '#' in the name of a folder stays a part of that name.
        return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise RecordError(
            "Leidraad weet niet in welke map het dossier hoort. Kies een map met LEIDRAAD_DATA."
        ) from error


def _default_folder() -> Path:
    if own := os.environ.get("LEIDRAAD_DATA"):
        return Path(own).expanduser()
    # The specification says to ignore a relative path.
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    base = shared if shared.is_absolute() else Path.home() / ".local" / "share"
    return base / "leidraad"


def record_file(address: str) -> Path | None:
    """Return the file that a record is in; ``None`` if a server keeps it.

    Raises:
        RecordError: the address can't be one of a record.
    """
    return _file_of(_read_url(address))


@dataclass(frozen=True, slots=True)
class _Opened:
    """One opening of the database.

    Attributes:
        identity: the file that was opened; ``None`` for a server.
        keeper: a connection to that very file for as long as it is open; ``None`` for a server.
        beside: the files that SQLite keeps beside it, as they were then.
    """

    engine: Engine
    identity: _Identity | None
    keeper: Any
    beside: Mapping[Path, _Identity | None]

    def empty_log(self) -> None:
        """Bring all that was written into the file itself, and empty the log beside it.

        SQLite finds its log by name. If another file takes the place of this one, what is left
        in the log would be laid over that file.
        """
        if self.keeper is not None:
            with suppress(sqlite3.Error):
                self.keeper.execute(f"PRAGMA busy_timeout = {_LET_GO_MILLISECONDS}")
                self.keeper.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the database."""
        self.empty_log()
        self.engine.dispose()
        if self.keeper is not None:
            self.keeper.close()

    def leave(self) -> None:
        """Let go of a file that was replaced; what was kept beside it is not for the new one."""
        self.close()
        for path, identity in self.beside.items():
            if identity is not None and _identity(path) == identity:
                with suppress(OSError):
                    path.unlink()


class Database:
    """The database of the record, at its address; threads may share one.

    A file can be removed or replaced while it is open, and SQLite would go on writing in the one
    that is no longer there. So each use first sees whether the file is still the same.
    """

    def __init__(self, address: str) -> None:
        """Connect and bring the tables up to date.

        Raises:
            RecordError: it can't be reached or written, or it is from a newer Leidraad.
        """
        self._url = _read_url(address)
        self._file = _file_of(self._url)
        self._turn = Condition()
        self._users = 0
        if self._file is not None:
            _prepare_file(self._file)
        self._opened: _Opened | None = self._open()

    def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            self._opened.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with.

        Raises:
            RecordError: the database refused, or its file is gone.
        """
        with self._use() as opened, _transaction(opened.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write with; writers take turns, and all is committed or nothing.

        Raises:
            RecordError: the database refused, or its file is gone or was replaced meanwhile.
        """
        with self._use() as opened:
            with _transaction(opened.engine, writes=True) as connection:
                yield connection
            if _identity(self._file) != opened.identity:
                raise RecordError(
                    "Het bestand van het dossier is tijdens het opslaan vervangen of verwijderd. "
                    "Controleer het bestand en probeer het opnieuw."
                )

    def _open(self) -> _Opened:
        # Taken first: if the file is replaced before it is opened, the next use sees that.
        identity = _identity(self._file)
        engine = _make_engine(self._url)
        try:
            _migrate(engine)
            keeper = None if self._file is None else _detached(engine)
        except BaseException:
            engine.dispose()
            raise
        sides = [] if self._file is None else [Path(f"{self._file}-{end}") for end in _BESIDE]
        return _Opened(engine, identity, keeper, {path: _identity(path) for path in sides})

    @contextmanager
    def _use(self) -> Iterator[_Opened]:
        """Use the file that is there now; it is opened anew if it was replaced.

        Raises:
            RecordError: the file is gone, or the one in its place can't be used.
        """
        with self._turn:
            while (opened := self._same()) is None:
                if self._users:  # they have the old file in hand
                    self._turn.wait()
                    continue
                if self._opened is not None:
                    self._opened.leave()
                    self._opened = None
                self._opened = self._open()
            self._users += 1
        try:
            yield opened
        finally:
            with self._turn:
                self._users -= 1
                self._turn.notify_all()

    def _same(self) -> _Opened | None:
        """Return what is open if that is the file that is there now.

        Raises:
            RecordError: the file is gone.
        """
        now = _identity(self._file)
        if self._opened is not None and self._opened.identity == now:
            return self._opened
        if now is None:
            if self._opened is not None:
                self._opened.empty_log()
            raise RecordError(
                "Het bestand van het dossier is weg. Zet het terug op zijn plaats, of start "
                "Leidraad opnieuw om met een leeg dossier te beginnen."
            )
        return None


def _file_of(url: URL) -> Path | None:
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _identity(file: Path | None) -> _Identity | None:
    """Return what tells a file from another by the same name; ``None`` if it isn't there."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _read_url(address: str) -> URL:
    """Read the address; PostgreSQL is spoken to with psycopg 3.

    Raises:
        RecordError: it can't be the address of a record.
    """
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError, TypeError):
        raise RecordError(_ADDRESS) from None
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    # A file takes no settings: how SQLite works here is what keeps the record whole.
    if backend == "sqlite" and url.database not in (None, "", ":memory:") and not url.query:
        return url.set(drivername="sqlite")
    raise RecordError(_ADDRESS)


def _make_engine(url: URL) -> Engine:
    """Set up how the database is spoken to.

    Raises:
        RecordError: the address holds a setting that can't be.
    """
    in_file = _file_of(url) is not None
    try:
        engine = create_engine(url, pool_pre_ping=not in_file)
    except (ArgumentError, ValueError, TypeError):
        raise RecordError(_ADDRESS) from None
    event.listen(engine, "connect", _set_up_sqlite if in_file else _set_up_postgresql)
    if in_file:
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _detached(engine: Engine) -> Any:
    """Return a connection that stays open, outside of the pool."""
    with _in_dutch():
        connection = engine.raw_connection()
        connection.detach()
        return connection.dbapi_connection


def _prepare_file(path: Path) -> None:
    """Make the folder, for this user's eyes only, and the file, if they aren't there.

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
            path.open("ab").close()
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
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",
        "foreign_keys = ON",
        "recursive_triggers = ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writer takes the lock at once, so that it never has to give up halfway."""
    writes = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(connection: Any, _: object) -> None:
    """Make a commit wait for the disk, also where the server was set up not to."""
    connection.execute("SET synchronous_commit TO on")
    connection.commit()


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date, in one transaction.

    Raises:
        RecordError: the database is from a newer Leidraad, or it refused.
    """
    config = Config()
    config.set_main_option("script_location", "engine.decisions:migrations")
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    with _transaction(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == newest:
        return
    with _MIGRATING, _transaction(engine, writes=True) as connection:
        # Another process may have been first.
        current = MigrationContext.configure(connection).get_current_revision()
        if current not in (None, *(script.revision for script in scripts.walk_revisions())):
            raise RecordError(
                "Dit dossier is gemaakt met een nieuwere versie van Leidraad. Werk Leidraad eerst "
                "bij; er is niets veranderd."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _transaction(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """Give a connection in a transaction; only one that writes at a time."""
    with _in_dutch(), engine.execution_options(**{_WRITING: writes}).begin() as connection:
        if writes and engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK)))
        yield connection


@contextmanager
def _in_dutch() -> Iterator[None]:
    """Say in Dutch what the database says; the cause stays attached for who mends it."""
    try:
        yield
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

"""Opens a database of the record, and notices when its file is replaced while it is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import Any

from sqlalchemy import Connection, Engine

from engine.decisions.address import RecordError, file_of, read_url
from engine.decisions.connecting import (
    detached,
    leave_nothing,
    make_engine,
    prepare_file,
    transaction,
)

_LET_GO_MILLISECONDS = 2_000
_BESIDE = ("wal", "shm")

_Identity = tuple[int, int]


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

    def __init__(
        self, address: str, prepare: Callable[[Engine], None], *, make: bool = True
    ) -> None:
        """Connect and bring the tables up to date.

        Args:
            address: where it is.
            prepare: makes the tables, or brings them up to date.
            make: whether a file that isn't there is made.

        Raises:
            RecordError: it can't be reached or written, or it is from a newer Leidraad.
        """
        self._url = read_url(address)
        self._file = file_of(self._url)
        self._prepare = prepare
        self._turn = Condition()
        self._users = 0
        if self._file is not None:
            if not make and not self._file.exists():
                raise RecordError(f"Er is geen bestand {self._file}. Er is niets gemaakt.")
            prepare_file(self._file)
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
        with self._use() as opened, transaction(opened.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write with; writers take turns, and all is committed or nothing.

        Raises:
            RecordError: the database refused, or its file is gone or was replaced meanwhile.
        """
        with self._use() as opened:
            with transaction(opened.engine, writes=True) as connection:
                yield connection
            if _identity(self._file) != opened.identity:
                raise RecordError(
                    "Het bestand van het dossier is tijdens het opslaan vervangen of verwijderd. "
                    "Controleer het bestand en probeer het opnieuw."
                )

    def settle(self, *tables: str) -> bool:
        """Have nothing stay on the disk of what was removed from tables; say whether that is done.

        Raises:
            RecordError: the file is gone.
        """
        with self._use() as opened:
            return leave_nothing(opened.engine, tables)

    def _open(self) -> _Opened:
        # Taken first: if the file is replaced before it is opened, the next use sees that.
        identity = _identity(self._file)
        engine = make_engine(self._url)
        try:
            self._prepare(engine)
            keeper = None if self._file is None else detached(engine)
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


def _identity(file: Path | None) -> _Identity | None:
    """Return what tells a file from another by the same name; ``None`` if it isn't there."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None

"""Proves the chain of the record, or names the first place where it no longer fits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, LargeBinary, Row, cast, func, select

from engine.decisions.address import default_url
from engine.decisions.chain import GENESIS, Line, link
from engine.decisions.database import Database
from engine.decisions.migrating import is_older
from engine.decisions.tables import events

_MANY = 500
_SQLITE_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
_SQLITE_SORTS = tuple(
    "integer" if column is events.c.schema else "text"
    for column in events.c
    if column is not events.c.seq
)
"""As what SQLite keeps each column; a file can hold the same bytes as something of another sort."""


class Damage(StrEnum):
    """What differs at a place where the chain no longer fits."""

    MISSING = "ontbreekt"
    CONTENT = "inhoud"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain no longer fits.

    Attributes:
        seq: the place in the record.
        damage: what differs there.
    """

    seq: int
    damage: Damage


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look through the whole chain found.

    Attributes:
        events: how many events fit, from the first on.
        head: the hash of the last of these; the seal of the record if nothing is broken.
        broken: the first place where it no longer fits; ``None`` if all of it does.
        sealed: the place of the event that the seal is of; ``None`` if it isn't in the part that
            fits, or no seal was asked about.
        older: whether the record still has the tables of an earlier version of Leidraad.
    """

    events: int
    head: str
    broken: Break | None = None
    sealed: int | None = None
    older: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it stands; ``line`` is ``None`` if it can't have been written by Leidraad."""

    seq: int
    hash: str
    line: Line | None


def verify(database: Database, seal: str | None = None) -> Verified:
    """Work out every hash anew, from what is written down.

    A tail that was cut off leaves a chain that fits; only a seal that was kept elsewhere, such as
    in a note, shows that. So ask about it here.

    Args:
        database: where the record is.
        seal: a hash that should be somewhere in the chain.

    Raises:
        RecordError: the database can't be read.
    """
    with database.reading() as connection:
        return walk(rows_of(connection), seal)


def verify_as_it_is(address: str | None = None, seal: str | None = None) -> Verified:
    """Prove the chain of a record that nobody needs the keys of; nothing is made or changed.

    So an old copy stays as it is, and a record whose keys are gone can still be proved.

    Args:
        address: where the record is; by default :func:`engine.decisions.address.default_url`.
        seal: a hash that should be somewhere in the chain.

    Raises:
        RecordError: there is no record, or it can't be read.
    """
    older = False

    def look(engine: Engine) -> None:
        nonlocal older
        older = is_older(engine)

    with closing(Database(address or default_url(), look, make=False)) as database:
        return replace(verify(database, seal), older=older)


def walk(rows: Iterator[Stored], seal: str | None = None) -> Verified:
    """Follow the chain along rows that are in the order of their places."""
    done, head, sealed = 0, GENESIS, None
    for row in rows:
        if row.seq != done + 1:
            # A number below 1 was put before the first event.
            place, damage = min(row.seq, done + 1), Damage.MISSING
            if row.seq <= done:
                damage = Damage.CONTENT
            return Verified(done, head, Break(place, damage), sealed)
        expected = None if row.line is None else link(head, row.line)
        if expected != row.hash:
            damage = Damage.CONTENT
            if expected is not None and _leads_on(rows, expected):
                damage = Damage.HASH
            return Verified(done, head, Break(row.seq, damage), sealed)
        done, head = row.seq, row.hash
        if head == seal:
            sealed = done
    return Verified(done, head, None, sealed)


def _leads_on(rows: Iterator[Stored], expected: str) -> bool:
    """Say whether the next event was chained to the hash that the content leads to."""
    after = next(rows, None)
    return after is not None and after.line is not None and link(expected, after.line) == after.hash


def rows_of(connection: Connection) -> Iterator[Stored]:
    """Give the rows as they stand, in the order of their places."""
    in_file = connection.dialect.name == "sqlite"
    columns = [
        cast(column, LargeBinary).label(column.name)
        if in_file and column is not events.c.seq
        else column
        for column in events.c
    ]
    if in_file:
        sorts = [func.typeof(column) for column in events.c if column is not events.c.seq]
        columns += [sort.label(f"sort_{place}") for place, sort in enumerate(sorts)]
    asked = select(*columns).order_by(events.c.seq).execution_options(yield_per=_MANY)
    for row in connection.execute(asked):
        yield _from_file(row) if in_file else _from_server(row)


def _from_server(row: Row[Any]) -> Stored:
    line = Line(row.seq, row.id, row.case_id, row.kind, row.schema, row.at, row.actor, row.payload)
    return Stored(row.seq, row.hash, line)


def _from_file(row: Row[Any]) -> Stored:
    """Read a row of a file byte by byte.

    SQLite keeps an id and a moment as text, and another text can be read as the same id or the
    same moment. So they must stand exactly as Leidraad writes them.
    """
    try:
        text = {
            column.name: bytes(getattr(row, column.name)).decode()
            for column in events.c
            if column is not events.c.seq
        }
        made = UUID(text["id"])
        at = datetime.strptime(text["at"], _SQLITE_MOMENT).replace(tzinfo=UTC)
        form = int(text["schema"])
    except (ValueError, TypeError):
        return Stored(row.seq, "", None)
    if (made.hex, at.strftime(_SQLITE_MOMENT), str(form), _SQLITE_SORTS) != (
        text["id"],
        text["at"],
        text["schema"],
        tuple(row)[len(events.c) :],
    ):
        return Stored(row.seq, "", None)
    line = Line(
        row.seq, made, text["case_id"], text["kind"], form, at, text["actor"], text["payload"]
    )
    return Stored(row.seq, text["hash"], line)

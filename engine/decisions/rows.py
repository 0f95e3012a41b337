"""Reads rows of the record back as events, deciphered with the keys of their cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, literal_column, select

from engine.decisions.address import DamagedError, damaged
from engine.decisions.cipher import Place, decipher, key_of
from engine.decisions.events import Event, check_known, read_body
from engine.decisions.keyring import Key, KeyMissingError, Keyring
from engine.decisions.later import Erased
from engine.decisions.tables import events

_SORTS = (int, UUID, str, str, int, datetime, str, str)
"""What :func:`_all_of` returns; a file can hold something of another sort in any column."""

_REMEMBERED = 2000
"""Events that are kept in memory at most; a decision with its receipt takes some 20 kB."""

ERASED = select(events.c.case_id).where(events.c.kind == literal_column(f"'{Erased.kind}'"))
"""Selects the ids of the cases that were erased, by an index of those alone."""

_ERASURES = select(func.count()).select_from(ERASED.subquery())


class RowReader:
    """Turns rows into events. It remembers those it read last, because they never change.

    What it remembers is as secret as the keys. So it forgets all of it as soon as it notices that
    a case was erased, by whatever process.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._read: dict[UUID, tuple[tuple[Any, ...], Event]] = {}
        self._erasures = 0

    def look(self, connection: Connection) -> None:
        """Forget every event that was read, if a case was erased since."""
        found = connection.execute(_ERASURES).scalar_one()
        if found != self._erasures:
            self._read, self._erasures = {}, found

    def events(self, rows: Sequence[Row[Any]]) -> tuple[Event, ...]:
        """Read events; of a case that was erased only that it was.

        Raises:
            KeyMissingError: the key of a case isn't there.
            RecordError: a newer Leidraad wrote one of them, or it is damaged.
        """
        found = self.found(rows)
        if len(found) < len(_not_erased(rows)):
            raise KeyMissingError
        return found

    def found(self, rows: Sequence[Row[Any]]) -> tuple[Event, ...]:
        """Read the events whose key is there; of a case that was erased only that it was.

        Raises:
            RecordError: a newer Leidraad wrote one of them, or it is damaged.
        """
        return tuple(self._event(row, keys) for row, keys in self._with_keys(rows))

    def undamaged(self, rows: Sequence[Row[Any]]) -> tuple[Event, ...]:
        """Read the events whose key is there, and pass over those that are damaged.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        events: list[Event] = []
        for row, keys in self._with_keys(rows):
            with suppress(DamagedError):
                events.append(self._event(row, keys))
        return tuple(events)

    def _with_keys(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Mapping[str, Key]]]:
        """Give the rows whose key is there."""
        readable = _not_erased(rows)
        # Also for what is remembered: without its key nothing is given any more.
        keys = self._keyring.fetch(keys_in(readable))
        return ((row, keys) for row in readable if keys_in([row]) <= keys.keys())

    def _event(self, row: Row[Any], keys: Mapping[str, Key]) -> Event:
        stored, event = self._read.get(row.id, (None, None))
        if event is not None and stored == _all_of(row):
            return event
        plain = row.kind != Erased.kind and not keys_in([row])
        if plain or tuple(map(type, _all_of(row))) != _SORTS:
            raise damaged()
        check_known(row.kind, row.schema)
        body = read_body(row.kind, row.schema, decipher(keys, place_of(row), row.payload))
        event = Event(row.seq, row.id, row.case_id, row.at, row.actor, body)
        if len(self._read) >= _REMEMBERED:
            self._read = {}
        self._read[row.id] = (_all_of(row), event)
        return event


def place_of(row: Row[Any]) -> Place:
    """Return the event that a payload was enciphered for."""
    return Place(row.id, row.case_id, row.kind, row.schema)


def keys_in(rows: Iterable[Any]) -> set[str]:
    """Return the ids of the keys that the payloads of rows were enciphered with."""
    return {key for row in rows if (key := key_of(row.payload))}


def _all_of(row: Row[Any]) -> tuple[Any, ...]:
    """Return all that an event is made from, so that a row that was tampered with is read anew."""
    return (row.seq, *place_of(row), row.at, row.actor, row.payload)


def _not_erased(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    erased = {row.case_id for row in rows if row.kind == Erased.kind}
    return [row for row in rows if row.case_id not in erased or row.kind == Erased.kind]

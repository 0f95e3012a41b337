"""Holds all that is kept to what the events say, with the keys; the chain is proved without them.

Who can write in the database, and has no keys, could chain all events anew. They could not make a
text that a key of the record opens. Nor does the chain cover what is kept beside the events to
look things up by, and the knowledge that consultations rested on. So this reads all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.decisions.address import RecordError
from engine.decisions.cipher import decipher
from engine.decisions.database import Database
from engine.decisions.events import Body, Decided, read_body
from engine.decisions.kept_files import changed_files
from engine.decisions.keyring import KeyMissingError, Keyring
from engine.decisions.later import Erased
from engine.decisions.rows import ERASED, keys_in, place_of
from engine.decisions.tables import decided, events, shared
from engine.decisions.ties import CaseShared, SharingEnded

_MANY = 500

_LookUp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is not as it should be.

    Attributes:
        unreadable: the places of the events that their key doesn't open, that say nothing
            Leidraad knows, or that were never enciphered.
        locked: the cases whose key is missing, by id.
        look_ups: the cases of which something else is kept to look up than the events say, by id.
        files: the files of knowledge that are no longer as they were kept, by name.
    """

    unreadable: tuple[int, ...]
    locked: tuple[str, ...]
    look_ups: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether all is as it should be."""
        return self == Inspected((), (), (), ())


@dataclass(slots=True)
class _Walk:
    """What was found on the way along all events."""

    keyring: Keyring
    erased: frozenset[str]
    unreadable: list[int] = field(default_factory=list)
    locked: set[str] = field(default_factory=set)
    said: dict[str, set[_LookUp]] = field(default_factory=lambda: defaultdict(set))

    def along(self, rows: Sequence[Row[Any]]) -> None:
        """Read some events."""
        keys = self.keyring.fetch(keys_in(rows))
        for row in rows:
            if row.case_id in self.erased and row.kind != Erased.kind:
                continue
            try:
                if not keys_in([row]) and row.kind != Erased.kind:
                    raise RecordError
                said = decipher(keys, place_of(row), row.payload)
                self._note(row, read_body(row.kind, row.schema, said))
            except KeyMissingError:
                self.locked.add(row.case_id)
            except RecordError:
                self.unreadable.append(row.seq)

    def _note(self, row: Row[Any], body: Body) -> None:
        """Note what is to be looked up because of this event."""
        own = self.said[row.case_id]
        match body:
            case Decided(decision=decision):
                own.add((row.seq, self.keyring.blind(decision.advised.rule), decision.outcome))
            case CaseShared(party=party, name=name):
                own.add((str(party), name))
            case SharingEnded(party=party, name=name):
                own.discard((str(party), name))


def inspect(database: Database, keyring: Keyring) -> Inspected:
    """Read every event and look whether the rest fits; some 0.5 ms for each event.

    Raises:
        RecordError: the database or the keys can't be read.
    """
    with database.reading() as connection:
        walk = _Walk(keyring, frozenset(connection.execute(ERASED).scalars()))
        asked = select(events).order_by(events.c.seq).execution_options(yield_per=_MANY)
        for rows in connection.execute(asked).partitions():
            walk.along(rows)
        kept: dict[str, set[_LookUp]] = defaultdict(set)
        for case_id, look_up in _look_ups(connection):
            kept[case_id].add(look_up)
        files = changed_files(connection)
    # Of a case that can't be read there is no telling.
    told = (walk.said.keys() | kept.keys()) - walk.locked
    wrong = sorted(case_id for case_id in told if walk.said[case_id] != kept[case_id])
    return Inspected(tuple(walk.unreadable), tuple(sorted(walk.locked)), tuple(wrong), files)


def _look_ups(connection: Connection) -> Iterator[tuple[str, _LookUp]]:
    """Return what is kept beside the events, each with its case."""
    for row in connection.execute(select(decided)):
        yield str(row.case_id), (row.seq, row.rule, row.outcome)
    for row in connection.execute(select(shared)):
        yield str(row.case_id), (row.kind, row.name)

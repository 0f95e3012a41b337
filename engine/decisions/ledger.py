"""The events in the database, to be read: those of a case, and those of a kind or on a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, Select, case, func, select

from engine.decisions.address import RecordError
from engine.decisions.base import RecordedCaseId
from engine.decisions.chain import GENESIS, Seal
from engine.decisions.database import Database
from engine.decisions.events import CaseOpened, Decided, Event, ProtocolsChosen
from engine.decisions.keyring import Keyring
from engine.decisions.later import Erased, Reviewed
from engine.decisions.meeting_events import MeetingJoined, MeetingPrepared
from engine.decisions.rows import ERASED, RowReader
from engine.decisions.tables import decided, events
from engine.decisions.ties import CaseRead

_CASE_ID: TypeAdapter[str] = TypeAdapter(RecordedCaseId)
DEVIATES = "afwijken"
"""The outcome of a deviation, as :class:`engine.decisions.model.Deviation` has it."""


class NoCaseError(RecordError):
    """There is no such case, or there is none for who asks."""

    def __init__(self, case_id: str, said: str = "") -> None:
        super().__init__(said or f"Er is geen casus met het kenmerk {case_id!r} in dit dossier.")


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a case since it was opened, without its answers.

    Attributes:
        changed_at: when the last event was recorded, in UTC.
        decisions: how many decisions were recorded.
        protocols: what the case was said to be about since; empty if that never changed.
    """

    opened: Event
    changed_at: datetime
    decisions: int
    protocols: tuple[str, ...]


class Ledger:
    """The events of all cases, to be read; threads may share one."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._rows = RowReader(keyring)

    def of_case(self, case_id: str) -> tuple[Event, ...]:
        """Return the events of a case, oldest first.

        Raises:
            RecordError: there is no such case, or a newer Leidraad wrote in it.
        """
        checked = checked_id(case_id)
        own = select(events).where(events.c.case_id == checked).order_by(events.c.seq)
        with self._database.reading() as connection:
            rows = self._look(connection, own)
        if not rows:
            raise NoCaseError(case_id)
        return self._rows.events(rows)

    def erasure(self, case_id: str) -> Event | None:
        """Return the event that erased a case; ``None`` if it wasn't erased, or isn't there.

        Raises:
            RecordError: the record can't be read.
        """
        own = select(events).where(
            events.c.case_id == checked_id(case_id), events.c.kind == Erased.kind
        )
        return next(iter(self._events(own)), None)

    def seal(self, case_id: str) -> Seal:
        """Return the seal of the whole record as it is now, for something about one case.

        Raises:
            RecordError: there is no such case.
        """
        own = select(func.count(), func.max(events.c.at)).where(
            events.c.case_id == checked_id(case_id)
        )
        with self._database.reading() as connection:
            number, last_at = connection.execute(own).one()
            last, head = head_of(connection)
        if not number:
            raise NoCaseError(case_id)
        return Seal(head, last, number, last_at)

    def has(self, event: UUID) -> bool:
        """Whether an event with this id was recorded."""
        with self._database.reading() as connection:
            wanted = select(events.c.seq).where(events.c.id == event)
            return connection.execute(wanted).first() is not None

    def head_for(self, meeting: str, person: str) -> int | None:
        """Return the place of the last event of a meeting; ``None`` for who isn't in it.

        Nothing is deciphered for it, so it can be asked often.
        """
        mine = (events.c.actor == person) & events.c.kind.in_(
            (MeetingPrepared.kind, MeetingJoined.kind)
        )
        wanted = select(
            func.max(events.c.seq),
            func.sum(case((mine, 1), else_=0)),
            func.sum(case((events.c.kind == Erased.kind, 1), else_=0)),
        ).where(events.c.case_id == checked_id(meeting))
        with self._database.reading() as connection:
            last, inside, gone = connection.execute(wanted).one()
        return int(last) if inside and not gone else None

    def streams(self, kind: str, actor: str | None = None) -> Iterator[tuple[Event, ...]]:
        """Return the events of every stream that begins with a kind of event, oldest first.

        Args:
            kind: of the first event.
            actor: only those in which this person recorded something.

        Raises:
            RecordError: a newer Leidraad wrote in one of them.
        """
        begun = select(events.c.case_id).where(events.c.kind == kind)
        own = select(events).where(events.c.case_id.in_(begun), events.c.case_id.not_in(ERASED))
        if actor is not None:
            theirs = select(events.c.case_id).where(events.c.actor == actor)
            own = own.where(events.c.case_id.in_(theirs))
        found: dict[str, list[Event]] = {}
        for event in self._events(own.order_by(events.c.seq)):
            found.setdefault(event.case_id, []).append(event)
        return (tuple(history) for history in found.values())

    def opened_by(self, case_id: str) -> str:
        """Return who opened a case.

        Raises:
            RecordError: there is no such case, or it was erased.
        """
        opening = select(events.c.actor).where(
            events.c.case_id == checked_id(case_id),
            events.c.kind == CaseOpened.kind,
            events.c.case_id.not_in(ERASED.where(events.c.case_id == case_id)),
        )
        with self._database.reading() as connection:
            found = connection.execute(opening).scalar()
        if found is None:
            raise NoCaseError(case_id)
        return str(found)

    def deviations_on(
        self, rule: str, limit: int, cases: Select[tuple[str]] | None = None
    ) -> tuple[Event, ...]:
        """Return the deviations from a rule that stand, the newest first; one for each case.

        Args:
            rule: the rule, by id.
            limit: how many to give back at most.
            cases: selects the ids of the cases to look in; all of them if not given.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        last = select(func.max(decided.c.seq)).where(decided.c.rule == self._keyring.blind(rule))
        standing = (
            select(events)
            .join(decided, decided.c.seq == events.c.seq)
            .where(decided.c.seq.in_(last.group_by(decided.c.case_id)))
            .where(decided.c.outcome == DEVIATES)
            .order_by(decided.c.seq.desc())
            .limit(limit)
        )
        if cases is not None:
            standing = standing.where(decided.c.case_id.in_(cases))
        return self._events(standing)

    def outcomes(self, cases: Select[tuple[str]]) -> tuple[Event, ...]:
        """Return the decisions that stand and the looks back on decisions, oldest first.

        Args:
            cases: selects the ids of the cases to look in.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        last = select(func.max(decided.c.seq)).where(decided.c.case_id.in_(cases))
        standing = events.c.seq.in_(last.group_by(decided.c.case_id, decided.c.rule))
        reviewed = (events.c.kind == Reviewed.kind) & events.c.case_id.in_(cases)
        return self._events(select(events).where(standing | reviewed).order_by(events.c.seq))

    def deviations_by(self, actor: str, limit: int) -> tuple[Event, ...]:
        """Return what someone recorded last when they deviated, the newest first.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        own = (
            select(events)
            .join(decided, decided.c.seq == events.c.seq)
            .where(events.c.actor == actor)
            .where(decided.c.outcome == DEVIATES)
            .order_by(decided.c.seq.desc())
            .limit(limit)
        )
        return self._events(own)

    def size(self) -> int:
        """Return how many events there are in all cases together."""
        with self._database.reading() as connection:
            return head_of(connection)[0]

    def everything(self) -> tuple[Event, ...]:
        """Return all events of all cases that can be read, oldest first.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        return self._events(select(events).order_by(events.c.seq))

    def courses(self) -> tuple[tuple[Course, ...], tuple[str, ...]]:
        """Return what became of each case that can be read, and the ids of the others.

        They can't be if the key is missing, or if how the case was opened is damaged. The
        last one to change comes first.

        Raises:
            RecordError: a newer Leidraad wrote in the record.
        """
        # Who only reads a case doesn't change it.
        changed = events.c.kind != CaseRead.kind
        totals = (
            select(
                events.c.case_id,
                func.max(case((changed, events.c.seq))).label("last"),
                func.max(case((changed, events.c.at))).label("changed_at"),
                func.sum(case((events.c.kind == Decided.kind, 1), else_=0)).label("decisions"),
                func.sum(case((events.c.kind == Erased.kind, 1), else_=0)).label("erased"),
            )
            .group_by(events.c.case_id)
            .subquery()
        )
        found = (
            select(events, totals.c.changed_at, totals.c.decisions)
            .join(totals, totals.c.case_id == events.c.case_id)
            .where(events.c.kind == CaseOpened.kind, totals.c.erased == 0)
            .order_by(totals.c.last.desc())
        )
        with self._database.reading() as connection:
            rows = {row.seq: row for row in self._look(connection, found)}
            turns = self._look(connection, _of_kind(ProtocolsChosen.kind))
        opened = self._rows.undamaged(tuple(rows.values()))
        read = {event.seq for event in opened}
        unread = tuple(row.case_id for row in rows.values() if row.seq not in read)
        chosen = {
            event.case_id: event.body.protocols
            for event in self._rows.undamaged(turns)
            if isinstance(event.body, ProtocolsChosen)
        }
        courses = [
            Course(
                event,
                rows[event.seq].changed_at,
                rows[event.seq].decisions,
                chosen.get(event.case_id, ()),
            )
            for event in opened
        ]
        return tuple(courses), unread

    def erased(self) -> tuple[str, ...]:
        """Return the cases that were erased, by id."""
        with self._database.reading() as connection:
            return tuple(connection.execute(ERASED).scalars())

    def erasures(self) -> tuple[Event, ...]:
        """Return the events that erased a case, the newest first."""
        return self._events(
            select(events).where(events.c.kind == Erased.kind).order_by(events.c.seq.desc())
        )

    def of_kind(self, kind: str, case_id: str | None = None) -> tuple[Event, ...]:
        """Return every event of a kind that can be read, oldest first.

        Args:
            kind: the kind.
            case_id: the only case to look in; ``None`` looks in all.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        wanted = _of_kind(kind)
        if case_id is not None:
            wanted = wanted.where(events.c.case_id == checked_id(case_id))
        return self._events(wanted)

    def copies_of(self, case_id: str) -> tuple[str, ...]:
        """Return the meetings that hold a copy of a case, by id.

        Raises:
            RecordError: a newer Leidraad prepared one of them.
        """
        with self._database.reading() as connection:
            return self._copies(connection, case_id)

    def _copies(self, connection: Connection, case_id: str) -> tuple[str, ...]:
        """Look for the meetings that hold a copy of a case."""
        prepared = self._rows.found(self._look(connection, _of_kind(MeetingPrepared.kind)))
        return tuple(
            event.case_id
            for event in prepared
            if isinstance(event.body, MeetingPrepared) and event.body.origin == case_id
        )

    def _is_erased(self, connection: Connection, case_id: str) -> bool:
        """Whether a case was erased."""
        return connection.execute(ERASED.where(events.c.case_id == case_id)).first() is not None

    def _events(self, chosen: Select[Any]) -> tuple[Event, ...]:
        """Read chosen events, as far as their key is there."""
        with self._database.reading() as connection:
            rows = self._look(connection, chosen)
        return self._rows.found(rows)

    def _look(self, connection: Connection, chosen: Select[Any]) -> Sequence[Row[Any]]:
        """Return chosen rows; after this nothing is remembered of a case that was erased."""
        self._rows.look(connection)
        return connection.execute(chosen).all()


def _of_kind(kind: str) -> Select[Any]:
    """Select the events of a kind, oldest first."""
    chosen = select(events).where(events.c.kind == kind, events.c.case_id.not_in(ERASED))
    return chosen.order_by(events.c.seq)


def checked_id(case_id: str) -> str:
    """Return the id if a case can have it.

    Raises:
        RecordError: no case can.
    """
    try:
        return _CASE_ID.validate_python(case_id)
    except ValidationError:
        raise NoCaseError(
            case_id,
            f"{case_id!r} kan geen kenmerk van een casus zijn. Gebruik letters, cijfers en "
            "streepjes, hoogstens 60.",
        ) from None


def head_of(connection: Connection) -> tuple[int, str]:
    """Return the place and the hash of the last event; those to begin from if there is none."""
    last = select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)
    row = connection.execute(last).first()
    return (row.seq, row.hash) if row else (0, GENESIS)

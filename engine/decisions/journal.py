"""The events in the database: add one, read those of a case.

What is added can be read back, stands in the right place, and is there once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, case, func, insert, select

from engine.canonical import canonical
from engine.decisions.base import RecordedCaseId
from engine.decisions.database import Database, RecordError
from engine.decisions.events import (
    Body,
    CaseOpened,
    Decided,
    Event,
    ProtocolsChosen,
    read_body,
)
from engine.decisions.seal import Line, Seal, seal_of
from engine.decisions.tables import decided, events

_CASE_ID: TypeAdapter[str] = TypeAdapter(RecordedCaseId)
_MAX_ACTOR = 200
DEVIATES = "afwijken"
"""The outcome of a deviation, as :class:`engine.decisions.model.Deviation` has it."""


class NoCaseError(RecordError):
    """The case is not in the record, or no longer."""


class Check(Protocol):
    """Refuses an event that doesn't fit what happened before, by raising an exception."""

    def __call__(self, history: Sequence[Event], at: datetime) -> None:
        """Look at it under the lock of the writer.

        Args:
            history: what happened in the case so far, oldest first.
            at: the moment of recording, in UTC.
        """


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


class Journal:
    """The events of all cases; threads may share one."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        case_id: str,
        body: Body,
        actor: str,
        key: UUID | None,
        check: Check | None = None,
    ) -> Event:
        """Commit one event, or give back the same one if it is already there.

        Args:
            case_id: the case that it happened in.
            body: what happened.
            actor: who did it.
            key: names the event, so that it can be sent twice and be recorded once.
            check: can still refuse it; not asked when the event is already there.

        Raises:
            RecordError: the event can't be kept or doesn't fit what is there.
        """
        payload = canonical(body.model_dump(mode="json"))
        event_id, actor = key or uuid4(), _checked_actor(actor)
        said = {
            "case_id": _checked_id(case_id),
            "kind": body.kind,
            "actor": actor,
            "schema": body.form,
            "payload": payload,
        }
        body = _as_read(body, payload)
        with self._database.writing() as connection:
            earlier = connection.execute(select(events).where(events.c.id == event_id)).first()
            if earlier is not None:
                return _replayed(earlier, said)
            _check_place(connection, case_id, body)
            at = self._clock().astimezone(UTC)
            if check:
                check(_history(connection, case_id), at)
            seq = (connection.execute(select(func.max(events.c.seq))).scalar() or 0) + 1
            connection.execute(insert(events).values(seq=seq, id=event_id, at=at, **said))
            if isinstance(body, Decided):
                connection.execute(insert(decided).values(seq=seq, **_about(case_id, body)))
        return Event(seq, event_id, case_id, at, actor, body)

    def of_case(self, case_id: str) -> tuple[Event, ...]:
        """Return the events of a case, oldest first.

        Raises:
            RecordError: there is no such case, or a newer Leidraad wrote in it.
        """
        checked = _checked_id(case_id)
        with self._database.reading() as connection:
            found = _history(connection, checked)
        if not found:
            raise _no_case(case_id)
        return found

    def seal(self, case_id: str) -> Seal:
        """Return the seal over the events of a case, from what was written down.

        Raises:
            RecordError: there is no such case.
        """
        checked = _checked_id(case_id)
        own = select(events).where(events.c.case_id == checked).order_by(events.c.seq)
        with self._database.reading() as connection:
            rows = connection.execute(own).all()
        if not rows:
            raise _no_case(case_id)
        return seal_of(
            Line(row.seq, row.id, row.at, row.actor, row.kind, row.schema, row.payload)
            for row in rows
        )

    def deviations_on(self, rule: str, limit: int) -> tuple[Event, ...]:
        """Return the deviations from a rule that stand, the newest first; one for each case.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        last = select(func.max(decided.c.seq)).where(decided.c.rule == rule)
        standing = (
            select(events)
            .join(decided, decided.c.seq == events.c.seq)
            .where(decided.c.seq.in_(last.group_by(decided.c.case_id)))
            .where(decided.c.outcome == DEVIATES)
            .order_by(decided.c.seq.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(_event(row) for row in connection.execute(standing))

    def courses(self) -> tuple[Course, ...]:
        """Return what became of each case; the one that changed last comes first."""
        is_decision = case((events.c.kind == Decided.kind, 1), else_=0)
        totals = (
            select(
                events.c.case_id,
                func.max(events.c.seq).label("last"),
                func.max(events.c.at).label("changed_at"),
                func.sum(is_decision).label("decisions"),
            )
            .group_by(events.c.case_id)
            .subquery()
        )
        found = (
            select(events, totals.c.changed_at, totals.c.decisions)
            .join(totals, totals.c.case_id == events.c.case_id)
            .where(events.c.kind == CaseOpened.kind)
            .order_by(totals.c.last.desc())
        )
        choices = select(events).where(events.c.kind == ProtocolsChosen.kind)
        with self._database.reading() as connection:
            rows = connection.execute(found).all()
            changes = [_event(row) for row in connection.execute(choices.order_by(events.c.seq))]
        chosen = {
            event.case_id: event.body.protocols
            for event in changes
            if isinstance(event.body, ProtocolsChosen)
        }
        return tuple(
            Course(_event(row), row.changed_at, row.decisions, chosen.get(row.case_id, ()))
            for row in rows
        )


def _about(case_id: str, body: Decided) -> dict[str, str]:
    """Return what a decision can be looked up by."""
    decision = body.decision
    return {"case_id": case_id, "rule": decision.advised.rule, "outcome": decision.outcome}


def _as_read(body: Body, payload: str) -> Body:
    """Return the body as it will be read back, so that what can't be never gets in.

    Raises:
        RecordError: it holds something, such as half a character, that can't be kept.
    """
    try:
        return read_body(body.kind, body.form, payload)
    except RecordError as error:
        raise RecordError(
            "In de tekst staat een teken dat Leidraad niet kan bewaren. Typ de tekst opnieuw."
        ) from error


def _checked_id(case_id: str) -> str:
    """Return the id if a case can have it.

    Raises:
        RecordError: no case can.
    """
    try:
        return _CASE_ID.validate_python(case_id)
    except ValidationError:
        raise RecordError(
            f"{case_id!r} kan geen kenmerk van een casus zijn. Gebruik letters, cijfers en "
            "streepjes, hoogstens 60."
        ) from None


def _checked_actor(actor: str) -> str:
    """Return the name without space around it.

    Raises:
        RecordError: it is empty, too long or holds unseen characters.
    """
    actor = actor.strip()
    if not actor or len(actor) > _MAX_ACTOR or not actor.isprintable():
        raise RecordError("Vul in wie dit vastlegt, in hoogstens 200 gewone tekens.")
    return actor


def _check_place(connection: Connection, case_id: str, body: Body) -> None:
    """Check that a case is opened once, and before anything else."""
    known = connection.execute(select(events.c.seq).where(events.c.case_id == case_id)).first()
    if isinstance(body, CaseOpened) and known is not None:
        raise RecordError(f"Er is al een casus met het kenmerk {case_id!r}.")
    if not isinstance(body, CaseOpened) and known is None:
        raise _no_case(case_id)


def _history(connection: Connection, case_id: str) -> tuple[Event, ...]:
    own = select(events).where(events.c.case_id == case_id).order_by(events.c.seq)
    return tuple(_event(row) for row in connection.execute(own))


def _replayed(earlier: Row[Any], said: dict[str, Any]) -> Event:
    """Give back the event that was recorded before under the same key."""
    if any(getattr(earlier, name) != value for name, value in said.items()):
        raise RecordError(
            "Dit is al eerder vastgelegd, met een andere inhoud. Open de casus opnieuw en kijk na "
            "wat er staat."
        )
    return _event(earlier)


def _no_case(case_id: str) -> NoCaseError:
    return NoCaseError(f"Er is geen casus met het kenmerk {case_id!r} in dit dossier.")


def _event(row: Row[Any]) -> Event:
    body = read_body(row.kind, row.schema, row.payload)
    return Event(row.seq, row.id, row.case_id, row.at, row.actor, body)

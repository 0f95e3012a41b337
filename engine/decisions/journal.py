"""The events in the database: add one, or destroy what those of a case can be read with.

What is added can be read back, stands in the right place, and is there once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, Select, delete, insert, select

from engine.canonical import canonical
from engine.decisions.address import RecordError
from engine.decisions.chain import Line, link
from engine.decisions.cipher import Place, decipher, encipher
from engine.decisions.database import Database
from engine.decisions.events import STATE, Body, CaseOpened, Decided, Event, read_body
from engine.decisions.guard import check_private
from engine.decisions.kept_files import KnowledgeFile, keep_files
from engine.decisions.keyring import Key, KeyMissingError, Keyring
from engine.decisions.later import Erased
from engine.decisions.ledger import Ledger, NoCaseError, checked_id, head_of
from engine.decisions.meanwhile import KINDS, ChangedError
from engine.decisions.meeting_events import MeetingBody, MeetingPrepared
from engine.decisions.rows import ERASED, keys_in, place_of
from engine.decisions.tables import decided, events, shared
from engine.decisions.ties import CaseShared, SharingEnded

_MAX_ACTOR = 200


class Check(Protocol):
    """Refuses an event that doesn't fit what happened before, by raising an exception."""

    def __call__(self, history: Sequence[Event], at: datetime) -> None:
        """Look at it under the lock of the writer.

        Args:
            history: what its answers and subjects follow from so far, oldest first, and the
                event that this one is about. Not all that happened in the case: nothing that is
                decided on asks for that, and it can be long.
            at: the moment of recording, in UTC.
        """


class Also(NamedTuple):
    """An event in another stream that is committed together with the first, or not at all."""

    case_id: str
    body: Body
    event_id: UUID


class _Ready(NamedTuple):
    """An event as it will be kept."""

    place: Place
    body: Body
    payload: str


class Follow(Protocol):
    """Says which events belong with one that is being recorded."""

    def __call__(self, history: Sequence[Event]) -> Iterable[Also]:
        """Look at it under the lock of the writer.

        Args:
            history: what happened in the stream, with the event itself last.
        """


class Journal(Ledger):
    """The events of all cases; threads may share one."""

    def __init__(self, database: Database, keyring: Keyring, clock: Callable[[], datetime]) -> None:
        super().__init__(database, keyring)
        self._clock = clock

    def add(
        self,
        case_id: str,
        body: Body,
        actor: str,
        event_id: UUID | None,
        check: Check | None = None,
        *,
        about: UUID | None = None,
        files: Iterable[KnowledgeFile] = (),
        follow: Follow | None = None,
        seen: int | None = None,
    ) -> Event:
        """Commit one event, or give back the same one if it is already there.

        Args:
            case_id: the case that it happened in.
            body: what happened.
            actor: who did it.
            event_id: names the event, so that it can be sent twice and be recorded once.
            check: can still refuse it; not asked when the event is already there.
            about: the earlier event of the case that it is about; the check sees it.
            files: the knowledge that it rests on, kept once.
            follow: says which events in other streams are committed with it.
            seen: the place of the last event of the case that they had seen; then nothing may
                have changed in it since.

        Raises:
            ChangedError: something did.
            RecordError: the event can't be kept or doesn't fit what is there.
            PrivacyError: a text says who someone is, or what they suffer from.
        """
        actor = _checked_actor(actor)
        ready = _ready(Also(case_id, body, event_id or uuid4()))
        with self._database.writing() as connection:
            event, is_new = self._commit(connection, ready, actor, check, about, seen)
            if is_new:
                keep_files(connection, files)
                others: Iterable[Also] = ()
                if isinstance(body, Erased):
                    # What was copied from it is no less about the client.
                    others = [Also(one, body, uuid4()) for one in self._copies(connection, case_id)]
                elif follow is not None:
                    now = self._look(connection, _before(case_id, body, None))
                    others = follow(self._rows.events(now))
                for other in others:
                    self._commit(connection, _ready(other), actor)
        return event

    def _commit(
        self,
        connection: Connection,
        ready: _Ready,
        actor: str,
        check: Check | None = None,
        about: UUID | None = None,
        seen: int | None = None,
    ) -> tuple[Event, bool]:
        """Put one event in the transaction, or find it there; say whether it is new."""
        place, body, payload = ready
        case_id = place.case
        past = self._look(connection, _before(case_id, body, about))
        if past and past[-1].kind == Erased.kind:
            raise RecordError("De inhoud van deze casus is gewist. Er kan niets meer bij.")
        earlier = connection.execute(select(events).where(events.c.id == place.id)).first()
        if earlier is not None:
            return self._replayed(earlier, place, actor, payload), False
        if isinstance(body, MeetingPrepared) and self._is_erased(connection, body.origin):
            raise NoCaseError(body.origin)
        key = self._key_for(case_id, body, past)
        at = self._clock().astimezone(UTC)
        if seen is not None and connection.execute(_newer(case_id, seen)).first():
            raise ChangedError
        if check:
            check(self._rows.events(past), at)
        stored = encipher(key, place, payload) if key else payload
        last, head = head_of(connection)
        line = Line(last + 1, *place, at, actor, stored)
        connection.execute(insert(events).values(_row(line, link(head, line))))
        if isinstance(body, Decided):
            lookup = self._lookup(case_id, body)
            connection.execute(insert(decided).values(seq=line.seq, **lookup))
        if isinstance(body, Erased):
            connection.execute(delete(decided).where(decided.c.case_id == case_id))
            connection.execute(delete(shared).where(shared.c.case_id == case_id))
        if isinstance(body, CaseShared | SharingEnded):
            _keep_sharing(connection, case_id, body)
        return Event(line.seq, place.id, case_id, at, actor, body), True

    def destroy_keys(self, streams: Sequence[str] | None = None) -> None:
        """Destroy the keys of what was erased: of some cases and meetings, or of all that were.

        Done again whenever the record is opened, because a crash can come in between, and because
        a key can come back with a copy of the keys that someone put back.

        Raises:
            KeyLeftError: a key is gone, but its bytes can still be on the disk.
            RecordError: the record can't be read, or a key can't be destroyed.
        """
        erased = ERASED if streams is None else ERASED.where(events.c.case_id.in_(streams))
        found = select(events.c.payload).where(events.c.case_id.in_(erased))
        with self._database.reading() as connection:
            names = keys_in(connection.execute(found))
        self._keyring.destroy(names)

    def _replayed(self, earlier: Row[Any], place: Place, actor: str, payload: str) -> Event:
        """Give back the event that was recorded before under the same key."""
        same = place_of(earlier) == place and earlier.actor == actor
        keys = self._keyring.fetch(keys_in([earlier])) if same else {}
        if not same or decipher(keys, place, earlier.payload) != payload:
            raise RecordError(
                "Dit is al eerder vastgelegd, met een andere inhoud. Open de casus opnieuw en kijk "
                "na wat er staat."
            )
        return self._rows.events([earlier])[0]

    def _key_for(self, case_id: str, body: Body, past: Sequence[Row[Any]]) -> Key | None:
        """Return the key for an event, after a look whether the event has a place in the case.

        Raises:
            RecordError: the case is opened twice, there is no such case, or the event belongs in
                a stream of another sort.
            KeyMissingError: the key of the case isn't there.
        """
        if isinstance(body, CaseOpened | MeetingPrepared):
            if past:
                raise RecordError(f"Er is al een casus met het kenmerk {case_id!r}.")
            return self._keyring.make()
        if not past:
            raise NoCaseError(case_id)
        if isinstance(body, Erased):
            return None
        if (past[0].kind == MeetingPrepared.kind) is not isinstance(body, MeetingBody):
            raise NoCaseError(case_id)
        found = tuple(self._keyring.fetch(keys_in(past[:1])).values())
        if not found:
            raise KeyMissingError
        return found[0]

    def _lookup(self, case_id: str, body: Decided) -> dict[str, str]:
        """Return what a decision can be looked up by."""
        decision = body.decision
        rule = self._keyring.blind(decision.advised.rule)
        return {"case_id": case_id, "rule": rule, "outcome": decision.outcome}


def _ready(wanted: Also) -> _Ready:
    """Return an event as it will be kept, after a look at what it says.

    Raises:
        RecordError: it can't be kept.
        PrivacyError: a text says who someone is, or what they suffer from.
    """
    body = wanted.body
    check_private(body)
    payload = canonical(body.model_dump(mode="json"))
    place = Place(wanted.event_id, checked_id(wanted.case_id), body.kind, body.form)
    return _Ready(place, _as_read(body, payload), payload)


def _before(case_id: str, body: Body, about: UUID | None) -> Select[Any]:
    """Select what an event must fit: what the case stands at, and the event that it is about."""
    own = select(events).where(events.c.case_id == case_id).order_by(events.c.seq)
    if isinstance(body, MeetingBody):  # all that happens in a meeting makes it what it is
        return own
    kinds = events.c.kind.in_((*STATE, MeetingPrepared.kind, Erased.kind))
    return own.where(kinds | (events.c.id == about))


def _newer(case_id: str, seen: int) -> Select[Any]:
    """Select what changed a case after the event at a place."""
    later = events.c.case_id == case_id, events.c.seq > seen, events.c.kind.in_(KINDS)
    return select(events.c.seq).where(*later).limit(1)


def _row(line: Line, made: str) -> dict[str, Any]:
    """Return a line as a row of the table."""
    said = line._asdict()
    return said | {"case_id": said.pop("case"), "schema": said.pop("form"), "hash": made}


def _keep_sharing(connection: Connection, case_id: str, body: CaseShared | SharingEnded) -> None:
    """Keep with whom a case is shared, so that it can be looked up."""
    row = {"case_id": case_id, "kind": str(body.party), "name": body.name}
    connection.execute(delete(shared).filter_by(**row))
    if isinstance(body, CaseShared):
        connection.execute(insert(shared).values(**row))


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


def _checked_actor(actor: str) -> str:
    """Return the name without space around it.

    Raises:
        RecordError: it is empty, too long or holds unseen characters.
    """
    actor = actor.strip()
    if not actor or len(actor) > _MAX_ACTOR or not actor.isprintable():
        raise RecordError("Vul in wie dit vastlegt, in hoogstens 200 gewone tekens.")
    return actor

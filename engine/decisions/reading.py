"""Reads the record: the cases, what happened in them, and whether the chain is whole."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self
from uuid import UUID

from sqlalchemy import Select

from engine.decisions.address import RecordError, default_keys, default_url, read_url
from engine.decisions.chain import Seal
from engine.decisions.database import Database
from engine.decisions.events import CaseOpened, Decided, Event
from engine.decisions.inspecting import Inspected, inspect
from engine.decisions.journal import Journal
from engine.decisions.keyring import KeyLeftError, Keyring, master_key
from engine.decisions.ledger import NoCaseError
from engine.decisions.meeting_events import MeetingPrepared
from engine.decisions.meetings import Meetings
from engine.decisions.own_keys import prepare
from engine.decisions.preferences import read_preference
from engine.decisions.redo import Replayed, redo
from engine.decisions.register import Register
from engine.decisions.sharing import Sharing
from engine.decisions.verifying import Verified, verify
from engine.decisions.views import (
    CaseSummary,
    StoredCase,
    StoredDecision,
    decisions_among,
    unless_erased,
)
from engine.library import Knowledge

_LOG = logging.getLogger(__name__)


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


class Reader:
    """The record of all cases, to be read; threads may share one.

    It does what it is told. What one person may do is up to
    :class:`engine.decisions.access.Access`, which the app uses in its place.

    Attributes:
        people: who has been here, with which roles.
        sharing: whose each case is, and with whom it is shared.
        meetings: the meetings in which a group judges a case.
    """

    def __init__(self, database: Database, keyring: Keyring, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keyring = keyring
        self._journal = Journal(database, keyring, clock)
        self.people = Register(database, clock)
        self.sharing = Sharing(database, self._journal)
        self.meetings = Meetings(self._journal)

    @classmethod
    def open(
        cls,
        url: str | None = None,
        *,
        keys: str | None = None,
        clock: Callable[[], datetime] = now,
    ) -> Self:
        """Open the record; its folder and tables are made or brought up to date.

        Args:
            url: ``sqlite:///...`` or ``postgresql://...``; by default
                :func:`engine.decisions.address.default_url`.
            keys: where its keys are; by default :func:`engine.decisions.address.default_keys`.
            clock: gives the present moment, with a time zone.

        Raises:
            RecordError: it can't be reached or written, or is from a newer Leidraad.
        """
        address = url or default_url()
        keys = keys or default_keys(address)
        if read_url(keys) == read_url(address):
            raise RecordError(
                "Het dossier en de sleutels staan op hetzelfde adres. Dan beschermt versleutelen "
                "niets. Zet de sleutels met LEIDRAAD_SLEUTELS in een andere database."
            )
        keyring = Keyring(keys, master_key())
        with ExitStack() as undo:
            undo.callback(keyring.close)
            database = Database(address, partial(prepare, keyring=keyring))
            undo.callback(database.close)
            opened = cls(database, keyring, clock)
            try:
                opened._journal.destroy_keys()
            except KeyLeftError as error:
                # Nothing can be read with it any more; it is tried again at the next start.
                _LOG.warning("A key may be left on the disk: %s", error)
            undo.pop_all()
        return opened

    def close(self) -> None:
        """Let go of the database and the keys."""
        self._database.close()
        self._keyring.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def preference(self, actor: str, name: str) -> str | None:
        """Return how someone likes to work in one respect; ``None`` if they never said.

        Raises:
            RecordError: the record can't be read.
        """
        return read_preference(self._database, actor, name)

    def names(self) -> dict[str, str]:
        """Return the name of everyone who has been here, by the id that events have.

        Raises:
            RecordError: the record can't be read.
        """
        return self.people.names()

    def cases(self) -> tuple[CaseSummary, ...]:
        """Return all cases that can be read, the one that changed last first."""
        return self.listed()[0]

    def listed(self) -> tuple[tuple[CaseSummary, ...], tuple[str, ...]]:
        """Return all cases that can be read, and the ids of those that can't be.

        Raises:
            RecordError: the record can't be read, or a newer Leidraad wrote in it.
        """
        courses, unread = self._journal.courses()
        return tuple(
            CaseSummary.of(course.opened.body, course)
            for course in courses
            if isinstance(course.opened.body, CaseOpened)
        ), unread

    def load_case(self, case_id: str, knowledge: Knowledge) -> StoredCase:
        """Add up the events of a case.

        Raises:
            RecordError: there is no such case, or it was erased.
        """
        return StoredCase.of(self.history(case_id), knowledge)

    def history(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened in a case, oldest first; of an erased one only that.

        Raises:
            RecordError: there is no such case; a meeting is none.
        """
        found = self._journal.of_case(case_id)
        if isinstance(found[0].body, MeetingPrepared):
            raise NoCaseError(case_id)
        return found

    def disclosed(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened in a case, for the client to see.

        Raises:
            RecordError: there is no such case, or it was erased.
        """
        history = self.history(case_id)
        unless_erased(history)
        return history

    def seal(self, case_id: str) -> Seal:
        """Return the seal over everything that happened in a case.

        Raises:
            RecordError: there is no such case.
        """
        return self._journal.seal(case_id)

    def decisions(self, case_id: str) -> tuple[StoredDecision, ...]:
        """Return the decisions in a case, oldest first.

        Raises:
            RecordError: there is no such case.
        """
        return decisions_among(self.history(case_id))

    def deviations_on(
        self, rule: str, limit: int = 5, cases: Select[tuple[str]] | None = None
    ) -> tuple[StoredDecision, ...]:
        """Return the deviations from a rule in all cases that stand, the newest first.

        Of each case only the last decision on the rule counts: who deviated first and followed
        the advice later, no longer deviates.

        The rule, case and outcome of every decision stand in a table with an index on the rule
        (``decided``), so this reads that index and the few events that are given back, and not
        the payloads of all others: 10 ms where 100,000 decisions are kept, 20,000 on this rule.

        Args:
            rule: the rule, by id.
            limit: how many to give back at most.
            cases: selects the ids of the cases to look in; all of them if not given.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        return tuple(
            StoredDecision.of(event, event.body)
            for event in self._journal.deviations_on(rule, limit, cases)
            if isinstance(event.body, Decided)
        )

    def erased(self) -> tuple[str, ...]:
        """Return the cases that were erased, by id.

        Raises:
            RecordError: the record can't be read.
        """
        return self._journal.erased()

    def erasures(self) -> tuple[Event, ...]:
        """Return the events that erased a case, the newest first.

        Raises:
            RecordError: the record can't be read.
        """
        return self._journal.erasures()

    def erasure(self, case_id: str) -> Event | None:
        """Return the event that erased a case; ``None`` if it wasn't erased, or isn't there.

        Raises:
            RecordError: the record can't be read.
        """
        return self._journal.erasure(case_id)

    def outcomes(self, cases: Select[tuple[str]]) -> tuple[Event, ...]:
        """Return the decisions that stand and the looks back on them, oldest first.

        Args:
            cases: selects the ids of the cases to look in.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        return self._journal.outcomes(cases)

    def deviations_by(self, actor: str, limit: int = 200) -> tuple[StoredDecision, ...]:
        """Return the last deviations that someone recorded, the newest first.

        Args:
            actor: who recorded them.
            limit: how many to give back at most.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        return tuple(
            StoredDecision.of(event, event.body)
            for event in self._journal.deviations_by(actor, limit)
            if isinstance(event.body, Decided)
        )

    def size(self) -> int:
        """Return how many events there are.

        Raises:
            RecordError: the record can't be read.
        """
        return self._journal.size()

    def everything(self) -> tuple[Event, ...]:
        """Return all events of all cases, oldest first.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        return self._journal.everything()

    def replay(self, case_id: str, event: UUID, knowledge: Knowledge | None = None) -> Replayed:
        """Do the consultation again that an event rests on, with the knowledge of then.

        Args:
            case_id: the case.
            event: the id of a decision, or of a note that was made.
            knowledge: to take files from that weren't kept, as far as they are still the same.

        Raises:
            RecordError: there is no such event, nothing was consulted then, or a file of the
                knowledge is gone, and which.
        """
        return redo(self._database, self.history(case_id), event, knowledge)

    def verify(self, seal: str | None = None) -> Verified:
        """Prove the chain of the whole record; nothing needs to be deciphered for it.

        Args:
            seal: a hash, from a note, that should be somewhere in the chain.

        Raises:
            RecordError: the record can't be read.
        """
        return verify(self._database, seal)

    def inspect(self) -> Inspected:
        """Hold all that is kept to what the events say; this needs the keys.

        Raises:
            RecordError: the record or the keys can't be read.
        """
        return inspect(self._database, self._keyring)

"""Whose a case is, with whom it is shared, and who else looked into it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select, tuple_, union

from engine.decisions.database import Database
from engine.decisions.events import CaseOpened, Event
from engine.decisions.journal import Journal
from engine.decisions.people import PROGRAM, Actor, Party, PartyKind
from engine.decisions.rights import Tie
from engine.decisions.tables import events, shared
from engine.decisions.ties import CaseRead, CaseShared, SharingEnded


class Sharing:
    """The ties between people and cases; threads may share one."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def share(self, case_id: str, party: Party, *, actor: str, key: UUID | None = None) -> Event:
        """Record that a case is shared from now on.

        Raises:
            RecordError: there is no such case.
        """
        body = CaseShared(party=party.kind, name=party.name)
        return self._journal.add(case_id, body, actor, key)

    def end(self, case_id: str, party: Party, *, actor: str, key: UUID | None = None) -> Event:
        """Record that a case is no longer shared from now on.

        Raises:
            RecordError: there is no such case.
        """
        body = SharingEnded(party=party.kind, name=party.name)
        return self._journal.add(case_id, body, actor, key)

    def read(self, case_id: str, actor: Actor, key: UUID) -> None:
        """Record that someone looks into a case that isn't theirs; once for each key.

        Raises:
            RecordError: there is no such case, or this can't be recorded.
        """
        # Looked up first, because every look at the page comes here and writers take turns.
        if not self._journal.has(key):
            body = CaseRead(roles=tuple(sorted(actor.roles)))
            self._journal.add(case_id, body, actor.id, key)

    def shared_with(self, case_id: str) -> tuple[Party, ...]:
        """Return with whom a case is shared now."""
        wanted = select(shared.c.kind, shared.c.name).where(shared.c.case_id == case_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
            return tuple(sorted(Party(PartyKind(row.kind), row.name) for row in rows))

    def tie(self, case_id: str, actor: Actor) -> Tie:
        """Say what a case is to someone.

        Raises:
            RecordError: there is no such case.
        """
        opener = self._journal.opened_by(case_id)
        known = case_id in self.cases_shared_with(actor)
        return self.tie_of(opener, actor, shared=known)

    @staticmethod
    def tie_of(opened_by: str, actor: Actor, *, shared: bool) -> Tie:
        """Say what a case is to someone, from who opened it and whether it is shared with them."""
        if opened_by == PROGRAM:
            return Tie.EXAMPLE
        if actor.alone or opened_by == actor.id:
            return Tie.OWN
        return Tie.SHARED if shared else Tie.OTHER

    def cases_shared_with(self, actor: Actor) -> frozenset[str]:
        """Return the ids of all cases that are shared with someone, or with a team of theirs."""
        with self._database.reading() as connection:
            return frozenset(row.case_id for row in connection.execute(_shared_with(actor)))

    def visible_to(self, actor: Actor) -> Select[tuple[str]]:
        """Select the ids of the cases that are someone's own, shared with them, or examples."""
        openings = select(events.c.case_id).where(events.c.kind == CaseOpened.kind)
        if actor.alone:
            return openings
        examples = openings.where(events.c.actor == PROGRAM)
        known = union(examples, self.worked_on_by(actor)).subquery()
        return select(known.c.case_id)

    def worked_on_by(self, actor: Actor) -> Select[tuple[str]]:
        """Select the ids of the cases that are someone's own or shared with them."""
        openings = select(events.c.case_id).where(
            events.c.kind == CaseOpened.kind, events.c.actor != PROGRAM
        )
        if actor.alone:
            return openings
        known = union(openings.where(events.c.actor == actor.id), _shared_with(actor)).subquery()
        return select(known.c.case_id)


def _shared_with(actor: Actor) -> Select[tuple[str]]:
    parties = [(str(party.kind), party.name) for party in actor.parties]
    mine = tuple_(shared.c.kind, shared.c.name).in_(parties)
    return select(shared.c.case_id).where(mine)

"""The record as one person may read it: every look asks first whether they may.

:class:`engine.decisions.access.Access` adds what they may record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID, uuid5

from engine.decisions.address import RecordError
from engine.decisions.chain import Seal
from engine.decisions.events import Event
from engine.decisions.learning import Learned, learn
from engine.decisions.ledger import NoCaseError
from engine.decisions.people import Actor, Login, Party, PartyKind
from engine.decisions.rights import (
    Act,
    Tie,
    may,
    may_design,
    may_open,
    may_screen,
    may_somewhere,
    may_try_screening,
)
from engine.decisions.store import Record
from engine.decisions.views import CaseSummary, Due, StoredCase, StoredDecision, due_in
from engine.library import Knowledge


class AccessError(RecordError):
    """Someone may not do this; the message is Dutch, for them. Nothing was recorded."""


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases that someone may see, the one that changed last first in each group.

    Attributes:
        unread: those that can't be read, by id: a key is missing or something is damaged.
    """

    own: tuple[CaseSummary, ...]
    shared: tuple[CaseSummary, ...]
    others: tuple[CaseSummary, ...]
    examples: tuple[CaseSummary, ...]
    unread: tuple[str, ...] = ()


class Looking:
    """The record for one person in one session, to be read."""

    def __init__(self, record: Record, actor: Actor, session: UUID) -> None:
        """Take the place of the record.

        Args:
            record: what is kept.
            actor: who works with it, as they showed who they are; never from what they sent.
            session: names the session; a look into someone else's case is recorded once in it.
        """
        self._record = record
        self._session = session
        self.actor = actor

    def tie(self, case_id: str) -> Tie:
        """Say what a case is to this person.

        Raises:
            RecordError: there is no such case, or none that they may know of.
        """
        tie = self._record.sharing.tie(case_id, self.actor)
        if not may(self.actor, Act.READ, tie):
            raise NoCaseError(case_id)
        return tie

    def sees(self, case_id: str) -> bool:
        """Say whether there is such a case for this person; an address can name any."""
        try:
            self.tie(case_id)
        except NoCaseError:
            return False
        return True

    def acts(self, case_id: str) -> frozenset[Act]:
        """Return what this person may do in a case, so that a page can leave out the rest."""
        tie = self.tie(case_id)
        return frozenset(act for act in Act if may(self.actor, act, tie))

    def can(self, act: Act, case_id: str) -> bool:
        """Say whether this person may do this in a case."""
        return act in self.acts(case_id)

    @property
    def can_open(self) -> bool:
        """Whether this person may begin a case."""
        return may_open(self.actor)

    @property
    def can_design(self) -> bool:
        """Whether this person may work on a next version of a protocol."""
        return may_design(self.actor)

    @property
    def can_screen(self) -> bool:
        """Whether this person may have a whole file of clients looked at."""
        return may_screen(self.actor)

    @property
    def can_try_screening(self) -> bool:
        """Whether this person may see how that goes, with a file that was made up."""
        return may_try_screening(self.actor)

    @property
    def keeps_terms(self) -> bool:
        """Whether this person may see for how long cases are kept."""
        return may_somewhere(self.actor, Act.RETENTION)

    def cases(self) -> CaseList:
        """Return the cases that this person may read.

        What someone typed in a case that isn't theirs is left out: reading that is a look into it.
        """
        cases, unread = self._record.listed()
        groups = self._by_tie(Act.READ, cases)
        return CaseList(
            own=groups[Tie.OWN],
            shared=groups[Tie.SHARED],
            others=tuple(case.named_only() for case in groups[Tie.OTHER]),
            examples=groups[Tie.EXAMPLE],
            unread=tuple(case_id for case_id in unread if self.sees(case_id)),
        )

    def retained(self) -> tuple[CaseSummary, ...]:
        """Return the cases of which this person may see for how long they are kept."""
        groups = self._by_tie(Act.RETENTION, self._record.cases())
        return tuple(case for tie in Tie for case in groups[tie])

    def erasures(self) -> tuple[Event, ...]:
        """Return which cases were erased, by whom and why, the newest first."""
        return self._record.erasures() if self.keeps_terms else ()

    def _by_tie(self, act: Act, cases: Iterable[CaseSummary]) -> dict[Tie, tuple[CaseSummary, ...]]:
        """Return the cases in which this person may do this, by what they are to them."""
        groups: dict[Tie, list[CaseSummary]] = {tie: [] for tie in Tie}
        sharing = self._record.sharing
        known = sharing.cases_shared_with(self.actor)
        for case in cases:
            tie = sharing.tie_of(case.opened_by, self.actor, shared=case.id in known)
            if may(self.actor, act, tie):
                groups[tie].append(case)
        return {tie: tuple(cases) for tie, cases in groups.items()}

    def due(self, today: date) -> tuple[Due, ...]:
        """Return the decisions that this person should look back on, the longest due first.

        They are those in the cases that are theirs or are shared with them.

        Args:
            today: the day it is.

        Raises:
            RecordError: the record can't be read.
        """
        if not may(self.actor, Act.REVIEW, Tie.SHARED):
            return ()
        cases = self._record.sharing.worked_on_by(self.actor)
        return due_in(self._record.outcomes(cases), today)

    def disclosed(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened in a case, for the client; see :meth:`Record.disclosed`.

        Raises:
            RecordError: there is no such case for them, or they may not.
        """
        if not self.can(Act.DISCLOSE, case_id):
            raise AccessError("U mag van deze casus geen overzicht voor de cliënt maken.")
        self._look_into(case_id)
        return self._record.disclosed(case_id)

    def load_case(self, case_id: str, knowledge: Knowledge) -> StoredCase:
        """Return a case as its events add up to; see :meth:`Record.load_case`."""
        self._look_into(case_id)
        return self._record.load_case(case_id, knowledge)

    def history(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened in a case; see :meth:`Record.history`."""
        self._look_into(case_id)
        return self._record.history(case_id)

    def decisions(self, case_id: str) -> tuple[StoredDecision, ...]:
        """Return the decisions in a case; see :meth:`Record.decisions`."""
        self._look_into(case_id)
        return self._record.decisions(case_id)

    def seal(self, case_id: str) -> Seal:
        """Return the seal of a case; see :meth:`Record.seal`."""
        self._look_into(case_id)
        return self._record.seal(case_id)

    def deviations_on(self, rule: str, limit: int = 5) -> tuple[StoredDecision, ...]:
        """Return the last deviations from a rule, in the cases that are theirs or are shared.

        See :meth:`Record.deviations_on`.
        """
        visible = self._record.sharing.visible_to(self.actor) if self.actor.roles else None
        return () if visible is None else self._record.deviations_on(rule, limit, visible)

    def own_deviations(self) -> tuple[StoredDecision, ...]:
        """Return the last deviations that this person recorded, the newest first."""
        return self._record.deviations_by(self.actor.id)

    def learned(self) -> Learned:
        """Return what the whole team can learn: figures that say nothing about one case or person.

        Raises:
            RecordError: the record can't be read.
        """
        return learn(self._record.everything() if self.actor.roles else ())

    def size(self) -> int:
        """Return how many events there are in all cases together."""
        return self._record.size()

    def shared_with(self, case_id: str) -> tuple[Party, ...]:
        """Return with whom a case is shared now."""
        self._look_into(case_id)
        return self._record.sharing.shared_with(case_id)

    def parties(self) -> dict[Party, str]:
        """Return with whom this person can share a case, and how users know them."""
        myself = Party(PartyKind.PERSON, self.actor.id)
        found = self._record.people.parties() if self.actor.roles else {}
        return {party: name for party, name in found.items() if party != myself}

    def names(self) -> Mapping[str, str]:
        """Return the names of everyone who has been here, by id; a guest needs none of them."""
        return self._record.people.names() if self.actor.roles else {}

    def preference(self, name: str) -> str | None:
        """Return how this person likes to work in one respect."""
        return self._record.preference(self.actor.id, name)

    def _look_into(self, case_id: str) -> None:
        """Let someone read a case; of one that isn't theirs it is recorded that they did.

        Raises:
            RecordError: there is no such case for them.
        """
        if self.tie(case_id) is Tie.OTHER:
            self.need_login()
            key = uuid5(self._session, f"{self.actor.id}\n{case_id}")
            self._record.sharing.read(case_id, self.actor, key)

    def renewed(self, now: float) -> Self:
        """Return the record for the same person as they are now.

        For what is made after the page was drawn, where no login can be read: the login may have
        ended since, and a role may be gone.

        Args:
            now: the moment, in seconds of Unix time.

        Raises:
            AccessError: they may do nothing any more.
            RecordError: the record can't be read.
        """
        if self.actor.login in (Login.LOCAL, Login.GUEST):  # nothing that can end
            return self
        known = self._record.people.find(self.actor.id)
        login = Login.VALID if now < self.actor.until else Login.EXPIRED
        roles = known.roles if known else frozenset()
        teams = known.teams if known else frozenset()
        actor = replace(self.actor, roles=roles, teams=teams, login=login)
        fresh = type(self)(self._record, actor, self._session)
        fresh.need_login()
        return fresh

    def need_login(self) -> None:
        """Refuse to record anything for who is no longer logged in.

        Raises:
            AccessError: the login has come to its end.
        """
        if self.actor.login is Login.EXPIRED:
            raise AccessError(
                "Uw aanmelding is verlopen. Er is niets vastgelegd. Kopieer wat u wilt bewaren en "
                "meld u opnieuw aan."
            )

"""The record: what happened in each case, kept as events that are only ever added.

The state of a case is what its events add up to. Every method that writes commits one event, or
none. A write with a ``key`` can be sent again: the second time gives back what is there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from pydantic import ValidationError

from engine.case import Case, difference, facts_of
from engine.consult import Consultation
from engine.decisions.database import Database, RecordError, default_url
from engine.decisions.events import (
    CaseOpened,
    Decided,
    Event,
    FactsRecorded,
    Needed,
    ProtocolsChosen,
)
from engine.decisions.facts import apply
from engine.decisions.journal import Journal
from engine.decisions.judging import judge
from engine.decisions.making import check_against, read_decision
from engine.decisions.model import Decision
from engine.decisions.preferences import keep_preference, read_preference
from engine.decisions.replay import (
    check_answers,
    check_day,
    check_protocols,
    frame,
    protocols_of,
    standing,
)
from engine.decisions.seal import Seal
from engine.decisions.views import CaseSummary, StoredCase, StoredDecision
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the characters that are mistaken for each other when read aloud or copied."""


def new_case_id() -> str:
    """Return a random pseudonym for a case, such as ``c-7kq2m9xw4d``."""
    return "c-" + "".join(secrets.choice(_ALPHABET) for _ in range(10))


def _now() -> datetime:
    return datetime.now(UTC)


class Record:
    """The record of all cases; threads may share one."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._journal = Journal(database, clock)

    @classmethod
    def open(cls, url: str | None = None, *, clock: Callable[[], datetime] = _now) -> Self:
        """Open the record; its folder and tables are made or brought up to date.

        Args:
            url: ``sqlite:///...`` or ``postgresql://...``; by default
                :func:`engine.decisions.database.default_url`.
            clock: gives the present moment, with a time zone.

        Raises:
            RecordError: it can't be reached or written, or is from a newer Leidraad.
        """
        return cls(Database(url or default_url()), clock)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open_case(
        self,
        case: Case,
        *,
        title: str,
        story: str,
        actor: str,
        example: bool = False,
        key: UUID | None = None,
    ) -> Event:
        """Open a case with the answers that it has.

        Raises:
            RecordError: there already is a case with this id, the title is empty or a text is
                too long.
        """
        try:
            body = CaseOpened(
                title=title,
                story=story,
                authority=case.authority,
                protocols=case.protocols,
                reference_date=case.reference_date,
                example=example,
                facts=facts_of(case),
            )
        except ValidationError as error:
            raise RecordError(
                f"Geef de casus een titel van hoogstens {TITLE_LENGTH} tekens en een verhaal van "
                "hoogstens 4000 tekens."
            ) from error
        return self._journal.add(case.id, body, actor, key)

    def save_facts(
        self, before: Case, after: Case, *, actor: str, key: UUID | None = None
    ) -> Event | None:
        """Record the answers that changed; nothing when none did.

        Raises:
            RecordError: there is no such case, or something other than answers changed.
        """
        if frame(before) != frame(after):
            raise RecordError("Alleen de antwoorden van een casus kunnen veranderen.")
        changes = difference(before, after)
        return (
            self._journal.add(after.id, FactsRecorded(facts=changes), actor, key)
            if changes
            else None
        )

    def choose_protocols(
        self,
        case_id: str,
        protocols: Sequence[str],
        *,
        actor: str,
        key: UUID | None = None,
    ) -> Event:
        """Record what the case is about from now on; earlier answers and decisions stay.

        Raises:
            RecordError: there is no such case, or no protocol is left.
        """
        if not protocols:
            raise RecordError("Een casus gaat over minstens een protocol.")
        body = ProtocolsChosen(protocols=tuple(dict.fromkeys(protocols)))
        return self._journal.add(case_id, body, actor, key)

    def decide(
        self,
        decision: Decision,
        consultation: Consultation,
        *,
        actor: str,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
        needed: Sequence[Needed] = (),
    ) -> StoredDecision:
        """Record a decision with the receipt of the consultation that it rests on.

        Args:
            decision: what was decided.
            consultation: what it was decided on.
            actor: who records it.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers are no part of the case any more because they
                no longer fit; without it every recorded answer counts.
            needed: what the protocol would have needed to advise what was decided instead.

        Raises:
            DecisionError: it is incomplete, is dated after today, or isn't about this
                consultation; or the answers have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        checked = read_decision(decision.model_dump_json())
        check_against(checked, consultation)
        body = Decided(
            decision=checked, receipt=consultation.receipt.as_json(), needed=tuple(needed)
        )

        def check(history: Sequence[Event], at: datetime) -> None:
            check_day(checked, at)
            check_protocols(consultation.case, history)
            check_answers(consultation.case, history, knowledge)

        event = self._journal.add(consultation.case.id, body, actor, key, check)
        return StoredDecision.of(event, body)

    def judge(
        self,
        consultation: Consultation,
        *,
        actions: Sequence[str],
        other: str = "",
        why: str = "",
        actor: str,
        key: UUID | None = None,
        knowledge: Knowledge | None = None,
    ) -> Event:
        """Record what someone would do in a case, by their own judgement.

        Args:
            consultation: the case as they saw it.
            actions: the actions that they would take, by id.
            other: what they would do that is no action of the protocols.
            why: why, in a line.
            actor: whose judgement it is.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers no longer fit, as with :meth:`decide`.

        Raises:
            DecisionError: it says nothing, is too long or names an action that the protocols
                don't know; or the answers or the protocols have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        body = judge(consultation, actions, other, why)

        def check(history: Sequence[Event], at: datetime) -> None:
            check_protocols(consultation.case, history)
            check_answers(consultation.case, history, knowledge)

        return self._journal.add(consultation.case.id, body, actor, key, check)

    def preference(self, actor: str, name: str) -> str | None:
        """Return how someone likes to work in one respect; ``None`` if they never said.

        Raises:
            RecordError: the record can't be read.
        """
        return read_preference(self._database, actor, name)

    def prefer(self, actor: str, name: str, value: str) -> None:
        """Keep how someone likes to work from now on; this is no event.

        Raises:
            RecordError: the record can't be written.
        """
        keep_preference(self._database, actor, name, value)

    def cases(self) -> tuple[CaseSummary, ...]:
        """Return all cases, the one that changed last first."""
        return tuple(
            CaseSummary.of(course.opened.body, course)
            for course in self._journal.courses()
            if isinstance(course.opened.body, CaseOpened)
        )

    def load_case(self, case_id: str, knowledge: Knowledge) -> StoredCase:
        """Add up the events of a case.

        Raises:
            RecordError: there is no such case.
        """
        history = self.history(case_id)
        opened = next((event.body for event in history if isinstance(event.body, CaseOpened)), None)
        if opened is None:
            raise RecordError(f"Het dossier van casus {case_id!r} heeft geen begin.")
        empty = Case(case_id, opened.reference_date, opened.authority, protocols_of(history))
        loaded, dropped = apply(empty, knowledge, standing(history))
        return StoredCase(loaded, opened.title, opened.story, opened.example, tuple(dropped))

    def history(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened in a case, oldest first.

        Raises:
            RecordError: there is no such case.
        """
        return self._journal.of_case(case_id)

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
        return tuple(
            StoredDecision.of(event, event.body)
            for event in self.history(case_id)
            if isinstance(event.body, Decided)
        )

    def deviations_on(self, rule: str, limit: int = 5) -> tuple[StoredDecision, ...]:
        """Return the deviations from a rule in all cases that stand, the newest first.

        Of each case only the last decision on the rule counts: who deviated first and followed
        the advice later, no longer deviates.

        The rule, case and outcome of every decision stand in a table with an index on the rule
        (``decided``), so this reads that index and the few events that are given back, and not
        the payloads of all others: 10 ms where 100,000 decisions are kept, 20,000 on this rule.

        Args:
            rule: the rule, by id.
            limit: how many to give back at most.

        Raises:
            RecordError: a newer Leidraad wrote one of them.
        """
        return tuple(
            StoredDecision.of(event, event.body)
            for event in self._journal.deviations_on(rule, limit)
            if isinstance(event.body, Decided)
        )

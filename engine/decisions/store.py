"""The record: what happened in each case, kept as events that are only ever added.

The state of a case is what its events add up to. Every method that writes commits one event, or
none. A write with a ``key`` can be sent again: the second time gives back what is there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from engine.case import Case
from engine.consult import Consultation
from engine.decisions.base import DecisionError
from engine.decisions.database import Database, RecordError, default_url
from engine.decisions.events import (
    CaseOpened,
    Decided,
    Event,
    FactsRecorded,
    ProtocolsChosen,
)
from engine.decisions.facts import apply, difference, equal, facts_of
from engine.decisions.journal import Journal
from engine.decisions.making import check_against, read_decision
from engine.decisions.model import Decision
from engine.decisions.views import CaseSummary, StoredCase, StoredDecision
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the characters that are mistaken for each other when read aloud or copied."""

_LOCAL = ZoneInfo("Europe/Amsterdam")


def new_case_id() -> str:
    """Return a random pseudonym for a case, such as ``c-7kq2m9xw4d``."""
    return "c-" + "".join(secrets.choice(_ALPHABET) for _ in range(10))


def _now() -> datetime:
    return datetime.now(UTC)


class Record:
    """The record of all cases; threads may share one."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

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
        return cls(Journal(Database(url or default_url()), clock))

    def close(self) -> None:
        """Let go of the database."""
        self._journal.close()

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
        if _frame(before) != _frame(after):
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
    ) -> StoredDecision:
        """Record a decision with the receipt of the consultation that it rests on.

        Args:
            decision: what was decided.
            consultation: what it was decided on.
            actor: who records it.
            key: names the event, so that it can be sent twice and be recorded once.
            knowledge: tells which recorded answers are no part of the case any more because they
                no longer fit; without it every recorded answer counts.

        Raises:
            DecisionError: it is incomplete, is dated after today, or isn't about this
                consultation; or the answers have changed since.
            RecordError: there is no such case, or the key was used for something else.
        """
        checked = read_decision(decision.model_dump_json())
        check_against(checked, consultation)
        body = Decided(decision=checked, receipt=consultation.receipt.as_json())

        def check(history: Sequence[Event], at: datetime) -> None:
            _check_day(checked, at)
            _check_protocols(consultation.case, history)
            _check_answers(consultation.case, history, knowledge)

        event = self._journal.add(consultation.case.id, body, actor, key, check)
        return StoredDecision.of(event, body)

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
        empty = Case(case_id, opened.reference_date, opened.authority, _protocols(history))
        loaded, dropped = apply(empty, knowledge, _standing(history))
        return StoredCase(loaded, opened.title, opened.story, opened.example, tuple(dropped))

    def history(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened in a case, oldest first.

        Raises:
            RecordError: there is no such case.
        """
        return self._journal.of_case(case_id)

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


def _standing(history: Iterable[Event]) -> dict[str, Any]:
    """Return the answers that the events add up to."""
    facts: dict[str, Any] = {}
    for event in history:
        if isinstance(event.body, CaseOpened | FactsRecorded):
            facts |= event.body.facts
    return {name: raw for name, raw in facts.items() if raw is not None}


def _protocols(history: Iterable[Event]) -> tuple[str, ...]:
    """Return the protocols that the case is about now."""
    chosen: tuple[str, ...] = ()
    for event in history:
        if isinstance(event.body, CaseOpened | ProtocolsChosen):
            chosen = event.body.protocols
    return chosen


def _check_day(decision: Decision, at: datetime) -> None:
    """Refuse a decision that has yet to be made.

    The day is that of the Netherlands, which begins before the day in UTC does: just after
    midnight someone there writes down a day that UTC has not reached.
    """
    if decision.decided_on > at.astimezone(_LOCAL).date():
        raise DecisionError.about(
            "De dag van het besluit ligt na vandaag. Vul in op welke dag het besluit is genomen.",
            "decided_on",
        )


def _check_protocols(case: Case, history: Iterable[Event]) -> None:
    """Refuse a decision on an advice of protocols that the case isn't about any more."""
    if case.protocols != _protocols(history):
        raise DecisionError.about(
            "Deze casus gaat intussen over andere protocollen. Bekijk het advies opnieuw en "
            "besluit dan."
        )


def _check_answers(case: Case, history: Iterable[Event], knowledge: Knowledge | None) -> None:
    """Refuse a decision on answers that are no longer those of the case."""
    standing = _standing(history)
    if knowledge is not None:
        empty = Case(case.id, case.reference_date, case.authority, case.protocols)
        standing = facts_of(apply(empty, knowledge, standing)[0])
    if not equal(standing, facts_of(case)):
        raise DecisionError.about(
            "De antwoorden zijn intussen veranderd. Bekijk het advies opnieuw en besluit dan."
        )


def _frame(case: Case) -> tuple[object, ...]:
    """Return what stays the same for as long as a case lasts."""
    return case.id, case.reference_date, case.authority, case.protocols

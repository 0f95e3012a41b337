"""What the record gives back: cases and decisions as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from engine.case import Case
from engine.decisions.address import RecordError
from engine.decisions.due import due_since
from engine.decisions.escalation import Escalated
from engine.decisions.events import CaseOpened, Decided, Event, Needed
from engine.decisions.facts import Dropped, apply
from engine.decisions.later import Erased, Reviewed
from engine.decisions.ledger import Course
from engine.decisions.model import Decision
from engine.decisions.replay import protocols_of, standing
from engine.library import Knowledge


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One line in the list of cases.

    Attributes:
        changed_at: when the last event was recorded, in UTC.
        decisions: how many decisions were recorded.
        example: whether it is a made-up case.
        opened_by: who opened it, by id.
    """

    id: str
    title: str
    story: str
    authority: str
    protocols: tuple[str, ...]
    reference_date: date
    opened_at: datetime
    changed_at: datetime
    decisions: int
    example: bool
    opened_by: str

    def named_only(self) -> CaseSummary:
        """Return it without the texts that someone typed, and what it is about."""
        return replace(self, title=f"Casus {self.id}", story="", protocols=())

    @classmethod
    def of(cls, body: CaseOpened, course: Course) -> CaseSummary:
        """Show a case from how it was opened, and what came of it."""
        event = course.opened
        return cls(
            id=event.case_id,
            title=body.title,
            story=body.story,
            authority=body.authority,
            protocols=course.protocols or body.protocols,
            reference_date=body.reference_date,
            opened_at=event.at,
            changed_at=course.changed_at,
            decisions=course.decisions,
            example=body.example,
            opened_by=event.actor,
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A decision that someone should look back on.

    Attributes:
        since: the day since which it is due.
    """

    kept: StoredDecision
    since: date


def due_in(outcomes: Iterable[Event], today: date) -> tuple[Due, ...]:
    """Return which decisions are due for a look back, the longest due first.

    Args:
        outcomes: the decisions that stand, and the looks back on decisions, of any cases.
        today: the day it is.
    """
    kept: list[StoredDecision] = []
    reviews: dict[UUID, list[Reviewed]] = {}
    for event in outcomes:
        if isinstance(event.body, Decided):
            kept.append(StoredDecision.of(event, event.body))
        elif isinstance(event.body, Reviewed):
            reviews.setdefault(event.body.decision, []).append(event.body)
    days = ((one, due_since(one.decision, reviews.get(one.id, ()), today)) for one in kept)
    found = [Due(one, since) for one, since in days if since is not None]
    return tuple(sorted(found, key=lambda due: (due.since, due.kept.seq)))


def unless_erased(history: Sequence[Event]) -> None:
    """Check that a case still says something.

    Args:
        history: everything that happened in it, oldest first.

    Raises:
        RecordError: it was erased.
    """
    if isinstance(history[-1].body, Erased):
        raise RecordError("De inhoud van deze casus is gewist.")


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case as its events add up to.

    Attributes:
        dropped: recorded answers that the present knowledge no longer accepts; they stay in
            the record and are no part of ``case``.
    """

    case: Case
    title: str
    story: str
    example: bool
    dropped: tuple[Dropped, ...]

    @classmethod
    def of(cls, history: Sequence[Event], knowledge: Knowledge) -> StoredCase:
        """Add up everything that happened in a case, as the present knowledge reads it.

        Raises:
            RecordError: it was erased, or it has no beginning.
        """
        unless_erased(history)
        opened = next((event.body for event in history if isinstance(event.body, CaseOpened)), None)
        if opened is None:
            raise RecordError("Het dossier van deze casus heeft geen begin.")
        empty = Case(
            history[0].case_id, opened.reference_date, opened.authority, protocols_of(history)
        )
        case, dropped = apply(empty, knowledge, standing(history))
        return cls(case, opened.title, opened.story, opened.example, tuple(dropped))


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as it was recorded.

    Attributes:
        id: the id of the event.
        seq: its place in the record.
        at: when it was recorded, in UTC.
        actor: who recorded it.
        receipt: the receipt of the consultation, as plain data.
        needed: what the protocol would have needed to advise the same; none if not worked out.
    """

    id: UUID
    seq: int
    case_id: str
    at: datetime
    actor: str
    decision: Decision
    receipt: Mapping[str, Any]
    needed: tuple[Needed, ...] = ()

    @classmethod
    def of(cls, event: Event, body: Decided) -> StoredDecision:
        """Show an event that records a decision."""
        return cls(
            id=event.id,
            seq=event.seq,
            case_id=event.case_id,
            at=event.at,
            actor=event.actor,
            decision=body.decision,
            receipt=body.receipt,
            needed=body.needed,
        )


def decisions_among(events: Iterable[Event]) -> tuple[StoredDecision, ...]:
    """Show the decisions among events, in the same order."""
    return tuple(
        StoredDecision.of(event, event.body) for event in events if isinstance(event.body, Decided)
    )


def waiting(events: Iterable[Event]) -> dict[str, tuple[Event, Escalated]]:
    """Return what was put before someone and is not decided yet, by rule id.

    Args:
        events: those of one case, oldest first.
    """
    found: dict[str, tuple[Event, Escalated]] = {}
    for event in events:
        match event.body:
            case Escalated(advised=advised) as escalated:
                found[advised.rule] = (event, escalated)
            case Decided(decision=decision):
                found.pop(decision.advised.rule, None)
    return found


def latest_by_rule(decisions: Iterable[StoredDecision]) -> dict[str, StoredDecision]:
    """Return the last decision on each rule, by rule id.

    Args:
        decisions: those of one case, oldest first.
    """
    return {kept.decision.advised.rule: kept for kept in decisions}

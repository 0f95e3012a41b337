"""What the record gives back: cases and decisions as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from engine.case import Case
from engine.decisions.events import CaseOpened, Decided, Event, Needed
from engine.decisions.facts import Dropped
from engine.decisions.journal import Course
from engine.decisions.model import Decision


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One line in the list of cases.

    Attributes:
        changed_at: when the last event was recorded, in UTC.
        decisions: how many decisions were recorded.
        example: whether it is a made-up case.
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
        )


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


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as it was recorded.

    Attributes:
        id: the id of the event.
        at: when it was recorded, in UTC.
        actor: who recorded it.
        receipt: the receipt of the consultation, as plain data.
        needed: what the protocol would have needed to advise the same; none if not worked out.
    """

    id: UUID
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
            case_id=event.case_id,
            at=event.at,
            actor=event.actor,
            decision=body.decision,
            receipt=body.receipt,
            needed=body.needed,
        )

"""What a note is written from: the case as it stands, what was decided, and the seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.consult import Advice, Consultation, consult
from engine.decisions import (
    Access,
    Decision,
    Event,
    Record,
    Seal,
    StoredCase,
    StoredDecision,
    decisions_among,
    latest_by_rule,
)
from engine.knowledge import Action
from engine.library import Knowledge
from engine.recorded import advised_step
from engine.report import in_order
from engine.standing import changes
from engine.words import Status


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a note can say; it adds nothing to this.

    Attributes:
        decisions: all decisions, oldest first.
        history: everything that happened in the case, oldest first.
        made_at: the moment of making the note, with a time zone.
        names: what the people who recorded something are called, by id.
    """

    stored: StoredCase
    consultation: Consultation
    decisions: tuple[StoredDecision, ...]
    history: tuple[Event, ...]
    seal: Seal
    knowledge: Knowledge
    made_at: datetime
    names: Mapping[str, str]

    def who(self, actor: str) -> str:
        """Return the name of who recorded something; their id if they have no name here."""
        return self.names.get(actor, actor)

    def having(self, *statuses: Status) -> list[Advice]:
        """Return the advices with one of these statuses, the most urgent first."""
        found = [advice for advice in self.consultation.advices if advice.status in statuses]
        return in_order(found, self.knowledge)

    def latest(self) -> dict[str, StoredDecision]:
        """Return the last decision on each rule, by rule id."""
        return latest_by_rule(self.decisions)

    def changes(self, kept: StoredDecision) -> str:
        """Say what has changed in the advice since a decision on it; empty if nothing."""
        return changes(kept.decision.advised, kept.receipt, self.consultation, self.knowledge)

    def action(self, decision: Decision) -> Action | None:
        """Return what a decision is about; ``None`` when there is no such action any more."""
        return self.knowledge.actions.get(decision.advised.action)

    def step(self, decision: Decision) -> str:
        """Say the step that a decision is about."""
        return advised_step(decision.advised, self.knowledge)

    def advice(self, rule: str) -> Advice | None:
        """Return the advice of a rule in the case as it is now; ``None`` if it isn't given."""
        return next((one for one in self.consultation.advices if one.rule.id == rule), None)


def gather(
    record: Record | Access, knowledge: Knowledge, case_id: str, made_at: datetime
) -> Material:
    """Take from the record and the knowledge what a note on a case needs.

    Args:
        record: where the case is; for a user the record as they may use it.
        knowledge: what the case is consulted with.
        case_id: the pseudonym of the case.
        made_at: the moment of making the note, with a time zone.

    Raises:
        RecordError: there is no such case, or the record can't be read.
        NotCoveredError: no rules cover the day or the authority of the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    events = record.history(case_id)
    stored = StoredCase.of(events, knowledge)
    return Material(
        stored,
        consult(knowledge, stored.case),
        decisions_among(events),
        events,
        record.seal(case_id),
        knowledge,
        made_at,
        record.names(),
    )

"""What the parts of the page with the next steps share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.consult import Advice, Consultation
from engine.decisions import StoredDecision
from engine.library import Knowledge
from engine.report import in_order
from engine.words import Status


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of this side of the page needs.

    Attributes:
        latest: the last decision on each rule, by rule id.
    """

    consultation: Consultation
    knowledge: Knowledge
    latest: Mapping[str, StoredDecision]

    def having(self, status: Status) -> list[Advice]:
        """Return the advices with a status, the most urgent first."""
        found = [advice for advice in self.consultation.advices if advice.status is status]
        return in_order(found, self.knowledge)

    def title(self, rule: str) -> str:
        """Return how users know a rule."""
        return self.consultation.program.rules[rule].rule.title

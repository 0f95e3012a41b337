"""What the parts of the page with the next steps share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.consult import Advice, Consultation
from engine.decisions import StoredDecision
from engine.library import Knowledge
from engine.report import in_order
from engine.words import Status
from ui.subjects import titles_of
from ui.text import plain


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

    def by_protocol(self, advices: Iterable[Advice]) -> list[tuple[str, list[Advice]]]:
        """Return the title of each protocol with its advices, in the order of the work."""
        groups: dict[str, list[Advice]] = {
            title: [] for title in self.knowledge.protocol_titles.values()
        }
        for advice in advices:
            groups[self._protocol(advice.rule.id)].append(advice)
        return [(title, group) for title, group in groups.items() if group]

    def protocol_badge(self, rule: str) -> str:
        """Return the protocol of a rule as a badge, where there is more than one to tell apart."""
        if len(self.consultation.case.protocols) < 2:
            return ""
        return f":gray-badge[:material/menu_book: {plain(self._protocol(rule))}]"

    def _protocol(self, rule: str) -> str:
        (title,) = titles_of([rule.split(".")[0]], self.knowledge)
        return title

    def title(self, rule: str) -> str:
        """Return how users know a rule."""
        return self.consultation.program.rules[rule].rule.title

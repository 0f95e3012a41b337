"""What the parts of the page with the next steps share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.consult import Advice, Consultation
from engine.decisions import DECIDING, Access, Act, Contract, Escalated, Event, StoredDecision
from engine.knowledge import Rule
from engine.library import Knowledge
from engine.report import in_order
from engine.words import Decider, Status
from ui.subjects import titles_of
from ui.text import plain


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of this side of the page needs.

    Attributes:
        latest: the last decision on each rule, by rule id.
        waiting: what was put before someone and is not decided yet, by rule id.
        acts: what the user may do in the case.
        names: what the people who recorded something are called, by id; the user is "u".
        record: the record as the user may use it, for what is only read when it is unfolded.
        recorded: whether the case is in the record; otherwise there is nothing to try or to add.
    """

    consultation: Consultation
    knowledge: Knowledge
    latest: Mapping[str, StoredDecision]
    waiting: Mapping[str, tuple[Event, Escalated]]
    acts: frozenset[Act]
    names: Mapping[str, str]
    record: Access
    recorded: bool = True

    def who(self, actor: str) -> str:
        """Return what someone is called; who has no name here is known by their id."""
        return self.names.get(actor, actor)

    def deciders(self, rule: Rule) -> tuple[Decider, ...]:
        """Return as whose the user may record a deviation from a rule; nobody if it has none."""
        contract = Contract.of(rule)
        able = contract.deciders if contract else ()
        return tuple(one for one in able if DECIDING[one] in self.acts)

    def decides_on(self, rule: Rule) -> bool:
        """Whether the user may record any decision on the advice of a rule."""
        return Act.DECIDE in self.acts or bool(self.deciders(rule))

    def having(self, status: Status) -> list[Advice]:
        """Return the advices with a status, the most urgent first."""
        found = [advice for advice in self.consultation.advices if advice.status is status]
        return in_order(found, self.knowledge)

    def given(self) -> list[Advice]:
        """Return the advices to decide on: those that hold, and then those that may still go."""
        return self.having(Status.HOLDS) + self.having(Status.PROVISIONAL)

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

"""Takes a copy of a case as it was known when it was decided on, for a group to judge.

A text that someone typed can say who it is about, so none goes along by itself: each is put before
the facilitator, who keeps it, writes it anew or leaves it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from engine.case import Case, facts_of
from engine.decisions.address import RecordError
from engine.decisions.base import DecisionError, Finding
from engine.decisions.events import CaseOpened, Decided, Event
from engine.decisions.facts import apply
from engine.decisions.guard import NEEDED, texts_of
from engine.decisions.meeting_parts import Colleague, ReviewedText, Step, TextChoice
from engine.decisions.model import Decision, Deviation
from engine.decisions.replay import protocols_of, standing
from engine.library import Knowledge
from engine.words import Direction, FactKind


@dataclass(frozen=True, slots=True)
class CaseCopy:
    """A case as it was known, before its texts were looked at.

    Attributes:
        seq: the last event of the case that is in it.
        decision: the decision that it is about, by the id of its event.
        case: the case without free texts.
        texts: every free text, by field, to be kept, rewritten or left out one by one.
        colleague: what the colleague decided; ``None`` if nothing.
    """

    origin: str
    seq: int
    decision: UUID | None
    case: Case
    texts: Mapping[str, str]
    colleague: Colleague | None

    @property
    def facts(self) -> dict[str, Any]:
        """The answers of the copy, each as :meth:`engine.case.Case.answer` takes it."""
        return facts_of(self.case)


def freeze(history: Sequence[Event], knowledge: Knowledge, decision: UUID | None) -> CaseCopy:
    """Copy a case as it was known when it was decided on, or as it is now.

    Args:
        history: everything that happened in the case.
        knowledge: where the questions are defined.
        decision: the event that recorded the decision; ``None`` for the case as it is now.

    Raises:
        RecordError: there is no such decision in the case.
    """
    event = next((one for one in history if one.id == decision), None)
    if decision is not None and (event is None or not isinstance(event.body, Decided)):
        raise RecordError("Dit besluit staat niet in deze casus. Kies het besluit opnieuw.")
    before = [one for one in history if event is None or one.seq < event.seq]
    opened = next((one.body for one in before if isinstance(one.body, CaseOpened)), None)
    if opened is None:
        raise RecordError("Deze casus heeft geen begin en kan niet worden besproken.")
    empty = Case(history[0].case_id, opened.reference_date, opened.authority, protocols_of(before))
    case, _ = apply(empty, knowledge, standing(before))
    decided = event.body if event and isinstance(event.body, Decided) else None
    return CaseCopy(
        origin=case.id,
        seq=before[-1].seq,
        decision=decision,
        case=_without_texts(case, knowledge),
        texts=_texts(opened, case, knowledge, decided),
        colleague=_colleague(decided.decision) if decided else None,
    )


def _texts(
    opened: CaseOpened, case: Case, knowledge: Knowledge, decided: Decided | None
) -> Mapping[str, str]:
    """Return every text that someone typed and that is not empty."""
    found = {"title": opened.title, "story": opened.story}
    found |= {
        name: str(value)
        for name, value in case.known.items()
        if knowledge.facts[name].kind is FactKind.TEXT
    }
    if decided:
        # What the protocol would have needed is written by the program; nobody gets to see it here.
        found |= {field: text for field, text in texts_of(decided) if field != NEEDED}
    return MappingProxyType({field: text.strip() for field, text in found.items() if text.strip()})


def _without_texts(case: Case, knowledge: Knowledge) -> Case:
    def kept(name: str) -> bool:
        return knowledge.facts[name].kind is not FactKind.TEXT

    return replace(
        case,
        known=MappingProxyType({name: raw for name, raw in case.known.items() if kept(name)}),
        disputed=MappingProxyType(
            {name: readings for name, readings in case.disputed.items() if kept(name)}
        ),
        unknown=frozenset(filter(kept, case.unknown)),
    )


def _colleague(decision: Decision) -> Colleague:
    """Say what the colleague decided; who does not follow an advice at least does not do that."""
    advised = decision.advised
    followed = decision.outcome == "volgen"
    return Colleague(
        rule=advised.rule,
        outcome=decision.outcome,
        step=Step(
            action=advised.action,
            direction=advised.direction if followed else opposite(advised.direction),
        ),
        kind=decision.kind if isinstance(decision, Deviation) else None,
        ground=decision.ground if isinstance(decision, Deviation) else None,
    )


def opposite(direction: Direction) -> Direction:
    """Return the other direction."""
    return Direction.DO_NOT if direction is Direction.DO else Direction.DO


_ALWAYS = frozenset({"title", "story"})
"""Texts that a facilitator can add to a case that has none."""


def check_reviewed(copy: CaseCopy, texts: Sequence[ReviewedText]) -> None:
    """Refuse a copy of which not every text was looked at.

    Raises:
        DecisionError: a text was passed over, is not in the copy, or is said to be kept and was
            changed.
    """
    reviewed = {one.field: one for one in texts}
    found = [
        Finding(f"texts.{field}", "Kies voor deze tekst: houden, herschrijven of weglaten.")
        for field in copy.texts
        if field not in reviewed
    ]
    found += [
        Finding("texts", "Een van deze teksten hoort niet bij deze casus.")
        for field in reviewed
        if field not in copy.texts and field not in _ALWAYS
    ]
    found += [
        Finding(f"texts.{field}", "Deze tekst is veranderd. Kies 'herschrijven'.")
        for field, one in reviewed.items()
        if one.choice is TextChoice.KEPT and one.text != copy.texts.get(field)
    ]
    if found or len(reviewed) < len(texts):
        raise DecisionError(found or [Finding("texts", "Een tekst staat er twee keer.")])

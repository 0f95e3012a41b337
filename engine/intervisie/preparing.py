"""What a facilitator can start from: cases that are worth discussing, and what to ask then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from engine.case import Case
from engine.consult import Consultation, consult
from engine.decisions import (
    Access,
    CaseCopy,
    CaseDiscussed,
    CaseSummary,
    Decided,
    Deviation,
    Event,
    Level,
    Step,
    opposite,
)
from engine.knowledge import AUTHORITY
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.tree import facts_that_decided
from engine.words import Direction, Status, Word

_FEW_FACTS = 4
"""Facts that are suggested at most; a facilitator can ask more."""

_LOOKED_AT = 50
"""Cases that are looked at: those that changed last."""


class ProposalGround(Word):
    """Why the record proposes a case."""

    DEVIATED = "afgeweken"
    DISPUTED = "betwist"
    CONFLICT = "tegenstrijdig"
    SPREAD = "eerder_verdeeld"

    @property
    def label(self) -> str:
        """How users know it (Dutch)."""
        return _LABELS[self]


_LABELS: Mapping[ProposalGround, str] = {
    ProposalGround.DEVIATED: "er is van een advies afgeweken",
    ProposalGround.DISPUTED: "feiten zijn betwist",
    ProposalGround.CONFLICT: "regels spreken elkaar tegen",
    ProposalGround.SPREAD: "over deze regel oordeelden groepen eerder verschillend",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A case that is worth discussing.

    Attributes:
        grounds: why.
        decision: the deviation to discuss, by the id of its event; ``None`` if there is none.
    """

    case: CaseSummary
    grounds: tuple[ProposalGround, ...]
    decision: UUID | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to ask a group about a case, to start from.

    Attributes:
        asked: the facts to judge anew: those that are disputed, then those that decide.
        options: the steps to choose from.
        about: the rules that it is about.
    """

    asked: tuple[str, ...]
    options: tuple[Step, ...]
    about: tuple[str, ...]


def propose(access: Access, knowledge: Knowledge) -> tuple[Proposed, ...]:
    """Return the cases that are worth discussing, those with most grounds first.

    Only cases that this person may read, and that were not discussed since the deviation.

    Args:
        access: the record as the facilitator may use it.
        knowledge: what the cases are consulted with.

    Raises:
        RecordError: the record can't be read.
    """
    listed = access.cases()
    divided = {
        figure.name
        for figure in access.meetings.agreement(knowledge).by_rule
        if figure.level is Level.UNRELIABLE
    }
    found = [
        proposed
        for case in (*listed.own, *listed.shared)[:_LOOKED_AT]
        if (proposed := _look_at(case, access, knowledge, divided)) is not None
    ]
    return tuple(sorted(found, key=lambda one: -len(one.grounds)))


def _look_at(
    summary: CaseSummary, access: Access, knowledge: Knowledge, divided: set[str]
) -> Proposed | None:
    history = access.history(summary.id)
    deviation = _last_deviation(history)
    case = access.load_case(summary.id, knowledge).case
    grounds = [ProposalGround.DEVIATED] if deviation else []
    if case.disputed:
        grounds.append(ProposalGround.DISPUTED)
    consultation = _consulted(case, knowledge)
    if consultation is not None:
        if consultation.conflicts:
            grounds.append(ProposalGround.CONFLICT)
        given = {one.rule.id for one in consultation.advices if one.status.is_given}
        if given & divided:
            grounds.append(ProposalGround.SPREAD)
    return Proposed(summary, tuple(grounds), deviation) if grounds else None


def _consulted(case: Case, knowledge: Knowledge) -> Consultation | None:
    """Consult a case; one that the knowledge of now doesn't cover is judged by its record only."""
    try:
        return consult(knowledge, case)
    except (NotCoveredError, BoundsError):
        return None


def _last_deviation(history: tuple[Event, ...]) -> UUID | None:
    """Return the last deviation that stands and wasn't discussed."""
    discussed = {one.body.decision for one in history if isinstance(one.body, CaseDiscussed)}
    last = {one.body.decision.advised.rule: one for one in history if isinstance(one.body, Decided)}
    standing = [
        one.id
        for one in last.values()
        if isinstance(one.body, Decided) and isinstance(one.body.decision, Deviation)
    ]
    open_ones = [name for name in standing if name not in discussed]
    return open_ones[-1] if open_ones else None


def suggest(copy: CaseCopy, knowledge: Knowledge) -> Suggestion:
    """Return what to ask a group about a case, to start from.

    Raises:
        NotCoveredError: the knowledge of now no longer covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    consultation = consult(knowledge, copy.case)
    clashing = [rule for one in consultation.conflicts for rule in (*one.do, *one.do_not)]
    decided = [copy.colleague.rule] if copy.colleague else []
    about = tuple(dict.fromkeys((*decided, *clashing)))
    asked = dict.fromkeys((*copy.case.disputed, *_deciding(about, consultation, knowledge)))
    few = max(_FEW_FACTS, len(copy.case.disputed))
    answerable = [name for name in asked if name in knowledge.facts and name != AUTHORITY]
    return Suggestion(tuple(answerable[:few]), _options(copy, consultation), about)


def _deciding(
    about: tuple[str, ...], consultation: Consultation, knowledge: Knowledge
) -> Iterator[str]:
    """Return the facts that the rules hang on: what they wait for, then what decided."""
    advices = [one for one in consultation.advices if one.rule.id in about]
    for advice in advices:
        yield from advice.missing
    for advice in advices:
        yield from (one.name for one in facts_that_decided(advice, consultation, knowledge))


def _options(copy: CaseCopy, consultation: Consultation) -> tuple[Step, ...]:
    """Return the steps that the protocols speak of in this case, and what the colleague did."""
    found = [copy.colleague.step] if copy.colleague and copy.colleague.step else []
    found += [
        Step(action=one.rule.advice.action, direction=one.rule.advice.direction)
        for one in consultation.advices
        if one.status is not Status.DOES_NOT_HOLD
    ]
    options = dict.fromkeys(found)
    if len(options) == 1:
        only = next(iter(options))
        options[only.model_copy(update={"direction": opposite(only.direction)})] = None
    return tuple(sorted(options, key=lambda step: step.direction is Direction.DO_NOT))

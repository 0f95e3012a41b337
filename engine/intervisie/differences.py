"""Why people came to another step: the protocols are asked again with how each sees the facts.

If that makes the protocols advise what someone chose, they read the facts otherwise. If it does
not, they weigh the same facts otherwise, or the protocols don't say enough or contradict each
other; that they think a rule wrong is for them to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.case import UNKNOWN, Case, facts_of
from engine.consult import Consultation, consult
from engine.decisions import (
    Colleague,
    DeviationKind,
    DifferenceKind,
    MeetingView,
    Stance,
    Step,
    Voice,
    stance_on,
)
from engine.library import Knowledge
from engine.words import Direction

_SAID: Mapping[DeviationKind, DifferenceKind] = {
    DeviationKind.FACTS_DISPUTED: DifferenceKind.FACTS,
    DeviationKind.RULE_MISFITS: DifferenceKind.RULE_WRONG,
    DeviationKind.SILENT: DifferenceKind.SILENT,
}
"""What a colleague who deviated says of why; the other kinds are a matter of weighing."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the answers to one question are spread.

    Attributes:
        name: the fact; empty for the next step.
        counts: how many gave each answer, most first; a step is a :class:`Step`, another step
            ``None``, and a reading as :meth:`engine.case.Case.answer` takes it.
    """

    name: str
    counts: tuple[tuple[Any, int], ...]

    @property
    def differs(self) -> bool:
        """Whether not everyone gave the same answer."""
        return len(self.counts) > 1


@dataclass(frozen=True, slots=True)
class Difference:
    """Why someone chose another step than the protocols or the colleague.

    Attributes:
        facts: for facts that are read otherwise, those that make the difference.
        own_words: whether they said so themselves; otherwise it was worked out.
    """

    kind: DifferenceKind
    facts: tuple[str, ...] = ()
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer beside the protocols and beside the colleague.

    Attributes:
        protocol: why it differs from what the protocols advise; ``None`` if it does not.
        colleague: why it differs from what the colleague did; ``None`` if it does not, or if
            that isn't shown.
    """

    voice: Voice
    protocol: Difference | None
    colleague: Difference | None


def spread(view: MeetingView) -> tuple[Spread, ...]:
    """Return how the choices are spread, and then how each fact is seen, as far as shown."""
    if view.voices is None:
        return ()
    found = [_spread("", [voice.step for voice in view.voices])]
    readings = [voice.readings for voice in view.voices if voice.readings is not None]
    if readings:
        found += [
            _spread(name, [one.get(name, UNKNOWN) for one in readings]) for name in view.asked
        ]
    return tuple(found)


def _spread(name: str, answers: list[Any]) -> Spread:
    counts = Counter(answers).most_common()
    return Spread(name, tuple(sorted(counts, key=lambda item: (-item[1], str(item[0])))))


def compare_all(view: MeetingView, knowledge: Knowledge) -> tuple[Compared, ...]:
    """Put every answer beside the protocols and the colleague, as far as that is shown.

    Raises:
        NotCoveredError: the knowledge of now no longer covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    if view.frozen is None or view.voices is None:
        return ()
    asking = _Asking(view.frozen, view.options, knowledge)
    return tuple(
        Compared(
            voice,
            asking.against_protocol(voice),
            asking.against_colleague(voice, view.colleague) if view.colleague else None,
        )
        for voice in view.voices
    )


class _Asking:
    """Asks the protocols about one case, with the facts as different people see them."""

    def __init__(self, frozen: Case, options: tuple[Step, ...], knowledge: Knowledge) -> None:
        self._case = frozen
        self._options = options
        self._knowledge = knowledge
        self._known = facts_of(frozen)
        self._found: dict[tuple[tuple[str, Any], ...], Consultation] = {}

    def against_protocol(self, voice: Voice) -> Difference | None:
        """Say why someone chose otherwise than the protocols advise."""
        step, other = voice.step, self._other(voice)
        if step is None:
            return self._or_own(voice, DifferenceKind.SILENT)
        if agrees(step, self.consult({})):
            return None
        mine = self.consult(other)
        if agrees(step, mine):
            needed = (name for name in other if not agrees(step, self._without(other, name)))
            return Difference(DifferenceKind.FACTS, tuple(needed) or tuple(other))
        return self._or_own(voice, self._unlike(step, mine))

    def _unlike(self, step: Step, mine: Consultation) -> DifferenceKind:
        """Say what is left when the facts aren't why a step isn't the advice."""
        stances = {stance_on(option.action, mine) for option in self._options}
        if stance_on(step.action, mine) is Stance.BOTH:
            return DifferenceKind.CLASH
        given = stances & {Stance.DO, Stance.DO_NOT, Stance.BOTH}
        if stance_on(step.action, mine) is Stance.OPEN or not given:
            return DifferenceKind.SILENT
        return DifferenceKind.WEIGHED

    def against_colleague(self, voice: Voice, colleague: Colleague) -> Difference | None:
        """Say why someone chose otherwise than the colleague."""
        if voice.step is not None and voice.step == colleague.step:
            return None
        other = self._other(voice)
        theirs, mine = self.consult({}), self.consult(other)
        steps = [step for step in (voice.step, colleague.step) if step is not None]
        turned = {
            step.action: stance_on(step.action, mine)
            for step in steps
            if stance_on(step.action, theirs) is not stance_on(step.action, mine)
        }
        if turned:
            needed = (
                name
                for name in other
                if any(
                    stance_on(action, self._without(other, name)) is not stance
                    for action, stance in turned.items()
                )
            )
            return Difference(DifferenceKind.FACTS, tuple(needed) or tuple(other))
        if voice.reason is not None:
            return Difference(voice.reason, own_words=True)
        said = _SAID.get(colleague.kind) if colleague.kind else None
        return Difference(said or DifferenceKind.WEIGHED)

    def consult(self, other: Mapping[str, Any]) -> Consultation:
        """Consult the protocols with some facts seen otherwise; each way once."""
        key = tuple(sorted(other.items()))
        if key not in self._found:
            case = self._case
            for name, raw in key:
                case = case.answer(self._knowledge, name, raw)
            self._found[key] = consult(self._knowledge, case)
        return self._found[key]

    def _other(self, voice: Voice) -> Mapping[str, Any]:
        """Return the facts that someone sees otherwise than the case has them."""
        return MappingProxyType(
            {
                name: raw
                for name, raw in (voice.readings or {}).items()
                if name in self._knowledge.facts and self._known.get(name) != raw
            }
        )

    def _without(self, other: Mapping[str, Any], name: str) -> Consultation:
        """Consult with one fact seen as the case has it."""
        return self.consult({fact: raw for fact, raw in other.items() if fact != name})

    @staticmethod
    def _or_own(voice: Voice, kind: DifferenceKind) -> Difference:
        if voice.reason is not None and voice.reason is not kind:
            return Difference(voice.reason, own_words=True)
        return Difference(kind)


def agrees(step: Step, consultation: Consultation) -> bool:
    """Whether the protocols advise a step; what they say nothing of, they don't advise to do."""
    stance = stance_on(step.action, consultation)
    if step.direction is Direction.DO:
        return stance is Stance.DO
    return stance in (Stance.DO_NOT, Stance.SILENT)

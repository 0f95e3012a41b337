"""Why an advice turned out otherwise in a second consultation, in one Dutch sentence."""

from __future__ import annotations

from collections.abc import Sequence

from engine.compare import Change, Comparison
from engine.consult import Advice
from engine.library import Knowledge
from engine.prose import first_of, sentence
from engine.reasons import Reason, reasons_of, step
from engine.words import Status, Turn

_MOST = 3
"""How many reasons or facts one sentence names."""


def why(change: Change, comparison: Comparison, knowledge: Knowledge) -> str:
    """Say in one sentence what decides now about a rule of which the status or the step differs.

    What the other answers touch goes before what was already so.

    Args:
        change: the rule.
        comparison: what the change is part of.
        knowledge: what the second consultation rests on.
    """
    said = _Teller(comparison, knowledge).clause(change)
    return sentence(said)


def why_before(change: Change, comparison: Comparison, knowledge: Knowledge) -> str:
    """Say in one sentence what decided about such a rule in the first consultation.

    Args:
        change: the rule.
        comparison: what the change is part of.
        knowledge: what the first consultation rests on.
    """
    before = comparison.before
    advice = change.before
    if advice is None:
        withheld = {item.rule.id: item.reason for item in before.withheld}
        return sentence(withheld.get(change.rule.id, "deze regel was er nog niet"))
    match advice.status:
        case _ if change.turn is Turn.STEP:
            said = f"de stap was: '{step(advice, knowledge)}'"
        case Status.DEFEATED:
            by = [f"'{before.program.rules[rule].rule.title}'" for rule in advice.defeated_by]
            said = f"{_some(by)} {'ging' if len(by) == 1 else 'gingen'} voor"
        case Status.OPEN:
            wanted = [knowledge.facts[name].label for name in advice.missing]
            said = f"nog niet bekend: {_some(wanted)}"
        case _:
            reasons = [reason.text for reason in reasons_of(advice, before, knowledge)]
            said = _joined(reasons) or advice.rule.because
    return sentence(said)


class _Teller:
    """Says what decides in the second consultation, with the first beside it."""

    def __init__(self, comparison: Comparison, knowledge: Knowledge) -> None:
        self._before, self._after = comparison.before, comparison.after
        self._withheld = {item.rule.id: item.reason for item in comparison.after.withheld}
        self._answers = comparison.answers
        self._knowledge = knowledge

    def clause(self, change: Change) -> str:
        """Choose what to tell by the status that the advice has now."""
        after = change.after
        if after is None:
            gone = "deze regel hoort niet meer bij de regels van deze casus"
            return self._withheld.get(change.rule.id, gone)
        if change.turn is Turn.STEP:
            return f"deze regel adviseert nu een andere stap: '{step(after, self._knowledge)}'"
        match after.status:
            case Status.DOES_NOT_HOLD:
                return self._reasons(after)
            case Status.DEFEATED:
                return self._defeated(change, after)
            case Status.OPEN:
                return f"nog niet bekend: {self._missing(after.missing)}"
            case _:
                return self._given(change, after)

    def _given(self, change: Change, after: Advice) -> str:
        """Say why a step is advised: its own condition, or what became of the exceptions."""
        own = self._before.conclusions.get(change.rule.id)
        if own is None or own.value != "ja":
            said = self._reasons(after)
            if after.open_exceptions:
                return f"{said}; niet zeker is nog of dit voorgaat: {self._titles(after)}"
            return said
        earlier = change.before
        if set(after.open_exceptions) - set(earlier.open_exceptions if earlier else ()):
            wanted = self._missing(after.missing)
            return (
                f"niet zeker is of dit voorgaat: {self._titles(after)} (nog niet bekend: {wanted})"
            )
        counted = (*earlier.defeated_by, *earlier.open_exceptions) if earlier else ()
        gone = [name for name in counted if name not in after.open_exceptions]
        return self._gone(gone[0]) if gone else self._reasons(after)

    def _defeated(self, change: Change, after: Advice) -> str:
        """Say which exception goes before this advice, and why."""
        earlier = change.before.defeated_by if change.before else ()
        by = next((name for name in after.defeated_by if name not in earlier), after.defeated_by[0])
        return f"nu gaat {self._title(by)} voor, want {self._reasons(self._as_advice(by))}"

    def _gone(self, exception: str) -> str:
        """Say why an exception does not, or can not, take the advice away any more."""
        said = f"{self._title(exception)} gaat nu niet voor"
        own = self._after.conclusions.get(exception)
        if own is None:
            return said
        if own.value == "nee":
            return f"{said}, want {self._reasons(self._as_advice(exception))}"
        by = [
            other
            for other, name in self._after.program.effects[exception]
            if self._after.conclusions[name].value == "ja"
        ]
        return f"{said}, want {self._title(by[0])} gaat daar zelf voor" if by else said

    def _as_advice(self, rule: str) -> Advice:
        """Take the condition of a rule, also of one from a protocol that was not asked for."""
        own = self._after.conclusions[rule]
        status = Status.HOLDS if own.value == "ja" else Status.DOES_NOT_HOLD
        return Advice(self._after.program.rules[rule].rule, status, own.proofs[0])

    def _title(self, rule: str) -> str:
        known = self._after if rule in self._after.program.rules else self._before
        return f"'{known.program.rules[rule].rule.title}'"

    def _titles(self, advice: Advice) -> str:
        """Name the exceptions that can still take an advice away."""
        return _some([self._title(rule) for rule in advice.open_exceptions])

    def _missing(self, names: Sequence[str]) -> str:
        """Name the facts that are missing, first those that had another answer before."""
        touched = [name for name in names if name in self._answers]
        return _some([self._knowledge.facts[name].label for name in touched or names])

    def _reasons(self, advice: Advice) -> str:
        """Say what decided, as far as the other answers touch it; else all that decided."""
        reasons = reasons_of(advice, self._after, self._knowledge)
        touched = [reason for reason in reasons if self._touches(reason)]
        said = [self._with_cause(reason) for reason in touched or reasons]
        return _joined(said) or advice.rule.because

    def _touches(self, reason: Reason) -> bool:
        return reason.name in self._answers or any(map(self._touches, reason.because))

    def _with_cause(self, reason: Reason) -> str:
        """Say a reason; one that was derived with the answers that were given otherwise."""
        causes = [deeper.text for deeper in reason.because if self._touches(deeper)]
        return f"{reason.text}, want {_some(causes)}" if causes else reason.text


def _joined(said: Sequence[str]) -> str:
    """Join reasons; commas inside a part would make a list with "en" hard to follow."""
    return "; ".join(said[:_MOST]) if any("," in one for one in said) else _some(said)


def _some(items: Sequence[str]) -> str:
    """Join the first few, and say how many there are more."""
    return first_of(items, _MOST)

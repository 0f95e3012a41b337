"""What differs between two consultations: the advices, the conflicts, the questions, the answers.

The two are of one case with other answers, or of one case under two versions of the knowledge.
Swapping them gives the mirror image: what comes goes, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.case import difference, facts_of
from engine.consult import Advice, Conflict, Consultation, Withheld
from engine.knowledge import Rule
from engine.library import Knowledge
from engine.questions import Question
from engine.words import Status, Turn

_LAST = 9
"""Comes after every urgency: of an action that neither knowledge has."""


@dataclass(frozen=True, slots=True)
class Change:
    """One rule of which the status differs, or the step that it advises.

    Attributes:
        rule: as the second consultation has it, or the first if the second does not.
        before: the advice in the first; ``None`` where it was withheld or not consulted.
        after: the same in the second.
    """

    rule: Rule
    before: Advice | None
    after: Advice | None

    @property
    def then(self) -> Status | None:
        """The status in the first consultation."""
        return self.before.status if self.before else None

    @property
    def now(self) -> Status | None:
        """The status in the second consultation."""
        return self.after.status if self.after else None

    @property
    def other_step(self) -> bool:
        """Whether another version of the rule advises another step, and did so in both."""
        both = self.before, self.after
        steps = {(one.rule.advice.action, one.rule.advice.direction) for one in both if one}
        return len(steps) > 1 and all(one and one.status.is_given for one in both)

    @property
    def turn(self) -> Turn:
        """What the difference comes down to for who has to act on it."""
        was, is_now = (bool(one and one.is_given) for one in (self.then, self.now))
        if was is not is_now:
            return Turn.COMES if is_now else Turn.GOES
        if not was:
            return Turn.OTHER
        if self.other_step:
            return Turn.STEP
        return Turn.PROVISIONAL if self.now is Status.PROVISIONAL else Turn.FIRM


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two consultations.

    Attributes:
        before: the first consultation.
        after: the second.
        statuses: the status of every rule in both, by rule id; ``None`` is no advice.
        changes: the rules of which the status or the step differs, most urgent action first.
        conflicts_came: actions that are contradicted in the second only.
        conflicts_went: the same in the first only.
        questions_came: what only the second still wants to know, most deciding first.
        questions_went: the same of the first.
        withheld_came: advices that could not be given in the second only.
        withheld_went: the same in the first only.
        answers: what was answered otherwise, by fact: before and after, each as
            :meth:`engine.case.Case.answer` takes it; ``None`` is no answer.
    """

    before: Consultation
    after: Consultation
    statuses: Mapping[str, tuple[Status | None, Status | None]]
    changes: tuple[Change, ...]
    conflicts_came: tuple[Conflict, ...]
    conflicts_went: tuple[Conflict, ...]
    questions_came: tuple[Question, ...]
    questions_went: tuple[Question, ...]
    withheld_came: tuple[Withheld, ...]
    withheld_went: tuple[Withheld, ...]
    answers: Mapping[str, tuple[Any, Any]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs, neither what was answered nor what follows from it."""
        return not (
            self.changes
            or self.conflicts_came
            or self.conflicts_went
            or self.questions_came
            or self.questions_went
            or self.withheld_came
            or self.withheld_went
            or self.answers
        )

    def turned(self, turn: Turn) -> tuple[Change, ...]:
        """Return the rules that changed in one way, most urgent action first."""
        return tuple(change for change in self.changes if change.turn is turn)


def compare(
    before: Consultation,
    after: Consultation,
    knowledge: Knowledge,
    earlier: Knowledge | None = None,
) -> Comparison:
    """Work out what differs between two consultations.

    Args:
        before: the first.
        after: the second.
        knowledge: what the second rests on; it says how urgent each action is.
        earlier: what the first rests on, where that is another version.
    """
    first = {advice.rule.id: advice for advice in before.advices}
    second = {advice.rule.id: advice for advice in after.advices}
    # What is withheld has no advice, but it is a rule of the consultation all the same.
    rules = {**_rules(before), **_rules(after)}
    both = [Change(rule, first.get(name), second.get(name)) for name, rule in rules.items()]
    return Comparison(
        before=before,
        after=after,
        statuses={change.rule.id: (change.then, change.now) for change in both},
        changes=tuple(
            sorted(
                (one for one in both if one.then is not one.now or one.other_step),
                key=lambda change: _urgency(change.rule, knowledge, earlier),
            )
        ),
        conflicts_came=_only(after.conflicts, {one.action for one in before.conflicts}),
        conflicts_went=_only(before.conflicts, {one.action for one in after.conflicts}),
        questions_came=_unasked(after.questions, before.questions),
        questions_went=_unasked(before.questions, after.questions),
        withheld_came=_withheld(after.withheld, before.withheld),
        withheld_went=_withheld(before.withheld, after.withheld),
        answers=_answers(before, after),
    )


def _rules(consultation: Consultation) -> dict[str, Rule]:
    """Return the rules that were consulted, in the order of the protocols."""
    return {bound.rule.id: bound.rule for bound in consultation.program.asked_rules()}


def _urgency(rule: Rule, knowledge: Knowledge, earlier: Knowledge | None) -> int:
    name = rule.advice.action
    action = knowledge.actions.get(name) or (earlier.actions.get(name) if earlier else None)
    return action.urgency if action else _LAST


def _only(conflicts: Iterable[Conflict], actions: set[str]) -> tuple[Conflict, ...]:
    return tuple(conflict for conflict in conflicts if conflict.action not in actions)


def _unasked(questions: Iterable[Question], others: Iterable[Question]) -> tuple[Question, ...]:
    known = {question.fact.id for question in others}
    return tuple(question for question in questions if question.fact.id not in known)


def _withheld(some: Iterable[Withheld], others: Iterable[Withheld]) -> tuple[Withheld, ...]:
    known = {item.rule.id for item in others}
    return tuple(item for item in some if item.rule.id not in known)


def _answers(before: Consultation, after: Consultation) -> dict[str, tuple[Any, Any]]:
    old = facts_of(before.case)
    changed = difference(before.case, after.case)
    return {name: (old.get(name), raw) for name, raw in changed.items()}

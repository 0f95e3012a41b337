"""Whether the answer to a question can change any advice at all.

That an unknown fact stands in a condition that is still open doesn't say so: of "y, or x and y"
only y can change anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from engine.answers import Answer, answers_apart
from engine.conditions import Condition, Value
from engine.kleene import Truth
from engine.knowledge import Fact
from engine.program import Program
from engine.search import Blocked, Clock, search
from engine.situation import FactLeaf, Keep, Names, Situation, leaves_under
from engine.words import FactKind

TOGETHER = 2
"""With how many other answers at once a question is tried."""

SECONDS = 1.0
"""Ample: the order of the questions must not depend on how busy the machine is."""


class Relevance:
    """Tries answers to questions in one case."""

    def __init__(
        self,
        program: Program,
        facts: Mapping[str, Value],
        reference: date,
        questions: Mapping[str, Fact],
    ) -> None:
        """Take what is known; everything else can become known."""
        self._program = program
        self._facts = facts
        self._reference = reference
        self._questions = questions

    def shown(self, fact: Fact, rules: Iterable[str]) -> bool:
        """Whether an answer was found, alone or with others, that changes an advice.

        Args:
            fact: an unknown fact.
            rules: the rules whose advice may wait for it.
        """
        waiting = list(rules)  # Read twice: what is cheap to find is looked for first.
        return any(self._alone(fact, rule) for rule in waiting) or any(
            self._together(fact, rule) for rule in waiting
        )

    def _alone(self, fact: Fact, rule: str) -> bool:
        start = self._start(frozenset())
        before = self._standing(start, rule)
        return any(
            self._standing(start.with_answers({fact.id: one.example}), rule) != before
            for one in self._answers(fact, rule)
        )

    def _together(self, fact: Fact, rule: str) -> bool:
        """Look for other answers that settle the advice with an answer to this, and not without."""
        others = {
            name: answers
            for name in {leaf.name for leaf in self._told(rule)}
            if name != fact.id and (answers := self._answers(self._questions[name], rule))
        }
        start, clock = self._start(frozenset(others)), Clock(SECONDS)
        condition = self._program.derivations[self._program.effect(rule)].condition
        for one in self._answers(fact, rule):
            there = start.with_answers({fact.id: one.example})
            for wanted in (True, False):
                found = search(there, settled(condition, wanted), others, TOGETHER, clock)
                for changes in found.sets:
                    same = {change.fact: change.example for change in changes}
                    without = self._standing(start.with_answers(same), rule)
                    if without != self._standing(there.with_answers(same), rule):
                        return True
        return False

    def _start(self, free: Names) -> Situation:
        return Situation(self._program, self._facts, self._reference, free)

    def _answers(self, fact: Fact, rule: str) -> tuple[Answer, ...]:
        if fact.id in self._facts or fact.kind is FactKind.TEXT:
            return ()
        return answers_apart(fact, self._told(rule), self._reference)

    def _told(self, rule: str) -> list[FactLeaf]:
        return leaves_under(self._program, (rule, self._program.effect(rule)))

    def _standing(self, situation: Situation, rule: str) -> tuple[object, object]:
        return situation.get(rule), situation.get(self._program.effect(rule))


def settled(condition: Condition, wanted: Truth) -> Blocked:
    """Say what is in the way of a condition being true, or being false."""
    keep = Keep.NOT_TRUE if wanted else Keep.NOT_FALSE

    def blocked(situation: Situation) -> Names | None:
        if situation.truth(condition) is wanted:
            return None
        return situation.keeping(condition, keep)

    return blocked

"""Which question next: the unknown facts that can still matter, most deciding first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from engine.case import Case
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.words import Burden

_COST = {Burden.LIGHT: 1.0, Burden.MEDIUM: 1.5, Burden.HEAVY: 2.5}


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown fact that can still change an advice.

    Attributes:
        fact: the question, who can answer it and why it is asked.
        advices: how many advices still wait for it.
        disputed: parties differ on it.
        asked: it was asked before and not known.
    """

    fact: Fact
    advices: int
    disputed: bool
    asked: bool


def rank(
    knowledge: Knowledge, case: Case, missing: Iterable[tuple[str, ...]]
) -> tuple[Question, ...]:
    """Order the facts that advices wait for.

    A fact weighs more the more advices wait for it and the fewer others they wait for, and less
    the more it takes to get the answer. What was asked before and isn't known comes last.

    Args:
        knowledge: where the questions are defined.
        case: what was asked before and what is disputed.
        missing: for each advice, the facts it waits for, in reading order.
    """
    weight: dict[str, float] = defaultdict(float)
    waiting = [names for names in missing if names]
    for names in waiting:
        share = 1 / len(names)
        for name in names:
            weight[name] += share
    counts = Counter(chain.from_iterable(waiting))
    questions = [
        Question(knowledge.facts[name], counts[name], name in case.disputed, name in case.unknown)
        for name in weight
    ]
    first_seen = {name: position for position, name in enumerate(weight)}
    return tuple(
        sorted(
            questions,
            key=lambda question: (
                question.asked or question.disputed,
                -weight[question.fact.id] / _COST[question.fact.burden],
                first_seen[question.fact.id],
            ),
        )
    )

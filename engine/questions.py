"""Which question next: the unknown facts that can still matter, most deciding first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from engine.case import Case
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.words import Burden, Respondent

_COST = {Burden.LIGHT: 1.0, Burden.MEDIUM: 1.5, Burden.HEAVY: 2.5}
_REACH = {Respondent.CLIENT: 1.0, Respondent.PROFESSIONAL: 1.0, Respondent.EMPLOYER: 1.5}
_FAR = 2.0
"""How much further away someone who answers is than who sits at the table; an expert is far."""

EXPERTS = frozenset({Respondent.DOCTOR, Respondent.LABOUR_EXPERT})
"""Whose judgement nobody else can give: what only they can establish is ordered, not guessed."""

Matters = Callable[[Fact, Sequence[str]], bool]
"""Whether an answer to a question can change an advice of one of these rules."""


class Question(NamedTuple):
    """An unknown fact that can still change an advice.

    Attributes:
        fact: the question, who can answer it and why it is asked.
        advices: how many advices still wait for it.
        settles: how many of those wait for nothing else.
        disputed: parties differ on it.
        asked: it was asked before and not known.
        ordered_by: the actions by which an expert answers it, by id; empty unless only an
            expert can.
    """

    fact: Fact
    advices: int
    settles: int
    disputed: bool
    asked: bool
    ordered_by: tuple[str, ...] = ()

    @property
    def expert(self) -> bool:
        """Whether only a doctor or a labour expert can establish it."""
        return EXPERTS.issuperset(self.fact.respondents)

    @property
    def fresh(self) -> bool:
        """Whether it can be asked now: not asked in vain before, not disputed, no expert's."""
        return not (self.asked or self.disputed or self.expert)


def rank(
    knowledge: Knowledge, case: Case, waiting: Mapping[str, Sequence[str]], matters: Matters
) -> tuple[Question, ...]:
    """Order the facts that advices wait for.

    A fact weighs more the more advices wait for it and the fewer others they wait for, and less
    the more it takes to get the answer and the further away is who can give it. What only an
    expert can establish comes after what can be asked, and what was asked in vain comes last. The
    first question is one whose answer is seen to change an advice.

    Args:
        knowledge: where the questions are defined.
        case: what was asked before and what is disputed.
        waiting: for each rule, the facts that its advice waits for, in reading order.
        matters: tells whether a question can change an advice.
    """
    weight: dict[str, float] = defaultdict(float)
    for names in waiting.values():
        for name in names:
            weight[name] += 1 / len(names)
    known = standings(knowledge)

    def place(name: str) -> tuple[bool, bool, float]:
        standing = known[name]
        worth = weight[name] / standing.effort
        return name in case.unknown or name in case.disputed, standing.expert, -worth

    def seen_to_matter(name: str) -> bool:
        rules = [rule for rule, names in waiting.items() if name in names]
        return matters(knowledge.facts[name], rules)

    ordered = sorted(weight, key=place)
    first = next(filter(seen_to_matter, ordered), None)
    if first is not None:
        ordered.remove(first)
        ordered.insert(0, first)
    advices = Counter(chain.from_iterable(waiting.values()))
    settles = Counter(names[0] for names in waiting.values() if len(names) == 1)
    return tuple(
        [
            Question(
                knowledge.facts[name],
                advices[name],
                settles[name],
                name in case.disputed,
                name in case.unknown,
                known[name].ordered_by,
            )
            for name in ordered
        ]
    )


class Standing(NamedTuple):
    """What does not change about a question: how far off its answer is, and who gives it.

    Attributes:
        effort: what it takes to get an answer, and how far away is who can give it.
        expert: only a doctor or a labour expert can establish it.
        ordered_by: the actions by which an expert answers it, by id.
    """

    effort: float
    expert: bool
    ordered_by: tuple[str, ...]


@lru_cache(maxsize=4)
def standings(knowledge: Knowledge) -> Mapping[str, Standing]:
    """Return for each fact what it takes to get its answer."""
    orders: dict[Respondent, list[str]] = defaultdict(list)
    for action in knowledge.actions.values():
        for respondent in action.consults:
            orders[respondent].append(action.id)
    found: dict[str, Standing] = {}
    for name, fact in knowledge.facts.items():
        reach = min(_REACH.get(one, _FAR) for one in fact.respondents)
        expert = EXPERTS.issuperset(fact.respondents)
        ordered_by = dict.fromkeys(action for one in fact.respondents for action in orders[one])
        found[name] = Standing(
            _COST[fact.burden] * reach, expert, tuple(ordered_by) if expert else ()
        )
    return found

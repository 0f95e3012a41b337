"""Where the files of a protocol part: the questions that its own rules divide them by.

At first all rules are open. The question that most of them still ask divides the files; under each
answer those rules go on that ask it and aren't settled by it, and again the question that most of
them still ask divides. Where fewer than two rules ask the same, files don't part any further.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.conditions import Condition, NoneOf, OneOf, Value
from engine.explain import prove
from engine.knowledge import AUTHORITY
from engine.program import Program

OTHER = "*"
"""Stands for every answer that no rule at hand asks about; no answer can be called so."""

MOST = 3
"""How many questions part a file at most; more, and nobody can follow the picture."""

_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Split:
    """A question at which files part.

    Attributes:
        name: a fact with fixed answers, or a notion.
        answers: those that a rule at hand asks about.
        under: for each of those, for :data:`OTHER` and for unknown (``None``) where files part
            next, if they do.
    """

    name: str
    answers: tuple[str, ...]
    under: Mapping[str | None, Split | None]

    def everything(self) -> Iterator[str]:
        """Yield the name of this question and of all under it."""
        yield self.name
        for split in self.under.values():
            if split is not None:
                yield from split.everything()


def splits_of(
    program: Program, protocol: str, asked: Collection[str], reference: date, most: int = MOST
) -> Split | None:
    """Return where the files part first; ``None`` if no two rules ask the same.

    Args:
        program: the protocol, among others.
        protocol: its id.
        asked: the facts that the files have answers to.
        reference: the day against which ages are counted.
        most: how many questions part a file at most.
    """
    conditions = [
        bound.condition
        for bound in program.asked_rules()
        if bound.rule.id.partition(".")[0] == protocol
    ]
    usable = frozenset(asked) | frozenset(program.derivations)
    known: dict[str, Value] = {AUTHORITY: program.authority.kind.value}
    return _split(conditions, known, usable - {AUTHORITY}, reference, most)


def _split(
    conditions: Sequence[Condition],
    known: Mapping[str, Value],
    usable: frozenset[str],
    reference: date,
    most: int,
) -> Split | None:
    """Choose the question that most rules still ask, and what comes under each answer."""
    askers: dict[str, dict[int, None]] = {}
    answers: dict[str, dict[str, None]] = {}
    for place, condition in enumerate(conditions):
        for leaf in prove(condition, known, reference).unknown_leaves():
            if isinstance(leaf, OneOf | NoneOf) and leaf.name in usable:
                askers.setdefault(leaf.name, {})[place] = None
                answers.setdefault(leaf.name, {}).update(dict.fromkeys(leaf.values))
    name = max(askers, key=lambda one: len(askers[one]), default=None)
    if most == 0 or name is None or len(askers[name]) < _TOGETHER:
        return None
    going_on = [conditions[place] for place in askers[name]]
    under: dict[str | None, Split | None] = {}
    for answer in (*answers[name], OTHER, None):
        told = known if answer is None else {**known, name: answer}
        waiting = [one for one in going_on if prove(one, told, reference).truth is None]
        under[answer] = _split(waiting, told, usable - {name}, reference, most - 1)
    return Split(name, tuple(answers[name]), under)

"""Finds the smallest sets of other answers after which something is so.

A breadth-first search that is led by what stands in the way: in a situation that isn't the wanted
one, some facts keep it that way, and every set that leads to the goal changes at least one of
them. Only those are tried. That misses no set, because what keeps a situation as it is does so
whatever the other facts become.

Source of the idea: R. Reiter, "A theory of diagnosis from first principles", Artificial
Intelligence 32 (1987), section 4 (hitting sets).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.answers import Answer
from engine.situation import Names, Situation

Blocked = Callable[[Situation], Names | None]
"""The facts that keep a situation from the goal; ``None`` when the goal is reached."""

Changes = tuple[Answer, ...]
"""Other answers to different questions, ordered by question."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        sets: the smallest sets of changes, fewest first. No part of one leads to the goal, and
            neither does another answer to only some of its questions.
        complete: whether everything was looked at; if not, there may be more sets.
    """

    sets: tuple[Changes, ...]
    complete: bool


class Clock:
    """Says when the time for a search is up."""

    def __init__(self, seconds: float) -> None:
        """Start counting."""
        self._end = time.perf_counter() + seconds

    @property
    def is_up(self) -> bool:
        """Whether the time has passed."""
        return time.perf_counter() > self._end


def search(
    start: Situation,
    blocked: Blocked,
    answers: Mapping[str, tuple[Answer, ...]],
    most: int,
    clock: Clock,
) -> Found:
    """Look for the smallest sets of changes that lead to the goal.

    Args:
        start: the situation as it is, in which exactly the facts in ``answers`` are free.
        blocked: tells whether the goal is reached, and if not what is in the way.
        answers: for each fact that may change, the answers to try.
        most: the most answers that a set changes.
        clock: when to stop.
    """
    found: list[Changes] = []
    edge: list[tuple[Changes, Situation, Names]] = []
    keeps = blocked(start)
    if keeps is None:
        return Found(((),), complete=True)
    edge.append(((), start, keeps))
    for size in range(1, most + 1):
        reached, further, seen = list[Changes](), list[tuple[Changes, Situation, Names]](), set()
        for changes, situation, keeps in edge:
            for more in _steps(changes, keeps, answers):
                if more in seen or _holds_one_of(more, found):
                    continue
                seen.add(more)
                if clock.is_up:
                    return Found((*found, *reached), complete=False)
                step = {one.fact: one.example for one in more if one not in changes}
                there = situation.with_answers(step)
                still = blocked(there)
                if still is None:
                    reached.append(more)
                elif still and size < most:
                    further.append((more, there, still))
        found += reached
        edge = further
    return Found(tuple(found), complete=True)


def _steps(
    changes: Changes, keeps: Names, answers: Mapping[str, tuple[Answer, ...]]
) -> Iterator[Changes]:
    """Yield the changes with one more, of a fact that is in the way."""
    for fact in sorted(keeps):
        for answer in answers.get(fact, ()):
            yield tuple(sorted((*changes, answer), key=lambda one: one.fact))


def _holds_one_of(changes: Changes, found: list[Changes]) -> bool:
    """Whether a smaller set already changes only questions that these changes are about."""
    facts = {one.fact for one in changes}
    return any(facts >= {one.fact for one in other} for other in found)

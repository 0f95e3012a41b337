"""Which unknown facts keep most advices waiting: what to ask first, over a whole caseload.

That a fact alone settles an advice is said only where the advice waits for nothing else: then it is
settled whatever the answer is. With other facts missing too, one answer can happen to settle it as
well, but another needn't. So what is counted here is the least.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.caseload.run import Screened
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.questions import Standing, standings

_Counts = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]

_BITS = 64


@dataclass(frozen=True, slots=True)
class Blocker:
    """An unknown fact that advices wait for.

    Attributes:
        fact: the question, who can answer it and what that takes.
        files: in how many files an advice waits for it.
        advices: how many advices wait for it, over all files.
        settles_files: in how many of those files no advice waits for anything else.
        settles_advices: how many of those advices wait for nothing else.
        expert: only a doctor or a labour expert can establish it.
        ordered_by: the actions by which an expert answers it, by id; else none.
    """

    fact: Fact
    files: int
    advices: int
    settles_files: int
    settles_advices: int
    expert: bool
    ordered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """What a caseload waits for.

    Attributes:
        files: how many files there are.
        waiting: in how many of them an advice is still to be settled.
        facts: what they wait for, in the order to ask it.
    """

    files: int
    waiting: int
    facts: tuple[Blocker, ...]


class Blocking:
    """Counts, batch by batch of a run with grounds, what advices wait for."""

    def __init__(self, knowledge: Knowledge, rules: Collection[str] | None = None) -> None:
        """Take where the questions are defined.

        Args:
            knowledge: the questions.
            rules: the rules whose advices count; all that were asked for if ``None``.
        """
        self._knowledge = knowledge
        self._rules = rules
        self._places = {name: place for place, name in enumerate(knowledge.facts)}
        size = len(self._places)
        self._files, self._waiting = 0, 0
        self._weight = np.zeros(size)
        self._advices, self._alone, self._in_files, self._alone_in_files = (
            np.zeros(size, np.int64) for _ in range(4)
        )

    def add(self, batch: Screened) -> None:
        """Count one batch.

        Raises:
            ValueError: the run was made without grounds.
        """
        self._files += len(batch.files)
        if not batch.grounds and batch.rules:
            raise ValueError("What advices wait for is only known in a run with grounds.")
        rules = [rule for rule in batch.rules if self._rules is None or rule in self._rules]
        times: _Counts = np.zeros(len(batch.book), np.int64)
        for rule in rules:
            times += np.bincount(batch.grounds[rule], minlength=len(batch.book))
        used = [place for place in np.flatnonzero(times).tolist() if batch.book[place].missing]
        asks = np.zeros((len(used), len(self._places)), np.bool_)
        for row, place in enumerate(used):
            asks[row, [self._places[name] for name in batch.book[place].missing]] = True
        self._count_advices(times[used], asks)
        self._count_files(batch, rules, used, asks)

    def _count_advices(self, often: _Counts, asks: _Flags) -> None:
        """Add what advices wait for; each row of facts stands for so many advices."""
        sizes = asks.sum(axis=1)
        # As fractions, which are multiplied much faster; whole numbers up to 2^53 stay exact.
        times, shares = often.astype(np.float64), asks.astype(np.float64)
        self._advices += (times @ shares).astype(np.int64)
        self._weight += (times / sizes) @ shares
        self._alone += (times[sizes == 1] @ shares[sizes == 1]).astype(np.int64)

    def _count_files(
        self, batch: Screened, rules: list[str], used: list[int], asks: _Flags
    ) -> None:
        """Put together what all advices in a file wait for; 64 facts fit in a number."""
        size = len(self._places)
        padded = np.zeros((len(batch.book), -(-size // _BITS) * _BITS), np.bool_)
        padded[used, :size] = asks
        of_ground = np.packbits(padded, axis=1).view(np.uint64).T.copy()
        of_file = np.zeros((len(of_ground), len(batch.files)), np.uint64)
        for rule in rules:
            places = batch.grounds[rule].astype(np.intp)
            for word, own in zip(of_file, of_ground, strict=True):
                word |= own[places]
        bits = np.ascontiguousarray(of_file.T).view(np.uint8)
        waits = np.unpackbits(bits, axis=1, count=size).view(np.bool_)
        facts = waits.sum(axis=1)
        self._waiting += int((facts > 0).sum())
        self._in_files += waits.sum(axis=0)
        self._alone_in_files += waits[facts == 1].sum(axis=0)

    def blocked(self) -> Blocked:
        """Return what was counted so far, in the order to ask it.

        The order is that of the questions in one case (:func:`engine.questions.rank`): a fact
        weighs more the more advices wait for it and the fewer others they wait for, and less the
        more it takes to get the answer. What only an expert can establish comes last.
        """
        known = standings(self._knowledge)

        def place(name: str) -> tuple[bool, Any, str]:
            return known[name].expert, -self._weight[self._places[name]] / known[name].effort, name

        asked = sorted((name for name, at in self._places.items() if self._advices[at]), key=place)
        return Blocked(
            self._files, self._waiting, tuple(self._blocker(name, known[name]) for name in asked)
        )

    def _blocker(self, name: str, standing: Standing) -> Blocker:
        at = self._places[name]
        return Blocker(
            self._knowledge.facts[name],
            int(self._in_files[at]),
            int(self._advices[at]),
            int(self._alone_in_files[at]),
            int(self._alone[at]),
            standing.expert,
            standing.ordered_by,
        )

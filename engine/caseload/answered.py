"""The answers in a caseload, grouped by what conditions tell apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from engine.caseload.basic import basic_layers, leaves_of
from engine.caseload.patterns import Ids, Numbered
from engine.conditions import Compare, Op, Value
from engine.program import Program

_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)
_TURNS = {Op.LT: (0,), Op.LE: (1,), Op.EQ: (0, 1)}


class Answered(ABC):
    """The answers to one question, as numbers; 0 is unknown."""

    def __init__(self, name: str) -> None:
        """Take the fact that they are about."""
        self.name = name

    def numbers(self, files: pl.DataFrame) -> Ids:
        """Return the number of the answer in each file; unknown where there is no such column."""
        if self.name not in files.columns:
            return np.zeros(len(files), np.int32)
        return self._numbers(files[self.name])

    @abstractmethod
    def _numbers(self, column: pl.Series) -> Ids: ...

    @abstractmethod
    def example(self, number: int) -> Value | None:
        """Return an answer of the group with this number."""


class _Options(Answered):
    """Yes or no, or a choice: each answer is a group by itself."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._options: Numbered[str | None] = Numbered([None])

    def _numbers(self, column: pl.Series) -> Ids:
        text = column.cast(pl.String)
        found = [one for one in text.unique().to_list() if one is not None]
        numbers = [self._options.number(one) for one in found]
        replaced = text.replace_strict(found, numbers, default=0, return_dtype=pl.Int32)
        return replaced.fill_null(0).to_numpy()

    def example(self, number: int) -> str | None:
        return self._options.items[number]


class _Cut(Answered):
    """Numbers or dates, cut where a comparison turns."""

    def __init__(self, name: str, edges: Sequence[int], is_date: bool) -> None:
        super().__init__(name)
        self._edges = edges
        self._is_date = is_date

    def _numbers(self, column: pl.Series) -> Ids:
        whole = column.to_physical().cast(pl.Int64)
        groups = np.searchsorted(np.array(self._edges), whole.fill_null(0).to_numpy(), "right") + 1
        return np.where(whole.is_null().to_numpy(), 0, groups).astype(np.int32)

    def example(self, number: int) -> Value | None:
        if number == 0:
            return None
        whole = self._edges[0] - 1 if number == 1 else self._edges[number - 2]
        return _EPOCH + whole * _DAY if self._is_date else whole


def answered(
    program: Program, reference: date, constants: Mapping[str, Value]
) -> Mapping[str, Answered]:
    """Return for each fact that a program asks about how its answers are grouped."""
    asked: dict[str, list[Compare]] = {}
    for layer in basic_layers(program, reference, constants):
        for item in layer:
            for leaf in leaves_of(item):
                if leaf.name not in program.derivations:
                    asked.setdefault(leaf.name, []).extend(
                        [leaf] if isinstance(leaf, Compare) else []
                    )
    return {name: _grouping(name, own) for name, own in asked.items()}


def _grouping(name: str, asked: Sequence[Compare]) -> Answered:
    if not asked:
        return _Options(name)
    edges: set[int] = set()
    for leaf in asked:
        bound = leaf.bound
        whole = (bound - _EPOCH).days if isinstance(bound, date) else bound
        if not isinstance(whole, int):
            raise TypeError(f"{name}: a comparison needs a resolved bound")
        # "Less" turns at the bound, "at most" just after it, "equal" at both.
        edges |= {whole + turn for turn in _TURNS[leaf.op]}
    return _Cut(name, sorted(edges), isinstance(asked[0].bound, date))

"""Rows that are alike, so that what takes thought is thought once for all of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]
"""A small number for each row; equal numbers stand for equal things."""

Item = TypeVar("Item", bound=Hashable)

_SMALL = 1 << 18
"""Up to this many possible numbers are looked up in a list; more are sorted."""


class Numbered(Generic[Item]):
    """Gives equal things equal numbers, from 0."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        """Number these first."""
        self.items = list(items)
        self._numbers = {item: number for number, item in enumerate(self.items)}

    def number(self, item: Item) -> int:
        """Return the number of an item, a new one if it has none yet."""
        number = self._numbers.setdefault(item, len(self.items))
        if number == len(self.items):
            self.items.append(item)
        return number


def together(columns: Sequence[Ids]) -> tuple[Ids, npt.NDArray[np.int64]]:
    """Number the rows by what they have in all columns, without gaps.

    Args:
        columns: at least one, equally long, with numbers from 0.

    Returns:
        A number per row, and for each number a row that has it.
    """
    both = columns[0].astype(np.int64)
    size = _size(both)
    for column in columns[1:]:
        more = _size(column)
        if size * more > _SMALL:
            both, size = _dense(both, size)
        both = both * more + column
        size *= more
    dense, count = _dense(both, size)
    rows = np.zeros(count, np.int64)
    rows[dense] = np.arange(len(dense))
    return dense.astype(np.int32), rows


def _size(column: npt.NDArray[np.integer]) -> int:
    return int(column.max(initial=0)) + 1


def _dense(numbers: npt.NDArray[np.int64], size: int) -> tuple[npt.NDArray[np.int64], int]:
    """Close the gaps between numbers below ``size``."""
    if size > _SMALL:
        found, dense = np.unique(numbers, return_inverse=True)
        return dense.astype(np.int64), len(found)
    seen = np.zeros(size, np.bool_)
    seen[numbers] = True
    found = np.flatnonzero(seen)
    places = np.empty(size, np.int64)
    places[found] = np.arange(len(found))
    return places[numbers], len(found)

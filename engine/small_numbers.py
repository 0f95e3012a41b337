"""Keeps figures about few people out of sight, also where they could be worked out from others.

A cell under five is not shown, and neither are as many other cells as it takes to keep it from
being worked out (primary and complementary suppression: Hundepool and others, *Statistical
Disclosure Control*, Wiley 2012, chapter 4). What did not happen has no cell.

Intervals are those of Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22 (1927), 209-212; they hold up where
numbers are small or shares near nought or one (Brown, Cai and DasGupta, Statistical Science 16
(2001), 101-133).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import Generic, TypeVar

FEWEST = 5
"""The least that is shown in a cell."""

Z_95 = 1.959963984540054
"""The point that a standard normal variable stays below with chance 0.975."""

K = TypeVar("K")


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share.

    Args:
        count: how often it happened.
        total: how often it could have; at least 1.

    Raises:
        ValueError: the count is not within the total.
    """
    if not 0 <= count <= total or total < 1:
        raise ValueError("A count lies within a total of at least one.")
    share, square = count / total, Z_95**2
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = Z_95 * sqrt(share * (1 - share) / total + square / (4 * total**2)) / (1 + square / total)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == total else min(1.0, middle + half)
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that may be shown.

    Attributes:
        count: how often.
        total: out of how often.
        low: lower end of the 95 % interval, between 0 and 1.
        high: upper end of it.
    """

    count: int
    total: int
    low: float
    high: float

    @classmethod
    def of(cls, count: int, total: int) -> Share:
        """Make a share with its interval."""
        return cls(count, total, *wilson(count, total))


@dataclass(frozen=True, slots=True)
class Shown(Generic[K]):
    """A whole and its parts, as far as they may be shown.

    Attributes:
        total: the whole; ``None`` if that is too few to show.
        parts: each part that occurred; ``None`` where it isn't shown. None at all without a whole:
            which parts there are would tell too much.
    """

    total: int | None
    parts: Mapping[K, Share | None]

    @property
    def hidden(self) -> int:
        """How many are in the parts that aren't shown, together; nought without a whole."""
        return (self.total or 0) - sum(share.count for share in self.parts.values() if share)

    def part(self, name: K) -> Share | None:
        """Return one part; ``None`` if it did not occur or isn't shown."""
        return self.parts.get(name)


def protect(counts: Mapping[K, int]) -> Shown[K]:
    """Leave out of a whole and its parts what must not be seen.

    Args:
        counts: how often each part occurred; together they are the whole.
    """
    occurred = {name: count for name, count in counts.items() if count}
    total = sum(occurred.values())
    hidden = _hidden(occurred)
    # Where hardly anything is in a cell, how many cells there are tells what is in them.
    if total < FEWEST or (len(hidden) == len(occurred) and total < 2 * len(occurred)):
        return Shown(None, MappingProxyType({}))
    parts = {
        name: None if name in hidden else Share.of(count, total) for name, count in occurred.items()
    }
    return Shown(total, MappingProxyType(parts))


def protect_above(
    counts: Mapping[K, int], below: Iterable[tuple[Mapping[K, int], Shown[K]]]
) -> Shown[K]:
    """Leave out what must not be seen of a whole of which the divisions are shown as well.

    What is hidden in a division must not come out by taking what is shown of the others from the
    whole. Where it would, nothing of the whole is shown.

    Args:
        counts: how often each part occurred in the whole.
        below: the same for each of its divisions, with what is shown of it.
    """
    whole = protect(counts)
    divisions = list(below)
    hidden = [[sum(one.values()) for one, shown in divisions if shown.total is None]]
    hidden += [
        [one[part] for one, shown in divisions if one.get(part) and not shown.part(part)]
        for part, share in whole.parts.items()
        if share
    ]
    if all(_safe(cells) for cells in hidden if any(cells)):
        return whole
    return Shown(None, MappingProxyType({}))


def _hidden(occurred: Mapping[K, int]) -> set[K]:
    """Choose the cells to hide: all up to some size.

    All cells of one size go together, so that cells that are hidden could change places and be
    hidden just the same. Which of two equal ones was taken would tell which one is small.
    """
    hidden = {name for name, count in occurred.items() if count < FEWEST}
    while hidden and len(hidden) < len(occurred) and not _safe([occurred[one] for one in hidden]):
        largest = min(count for name, count in occurred.items() if name not in hidden)
        hidden = {name for name, count in occurred.items() if count <= largest}
    return hidden


def _safe(hidden: list[int]) -> bool:
    """Whether hidden cells can't be worked out from their sum by whoever knows how they are hidden.

    One cell is its sum. Cells that are all under five are known when they can only be all ones or
    all fours. Where a larger one is among them, nobody can tell which one that is.
    """
    few, most = len(hidden), (FEWEST - 1) * len(hidden)
    mixed = max(hidden) >= FEWEST
    return few > 1 and sum(hidden) >= FEWEST and (mixed or few < sum(hidden) < most)

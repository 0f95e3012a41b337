"""Puts the nodes of a graph that runs from left to right in an order in which few lines cross.

The way of Sugiyama, kept small: a line that skips columns gets a bend in each column it passes,
every column is ordered by the middle of its neighbours, back and forth, and after each sweep
neighbours change places where that helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12
"""How often the order is improved; on our maps it settles within five."""

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything stands.

    Attributes:
        columns: from left to right, each from top to bottom: names of nodes and of bends.
        routes: for each line the names it passes, both ends included.
    """

    columns: tuple[tuple[str, ...], ...]
    routes: Mapping[Line, tuple[str, ...]]

    @property
    def crossings(self) -> int:
        """How often two lines cross."""
        return crossings(self.columns, _segments(self.routes))


def arrange(
    column_of: Mapping[str, int], lines: Iterable[Line], sweeps: int = SWEEPS
) -> Arrangement:
    """Order the nodes within their columns.

    Args:
        column_of: the column of each node, counted from 0; the order within a column is where
            the search for a better one begins.
        lines: from a node to one in a later column.
        sweeps: how often to improve; 0 leaves the order as it was given.

    Raises:
        ValueError: a line doesn't run from left to right.
    """
    columns: list[list[str]] = [[] for _ in range(max(column_of.values(), default=-1) + 1)]
    for name, column in column_of.items():
        columns[column].append(name)
    routes: dict[Line, tuple[str, ...]] = {}
    for source, target in lines:
        start, end = column_of[source], column_of[target]
        if start >= end:
            raise ValueError(f"the line from {source} to {target} does not run to the right")
        # Lines from one node share their bends, so that they part as late as they can.
        bends = [f"{source}\n{column}" for column in range(start + 1, end)]
        for column, bend in enumerate(bends, start + 1):
            if bend not in columns[column]:
                columns[column].append(bend)
        routes[source, target] = (source, *bends, target)
    return Arrangement(_best(columns, _segments(routes), sweeps), routes)


def crossings(columns: Sequence[Sequence[str]], segments: Iterable[Line]) -> int:
    """Count the pairs of lines between neighbouring columns that cross."""
    place = _places(columns)
    column = {name: number for number, names in enumerate(columns) for name in names}
    between: dict[int, list[tuple[int, int]]] = {}
    for source, target in segments:
        between.setdefault(column[source], []).append((place[source], place[target]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for group in between.values()
        for number, one in enumerate(group)
        for other in group[:number]
    )


def _segments(routes: Mapping[Line, tuple[str, ...]]) -> tuple[Line, ...]:
    """Return each piece between neighbouring columns once."""
    pieces = (piece for route in routes.values() for piece in pairwise(route))
    return tuple(dict.fromkeys(pieces))


def _best(
    columns: list[list[str]], segments: tuple[Line, ...], sweeps: int
) -> tuple[tuple[str, ...], ...]:
    """Sweep back and forth and keep the order with the fewest crossings."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for source, target in segments:
        before.setdefault(target, []).append(source)
        after.setdefault(source, []).append(target)
    best, fewest = _frozen(columns), crossings(columns, segments)
    for sweep in range(sweeps):
        if not fewest:
            break
        neighbours = after if sweep % 2 else before
        for names in reversed(columns) if sweep % 2 else columns:
            _by_middle(names, neighbours, _places(columns))
        for names in columns:
            _swap(names, (before, after), _places(columns))
        if (found := crossings(columns, segments)) < fewest:
            best, fewest = _frozen(columns), found
    return best


def _by_middle(
    names: list[str], neighbours: Mapping[str, list[str]], place: Mapping[str, int]
) -> None:
    """Order one column by the middle of its neighbours; who has none keeps its place."""

    def middle(name: str) -> float:
        others = neighbours.get(name)
        return sum(place[one] for one in others) / len(others) if others else place[name]

    names.sort(key=middle)


def _swap(
    names: list[str], sides: Iterable[Mapping[str, list[str]]], place: Mapping[str, int]
) -> None:
    """Let two that stand next to each other change places where fewer lines cross then."""

    def gain(upper: str, lower: str) -> int:
        return sum(
            (place[one] > place[other]) - (place[one] < place[other])
            for side in sides
            for one in side.get(upper, ())
            for other in side.get(lower, ())
        )

    for _ in names:
        better = [row for row in range(len(names) - 1) if gain(names[row], names[row + 1]) > 0]
        if not better:
            return
        row = better[0]
        names[row], names[row + 1] = names[row + 1], names[row]


def _places(columns: Iterable[Sequence[str]]) -> dict[str, int]:
    return {name: place for names in columns for place, name in enumerate(names)}


def _frozen(columns: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names) for names in columns)

"""The map of the reasoning as a plotly figure: in columns, for a screen.

Pure: nothing of Streamlit. All places are in pixels, because the text in a box is too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engine.reasoning_map import EdgeKind, NodeKind, ReasoningMap
from ui.charts import CONFIG, PAPER, RED, SMALL
from ui.map_parts import (
    LETTERS,
    LINE_HEIGHT,
    PADDING,
    Box,
    Sheet,
    lines_of,
    pen,
)

MAP_CONFIG = CONFIG | {"staticPlot": True}
"""All there is to read stands in the boxes, so the map needs no pointer and catches none."""

WIDE = 1000
"""What a page has room for beside its margins on an ordinary laptop, in pixels."""
HEADINGS = 34
BETWEEN, BEND = 14, 8
NARROWEST, WIDEST = 136, 236
SMALL_GAP, LARGE_GAP, WORD_GAP = 32, 96, 92
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything of a map in columns goes.

    Attributes:
        boxes: by id of the node.
        middles: the height of every node and bend.
        column_of: the column of every node and bend.
        lefts: the left edge of each column.
    """

    boxes: Mapping[str, Box]
    middles: Mapping[str, float]
    column_of: Mapping[str, int]
    lefts: Sequence[float]
    box_width: float
    height: float

    @property
    def width(self) -> float:
        """The width of the picture."""
        return self.lefts[-1] + self.box_width + 2 if self.lefts else 0


def place(drawn: ReasoningMap, width: int = WIDE) -> Columns:
    """Work out where the boxes go: in their columns, each near to what it is tied to."""
    lefts, box_width = _columns(drawn.headings, width)
    lines = {name: lines_of(node, box_width) for name, node in drawn.nodes.items()}
    heights = {name: len(said) * LINE_HEIGHT + 2 * PADDING for name, said in lines.items()}
    middles = _middles(drawn, heights)
    top = min((middles[name] - heights[name] / 2 for name in heights), default=0)
    middles = {name: middle - top + HEADINGS for name, middle in middles.items()}
    column_of = {
        name: column for column, names in enumerate(drawn.arrangement.columns) for name in names
    }
    boxes = {
        name: Box(
            drawn.nodes[name],
            lefts[column_of[name]],
            middles[name] - heights[name] / 2,
            box_width,
            heights[name],
            lines[name],
        )
        for name in drawn.nodes
    }
    lowest = max([box.bottom for box in boxes.values()] + list(middles.values()), default=0)
    return Columns(boxes, middles, column_of, lefts, box_width, lowest + 4)


def _columns(headings: Sequence[NodeKind], width: int) -> tuple[list[float], float]:
    """Share the width among the columns; between an exception and its rule there is a word."""
    words = sum(kind is NodeKind.EXCEPTION for kind in headings)
    gaps = max(len(headings) - 1 - words, 0)
    room = width - words * WORD_GAP - 4
    box = (room - gaps * SMALL_GAP * 1.5) / max(len(headings), 1)
    box = min(max(box, NARROWEST), WIDEST)
    gap = (room - box * len(headings)) / gaps if gaps else 0
    gap = min(max(gap, SMALL_GAP), LARGE_GAP)
    lefts, x = [], 2.0
    for kind in headings:
        lefts.append(x)
        x += box + (WORD_GAP if kind is NodeKind.EXCEPTION else gap)
    return lefts, box


def _middles(drawn: ReasoningMap, heights: Mapping[str, float]) -> dict[str, float]:
    """Give every node and bend a height: near its neighbours, in order, and without overlap."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for route in drawn.arrangement.routes.values():
        for source, target in pairwise(route):
            before.setdefault(target, []).append(source)
            after.setdefault(source, []).append(target)
    columns = drawn.arrangement.columns
    middles: dict[str, float] = {}
    for names in columns:
        middles |= _stack(names, dict.fromkeys(names, 0.0), heights)
    for sweep in range(SWEEPS):
        neighbours = (after, before)[sweep % 2]
        for names in columns if sweep % 2 else reversed(columns):
            wanted = {
                name: sum(middles[one] for one in near) / len(near)
                if (near := neighbours.get(name) or before.get(name) or after.get(name))
                else middles[name]
                for name in names
            }
            middles |= _stack(names, wanted, heights)
    return middles


def _stack(
    names: Sequence[str], wanted: Mapping[str, float], heights: Mapping[str, float]
) -> dict[str, float]:
    """Put a column as near as it can be to where it wants to be, without overlap.

    Pools neighbours that would overlap and moves each pool to its mean: the least sum of squares.
    """
    offsets, offset = {}, 0.0
    for earlier, later in pairwise(names):
        offsets[earlier] = offset
        offset += (heights.get(earlier, BEND) + heights.get(later, BEND)) / 2 + BETWEEN
    if names:
        offsets[names[-1]] = offset
    pools: list[tuple[float, list[str]]] = []
    for name in names:
        mean, members = wanted[name] - offsets[name], [name]
        while pools and pools[-1][0] >= mean:
            other, more = pools.pop()
            mean = (mean * len(members) + other * len(more)) / (len(members) + len(more))
            members = more + members
        pools.append((mean, members))
    return {name: mean + offsets[name] for mean, members in pools for name in members}


def map_figure(drawn: ReasoningMap, width: int = WIDE) -> Any:
    """Draw a map in columns.

    Args:
        drawn: the map.
        width: pixels that there are; the figure is not wider unless its boxes would get too
            narrow to read.

    Returns:
        A plotly figure of a fixed size.
    """
    columns = place(drawn, width)
    sheet = Sheet()
    for does, source, target in _pieces(drawn):
        _piece(sheet, columns, does, (source, target))
    seen = ""
    for kind, left in zip(drawn.headings, columns.lefts, strict=True):
        if kind.value != seen:
            sheet.text(left, 12, f"<b>{kind.value}</b>", size=LETTERS + 2)
        seen = kind.value
    for box in columns.boxes.values():
        sheet.box(box)
    return sheet.figure(columns.width, columns.height)


def _pieces(drawn: ReasoningMap) -> Iterator[tuple[EdgeKind, str, str]]:
    """Yield every piece of line between two columns once, however many lines share it."""
    pieces = (
        (edge.kind, *ends)
        for edge in drawn.edges
        for ends in pairwise(drawn.arrangement.routes[edge.source, edge.target])
    )
    return iter(dict.fromkeys(pieces))


def _piece(sheet: Sheet, columns: Columns, kind: EdgeKind, ends: tuple[str, str]) -> None:
    """Draw a piece of line, and on through the bend it leads to; with a head if it is a box.

    A line from an exception is dashed and says what it does.
    """
    source, target = ends
    column = columns.column_of[target]
    x0, y0 = columns.lefts[column - 1] + columns.box_width, columns.middles[source]
    x1, y1 = columns.lefts[column], columns.middles[target]
    half = (x0 + x1) / 2
    path = f"M {x0:.1f},{y0:.1f} C {half:.1f},{y0:.1f} {half:.1f},{y1:.1f} {x1:.1f},{y1:.1f}"
    if target not in columns.boxes:
        path += f" L {x1 + columns.box_width:.1f},{y1:.1f}"
    colour, style = pen(kind)
    sheet.path(path, line=style)
    if target in columns.boxes:
        sheet.head(x1, y1, colour)
    if kind is not EdgeKind.SUPPORTS and source in columns.boxes:
        # Near the end of the line: lines from one exception begin at one place and end apart.
        above = {"xanchor": "right", "yanchor": "bottom", "bgcolor": PAPER}
        sheet.text(x1 - 9, y1 - 5, kind.value, RED, SMALL, **above)

"""The map of the reasoning as a tree: for a narrow screen, and for who reads it as text.

Pure: nothing of Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.reasoning_map import EdgeKind, Node, ReasoningMap
from ui.charts import RED, SMALL
from ui.map_parts import LINE_HEIGHT, PADDING, Box, Sheet, lines_of, pen
from ui.text import capital

WIDTH = 320
"""What a phone has room for, in pixels."""
INDENT, BETWEEN = 18, 14


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the map as a tree.

    Attributes:
        above: the row that it leads to; ``None`` for a step, or a rule that lapsed.
        kind: what it does to that row.
    """

    node: Node
    depth: int
    above: int | None = None
    kind: EdgeKind | None = None


def tree_rows(drawn: ReasoningMap) -> Iterator[Row]:
    """Yield the map from the steps back to the facts; what was explained is not explained again."""
    explained: set[str] = set()
    count = 0

    def walk(node: Node, depth: int, above: int | None, kind: EdgeKind | None) -> Iterator[Row]:
        nonlocal count
        mine, count = count, count + 1
        yield Row(node, depth, above, kind)
        if node.id in explained:
            return
        explained.add(node.id)
        for edge in drawn.into(node.id):
            yield from walk(drawn.nodes[edge.source], depth + 1, mine, edge.kind)

    for end in drawn.ends():
        yield from walk(end, 0, None, None)


def tree_figure(drawn: ReasoningMap, width: int = WIDTH) -> Any:
    """Draw a map as a tree for a narrow screen: each step, and below it what it rests on.

    Args:
        drawn: the map.
        width: pixels that there are.

    Returns:
        A plotly figure of a fixed size.
    """
    rows = list(tree_rows(drawn))
    boxes: list[Box] = []
    y = 2.0
    for row in rows:
        x = 2 + INDENT * row.depth
        lines = lines_of(row.node, width - x - 2)
        if row.kind not in (None, EdgeKind.SUPPORTS):
            y += LINE_HEIGHT
        if not row.depth and boxes:
            y += BETWEEN * 2
        boxes.append(
            Box(row.node, x, y, width - x - 2, len(lines) * LINE_HEIGHT + 2 * PADDING, lines)
        )
        y += boxes[-1].height + BETWEEN
    sheet = Sheet()
    for row, box in zip(rows, boxes, strict=True):
        if row.above is not None:
            _elbow(sheet, boxes[row.above], box, row.kind)
    for box in boxes:
        sheet.box(box)
    return sheet.figure(width, y)


def _elbow(sheet: Sheet, above: Box, below: Box, kind: EdgeKind | None) -> None:
    _, style = pen(kind)
    x, y = above.x + INDENT / 2, below.middle
    path = f"M {x},{above.bottom} L {x},{y} L {below.x},{y}"
    sheet.path(path, line=style)
    if kind not in (None, EdgeKind.SUPPORTS):
        sheet.text(below.x, below.y - 9, f"{capital(kind.value)}:", RED, SMALL)

"""The way of all clients through a protocol as a plotly figure: boxes with streams between them.

Pure: nothing of Streamlit. What plotly draws itself for this puts long words over each other, so
the boxes are drawn here, in pixels, as wide as their words need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from engine.caseload.figures.flow import Flow, Kind, Link
from engine.wording import digits
from ui.charts import ACCENT, GREEN, GREY, INK, LINE, ORANGE, WHITE
from ui.map_parts import LINE_HEIGHT, PADDING, Sheet
from ui.text import capital
from ui.text_size import wrap

WIDTH = 1200
"""What a page has room for on an ordinary screen, in pixels; a narrower one gets bars."""

_GAP, _BETWEEN, _STRIPE, _LETTERS = 72, 12, 6, 12
_ALL = 260
"""How high the stream of all clients is, in pixels."""

_THINNEST = 1.5
_LOOK = {
    Kind.ALL: INK,
    Kind.ANSWER: GREY,
    Kind.RULE: ACCENT,
    Kind.OUTCOME: ORANGE,
    Kind.STEP: GREEN,
}
HEADINGS = {
    Kind.ALL: "Iedereen",
    Kind.ANSWER: "Antwoord",
    Kind.RULE: "Regel",
    Kind.OUTCOME: "Geen advies",
    Kind.STEP: "Stap",
}
"""What stands above the words of a box, so that its colour isn't all that says what it is."""


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    height: float
    lines: tuple[str, ...]


def flow_figure(found: Flow, labels: Sequence[str]) -> Any:
    """Draw the way of all clients through one protocol, from left to right.

    Args:
        found: the boxes and the streams.
        labels: what each box is called.

    Returns:
        A plotly figure of a fixed size.
    """
    columns = max((node.column for node in found.nodes), default=0) + 1
    width = (WIDTH - (columns - 1) * _GAP - 4) / columns
    scale = _ALL / max(found.nodes[0].files, 1)
    boxes, height = _placed(found, labels, width, scale)
    sheet = Sheet()
    for link, ends in _ends(found, boxes, scale).items():
        _stream(sheet, boxes[link.source].x + width, boxes[link.target].x, link, ends, scale)
    for node, box in zip(found.nodes, boxes, strict=True):
        _draw(sheet, box, width, _LOOK[node.kind])
    return sheet.figure(WIDTH, height)


def _placed(
    found: Flow, labels: Sequence[str], width: float, scale: float
) -> tuple[list[_Box], float]:
    """Put the boxes in their columns, each column in the middle of the height."""
    room = width - 2 * PADDING - _STRIPE
    lines, heights = [], []
    for node, label in zip(found.nodes, labels, strict=True):
        words = [escape(line) for line in wrap(capital(label), room, _LETTERS)]
        said = (HEADINGS[node.kind], *words, f"<b>{digits(node.files)}</b>")
        lines.append(said if node.kind is not Kind.ALL else said[1:])
        heights.append(max(len(said) * LINE_HEIGHT + 2 * PADDING, node.files * scale + 8))
    tall = [0.0] * (max(node.column for node in found.nodes) + 1)
    for node, one in zip(found.nodes, heights, strict=True):
        tall[node.column] += one + _BETWEEN
    highest = max(tall)
    tops = [(highest - one) / 2 + 2 for one in tall]
    boxes = []
    for node, said, one in zip(found.nodes, lines, heights, strict=True):
        boxes.append(_Box(2 + node.column * (width + _GAP), tops[node.column], one, said))
        tops[node.column] += one + _BETWEEN
    return boxes, highest + 4


def _ends(found: Flow, boxes: Sequence[_Box], scale: float) -> Mapping[Link, tuple[float, float]]:
    """Return for each stream how high its middle is where it leaves and where it comes in."""
    leaving, coming = dict[Link, float](), dict[Link, float]()
    for place, box in enumerate(boxes):
        for side, links in (
            (leaving, sorted((one for one in found.links if one.source == place), key=_target)),
            (coming, sorted((one for one in found.links if one.target == place), key=_source)),
        ):
            top = box.y + box.height / 2 - sum(one.files for one in links) * scale / 2
            for one in links:
                side[one] = top + one.files * scale / 2
                top += one.files * scale
    return {link: (leaving[link], coming[link]) for link in found.links}


def _target(link: Link) -> int:
    return link.target


def _source(link: Link) -> int:
    return link.source


def _stream(
    sheet: Sheet, x0: float, x1: float, link: Link, ends: tuple[float, float], scale: float
) -> None:
    half = max(link.files * scale, _THINNEST) / 2
    bend, (y0, y1) = x0 + _GAP / 2, ends
    # The bend is before the first next column; further on a stream goes straight behind boxes.
    turn = x0 + _GAP
    path = (
        f"M {x0:.1f},{y0 - half:.1f} C {bend:.1f},{y0 - half:.1f} {bend:.1f},{y1 - half:.1f} "
        f"{turn:.1f},{y1 - half:.1f} L {x1:.1f},{y1 - half:.1f} L {x1:.1f},{y1 + half:.1f} "
        f"L {turn:.1f},{y1 + half:.1f} C {bend:.1f},{y1 + half:.1f} {bend:.1f},{y0 + half:.1f} "
        f"{x0:.1f},{y0 + half:.1f} Z"
    )
    sheet.path(path, fillcolor="rgba(11, 85, 99, 0.25)", line={"color": LINE, "width": 0.5})


def _draw(sheet: Sheet, box: _Box, width: float, colour: str) -> None:
    left, top, right, bottom = box.x, box.y, box.x + width, box.y + box.height
    outline = f"M {left},{top} L {right},{top} L {right},{bottom} L {left},{bottom} Z"
    sheet.path(outline, fillcolor=WHITE, line={"color": LINE, "width": 1})
    edge = left + _STRIPE
    stripe = f"M {left},{top} L {edge},{top} L {edge},{bottom} L {left},{bottom} Z"
    sheet.path(stripe, fillcolor=colour, line={"width": 0})
    text = "<br>".join(box.lines)
    sheet.text(edge + PADDING, (top + bottom) / 2, text, INK, _LETTERS)

"""What a map of the reasoning is drawn with: boxes, words, lines and an empty sheet.

Pure: nothing of Streamlit. All places are in pixels, because the text in a box is too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from engine.reasoning_map import EdgeKind, Node, NodeKind
from engine.words import Status
from ui.charts import ACCENT, GREEN, INK, LINE, ORANGE, RED, SOFT, WHITE, base_layout
from ui.text import capital
from ui.text_size import wrap

LETTERS, LINE_HEIGHT, PADDING = 13, 17, 9
"""The size of the letters, the height of a line and the room around the text, in pixels."""

_STRIPE: Mapping[Status | None, str] = {Status.HOLDS: GREEN, Status.PROVISIONAL: ORANGE}


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place, in pixels from the top left."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


def lines_of(node: Node, width: float) -> tuple[str, ...]:
    """Break the text of a box; the status goes first, in bold."""
    room = width - 2 * PADDING - 6
    word = [f"<b>{node.word}</b>"] if node.word else []
    return (*word, *(escape(line) for line in wrap(capital(node.label), room, LETTERS)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, in order; plotly takes it all at once, because one by one is slow."""

    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def path(self, path: str, **more: Any) -> None:
        """Draw a path below the words."""
        self.shapes.append({"type": "path", "path": path, "layer": "below"} | more)

    def head(self, x: float, y: float, colour: str) -> None:
        """Draw the head of a line that ends here, coming from the left."""
        path = f"M {x - 7:.1f},{y - 4:.1f} L {x:.1f},{y:.1f} L {x - 7:.1f},{y + 4:.1f} Z"
        self.path(path, fillcolor=colour, line={"width": 0})

    def text(
        self, x: float, y: float, text: str, colour: str = INK, size: int = LETTERS, **more: Any
    ) -> None:
        """Write text, which is plotly's markup: what is not must be escaped."""
        own = {"x": x, "y": y, "text": text, "font": {"size": size, "color": colour}}
        at = {"xanchor": "left", "yanchor": "middle", "align": "left", "borderpad": 0}
        self.notes.append(own | at | {"showarrow": False} | more)

    def box(self, box: Box) -> None:
        """Draw a box; its shape says what kind it is and its border what became of it."""
        node = box.node
        fill, border, ink, dash, radius = WHITE, LINE, INK, "solid", 0
        if node.kind is NodeKind.NOTION:
            fill, radius = SOFT, 12
        elif node.kind is NodeKind.STEP:
            fill, border, ink, radius = ACCENT, ACCENT, WHITE, 4
        if node.conflict:
            fill, border, ink = WHITE, RED, INK
        elif node.status is Status.PROVISIONAL:
            fill, border, ink, dash = WHITE, ORANGE, INK, "dash"
        elif node.status in (Status.DEFEATED, Status.OPEN):
            fill, dash = SOFT, "dot"
        style = {"color": border, "width": 1.5, "dash": dash}
        for inset in (0, 4) if node.conflict else (0,):
            self.path(_outline(box, inset, radius), fillcolor=fill, line=style)
        if node.kind in (NodeKind.RULE, NodeKind.EXCEPTION):
            left, right, top, bottom = box.x, box.x + 5, box.y, box.bottom
            stripe = f"M {left},{top} L {right},{top} L {right},{bottom} L {left},{bottom} Z"
            self.path(stripe, fillcolor=_STRIPE.get(node.status, LINE), line={"width": 0})
        self.text(box.x + PADDING + 4, box.middle, "<br>".join(box.lines), ink)

    def figure(self, width: float, height: float) -> Any:
        """Return a figure in which one unit is one pixel, counted from the top left."""
        from plotly import graph_objects as go  # slow to import; see ui/charts.py

        hidden = {"visible": False, "fixedrange": True}
        return go.Figure(
            layout=base_layout()
            | {
                "width": max(round(width), 10),
                "height": max(round(height), 10),
                "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
                "xaxis": hidden | {"range": [0, width]},
                "yaxis": hidden | {"range": [height, 0]},
                "shapes": self.shapes,
                "annotations": self.notes,
            }
        )


def _outline(box: Box, inset: float, radius: float) -> str:
    """Return the path of a box with round corners."""
    left, right, top, bottom = box.x + inset, box.right - inset, box.y + inset, box.bottom - inset
    r = min(radius, box.height / 2)
    return (
        f"M {left + r},{top} L {right - r},{top} Q {right},{top} {right},{top + r} "
        f"L {right},{bottom - r} Q {right},{bottom} {right - r},{bottom} "
        f"L {left + r},{bottom} Q {left},{bottom} {left},{bottom - r} "
        f"L {left},{top + r} Q {left},{top} {left + r},{top} Z"
    )


def pen(kind: EdgeKind | None) -> tuple[str, dict[str, Any]]:
    """Return the colour and the style of a line of this kind."""
    if kind is EdgeKind.SUPPORTS:
        return LINE, {"color": LINE, "width": 1.5, "dash": "solid"}
    return RED, {"color": RED, "width": 2, "dash": "dash"}

"""How a group is spread, as a plotly figure and as a table. Pure: nothing of Streamlit.

Everyone is one block, so that four people never look like a percentage. One colour: how sure
someone is shows in the pattern, and what it means stands in words as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from engine.intervisie import SURENESS
from engine.words import Sureness
from ui.charts import ACCENT, INK, LINE, WHITE, base_layout
from ui.text import capital, plain
from ui.text_size import wrap

ON_PAGE, ON_SCREEN = 15, 26
"""Sizes of letters, in pixels: on a page, and on a screen that a whole group looks at."""

_ROOM = 6
"""Blocks for which there is room in a row at least."""

_WIDE = 20
"""Width of a label in letters of its size: at 15 pixels it fits on a phone."""

_LOOK: dict[Sureness | None, dict[str, Any]] = {
    None: {"color": ACCENT, "shape": ""},
    Sureness.SURE: {"color": ACCENT, "shape": ""},
    Sureness.FAIRLY: {"color": ACCENT, "shape": "/"},
    Sureness.DOUBT: {"color": WHITE, "shape": ""},
}
PATTERNS = "Vol: zeker. Gestreept: redelijk zeker. Leeg: twijfelt."


@dataclass(frozen=True, slots=True)
class Block:
    """One person.

    Attributes:
        label: how the group knows them: a name if the group chose so, otherwise a number.
        mine: whether it is who looks.
        sure: how sure they are; ``None`` where that isn't asked.
    """

    label: str
    mine: bool = False
    sure: Sureness | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer with everyone who gave it."""

    label: str
    blocks: tuple[Block, ...]


def blocks(rows: Sequence[Answers], *, size: int = ON_PAGE) -> Any:
    """Draw each answer as a row of blocks, one for everyone who gave it.

    Args:
        rows: what to draw, from top to bottom.
        size: of the letters, in pixels; everything else follows.
    """
    import plotly.graph_objects as go

    most = max((len(row.blocks) for row in rows), default=0)
    bar, line, gap = size * 1.7, size * 1.35, size * 1.2
    places, notes, top = [], [], 0.0
    for row in rows:
        label = _wrapped(row, size)
        notes.append(_label(label, top, size))
        top += line * (label.count("<br>") + 1) + bar / 2 + 4
        places.append(top)
        top += bar / 2 + gap
    bottom = max(top - gap, 0)
    drawn = [
        (block, start, place)
        for row, place in zip(rows, places, strict=True)
        for start, block in enumerate(row.blocks)
    ]
    looks = [_LOOK[block.sure] for block, _, _ in drawn]
    bars = go.Bar(
        orientation="h",
        base=[start + 0.03 for _, start, _ in drawn],
        x=[0.94] * len(drawn),
        y=[place for _, _, place in drawn],
        width=bar,
        marker={
            "color": [look["color"] for look in looks],
            "pattern": {
                "shape": [look["shape"] for look in looks],
                "bgcolor": WHITE,
                # Otherwise plotly takes a grey that can hardly be seen.
                "fgcolor": ACCENT,
                "size": size / 2,
                "solidity": 0.35,
            },
            "line": {"color": ACCENT, "width": 2},
        },
        customdata=[_hover(block) for block, _, _ in drawn],
        hovertemplate="%{customdata}<extra></extra>",
    )
    notes += [_own(block, start, place, size) for block, start, place in drawn if block.mine]
    return go.Figure(
        data=[bars],
        layout=base_layout()
        | {
            "height": int(bottom) + 16,
            "margin": {"l": 2, "r": 2, "t": 4, "b": 4},
            # Room for six at least: one person is a block and not a bar.
            "xaxis": {"range": [0, max(most, _ROOM)], "visible": False, "fixedrange": True},
            "yaxis": {"range": [bottom + 8, 0], "visible": False, "fixedrange": True},
            "shapes": [
                _floor(place, bar)
                for row, place in zip(rows, places, strict=True)
                if not row.blocks
            ],
            "annotations": notes,
        },
    )


def as_table(heading: str, rows: Sequence[Answers]) -> str:
    """Write the same as a table in Markdown.

    Args:
        heading: what the answers are about.
        rows: the answers.
    """
    lines = [f"| {plain(heading)} | Hoe vaak | Wie |", "|---|---|---|"]
    for row in rows:
        who = ", ".join(plain(_who(block)) for block in row.blocks) or "niemand"
        lines.append(f"| {plain(capital(row.label))} | {len(row.blocks)} | {who} |")
    return "\n".join(lines)


def _who(block: Block) -> str:
    sure = f" ({SURENESS[block.sure].lower()})" if block.sure else ""
    return f"{block.label}, dat bent u{sure}" if block.mine else f"{block.label}{sure}"


def _hover(block: Block) -> str:
    return escape(_who(block))


def _wrapped(row: Answers, size: int) -> str:
    lines = wrap(capital(row.label), size * _WIDE, size) or [""]
    # The number never stands on a line of its own.
    lines[-1] += f": {len(row.blocks)}"
    return "<br>".join(escape(line) for line in lines)


def _label(text: str, top: float, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "font": {"size": size, "color": INK},
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": top,
        "yanchor": "top",
        "yshift": 2,
    }


def _own(block: Block, start: int, place: float, size: int) -> dict[str, Any]:
    solid = _LOOK[block.sure]["color"] == ACCENT and not _LOOK[block.sure]["shape"]
    return {
        "text": "<b>u</b>",
        "showarrow": False,
        "font": {"size": size, "color": WHITE if solid else INK},
        "bgcolor": ACCENT if solid else WHITE,
        "borderpad": 2,
        "x": start + 0.5,
        "y": place,
    }


def _floor(place: float, bar: float) -> dict[str, Any]:
    """Draw where a row begins, so that an answer that nobody gave is a row as well."""
    ends = {"x0": 0.01, "x1": 0.01, "y0": place - bar / 2, "y1": place + bar / 2}
    return {"type": "line", "layer": "below", "line": {"color": LINE, "width": 2}} | ends

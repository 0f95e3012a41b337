"""Shares with their intervals as a plotly figure, and as text. Pure: nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten
from typing import Any

from engine.small_numbers import Share
from ui.charts import ACCENT, INK, LINE, SMALL, base_layout

ROW_HEIGHT = 64
LONGEST = 44
"""Letters of a heading that fit on a phone."""

TOO_FEW = "te weinig om te tonen"
WHY_HIDDEN = (
    "'Te weinig om te tonen' staat er bij een getal onder de 5, en bij een getal waaruit dat te "
    "berekenen is."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the figure.

    Attributes:
        label: what it is about, as a Dutch phrase.
        share: how often; ``None`` if that isn't shown.
    """

    label: str
    share: Share | None


def percent(part: float) -> str:
    """Write a part of one as a whole percentage: "57 %"."""
    return f"{round(100 * part)} %"


def in_words(row: Row) -> str:
    """Say a row: "8 van de 14 keer (57 %; waarschijnlijk tussen 33 % en 79 %)"."""
    share = row.share
    if share is None:
        return TOO_FEW
    return (
        f"{share.count} van de {share.total} keer ({percent(share.count / share.total)}; "
        f"waarschijnlijk tussen {percent(share.low)} en {percent(share.high)})"
    )


def intervals(rows: Sequence[Row]) -> Any:
    """Draw each share as a dot on a line that is as long as its 95 % interval.

    Args:
        rows: what to draw, from top to bottom.
    """
    import plotly.graph_objects as go

    shown = [(row, share, place) for place, row in enumerate(rows) if (share := row.share)]
    dots = go.Scatter(
        x=[share.count / share.total for _, share, _ in shown],
        y=[place for _, _, place in shown],
        mode="markers",
        marker={"size": 15, "color": ACCENT, "symbol": "circle"},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [share.high - share.count / share.total for _, share, _ in shown],
            "arrayminus": [share.count / share.total - share.low for _, share, _ in shown],
            "color": ACCENT,
            "thickness": 4,
            "width": 8,
        },
        customdata=[f"<b>{title(row.label)}</b><br>{in_words(row)}" for row, _, _ in shown],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    return go.Figure(
        data=[dots],
        layout=base_layout()
        | {
            "height": ROW_HEIGHT * len(rows) + 48,
            "margin": {"l": 8, "r": 14, "t": 8, "b": 34},
            "xaxis": {
                "range": [-0.01, 1.01],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
                "tickfont": {"size": SMALL, "color": INK},
                "gridcolor": "#e3e0d8",
                "fixedrange": True,
                "zeroline": False,
            },
            "yaxis": {
                "range": [len(rows) - 0.4, -0.8],
                "visible": False,
                "fixedrange": True,
            },
            "shapes": [_rule(place) for place in range(len(rows))],
            "annotations": [
                above(row.label, _short(row), place, "<br>", 8) for place, row in enumerate(rows)
            ],
        },
    )


def _rule(place: int) -> dict[str, Any]:
    line = {"color": LINE, "width": 1}
    ends = {"x0": 0, "x1": 1, "y0": place, "y1": place}
    return {"type": "line", "layer": "below", "line": line} | ends


def _short(row: Row) -> str:
    return f"{row.share.count} van {row.share.total}" if row.share else TOO_FEW


def above(label: str, said: str, place: int, between: str, lift: int) -> dict[str, Any]:
    """Write what a row is about above it, so that it takes no width on a phone.

    Args:
        label: what it is about.
        said: its number in words.
        place: which row it is, from the top.
        between: what stands between the two, as HTML.
        lift: how far it stands above the middle of the row, in pixels.
    """
    return {
        "text": f"<b>{title(label)}</b>{between}{escape(said)}",
        "showarrow": False,
        "align": "left",
        "font": {"size": SMALL + 1, "color": INK},
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": place,
        "yanchor": "bottom",
        "yshift": lift,
    }


def title(label: str) -> str:
    """Return a label as HTML, no longer than what fits on a phone."""
    return escape(shorten(label, LONGEST, placeholder=" …"))

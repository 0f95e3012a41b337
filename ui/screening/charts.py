"""The figures of a caseload as plotly figures. Pure: nothing of Streamlit.

What they say stands in words and numbers too, beside the lines and in a table below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from engine.caseload.figures.treatment import GroupDifference
from ui.charts import ACCENT, INK, LINE, SMALL, base_layout
from ui.learning_charts import TOO_FEW, above, title

ROW_HEIGHT = 58
LINE_HEIGHT = 18
BAR_HEIGHT = 17
LIFT = 10
FITS = 50
"""Letters of a heading and what is said of it that fit on a phone together."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it is about.
        number: how long it is.
        said: the number in words.
        part: how much of it is filled; none if all of it is.
    """

    label: str
    number: int
    said: str
    part: int | None = None


def bars(rows: Sequence[Bar], most: int) -> Any:
    """Draw a bar for each row, with what it is about above it.

    Args:
        rows: what to draw, from top to bottom.
        most: the number that takes the whole width.
    """
    import plotly.graph_objects as go

    apart = any(len(row.label) + len(row.said) > FITS for row in rows)
    height = ROW_HEIGHT + LINE_HEIGHT * apart
    between = "<br>" if apart else ": "

    def drawn(lengths: Sequence[int], look: Mapping[str, Any]) -> Any:
        return go.Bar(
            orientation="h",
            x=list(lengths),
            y=list(range(len(rows))),
            width=BAR_HEIGHT / height,
            marker=dict(look),
            customdata=[f"<b>{title(row.label)}</b><br>{escape(row.said)}" for row in rows],
            hovertemplate="%{customdata}<extra></extra>",
        )

    line = {"color": ACCENT, "width": 1.5}
    whole = [row.number for row in rows]
    traces = [drawn(whole, {"color": ACCENT, "line": line})]
    if any(row.part is not None for row in rows):
        hollow = {"color": "#dbe7e9", "line": line}
        parts = [row.number if row.part is None else row.part for row in rows]
        traces = [drawn(whole, hollow), drawn(parts, {"color": ACCENT, "line": line})]
    return go.Figure(
        data=traces,
        layout=base_layout()
        | {
            "barmode": "overlay",
            "height": height * len(rows) + 16,
            "margin": {"l": 4, "r": 4, "t": 8, "b": 4},
            "xaxis": {"range": [0, max(most, 1)], "visible": False, "fixedrange": True},
            "yaxis": {"range": [len(rows) - 0.6, -0.9], "visible": False, "fixedrange": True},
            "annotations": [
                above(row.label, row.said, at, between, LIFT) for at, row in enumerate(rows)
            ],
        },
    )


def differences(rows: Sequence[GroupDifference]) -> Any:
    """Draw for each group how much it differs from the others, with its interval around nought."""
    import plotly.graph_objects as go

    shown = [(row, row.difference, at) for at, row in enumerate(rows) if row.difference]
    ends = [abs(end) for _, one, _ in shown for end in (one.interval or (one.value,))]
    reach = max([0.05, *(end for end in ends), *(abs(one.value) for _, one, _ in shown)]) * 1.08
    dots = go.Scatter(
        x=[one.value for _, one, _ in shown],
        y=[at for _, _, at in shown],
        mode="markers",
        marker={"size": 15, "color": ACCENT, "symbol": "diamond"},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(one.interval or (0, one.value))[1] - one.value for _, one, _ in shown],
            "arrayminus": [one.value - (one.interval or (one.value, 0))[0] for _, one, _ in shown],
            "color": ACCENT,
            "thickness": 4,
            "width": 8,
        },
        customdata=[
            f"<b>{title(row.group)}</b><br>{escape(difference_in_words(row))}"
            for row, _, _ in shown
        ],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    nought = {
        "type": "line",
        "layer": "below",
        "x0": 0,
        "x1": 0,
        "y0": -0.5,
        "y1": len(rows) - 0.5,
        "line": {"color": LINE, "width": 2, "dash": "dot"},
    }
    return go.Figure(
        data=[dots],
        layout=base_layout()
        | {
            "height": ROW_HEIGHT * len(rows) + 56,
            "margin": {"l": 8, "r": 14, "t": 8, "b": 40},
            "xaxis": {
                "range": [-reach, reach],
                "tickformat": "+.2f",
                "tickfont": {"size": SMALL, "color": INK},
                "gridcolor": "#e3e0d8",
                "fixedrange": True,
                "zeroline": False,
                "nticks": 5,
            },
            "yaxis": {"range": [len(rows) - 0.4, -0.9], "visible": False, "fixedrange": True},
            "shapes": [nought],
            "annotations": [
                above(row.group, _short(row), at, ": ", LIFT) for at, row in enumerate(rows)
            ],
        },
    )


def signed(value: float) -> str:
    """Write a difference: "+0,10"."""
    return f"{value:+.2f}".replace(".", ",")


def difference_in_words(row: GroupDifference) -> str:
    """Say a difference with its interval."""
    one = row.difference
    if one is None:
        return TOO_FEW
    if one.interval is None:
        return f"{signed(one.value)}; geen interval te berekenen"
    low, high = one.interval
    chance = ". Dat kan toeval zijn" if low <= 0 <= high else ""
    return f"{signed(one.value)} (waarschijnlijk tussen {signed(low)} en {signed(high)}){chance}"


def _short(row: GroupDifference) -> str:
    return TOO_FEW if row.difference is None else signed(row.difference.value)

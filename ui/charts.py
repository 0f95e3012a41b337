"""Plain data to plotly figures: what all pictures share, and the timeline of a case.

Pure: nothing of Streamlit. plotly is imported by the functions that draw: it takes long to load
(100 ms and more) and who only wants the data needs none of it. In the app Streamlit has loaded it
at the start already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import Any

from dateutil.relativedelta import relativedelta

from engine.wording import MONTHS, date_in_words

# The theme of .streamlit/config.toml and the colours of ui/stijl.css; a test compares them.
INK, PAPER, SOFT, ACCENT, LINE = "#0C1318", "#FBFAF7", "#F4F2ED", "#0B5563", "#78838A"
GREEN, ORANGE, RED, GREY, WHITE = "#17643a", "#8a5300", "#9a1f1f", "#46525a", "#ffffff"
FONT = '"Source Sans", "Source Sans Pro", sans-serif'
SMALL = 12
"""The smallest letters on a picture, in pixels."""

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
"""A picture to look at: no buttons, and no zooming that keeps a thumb from scrolling the page."""

LANE_HEIGHT = 62
APART = 14
"""Marks in one lane that are nearer than this part of the time shown become one mark."""
LABELLED = 7
"""The same for the dates below the marks, which are wider."""
TICKS = 5
HOVER_LINES = 8


class Lane(StrEnum):
    """What happened, from top to bottom; the value is the heading of the lane."""

    ANSWERS = "Antwoorden"
    PROTOCOLS = "Protocollen"
    JUDGED = "Eigen oordeel"
    ESCALATED = "Voorgelegd"
    FOLLOWED = "Gevolgd"
    DEVIATED = "Afgeweken"
    SKIPPED = "Overgeslagen"
    DISCUSSED = "Besproken"
    REVIEW = "Opnieuw bekijken"


_LOOK = {
    Lane.ANSWERS: ("circle", GREY),
    Lane.PROTOCOLS: ("square", GREY),
    Lane.JUDGED: ("hexagon", ACCENT),
    Lane.ESCALATED: ("triangle-up", ORANGE),
    Lane.FOLLOWED: ("circle", GREEN),
    Lane.DEVIATED: ("diamond", ORANGE),
    Lane.SKIPPED: ("square", INK),
    Lane.DISCUSSED: ("star", ACCENT),
    Lane.REVIEW: ("triangle-down-open", RED),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, or will be due, on a day.

    Attributes:
        text: what, as a Dutch clause without markup.
    """

    day: date
    lane: Lane
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in the timeline: the moments of a lane that stand too close to tell apart."""

    lane: Lane
    moments: tuple[Moment, ...]

    @property
    def day(self) -> date:
        """The first day."""
        return self.moments[0].day

    @property
    def when(self) -> str:
        """The day in words, or from which to which."""
        first, last = self.day, self.moments[-1].day
        if first == last:
            return date_in_words(first)
        return f"{date_in_words(first)} tot en met {date_in_words(last)}"


def marks(moments: Iterable[Moment], today: date) -> list[Mark]:
    """Gather moments into marks, lane by lane and in order of time."""
    ordered = sorted(moments, key=lambda one: one.day)
    start, end = span([one.day for one in ordered], today)
    near = (end - start) / APART
    found: list[Mark] = []
    for lane in Lane:
        group: list[Moment] = []
        for one in (one for one in ordered if one.lane is lane):
            if group and (one.day > group[0].day and one.day - group[0].day >= near):
                found.append(Mark(lane, tuple(group)))
                group = []
            group.append(one)
        if group:
            found.append(Mark(lane, tuple(group)))
    return found


def span(days: Iterable[date], today: date) -> tuple[date, date]:
    """Return the first and last day to show, with room at both ends."""
    everything = [*days, today]
    first, last = min(everything), max(everything)
    room = max(timedelta(days=4), (last - first) / 10)
    return first - room, last + room


def ticks(start: date, end: date) -> list[tuple[date, str]]:
    """Choose at most five days for the axis, with their names in Dutch.

    The year stands with the first, and with each that is in another year than the one before.
    """
    days = (end - start).days
    steps = [relativedelta(days=count) for count in (1, 2, 7, 14)]
    steps += [relativedelta(months=count) for count in (1, 2, 3, 6)]
    steps += [relativedelta(years=count) for count in (1, 2, 5, 10, 25, 100)]
    step = next((one for one in steps if days <= TICKS * _length(one)), steps[-1])
    at = _first(start, step)
    found: list[tuple[date, str]] = []
    while at <= end:
        name = MONTHS[at.month - 1][:3] if step.months or step.years else _day(at)
        new_year = not found or found[-1][0].year != at.year
        found.append((at, f"{name}<br>{at.year}" if new_year else name))
        at += step
    return found


def _length(step: relativedelta) -> float:
    return step.days + 30.4 * step.months + 365 * step.years


def _first(start: date, step: relativedelta) -> date:
    """Return the first round day from the start: the first of a month, or of a year."""
    if step.years:
        return date(start.year + 1, 1, 1)
    if step.months:
        return start.replace(day=1) + relativedelta(months=1)
    return start + timedelta(days=1)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def timeline(moments: Sequence[Moment], today: date) -> Any:
    """Draw the timeline of a case: a lane for each kind of thing, and a line at today.

    Args:
        moments: what happened and what is due, in any order.
        today: the day to mark.

    Returns:
        A plotly figure that is as wide as its place on the page.
    """
    from plotly import graph_objects as go  # slow to import; see the top of this file

    drawn = marks(moments, today)
    lanes = [lane for lane in Lane if any(mark.lane is lane for mark in drawn)]
    start, end = span([one.day for one in moments], today)
    shapes, notes = [_today_line(today, len(lanes))], [_today(today)]
    for row, lane in enumerate(lanes):
        group = [mark for mark in drawn if mark.lane is lane]
        shapes.append(_row_line(row))
        notes.append(_heading(lane, row))
        if _roomy(group, (end - start) / LABELLED):
            notes += [_caption(mark, row) for mark in group]
    named = ticks(start, end)
    xaxis = {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickvals": [day.isoformat() for day, _ in named],
        "ticktext": [name for _, name in named],
        "tickfont": {"size": SMALL, "color": INK},
        "gridcolor": "#e3e0d8",
    }
    yaxis = {"range": [len(lanes) - 0.4, -1.2], "visible": False}
    fixed = {"fixedrange": True, "zeroline": False}
    traces = [
        _lane(go, [mark for mark in drawn if mark.lane is lane], row)
        for row, lane in enumerate(lanes)
    ]
    return go.Figure(
        data=traces,
        layout=base_layout()
        | {
            "height": LANE_HEIGHT * len(lanes) + 92,
            "margin": {"l": 4, "r": 4, "t": 0, "b": 44},
            "xaxis": xaxis | fixed,
            "yaxis": yaxis | fixed,
            "shapes": shapes,
            "annotations": notes,
        },
    )


def _today_line(today: date, lanes: int) -> dict[str, Any]:
    at = today.isoformat()
    style = {"color": INK, "width": 2, "dash": "dot"}
    return _line_shape(x0=at, x1=at, y0=-0.72, y1=lanes - 0.4, line=style)


def _today(today: date) -> dict[str, Any]:
    text = f"<b>Vandaag</b> {_day(today)}"
    return _note(text, SMALL + 1, x=today.isoformat(), y=-0.74, yanchor="bottom")


def _row_line(row: int) -> dict[str, Any]:
    style = {"color": "#cfd5d8", "width": 1}
    return _line_shape(xref="paper", x0=0, x1=1, y0=row, y1=row, line=style)


def _heading(lane: Lane, row: int) -> dict[str, Any]:
    """Write the name of a lane above its line, so that it takes no width on a phone.

    It covers the line of today, which it can stand on.
    """
    place = {"xref": "paper", "x": 0, "y": row, "xanchor": "left", "yanchor": "bottom"}
    return _note(f"<b>{lane.value}</b>", SMALL + 1, yshift=11, bgcolor=PAPER, borderpad=0, **place)


def _caption(mark: Mark, row: int) -> dict[str, Any]:
    place = {"x": mark.day.isoformat(), "y": row, "yshift": -12, "yanchor": "top"}
    return _note(_day(mark.day), SMALL, bgcolor=PAPER, borderpad=0, **place)


def _line_shape(**more: Any) -> dict[str, Any]:
    return {"type": "line", "layer": "below"} | more


def _note(text: str, size: int, **more: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "font": {"size": size, "color": INK}} | more


def _roomy(group: Sequence[Mark], width: timedelta) -> bool:
    """Say whether marks stand far enough apart to write the day below each."""
    return all(later.day - earlier.day >= width for earlier, later in pairwise(group))


def _lane(go: Any, group: Sequence[Mark], row: int) -> Any:
    symbol, colour = _LOOK[group[0].lane]
    hollow = symbol.endswith("-open")
    return go.Scatter(
        x=[mark.day.isoformat() for mark in group],
        y=[row] * len(group),
        name=group[0].lane.value,
        mode="markers+text",
        marker={
            "symbol": symbol,
            "size": 22,
            "color": colour,
            "opacity": 1,
            "line": {"width": 2, "color": colour if hollow else PAPER},
        },
        text=[f"<b>{len(mark.moments)}</b>" if len(mark.moments) > 1 else "" for mark in group],
        textfont={"size": SMALL, "color": INK if hollow else WHITE},
        customdata=[_hover(mark) for mark in group],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _hover(mark: Mark) -> str:
    """Say everything about a mark, as lines of plotly's markup."""
    said = [wrapped for one in mark.moments[:HOVER_LINES] for wrapped in _clipped(one.text)]
    more = len(mark.moments) - HOVER_LINES
    rest = [f"en nog {more}"] if more > 0 else []
    return "<br>".join([f"<b>{mark.lane.value}</b>, {mark.when}", *said, *rest])


def _clipped(text: str) -> list[str]:
    """Break a text in lines that fit beside a mark on a phone."""
    from textwrap import wrap

    lines = wrap(text, 44) or [text]
    return [f"{'- ' if not number else '  '}{escape(line)}" for number, line in enumerate(lines)]


def base_layout() -> dict[str, Any]:
    """Return what all pictures share."""
    return {
        "template": "none",
        "font": {"family": FONT, "size": SMALL + 1, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": WHITE,
            "bordercolor": LINE,
            "align": "left",
            "font": {"family": FONT, "size": SMALL + 1, "color": INK},
        },
        "separators": ",.",
    }

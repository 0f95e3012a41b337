from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.wording import MONTHS
from tests.ui.worlds import ROOT
from ui import charts
from ui.charts import CONFIG, Lane, Moment, marks, span, ticks, timeline

TODAY = date(2026, 11, 22)
LANES = st.sampled_from(Lane)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MOMENTS = st.lists(st.builds(Moment, DAYS, LANES, st.just("er is gebeld")), min_size=1, max_size=60)
ENGLISH = {"Mar", "May", "Oct", "mar", "may", "oct"}


def said(figure: Any) -> list[str]:
    """Everything that can be read on a figure, without markup."""
    plain = figure.to_dict()
    texts = [note["text"] for note in plain["layout"]["annotations"]]
    texts += plain["layout"]["xaxis"]["ticktext"]
    for trace in plain["data"]:
        texts += [text for text in trace["text"] if text] + list(trace["customdata"])
    return [re.sub(r"<[^>]+>", " ", text) for text in texts]


def drawn_marks(figure: Any) -> int:
    return sum(len(trace.x) for trace in figure.data)


def test_one_event_is_one_mark_on_the_day_it_happened() -> None:
    figure = timeline([Moment(TODAY, Lane.ANSWERS, "de cliënt wil werken")], TODAY)
    assert drawn_marks(figure) == 1
    assert figure.data[0].x == ("2026-11-22",)
    assert "de cliënt wil werken" in figure.data[0].customdata[0]
    assert "22 november 2026" in figure.data[0].customdata[0]


def test_answers_of_one_day_are_one_mark_that_counts_them() -> None:
    answers = [Moment(TODAY, Lane.ANSWERS, f"antwoord {number}") for number in range(12)]
    figure = timeline(answers, TODAY)
    assert drawn_marks(figure) == 1
    assert figure.data[0].text == ("<b>12</b>",)
    assert "en nog 4" in figure.data[0].customdata[0]


def test_sixty_days_in_a_row_are_marks_that_stand_apart() -> None:
    days = [TODAY - timedelta(days=number) for number in range(60)]
    found = marks([Moment(day, Lane.ANSWERS, "antwoord") for day in days], TODAY)
    start, end = span(days, TODAY)
    assert len(found) <= charts.APART
    assert sum(len(mark.moments) for mark in found) == 60
    places = [mark.day for mark in found]
    assert all(
        later - earlier >= (end - start) / charts.APART for earlier, later in pairwise(places)
    )
    assert "tot en met" in found[0].when


def test_there_is_a_lane_for_each_kind_that_happened_and_no_other() -> None:
    figure = timeline(
        [Moment(TODAY, Lane.FOLLOWED, "gebeld"), Moment(TODAY, Lane.REVIEW, "opnieuw")], TODAY
    )
    assert [trace.name for trace in figure.data] == ["Gevolgd", "Opnieuw bekijken"]
    symbols = {trace.marker.symbol for trace in figure.data}
    assert len(symbols) == 2


def test_today_is_marked_and_what_is_due_lies_to_the_right() -> None:
    due = TODAY + timedelta(days=90)
    figure = timeline([Moment(due, Lane.REVIEW, "opnieuw bekijken")], TODAY)
    assert any("Vandaag 22 nov" in " ".join(text.split()) for text in said(figure))
    assert figure.data[0].x[0] > TODAY.isoformat()


@given(MOMENTS)
def test_nothing_is_lost_and_every_text_says_something(moments: list[Moment]) -> None:
    found = marks(moments, TODAY)
    assert sum(len(mark.moments) for mark in found) == len(moments)
    figure = timeline(moments, TODAY)
    assert drawn_marks(figure) == len(found)
    assert all(text.strip() for text in said(figure))


@given(DAYS, st.integers(8, 9000))
def test_the_axis_has_few_days_in_dutch_with_the_year_where_it_changes(
    start: date, days: int
) -> None:
    end = start + timedelta(days=days)
    named = ticks(start, end)
    assert 1 <= len(named) <= charts.TICKS + 1
    shown = {month[:3] for month in MONTHS}
    year = 0
    for day, text in named:
        assert start <= day <= end
        assert set(re.findall(r"[a-z]+", text.replace("<br>", " "))) <= shown
        assert not ENGLISH & set(text.split())
        assert (str(day.year) in text) is (day.year != year)
        year = day.year


def test_what_a_user_typed_is_no_markup() -> None:
    figure = timeline([Moment(TODAY, Lane.JUDGED, "<b>hard</b> & <a href='x'>hier</a>")], TODAY)
    assert "&lt;b&gt;hard" in figure.data[0].customdata[0]
    assert "<a" not in figure.data[0].customdata[0]


def test_nothing_on_a_picture_keeps_a_thumb_from_scrolling() -> None:
    figure = timeline([Moment(TODAY, Lane.ANSWERS, "antwoord")], TODAY)
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange
    assert CONFIG["displayModeBar"] is False
    assert CONFIG["scrollZoom"] is False


def test_letters_are_not_too_small() -> None:
    figure = timeline([Moment(TODAY, Lane.ANSWERS, "antwoord")], TODAY)
    sizes = [note.font.size for note in figure.layout.annotations]
    sizes += [figure.layout.xaxis.tickfont.size, figure.layout.font.size]
    assert min(sizes) >= 12


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = [
    (charts.INK, charts.PAPER),
    (charts.INK, charts.SOFT),
    (charts.INK, charts.WHITE),
    (charts.RED, charts.PAPER),
    *((charts.WHITE, fill) for fill in (charts.ACCENT, charts.GREY, charts.GREEN, charts.ORANGE)),
]
DRAWN = [charts.LINE, charts.RED, charts.ORANGE, charts.GREEN, charts.ACCENT]


@pytest.mark.parametrize(("ink", "behind"), TEXT)
def test_text_can_be_read_on_what_lies_behind_it(ink: str, behind: str) -> None:
    assert contrast(ink, behind) >= 4.5


@pytest.mark.parametrize("colour", DRAWN)
def test_lines_and_marks_can_be_seen(colour: str) -> None:
    assert contrast(colour, charts.PAPER) >= 3


def test_the_colours_are_those_of_the_theme() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert theme["textColor"] == charts.INK
    assert theme["backgroundColor"] == charts.PAPER
    assert theme["secondaryBackgroundColor"] == charts.SOFT
    assert theme["primaryColor"] == charts.ACCENT
    assert theme["borderColor"] == charts.LINE

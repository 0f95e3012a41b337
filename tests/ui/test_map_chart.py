"""The map as a figure: whole texts, boxes that don't touch, and lines that end at a box."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.reasoning_map import EdgeKind, ReasoningMap, reasoning_map
from tests.counts import examples as number
from tests.ui.worlds import cases, consultation, examples, knowledge
from ui.map_chart import MAP_CONFIG, NARROWEST, WIDE, map_figure, place
from ui.map_parts import LETTERS, Box
from ui.map_tree import WIDTH, tree_figure, tree_rows
from ui.text_size import width_of, wrap

EXCEPTED = "diagnose-11-werkgever-wacht"
Draw = Callable[[ReasoningMap], Any]
real_cases = st.sampled_from(sorted(cases()))


def mapped(case: str) -> ReasoningMap:
    return reasoning_map(consultation(case), knowledge())


def texts(figure: Any) -> list[str]:
    found = [note.text for note in figure.layout.annotations]
    return [unescape(re.sub(r"<[^>]+>", " ", text)) for text in found]


def squeezed(text: str) -> str:
    """A text without what breaking it in lines may have added."""
    return re.sub(r"[\s-]", "", text).casefold()


def overlap(one: Box, other: Box) -> bool:
    beside = one.right <= other.x or other.right <= one.x
    return not (beside or one.bottom <= other.y or other.bottom <= one.y)


@settings(max_examples=number(200, 25), deadline=None)
@given(real_cases, st.integers(300, 1600))
def test_boxes_never_touch_and_hold_their_text(case: str, width: int) -> None:
    columns = place(mapped(case), width)
    boxes = list(columns.boxes.values())
    for position, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[:position])
        assert box.width >= NARROWEST
        for line in box.lines:
            assert width_of(unescape(re.sub(r"<[^>]+>", "", line)), LETTERS) <= box.width - 12
    assert all(box.bottom <= columns.height and box.right <= columns.width for box in boxes)


@settings(max_examples=number(200, 25), deadline=None)
@given(real_cases)
def test_a_line_through_a_column_passes_between_its_boxes(case: str) -> None:
    drawn = mapped(case)
    columns = place(drawn)
    for column, names in enumerate(drawn.arrangement.columns):
        for bend in set(names) - set(drawn.nodes):
            at = columns.middles[bend]
            for name in set(names) & set(drawn.nodes):
                assert columns.column_of[name] == column
                assert not columns.boxes[name].y < at < columns.boxes[name].bottom


@pytest.mark.parametrize("case", examples())
@pytest.mark.parametrize("draw", [map_figure, tree_figure])
def test_everything_on_the_map_can_be_read_in_full(
    case: str, draw: Callable[[ReasoningMap], Any]
) -> None:
    drawn = mapped(case)
    said = {squeezed(text) for text in texts(draw(drawn))}
    for node in drawn.nodes.values():
        assert squeezed(f"{node.word}{node.label}") in said
    assert all(said)


@pytest.mark.parametrize("case", examples())
def test_the_map_fits_the_page_and_the_tree_fits_a_phone(case: str) -> None:
    drawn = mapped(case)
    assert map_figure(drawn).layout.width <= WIDE
    assert tree_figure(drawn).layout.width == WIDTH
    for figure in (map_figure(drawn), tree_figure(drawn)):
        assert all(note.font.size >= 12 for note in figure.layout.annotations)


def test_every_column_has_a_heading_once() -> None:
    drawn = mapped("instrumentkeuze-99-voorbeeld-bakker")
    said = [text.strip() for text in texts(map_figure(drawn))]
    for kind in set(drawn.headings):
        assert said.count(kind.value) == 1
    assert len(drawn.headings) > len(set(drawn.headings))


def test_an_exception_is_a_dashed_line_with_a_word() -> None:
    drawn = mapped(EXCEPTED)
    figure = map_figure(drawn)
    defeats = [edge for edge in drawn.edges if edge.kind is EdgeKind.DEFEATS]
    dashed = [
        shape for shape in figure.layout.shapes if shape.line.dash == "dash" and " C " in shape.path
    ]
    assert len(dashed) >= len(defeats) > 0
    assert texts(figure).count("gaat voor") >= len({edge.source for edge in defeats})
    assert any("Gaat voor:" in text for text in texts(tree_figure(drawn)))


def test_what_takes_no_pointer_can_not_trap_one() -> None:
    assert MAP_CONFIG["staticPlot"] is True


@settings(max_examples=number(200, 25), deadline=None)
@given(real_cases)
def test_the_tree_says_every_node_and_every_line(case: str) -> None:
    drawn = mapped(case)
    rows = list(tree_rows(drawn))
    assert {row.node.id for row in rows} == set(drawn.nodes)
    lines = {(row.node.id, rows[row.above].node.id) for row in rows if row.above is not None}
    assert lines == {(edge.source, edge.target) for edge in drawn.edges}


def test_an_empty_map_is_an_empty_sheet() -> None:
    drawn = mapped("zelfsturing-14-wil-nog-niet-besproken")
    assert not map_figure(drawn).layout.annotations
    assert not tree_figure(drawn).layout.annotations


@given(st.text(alphabet="abcdefghijklmnop -", max_size=200), st.integers(40, 300))
def test_lines_fit_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, LETTERS)
    assert all(width_of(line, LETTERS) <= width for line in lines)
    assert squeezed("".join(lines)) == squeezed(text)


def test_a_word_that_is_too_long_is_divided_at_its_own_hyphen() -> None:
    said = wrap("het re-integratiebedrijf", 80, LETTERS)
    assert said[:2] == ["het", "re-"]
    assert "".join(said[1:]).replace("-", "") == "reintegratiebedrijf"


def test_a_compound_is_divided_at_its_hyphen_when_that_fills_the_line() -> None:
    assert wrap("een leer-werktraject", 75, LETTERS) == ["een leer-", "werktraject"]
    assert wrap("een re-integratieplan", 80, LETTERS)[0] == "een"

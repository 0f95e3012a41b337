"""The spread of a group as a picture and as a table say the same."""

from __future__ import annotations

from html import unescape
from itertools import pairwise

from engine.words import Sureness
from ui.meeting.charts import ON_PAGE, ON_SCREEN, Answers, Block, as_table, blocks
from ui.text_size import width_of

ROOM_ON_A_PHONE = 328
"""Pixels between the edges of a page of 360."""

ROWS = (
    Answers(
        "<b>leg</b> een maatregel op | " + "lang " * 20,
        (Block("Deelnemer 1", True, Sureness.SURE), Block("Deelnemer 2", False, Sureness.FAIRLY)),
    ),
    Answers("niets", ()),
    Answers("matig", (Block("Deelnemer 3", False, Sureness.DOUBT),)),
)


def test_everyone_is_one_block_and_how_sure_shows_without_colour() -> None:
    (bars,) = blocks(ROWS).data
    assert len(bars.x) == 3
    assert len(set(bars.x)) == 1
    looks = list(zip(bars.marker.color, bars.marker.pattern.shape, strict=True))
    assert len(set(looks)) == 3
    assert set(bars.marker.line.color) <= set("#0B5563")
    # Without a colour of its own plotly draws stripes that can hardly be seen.
    assert bars.marker.pattern.fgcolor == "#0B5563"


def test_rows_say_their_number_also_when_nobody_chose_them() -> None:
    labels = [note.text for note in blocks(ROWS).layout.annotations]
    assert labels[0].endswith(": 2")
    assert labels[1] == "Niets: 0"
    assert "<b>u</b>" in labels
    assert "&lt;b&gt;leg" in labels[0]


def test_a_label_fits_on_a_phone_in_letters_that_can_be_read() -> None:
    for note in blocks(ROWS).layout.annotations:
        assert note.font.size >= 15
        for line in str(note.text).split("<br>"):
            assert width_of(unescape(line), note.font.size) <= ROOM_ON_A_PHONE


def test_rows_do_not_overlap_and_all_fits() -> None:
    for size in (ON_PAGE, ON_SCREEN):
        figure = blocks(ROWS, size=size)
        (bars,) = figure.data
        places = sorted(set(bars.y))
        assert all(b - a > bars.width for a, b in pairwise(places))
        assert places[-1] + bars.width / 2 <= figure.layout.yaxis.range[0]


def test_the_table_says_who_and_how_sure() -> None:
    said = as_table("Stap", ROWS).replace("\\", "")
    assert "| Niets | 0 | niemand |" in said
    assert "Deelnemer 1, dat bent u (zeker), Deelnemer 2 (redelijk zeker)" in said
    assert said.splitlines()[2].count(" | ") == 3


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert list(blocks(()).data[0].x) == []

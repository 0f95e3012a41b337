"""Shares as a picture and as text say the same, and hide the same."""

from __future__ import annotations

from engine.decisions import Choice, Effect, Learned, RuleFigures
from engine.decisions.learning import Result
from engine.small_numbers import Share, protect
from tests.decisions import world
from ui.learning_charts import TOO_FEW, Row, in_words, intervals, percent
from ui.learning_words import ground_rows, result_rows, table

ROWS = (Row("Zet de stap", Share.of(8, 14)), Row("<b>Ander</b> " + "lang " * 30, None))


def test_a_row_is_said_in_words() -> None:
    assert in_words(ROWS[0]) == "8 van de 14 keer (57 %; waarschijnlijk tussen 33 % en 79 %)"
    assert in_words(ROWS[1]) == TOO_FEW
    assert percent(0.005) == "0 %"


def test_the_picture_draws_what_is_shown_and_names_what_is_not() -> None:
    figure = intervals(ROWS)
    (dots,) = figure.data
    assert list(dots.x) == [8 / 14]
    low, high = dots.x[0] - dots.error_x.arrayminus[0], dots.x[0] + dots.error_x.array[0]
    assert (round(low, 2), round(high, 2)) == (0.33, 0.79)
    labels = [note.text for note in figure.layout.annotations]
    assert labels[0] == "<b>Zet de stap</b><br>8 van 14"
    assert labels[1].endswith(TOO_FEW)


def test_markup_in_a_title_stays_text() -> None:
    label = intervals(ROWS).layout.annotations[1].text
    assert "&lt;b&gt;Ander" in label
    assert "<b>Ander" not in label


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert list(intervals(()).data[0].x) == []


def test_results_and_grounds_do_not_stand_in_the_order_in_which_they_came() -> None:
    counts = {Effect.NOT_REACHED: 9, Effect.UNKNOWN: 8, Effect.REACHED: 7}
    figures = RuleFigures(
        "proef.werkwijze",
        "Proefregel",
        protect({Choice.DEVIATED: 24}),
        protect({"veiligheid": 12, "anders": 12}),
        (Result(Choice.DEVIATED, 3, protect(counts)),),
    )
    knowledge = world.knowledge()
    results = [row.label.split(": ")[1] for row in result_rows(figures)]
    assert results == ["bereikt", "niet bereikt", "nog onduidelijk"]
    assert [row.label for row in ground_rows(figures, knowledge)] == ["Anders", "Veiligheid"]
    told = [row[4] for row in table(Learned((figures,), 0, ()), knowledge)]
    assert told[2:4] == ["Anders", "Veiligheid"]

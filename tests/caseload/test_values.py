"""A row holds what a case holds, and refuses what a case refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import AnswerError, Case
from engine.caseload.columns import facts_in, options_of
from engine.caseload.values import CellReader
from engine.knowledge import Fact
from engine.words import DecimalMark, FactKind
from tests.caseload.world import knowledge
from tests.counts import examples

EMPTY = Case("x", date(2026, 11, 23), "uwv", ())
FACTS = facts_in(knowledge())
COMMA, POINT = DecimalMark.COMMA, DecimalMark.POINT


def fact(kind: FactKind) -> Fact:
    return next(one for one in FACTS if one.kind is kind)


def in_a_case(name: str, raw: Any) -> Any:
    """What a single case makes of an answer: the answer, nothing, or that it is refused."""
    try:
        return EMPTY.answer(knowledge(), name, raw).known.get(name)
    except AnswerError:
        return "geweigerd"


def in_a_row(one: Fact, cell: str) -> Any:
    reading = CellReader(one).read(cell)
    return "geweigerd" if reading.reason else reading.value


WORDS = st.sampled_from(sorted({option for one in FACTS for option in options_of(one)}))
RAW = st.one_of(
    WORDS,
    st.sampled_from(["ja", "nee", "onbekend", "betwist", "Ja", "J", "1"]),
    st.integers(-10, 1_100_000),
    st.dates(),
)


@settings(max_examples=examples(full=3000, quick=200), deadline=None)
@given(st.sampled_from(FACTS), RAW)
def test_a_row_and_a_case_agree(one: Fact, raw: Any) -> None:
    # A cell is text: a number or a date is what such text can be read as.
    if isinstance(raw, str):
        assert in_a_row(one, raw) == in_a_case(one.id, _typed(one, raw))
        return
    if (one.kind is FactKind.NUMBER) == isinstance(raw, int):
        assert in_a_row(one, str(raw)) == in_a_case(one.id, raw)
    else:
        assert in_a_row(one, str(raw)) == "geweigerd"


def _typed(one: Fact, raw: str) -> Any:
    return int(raw) if one.kind is FactKind.NUMBER and raw.isdigit() else raw


@settings(deadline=None)
@given(st.sampled_from(FACTS), st.text(max_size=30), st.sampled_from([None, COMMA, POINT]))
def test_no_text_breaks_the_reader_and_what_is_read_is_an_answer(
    one: Fact, cell: str, mark: DecimalMark | None
) -> None:
    reading = CellReader(one, decimal=mark).read(cell)
    if reading.value is not None:
        assert EMPTY.answer(knowledge(), one.id, reading.value).known[one.id] == reading.value
    assert not (reading.value is not None and reading.reason)


NUMBERS: list[tuple[str, DecimalMark | None, int | None]] = [
    ("12", None, 12),
    (" 12\u00a0", None, 12),
    ("012", None, 12),
    ("12,0", None, 12),
    ("12.00", None, 12),
    ("12,5", None, None),
    ("12.5", COMMA, None),
    ("1.000", None, None),
    ("1,000", None, None),
    ("1.000", COMMA, 1000),
    ("1,000", COMMA, 1),
    ("1.000", POINT, 1),
    ("1,000", POINT, 1000),
    ("10.000", COMMA, 10000),
    ("1.00.0", COMMA, None),
    ("12 euro", None, None),
    ("-1", None, None),
    ("1e3", None, None),
    ("999999999999999999", None, None),
]


@pytest.mark.parametrize(("cell", "mark", "number"), NUMBERS)
def test_numbers_are_read_in_one_way_or_not_at_all(
    cell: str, mark: DecimalMark | None, number: int | None
) -> None:
    costs = knowledge().facts["opleiding_kosten"]
    reading = CellReader(costs, decimal=mark).read(cell)
    assert reading.value == number
    assert bool(reading.reason) is (number is None)


DATES: list[tuple[str, date | None]] = [
    ("2026-03-04", date(2026, 3, 4)),
    ("04-03-2026", date(2026, 3, 4)),
    ("4/3/2026", date(2026, 3, 4)),
    ("4.3.2026", date(2026, 3, 4)),
    ("20260304", date(2026, 3, 4)),
    ("2026-03-04 00:00:00", date(2026, 3, 4)),
    ("2026-03-04T13:45:00", date(2026, 3, 4)),
    ("04-03-2026 13:45", date(2026, 3, 4)),
    ("31-02-2026", None),
    ("03/14/2026", None),
    ("04-03-26", None),
    ("4-3/2026", None),
    ("46000", None),
    ("maart", None),
]


@pytest.mark.parametrize(("cell", "day"), DATES)
def test_dates_are_read_as_dutch_people_write_them(cell: str, day: date | None) -> None:
    reading = CellReader(fact(FactKind.DATE)).read(cell)
    assert reading.value == day
    assert bool(reading.reason) is (day is None)


def test_a_month_that_comes_first_is_pointed_out() -> None:
    assert "maand eerst" in CellReader(fact(FactKind.DATE)).read("03/14/2026").reason


def test_a_cell_means_what_the_coupling_says_and_nothing_else() -> None:
    reader = CellReader(knowledge().facts["startkwalificatie"], {"J": "ja"}, frozenset({"9"}))
    assert reader.read("J").value == "ja"
    assert reader.read(" ja ").value == "ja"
    assert reader.read("9") == reader.read("") == reader.read(None) == reader.read("onbekend")
    assert "Kies uit: ja, nee" in reader.read("j").reason
    assert "Bedoelde u 'ja'?" in reader.read("jaa").reason

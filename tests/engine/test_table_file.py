"""A table as CSV: no cell is ever a formula."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.table_file import as_csv

FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


ODD = st.text("=+-@\t\r\n \x0b\x0c\x1c\x85\u2028\u200b\uff1da", max_size=6)


def starts(cell: str) -> str:
    """What is left when everything that can't be seen is dropped from the front."""
    return re.sub(r"^[\s\x00-\x20\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\xad]+", "", cell)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "attack",
    [
        "=1+1",
        '=HYPERLINK("https://voorbeeld.invalid";"klik")',
        "+31 6 kosten",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "  =cmd|' /C calc'!A0",
        "\r\n=1",
        "\uff1d1+1",
        '";=1+1;"',
        "\x0b=1",
        "\u2028@SUM(A1)",
        "\u200b=1",
        "\ufeff=1",
        "\u2003\u2003-1",
        " \x00 =1",
        "\uff0b1",
        "\uff201",
    ],
)
def test_a_formula_becomes_text(attack: str) -> None:
    ((cell, last),) = read(as_csv([[attack, "eind"]]))
    assert not starts(cell).startswith(FORMULAS)
    assert last == "eind"


def test_ordinary_text_stays_as_it_is() -> None:
    assert read(as_csv([["gevolgd", "", "  te weinig", "a=1"]])) == [
        ["gevolgd", "", "  te weinig", "a=1"]
    ]


@given(st.lists(st.text(max_size=40) | ODD, min_size=1, max_size=4))
def test_every_cell_stays_a_cell_of_its_own(cells: list[str]) -> None:
    (row,) = read(as_csv([cells]))
    assert len(row) == len(cells)
    assert not any(starts(cell).startswith(FORMULAS) for cell in row)


def test_numbers_stay_numbers() -> None:
    assert read(as_csv([["a", 3, 0.25, None, -4]])) == [["a", "3", "0,250", "", "-4"]]

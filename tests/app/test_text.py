from datetime import UTC, datetime

import pytest

from engine.reasons import Reason
from ui.text import bullets, capital, count, moment, sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [("de duur", "De duur"), ("ijver", "IJver"), ("UWV", "UWV"), ("", ""), ("één", "Eén")],
)
def test_capital(text: str, expected: str) -> None:
    assert capital(text) == expected


@pytest.mark.parametrize("text", ["de cursus duurt", "De cursus duurt.", " de cursus duurt. "])
def test_sentence(text: str) -> None:
    assert sentence(text) == "De cursus duurt."


def test_count() -> None:
    assert [count(number, "vraag", "vragen") for number in (0, 1, 2)] == [
        "0 vragen",
        "1 vraag",
        "2 vragen",
    ]


def test_a_moment_is_in_dutch_time_in_summer_and_winter() -> None:
    assert moment(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "2 juli 2026 om 00:05"
    assert moment(datetime(2026, 12, 1, 22, 5, tzinfo=UTC)) == "1 december 2026 om 23:05"


def test_reasons_are_a_list_as_deep_as_wanted() -> None:
    reasons = [Reason("een begrip", because=(Reason("een feit"),))]
    assert bullets(reasons) == "- Een begrip\\.\n  - Een feit\\."
    assert bullets(reasons, deepest=0) == "- Een begrip\\."

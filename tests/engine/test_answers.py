"""The answers that make a difference, and the days on which they begin to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.answers import answers_apart, turning_days
from engine.conditions import Compare, Older, OneOf, Op, TimeUnit, before
from engine.knowledge import Fact
from engine.words import FactKind

DAY = timedelta(days=1)
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(0, 40), st.sampled_from(TimeUnit))
@example(date(2027, 1, 31), 1, TimeUnit.MONTHS)
@example(date(2024, 2, 29), 1, TimeUnit.YEARS)
def test_an_age_reaches_back_to_a_day_on_its_turning_days(
    bound: date, amount: int, unit: TimeUnit
) -> None:
    told = (Compare("dag", Op.GE, bound), Older("dag", amount, unit))
    expected = set()
    for reached in (bound, bound + DAY, bound + 2 * DAY):
        day = reached
        while before(day, amount, unit) < reached:
            day += 400 * DAY if before(day + 400 * DAY, amount, unit) < reached else DAY
        expected.add(day)
    assert turning_days(told) == {"dag": frozenset(expected)}


def test_only_a_date_that_is_held_against_both_turns() -> None:
    day, age = Compare("dag", Op.LT, date(2026, 1, 1)), Older("dag", 1, TimeUnit.YEARS)
    assert turning_days((day,)) == turning_days((age,)) == {}
    assert turning_days((day, Older("ander", 1, TimeUnit.YEARS))) == {}
    assert turning_days((day, Older("dag", 9_000, TimeUnit.YEARS))) == {"dag": frozenset()}


@pytest.mark.parametrize("kind", [FactKind.CHOICE, FactKind.NUMBER])
def test_a_question_without_any_answer_has_none(kind: FactKind) -> None:
    fact = Fact.model_construct(id="leeg", kind=kind, options=(), minimum=5, maximum=4)
    leaf = OneOf("leeg", ("rood",)) if kind is FactKind.CHOICE else Compare("leeg", Op.GT, 4)
    assert answers_apart(fact, (leaf,), date(2026, 1, 1)) == ()

"""The condition tree: truth tables, negation, calendar, thresholds."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Compare,
    Condition,
    Constant,
    NoneOf,
    Not,
    Older,
    OneOf,
    Op,
    ParameterRef,
    TimeUnit,
    before,
    evaluate,
    excluded,
    leaves,
    negate,
    normal,
    resolve,
    spell_out,
)
from engine.explain import prove
from engine.kleene import Truth, all_of, any_of, at_least, negation
from engine.productions import age
from tests.engine.rule_bases import REFERENCE, condition, random_facts

TRUTHS: tuple[Truth, ...] = (True, False, None)
A, B, C = (OneOf(name, ("ja",)) for name in "abc")


@pytest.mark.parametrize(("one", "other"), list(product(TRUTHS, TRUTHS)))
def test_and_or_not_are_kleenes(one: Truth, other: Truth) -> None:
    number = {True: 2, None: 1, False: 0}
    back: dict[int, Truth] = {2: True, 1: None, 0: False}
    assert all_of([one, other]) is back[min(number[one], number[other])]
    assert any_of([one, other]) is back[max(number[one], number[other])]
    assert negation(one) is back[2 - number[one]]


@pytest.mark.parametrize("values", list(product(TRUTHS, repeat=3)))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_at_least_is_the_same_as_its_combinations(values: tuple[Truth, ...], count: int) -> None:
    facts = {
        name: "ja" if value else "nee"
        for name, value in zip("abc", values, strict=True)
        if value is not None
    }
    tree = AtLeast(count, (A, B, C))
    assert at_least(count, list(values)) is evaluate(spell_out(tree), facts, REFERENCE)


@given(condition(), st.integers(0, 2**32 - 1))
def test_negation_is_the_opposite_and_leaves_no_not(tree: Condition, seed: int) -> None:
    facts = random_facts(Random(seed))
    truth = evaluate(tree, facts, REFERENCE)
    assert evaluate(negate(tree), facts, REFERENCE) is negation(truth)
    assert evaluate(normal(tree), facts, REFERENCE) is truth
    assert "Not(" not in repr((normal(tree), negate(tree)))


@given(condition(), st.integers(0, 2**32 - 1))
def test_the_proof_says_the_same_as_plain_evaluation(tree: Condition, seed: int) -> None:
    facts = random_facts(Random(seed))
    assert prove(tree, facts, REFERENCE).truth is evaluate(tree, facts, REFERENCE)


@pytest.mark.parametrize(
    ("leaf", "facts", "truth"),
    [
        (OneOf("x", ("a", "b")), {"x": "b"}, True),
        (OneOf("x", ("a", "b")), {}, None),
        (NoneOf("x", ("a",)), {"x": "b"}, True),
        (NoneOf("x", ("a",)), {}, None),
        (NoneOf("x", ("a",)), {excluded("x", "a"): "ja"}, True),
        (OneOf("x", ("a", "b")), {excluded("x", "a"): "ja"}, None),
        (OneOf("x", ("a",)), {excluded("x", "a"): "ja"}, False),
        (Compare("n", Op.GT, 12), {"n": 12}, False),
        (Compare("n", Op.GE, 12), {"n": 12}, True),
        (Compare("n", Op.NE, 12), {"n": 12}, False),
        (Compare("n", Op.EQ, 0), {"n": 0}, True),
        (Between("n", 2, 4), {"n": 4}, True),
        (Between("n", 2, 4), {"n": 5}, False),
        (Compare("d", Op.LT, date(2026, 1, 1)), {"d": date(2025, 12, 31)}, True),
        (Constant(True), {}, True),
    ],
)
def test_a_leaf(leaf: Condition, facts: dict[str, str | int | date], truth: Truth) -> None:
    assert evaluate(leaf, facts, REFERENCE) is truth


@pytest.mark.parametrize(
    ("day", "reference", "months", "older"),
    [
        (date(2026, 8, 21), date(2026, 11, 22), 3, True),
        (date(2026, 8, 22), date(2026, 11, 22), 3, False),
        (date(2026, 2, 27), date(2026, 3, 31), 1, True),
        (date(2026, 2, 28), date(2026, 3, 31), 1, False),
        (date(2024, 2, 28), date(2025, 2, 28), 12, False),
        (date(2027, 1, 1), date(2026, 11, 22), 0, False),
    ],
)
def test_older_counts_calendar_months_and_the_same_day_is_not_older(
    day: date, reference: date, months: int, older: bool
) -> None:
    leaf = Older("d", months, TimeUnit.MONTHS)
    assert evaluate(leaf, {"d": day}, reference) is older


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_the_engines_age_of_a_date_fits_the_calendar(day: date, reference: date) -> None:
    for unit in TimeUnit:
        years = age(day, reference, unit)
        assert day < before(reference, years, unit)
        assert not day < before(reference, years + 1, unit)


def test_far_back_ends_at_the_first_day_of_the_calendar() -> None:
    assert before(REFERENCE, 9_999, TimeUnit.YEARS) == date.min


def test_a_limit_that_is_absent_is_never_exceeded() -> None:
    limit = ParameterRef("grens")
    assert resolve(Compare("n", Op.GT, limit), {"grens": None}) == Constant(False, "grens")
    assert resolve(Compare("n", Op.LE, limit), {"grens": None}) == Constant(True, "grens")
    with pytest.raises(ValueError, match="upper limit"):
        resolve(Compare("n", Op.LT, limit), {"grens": None})
    with pytest.raises(KeyError):
        resolve(Compare("n", Op.GT, limit), {})


def test_thresholds_are_filled_in_everywhere() -> None:
    limit = ParameterRef("grens")
    tree = Not(
        AtLeast(
            1,
            (
                Between("n", limit, 9),
                Older("d", limit, TimeUnit.DAYS),
                All((AnyOf((Compare("n", Op.GE, limit),)),)),
            ),
        )
    )
    assert "ParameterRef" not in repr(resolve(tree, {"grens": 3}))


def test_trees_are_values() -> None:
    one, other = All((A, Not(B))), All((A, Not(B)))
    assert one == other
    assert len({one, other}) == 1
    assert list(leaves(one)) == [A, B]
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.parts = ()  # type: ignore[misc]

"""How much groups agree: the published example, the bounds, and what isn't shown."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decisions import Agreement, Level, Record, Role, Step, alpha, same_pairs
from engine.words import Stage
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.group import DO, DO_NOT, RULE, answer, answered, joined, prepared

KNOWLEDGE = world.knowledge()

KRIPPENDORFF_2011 = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Four observers, twelve units, eight values missing: the example of section C in
K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011
(https://repository.upenn.edu/asc_papers/43). It gives 0.743 for nominal data.

The same data stand in K. L. Gwet, *Handbook of Inter-Rater Reliability*, 4th edition, Advanced
Analytics 2014, p. 120, and as ``cac.raw4raters`` in his package irrCAC, whose manual prints more
decimals for ``krippen.alpha.raw``: 0.74342 (https://cran.r-project.org/package=irrCAC)."""


def units_of(rows: tuple[str, ...]) -> list[Counter[str]]:
    columns = zip(*(row.split() for row in rows), strict=True)
    return [Counter(value for value in column if value != ".") for column in columns]


def by_hand(units: list[Counter[str]]) -> float | None:
    """The same from the coincidences, in fractions, as the paper works it out."""
    paired = [unit for unit in units if sum(unit.values()) > 1]
    totals: Counter[str] = Counter()
    agreed = Fraction(0)
    for unit in paired:
        totals.update(unit)
        size = sum(unit.values())
        agreed += sum(Fraction(n * (n - 1), size - 1) for n in unit.values())
    whole = sum(totals.values())
    chance = sum(n * (n - 1) for n in totals.values())
    if whole * (whole - 1) == chance:
        return None
    return float(((whole - 1) * agreed - chance) / (whole * (whole - 1) - chance))


def test_the_published_example_to_four_decimals() -> None:
    units = units_of(KRIPPENDORFF_2011)
    found, worked_out = alpha(units), by_hand(units)
    assert found is not None
    assert worked_out is not None
    assert round(found, 5) == round(worked_out, 5) == 0.74342


def test_the_two_observers_of_the_same_paper() -> None:
    # Section B of the paper: two observers, twelve units, nominal data; it gives 0.692.
    rows = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
    found = alpha(units_of(rows))
    assert found is not None
    assert round(found, 3) == 0.692


_UNITS = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4), max_size=4).map(Counter),
    max_size=8,
)


@given(_UNITS)
def test_it_equals_the_definition(units: list[Counter[str]]) -> None:
    ours, theirs = alpha(units), by_hand(units)
    assert (ours is None) is (theirs is None)
    if ours is not None:
        assert ours == pytest.approx(theirs)
        assert ours <= 1 + 1e-12


@pytest.mark.parametrize(
    "units", [[], [Counter(a=1)], [Counter(a=1), Counter(b=1)], [Counter(a=4), Counter(a=2)]]
)
def test_where_there_is_nothing_to_tell_there_is_no_alpha(units: list[Counter[str]]) -> None:
    assert alpha(units) is None


def test_pairs_that_are_the_same() -> None:
    assert same_pairs([Counter(a=3, b=1)]) == pytest.approx(0.5)
    assert same_pairs([Counter(a=4)]) == 1
    assert same_pairs([Counter(a=1), Counter()]) is None


def meetings(record: Record, spreads: list[list[Step]]) -> Agreement:
    for steps in spreads:
        answered(record, steps).reveal()
    return record_agreement(record)


def record_agreement(record: Record) -> Agreement:
    return access(record, person(record, Role.MANAGER)).meetings.agreement(KNOWLEDGE)


def test_few_are_not_shown(record: Record) -> None:
    found = meetings(record, [[DO, DO, DO_NOT]] * 4)
    assert found.step is None
    assert (found.by_rule, found.by_fact, found.by_year) == ((), (), ())
    assert found.too_few == 3


def test_five_meetings_are_shown_and_the_same_each_time(record: Record) -> None:
    found = meetings(record, [[DO, DO, DO], [DO_NOT, DO_NOT, DO_NOT]] * 2 + [[DO, DO, DO_NOT]])
    assert found.step is not None
    assert found.step.meetings == 5
    assert found.step.people == 15
    assert found.step.same.value == pytest.approx(13 / 15)
    assert found.step.alpha is not None
    assert found.step.alpha.low <= found.step.alpha.value <= found.step.alpha.high
    assert [one.name for one in found.by_rule] == [RULE]
    assert [one.name for one in found.by_fact] == ["ziek"]
    assert [one.name for one in found.by_year] == ["2026"]
    assert found.by_fact[0].level is Level.UNANIMOUS
    assert found.too_few == 0
    assert record_agreement(record) == found


def test_what_goes_on_is_not_counted_so_it_tells_nothing_early(record: Record) -> None:
    meetings(record, [[DO, DO_NOT]] * 4)
    going_on = answered(record, [DO, DO_NOT])
    going_on.reveal(*list(Stage)[:3])
    assert record_agreement(record).step is None
    going_on.reveal(Stage.DECISION)
    assert record_agreement(record).step is not None


def test_only_who_leads_groups_or_a_team_or_writes_rules_sees_it(record: Record) -> None:
    meetings(record, [[DO, DO_NOT]] * 5)
    for role in Role:
        own = access(record, person(record, role)).meetings
        sees = role in (Role.FACILITATOR, Role.MANAGER, Role.DESIGNER)
        assert (own.agreement(KNOWLEDGE).step is not None) is sees


def test_who_knows_the_case_and_who_is_no_one_are_left_out(record: Record) -> None:
    for _ in range(5):
        group = joined(prepared(record), 2)
        group.colleague.meetings.join(group.code, names=False)
        for own, step in zip((*group.members, group.colleague), (DO, DO, DO_NOT), strict=True):
            answer(own, group.meeting, step)
        group.reveal()
    found = record_agreement(record)
    assert found.step is not None
    assert found.step.people == 10
    assert found.step.same.value == 1
    nobody = access(record, person(record))
    assert nobody.meetings.agreement(KNOWLEDGE).step is None


def test_chance_alone_gives_about_nought() -> None:
    chance = random.Random(7)
    units = [Counter(chance.choices("ab", k=6)) for _ in range(400)]
    found = alpha(units)
    assert found is not None
    assert abs(found) < 0.05

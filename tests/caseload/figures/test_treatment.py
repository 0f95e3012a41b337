"""Equal treatment: like with like, published figures, and nothing that tells of a few."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.caseload.basic import basic
from engine.caseload.figures.contact import is_quiet
from engine.caseload.figures.counting import GIVEN
from engine.caseload.figures.standardised import Difference, Pair, difference
from engine.caseload.figures.treatment import Treatment, column_is, treatment
from engine.caseload.run import embedded
from engine.caseload.translate import CODES
from engine.conditions import Constant, OneOf, evaluate, leaves
from engine.explain import conclude
from engine.knowledge import AUTHORITY
from engine.small_numbers import FEWEST, protect
from tests.caseload.figures.small import DONE, PROTOCOLS, TEAM, TODAY, program, screened, small
from tests.counts import examples

RULES = (
    "bestandsdoorlichting.uitkomst-melden",
    "bestandsdoorlichting.sociale-werkvoorziening",
    "gelijke-behandeling-en-tijd.uit-beeld",
    "gelijke-behandeling-en-tijd.lang-niet-gesproken",
)
PAIRS = st.lists(
    st.builds(
        lambda total, other, part, other_part: Pair(
            round(total * part), total, round(other * other_part), other
        ),
        st.integers(0, 60),
        st.integers(0, 60),
        st.floats(0, 1),
        st.floats(0, 1),
    ),
    max_size=6,
)


def test_the_difference_is_that_of_the_published_example() -> None:
    # Rothman, Greenland and Lash (2008), table 15-1 (deaths with tolbutamide and with placebo, by
    # age): 0.035, and with 90 % confidence from -0.018 to 0.088 there; to four decimals as the
    # metafor package for R has it, www.metafor-project.org/doku.php/analyses:rothman2008.
    found = difference([Pair(8, 106, 5, 120), Pair(22, 98, 16, 85)], confidence=0.90)
    assert found is not None
    assert found.interval is not None
    assert [round(number, 4) for number in (found.value, *found.interval)] == [
        0.0349,
        -0.0176,
        0.0874,
    ]


@given(PAIRS)
def test_a_difference_turns_with_the_groups_and_stays_within_bounds(pairs: list[Pair]) -> None:
    found = difference(pairs)
    turned = difference(
        [Pair(one.other_count, one.other_total, one.count, one.total) for one in pairs]
    )
    if found is None or turned is None:
        assert found is turned is None
        return
    assert found.value == pytest.approx(-turned.value)
    assert -1 <= found.value <= 1
    if found.interval is not None:
        assert -1 <= found.interval[0] <= found.value <= found.interval[1] <= 1
        wider = difference(pairs, comparisons=5)
        assert wider is not None
        assert wider.interval is not None
        assert wider.interval[0] <= found.interval[0]
        assert wider.interval[1] >= found.interval[1]


def test_one_stratum_gives_the_plain_difference() -> None:
    found = difference([Pair(30, 100, 20, 100)])
    assert found is not None
    assert found.value == pytest.approx(0.1)
    assert difference([Pair(3, 10, 0, 0)]) is None
    assert difference([Pair(10, 10, 0, 10)]) == Difference(1.0, None)


@settings(max_examples=examples(full=100, quick=10), deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([0, 1, 60]),
    st.sampled_from([0.0, 0.9]),
    st.integers(1, 4),
    st.sampled_from(RULES),
)
def test_like_is_compared_with_like_as_by_hand(
    seed: int, size: int, known: float, teams: int, rule: str
) -> None:
    asked = program(*PROTOCOLS[:2])
    made = small(seed, asked, size, known, teams)
    files = embedded(made.frame)
    found = treatment(asked, files, TODAY, rule, TEAM, column_is(DONE, "ja"))
    constants = {AUTHORITY: "uwv"}
    condition = basic(asked.derivations[rule].condition, TODAY, constants)
    asks = dict.fromkeys(one for one in leaves(condition) if not isinstance(one, Constant))
    strata: dict[Any, dict[str, Counter[bool]]] = {}
    unknown = 0
    for row, statuses in zip(made.rows, screened(files, asked), strict=True):
        status = CODES[statuses[rule]]
        if status not in GIVEN:
            continue
        if row[TEAM] is None or row[DONE] is None:
            unknown += 1
            continue
        facts = made.facts(row)
        values = {name: item.value for name, item in conclude(asked, facts, TODAY).items()}
        seen = tuple(
            values[one.name] if one.name in values else evaluate(one, facts, TODAY) for one in asks
        )
        groups = strata.setdefault((status, seen), {})
        groups.setdefault(row[TEAM], Counter())[row[DONE] == "ja"] += 1
    shared = [groups for groups in strata.values() if len(groups) > 1]
    expected = sorted(
        str({name: protect(groups[name]) for name in sorted(groups)}) for groups in shared
    )
    assert sorted(str(dict(one.groups)) for one in found.strata) == expected
    compared = sum(counts.total() for groups in shared for counts in groups.values())
    everyone = sum(counts.total() for groups in strata.values() for counts in groups.values())
    assert found.compared == round(compared, -1)
    assert found.alone == round(everyone - compared, -1)
    assert found.unknown == round(unknown, -1)
    assert [one.group for one in found.differences] == sorted(
        {name for groups in shared for name in groups}
    )
    for stratum in found.strata:
        for shown in (*stratum.groups.values(), stratum.whole):
            assert all(one is None or one.count >= FEWEST for one in shown.parts.values())


def two_teams(
    chances: dict[tuple[str, str], float], sizes: dict[tuple[str, str], int]
) -> Treatment:
    """Clients of two kinds in two teams; something is done with the given chance."""
    random = Random(7)
    rows = [
        {
            "dossier": f"{team}{kind}{number}",
            TEAM: team,
            "wsw": kind,
            "doorlichting": "ja",
            "hulp_gevraagd": "nee",
            DONE: "ja" if random.random() < chances[team, kind] else "nee",
        }
        for (team, kind), size in sizes.items()
        for number in range(size)
    ]
    asked = program(PROTOCOLS[0])
    files = embedded(pl.DataFrame(rows))
    return treatment(asked, files, TODAY, RULES[1], TEAM, column_is(DONE, "ja"))


MIXED = {("A", "indicatie"): 400, ("A", "dienstverband"): 100} | {
    ("B", "indicatie"): 100,
    ("B", "dienstverband"): 400,
}


def test_a_team_with_other_clients_is_no_other_treatment() -> None:
    # Team A has the clients for whom it happens most. Per kind, both teams do the same.
    same = {(team, kind): 0.8 if kind == "indicatie" else 0.2 for team, kind in MIXED}
    found = two_teams(same, MIXED)
    assert found.comparisons == 1
    for one in found.differences:
        assert one.difference is not None
        assert one.difference.interval is not None
        assert one.difference.interval[0] <= 0 <= one.difference.interval[1]
    assert len(found.strata) == 2
    assert found.compared == 1000


def test_another_treatment_of_the_same_clients_is_seen() -> None:
    other = {(team, kind): 0.7 if team == "A" else 0.4 for team, kind in MIXED}
    found = two_teams(other, MIXED)
    first, second = found.differences
    assert first.difference is not None
    assert second.difference is not None
    assert first.difference.value == -second.difference.value
    assert first.difference.interval is not None
    assert 0 < first.difference.interval[0] < 0.3 < first.difference.interval[1]


def test_a_difference_that_rests_on_a_few_is_not_shown() -> None:
    few = {("A", "indicatie"): 3, ("B", "indicatie"): 400}
    found = two_teams(dict.fromkeys(few, 1.0), few)
    assert {one.difference for one in found.differences} == {None}


def test_whole_hundredths_only() -> None:
    chances = {(team, kind): 0.6 if team == "A" else 0.5 for team, kind in MIXED}
    for one in two_teams(chances, MIXED).differences:
        assert one.difference is not None
        assert one.difference.interval is not None
        for number in (one.difference.value, *one.difference.interval):
            assert number == round(number, 2)


def test_what_a_rule_sees_is_told_with_every_stratum() -> None:
    same = dict.fromkeys(MIXED, 0.5)
    strata = two_teams(same, MIXED).strata
    seen = [
        {one.leaf.values[0]: one.answer for one in stratum.seen if isinstance(one.leaf, OneOf)}
        for stratum in strata
    ]
    seen = [{name: told[name] for name in ("indicatie", "dienstverband")} for told in seen]
    assert {"indicatie": True, "dienstverband": False} in seen
    assert {"indicatie": False, "dienstverband": True} in seen


def test_quiet_can_be_what_is_compared_and_a_protected_ground_warns() -> None:
    asked = program(*PROTOCOLS[:2])
    files = embedded(small(5, asked, 60).frame.rename({TEAM: "nationaliteit"}))
    found = treatment(
        asked, files, TODAY, RULES[2], "nationaliteit", lambda table: is_quiet(table, TODAY, 3)
    )
    assert "nationaliteit" in found.warning
    assert found.strata

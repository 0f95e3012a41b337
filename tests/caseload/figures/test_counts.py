"""Outcomes, groups and contact: what is counted by a database is what counting by hand gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.caseload import results as writing
from engine.caseload.column_names import ProtectedGround
from engine.caseload.figures.contact import (
    Contact,
    Silence,
    known_silence,
    longest_quiet,
    quiet,
)
from engine.caseload.figures.counting import GIVEN, OUTCOMES, Results, totals
from engine.caseload.figures.outcomes import outcomes
from engine.caseload.figures.spread import spread
from engine.caseload.results import WITHHELD_WORD
from engine.caseload.run import embedded, screen
from engine.caseload.translate import CODES, Table, translate
from engine.conditions import TimeUnit, before
from engine.small_numbers import FEWEST, protect
from tests.caseload.figures.small import DONE, PROTOCOLS, TEAM, TODAY, program, screened, small
from tests.caseload.world import knowledge
from tests.counts import examples

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.sampled_from([0, 1, 7, 40])
KNOWN = st.sampled_from([0.0, 0.85])
MANY = settings(max_examples=examples(full=200, quick=8), deadline=None)
Tables = Callable[[pl.DataFrame], Table]


def in_duckdb(frame: pl.DataFrame) -> Table:
    return ibis.duckdb.connect().create_table("files", frame)


def word(code: int) -> str:
    return CODES.get(code, WITHHELD_WORD)


@settings(MANY)
@given(SEEDS, SIZES, KNOWN)
def test_outcomes_and_steps_are_those_counted_by_hand(seed: int, size: int, known: float) -> None:
    counted_by_hand(embedded, seed, size, known)


@settings(MANY, max_examples=examples(full=30, quick=3))
@given(SEEDS, SIZES, KNOWN)
def test_outcomes_and_steps_are_the_same_in_duckdb(seed: int, size: int, known: float) -> None:
    counted_by_hand(in_duckdb, seed, size, known)


def counted_by_hand(table: Tables, seed: int, size: int, known: float) -> None:
    asked = program()
    files = table(small(seed, asked, size, known).frame)
    rows = screened(files, asked)
    found = outcomes(Results.of(translate(asked, files, TODAY)))
    assert found.files == size == len(rows)
    for one in found.rules:
        by_hand = Counter(word(row[one.rule]) for row in rows)
        assert one.counts == {name: by_hand[name] for name in OUTCOMES}
        assert one.given == sum(by_hand[name] for name in GIVEN)
    steps: Counter[Any] = Counter()
    for row in rows:
        advised = {
            (bound.rule.advice.action, bound.rule.advice.direction)
            for bound in asked.asked_rules()
            if word(row[bound.rule.id]) in GIVEN
        }
        steps.update(advised)
    assert {(one.action, one.direction): one.files for one in found.steps} == steps
    assert [one.rule for one in found.of_protocol(PROTOCOLS[0])] == [
        one.rule for one in found.rules if one.rule.startswith(PROTOCOLS[0])
    ]


@settings(MANY)
@given(SEEDS, SIZES, st.integers(1, 4))
def test_groups_are_those_counted_by_hand_and_few_are_hidden(
    seed: int, size: int, teams: int
) -> None:
    asked = program(PROTOCOLS[1])
    files = embedded(small(seed, asked, size, teams=teams).frame)
    rows = screened(files, asked)
    results = Results.of(translate(asked, files, TODAY, keep=(TEAM,)))
    for rule in list(results.columns)[:4]:
        found = spread(results, rule, TEAM)
        groups = {row[TEAM] for row in rows}
        assert {one.group for one in found.groups} == groups
        assert [one.group for one in found.groups] == sorted(
            groups, key=lambda name: (name is None, name or "")
        )
        for one in found.groups:
            by_hand = Counter(word(row[rule]) for row in rows if row[TEAM] == one.group)
            assert one.shares == protect(by_hand)
        _nothing_small(found.whole)
        if found.whole.total is not None:
            assert found.whole.total == size


def _nothing_small(shown: Any) -> None:
    assert shown.total is None or shown.total >= FEWEST
    assert all(share is None or share.count >= FEWEST for share in shown.parts.values())


def test_what_was_written_counts_as_what_was_worked_out(tmp_path: Path) -> None:
    asked = program()
    files = embedded(small(3, asked, 60).frame)
    place = tmp_path / "uit.parquet"
    for _ in writing.written(screen(asked, files, TODAY, keep=(TEAM,)), statuses=place):
        pass
    there = Results.written(asked, ibis.polars.connect().read_parquet(place))
    again = Results.of(translate(asked, files, TODAY, keep=(TEAM,)))
    assert outcomes(there) == outcomes(again)
    rule = next(iter(there.columns))
    assert spread(there, rule, TEAM) == spread(again, rule, TEAM)


def test_a_withheld_advice_is_an_outcome_of_its_own() -> None:
    asked = program(PROTOCOLS[0])
    rules = [bound.rule.id for bound in asked.asked_rules()]
    table = embedded(pl.DataFrame({rule: [0, 1, 5] for rule in rules}))
    results = Results(asked, table, {rule: rule for rule in rules}, False)
    counts = outcomes(results).rules[0].counts
    assert counts == {
        name: int(name in ("geldt", WITHHELD_WORD, "geldt_niet")) for name in OUTCOMES
    }
    assert totals(table, {"withheld": results.withheld(rules)}) == {"withheld": 1}


@pytest.mark.parametrize("table", [embedded, in_duckdb])
@settings(MANY)
@given(SEEDS, SIZES, st.integers(1, 12))
def test_contact_is_counted_as_a_calendar_has_it(
    table: Tables, seed: int, size: int, months: int
) -> None:
    asked = program(PROTOCOLS[1])
    made = small(seed, asked, size)
    files = table(made.frame)
    last = {row["dossier"]: row["laatste_contact"] for row in made.rows}
    day = before(TODAY, months, TimeUnit.MONTHS)

    def state(contact: date | None) -> Contact:
        if contact is None:
            return Contact.UNKNOWN
        if contact > TODAY:
            return Contact.AHEAD
        return Contact.QUIET if contact < day else Contact.RECENT

    found = quiet(files, TODAY, Silence(months))
    assert found.counts == Counter(state(contact) for contact in last.values())
    grouped = quiet(files, TODAY, Silence(months), TEAM)
    for one in grouped.groups:
        own = [row["laatste_contact"] for row in made.rows if row[TEAM] == one.group]
        assert one.shares == protect(Counter(map(state, own)))
    # Beside groups nothing stands from which a hidden one can be worked out.
    assert not grouped.counts
    _nothing_small(grouped.whole)
    named = longest_quiet(files, TODAY, months, 5)
    still = sorted(
        (contact, name) for name, contact in last.items() if contact and state(contact) == "stil"
    )
    assert [(contact, name) for name, contact in named] == still[:5]


def test_without_a_column_nobody_knows_when_the_last_contact_was() -> None:
    files = embedded(small(1, program(PROTOCOLS[0]), 9).frame)
    assert "laatste_contact" not in files.columns
    assert quiet(files, TODAY, Silence(3)).counts == {Contact.UNKNOWN: 9}
    assert longest_quiet(files, TODAY, 3, 10) == ()


def test_the_threshold_comes_with_its_source_or_from_the_user() -> None:
    authority = knowledge().authority("uwv")
    known = known_silence(knowledge(), authority, TODAY)
    assert known is not None
    assert known.value is not None
    assert known.months == 3
    assert known.value.sources
    assert known_silence(knowledge(), authority, date(2001, 1, 1)) is None


def test_a_group_on_a_protected_ground_carries_a_warning() -> None:
    asked = program(PROTOCOLS[1])
    frame = small(1, asked, 30).frame
    files = embedded(frame.with_columns(nationaliteit=pl.lit("x"), regio=pl.lit("y")))
    results = Results.of(translate(asked, files, TODAY, keep=("nationaliteit", "regio", TEAM)))
    rule = next(iter(results.columns))
    assert "nationaliteit" in spread(results, rule, "nationaliteit").warning
    assert "nationaliteit" in quiet(files, TODAY, Silence(3), "nationaliteit").warning
    assert spread(results, rule, TEAM).warning == ""
    origin = ProtectedGround("ras of afkomst", "Awgb", True)
    assert "artikel 9" in spread(results, rule, "regio", origin).warning


def test_it_is_quiet_from_the_day_after_the_threshold() -> None:
    days = [before(TODAY, 3, TimeUnit.MONTHS) - timedelta(days=back) for back in (0, 1)]
    frame = pl.DataFrame({"dossier": ["a", "b"], "laatste_contact": days, DONE: ["ja", "ja"]})
    assert quiet(embedded(frame), TODAY, Silence(3)).counts == {
        Contact.RECENT: 1,
        Contact.QUIET: 1,
    }

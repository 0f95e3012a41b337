"""Decisions of the past under another version: what they would have been, and what may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decisions import Hindsight, Shift, hindsight
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import read_text
from engine.small_numbers import FEWEST, Shown, protect, protect_above
from tests.consequences.worlds import Log, changed, texts
from tests.counts import examples
from tests.engine.worlds import PROTOCOL

RULE = "proef.te-duur"
LIMIT = ("parameters/proef.yaml", "2026-01-01, waarde: 2500", "2026-01-01, waarde: 3000")
HIGHER = "hoger"
NEVER = "nooit"
OTHER_WAY = "andersom"
BOTH = "tegenstrijdig"
OLD = "oud"
ELSEWHERE = "elders"
LATER = "later"

MIRROR = {
    Shift.FOLLOWS: Shift.DEVIATES,
    Shift.DEVIATES: Shift.FOLLOWS,
    Shift.UNDECIDED: Shift.DECIDED,
    Shift.DECIDED: Shift.UNDECIDED,
    Shift.SILENT: Shift.ADVISED,
    Shift.ADVISED: Shift.SILENT,
    Shift.SAME: Shift.SAME,
    Shift.MIXED: Shift.MIXED,
    Shift.UNREAD: Shift.UNREAD,
}


def read(content: Mapping[str, str]) -> Knowledge:
    return assemble([read_text(text.encode(), name) for name, text in content.items()])


@cache
def version(name: str) -> Knowledge:
    """One of the versions that a decision can be held against."""
    flip = (PROTOCOL, "scholing_inzetten, richting: niet_doen", "scholing_inzetten, richting: doen")
    never = (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 900000")
    alone = (PROTOCOL, "    uitzondering_op: [proef.inzetten]\n", "")
    on = (PROTOCOL, "- gemotiveerd: ja\n", "- kosten: {minstens: 1}\n")
    edits: dict[str, list[tuple[str, str, str]]] = {
        OLD: [],
        HIGHER: [LIMIT],
        NEVER: [never],
        OTHER_WAY: [flip],
        BOTH: [alone, on],
        LATER: [(PROTOCOL, "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2027-01-01")],
    }
    if name != ELSEWHERE:
        found = changed(texts(), *edits[name])
        if name == LATER:
            found[PROTOCOL.replace("2026", "2027")] = found.pop(PROTOCOL)
        return read(found)
    moved = {file: text.replace("proef.", "ander.") for file, text in texts().items()}
    moved["protocollen/ander/2026-01-01.yaml"] = moved.pop(PROTOCOL).replace(
        "protocol: proef", "protocol: ander"
    )
    return read(moved)


def count(found: Hindsight) -> dict[Shift, int]:
    """What is shown over all, where all of it may be."""
    assert found.shifts.total is not None
    return {shift: share.count for shift, share in found.shifts.parts.items() if share}


def a_log(number: int, decision: str = "follows", **facts: Any) -> Log:
    log = Log()
    for one in range(number):
        log.opened(f"c-{one}", **facts)
        getattr(log, decision)(f"c-{one}", RULE)
    return log


CLOSED: dict[str, Any] = {"richting": "horeca"}
KEEN: dict[str, Any] = {"richting": "zorg", "gemotiveerd": "ja", "duur": 6}


@pytest.mark.parametrize(
    ("then", "now", "facts", "followed", "deviated"),
    [
        (OLD, OLD, CLOSED, Shift.SAME, Shift.SAME),
        (OLD, OTHER_WAY, CLOSED, Shift.DEVIATES, Shift.FOLLOWS),
        (OTHER_WAY, OLD, CLOSED, Shift.FOLLOWS, Shift.DEVIATES),
        (OLD, HIGHER, CLOSED, Shift.SILENT, Shift.SILENT),
        (HIGHER, OLD, CLOSED, Shift.ADVISED, Shift.ADVISED),
        (OLD, HIGHER, {}, Shift.UNDECIDED, Shift.UNDECIDED),
        (HIGHER, OLD, {}, Shift.DECIDED, Shift.DECIDED),
        (OLD, BOTH, KEEN, Shift.UNDECIDED, Shift.UNDECIDED),
        (OLD, NEVER, KEEN, Shift.DEVIATES, Shift.FOLLOWS),
        (OLD, ELSEWHERE, CLOSED, Shift.SILENT, Shift.SILENT),
        (OLD, LATER, CLOSED, Shift.UNREAD, Shift.UNREAD),
    ],
)
def test_a_decision_is_held_against_the_advice_about_its_step(
    then: str, now: str, facts: Mapping[str, Any], followed: Shift, deviated: Shift
) -> None:
    for decision, shift in (("follows", followed), ("deviates", deviated)):
        log = a_log(FEWEST, decision, kosten=2700, **facts)
        found = hindsight(log.events, version(then), version(now))
        assert count(found) == {shift: FEWEST}


def test_what_was_answered_later_does_not_count() -> None:
    log = a_log(FEWEST, kosten=2700, **CLOSED)
    for one in range(FEWEST):
        log.answers(f"c-{one}", kosten=9000)
    assert count(hindsight(log.events, version(OLD), version(HIGHER))) == {Shift.SILENT: FEWEST}
    assert count(hindsight(log.events, version(OLD), version(OTHER_WAY))) == {
        Shift.DEVIATES: FEWEST
    }


def test_only_the_last_decision_on_a_rule_in_a_case_stands() -> None:
    log = a_log(FEWEST, kosten=2700, **CLOSED)
    for one in range(FEWEST):
        log.deviates(f"c-{one}", RULE)
    assert count(hindsight(log.events, version(OLD), version(OTHER_WAY))) == {Shift.FOLLOWS: FEWEST}


def test_a_consideration_that_was_skipped_and_an_erased_case_do_not_count() -> None:
    log = a_log(FEWEST, kosten=2700, **CLOSED)
    log.opened("c-gewist", kosten=2700)
    log.follows("c-gewist", RULE)
    log.erased("c-gewist")
    log.opened("c-over", kosten=1200)
    log.skips("c-over", "proef.kosten-bespreken")
    assert count(hindsight(log.events, version(OLD), version(OLD))) == {Shift.SAME: FEWEST}


def test_examples_are_counted_apart_and_in_full() -> None:
    log = a_log(FEWEST, kosten=2700, **CLOSED)
    log.opened("c-voorbeeld", example=True, kosten=2700, **CLOSED)
    log.follows("c-voorbeeld", RULE)
    found = hindsight(log.events, version(OLD), version(OTHER_WAY))
    assert count(found) == {Shift.DEVIATES: FEWEST}
    assert found.examples == {Shift.DEVIATES: 1}


def test_a_case_counts_once_also_when_its_decisions_shift_in_different_ways() -> None:
    log = Log(version(OTHER_WAY))
    for one in range(FEWEST):
        case = f"c-{one}"
        log.opened(case, kosten=2700, **CLOSED)
        log.follows(case, RULE)
        log.answers(case, kosten=1200)
        log.follows(case, "proef.kosten-bespreken")
    found = hindsight(log.events, version(OTHER_WAY), version(OLD))
    assert count(found) == {Shift.DEVIATES: FEWEST}
    never_discussed = read(changed(texts(), (PROTOCOL, "tussen: [1000, 2500]", "tussen: [1, 2]")))
    found = hindsight(log.events, version(OTHER_WAY), never_discussed)
    assert count(found) == {Shift.MIXED: FEWEST}
    assert {one.name for one in found.rules} == {RULE, "proef.kosten-bespreken"}


def test_few_are_not_shown_anywhere() -> None:
    found = hindsight(a_log(4, kosten=2700).events, version(OLD), version(HIGHER))
    assert (found.shifts.total, found.protocols, found.rules, found.too_few) == (None, (), (), 1)
    assert found.unseen == 1


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    log = a_log(3, kosten=2700)
    hindsight(log.events, version(OLD), version(OLD), lambda *place: told.append(place))
    assert told == [(1, 3), (2, 3), (3, 3)]


def mirrored(shown: Shown[Shift]) -> dict[Shift, int | None]:
    return {MIRROR[shift]: share.count if share else None for shift, share in shown.parts.items()}


def plain(shown: Shown[Shift]) -> dict[Shift, int | None]:
    return {shift: share.count if share else None for shift, share in shown.parts.items()}


VERSIONS = st.sampled_from((OLD, HIGHER, NEVER, OTHER_WAY, BOTH, ELSEWHERE, LATER))


SITUATIONS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(({}, CLOSED, KEEN))


@st.composite
def logs(draw: st.DrawFn) -> Log:
    log = Log()
    kinds = st.tuples(
        st.sampled_from((2600, 2700, 5000)),
        SITUATIONS,
        st.sampled_from(("follows", "deviates")),
    )
    for index, (cost, facts, decision) in enumerate(draw(st.lists(kinds, max_size=3))):
        for number in range(draw(st.integers(1, 12))):
            case = f"c-{index}-{number}"
            log.opened(case, kosten=cost, **facts)
            getattr(log, decision)(case, RULE)
    return log


@settings(max_examples=examples(full=200, quick=25), deadline=None)
@given(logs(), VERSIONS, VERSIONS)
def test_the_other_way_round_is_the_mirror_and_with_itself_nothing_shifts(
    log: Log, one: str, other: str
) -> None:
    there = hindsight(log.events, version(one), version(other))
    back = hindsight(log.events, version(other), version(one))
    assert mirrored(there.shifts) == plain(back.shifts)
    assert {rule.name: mirrored(rule.shifts) for rule in there.rules} == {
        rule.name: plain(rule.shifts) for rule in back.rules
    }
    assert there.too_few == back.too_few
    same = hindsight(log.events, version(OLD), version(OLD))
    assert set(same.shifts.parts) <= {Shift.SAME}


COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), max_size=4)


def added(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in parts:
        for name, number in one.items():
            total[name] = total.get(name, 0) + number
    return total


@settings(max_examples=examples(full=3000, quick=300))
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_no_hidden_cell_comes_out_by_taking_the_shown_ones_from_the_whole(
    divisions: list[dict[str, int]],
) -> None:
    shown = [protect(one) for one in divisions]
    whole = protect_above(added(divisions), list(zip(divisions, shown, strict=True)))
    for part, share in whole.parts.items():
        if share is None:
            continue
        hidden = [
            one[part]
            for one, seen in zip(divisions, shown, strict=True)
            if one.get(part) and not seen.part(part)
        ]
        assert len(hidden) != 1
        assert not hidden or sum(hidden) >= FEWEST
        assert max(hidden, default=FEWEST) >= FEWEST or len(hidden) < sum(hidden) < 4 * len(hidden)


def test_a_whole_is_shown_when_nothing_below_it_is_hidden() -> None:
    below = [{"a": 6, "b": 7}, {"a": 5}]
    found = protect_above(added(below), [(one, protect(one)) for one in below])
    assert {name: share and share.count for name, share in found.parts.items()} == {"a": 11, "b": 7}
    assert protect_above(
        {"a": 9}, [({"a": 6}, protect({"a": 6})), ({"a": 3}, protect({"a": 3}))]
    ) == (protect({}))

"""What the protocol would have needed, and the earlier deviations on a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.decisions import (
    Needed,
    Record,
    follow,
    new_case_id,
)
from tests.decisions.databases import new_sqlite
from tests.decisions.older import older
from tests.decisions.world import TODAY, consulted, deviation

RULE = "proef.werkwijze"
NEEDED = (
    Needed(facts=("wil",), said="de client dit niet wil"),
    Needed(facts=("ziek", "maanden"), said="de client ziek is en het 3 maanden duurt"),
)


def decide(record: Record, case_id: str, *, follows: bool = False, rule: str = RULE) -> Any:
    """Record a decision in a case, opening it first if need be."""
    seen = consulted(case_id)
    if case_id not in {case.id for case in record.cases()}:
        record.open_case(seen.case, title="Proef", story="", actor="ik")
    made = follow(seen, rule, decided_on=TODAY) if follows else deviation(seen, rule)
    return record.decide(made, seen, actor="ik")


def test_what_was_needed_is_kept_with_the_decision(record: Record) -> None:
    seen = consulted()
    record.open_case(seen.case, title="Proef", story="", actor="ik")
    kept = record.decide(deviation(seen, RULE), seen, actor="ik", needed=NEEDED)
    assert kept.needed == NEEDED
    assert [item.needed for item in record.decisions("c-proef")] == [NEEDED]


@pytest.mark.parametrize(("facts", "said"), [((), "iets"), (("wil",), ""), (("wil",), "   ")])
def test_what_was_needed_is_never_kept_half(facts: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValidationError):
        Needed(facts=facts, said=said)


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_a_record_of_a_version_before_is_brought_up_to_date(
    url: str, version: str, tmp_path: Path
) -> None:
    with Record.open(new_sqlite(tmp_path)) as record:
        decide(record, "c-oud")
        history = record.history("c-oud")
    older(url, history, version)
    with Record.open(url) as record:
        old = record.decisions("c-oud")[-1]
        assert old.needed == ()
        assert [item.case_id for item in record.deviations_on(RULE)] == ["c-oud"]
        decide(record, "c-nieuw")
        assert [item.case_id for item in record.deviations_on(RULE)] == ["c-nieuw", "c-oud"]
        assert record.preference("ik", "eerst") is None
        assert record.verify().broken is None
        assert [event.body for event in record.history("c-oud")[:-1]] == [
            event.body for event in history[:-1]
        ]


def test_only_deviations_that_stand_count(record: Record) -> None:
    assert record.deviations_on(RULE) == ()
    decide(record, "c-een")
    decide(record, "c-twee")
    decide(record, "c-drie", follows=True)
    decide(record, "c-vier", rule="proef.wet")
    assert [item.case_id for item in record.deviations_on(RULE)] == ["c-twee", "c-een"]
    # Whoever follows after all no longer deviates, and who deviates again counts once.
    decide(record, "c-twee", follows=True)
    last = decide(record, "c-een")
    assert record.deviations_on(RULE) == (last,)
    assert record.deviations_on(RULE + "'; --") == ()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    made=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8),
    limit=st.integers(1, 4),
)
def test_the_newest_come_first_and_one_for_each_case(
    sqlite_url: str, made: list[tuple[int, bool]], limit: int
) -> None:
    url = sqlite_url.replace(".db", f"{new_case_id()}.db")
    with Record.open(url) as record:
        order: dict[str, bool] = {}
        for number, follows in made:
            case_id = f"c-{number}"
            decide(record, case_id, follows=follows)
            order.pop(case_id, None)
            order[case_id] = follows
        expected = [case_id for case_id, follows in reversed(order.items()) if not follows]
        found = record.deviations_on(RULE, limit)
    assert [item.case_id for item in found] == expected[:limit]

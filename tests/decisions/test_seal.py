"""The seal of a case: the same for the same events, another for any other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decisions import Record, RecordError
from engine.decisions.seal import Line, seal_of
from tests.decisions import world

AT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)

LINE = st.builds(
    Line,
    seq=st.integers(1, 10**6),
    id=st.uuids(),
    at=st.datetimes(timezones=st.just(UTC)),
    actor=st.text(min_size=1, max_size=20),
    kind=st.sampled_from(["case_opened", "decided"]),
    form=st.integers(1, 3),
    body=st.text(max_size=40),
)


def value(lines: Iterable[Line]) -> str:
    return seal_of(lines).value


def test_the_form_of_a_link_is_as_described() -> None:
    line = Line(1, UUID(int=1), AT, "ik", "case_opened", 1, "{}")
    other = Line(3, UUID(int=2), AT, "ik", "decided", 1, "{}")
    # Worked out apart from the code, from the description of the form.
    assert value([line]) == "0883c925f6832de74f6738f1433261274e809daf9cdcd82b35608108851ebcdf"
    assert value([line, other]) == (
        "e6864b8d8eeceb6f1f120151d861bf9e062e5ca9613a89c164e06d5abc7fa439"
    )


@given(st.lists(LINE, min_size=1, max_size=5, unique_by=lambda line: line.id), st.data())
def test_any_change_gives_another_seal(lines: list[Line], data: st.DataObject) -> None:
    sealed = value(lines)
    place = data.draw(st.integers(0, len(lines) - 1))
    line = lines[place]
    changed = data.draw(
        st.sampled_from(
            [
                line._replace(seq=line.seq + 1),
                line._replace(at=line.at.replace(microsecond=(line.at.microsecond + 1) % 10**6)),
                line._replace(actor=f"{line.actor}x"),
                line._replace(kind="facts_recorded"),
                line._replace(form=line.form + 1),
                line._replace(body=f"{line.body} "),
            ]
        )
    )
    assert value([*lines[:place], changed, *lines[place + 1 :]]) != sealed
    assert value([*lines, lines[0]]) != sealed
    if len(lines) > 1:
        assert value(lines[:-1]) != sealed
        assert value(lines[::-1]) != sealed


@given(LINE, st.integers(-12, 12))
def test_the_zone_of_a_moment_makes_no_difference(line: Line, hours: int) -> None:
    if timedelta(days=1) < line.at - datetime.min.replace(tzinfo=UTC) and line.at.year < 9999:
        there = line._replace(at=line.at.astimezone(timezone(timedelta(hours=hours))))
        assert value([there]) == value([line])


def test_the_record_seals_each_case_by_itself(record: Record) -> None:
    one, other = world.a_case("een"), world.a_case("ander")
    for case in (one, other):
        record.open_case(case, title="Een casus", story="", actor="ik")
    first = record.seal("een")
    assert first.events == 1
    assert first == record.seal("een")
    assert first.value != record.seal("ander").value
    after = other.answer(world.knowledge(), "maanden", 6)
    event = record.save_facts(other, after, actor="ik")
    assert event is not None
    assert record.seal("een") == first
    assert (record.seal("ander").events, record.seal("ander").last_at) == (2, event.at)


def test_the_seal_is_the_same_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leidraad.db'}"
    with Record.open(url) as record:
        record.open_case(world.a_case(), title="Een casus", story="", actor="ik")
        sealed = record.seal(world.a_case().id)
    with Record.open(url) as again:
        assert again.seal(world.a_case().id) == sealed


def test_no_case_has_no_seal(record: Record) -> None:
    with pytest.raises(RecordError, match="geen casus"):
        record.seal("bestaat-niet")
    with pytest.raises(ValueError, match="no seal"):
        seal_of([])

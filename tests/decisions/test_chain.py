"""The chain: whole for what was recorded, and broken at the right place by any change to it."""

# ruff: noqa: S608 -- the statements are made of the test's own words

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from engine.decisions import Damage, Record, RecordError, Verified, follow
from engine.decisions.chain import GENESIS, Line, link
from engine.decisions.verifying import rows_of, walk
from tests.counts import examples
from tests.decisions import world

AT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
LINE = Line(1, UUID(int=1), "c-1", "case_opened", 1, AT, "ik", "{}")
BITS = range(8) if os.environ.get("LEIDRAAD_GRONDIG") == "1" else (0, 5)

LINES = st.builds(
    Line,
    seq=st.integers(1, 10**6),
    id=st.uuids(),
    case=st.just("c-1"),
    kind=st.sampled_from(["case_opened", "decided"]),
    form=st.integers(1, 3),
    at=st.datetimes(timezones=st.just(UTC)),
    actor=st.text(min_size=1, max_size=20),
    payload=st.text(max_size=40),
)


def test_the_form_of_a_link_is_as_described() -> None:
    # Worked out apart from the code, from the description of the form.
    assert GENESIS == "ff92a559c4b10ef8023f2d0f69c09f02292daa960dbed401da868a6be4ea02ff"
    first = link(GENESIS, LINE)
    assert first == "8d92d413ba6061cf588bdaa3e163c2f35629ceacb9d5732ffe069d8f2e19e7db"
    other = LINE._replace(seq=2, id=UUID(int=2), kind="decided", payload="é")
    assert link(first, other) == "532d517d3573d0f9770d1b208f49a9d092a1a244e3fb8265ebb50eadcbdb1d4e"


@given(LINES, st.data())
def test_any_change_gives_another_hash(line: Line, data: st.DataObject) -> None:
    changed = data.draw(
        st.sampled_from(
            [
                line._replace(seq=line.seq + 1),
                line._replace(id=UUID(int=line.id.int ^ 1)),
                line._replace(case="c-2"),
                line._replace(kind="facts_recorded"),
                line._replace(form=line.form + 1),
                line._replace(at=line.at.replace(microsecond=(line.at.microsecond + 1) % 10**6)),
                line._replace(actor=f"{line.actor}x"),
                line._replace(payload=f"{line.payload} "),
            ]
        )
    )
    assert link(GENESIS, changed) != link(GENESIS, line) != link("", line)


@given(LINES, st.integers(-12, 12))
def test_the_zone_of_a_moment_makes_no_difference(line: Line, hours: int) -> None:
    if timedelta(days=1) < line.at - datetime.min.replace(tzinfo=UTC) and line.at.year < 9999:
        there = line._replace(at=line.at.astimezone(timezone(timedelta(hours=hours))))
        assert link(GENESIS, there) == link(GENESIS, line)


def fill(record: Record) -> None:
    """Write four events of three kinds in two cases."""
    consultation = world.consulted()
    record.open_case(world.a_case(), title="Een casus", story="Bij de bakker", actor="ik")
    record.open_case(world.a_case("c-ander"), title="Nog een", story="", actor="wij")
    record.save_facts(world.a_case(), consultation.case, actor="ik")
    made = follow(consultation, "proef.wet", decided_on=world.TODAY)
    record.decide(made, consultation, actor="ik")


def opened_up(url: str) -> Engine:
    """Return an engine on a filled record, with the guards taken away."""
    with Record.open(url, clock=world.clock) as record:
        fill(record)
        assert record.verify() == Verified(4, record.seal("c-proef").value)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in ("events_no_update", "events_no_delete", "events_no_replace"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE events DISABLE TRIGGER ALL"))
    return engine


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = opened_up(url)
    yield opened
    opened.dispose()


def after(engine: Engine, *statements: str) -> Verified:
    """Return what is found after these changes, which are then taken back."""
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
        found = walk(rows_of(connection))
        connection.rollback()
    return found


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("change", "damage"),
    [
        ("actor = 'een ander'", Damage.CONTENT),
        ("case_id = 'c-x'", Damage.CONTENT),
        ("kind = 'verzonnen'", Damage.CONTENT),
        ("schema = 9", Damage.CONTENT),
        ("payload = payload || ' '", Damage.CONTENT),
        ("id = '00000000000000000000000000000000'", Damage.CONTENT),
        ("at = '2026-01-01 00:00:00.000000'", Damage.CONTENT),
        (f"hash = '{'0' * 64}'", Damage.HASH),
    ],
)
def test_a_changed_row_is_named(engine: Engine, seq: int, change: str, damage: Damage) -> None:
    found = after(engine, f"UPDATE events SET {change} WHERE seq = {seq}")
    assert found.broken is not None
    assert (found.events, found.broken.seq) == (seq - 1, seq)
    # With nothing after it, there is no telling whether the hash or the content was changed.
    assert found.broken.damage is (Damage.CONTENT if seq == 4 else damage)


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_removed_row_is_named(engine: Engine, seq: int) -> None:
    found = after(engine, f"DELETE FROM events WHERE seq = {seq}")
    assert (found.broken and (found.broken.seq, found.broken.damage)) == (seq, Damage.MISSING)
    closed_up = after(
        engine,
        f"DELETE FROM events WHERE seq = {seq}",
        f"UPDATE events SET seq = seq - 1 WHERE seq = {seq + 1}",
    )
    assert (closed_up.broken and closed_up.broken.seq) == seq


@pytest.mark.parametrize(("one", "other"), [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)])
def test_swapped_rows_are_noticed(engine: Engine, one: int, other: int) -> None:
    found = after(
        engine,
        f"UPDATE events SET seq = 99 WHERE seq = {one}",
        f"UPDATE events SET seq = {one} WHERE seq = {other}",
        f"UPDATE events SET seq = {other} WHERE seq = 99",
    )
    assert (found.broken and found.broken.seq) == one


def test_a_row_in_front_of_the_first_is_noticed(engine: Engine) -> None:
    found = after(engine, "UPDATE events SET seq = 0 WHERE seq = 4")
    assert (found.events, found.broken and found.broken.seq) == (0, 0)


def test_a_tail_that_is_cut_off_shows_by_a_seal(url: str) -> None:
    engine = opened_up(url)
    with Record.open(url) as record:
        sealed = record.seal("c-ander")
        assert (sealed.seq, sealed.events) == (4, 1)
        assert record.verify(sealed.value).sealed == 4
        assert record.verify("0" * 64).sealed is None
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM events WHERE seq = 4"))
        cut = record.verify(sealed.value)
    engine.dispose()
    assert (cut.events, cut.broken, cut.sealed) == (3, None, None)


def test_every_changed_byte_of_every_row_is_named(sqlite_url: str) -> None:
    engine = opened_up(sqlite_url)
    columns = ("id", "case_id", "kind", "at", "actor", "schema", "payload", "hash")
    tried = 0
    with engine.connect() as connection:
        for seq in (1, 2, 3, 4):
            for column in columns:
                for place, found in changed_bytes(connection, seq, column):
                    assert found.broken is not None, (seq, column, place)
                    assert found.broken.seq == seq, (seq, column, place)
                    tried += 1
        connection.rollback()
        assert walk(rows_of(connection)).broken is None
    engine.dispose()
    assert tried > 1_000


def changed_bytes(connection: Connection, seq: int, column: str) -> Iterator[tuple[int, Verified]]:
    """Change one bit after another of what is stored, and look what is found."""
    where = text(f"SELECT CAST({column} AS BLOB) FROM events WHERE seq = {seq}")
    stored = connection.execute(where).scalar_one()
    change = text(f"UPDATE events SET {column} = CAST(:value AS TEXT) WHERE seq = {seq}")
    for place in range(len(stored)):
        for bit in BITS:
            value = bytearray(stored)
            value[place] ^= 1 << bit
            connection.execute(change, {"value": bytes(value)})
            yield place, walk(rows_of(connection))
    connection.execute(change, {"value": stored})


@pytest.mark.postgres
def test_every_changed_character_on_a_server_is_named(postgres_url: str) -> None:
    engine = opened_up(postgres_url)
    tried = 0
    with engine.connect() as connection:
        for seq in (1, 2, 3, 4):
            for column in ("id", "case_id", "kind", "at", "actor", "schema", "payload", "hash"):
                for place, found in changed_characters(connection, seq, column):
                    assert found.broken is not None, (seq, column, place)
                    assert found.broken.seq == seq, (seq, column, place)
                    tried += 1
        connection.rollback()
        assert walk(rows_of(connection)).broken is None
    engine.dispose()
    assert tried > examples(1_000, 100)


def changed_characters(
    connection: Connection, seq: int, column: str
) -> Iterator[tuple[int, Verified]]:
    """Change one character after another, as far as the server takes what comes of it."""
    sort = {"id": "uuid", "at": "timestamptz", "schema": "integer"}.get(column, "text")
    read = text(f"SELECT {column}::text FROM events WHERE seq = {seq}")
    change = text(f"UPDATE events SET {column} = CAST(:value AS {sort}) WHERE seq = {seq}")
    stored = connection.execute(read).scalar_one()
    for place in range(0, len(stored), 1 if sort != "text" else examples(1, 20)):
        other = chr(ord(stored[place]) ^ 1)
        if sort != "text" and not (stored[place].isalnum() and other.isalnum()):
            continue
        value = stored[:place] + other + stored[place + 1 :]
        try:
            with connection.begin_nested():
                connection.execute(change, {"value": value})
        except DBAPIError:
            continue  # no id, moment or number any more
        yield place, walk(rows_of(connection))
    connection.execute(change, {"value": stored})


def test_the_seal_is_of_the_whole_record(record: Record) -> None:
    record.open_case(world.a_case("een"), title="Een casus", story="", actor="ik")
    first = record.seal("een")
    assert (first.events, first.seq) == (1, 1)
    assert first == record.seal("een")
    opened = record.open_case(world.a_case("ander"), title="Nog een", story="", actor="ik")
    one, other = record.seal("een"), record.seal("ander")
    assert one.value == other.value != first.value
    assert (one.events, one.last_at) == (1, first.last_at)
    assert (other.seq, other.last_at) == (2, opened.at)


def test_the_seal_is_the_same_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leidraad.db'}"
    with Record.open(url) as record:
        record.open_case(world.a_case(), title="Een casus", story="", actor="ik")
        sealed = record.seal(world.a_case().id)
    with Record.open(url) as again:
        assert again.seal(world.a_case().id) == sealed


def test_no_case_has_no_seal(record: Record) -> None:
    assert record.verify() == Verified(0, GENESIS)
    with pytest.raises(RecordError, match="geen casus"):
        record.seal("bestaat-niet")

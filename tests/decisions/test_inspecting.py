"""What the chain doesn't cover: the keys, what is kept to look things up by, and the knowledge."""

# ruff: noqa: S608 -- the statements are made of the test's own words

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from engine.decisions import ErasureGround, Inspected, Party, PartyKind, Record, RecordError, follow
from engine.decisions.chain import Line, link
from engine.decisions.tables import events
from tests.counts import examples
from tests.decisions import world

SOUND = Inspected((), (), (), ())
BITS = range(examples(8, 1))


def fill(url: str) -> None:
    with Record.open(url, clock=world.clock) as record:
        consultation = world.consulted()
        record.open_case(consultation.case, title="Een casus", story="", actor="ik")
        record.open_case(world.a_case("c-weg"), title="Nog een", story="", actor="ik")
        for made in (
            follow(consultation, "proef.wet", decided_on=world.TODAY),
            world.deviation(consultation, "proef.werkwijze"),
        ):
            record.decide(made, consultation, actor="ik", knowledge=world.knowledge())
        record.sharing.share("c-proef", Party(PartyKind.TEAM, "noord"), actor="ik")
        record.sharing.share("c-weg", Party(PartyKind.TEAM, "noord"), actor="ik")
        record.erase("c-weg", ErasureGround.REQUEST, actor="ik")
        assert record.inspect() == SOUND


def plain(url: str) -> Engine:
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def found(url: str) -> Inspected:
    with Record.open(url) as record:
        assert record.verify().broken is None
        return record.inspect()


@pytest.mark.parametrize(
    ("change", "case_id"),
    [
        ("DELETE FROM decided WHERE seq = 3", "c-proef"),
        ("UPDATE decided SET outcome = 'volgen'", "c-proef"),
        ("UPDATE decided SET rule = rule || 'x'", "c-proef"),
        ("UPDATE decided SET seq = seq + 10", "c-proef"),
        ("INSERT INTO decided VALUES (5, 'x', 'c-anders', 'volgen')", "c-anders"),
        ("DELETE FROM shared", "c-proef"),
        ("UPDATE shared SET name = 'zuid'", "c-proef"),
        ("INSERT INTO shared VALUES ('c-proef', 'persoon', 'p-1')", "c-proef"),
        ("INSERT INTO shared VALUES ('c-weg', 'team', 'noord')", "c-weg"),
    ],
)
def test_a_look_up_that_the_events_do_not_say_is_named(url: str, change: str, case_id: str) -> None:
    fill(url)
    engine = plain(url)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    looked = found(url)
    assert looked == Inspected((), (), (case_id,), ())


def test_every_changed_byte_beside_the_events_is_noticed(sqlite_url: str, keys: Path) -> None:
    fill(sqlite_url)
    tried = 0
    for url, table, columns in (
        (sqlite_url, "decided", ("case_id", "rule", "outcome")),
        (sqlite_url, "shared", ("case_id", "kind", "name")),
        (sqlite_url, "knowledge_files", ("digest",)),
        (f"sqlite:///{keys}", "keys", ("id", "wrapped")),
    ):
        engine = create_engine(url)
        with Record.open(sqlite_url) as record:
            for column in columns:
                for place in changed_bytes(engine, table, column):
                    assert inspected(record) != SOUND, (table, column, place)
                    tried += 1
            assert inspected(record) == SOUND
        engine.dispose()
    assert tried > 200


def inspected(record: Record) -> Inspected | None:
    """What is found; ``None`` if the record says that it can't be read."""
    try:
        return record.inspect()
    except RecordError:
        return None


def changed_bytes(engine: Engine, table: str, column: str) -> Iterator[tuple[int, int]]:
    """Change one bit after another of what is stored, and put it back."""
    sort = "BLOB" if column == "wrapped" else "TEXT"
    # The last of the keys is that of the case.
    stored = f"SELECT rowid, CAST({column} AS BLOB) FROM {table} ORDER BY rowid DESC LIMIT 1"
    change = text(f"UPDATE {table} SET {column} = CAST(:value AS {sort}) WHERE rowid = :row")
    with engine.connect() as connection:
        rows = connection.execute(text(stored)).all()
    for row, value in rows:
        for place in range(len(value)):
            for bit in BITS:
                changed = bytearray(value)
                changed[place] ^= 1 << bit
                with engine.begin() as connection:
                    connection.execute(change, {"value": bytes(changed), "row": row})
                yield row, place
        with engine.begin() as connection:
            connection.execute(change, {"value": value, "row": row})


def test_another_key_of_the_look_ups_is_noticed(sqlite_url: str, keys: Path) -> None:
    fill(sqlite_url)
    engine = create_engine(f"sqlite:///{keys}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE keys SET wrapped = randomblob(32) WHERE id = 'index'"))
    engine.dispose()
    with pytest.raises(RecordError, match="horen niet bij dit dossier"):
        found(sqlite_url)


def test_a_kept_file_that_was_changed_is_named(url: str) -> None:
    fill(url)
    engine = plain(url)
    change = "UPDATE knowledge_files SET content = :content WHERE name = 'feiten/proef.yaml'"
    with engine.begin() as connection:
        connection.execute(text(change), {"content": b"feiten: []"})
    engine.dispose()
    looked = found(url)
    assert looked == Inspected((), (), (), ("feiten/proef.yaml",))
    with Record.open(url) as record:
        decision = record.decisions("c-proef")[0].id
        with pytest.raises(RecordError, match=r"Weg of veranderd: feiten/proef\.yaml\."):
            record.replay("c-proef", decision)
        assert record.replay("c-proef", decision, world.knowledge()).same


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("facts_recorded", '{"facts": {"wil": "nee"}}'),
        ("facts_recorded", "1.{key}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("verzonnen", "1.{key}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("erased", '{"ground": "zomaar"}'),
    ],
)
def test_an_event_that_was_put_in_with_a_whole_chain_is_named(
    url: str, kind: str, payload: str
) -> None:
    """Who can write in the database can make a chain that fits, and no text that a key opens."""
    fill(url)
    engine = plain(url)
    with engine.begin() as connection:
        forge(connection, kind, payload)
    engine.dispose()
    assert found(url).unreadable == (8,)


def forge(connection: Connection, kind: str, payload: str) -> None:
    """Add an event behind the last, as someone would who knows how the chain is made."""
    rows = connection.execute(events.select().order_by(events.c.seq)).all()
    last = rows[-1]
    stored = payload.replace("{key}", rows[0].payload.split(".")[1])
    at = last.at + timedelta(seconds=1)
    line = Line(last.seq + 1, UUID(int=7), "c-proef", kind, 1, at, "ik", stored)
    connection.execute(
        events.insert().values(
            seq=line.seq,
            id=line.id,
            case_id=line.case,
            kind=kind,
            at=at,
            actor="ik",
            schema=1,
            payload=stored,
            hash=link(last.hash, line),
        )
    )

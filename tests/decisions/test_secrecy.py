"""Nobody reads a case without its key, and a case that was erased is gone for good."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from engine.decisions import (
    Erased,
    ErasureGround,
    Event,
    Party,
    PartyKind,
    Record,
    RecordError,
)
from tests.decisions import world

RULE = "proef.werkwijze"
STORY = "Een verhaal dat niemand anders aangaat"


def fill(record: Record, case_id: str = "c-proef") -> None:
    consultation = world.consulted(case_id)
    record.open_case(world.a_case(case_id), title="Bij de bakker", story=STORY, actor="ik")
    record.save_facts(world.a_case(case_id), consultation.case, actor="ik")
    record.decide(world.deviation(consultation, RULE), consultation, actor="ik")


def everything(url: str) -> str:
    """All that is in the database of the record, as text."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        said = [
            str(tuple(row))
            for table in ("events", "decided", "shared", "preferences", "knowledge_files")
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
        ]
    engine.dispose()
    return "\n".join(said)


def test_the_record_says_nothing_of_a_case_without_its_key(url: str) -> None:
    with Record.open(url, clock=world.clock) as record:
        fill(record)
        record.prefer("ik", "eerst-zelf", "ja")
    said = everything(url)
    for secret in ("bakker", STORY, "wil", RULE, "veiligheid", world.SENTENCE, "proef.w"):
        assert secret not in said, secret
    assert said.count("c-proef") == 4  # three events and the lookup of the decision


def test_every_case_has_a_key_of_its_own(url: str, keys: Path) -> None:
    with Record.open(url, clock=world.clock) as record:
        fill(record, "c-een")
        fill(record, "c-ander")
    engine = create_engine(f"sqlite:///{keys}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, wrapped FROM keys WHERE id != 'index'")).all()
    engine.dispose()
    assert len({row.wrapped for row in rows}) == 2
    assert "c-een" not in str(rows)


def test_a_payload_in_the_place_of_another_is_refused(url: str) -> None:
    with Record.open(url, clock=world.clock) as record:
        fill(record)
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO events (seq, id, case_id, kind, at, actor, schema, payload, hash) "
                    "SELECT 9, :id, case_id, kind, at, actor, schema, payload, hash "
                    "FROM events WHERE seq = 2"
                ),
                {"id": "ab" * 16},
            )
        engine.dispose()
        with pytest.raises(RecordError, match="beschadigd"):
            record.history("c-proef")


def test_an_erased_case_is_gone_and_the_chain_is_whole(url: str) -> None:
    with Record.open(url, clock=world.clock) as record:
        fill(record)
        fill(record, "c-ander")
        sealed = record.seal("c-proef").value
        done = record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        assert done.body == Erased(ground=ErasureGround.REQUEST)
        # Again changes nothing, whoever asks and for whatever reason.
        assert record.erase("c-proef", ErasureGround.MISTAKE, actor="een ander") == done
        assert record.history("c-proef") == (done,)
        assert record.decisions("c-proef") == ()
        assert [case.id for case in record.cases()] == ["c-ander"]
        assert [item.case_id for item in record.deviations_on(RULE)] == ["c-ander"]
        for act in (
            lambda: record.load_case("c-proef", world.knowledge()),
            lambda: fill(record),
            lambda: record.choose_protocols("c-proef", ["proef"], actor="ik"),
        ):
            with pytest.raises(RecordError):
                act()
        found = record.verify(sealed)
        assert (found.events, found.broken, found.sealed) == (7, None, 6)
        assert record.inspect().sound
    with Record.open(url) as again:
        assert again.history("c-proef") == (done,)
    with pytest.raises(RecordError, match="geen casus"), Record.open(url) as again:
        again.erase("c-nergens", ErasureGround.REQUEST, actor="beheer")


def test_an_erased_case_leaves_no_look_ups(url: str) -> None:
    with Record.open(url, clock=world.clock) as record:
        fill(record)
        party = Party(PartyKind.TEAM, "noord")
        record.sharing.share("c-proef", party, actor="ik")
        # The events of the case, what it was decided on and with whom it is shared.
        assert everything(url).count("c-proef") == 4 + 1 + 1
        record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        assert everything(url).count("c-proef") == 5
        assert record.sharing.shared_with("c-proef") == ()


def test_what_another_process_erased_is_gone_from_memory(url: str) -> None:
    with Record.open(url, clock=world.clock) as one, Record.open(url) as other:
        fill(one)
        fill(one, "c-ander")
        assert len(other.history("c-proef")) == 3
        assert [case.title for case in other.cases()] == ["Bij de bakker"] * 2
        assert remembered("c-proef")
        one.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        # Whatever they do next.
        assert one.cases() == other.cases()
        assert not remembered("c-proef")
        assert remembered("c-ander")


def remembered(case_id: str) -> list[Event]:
    """What is in the memory of this process of what was recorded in a case."""
    gc.collect()
    there = [item for item in gc.get_objects() if isinstance(item, Event)]
    return [item for item in there if item.case_id == case_id and item.kind != Erased.kind]


def test_a_copy_of_the_record_that_comes_back_says_nothing_to_who_had_it_open(
    tmp_path: Path,
) -> None:
    file, url = tmp_path / "leidraad.db", f"sqlite:///{tmp_path / 'leidraad.db'}"
    with Record.open(url) as record:
        fill(record)
    copy = tmp_path / "kopie.db"
    shutil.copy(file, copy)
    with Record.open(url) as other:
        assert len(other.history("c-proef")) == 3
        with Record.open(url) as record:
            record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        copy.replace(file)
        with pytest.raises(RecordError, match="sleutel van deze casus ontbreekt"):
            other.history("c-proef")
        assert other.deviations_on(RULE) == ()


@pytest.mark.parametrize("payload", ['{"facts": {"wil": "nee"}}', "", "1", "2.sleutel.AAAA"])
def test_a_payload_that_was_never_enciphered_is_refused(sqlite_url: str, payload: str) -> None:
    """Who can write in the database, and has no keys, can't put words in a case."""
    with Record.open(sqlite_url, clock=world.clock) as record:
        fill(record)
        engine = create_engine(sqlite_url)
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO events (seq, id, case_id, kind, at, actor, schema, payload, hash) "
                    "SELECT 9, :id, case_id, kind, at, actor, schema, :payload, hash "
                    "FROM events WHERE seq = 2"
                ),
                {"id": "ab" * 16, "payload": payload},
            )
        engine.dispose()
        with pytest.raises(RecordError, match="beschadigd"):
            record.history("c-proef")


def test_a_key_that_comes_back_is_destroyed_again(sqlite_url: str, keys: Path) -> None:
    with Record.open(sqlite_url) as record:
        fill(record)
    copy = keys.with_name("kopie.db")
    shutil.copy(keys, copy)
    with Record.open(sqlite_url) as record:
        record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
    shutil.copy(copy, keys)
    assert count_keys(keys) == 2
    Record.open(sqlite_url).close()
    # Only the key that lookups are blinded with is left.
    assert count_keys(keys) == 1


def count_keys(file: Path) -> int:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM keys")).scalar_one()
    engine.dispose()
    assert isinstance(found, int)
    return found


def test_a_destroyed_key_is_not_left_in_the_file(sqlite_url: str, keys: Path) -> None:
    with Record.open(sqlite_url) as record:
        fill(record)
    engine = create_engine(f"sqlite:///{keys}")
    with engine.connect() as connection:
        chosen = "SELECT wrapped FROM keys WHERE id != 'index'"
        key = connection.execute(text(chosen)).scalar_one()
    engine.dispose()
    assert any(key in path.read_bytes() for path in keys.parent.iterdir())
    with Record.open(sqlite_url) as record:
        record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        assert not any(key in path.read_bytes() for path in keys.parent.iterdir())


def test_the_keys_do_not_stand_with_what_they_lock(url: str) -> None:
    with pytest.raises(RecordError, match="hetzelfde adres"):
        Record.open(url, keys=url)


def test_a_server_needs_to_be_told_where_the_keys_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEIDRAAD_SLEUTELS")
    with pytest.raises(RecordError, match="LEIDRAAD_SLEUTELS"):
        Record.open("postgresql://server/naam")

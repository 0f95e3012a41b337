"""The keys of a record: only its own, locked by the right master key, gone when destroyed."""

from __future__ import annotations

import base64
import os
import re
import secrets
import shutil
import sqlite3
import stat
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from engine.decisions import ErasureGround, Record, RecordError, connecting
from tests.decisions import world
from tests.decisions.databases import new_postgres, new_sqlite
from tests.decisions.older import older
from tests.decisions.test_secrecy import RULE, STORY, everything, fill


def forget(keys: Path, what: str = "id != 'index'") -> None:
    """Remove keys, as someone else could."""
    with sqlite3.connect(keys) as connection:
        connection.execute(f"DELETE FROM keys WHERE {what}")  # noqa: S608
    connection.close()


def test_a_missing_key_is_said_so(sqlite_url: str, keys: Path) -> None:
    with Record.open(sqlite_url) as record:
        fill(record)
        forget(keys)
        with pytest.raises(RecordError, match="LEIDRAAD_SLEUTELS"):
            record.history("c-proef")
    with Record.open(sqlite_url) as record:
        assert record.inspect().locked == ("c-proef",)
        # The others go on, and the chain can be proved without any key.
        fill(record, "c-nieuw")
        assert [case.id for case in record.cases()] == ["c-nieuw"]
        assert record.verify().broken is None


def test_a_record_opens_with_its_own_keys_only(url: str, keys: Path, tmp_path: Path) -> None:
    with Record.open(url) as record:
        fill(record)
    own, other = keys.with_name("eigen.db"), keys.with_name("ander.db")
    shutil.copy(keys, own)
    with Record.open(new_sqlite(tmp_path), keys=f"sqlite:///{other}") as record:
        fill(record, "c-ander")
    before = everything(url)
    with Record.open(url) as record:
        assert len(record.history("c-proef")) == 3
        other.replace(keys)
        with pytest.raises(RecordError, match="horen niet bij dit dossier"):
            fill(record, "c-nieuw")
    with pytest.raises(RecordError, match="horen niet bij dit dossier"):
        Record.open(url)
    assert everything(url) == before
    own.replace(keys)
    with Record.open(url) as record:
        assert [case.id for case in record.cases()] == ["c-proef"]


def test_a_record_from_before_it_knew_its_keys_takes_no_others(sqlite_url: str, keys: Path) -> None:
    with Record.open(sqlite_url) as record:
        fill(record)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TABLE keyring")
        connection.execute("UPDATE alembic_version SET version_num = '0005'")
    connection.close()
    keys.rename(keys.with_name("weg"))
    with pytest.raises(RecordError, match="horen niet bij dit dossier"):
        Record.open(sqlite_url)
    keys.with_name("weg").replace(keys)
    with Record.open(sqlite_url) as record:
        assert len(record.history("c-proef")) == 3


def new_master() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def test_a_master_key_locks_the_others(
    sqlite_url: str, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    master = new_master()
    file = tmp_path / "hoofdsleutel"
    file.write_text(f"{master}\n")
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", master)
    with Record.open(sqlite_url) as record:
        fill(record)
    monkeypatch.delenv("LEIDRAAD_HOOFDSLEUTEL")
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL_BESTAND", str(file))
    with Record.open(sqlite_url) as record:
        assert len(record.history("c-proef")) == 3
    monkeypatch.delenv("LEIDRAAD_HOOFDSLEUTEL_BESTAND")
    before = keys.read_bytes()
    with pytest.raises(RecordError, match="vergrendeld"):
        Record.open(sqlite_url)
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", new_master())
    with pytest.raises(RecordError, match="past niet"):
        Record.open(sqlite_url)
    for wrong in ("kort", "é", base64.b64encode(bytes(31)).decode()):
        monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", wrong)
        with pytest.raises(RecordError, match="openssl rand"):
            Record.open(sqlite_url)
    assert keys.read_bytes() == before


def test_a_wrong_master_key_shows_before_there_is_anything_to_look_up(
    sqlite_url: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", new_master())
    with Record.open(sqlite_url) as record:
        record.open_case(world.a_case(), title="T", story="", actor="ik")
    forget(keys, "id = 'index'")
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", new_master())
    with pytest.raises(RecordError, match="past niet"):
        Record.open(sqlite_url)


def test_a_master_key_that_comes_later_locks_what_is_there(
    sqlite_url: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(sqlite_url) as record:
        fill(record)
        fill(record, "c-ander")
    plain = wrapped(keys)
    assert {len(one) for one in plain} == {32}
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", new_master())
    with Record.open(sqlite_url) as record:
        assert len(record.history("c-proef")) == 3
        assert len(record.deviations_on(RULE)) == 2
        locked = wrapped(keys)
        assert len(locked) == len(plain)
        assert {len(one) for one in locked} == {12 + 32 + 16}
        # Nowhere on the disk as they were.
        assert not any(one in path.read_bytes() for one in plain for path in keys.parent.iterdir())
    with Record.open(sqlite_url) as record:
        assert wrapped(keys) == locked
    monkeypatch.delenv("LEIDRAAD_HOOFDSLEUTEL")
    with pytest.raises(RecordError, match="vergrendeld"):
        Record.open(sqlite_url)


def wrapped(keys: Path) -> list[bytes]:
    with sqlite3.connect(keys) as connection:
        found = connection.execute("SELECT wrapped FROM keys ORDER BY id").fetchall()
    connection.close()
    return [one for (one,) in found]


def test_a_reader_elsewhere_that_keeps_the_key_on_the_disk_is_said_so(
    sqlite_url: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SETTLE_MILLISECONDS", 10)
    with Record.open(sqlite_url) as record:
        fill(record)
        reader = sqlite3.connect(keys, isolation_level=None)
        reader.execute("BEGIN")
        ((key,),) = reader.execute("SELECT wrapped FROM keys WHERE id != 'index'").fetchall()
        with pytest.raises(RecordError, match="kan niemand in Leidraad meer lezen"):
            record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        # It is erased all the same, and Leidraad goes on.
        assert record.erased() == ("c-proef",)
        Record.open(sqlite_url).close()
        assert any(key in path.read_bytes() for path in keys.parent.iterdir())
        reader.close()
        record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        assert not any(key in path.read_bytes() for path in keys.parent.iterdir())


def test_what_a_reader_kept_on_the_disk_goes_at_the_next_start(
    sqlite_url: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SETTLE_MILLISECONDS", 10)
    with Record.open(sqlite_url) as record:
        fill(record)
        reader = sqlite3.connect(keys, isolation_level=None)
        reader.execute("BEGIN")
        ((key,),) = reader.execute("SELECT wrapped FROM keys WHERE id != 'index'").fetchall()
        with pytest.raises(RecordError, match="op de schijf"):
            record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        reader.close()
        with Record.open(sqlite_url):
            assert not any(key in path.read_bytes() for path in keys.parent.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such rights")
def test_only_the_user_can_read_the_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    place = f"sqlite:///{tmp_path / 'leidraad.db'}"
    with Record.open(place, keys=f"sqlite:///{tmp_path / 'sleutels.db'}") as record:
        fill(record)
        files = list(tmp_path.glob("*.db*"))
        assert len(files) == 6
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


@pytest.mark.postgres
def test_a_server_keeps_nothing_of_a_key_that_was_destroyed(postgres: str) -> None:
    place, keys = new_postgres(postgres), new_postgres(postgres)
    with Record.open(place, keys=keys) as record:
        fill(record)
        fill(record, "c-ander")
        held = {key for _, key in rows_of(keys)}
        record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        (gone,) = held - {key for _, key in rows_of(keys)}
        assert gone not in content_of(keys, "keys")
        # What is there still, can be found: the look itself is a good one.
        assert all(key in content_of(keys, "keys") for _, key in rows_of(keys))
        assert len(record.history("c-ander")) == 3


@pytest.mark.postgres
def test_who_reads_on_a_server_while_a_key_goes_is_said_so(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SETTLE_MILLISECONDS", 10)
    place, keys = new_postgres(postgres), new_postgres(postgres)
    with Record.open(place, keys=keys) as record:
        fill(record)
        with psycopg.connect(keys) as reader:
            ((key,),) = reader.execute("SELECT wrapped FROM keys WHERE id != 'index'").fetchall()
            with pytest.raises(RecordError, match="op de schijf"):
                record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
            assert record.erased() == ("c-proef",)
        assert bytes(key) in content_of(keys, "keys")
        record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
        assert bytes(key) not in content_of(keys, "keys")


@pytest.mark.postgres
def test_a_role_that_does_not_own_the_keys_leaves_them_and_says_so(postgres: str) -> None:
    place, keys = new_postgres(postgres), new_postgres(postgres)
    Record.open(place, keys=keys).close()
    role = f"r_{uuid4().hex}"
    with psycopg.connect(keys, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN".encode())
        owner.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON keys TO {role}".encode())
    as_role = re.sub(r"//[^@/]*@", f"//{role}@", keys)
    with Record.open(place, keys=as_role) as record:
        fill(record)
        with pytest.raises(RecordError, match="pas de rechten aan"):
            record.erase("c-proef", ErasureGround.REQUEST, actor="beheer")
    # Who owns them does it at the next start.
    (key,) = [key for name, key in rows_of(keys) if name == "sweep"]
    assert key == b""
    Record.open(place, keys=keys).close()
    assert [name for name, _ in rows_of(keys)] == ["index"]


@pytest.mark.postgres
def test_a_server_keeps_nothing_readable_of_an_older_record(postgres: str) -> None:
    place, keys = new_postgres(postgres), new_postgres(postgres)
    with Record.open(new_postgres(postgres), keys=keys, clock=world.clock) as record:
        fill(record)
        older(place, record.history("c-proef"), "0002")
    assert STORY.encode() in content_of(place, "events")
    with Record.open(place, keys=keys) as record:
        assert len(record.history("c-proef")) == 3
    assert STORY.encode() not in content_of(place, "events")
    assert RULE.encode() not in content_of(place, "decided")


def test_a_file_keeps_nothing_readable_of_an_older_record(sqlite_url: str, tmp_path: Path) -> None:
    with Record.open(new_sqlite(tmp_path), clock=world.clock) as record:
        fill(record)
        older(sqlite_url, record.history("c-proef"), "0002")
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    # Someone has it open, so that what was written may be in the log beside it.
    with sqlite3.connect(file) as beside:
        beside.execute("PRAGMA journal_mode = WAL")
    with Record.open(sqlite_url) as record:
        assert len(record.history("c-proef")) == 3
        for path in file.parent.glob(f"{file.name}*"):
            assert STORY.encode() not in path.read_bytes()
    beside.close()


def rows_of(keys: str) -> list[tuple[str, bytes]]:
    with psycopg.connect(keys) as connection:
        found = connection.execute("SELECT id, wrapped FROM keys ORDER BY id").fetchall()
    return [(name, bytes(wrapped)) for name, wrapped in found]


def content_of(server: str, table: str) -> bytes:
    """What is in the file of a table, also what the server no longer gives."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        place = connection.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table]
        ).fetchone()
    assert place is not None
    return bytes(place[0])

"""Where the record is, how it guards itself, and many writers at once."""

from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from engine.decisions import Record, RecordError, default_url, follow, record_file
from engine.decisions.address import default_keys
from engine.decisions.database import Database
from engine.decisions.keyring import Keyring
from engine.decisions.migrating import migrate
from engine.decisions.tables import metadata
from tests.decisions.processes import processes
from tests.decisions.world import TODAY, a_case, consulted, knowledge

CHANGES = (
    "UPDATE events SET actor = 'een ander'",
    "UPDATE events SET payload = payload WHERE seq = 1",
    "DELETE FROM events WHERE seq = 1",
    "DELETE FROM events",
)
SQLITE_CHANGES = (
    "REPLACE INTO events SELECT seq, id, case_id, kind, at, 'x', schema, payload, hash FROM events",
    "INSERT OR REPLACE INTO events SELECT 99, id, case_id, kind, at, 'x', schema, payload, hash "
    "FROM events",
    "INSERT OR REPLACE INTO events SELECT 99, 'nieuw', case_id, kind, at, 'x', schema, payload, "
    "hash FROM events WHERE kind = 'case_opened'",
    "INSERT INTO events SELECT * FROM events WHERE true ON CONFLICT DO UPDATE SET actor = 'x'",
)
POSTGRES_CHANGES = (
    "TRUNCATE events",
    "INSERT INTO events SELECT * FROM events ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
)


def fill(record: Record, case_id: str = "c-proef") -> None:
    record.open_case(a_case(case_id), title="T", story="", actor="ik")
    record.save_facts(a_case(case_id), a_case(case_id, wil="ja"), actor="ik")


def test_nothing_can_be_changed_or_removed(url: str) -> None:
    with Record.open(url) as record:
        fill(record)
        before = record.history("c-proef")
    plain = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    own = SQLITE_CHANGES if plain.dialect.name == "sqlite" else POSTGRES_CHANGES
    for statement in (*CHANGES, *own):
        with (
            pytest.raises(DBAPIError, match=r"can only be added"),
            plain.begin() as connection,
        ):
            connection.execute(text(statement))
    plain.dispose()
    with Record.open(url) as record:
        assert record.history("c-proef") == before


def test_a_process_of_an_older_version_gets_nothing_in(url: str) -> None:
    with Record.open(url) as record:
        fill(record)
    plain = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    as_before = text(
        "INSERT INTO events (seq, id, case_id, kind, at, actor, schema, payload) "
        "SELECT 99, :id, case_id, 'facts_recorded', at, actor, 1, payload FROM events WHERE seq = 2"
    )
    with pytest.raises(DBAPIError, match=r"linked"), plain.begin() as connection:
        connection.execute(as_before, {"id": uuid4().hex})
    plain.dispose()
    with Record.open(url) as record:
        assert record.verify().broken is None


def test_a_writer_that_waited_reads_what_was_written_meanwhile(postgres_url: str) -> None:
    plain = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    with plain.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(
            text(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'")
        )
    plain.dispose()
    with Record.open(postgres_url) as record, ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: fill(record, f"c-{n}"), range(24)))
        assert record.verify().events == 48


def test_the_migrations_make_the_tables_that_the_code_expects(url: str) -> None:
    database = Database(url, partial(migrate, keyring=Keyring(default_keys(url), None)))
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_a_newer_record_is_left_alone(url: str) -> None:
    Record.open(url).close()
    plain = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with plain.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordError, match="nieuwere versie"):
        Record.open(url)
    plain.dispose()


def test_an_event_of_a_newer_kind_is_said_so(url: str) -> None:
    with Record.open(url) as record:
        fill(record)
        plain = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        for seq, kind, form in ((10, "verzonnen", 1), (11, "facts_recorded", 3)):
            with plain.begin() as connection:
                connection.execute(
                    text(
                        "INSERT INTO events "
                        "(seq, id, case_id, kind, at, actor, schema, payload, hash) "
                        "SELECT :seq, :id, 'c-nieuw', :kind, at, actor, :form, payload, hash "
                        "FROM events WHERE seq = 2"
                    ),
                    {"seq": seq, "id": f"{seq:032x}", "kind": kind, "form": form},
                )
            with pytest.raises(RecordError, match="nieuwere versie"):
                record.history("c-nieuw")
        plain.dispose()
        assert len(record.history("c-proef")) == 2


def test_sqlite_is_set_up_to_survive_a_crash(sqlite_url: str) -> None:
    database = Database(sqlite_url, lambda _: None)
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    database.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_the_place_of_the_record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LEIDRAAD_DATABASE_URL", "LEIDRAAD_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    shared = tmp_path / ".local" / "share"
    assert default_url() == f"sqlite:///{shared / 'leidraad' / 'leidraad.db'}"
    monkeypatch.setenv("XDG_DATA_HOME", "niet/absoluut")
    assert default_url() == f"sqlite:///{shared / 'leidraad' / 'leidraad.db'}"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert default_url() == f"sqlite:///{tmp_path / 'xdg' / 'leidraad' / 'leidraad.db'}"
    Record.open().close()
    folder = tmp_path / "xdg" / "leidraad"
    assert (folder / "leidraad.db").exists()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "eigen map"))
    assert record_file(default_url()) == tmp_path / "eigen map" / "leidraad.db"
    Record.open().close()
    assert (tmp_path / "eigen map" / "leidraad.db").exists()
    monkeypatch.setenv("LEIDRAAD_DATABASE_URL", "postgresql://server/naam")
    assert default_url() == "postgresql://server/naam"
    assert record_file(default_url()) is None


@pytest.mark.parametrize("name", ["wat?", "#1", "a b", "50%20", "a&b=c;d", "é@x:y", "+"])
def test_a_folder_can_have_any_name(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for unset in ("LEIDRAAD_DATABASE_URL", "LEIDRAAD_SLEUTELS"):
        monkeypatch.delenv(unset, raising=False)
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / name))
    assert record_file(default_url()) == tmp_path / name / "leidraad.db"
    with Record.open() as record:
        fill(record)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert {path.name for path in (tmp_path / name).iterdir()} == {
        "leidraad.db",
        "leidraad.sleutels.db",
    }


def test_a_home_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: object) -> None:
        raise KeyError

    for name in ("LEIDRAAD_DATABASE_URL", "LEIDRAAD_DATA", "XDG_DATA_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    for folder in ("", "~niemand-heet-zo/x", "~/x", "half teken \udcff"):
        monkeypatch.setenv("LEIDRAAD_DATA", folder)
        with pytest.raises(RecordError, match="LEIDRAAD_DATA"):
            Record.open()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "onzin",
        "?foo=1",
        "mysql://server/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///",
        "sqlite:////nergens/x.db?timeout=abc",
        "sqlite:////nergens/x.db?foo=1",
        "postgresql://a:geheim@host:notaport/db",
        "postgresql://a:geheim@[::1/db",
        "postgresql:///db?host=/nergens&port=abc",
    ],
)
@pytest.mark.filterwarnings("error")
def test_an_address_that_can_not_be_is_said_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEIDRAAD_DATABASE_URL", "onzin")
    with pytest.raises(RecordError, match="adres van het dossier") as caught:
        Record.open(address)
    assert "geheim" not in str(caught.value)


def test_a_place_that_can_not_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("geen map")
    with pytest.raises(RecordError, match="map"):
        Record.open(f"sqlite:///{tmp_path}/bestand/leidraad.db")
    (tmp_path / "kapot.db").write_bytes(b"dit is geen database " * 100)
    with pytest.raises(RecordError, match="geen dossier van Leidraad"):
        Record.open(f"sqlite:///{tmp_path}/kapot.db")
    (tmp_path / "map.db").mkdir()
    with pytest.raises(RecordError, match="schrijven"):
        Record.open(f"sqlite:///{tmp_path}/map.db")
    with pytest.raises(RecordError, match="schrijven"):
        Record.open(f"sqlite:///{tmp_path}/{'x' * 300}.db")


def test_a_folder_that_can_not_be_entered_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of the system is made up, because root may enter every folder."""
    asked: list[int] = []

    def refuse(_: object, mode: int) -> bool:
        asked.append(mode)
        return False

    monkeypatch.setattr(os, "access", refuse)
    with pytest.raises(RecordError, match="mag niet schrijven"):
        Record.open(f"sqlite:///{tmp_path}/leidraad.db")
    assert asked == [os.W_OK | os.X_OK]


def test_a_refusal_of_the_system_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RecordError, match="mag niet schrijven"):
        Record.open(f"sqlite:///{tmp_path}/leidraad.db")


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="niet bereikbaar") as caught:
        Record.open(f"postgresql://iemand:geheim@/x?host={tmp_path}")
    assert "geheim" not in str(caught.value)


def test_threads_that_share_a_record_lose_nothing(record: Record) -> None:
    def work(worker: int) -> None:
        consultation = consulted(f"c-{worker}")
        record.open_case(a_case(f"c-{worker}"), title="T", story="", actor="ik")
        record.save_facts(a_case(f"c-{worker}"), consultation.case, actor="ik")
        for _ in range(15):
            made = follow(consultation, "proef.wet", decided_on=TODAY)
            record.decide(made, consultation, actor="ik")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert {item.id: item.decisions for item in record.cases()} == {f"c-{n}": 15 for n in range(4)}
    seqs = [event.seq for n in range(4) for event in record.history(f"c-{n}")]
    assert sorted(seqs) == list(range(1, 4 * 17 + 1))


def _write(url: str, worker: int) -> None:
    with Record.open(url) as record:
        for n in range(10):
            fill(record, f"c-{worker}-{n}")


def test_another_process_that_makes_the_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "leidraad.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("CREATE TABLE half (made)")
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def finish(seconds: float) -> None:
        waited.append(seconds)
        other.rollback()
        other.execute("DROP TABLE half")

    monkeypatch.setattr("engine.decisions.connecting.time.sleep", finish)
    with Record.open(f"sqlite:///{file}") as record:
        fill(record)
    assert len(waited) == 1
    other.close()


def test_processes_that_open_a_new_record_at_once_lose_nothing(url: str) -> None:
    knowledge()
    with processes(4) as pool:
        list(pool.map(_write, [url] * 4, range(4)))
    with Record.open(url) as record:
        assert len(record.cases()) == 40
        assert {len(record.history(item.id)) for item in record.cases()} == {2}

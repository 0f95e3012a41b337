"""The file of the record is removed or replaced while the record is open."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from engine.decisions import Record, RecordError
from engine.decisions.database import Database
from tests.decisions.world import a_case


def add(record: Record, *names: str) -> None:
    for name in names:
        record.open_case(a_case(name), title="T", story="", actor="ik")


def names(record: Record) -> set[str]:
    return {case.id for case in record.cases()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "leidraad.db"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another record, closed, with one case in it."""
    path = tmp_path / "ander" / "leidraad.db"
    with Record.open(f"sqlite:///{path}") as record:
        add(record, "c-ander")
    return path


def kept(path: Path) -> set[str]:
    """The cases that are in a file for whoever looks next."""
    with Record.open(f"sqlite:///{path}") as record:
        found = names(record)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return found


def test_a_write_goes_to_the_file_that_is_there_now(file: Path, other: Path) -> None:
    with Record.open(f"sqlite:///{file}") as record:
        add(record, *(f"c-{n}" for n in range(20)))
        file.rename(file.with_name("weg.db"))
        other.rename(file)
        add(record, "c-nieuw")
        assert names(record) == {"c-ander", "c-nieuw"}
    assert kept(file) == {"c-ander", "c-nieuw"}
    # What was written before is whole in the file that was put away.
    assert kept(file.with_name("weg.db")) == {f"c-{n}" for n in range(20)}


def test_a_read_comes_from_the_file_that_is_there_now(file: Path, other: Path) -> None:
    with Record.open(f"sqlite:///{file}") as record, Record.open(f"sqlite:///{file}") as second:
        add(record, "c-oud")
        assert names(second) == {"c-oud"}
        other.replace(file)
        assert names(record) == {"c-ander"}
        add(record, "c-nieuw")
        # A second program finds out later; that undoes nothing of the first.
        assert names(second) == {"c-ander", "c-nieuw"}
        add(second, "c-nieuwer")
    assert kept(file) == {"c-ander", "c-nieuw", "c-nieuwer"}


def test_an_empty_file_gets_its_tables(file: Path) -> None:
    with Record.open(f"sqlite:///{file}") as record:
        add(record, "c-oud")
        file.unlink()
        file.touch()
        add(record, "c-nieuw")
        assert names(record) == {"c-nieuw"}
    assert kept(file) == {"c-nieuw"}


def test_a_file_that_is_gone_is_said_so(file: Path, other: Path) -> None:
    with Record.open(f"sqlite:///{file}") as record:
        add(record, "c-oud")
        away = file.rename(file.with_name("weg.db"))
        for _ in range(2):
            with pytest.raises(RecordError, match="is weg"):
                add(record, "c-nieuw")
            with pytest.raises(RecordError, match="is weg"):
                record.cases()
        assert not file.exists()
        away.rename(file)
        add(record, "c-nieuw")
        file.unlink()
        with pytest.raises(RecordError, match="is weg"):
            add(record, "c-weg")
    # The program stops, and a copy is put back: nothing of the old file is laid over it.
    other.rename(file)
    assert kept(file) == {"c-ander"}


def test_a_file_in_its_place_that_is_no_record_is_said_so(file: Path) -> None:
    with Record.open(f"sqlite:///{file}") as record:
        add(record, "c-oud")
        away = file.rename(file.with_name("weg.db"))
        file.write_bytes(b"dit is geen database " * 100)
        for _ in range(2):
            with pytest.raises(RecordError, match="geen dossier van Leidraad"):
                add(record, "c-nieuw")
        away.replace(file)
        assert names(record) == {"c-oud"}
    assert kept(file) == {"c-oud"}


def test_a_file_that_is_replaced_during_a_write_is_said_so(file: Path, other: Path) -> None:
    database = Database(f"sqlite:///{file}", lambda _: None)
    with pytest.raises(RecordError, match="tijdens het opslaan"), database.writing():
        other.replace(file)
    with database.reading() as connection:
        found = connection.exec_driver_sql("SELECT case_id FROM events").scalars().all()
    assert found == ["c-ander"]
    database.close()


def test_threads_lose_nothing_that_was_acknowledged(file: Path, tmp_path: Path) -> None:
    """Files come and go while threads write; each acknowledged write is in one of the files."""
    acknowledged: list[str] = []
    refused: list[str] = []
    spares = [tmp_path / f"{n}.db" for n in range(6)]
    for path in spares:
        Record.open(f"sqlite:///{path}").close()

    def work(record: Record) -> None:
        for _ in range(25):
            name = f"c-{uuid4().hex}"
            try:
                add(record, name)
            except RecordError as error:
                refused.append(str(error))
            else:
                acknowledged.append(name)

    with Record.open(f"sqlite:///{file}") as record, ThreadPoolExecutor(4) as pool:
        running = [pool.submit(work, record) for _ in range(4)]
        for n, path in enumerate(spares):
            goal = 12 * (n + 1)
            while len(acknowledged) < goal and not all(item.done() for item in running):
                pass
            # The old file stays under another name; the new one takes its place at once.
            (tmp_path / f"oud-{n}.db").hardlink_to(file)
            path.replace(file)
        for item in running:
            item.result()
    assert all("tijdens het opslaan" in said for said in refused)
    whole = set[str]().union(*(kept(path) for path in [file, *tmp_path.glob("oud-*.db")]))
    assert set(acknowledged) <= whole
    assert len(acknowledged) >= 100 - 4 * len(spares)

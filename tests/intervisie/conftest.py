"""The real knowledge, and the exercises in the folder with cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.decisions import Record
from engine.intervisie import Practice, practices
from engine.library import Knowledge
from engine.loading import load
from tests.decisions import world
from tests.decisions.databases import new_sqlite

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge")


@pytest.fixture(scope="session")
def exercises(knowledge: Knowledge) -> dict[str, Practice]:
    """The exercises, by the number in their id."""
    found = practices(ROOT / "cases" / "intervisie", knowledge)
    return {one.id.split("-")[1]: one for one in found}


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{tmp_path / 'sleutels.db'}")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(new_sqlite(tmp_path), clock=world.clock) as opened:
        yield opened

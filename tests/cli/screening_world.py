"""Small files for the command that reviews a whole caseload, and what its tests share."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Done
from tests.cli.test_cli import world
from tests.engine.worlds import TODAY

__all__ = ["messy", "neat", "work", "world"]

DAY = TODAY.isoformat()
MESSY = """\
KENMERK;Team;Nat;Kosten;Motivatie;Duur;Richting;Laatste cursus;Naam
a1;Oost;NL;2700;J;10;zorg;01-02-2026;x
a2;West;BE;1000;N;;techniek;;x
a2;West;NL;1000;J;;;;x
a3;Oost;NL;duizend;J;;;;x
a4;;NL;900;?;14;horeca;31-02-2025;x
a5;Oost;BE;;J;14;horeca;2025-02-01;x
a6;=1+1;NL;900;J;24;zorg;;x
"""
COUPLING = """\
koppeling: proef
dossier: KENMERK
kolommen:
  - {kolom: Team, groep: team}
  - {kolom: Nat, groep: nationaliteit}
  - {kolom: Kosten, feit: kosten}
  - {kolom: Motivatie, feit: gemotiveerd, waarden: {J: ja, "N": nee}, onbekend: ["?"]}
  - {kolom: Duur, feit: duur}
  - {kolom: Richting, feit: richting}
  - {kolom: Laatste cursus, feit: laatste_cursus}
"""
NEAT = "dossier;team;kosten;gemotiveerd\nb1;Oost;2700;ja\nb2;West;;\nb3;West;1000;nee\n"


@pytest.fixture(autouse=True)
def work(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in without ``--uit``, which has to be empty afterwards."""
    place = world / "tijdelijk"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def messy(world: Path) -> tuple[str, ...]:
    """A file with everything that can be wrong with a row, and its coupling."""
    (world / "export.csv").write_text(MESSY, encoding="utf-8")
    (world / "koppeling.yaml").write_text(COUPLING, encoding="utf-8")
    return asked(world, "export.csv", "--koppeling", str(world / "koppeling.yaml"))


@pytest.fixture
def neat(world: Path) -> tuple[str, ...]:
    """A file that needs no coupling."""
    (world / "net.csv").write_text(NEAT, encoding="utf-8")
    return asked(world, "net.csv")


def asked(world: Path, name: str, *more: str) -> tuple[str, ...]:
    return ("doorlicht", str(world / name), "--instantie", "uwv", "--peildatum", DAY, *more)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def data(done: Done) -> Any:
    return json.loads(done.stdout)


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")

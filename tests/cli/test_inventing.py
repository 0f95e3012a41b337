"""A made-up caseload on the command line, with the knowledge as it is."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow.parquet
import pytest

from tests.cli.conftest import Command
from tests.cli.screening_world import DAY, asked, full, names, work, world

__all__ = ["work", "world"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def real(leidraad: Command, world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up caseload with the knowledge as it is."""
    monkeypatch.setenv("LEIDRAAD_KENNIS", str(ROOT / "knowledge"))
    monkeypatch.setenv("LEIDRAAD_CASUSSEN", str(ROOT / "cases"))
    place = world / "oefenen.csv"
    done = leidraad("verzin", str(place), "--aantal", "40", "--peildatum", DAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"gemaakt: {place}, met 40 verzonnen cliënten\n"
    return place


@pytest.mark.timeout(180)
def test_a_made_up_file_goes_from_end_to_end(leidraad: Command, world: Path, real: Path) -> None:
    out = world / "uit"
    protocol = ("--protocol", "bestandsdoorlichting")
    done = leidraad(*asked(world, real.name, *protocol, "--uit", str(out)))
    assert done.returncode == 0
    statuses = pl.read_csv(out / "statussen.csv", separator=";")
    assert len(statuses) == 40
    assert {name.partition(".")[0] for name in statuses.columns[3:]} == {"bestandsdoorlichting"}
    advices = pl.read_csv(out / "adviezen.csv", separator=";", infer_schema=False)
    assert "Bel de cliënt en nodig uit voor een gesprek" in advices["stap"].to_list()
    again = leidraad("verzin", str(real))
    assert again.stderr == f"{real} bestaat al. Kies een andere naam, of gebruik --overschrijven.\n"
    first = statuses["dossier"][0]
    told = leidraad(*asked(world, real.name, *protocol, "--client", first))
    assert told.stdout.startswith(f"Oude WGA-dossiers doorlichten voor {first}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt",), "a.txt: kies een naam op .csv of .parquet.\n"),
        (("er/a.csv",), "bestaat niet. Maak haar eerst.\n"),
        (("a.csv", "--instantie", "nergens"), "De instantie 'nergens' is niet bekend."),
    ],
)
def test_what_can_not_be_made_up_is_told(
    leidraad: Command, world: Path, arguments: tuple[str, ...], said: str
) -> None:
    name, *more = arguments
    done = leidraad("verzin", str(world / name), *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (world / name).exists()


def test_a_full_disk_leaves_a_made_up_file_as_it_was(
    leidraad: Command, world: Path, real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = world / "oefenen.parquet"
    place.write_bytes(b"van gisteren")
    there = names(world)
    monkeypatch.setattr(pyarrow.parquet.ParquetWriter, "write_table", full)
    done = leidraad("verzin", str(place), "--overschrijven")
    assert done.returncode == 2
    assert done.stderr == f"Het bestand kan niet worden opgeslagen: de schijf is vol ({place}).\n"
    assert (names(world), place.read_bytes()) == (there, b"van gisteren")

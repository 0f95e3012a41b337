"""Whatever goes wrong in a review on the command line, nothing is lost or half there."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from engine.caseload import results
from engine.caseload.intake import take_in
from engine.cli import screening_steps as steps
from tests.cli.conftest import Command
from tests.cli.screening_world import NEAT, asked, full, names, neat, work, world

__all__ = ["neat", "work", "world"]
ROOT = Path(__file__).parents[2]


def test_what_was_made_before_is_replaced_only_whenasked(
    leidraad: Command, world: Path, neat: tuple[str, ...]
) -> None:
    out = world / "uit"
    out.mkdir()
    assert leidraad(*neat, "--uit", str(out)).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    refused = leidraad(*neat, "--uit", str(out), "--vorm", "parquet")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"De map {out} is niet leeg. Kies een andere map, of gebruik --overschrijven.\n"
    )
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    replaced = leidraad(*neat, "--uit", str(out), "--vorm", "parquet", "--overschrijven")
    assert replaced.returncode == 0
    assert {"statussen.parquet", "adviezen.parquet"} < names(out)
    assert "statussen.csv" not in names(out)
    (out / "aantekeningen.docx").write_bytes(b"van iemand")
    kept = leidraad(*neat, "--uit", str(out), "--overschrijven")
    assert kept.returncode == 2
    assert "zoals 'aantekeningen.docx'. Dat haalt Leidraad niet weg." in kept.stderr
    assert (out / "aantekeningen.docx").read_bytes() == b"van iemand"


@pytest.mark.parametrize(
    ("where", "what"),
    [
        (pyarrow.parquet.ParquetWriter, "write_table"),
        (results._Csv, "write"),
        (results._Csv, "close"),
        (Path, "write_text"),
        (Path, "mkdir"),
    ],
)
def test_a_full_disk_leaves_what_was_there(
    leidraad: Command,
    world: Path,
    neat: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    where: type,
    what: str,
) -> None:
    out = world / "uit"
    leidraad(*neat, "--uit", str(out))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    there = names(world)
    with monkeypatch.context() as patched:
        patched.setattr(where, what, full)
        done = leidraad(*neat, "--uit", str(out), "--overschrijven")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        f"De uitkomst kan niet worden opgeslagen: de schijf is vol ({out}). "
        "Er is niets geschreven.\n"
    )
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(world) == there


_LIMITED = """
import resource, sys
from engine.cli import app, screening_steps
from engine.dutch_typer import run

size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.exit(run(app))
"""


@pytest.mark.parametrize("size", [0, 300, 1_000, 2_000])
def test_a_system_that_refuses_to_write_any_further_leaves_what_was_there(
    leidraad: Command, world: Path, neat: tuple[str, ...], size: int
) -> None:
    out = world / "uit"
    leidraad(*neat, "--uit", str(out))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    there = names(world)
    command = [sys.executable, "-Bc", _LIMITED, str(size), *neat]
    command += ["--uit", str(out), "--overschrijven"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "De uitkomst kan niet worden opgeslagen: " in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(world) == there


def test_a_folder_that_can_not_be_put_in_place_leaves_the_old_one(
    leidraad: Command, world: Path, neat: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = world / "uit"
    leidraad(*neat, "--uit", str(out))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "nieuw":
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    done = leidraad(*neat, "--uit", str(out), "--overschrijven")
    assert done.returncode == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("er/niet", "De map {}/er bestaat niet. Maak haar eerst.\n"),
        ("net.csv", "{}/net.csv is een bestand. Geef de naam van een map.\n"),
    ],
)
def test_a_place_that_can_not_be_is_told_before_anything_is_read(
    leidraad: Command, world: Path, neat: tuple[str, ...], out: str, said: str
) -> None:
    done = leidraad(*neat, "--uit", str(world / out))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said.format(world))


def test_a_folder_that_may_not_be_written_to_is_told(
    leidraad: Command, world: Path, neat: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    # Who runs the tests may be allowed everything, so the system itself is made to refuse.
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    done = leidraad(*neat, "--uit", str(world / "uit"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("De uitkomst kan niet worden opgeslagen: ")
    assert done.stderr.endswith(f" ({world / 'uit'}). Er is niets geschreven.\n")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_it_halfway_leaves_nothing(
    leidraad: Command,
    world: Path,
    neat: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    sign: signal.Signals,
) -> None:
    # Tests that run beside each other are made deaf to it.
    deaf = signal.signal(signal.SIGINT, signal.default_int_handler)
    there, handler = names(world), signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(steps, "counted", lambda *_: signal.raise_signal(sign))
    try:
        done = leidraad(*neat, "--uit", str(world / "uit"))
    finally:
        signal.signal(signal.SIGINT, deaf)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("Afgebroken. Er is niets geschreven.\n")
    assert names(world) == there
    assert signal.getsignal(signal.SIGTERM) is handler


_KILLED = """
import os, signal, sys
from engine.caseload import results, review
from engine.cli import app, screening_steps as steps
from engine.dutch_typer import run

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

where, what = sys.argv.pop(1).split(":")
places = {"steps": steps, "review": review.Blocking, "csv": results._Csv}
setattr(places[where], what, die)
sys.exit(run(app))
"""


@pytest.mark.parametrize(
    "moment",
    ["steps:suggest", "steps:review", "review:add", "csv:write", "csv:close", "steps:to_html"],
)
def test_a_kill_leaves_what_was_there_and_the_next_run_clears_up(
    leidraad: Command, world: Path, neat: tuple[str, ...], moment: str
) -> None:
    out = world / "uit"
    leidraad(*neat, "--uit", str(out))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    there = names(world)
    command = [sys.executable, "-c", _KILLED, moment, *neat, "--uit", str(out), "--overschrijven"]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert killed.returncode == -9, killed.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (left,) = names(world) - there
    assert left.startswith(".leidraad-")
    assert leidraad(*neat, "--uit", str(out), "--overschrijven").returncode == 0
    assert names(world) == there


def test_a_file_that_changes_while_it_is_read_is_refused(
    leidraad: Command, world: Path, neat: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*arguments: Any, **options: Any) -> Any:
        taken = take_in(*arguments, **options)
        with (world / "net.csv").open("a", encoding="utf-8") as file:
            file.write("b4;Oost;;\n")
        return taken

    monkeypatch.setattr("engine.cli.screening_steps.take_in", meanwhile)
    done = leidraad(*neat, "--uit", str(world / "uit"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("net.csv is veranderd terwijl Leidraad het las.")
    assert not (world / "uit").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "slecht.csv is leeg: 0 bytes."),
        (b"PAR1 en dan niets", "slecht.csv"),
        (b"PK\x03\x04 half", "slecht.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "slecht.csv is met een wachtwoord beveiligd"),
    ],
)
def test_a_broken_file_is_told_and_nothing_is_written(
    leidraad: Command, world: Path, content: bytes, said: str
) -> None:
    (world / "slecht.csv").write_bytes(content)
    done = leidraad(*asked(world, "slecht.csv", "--uit", str(world / "uit")))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
    assert not (world / "uit").exists()


def test_a_file_without_rows_is_not_reviewed(leidraad: Command, world: Path, work: Path) -> None:
    (world / "leeg.csv").write_text(NEAT.splitlines()[0] + "\n", encoding="utf-8")
    for more in ((), ("--uit", str(world / "uit")), ("--client", "b1")):
        done = leidraad(*asked(world, "leeg.csv", *more))
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.rstrip().endswith("Er blijft geen enkele cliënt over om te bekijken.")
    assert not (world / "uit").exists()
    assert names(work) == set()


def test_two_thousand_columns_are_told_in_a_few_words(leidraad: Command, world: Path) -> None:
    names = ["dossier", "kosten", *(f"kolom_{n}" for n in range(1998))]
    rows = [";".join(names), ";".join(["b1", "2700", *["x"] * 1998])]
    (world / "breed.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    refused = leidraad(*asked(world, "breed.csv"))
    assert refused.returncode == 2
    assert "'kolom_4' en nog 1993.\n" in refused.stderr
    coupling = world / "koppeling.yaml"
    coupling.write_text(
        "koppeling: breed\ndossier: dossier\nkolommen: [{kolom: kosten, feit: kosten}]\n",
        encoding="utf-8",
    )
    done = leidraad(*asked(world, "breed.csv", "--koppeling", str(coupling)))
    assert done.returncode == 0
    assert "kolom_18, kolom_19 en nog 1978." in done.stderr
    assert "- 1 cliënt bekeken" in done.stdout

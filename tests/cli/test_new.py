"""A start for a question, a rule, a protocol and a case, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.design.world import CASES, KNOWLEDGE

WITH = ("--als", "gemotiveerd", "--handeling", "kosten_bespreken", "--bron", "proefwet#9")


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with small knowledge that has no finding at all, and its cases."""
    shutil.copytree(KNOWLEDGE, tmp_path / "kennis")
    shutil.copytree(CASES, tmp_path / "casussen")
    return tmp_path


def files(world: Path) -> dict[str, bytes]:
    return {path.relative_to(world).as_posix(): path.read_bytes() for path in world.rglob("*.yaml")}


def test_from_a_question_to_a_rule_that_passes(world: Path, leidraad: Command) -> None:
    before = files(world)
    done = leidraad("nieuw", "feit", "taal")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"gemaakt: {world}/kennis/feiten/taal.yaml\n")
    rule = ("--als", "taal: nee", *WITH[2:], "--vanaf", "2027-01-01")
    done = leidraad("nieuw", "regel", "proef.taal", *rule)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rpartition("/")[2] for line in done.stdout.splitlines()] == [
        "2027-01-01.yaml",
        "proef-taal-waar.yaml",
        "proef-taal-onwaar.yaml",
        "proef-taal-onbekend.yaml",
    ]
    done = leidraad("controleer")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Alles is in orde.\n")
    done = leidraad("toets")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Dekking: 4 van 4 regels" in done.stdout
    # What was there is there still, to the byte.
    assert before.items() <= files(world).items()


def test_a_protocol_and_a_case_pass_too(world: Path, leidraad: Command) -> None:
    done = leidraad("nieuw", "protocol", "taal.cursus", *WITH)
    assert (done.returncode, done.stderr) == (0, "")
    done = leidraad("nieuw", "casus", "nog-een", "--protocol", "taal", "--regel", "taal.cursus")
    assert (done.returncode, done.stdout) == (
        0,
        f"gemaakt: {world}/casussen/taal/nog-een.yaml\n",
    )
    plain = leidraad("nieuw", "casus", "leeg", "--protocol", "proef")
    assert plain.returncode == 0
    for command in ("controleer", "toets"):
        done = leidraad(command)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_second_rule_goes_into_the_version_that_is_not_in_force_yet(
    world: Path, leidraad: Command
) -> None:
    later = ("--vanaf", "2150-01-01")
    assert leidraad("nieuw", "regel", "proef.een", *WITH, *later).returncode == 0
    done = leidraad("nieuw", "regel", "proef.twee", "--als", "kansrijk", *WITH[2:])
    assert done.stdout.splitlines()[0] == (
        f"aangevuld: {world}/kennis/protocollen/proef/2150-01-01.yaml"
    )
    assert leidraad("toets").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("feit", "duur"), "Er is al een feit of begrip dat 'duur' heet.\n"),
        (
            ("feit", "Duur"),
            "'Duur' heeft niet de juiste vorm: kleine letters, cijfers en liggende streepjes, "
            "zoals 'duur_opleiding'.\n",
        ),
        (
            ("regel", "proev.taal", *WITH),
            "Er is geen protocol dat 'proev' heet. Bedoelde u 'proef'?\n",
        ),
        (
            ("regel", "proef.taal", *WITH[:2], "--handeling", "kosten_besprken", *WITH[4:]),
            "Er is geen handeling die 'kosten_besprken' heet. Bedoelde u 'kosten_bespreken'?\n",
        ),
        (
            ("regel", "proef.taal", *WITH[:4], "--bron", "proefwt#9"),
            "Er is geen bron die 'proefwt' heet. Bedoelde u 'proefwet'?\n",
        ),
        (
            ("regel", "proef.taal", "--als", "alle: [{duur: 3}, {duur: 4}]", *WITH[2:]),
            "De voorwaarde van 'proef.taal' is bij niemand waar; kijk haar na.\n",
        ),
        (("regel", "proef.taal", *WITH[:4]), "Fout: er ontbreekt een argument: BRON.\n"),
        (
            ("casus", "een", "--protocol", "proef", "--regel", "proef.te-duurr"),
            "Er is geen regel die 'proef.te-duurr' heet. Bedoelde u 'proef.te-duur'?\n",
        ),
        (
            ("casus", "een", "--protocol", "proef", "--instantie", "proefdrop"),
            "Er is geen instantie die 'proefdrop' heet. Bedoelde u 'proefdorp'?\n",
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    world: Path, leidraad: Command, arguments: tuple[str, ...], said: str
) -> None:
    before = files(world)
    done = leidraad("nieuw", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert files(world) == before


@pytest.mark.parametrize("name", ["12", "null", "ja", "2026-01-01", "1e3", "--"])
def test_a_name_that_yaml_reads_as_something_else_is_a_name(
    world: Path, leidraad: Command, name: str
) -> None:
    done = leidraad("nieuw", "regel", f"proef.{name}", *WITH)
    assert (done.returncode, done.stderr) == (0, "")
    assert leidraad("controleer").returncode == 0


def test_an_unknown_fact_is_a_finding_with_the_name_that_was_meant(
    world: Path, leidraad: Command
) -> None:
    before = files(world)
    done = leidraad("nieuw", "regel", "proef.taal", "--als", "gemotivered", *WITH[2:])
    assert done.returncode == 1
    assert "NAAM-ONBEKEND" in done.stderr
    assert "(bedoelde u 'gemotiveerd'?)" in done.stderr
    assert done.stderr.endswith("Er is niets gemaakt.\n")
    assert files(world) == before


def test_a_file_that_is_there_is_never_written_over(world: Path, leidraad: Command) -> None:
    (world / "casussen" / "proef" / "proef-taal-onwaar.yaml").write_text("mijn werk")
    before = files(world)
    done = leidraad("nieuw", "regel", "proef.taal", *WITH)
    assert done.returncode == 2
    assert done.stderr.endswith("proef-taal-onwaar.yaml staat er al. Er is niets gemaakt.\n")
    assert files(world) == before


def test_what_cannot_be_stored_leaves_nothing_behind(world: Path, leidraad: Command) -> None:
    # A file where the folder of the cases should come.
    (world / "casussen" / "taal").write_text("geen map")
    before = files(world)
    done = leidraad("nieuw", "protocol", "taal.cursus", *WITH)
    assert done.returncode == 2
    assert done.stderr.startswith("Er is niets gemaakt: ")
    assert files(world) == before

"""What ``toets --dekking`` shows of every part, and the cases that it writes for the gaps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.design.world import CASES, KNOWLEDGE
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The small knowledge base of the checks, without one of its cases."""
    shutil.copytree(KNOWLEDGE, tmp_path / "kennis")
    shutil.copytree(CASES, tmp_path / "casussen")
    (tmp_path / "casussen" / "proef" / "heel-lang.yaml").unlink()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("alles", ()),
        ("protocol", ("--protocol", "proef")),
        ("regel", ("--regel", "proef.inzetten")),
        ("begrip", ("--regel", "omvang")),
    ],
)
def test_the_coverage_reads_the_same_every_time(
    leidraad: Command, name: str, options: tuple[str, ...]
) -> None:
    done = leidraad("toets", "--dekking", *options)
    assert done.returncode == 1
    assert max(map(len, done.stdout.splitlines())) <= 110
    check_golden(GOLDEN / f"dekking-{name}.txt", done.stdout + "\n" + done.stderr)


def test_saved_clients_fill_every_gap_that_can_be_filled(world: Path, leidraad: Command) -> None:
    first = leidraad("toets", "--dekking", "--getuigen", str(world / "casussen" / "nieuw"))
    assert first.returncode == 1
    assert "opgeslagen als casus" in first.stdout
    second = leidraad("toets", "--dekking")
    assert second.returncode == 0, second.stderr
    assert " 0 gaten." in second.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--regel", "proef.inzetten"), "Geef --protocol en --regel samen met --dekking."),
        (("--dekking", "--protocol", "proev"), "Bedoelde u 'proef'?"),
        (("--dekking", "--regel", "proef.inzeten"), "Bedoelde u 'proef.inzetten'?"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    leidraad: Command, options: tuple[str, ...], said: str
) -> None:
    done = leidraad("toets", *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr

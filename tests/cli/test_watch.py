"""The watch as its users meet it: a program that says what a save did."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.design.world import CASES, KNOWLEDGE

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    shutil.copytree(KNOWLEDGE, tmp_path / "kennis")
    shutil.copytree(CASES, tmp_path / "casussen")
    return tmp_path


@pytest.fixture
def watch(world: Path) -> Iterator[subprocess.Popen[str]]:
    arguments = ["watch", "--kennis", str(world / "kennis"), "--casussen", str(world / "casussen")]
    with subprocess.Popen(
        [sys.executable, "-m", "engine", *arguments],
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        # Who runs the tests in the background may have told all below to ignore an interrupt.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        yield process
        process.kill()


def said(process: subprocess.Popen[str]) -> list[str]:
    """What is said until the line that ends a turn."""
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or not lines[-1].endswith(" s)\n"):
        lines.append(process.stdout.readline())
        assert lines[-1], "the watch stopped"
    return lines


def test_a_save_says_what_came_and_what_went(world: Path, watch: subprocess.Popen[str]) -> None:
    (first,) = said(watch)
    assert first.split("  ", 1)[1].startswith("alles: 0 fouten, 0 waarschuwingen (")
    path = world / "kennis" / "protocollen" / "proef" / "2026-01-01.yaml"
    text = path.read_text(encoding="utf-8")

    # As most editors save: beside it, and then in its place.
    beside = path.with_suffix(".tmp")
    beside.write_text(text.replace("gemotiveerd: ja", "gemotiverd: ja"), encoding="utf-8")
    beside.replace(path)
    finding, last = said(watch)
    assert finding.startswith("NIEUW  protocollen/proef/2026-01-01.yaml:11:11  NAAM-ONBEKEND")
    assert "(bedoelde u 'gemotiveerd'?)" in finding
    assert "  protocollen/proef/2026-01-01.yaml: 1 fout, 0 waarschuwingen (" in last

    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    finding, last = said(watch)
    assert finding.startswith("WEG  protocollen/proef/2026-01-01.yaml:11:11  NAAM-ONBEKEND")
    assert "0 fouten, 0 waarschuwingen (" in last

    (world / "casussen" / "proef" / "inzetten.yaml").unlink()
    *findings, last = said(watch)
    assert any(line.startswith("NIEUW  ") and "ADVIES-ZONDER-CASUS" in line for line in findings)
    assert "  casussen/proef/inzetten.yaml: " in last

    watch.send_signal(signal.SIGINT)
    rest, _ = watch.communicate(timeout=20)
    assert rest == "Gestopt.\n"
    assert watch.returncode == 0


def test_a_folder_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "engine", "watch", "--kennis", str(tmp_path / "weg")],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"De map {tmp_path / 'weg'} bestaat niet.\n"

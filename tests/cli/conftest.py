"""The command line in the process of the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.cli import app
from engine.dutch_typer import run


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def leidraad(
    world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The program in this process: starting a new one takes longer than what it does here."""
    monkeypatch.setenv("LEIDRAAD_KENNIS", str(world / "kennis"))
    monkeypatch.setenv("LEIDRAAD_CASUSSEN", str(world / "casussen"))

    def command(*arguments: str) -> Done:
        monkeypatch.setattr("sys.argv", ["leidraad", *arguments])
        code = run(app)
        return Done(code, *capsys.readouterr())

    return command

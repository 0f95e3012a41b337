"""The manual for method designers, followed to the letter in a copy of the real knowledge."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from engine import paths
from engine.cli import app
from engine.dutch_typer import run
from tests.docs.markdown import Block, anchors, blocks, headings, links, page

MANUAL = page("handleiding-methodeontwikkelaar.md")
WORDS_A_MINUTE = 120
REPORTS = {1: "Er is niets gemaakt."}
"""What a command says that ends with this code, and is meant to."""


@pytest.mark.traag
def test_whoever_does_what_the_manual_says_gets_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, folder in {
        "knowledge": paths.knowledge_folder(),
        "cases": paths.cases_folder(),
    }.items():
        shutil.copytree(folder, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEIDRAAD_KENNIS", str(tmp_path / "knowledge"))
    monkeypatch.setenv("LEIDRAAD_CASUSSEN", str(tmp_path / "cases"))
    steps = list(blocks(MANUAL))
    assert {step.info.split()[0] for step in steps} == {"console", "yaml"}
    for step in steps:
        if step.info == "console":
            _type(step, monkeypatch, capsys)
        else:
            _edit(step, tmp_path)


def _type(step: Block, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Give every command of a block, and compare what it says; ``[...]`` stands for anything."""
    for part in re.split(r"^\$ ", step.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        monkeypatch.setattr("sys.argv", shlex.split(command))
        code = run(app)
        said = "".join(capsys.readouterr())
        pattern = "".join(
            ".*" if piece == "[...]" else re.escape(piece)
            for piece in re.split(r"(\[\.\.\.\])", expected.strip())
        )
        assert re.fullmatch(pattern, said.strip(), re.DOTALL), f"{command} says:\n{said[-3000:]}"
        assert code == next((code for code, end in REPORTS.items() if end in expected), 0)


def _edit(step: Block, folder: Path) -> None:
    """Write a file as the manual shows it, or one rule of it."""
    _, name, *rule = step.info.split()
    path = folder / name
    text = path.read_text(encoding="utf-8")
    if not rule:
        path.write_text(step.text, encoding="utf-8")
        return
    begin = text.index(f"  - id: {rule[0]}\n")
    assert "\n  - id: " not in text[begin + 1 :], "the manual says that it stands at the end"
    path.write_text(text[:begin] + step.text, encoding="utf-8")


def test_every_chapter_is_in_the_list_at_the_top() -> None:
    listed = [target[1:] for target in links(MANUAL) if target.startswith("#")]
    assert set(listed) == anchors("\n".join(f"# {title}" for title in headings(MANUAL)[1:]))


def test_the_first_chapter_is_done_in_ten_minutes() -> None:
    """Eight steps; what there is to read and type takes a slow reader less than half of it."""
    chapter = MANUAL.split("\n## ")[1]
    assert chapter.startswith("Uw eerste regel in tien minuten")
    assert len(re.findall(r"^\*\*\d\. ", chapter, re.MULTILINE)) == 8
    assert len(chapter.split()) < 5 * WORDS_A_MINUTE

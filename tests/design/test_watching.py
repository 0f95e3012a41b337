"""Turn after turn the watch finds what a check from scratch finds, whatever was saved."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from engine import paths
from engine.case_file import read_cases
from engine.design.checks import check
from engine.design.clients import Clients
from engine.design.compilation import uncompilable
from engine.design.watching import Watch
from engine.design.workbench import Finding
from engine.diagnostics import KnowledgeError
from engine.loading import load
from tests.design.corpus import BROKEN, PROTOCOL, VILLAGE
from tests.design.editing import EDITS, edit
from tests.design.refused import REFUSED
from tests.design.world import CASES, KNOWLEDGE, Edit, edited

MISTAKES = [edits for _, edits in (BROKEN | REFUSED).values()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(KNOWLEDGE, tmp_path / KNOWLEDGE.name)
    shutil.copytree(CASES, tmp_path / CASES.name)
    return tmp_path


def store(folder: Path, texts: dict[str, str]) -> None:
    """Make the folder hold exactly these files, and leave alone what is so already."""
    wanted = {
        folder / (name if name.startswith(CASES.name) else f"{KNOWLEDGE.name}/{name}"): text
        for name, text in texts.items()
    }
    for path in folder.rglob("*.yaml"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        content = text.encode("utf-8", "surrogateescape")
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def put_back(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def from_scratch(folder: Path) -> list[Finding]:
    try:
        knowledge = load(folder / KNOWLEDGE.name)
    except KnowledgeError as error:
        return list(map(Finding, error.diagnostics))
    cases, broken = read_cases(folder / CASES.name, knowledge)
    found = [*map(Finding, [*broken, *uncompilable(knowledge)]), *check(knowledge, cases)]
    return sorted(found, key=lambda one: one.diagnostic)


@pytest.mark.parametrize("seed", range(3))
def test_a_turn_finds_what_a_check_from_scratch_finds(folder: Path, seed: int) -> None:
    watch = Watch(folder / KNOWLEDGE.name, folder / CASES.name)
    order = random.Random(seed).sample(MISTAKES, len(MISTAKES))
    for number, edits in enumerate(order):
        # Now and then back to what has no finding, and otherwise from one mistake to the next.
        store(folder, edited(() if number % 4 == 0 else edits))
        turn = watch.turn()
        assert list(turn.findings) == from_scratch(folder), edits


@pytest.mark.parametrize("seed", range(3))
def test_edit_upon_edit_a_turn_finds_what_a_check_from_scratch_finds(
    folder: Path, seed: int
) -> None:
    rng = random.Random(seed)
    both = folder / KNOWLEDGE.name, folder / CASES.name
    watch = Watch(*both)
    watch.turn()
    for _ in range(4):
        for kind in rng.sample(list(EDITS), len(EDITS)):
            edited_file = edit(rng, kind, *both)
            turn = watch.turn()
            assert list(turn.findings) == from_scratch(folder), (kind, edited_file)
            if edited_file is not None and turn.knowledge is None:
                put_back(*edited_file)


@pytest.mark.parametrize(
    "passage",
    [
        ("feiten/proef.yaml", "    maximum: 120\n", "    maximum: 10\n"),
        (PROTOCOL, "geldig_vanaf: 2026-01-01\n", "geldig_vanaf: 2026-07-01\n"),
        (VILLAGE, "instantie: proefdorp\n", "instantie: ander_dorp\n"),
    ],
)
def test_there_and_back_a_turn_finds_what_a_check_from_scratch_finds(
    folder: Path, passage: Edit
) -> None:
    watch = Watch(folder / KNOWLEDGE.name, folder / CASES.name)
    for edits in ((), (passage,), ()):
        store(folder, edited(edits))
        assert list(watch.turn().findings) == from_scratch(folder)


def test_edit_upon_edit_of_the_real_knowledge(tmp_path: Path) -> None:
    both = tmp_path / KNOWLEDGE.name, tmp_path / CASES.name
    for real, there in zip((paths.knowledge_folder(), paths.cases_folder()), both, strict=True):
        shutil.copytree(real, there)
    rng = random.Random(7)
    watch = Watch(*both)
    watch.turn()
    for kind in rng.sample(list(EDITS), len(EDITS)):
        edited_file = edit(rng, kind, *both)
        assert edited_file is not None
        if watch.turn().knowledge is None:
            put_back(*edited_file)
    # What one turn kept wrongly, those after it keep as well.
    assert list(watch.turn().findings) == from_scratch(tmp_path)


def test_a_turn_says_what_was_saved(folder: Path) -> None:
    watch = Watch(folder / KNOWLEDGE.name, folder / CASES.name)
    assert len(watch.turn().changed) == len(list(folder.rglob("*.yaml")))
    assert watch.turn().changed == ()
    path = folder / KNOWLEDGE.name / "handelingen.yaml"
    path.write_bytes(path.read_bytes())
    assert watch.turn().changed == ()  # Saved, and the same.
    path.write_bytes(path.read_bytes() + b"# Een opmerking.\n")
    (folder / CASES.name / "proef" / "inzetten.yaml").unlink()
    assert watch.turn().changed == ("handelingen.yaml", "casussen/proef/inzetten.yaml")


def test_what_is_not_touched_is_not_asked_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(folder / KNOWLEDGE.name, folder / CASES.name)
    watch.turn()
    asked = []

    real = Clients.exists

    def counted(self: Clients, *claims: object) -> bool:
        asked.append(claims)
        return real(self, *claims)  # type: ignore[arg-type]

    monkeypatch.setattr(Clients, "exists", counted)
    path = folder / KNOWLEDGE.name / "protocollen" / "proef" / "2026-01-01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("regels:\n", "# Eerst.\nregels:\n"))
    watch.turn()
    assert asked == []
    path.write_text(text.replace("- omvang: heel_lang", "- omvang: lang"))
    watch.turn()
    assert asked

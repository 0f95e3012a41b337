"""What is refused is said at its place, and every code of a finding has been seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.diagnostics import KnowledgeError
from engine.loading import assemble
from engine.reader import read_file
from tests.design.refused import REFUSED
from tests.design.world import refusals
from tests.docs.sources import finding_codes
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud"
ELSEWHERE = [Path(__file__).parents[1] / part / "goud" for part in ("engine", "caseload")]
FEWEST = 60
"""Broken knowledge bases with a golden file; the issue that asked for them names this number."""

_CODE = re.compile(r"  ([A-Z]+(?:-[A-Z]+)*)(?: \(let op\))?  ")


def test_what_is_broken_here_is_in_order_itself() -> None:
    assert refusals() == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_mistake_is_said_at_its_place(name: str) -> None:
    code, edits = REFUSED[name]
    found = refusals(*edits)
    assert code in {finding.code for finding in found}
    check_golden(GOLDEN / f"{name}.txt", "".join(f"{finding}\n" for finding in found))


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").mkdir()
    (found,) = read_file(tmp_path / "map.yaml", "feiten/map.yaml").findings
    check_golden(GOLDEN / "bestand-onleesbaar.txt", f"{found}\n")


def test_no_knowledge_at_all_is_a_finding() -> None:
    with pytest.raises(KnowledgeError) as caught:
        assemble([])
    check_golden(GOLDEN / "kennis-leeg.txt", f"{caught.value}\n")


def test_every_code_has_been_seen() -> None:
    files = [path for folder in (GOLDEN, *ELSEWHERE) for path in folder.glob("*.txt")]
    said = "".join(path.read_text(encoding="utf-8") for path in files)
    assert {code.lower() for code in _CODE.findall(said)} == finding_codes()
    assert len(files) >= FEWEST

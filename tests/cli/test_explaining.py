"""What a code means, on the command line."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from engine.design.explained import explained
from tests.cli.test_cli import leidraad
from tests.docs.markdown import DOCS
from tests.docs.sources import finding_codes
from tests.golden import check_golden

GOUD = Path(__file__).parent / "goud"


def test_every_code_is_explained_and_nothing_else() -> None:
    assert set(explained()) == finding_codes()
    pages = {path.stem for path in (DOCS / "controles").glob("*.md")} - {"overzicht"}
    assert {code for code, found in explained().items() if found.page} == pages
    for found in explained().values():
        assert found.theme
        assert found.meaning
        assert found.mend


def test_the_package_takes_the_pages_along() -> None:
    here = files("engine.design")
    for path in [DOCS / "kennisformaat.md", *(DOCS / "controles").glob("*.md")]:
        packed = here / path.relative_to(DOCS).as_posix()
        assert packed.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
    project = (DOCS.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert '"engine.design" = ["controles/*.md", "kennisformaat.md"]' in project


def test_all_codes_by_theme(tmp_path: Path) -> None:
    done = leidraad(tmp_path, "uitleg")
    assert (done.returncode, done.stderr) == (0, "")
    check_golden(GOUD / "uitleg.txt", done.stdout)


@pytest.mark.parametrize("code", ["deel-zonder-effect", "DEEL-ZONDER-EFFECT"])
def test_a_check_is_explained_by_its_page(tmp_path: Path, code: str) -> None:
    done = leidraad(tmp_path, "uitleg", code)
    assert done.returncode == 0
    check_golden(GOUD / "uitleg-deel-zonder-effect.txt", done.stdout)


def test_what_the_reader_finds_is_explained_in_a_few_lines(tmp_path: Path) -> None:
    done = leidraad(tmp_path, "uitleg", "datum-tijd")
    assert done.stdout == (
        "datum-tijd: er staat een tijd bij de datum\n\nHerstel: haal de tijd weg.\n"
    )


def test_an_unknown_code_helps_with_the_name(tmp_path: Path) -> None:
    done = leidraad(tmp_path, "uitleg", "regel-noit")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Er is geen melding die 'regel-noit' heet. Bedoelde u 'regel-nooit'?\n"

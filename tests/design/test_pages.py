"""Every check has a page, and what the pages call wrong and right has been tried."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

import pytest

from engine.design.claims import SECONDS
from engine.diagnostics import Severity
from tests.design.corpus import BROKEN
from tests.design.refused import REFUSED
from tests.design.world import edited, findings, refusals
from tests.docs.markdown import DOCS, Block, blocks, codes, headings, links, rows
from tests.docs.sources import codes_in, finding_codes

FOLDER = DOCS / "controles"
ENGINE = DOCS.parent / "engine" / "design"
OVERVIEW = (FOLDER / "overzicht.md").read_text(encoding="utf-8")
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
del PAGES["overzicht"]
WITHOUT_AN_EDIT = {"advies-zonder-casus", "niet-beslist"}
"""Their pages are about a case that isn't there, and about time."""


READ_FIRST = {
    "afwijken-ontbreekt",
    "kring",
    "naam-onbekend",
    "sleutel-ontbreekt",
    "vergelijking-onbekend",
}
"""What reading finds and every designer meets; the others are in the table of all codes only."""


def design_codes() -> set[str]:
    """The codes of the checks, those of the running of cases left out."""
    paths = [ENGINE / "workbench.py", *(ENGINE / "checks").glob("*.py")]
    return set().union(*(codes_in(path.read_text(encoding="utf-8"), path.name) for path in paths))


def test_every_check_has_a_page() -> None:
    assert set(PAGES) == design_codes() | READ_FIRST
    assert design_codes() < finding_codes()


def test_the_overview_names_every_page_with_its_severity_and_title() -> None:
    listed = {codes(row[0])[0]: (row[1], row[2]) for row in rows(OVERVIEW) if codes(row[0])}
    assert set(listed) == set(PAGES)
    for code, (severity, title) in listed.items():
        assert f"({code}.md)" in OVERVIEW
        assert headings(PAGES[code])[0] == f"`{code}`: {title}"
        assert f"Ernst: {severity}." in PAGES[code]
    assert "overzicht.md" not in " ".join(links(OVERVIEW))


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_says_what_is_wrong_what_is_right_and_why(code: str) -> None:
    assert headings(PAGES[code])[1:] == ["Fout", "Goed", "Waarom"]


@pytest.mark.parametrize("code", sorted(set(PAGES) - WITHOUT_AN_EDIT))
def test_what_a_page_shows_has_been_tried(code: str) -> None:
    wrong, right = blocks(PAGES[code])
    name = wrong.info.removeprefix("yaml ")
    expected, edits = (BROKEN | REFUSED)[name]
    assert expected == code
    assert stands_in(wrong, edited(edits))
    assert stands_in(right, edited(()))
    assert not stands_in(wrong, edited(()))
    said = refusals(*edits)
    if code not in READ_FIRST:
        said += [finding.diagnostic for finding in findings(*edits)]
    severities = {one.severity for one in said if one.code == code}
    assert severities == {Severity.ERROR if "Ernst: fout." in PAGES[code] else Severity.WARNING}


def test_the_cases_on_the_page_about_cases_are_there() -> None:
    for block in blocks(PAGES["advies-zonder-casus"]):
        name = block.info.removeprefix("yaml ")
        assert stands_in(block, {name: edited(())[name]})


def test_the_page_about_time_says_how_long() -> None:
    assert SECONDS == 2.0
    assert "binnen twee seconden" in PAGES["niet-beslist"]


def stands_in(block: Block, files: dict[str, str]) -> bool:
    """Whether the lines of a block stand in a file, at whatever depth."""
    wanted = block.text.splitlines()
    return any(
        dedent("\n".join(lines)).splitlines() == wanted
        for text in files.values()
        for lines in _runs(text.splitlines(), len(wanted))
    )


def _runs(lines: list[str], length: int) -> Iterator[list[str]]:
    for start in range(len(lines) - length + 1):
        yield lines[start : start + length]

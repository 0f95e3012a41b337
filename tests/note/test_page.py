"""The page with the note, as a user meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import PROGRAM
from tests.app.conftest import Start, own_folders, start
from tests.app.helpers import MUCH_KNOWN, open_case, text

__all__ = ["own_folders", "start"]


def page(at: AppTest) -> AppTest:
    at.switch_page("ui/pages/verslag.py").run()
    assert not at.exception
    return at


def files(at: AppTest) -> list[Any]:
    """Return the buttons to download, as the browser gets them."""
    return [element.proto for element in at.get("download_button")]


def test_without_a_case_the_page_says_what_it_is_for_and_where_to_begin(start: Start) -> None:
    at = page(start())
    assert [title.value for title in at.title] == ["Verslag"]
    assert "Er is nog geen casus open." in text(at)
    assert len(at.get("page_link")) == 1
    assert files(at) == []


def test_the_note_of_the_open_case_is_shown_and_can_be_taken_home(start: Start) -> None:
    at = page(open_case(start(), MUCH_KNOWN))
    said = text(at)
    for part in ("Verslag voor het dossier", "Wat de protocollen adviseren", "Zegel"):
        assert part in said
    assert [one.label for one in files(at)] == [
        "Opslaan als Word",
        "Opslaan als PDF",
        "Opslaan als Markdown",
        "Alles over deze casus, voor de cliënt",
    ]


def test_the_version_for_the_client_is_one_click_away(start: Start) -> None:
    at = page(open_case(start(), MUCH_KNOWN))
    at.radio(key="verslag_soort").set_value("client").run()
    assert not at.exception
    said = text(at)
    assert "Overzicht voor u" in said
    assert "Concept. Lees dit na voordat u het geeft." in said
    assert "Zegel" not in said


def test_the_headings_of_the_preview_stand_under_that_of_the_page(start: Start) -> None:
    at = page(open_case(start(), MUCH_KNOWN))
    (preview,) = [one.value for one in at.markdown if "Verslag voor het dossier" in one.value]
    levels = [len(line.split()[0]) for line in preview.splitlines() if line.startswith("#")]
    assert levels[0] == 2
    assert min(levels[1:]) == 3


def test_a_case_that_no_rules_cover_gets_a_reason_and_no_file(start: Start, tmp_path: Path) -> None:
    at = open_case(start(), MUCH_KNOWN)
    protocol = next((tmp_path / "kennis" / "protocollen").rglob("*.yaml"))
    protocol.write_text(
        protocol.read_text(encoding="utf-8").replace(
            "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-12-01"
        ),
        encoding="utf-8",
    )
    protocol.rename(protocol.with_name("2026-12-01.yaml"))
    at = page(at)
    assert "geen verslag mogelijk" in text(at)
    assert files(at) == []


def test_what_fails_never_shows_a_traceback(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_case(start(), MUCH_KNOWN)

    def broken(*_: object) -> None:
        raise ValueError(PROGRAM)

    monkeypatch.setattr("ui.note.write", broken)
    at = page(at)
    assert "Er ging iets mis in Leidraad" in text(at)


def test_who_judges_first_does_not_meet_the_advice_here(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    at.toggle(key="eerst_zelf_oordelen").set_value(True).run()
    at = page(at)
    assert "Geef eerst uw oordeel" in text(at)
    assert "Wat de protocollen adviseren" not in text(at)
    assert files(at) == []

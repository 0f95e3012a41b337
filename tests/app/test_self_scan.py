"""The page with the self-scan: nothing preset, nothing kept, no score."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.loading import load
from engine.paths import knowledge_folder
from engine.words import ScanAnswer
from tests.app.conftest import Start
from tests.app.helpers import text
from tests.engine.worlds import SCAN
from ui.self_scan import NO_SCORE, as_text


@pytest.fixture
def scan_file(tmp_path: Path) -> Path:
    """Put a self-scan in the knowledge of the app."""
    path = tmp_path / "kennis" / "zelfanalyse.yaml"
    path.write_text(SCAN, encoding="utf-8")
    return path


def page(start: Start) -> AppTest:
    at = start()
    at.switch_page("ui/pages/zelfanalyse.py").run()
    assert not at.exception
    return at


def choose(at: AppTest, question: str, answer: ScanAnswer | None) -> AppTest:
    at.segmented_control(key=f"zelfanalyse_{question}").set_value(answer).run()
    assert not at.exception
    return at


def test_without_the_file_the_page_says_so(start: Start) -> None:
    said = text(page(start))
    assert "Er staat geen zelfanalyse in de map met kennis" in said
    assert "Wat kan helpen" not in said


@pytest.mark.usefixtures("scan_file")
def test_nothing_is_answered_beforehand(start: Start) -> None:
    at = page(start)
    assert [item.label for item in at.segmented_control] == [
        "**1. Praten wij open?**",
        "**2. Werken wij samen?**",
    ]
    assert not any(item.value for item in at.segmented_control)
    said = text(at)
    assert "U hebt nog niets ingevuld" in said
    assert "geen cijfer" in said
    assert not at.download_button


@pytest.mark.usefixtures("scan_file")
def test_the_actions_follow_the_answers(start: Start) -> None:
    at = choose(page(start), "samen_werken", ScanAnswer.NO)
    said = text(at)
    for part in (
        "1 vraag heeft nog geen antwoord. U hoeft niet alles in te vullen.",
        "- Begin met een uur. (vraag 2)",
        "- Regel een ruimte. (vraag 2)",
    ):
        assert part in said
    assert "Werk vaker samen" not in said
    assert len(at.download_button) == 1
    said = text(choose(at, "samen_werken", ScanAnswer.PARTLY))
    assert "Werk vaker samen" in said
    assert "Niets bij deze antwoorden." in said
    assert "U hebt nog niets ingevuld" in text(choose(at, "samen_werken", None))


@pytest.mark.usefixtures("scan_file")
def test_when_all_is_well_there_is_nothing_to_do_and_no_mark(start: Start) -> None:
    at = choose(page(start), "samen_werken", ScanAnswer.YES)
    said = text(choose(at, "open_praten", ScanAnswer.YES))
    assert "Bij deze antwoorden staan geen acties" in said
    assert "nog geen antwoord" not in said
    assert "%" not in said


@pytest.mark.usefixtures("scan_file")
def test_answers_stay_while_the_user_looks_elsewhere(start: Start) -> None:
    at = choose(page(start), "samen_werken", ScanAnswer.NO)
    at.switch_page("ui/pages/over.py").run()
    at.switch_page("ui/pages/zelfanalyse.py").run()
    assert "Regel een ruimte" in text(at)


def test_a_mistake_in_the_file_is_told_and_not_thrown(start: Start, scan_file: Path) -> None:
    scan_file.write_text(SCAN.replace("thema: doen", "thema: weg"), encoding="utf-8")
    assert "zelfanalyse.yaml:9" in text(page(start))


@pytest.mark.usefixtures("scan_file")
def test_the_text_to_keep_has_the_actions_and_the_answers() -> None:
    scan = load(knowledge_folder()).self_scan
    assert scan is not None
    kept = as_text(scan, {"samen_werken": ScanAnswer.NO}, ["Proefwet"], date(2026, 11, 23))
    assert kept == (
        f"Proef\n23 november 2026\n\n{NO_SCORE}\n\n"
        "WAT HET TEAM KAN DOEN\n- Begin met een uur. (vraag 2)\n\n"
        "WAT DE LEIDINGGEVENDE KAN DOEN\n- Regel een ruimte. (vraag 2)\n\n"
        "DE ANTWOORDEN\n1. Praten wij open?\n   geen antwoord\n"
        "2. Werken wij samen?\n   Nee\n\n"
        "WAAR DE VRAGEN OP RUSTEN\nProefwet\n"
    )

"""The pictures on a page: there, with the same as text, and a sentence where nothing is."""

from __future__ import annotations

import re
import subprocess
import sys

from streamlit.testing.v1 import AppTest

from engine.reasoning_map import reasoning_map
from tests.ui.worlds import ROOT, cases, consultation, examples, knowledge
from ui.map_chart import map_figure


def show_timeline() -> None:
    from datetime import date

    from tests.ui.worlds import CASE, cases, knowledge, opened
    from ui.pictures import case_timeline

    case_timeline([opened(date(2026, 9, 1), cases()[CASE].known)], knowledge())


def show_empty_timeline() -> None:
    from tests.ui.worlds import knowledge
    from ui.pictures import case_timeline

    case_timeline([], knowledge())


def show_map() -> None:
    from tests.ui.worlds import consultation, knowledge
    from ui.pictures import map_of

    map_of(consultation(), knowledge(), None)


def show_map_of_one() -> None:
    from tests.ui.worlds import consultation, knowledge
    from ui.pictures import map_of

    map_of(consultation(), knowledge(), "diagnose.niet-durven")


def show_map_of_none() -> None:
    from tests.ui.worlds import consultation, knowledge
    from ui.pictures import map_of

    map_of(consultation(), knowledge(), "diagnose.weg")


def show_empty_map() -> None:
    from tests.ui.worlds import consultation, knowledge
    from ui.pictures import map_of

    map_of(consultation("zelfsturing-14-wil-nog-niet-besproken"), knowledge(), None)


def run(script: object) -> AppTest:
    at = AppTest.from_function(script, default_timeout=30).run()  # type: ignore[arg-type]
    assert not at.exception
    return at


def unfolded(at: AppTest, key: str) -> str:
    at.session_state[key] = True
    at.run()
    assert not at.exception
    return "\n".join(item.value for item in at.markdown).replace("\\", "")


def test_the_timeline_is_drawn_and_can_be_read_as_text() -> None:
    at = run(show_timeline)
    assert len(at.get("plotly_chart")) == 1
    assert not at.markdown
    said = unfolded(at, "als_tekst_tijdlijn")
    assert "1 september 2026, antwoorden:" in said
    assert "  - Over de stap naar werk of meedoen geldt: de cliënt aarzelt" in said


def test_a_case_in_which_nothing_happened_says_so() -> None:
    at = run(show_empty_timeline)
    assert not at.get("plotly_chart")
    assert "Er is nog niets vastgelegd" in at.caption[0].value


def test_the_map_is_drawn_for_a_screen_and_for_a_phone_and_can_be_read_as_text() -> None:
    at = run(show_map)
    assert len(at.get("plotly_chart")) == 2
    said = unfolded(at, "als_tekst_kaart_alles")
    assert "- Zet nu geen traject in." in said
    assert "  - **Geldt.** Een beeld voordat u kiest." in said
    assert "      - Het is nog niet duidelijk wat de cliënt wil bereiken" in said


def test_the_map_of_one_advice_has_only_that() -> None:
    said = unfolded(run(show_map_of_one), "als_tekst_kaart_diagnose-niet-durven")
    assert "Begin met een kleine stap" in said
    assert "Zet nu geen traject in" not in said


def test_without_advice_there_is_a_sentence_and_no_picture() -> None:
    at = run(show_empty_map)
    assert not at.get("plotly_chart")
    assert "Er is nu geen advies dat geldt" in at.caption[0].value


def test_an_advice_that_is_not_given_any_more_has_a_sentence_instead_of_a_map() -> None:
    at = run(show_map_of_none)
    assert not at.get("plotly_chart")
    assert "geen advies gegeven" in at.caption[0].value


def test_plotly_is_loaded_by_who_draws_and_not_before() -> None:
    check = "import sys, ui.charts, ui.map_chart, ui.map_tree; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0


def test_the_style_sheet_knows_every_width_that_a_map_can_have() -> None:
    style = (ROOT / "ui" / "stijl.css").read_text("utf-8")
    known = {int(found) for found in re.findall(r"redekaart_breed_(\d+)_", style)}
    assert known == {int(found) for found in re.findall(r"redekaart_smal_(\d+)_", style)}
    widths = {
        map_figure(reasoning_map(consultation(case), knowledge())).layout.width
        for case in [*sorted(cases())[::15], *examples()]
    }
    assert {-(-width // 100) for width in widths if width >= 200} <= known

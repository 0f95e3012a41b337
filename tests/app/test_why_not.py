"""Why a step is not advised and the whole reasoning, each on a page of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.app.helpers import MUCH_KNOWN, OPEN_QUESTION, click, keys, text, unfold

ACTION = "waarom_niet_handeling"


def _page(case: str, rule: str) -> None:
    """Mount both for one case of the record; runs as a script of its own."""
    import streamlit as st

    from engine.consult import consult
    from ui import resources, state
    from ui.components import notices
    from ui.reasoning_tree import whole_tree
    from ui.why_not import why_not_panel

    knowledge = resources.working_knowledge()
    resources.fill_once()
    stored = resources.record().load_case(case, knowledge)
    consultation = consult(knowledge, stored.case)
    notices()
    why_not_panel(consultation, knowledge)
    whole_tree(consultation.advice(rule), consultation, knowledge)
    st.text(f"vraag: {state.editing()}")


def start(case: str) -> AppTest:
    st.cache_resource.clear()
    at = AppTest.from_function(
        _page, default_timeout=30, kwargs={"case": case, "rule": "proef.inzetten"}
    )
    at.run()
    assert not at.exception
    return at


def choose(at: AppTest, action: str) -> str:
    at.selectbox(key=ACTION).set_value(action).run()
    assert not at.exception
    return text(at)


@pytest.fixture
def at() -> AppTest:
    return start(MUCH_KNOWN)


def test_any_step_of_the_catalogue_can_be_asked_about(at: AppTest) -> None:
    box = at.selectbox(key=ACTION)
    assert len(box.options) == 4
    assert box.options == sorted(box.options)
    assert box.label.startswith("Waarom niet ...?")


def test_before_a_step_is_chosen_nothing_is_said(at: AppTest) -> None:
    assert "geadviseerd" not in text(at)


def test_a_step_that_is_advised_after_all(at: AppTest) -> None:
    assert "Deze stap wordt wel geadviseerd." in choose(at, "folder_meegeven")


def test_an_open_question_is_one_click_away() -> None:
    at = start(OPEN_QUESTION)
    said = choose(at, "cursus_inzetten")
    assert "Deze stap wordt nu niet geadviseerd. Eén regel kan dat doen" in said
    assert "Nog open: De cliënt" in said.replace("*", "")
    click(at, "waarom_niet_vraag_aanvraag")
    assert "vraag: aanvraag" in text(at)


def test_another_protocol_can_be_taken_along_and_only_then_asks() -> None:
    at = start(OPEN_QUESTION)
    said = choose(at, "folder_meegeven")
    assert "Protocol Vervolg na een besluit, doet niet mee in deze casus" in said
    assert "waarom_niet_vraag_vervolg_gewenst" not in keys(at)
    click(at, "erbij_waarom_niet_vervolg")
    assert "doet niet mee in deze casus" not in text(at)
    assert "waarom_niet_vraag_vervolg_gewenst" in keys(at)


def test_a_step_that_has_gone_from_the_catalogue_is_no_choice(at: AppTest, tmp_path: Path) -> None:
    choose(at, "folder_meegeven")
    for path in (tmp_path / "kennis").rglob("*.yaml"):
        content = path.read_text(encoding="utf-8")
        path.write_text(content.replace("folder_meegeven", "folder_geven"), encoding="utf-8")
    at.run()
    assert not at.exception
    assert at.selectbox(key=ACTION).value is None
    assert "geadviseerd" not in text(at)


def test_the_whole_reasoning_is_made_when_it_is_opened(at: AppTest) -> None:
    assert "Alles wat de regel vraagt" not in text(at)
    unfold(at, "hele_redenering_proef-inzetten")
    said = text(at).replace("*", "")
    assert "Deze feiten beslisten" in said
    assert "waar · Er is een aanvraag" in said or ":material/check: waar" in said
    assert ":material/help: nog open · Uitzondering 'Een te zware cursus niet inzetten'" in said
    assert "betwist" in said

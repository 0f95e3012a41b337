"""The main path of a professional, for three clients: from the first answer to the note at home."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Picture, Server, settled
from tests.e2e.steps import (
    FIRST_EXAMPLE,
    REASONS,
    answer_something,
    answers_given,
    button,
    keyed,
    open_case,
    press,
    unroll,
    visit,
)

pytestmark = pytest.mark.browser

MEASURE = "maatregel-002-eerste-melding"
FAILED_TRAJECT = "samenhang-81-stil-bij-het-bedrijf"
MANY_QUESTIONS = 12
HEALTH = (
    ("Zijn er tekenen dat gezondheid meespeelt", "gezondheidssignaal", "ja"),
    ("Is er iets dat ondersteunt wat de cliënt", "begin_van_bewijs", "ja"),
    ("Is er een rapport van een arts", "functioneel_rapport", "nee"),
    ("Loopt er al een onderzoek", "onderzoek_belastbaarheid_loopt", "nee"),
)
TITLES = {"Voor uw dossier": "Verslag voor het dossier", "Voor de cliënt": "Overzicht voor u"}
INSTEAD = "Ik bel de cliënt morgen zelf en leg daarna uit wat er verandert."


def choose_question(page: Page, question: str) -> None:
    """Take a question first, unless it is in front already."""
    if question in keyed(page, "vraag_kaart_").get_by_role("heading").inner_text():
        return
    unroll(page.get_by_role("combobox", name="Eerst een andere vraag"))
    page.keyboard.type(question[:40])
    press(page.get_by_role("option", name=question).first)


def answer_with(page: Page, fact: str, option: str) -> None:
    """Press an answer to the question in front."""
    before = answers_given(page)
    press(button(page, f"antwoord_{fact}_{option}"))
    expect(page.get_by_role("heading", name=f"Wat we weten ({before + 1})")).to_be_visible()
    settled(page)


def follow_first(page: Page) -> str:
    """Follow the first step that is not decided on; return what it says."""
    card = keyed(page, "kaart_geldt_").filter(has=page.get_by_role("button", name="Volgen")).first
    step = card.get_by_role("heading").inner_text()
    press(card.get_by_role("button", name="Volgen"))
    expect(page.get_by_text("U volgt dit advies").first).to_be_visible()
    return step


def deviate_first(page: Page) -> str:
    """Deviate from the first step that is not decided on; return what it says."""
    ready = page.get_by_role("button", name="Afwijken")
    card = keyed(page, "kaart_geldt_").filter(has=ready).first
    step = card.get_by_role("heading").first.inner_text()
    press(card.get_by_role("button", name="Afwijken"))
    form = keyed(page, "formulier_afwijking_")
    form.get_by_role("radiogroup").nth(0).locator("label").nth(1).click()
    form.get_by_role("radiogroup").nth(1).locator("label").first.click()
    for area, said in zip(form.locator("textarea").all(), REASONS, strict=False):
        area.fill(said)
    form.locator("textarea").last.fill(INSTEAD)
    form.get_by_role("radiogroup").nth(2).locator("label").last.click()
    press(form.get_by_role("button", name="Afwijking vastleggen"))
    expect(page.get_by_text("U wijkt af van dit advies").first).to_be_visible()
    return step


def note(page: Page, kind: str, folder: Path) -> dict[str, Path]:
    """Make the note of the open case and save it in every form."""
    press(keyed(page, "naar_verslag").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Verslag")
    press(page.get_by_text(kind, exact=True))
    expect(page.get_by_role("heading", name=TITLES[kind])).to_be_visible()
    settled(page)
    saved = {}
    for form in ("Word", "PDF", "Markdown"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Opslaan als {form}").click()
        saved[form] = folder / download.value.suggested_filename
        download.value.save_as(saved[form])
    return saved


def words_of(file: Path) -> str:
    """Return the text of a Word file, in headings, paragraphs and tables."""
    document = Document(BytesIO(file.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(part.text for part in document.paragraphs), *cells])


def test_training_from_the_first_answer_to_the_note(
    page: Page, server: Server, tmp_path: Path, picture: Picture
) -> None:
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    for _ in range(MANY_QUESTIONS):
        if keyed(page, "kaart_geldt_").count():
            break
        answer_something(page)
    step = follow_first(page)
    saved = note(page, "Voor uw dossier", tmp_path)
    picture(page, "50-verslag-dossier")
    said = words_of(saved["Word"])
    assert step in said
    assert "Zegel" in said
    assert saved["PDF"].read_bytes().startswith(b"%PDF")
    assert step in saved["Markdown"].read_text(encoding="utf-8").replace("\\", "")


def test_a_measure_with_a_health_signal_leads_to_advice_first_and_a_deviation_in_the_note(
    page: Page, server: Server, tmp_path: Path, picture: Picture
) -> None:
    visit(page, server.url)
    open_case(page, MEASURE)
    for question, fact, option in HEALTH:
        choose_question(page, question)
        answer_with(page, fact, option)
    expect(keyed(page, "vlak_stappen")).to_contain_text(
        "Vraag een medisch-arbeidskundig advies over wat de cliënt kan"
    )
    followed = follow_first(page)
    deviated = deviate_first(page)
    picture(page, "51-maatregel")
    said = words_of(note(page, "Voor uw dossier", tmp_path)["Word"])
    for part in (followed, deviated, REASONS[0], INSTEAD):
        assert part in said
    press(keyed(page, "terug_naar_casus").get_by_role("link"))
    client = words_of(note(page, "Voor de cliënt", tmp_path)["Word"])
    assert "Concept" in client
    # What the professional has yet to rewrite stands between brackets, as it was typed.
    for_client = re.sub(r"\[nog in te vullen:[^]]*]|Deze cliënt bestaat niet", "", client)
    assert "cliënt" not in for_client
    picture(page, "52-verslag-client")


def test_a_failed_traject_is_resumed_after_a_restart(
    page: Page, server: Server, tmp_path: Path
) -> None:
    visit(page, server.url)
    open_case(page, FAILED_TRAJECT)
    answer_something(page)
    given = answers_given(page)
    followed = follow_first(page)
    server.stop()
    server.start()
    visit(page, server.url)
    open_case(page, FAILED_TRAJECT)
    assert answers_given(page) == given
    expect(page.get_by_text("U volgt dit advies").first).to_be_visible()
    answer_something(page)
    saved = note(page, "Voor uw dossier", tmp_path)
    assert followed in words_of(saved["Word"])


def test_why_another_step_is_read_beside_the_steps_and_below_them_on_a_phone(
    page: Page, server: Server
) -> None:
    visit(page, server.url)
    open_case(page, MEASURE)
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 740})
        settled(page)
        card = keyed(page, "kaart_geldt_").nth(1)
        press(card.get_by_role("button", name="Waarom"))
        heading = page.get_by_role("heading", name="De redenering", exact=True)
        expect(heading).to_be_in_viewport()
        step = card.get_by_role("heading").inner_text()
        expect(keyed(page, "vlak_redenering")).to_contain_text(step)
        press(keyed(page, "kaart_geldt_").first.get_by_role("button", name="Waarom"))

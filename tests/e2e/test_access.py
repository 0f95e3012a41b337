"""Every page and state, held to WCAG 2.2 A and AA by axe-core, at 1440 and at 360 px."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import english, fit, inspect, violations
from tests.e2e.conftest import ROOT, WIDE, Server, settled
from tests.e2e.steps import (
    FIRST_EXAMPLE,
    ONE_QUESTION,
    answer,
    button,
    keyed,
    open_case,
    press,
    unroll,
    visit,
)

pytestmark = pytest.mark.browser

SMALL = ROOT / "tests" / "app"
OPEN_QUESTION = "proef-een-vraag"
MUCH_KNOWN = "proef-veel-bekend"
# A fact for each kind of answer: yes or no, a choice, a number, a date.
QUESTION = {
    "aanvraag": "Heeft de cliënt een cursus gevraagd?",
    "motivatie": "Hoe staat de cliënt tegenover de cursus?",
    "duur": "Hoeveel maanden duurt de cursus?",
    "laatste_gesprek": "Wanneer was het laatste gesprek met de cliënt?",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the app once for all tests with the real knowledge; each takes a case of its own."""
    yield from _serve(Server(tmp_path_factory.mktemp("dossier")))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """Start the app with a small knowledge that has every kind of question, and may be spoiled."""
    folder = tmp_path_factory.mktemp("klein")
    copytree(SMALL / "kennis", folder / "kennis")
    own = {"LEIDRAAD_KENNIS": str(folder / "kennis"), "LEIDRAAD_CASUSSEN": str(SMALL / "casussen")}
    for server in _serve(Server(folder / "data", **own)):
        yield server, folder / "kennis"


def _serve(server: Server) -> Iterator[Server]:
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in "".join(server.said), "".join(server.said)


def test_the_check_finds_what_is_planted(page: Page, server: Server) -> None:
    visit(page, server.url)
    page.get_by_test_id("stMain").evaluate(
        """main => main.insertAdjacentHTML('beforeend', `
            <img src="/x.png"><p style="color: #aaa">Te licht</p><h6>Te diep</h6>
            <button style="width: 9px; height: 9px; padding: 0">a</button><button
             style="width: 9px; height: 9px; padding: 0">b</button><input>
            <i title="Press to apply"></i>`)"""
    )
    fit(page, *WIDE)
    found = {item.split(":")[0] for item in violations(page)}
    assert {"image-alt", "color-contrast", "heading-order", "target-size", "label"} <= found
    assert english(page) == ["Press to apply"]


def test_the_list_of_cases_and_a_new_one(page: Page, server: Server) -> None:
    visit(page, server.url)
    inspect(page, "list")
    press(button(page, "nieuwe_casus"))
    inspect(page, "new case")
    press(page.get_by_role("button", name="Begin", exact=True))
    expect(page.get_by_text("Kies de instantie die de casus behandelt.")).to_be_visible()
    inspect(page, "new case with errors")
    wrong = page.locator('[aria-invalid="true"][aria-describedby^="leidraad-fout"]')
    expect(wrong.first).to_be_focused()
    keyed(page, "nieuw_protocollen-scholing").locator("label").click()
    unroll(page.get_by_role("combobox", name="Wie behandelt deze casus?"))
    press(page.get_by_role("option", name="UWV"))
    press(page.get_by_role("button", name="Begin", exact=True))
    expect(button(page, "alle_casussen")).to_be_visible()
    inspect(page, "empty case")
    press(button(page, "protocollen_wijzigen"))
    inspect(page, "subjects of a case")


def test_a_case_from_question_to_decision(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    card = keyed(page, "kaart_voorlopig_").first
    press(button(card, "waarom_"))
    inspect(page, "provisional, with the reasoning")
    press(button(card, "afwijken_"))
    inspect(page, "form to deviate")
    press(page.get_by_role("button", name="Afwijking vastleggen"))
    expect(page.get_by_text("Nog niet opgeslagen")).to_be_visible()
    inspect(page, "form to deviate with errors")
    press(page.get_by_role("button", name="Toch niet afwijken"))
    press(button(card, "volgen_"))
    expect(card.get_by_text("U volgt dit advies")).to_be_visible()
    answer(page, "Ja")
    for fold in ("groep_te_bepalen", "groep_vervalt", "groep_geldt_niet", "verloop"):
        for summary in keyed(page, fold).locator("summary").all():
            press(summary)
    inspect(page, "decided and flagged, with the folded groups open")


def test_a_case_with_many_open_questions(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    inspect(page, "question")
    folds = page.get_by_test_id("stMain").locator("details:not([open]) > summary")
    while folds.count():
        press(folds.first)
    inspect(page, "everything unfolded")


@pytest.mark.parametrize(
    "name",
    ["verslag", "wat-als", "protocollen", "intervisie", "leren", "zelfanalyse", "bewaren", "over"],
)
def test_the_other_pages(page: Page, server: Server, name: str) -> None:
    visit(page, f"{server.url}/{name}")
    inspect(page, name)


def test_the_note_and_what_if_of_a_case(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, "maatregel-002-eerste-melding")
    press(page.get_by_role("link", name="Maak een verslag").first)
    expect(keyed(page, "verslag_voorbeeld")).to_be_visible()
    inspect(page, "note for the file")
    keyed(page, "verslag_soort").get_by_text("Voor de cliënt").click()
    inspect(page, "note for the client")
    press(keyed(page, "terug_naar_casus").get_by_role("link"))
    press(page.get_by_role("link", name="Probeer andere antwoorden").first)
    unroll(page.get_by_role("combobox", name="Welk antwoord wilt u anders proberen?"))
    press(page.get_by_role("option").first)
    press(keyed(page, "proef_onbekend_").get_by_role("button"))
    inspect(page, "what if, with one answer tried")
    press(button(page, "proef_overnemen_vragen"))
    inspect(page, "what if, before it is taken over")


def test_the_self_scan_with_answers(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/zelfanalyse")
    for group in page.get_by_role("radiogroup").all()[:3]:
        press(group.get_by_text("Nee", exact=True))
    expect(keyed(page, "zelfanalyse_bewaren")).to_be_visible()
    inspect(page, "self-scan with answers")


def test_every_kind_of_question_and_who_says_what(page: Page, small: tuple[Server, Path]) -> None:
    visit(page, small[0].url)
    open_case(page, OPEN_QUESTION)
    for fact, asked in QUESTION.items():
        if not keyed(page, f"betwist_{fact}").count():
            press(page.get_by_role("combobox", name="Eerst een andere vraag"))
            press(page.get_by_role("option", name=asked))
        if fact in ("duur", "laatste_gesprek"):
            press(button(page, f"vastleggen_{fact}"))
            expect(keyed(page, f"fout_antwoord_{fact}")).to_be_visible()
        inspect(page, f"question: {fact}")
        press(button(page, f"betwist_{fact}"))
        press(button(page, f"betwist_vastleggen_{fact}"))
        expect(keyed(page, f"fout_antwoord_{fact}")).to_be_visible()
        inspect(page, f"who says what, with errors: {fact}")
        press(button(page, f"betwist_alleen_{fact}"))


def test_a_conflict_and_ones_own_judgement(page: Page, small: tuple[Server, Path]) -> None:
    visit(page, small[0].url)
    open_case(page, MUCH_KNOWN)
    expect(keyed(page, "kaart_tegenstrijdig_")).to_be_visible()
    inspect(page, "conflict")
    keyed(page, "eerst_zelf_oordelen").locator("label").first.click()
    expect(keyed(page, "formulier_oordeel")).to_be_visible()
    press(button(page, "oordeel_vastleggen"))
    expect(keyed(page, "fout_oordeel_").first).to_be_visible()
    inspect(page, "one's own judgement with errors")
    unroll(page.get_by_role("combobox", name="Stappen die u zou zetten"))
    press(page.get_by_role("option").first)
    page.keyboard.press("Escape")
    inspect(page, "one's own judgement, filled in")
    press(button(page, "oordeel_vastleggen"))
    expect(keyed(page, "kaart_oordeel")).to_be_visible()
    inspect(page, "one's own judgement beside the advice")


def test_a_calendar_that_is_open_and_an_address_that_is_not_there(
    page: Page, small: tuple[Server, Path]
) -> None:
    visit(page, f"{small[0].url}/protocollen")
    press(page.get_by_role("button", name="Kies een datum"))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert (violations(page), english(page)) == ([], [])
    page.goto(f"{small[0].url}/bestaat-niet")
    expect(page.get_by_role("dialog")).to_contain_text("Deze pagina is er niet")
    settled(page)
    assert (violations(page), english(page)) == ([], [])


def test_knowledge_that_breaks(page: Page, small: tuple[Server, Path]) -> None:
    server, knowledge = small
    broken = knowledge / "feiten" / "proef.yaml"
    good = broken.read_text(encoding="utf-8")
    broken.write_text(good.replace("soort: ja_nee", "soort: jan_ee"), encoding="utf-8")
    try:
        visit(page, server.url)
        press(keyed(page, "kennis_fouten_uitklap").locator("summary"))
        inspect(page, "the last good knowledge")
        server.stop()
        expect(page.get_by_role("dialog")).to_be_visible(timeout=60_000)
        assert (violations(page), english(page)) == ([], [])
        server.start()
        page.goto(server.url)
        expect(page.get_by_text("Leidraad kan nu geen advies geven")).to_be_visible()
        inspect(page, "no good knowledge")
    finally:
        broken.write_text(good, encoding="utf-8")


def test_a_record_that_does_not_work(page: Page, tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("dit is geen map", encoding="utf-8")
    for server in _serve(Server(tmp_path / "bezet")):
        page.goto(server.url)
        expect(page.get_by_text("Het dossier werkt niet.")).to_be_visible()
        inspect(page, "no record")

"""The manual for the professional, walked chapter by chapter; every picture in it is taken here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, ROOT, Picture, Server, settled
from tests.e2e.steps import (
    FIRST_EXAMPLE,
    ONE_QUESTION,
    REASONS,
    answer,
    button,
    keyed,
    open_case,
    press,
    unroll,
    visit,
)
from tests.e2e.team import a_team_decided, decided_long_ago, deviated_before
from tests.e2e.test_paths import HEALTH, answer_with, choose_question
from ui.text import LOCAL

pytestmark = pytest.mark.browser

MEASURE = "maatregel-002-eerste-melding"
CONFLICT = "samenhang-83-werk-lukt-thuis-loopt-het-op"
DISPUTED = "samenhang-81-stil-bij-het-bedrijf"
SECOND_CHANCE = "samenhang-82-alleen-naam-en-adres"
SCREEN, PART = 1200, 700
"""Heights in pixels of a whole page and of a part of it, as far as a reader needs to see them."""

ANOTHER_STEP = "Bemiddel de cliënt nu rechtstreeks naar werk"
LAW = "Artikel 2 van de Scholingsregeling WW: het lesrooster past bij de zorg thuis."
ASKED = "Mag de opleiding langer duren? Een kortere is er hier niet, en een werkgever wacht."
INSTEAD = "We vragen de opleider om de plaats twee weken vast te houden."


def area(page: Page, name: str) -> Locator:
    """Find one of the three areas of the page of a case."""
    return keyed(page, f"vlak_{name}")


def first_card(page: Page) -> Locator:
    """Find the first step that can be decided on."""
    return keyed(page, "kaart_geldt_").or_(keyed(page, "kaart_voorlopig_")).first


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give a folder a name that means something to a reader: two pictures show it."""
    with TemporaryDirectory(prefix="leidraad-") as folder:
        yield Path(folder)


def test_the_list_and_a_new_case(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    picture(page, "lijst", at_most=SCREEN)
    press(button(page, "nieuwe_casus"))
    form = keyed(page, "formulier_nieuw")
    picture(page, "nieuwe-casus", form)
    press(page.get_by_role("button", name="Begin", exact=True))
    expect(page.get_by_text("Kies minstens een protocol.")).to_be_visible()
    picture(page, "nieuwe-casus-fouten", form)


def test_everything_that_matters_now(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    press(button(page, "nieuwe_casus"))
    page.get_by_text("Alles wat nu speelt").click()
    unroll(page.get_by_role("combobox", name="Wie behandelt deze casus?"))
    press(page.get_by_role("option", name="UWV"))
    press(page.get_by_role("button", name="Begin", exact=True))
    expect(page.get_by_text("alles wat nu speelt")).to_be_visible()
    picture(page, "alles-wat-nu-speelt", at_most=SCREEN)


def test_the_questions(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    picture(page, "eerste-vraag", at_most=SCREEN)
    press(keyed(page, "onbekend_").get_by_role("button"))
    press(keyed(page, "betwist_").get_by_role("button", name="Partijen zijn het niet eens"))
    expect(page.get_by_text("Wie zegt wat?")).to_be_visible()
    picture(page, "betwist-antwoord", keyed(page, "vraag_kaart_"))
    press(button(page, "alle_casussen"))
    open_case(page, DISPUTED)
    picture(page, "antwoorden", keyed(page, "antwoordenlijst"))


def test_what_only_a_doctor_knows(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, MEASURE)
    choose_question(page, HEALTH[0][0])
    picture(page, "vraag-gezondheid", keyed(page, "vraag_kaart_"))
    for asked, fact, option in HEALTH:
        choose_question(page, asked)
        answer_with(page, fact, option)
    ordered = keyed(page, "kaart_geldt_").filter(
        has_text="Vraag een medisch-arbeidskundig advies over wat de cliënt kan"
    )
    picture(page, "advies-vragen", ordered.first)


def test_the_next_steps(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, SECOND_CHANCE)
    picture(page, "drie-vlakken", at_most=SCREEN)
    picture(page, "stap", keyed(page, "kaart_geldt_").first)
    press(button(page, "alle_casussen"))
    open_case(page, ONE_QUESTION)
    picture(page, "voorlopig", area(page, "stappen"))
    press(button(page, "alle_casussen"))
    open_case(page, CONFLICT)
    picture(page, "tegenstrijdig", keyed(page, "kaart_tegenstrijdig_").first)


def test_the_reasoning(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, SECOND_CHANCE)
    press(keyed(page, "kaart_geldt_").nth(1).get_by_role("button", name="Waarom"))
    picture(page, "redenering", area(page, "redenering"))
    whole = keyed(page, "hele_redenering_")
    press(whole.locator("summary"))
    picture(page, "hele-redenering", whole)
    press(whole.locator("summary"))
    panel = keyed(page, "waarom_niet")
    press(panel.locator("summary").first)
    unroll(panel.get_by_role("combobox"))
    page.keyboard.type(ANOTHER_STEP)
    press(page.get_by_role("option", name=ANOTHER_STEP).first)
    expect(keyed(page, "waarom_regel_").first).to_be_visible()
    picture(page, "waarom-niet", panel, at_most=SCREEN)
    press(panel.locator("summary").first)
    press(keyed(page, "groep_geldt_niet").locator("summary"))
    picture(page, "geldt-niet", keyed(page, "groep_geldt_niet"), at_most=PART)
    press(keyed(page, "groep_geldt_niet").locator("summary"))
    fold = keyed(page, "redenering_kaart")
    press(fold.locator("summary"))
    picture(page, "kaart", fold)


def test_trying_other_answers(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    press(keyed(page, "manieren_advies").get_by_role("button").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat als")
    picture(page, "wat-als")


def test_own_judgement_first(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, SECOND_CHANCE)
    keyed(page, "eerst_zelf_oordelen").locator("label").click()
    form = keyed(page, "formulier_oordeel")
    expect(form).to_be_visible()
    unroll(form.get_by_role("combobox"))
    page.get_by_role("option").nth(1).click()
    page.keyboard.press("Escape")
    form.get_by_role("textbox", name="Waarom?").fill("Eerst wil ik weten wat er goed ging.")
    picture(page, "eigen-oordeel", at_most=SCREEN)
    press(button(page, "oordeel_vastleggen"))
    picture(page, "oordeel-vergeleken", keyed(page, "kaart_oordeel"))


def fill_deviation(page: Page, instead: str = INSTEAD) -> None:
    """Fill in the form to deviate, the way a professional would."""
    form = keyed(page, "formulier_afwijking_")
    form.get_by_text("De regel laat ruimte en ik weeg die anders").click()
    form.get_by_role("radiogroup").nth(1).locator("label").first.click()
    for text, said in zip(form.locator("textarea").all(), REASONS, strict=False):
        text.fill(said)
    form.locator("textarea").first.fill(LAW)
    form.locator("textarea").last.fill(instead)
    form.get_by_role("radiogroup").nth(2).locator("label").last.click()
    press(form.get_by_role("button", name="Afwijking vastleggen"))


def test_follow_and_deviate(tmp_path: Path, page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    deviated_before(tmp_path / "data")
    open_case(page, SECOND_CHANCE)
    card = keyed(page, "kaart_geldt_").first
    press(card.get_by_role("button", name="Volgen"))
    expect(card.get_by_text("U volgt dit advies")).to_be_visible()
    picture(page, "gevolgd", card)
    press(button(page, "alle_casussen"))
    open_case(page, ONE_QUESTION)
    card = keyed(page, "kaart_voorlopig_").first
    press(button(card, "afwijken_"))
    form = keyed(page, "formulier_afwijking_")
    press(keyed(form, "eerder_").locator("summary"))
    picture(page, "afwijken", card)
    press(form.get_by_role("button", name="Afwijking vastleggen"))
    expect(form.get_by_text("Nog niet opgeslagen")).to_be_visible()
    picture(page, "afwijken-onvolledig", card)
    fill_deviation(page)
    expect(card.get_by_text("U wijkt af van dit advies")).to_be_visible()
    keyed(card, "uitleg_").locator("summary").click()
    picture(page, "afgeweken", card)


def test_what_you_type(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    card = keyed(page, "kaart_voorlopig_").first
    press(button(card, "afwijken_"))
    fill_deviation(page, instead="Mevrouw Jansen belt de opleider. Zij heeft een depressie gehad.")
    expect(keyed(card, "bevestigen_")).to_be_visible()
    signature = keyed(card, "afwijking_decided_by_")
    picture(page, "privacy-vraag", keyed(card, "afwijking_instead_"), until=signature)


def test_put_it_before_someone(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    card = keyed(page, "kaart_voorlopig_").first
    press(button(card, "afwijken_"))
    press(button(card, "voorleggen_"))
    form = keyed(page, "formulier_voorleggen_")
    form.get_by_text("Een jurist").click()
    form.locator("textarea").fill(ASKED)
    form.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{datetime.now(LOCAL) + timedelta(days=7):%d%m%Y}")
    picture(page, "voorleggen", form)
    press(form.get_by_role("button", name="Vastleggen"))
    expect(card.get_by_text("Voorgelegd aan een jurist")).to_be_visible()
    picture(page, "voorgelegd", card)


def test_when_something_changes(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    card = keyed(page, "kaart_voorlopig_").first
    press(button(card, "afwijken_"))
    fill_deviation(page)
    answer(page, "Ja")
    picture(page, "besluit-nakijken", keyed(page, "kaart_vlaggen"))
    press(keyed(page, "tijdlijn_uitklap").locator("summary").first)
    picture(page, "tijdlijn", keyed(page, "tijdlijn_uitklap"))
    press(keyed(page, "verloop").locator("summary"))
    picture(page, "verloop", keyed(page, "verloop"))


def test_looking_back(tmp_path: Path, page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    decided_long_ago(tmp_path / "data", "c-p4x7nazien")
    visit(page, server.url)
    press(keyed(page, "blik_terug_").get_by_role("button"))
    back = keyed(page, "terugblik_").first
    back.locator("textarea").fill("De cliënt vond een kortere opleiding en rondde die af.")
    picture(page, "terugblik", back)
    press(button(page, "herkomst"))
    unroll(page.get_by_role("combobox", name="Wie zegt dit?"))
    press(page.get_by_role("option", name="De cliënt"))
    page.get_by_label("In welk document staat het?").fill("het gesprek van maart")
    picture(page, "wie-zegt-dit", page.get_by_test_id("stPopoverBody"))
    press(button(page, "herkomst_bewaren"))
    press(keyed(page, "verbetering_uitklap").locator("summary"))
    unroll(page.get_by_role("combobox", name="Wat klopt er niet?"))
    press(page.get_by_role("option").filter(has_text="volgen:"))
    page.get_by_label("Wat moet er staan, en waarom?").fill("De dag klopt niet: het was in juni.")
    picture(page, "verbetering", keyed(page, "verbetering_uitklap"))
    press(page.get_by_role("link", name="Bewaren en wissen"))
    unroll(page.get_by_role("combobox", name="Welke casus?"))
    press(page.get_by_role("option", name="c-p4x7nazien"))
    picture(page, "bewaren", at_most=SCREEN)


def test_the_note(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, MEASURE)
    press(keyed(page, "kaart_geldt_").first.get_by_role("button", name="Volgen"))
    press(keyed(page, "naar_verslag").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Verslag")
    picture(page, "verslag-dossier", at_most=SCREEN)
    page.get_by_text("Voor de cliënt", exact=True).click()
    picture(page, "verslag-client")


def test_the_draft_of_the_reasons(page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    answer(page, "Ja")
    card = keyed(page, "kaart_geldt_").filter(
        has=page.get_by_role("heading", name="Zet deze scholing in")
    )
    press(card.get_by_role("button", name="Volgen"))
    press(keyed(page, "naar_verslag").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Verslag")
    draft = page.get_by_role("heading", name="CONCEPT van de motivering")
    picture(
        page, "verslag-concept", draft, until=page.get_by_role("heading", name="Wat nog open is")
    )


def test_the_other_pages(page: Page, server: Server, picture: Picture) -> None:
    for name in ("protocollen", "zelfanalyse", "over"):
        visit(page, f"{server.url}/{name}")
        picture(page, name, at_most=SCREEN)


def test_what_a_team_learns(tmp_path: Path, page: Page, server: Server, picture: Picture) -> None:
    visit(page, server.url)
    a_team_decided(tmp_path / "data")
    visit(page, f"{server.url}/leren")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leren van afwijken")
    picture(page, "leren")


def test_on_a_phone(page: Page, server: Server, picture: Picture) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visit(page, server.url)
    picture(page, "lijst", at_most=SCREEN)
    open_case(page, FIRST_EXAMPLE)
    picture(page, "vraag", keyed(page, "vraag_kaart_"))
    press(button(page, "alle_casussen"))
    open_case(page, ONE_QUESTION)
    picture(page, "voorlopig", area(page, "stappen"))
    picture(page, "redenering", area(page, "redenering"))
    press(keyed(page, "naar_verslag").get_by_role("link"))
    picture(page, "verslag-dossier", at_most=SCREEN)


@pytest.fixture
def own_knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the app read a copy of the knowledge, so that it can be broken."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    monkeypatch.setenv("LEIDRAAD_KENNIS", str(folder))
    return folder


def test_knowledge_that_is_broken(
    own_knowledge: Path, page: Page, server: Server, picture: Picture
) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    broken = next((own_knowledge / "protocollen" / "scholing").glob("*.yaml"))
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text.replace("norm: wet", "norm: wett", 1), encoding="utf-8")
    page.reload()
    settled(page)
    press(keyed(page, "kennis_fouten_uitklap").locator("summary"))
    picture(page, "kennis-stuk", at_most=PART)


def test_a_day_that_no_rules_cover(
    own_knowledge: Path, page: Page, server: Server, picture: Picture
) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    only = sorted((own_knowledge / "protocollen" / "scholing").glob("*.yaml"))
    for version in only[1:]:
        version.unlink()
    later = only[0].with_name("2030-01-01.yaml")
    text = only[0].read_text(encoding="utf-8")
    later.write_text(
        text.replace(f"geldig_vanaf: {only[0].stem}", "geldig_vanaf: 2030-01-01"),
        encoding="utf-8",
    )
    only[0].unlink()
    page.reload()
    expect(page.get_by_text("Voor deze casus is geen advies mogelijk")).to_be_visible()
    picture(page, "dag-zonder-regels")


def test_a_record_that_cannot_be_written(tmp_path: Path, page: Page, picture: Picture) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("this is no folder", encoding="utf-8")
    server = Server(in_the_way)
    server.start()
    try:
        page.goto(server.url)
        expect(page.get_by_text("Het dossier werkt niet")).to_be_visible()
        picture(page, "dossier-werkt-niet")
    finally:
        server.stop()

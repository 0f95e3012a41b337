"""The main job, done by someone who sees the app for the first time."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Picture, Server, settled
from tests.e2e.steps import (
    FIRST_EXAMPLE,
    ONE_QUESTION,
    answer_something,
    answers_given,
    button,
    keyed,
    open_case,
    press,
    question,
    visit,
)

pytestmark = pytest.mark.browser

MANY_QUESTIONS = 12
WEIGHING = "De opleiding is over een maand vol; wachten kost de cliënt een jaar."
INSTEAD = "We vragen de opleider om de plaats twee weken vast te houden."


def test_a_first_time_user_gets_an_advice_within_a_minute_and_it_lasts(
    page: Page, server: Server, picture: Picture
) -> None:
    began = time.monotonic()
    visit(page, server.url)
    expect(page.get_by_text("Fictief voorbeeld").first).to_be_visible()
    picture(page, "1-lijst")
    open_case(page, FIRST_EXAMPLE)
    expect(page.get_by_text("Er geldt nog geen advies")).to_be_visible()
    picture(page, "2-eerste-vraag")
    card = keyed(page, "kaart_geldt_").first
    for _ in range(MANY_QUESTIONS):
        if card.count():
            break
        answer_something(page)
    expect(card.get_by_role("heading")).to_be_visible()
    elapsed = time.monotonic() - began
    assert elapsed < 60
    expect(card).to_contain_text("Geldt")
    for part in ("Dit gaf de doorslag", "Waarop dit rust", "Bron", "Wat dit zou veranderen"):
        expect(keyed(page, "vlak_redenering")).to_contain_text(part)
    step = card.get_by_role("heading").inner_text()
    picture(page, "3-advies")

    press(button(card, "volgen_"))
    expect(card.get_by_text("U volgt dit advies")).to_be_visible()
    picture(page, "4-gevolgd")

    server.stop()
    server.start()
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    history = keyed(page, "kaart_besluit_")
    expect(history).to_have_count(1)
    expect(history).to_contain_text(f"U volgt dit advies: {step}")
    picture(page, "5-na-herstart")


def test_loading_the_page_again_keeps_the_case_open(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    title = page.get_by_role("heading", level=1).inner_text()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_back_button_of_the_browser_leads_to_the_list(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    title = page.get_by_role("heading", level=1).inner_text()
    page.go_back()
    expect(button(page, "nieuwe_casus")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_reading_a_protocol_in_between_keeps_the_case_open(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    title = page.get_by_role("heading", level=1).inner_text()
    press(page.get_by_role("link", name="Protocollen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Protocollen")
    press(page.get_by_role("link", name="Raadplegen"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_deviation_asks_what_is_missing_and_is_kept(
    page: Page, server: Server, picture: Picture
) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    card = keyed(page, "kaart_voorlopig_").first
    press(button(card, "afwijken_"))
    form = keyed(page, "formulier_afwijking_")
    areas = form.get_by_role("textbox").filter(visible=True)
    text_areas = form.locator("textarea")
    expect(areas.first).to_be_visible()
    text_areas.first.fill(WEIGHING)
    picture(page, "6-afwijken")
    press(form.get_by_role("button", name="Afwijking vastleggen"))
    expect(form.get_by_text("Nog niet opgeslagen")).to_be_visible()
    expect(form.get_by_text("Kies de grond om af te wijken.")).to_be_visible()
    expect(text_areas.first).to_have_value(WEIGHING)
    picture(page, "7-afwijken-onvolledig")

    form.get_by_text("De regel laat ruimte en ik weeg die anders").click()
    form.get_by_role("radiogroup").nth(1).locator("label").first.click()
    for area in text_areas.all():
        area.fill(WEIGHING)
    text_areas.last.fill(INSTEAD)
    decider = form.get_by_role("radiogroup").nth(2)
    decider.locator("label").last.click()
    press(form.get_by_role("button", name="Afwijking vastleggen"))
    # The same text twice is asked about; saving it once more is the answer.
    expect(form.get_by_text("Deze uitleg staat hierboven ook al").first).to_be_visible()
    press(form.get_by_role("button", name="Afwijking vastleggen"))
    expect(card.get_by_text("U wijkt af van dit advies")).to_be_visible()

    server.stop()
    server.start()
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    history = keyed(page, "kaart_besluit_")
    history.get_by_text("De uitleg").click()
    expect(history.get_by_text(INSTEAD)).to_be_visible()
    picture(page, "8-afwijking-in-verloop")


def test_an_answer_can_be_given_with_the_keyboard_alone(page: Page, server: Server) -> None:
    visit(page, server.url)
    _tab_to(page, f"open_{FIRST_EXAMPLE}")
    page.keyboard.press("Enter")
    expect(button(page, "alle_casussen")).to_be_visible()
    settled(page)
    before, asked = answers_given(page), question(page).inner_text()
    _tab_to(page, "antwoord_")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Wat we weten ({before + 1})")).to_be_visible()
    settled(page)
    expect(question(page)).not_to_have_text(asked)


def _tab_to(page: Page, key: str) -> None:
    """Press Tab until the focus is on the button with a key."""
    inside = """key => Boolean(document.activeElement?.closest(`[class*="st-key-${key}"]`))"""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(inside, key):
            return
    pytest.fail(f"{key} is not reached with the Tab key")


def test_a_double_click_answers_one_question_and_follows_once(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    before = answers_given(page)
    watch = """() => {
        const card = () => document.querySelector('[class*="st-key-vraag_kaart_"]');
        const asked = card().innerText;
        new MutationObserver((_, watcher) => {
            if (!card() || card().innerText === asked) return;
            window.pointerOnArrival = getComputedStyle(card()).pointerEvents;
            watcher.disconnect();
        }).observe(document.body, {subtree: true, childList: true, characterData: true});
    }"""
    page.evaluate(watch)
    keyed(page, "antwoorden_").get_by_role("button").first.dblclick()
    expect(page.get_by_role("heading", name=f"Wat we weten ({before + 1})")).to_be_visible()
    settled(page)
    assert answers_given(page) == before + 1
    # A second click that comes after the next question has appeared lands on nothing.
    assert page.evaluate("window.pointerOnArrival") == "none"

    press(button(page, "alle_casussen"))
    open_case(page, ONE_QUESTION)
    button(keyed(page, "kaart_voorlopig_").first, "volgen_").dblclick()
    expect(keyed(page, "kaart_besluit_")).to_have_count(1)
    settled(page)
    keyed(page, "verloop").get_by_text(re.compile("Alles wat is vastgelegd")).click()
    expect(keyed(page, "verloop").get_by_text("volgen")).to_have_count(1)


def test_the_button_of_the_form_does_not_move_away_under_a_click(
    page: Page, server: Server
) -> None:
    visit(page, server.url)
    watch = """() => {
        window.places = new Set();
        const look = () => {
            const found = document.querySelector('.st-key-nieuw_beginnen button');
            if (found) window.places.add(Math.round(found.getBoundingClientRect().top));
            requestAnimationFrame(look);
        };
        look();
    }"""
    page.evaluate(watch)
    # The fields come later on a slow machine, so that their coming is seen.
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    press(button(page, "nieuwe_casus"))
    expect(button(page, "nieuw_beginnen")).to_be_visible()
    settled(page)
    assert page.evaluate("window.places.size") == 1


def test_the_advice_follows_an_answer_without_a_visible_wait(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    measure = """answer => new Promise((done, fail) => {
        const page = () => document.querySelector('[data-testid="stMain"]');
        const list = () => page().innerText.match(/Wat we weten \\((\\d+)\\)/)?.[1];
        const before = list();
        const began = performance.now();
        new MutationObserver((_, watcher) => {
            if (!list() || list() === before) return;
            watcher.disconnect();
            done(performance.now() - began);
        }).observe(document.body, {subtree: true, childList: true, characterData: true});
        setTimeout(() => fail(new Error('no answer within 10 s')), 10000);
        answer.click();
    })"""
    took = []
    for _ in range(5):
        options = keyed(page, "antwoorden_").or_(keyed(page, "onbekend_")).get_by_role("button")
        took.append(options.first.evaluate(measure))
        settled(page)
    print(f"answer to new advice: {sorted(took)[2]:.0f} ms median, {max(took):.0f} ms at most")
    # The aim is 150 ms on a quiet machine; tests share theirs, so the bound only catches waits.
    assert sorted(took)[2] < 1000


def test_a_case_takes_along_another_protocol(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, FIRST_EXAMPLE)
    press(button(page, "protocollen_wijzigen"))
    keyed(page, "casus_protocollen_").locator("label", has_text="Diagnose").click()
    press(page.get_by_role("button", name="Bewaar"))
    expect(page.get_by_text("Diagnose, Scholing")).to_be_visible()
    # What was answered stays, and each step says which protocol it is of.
    expect(page.get_by_role("heading", name=re.compile(r"Wat we weten \([1-9]"))).to_be_visible()
    fold = keyed(page, "groep_te_bepalen").locator("summary")
    press(fold)
    expect(keyed(page, "groep_te_bepalen").get_by_text("Diagnose", exact=True)).to_be_visible()

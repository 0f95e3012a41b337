"""The main path without a mouse: the focus is always somewhere, seen, and where the work is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server, settled
from tests.e2e.steps import ONE_QUESTION, REASONS, answers_given, button, keyed, open_case, visit

pytestmark = pytest.mark.browser

TABS = 90
HERE = """() => {
    const one = document.activeElement;
    return one && one !== document.body ? `${one.tagName} ${one.innerText.slice(0, 200)}` : '';
}"""
# The ring is on the control itself, or on the box that is drawn for a field that is out of sight.
RING = """() => {
    for (let one = document.activeElement, up = 0; one && up < 4; one = one.parentElement, up++) {
        const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(one);
        if (outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2) return true;
        if (/0px 0px 0px [1-9]/.test(boxShadow)) return true;
    }
    return false;
}"""
IN_SIGHT = """() => {
    const one = document.activeElement.closest('label') ?? document.activeElement;
    if (one.tagName === 'MAIN') return true;  // the page itself, behind the bar at the top
    const box = one.getBoundingClientRect();
    const seen = document.elementFromPoint(
        box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 12));
    return Boolean(seen && (one.contains(seen) || seen.contains(one)));
}"""
INSIDE = """key => Boolean(document.activeElement?.closest(`[class*="st-key-${key}"]`))"""


def tab_to(page: Page, key: str, *, back: bool = False) -> None:
    """Press Tab until the focus is in what has a key; it is seen at every stop on the way."""
    for _ in range(TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        here = page.evaluate(HERE)
        # After the last control the browser has the focus itself, and then it begins again.
        if here:
            assert page.evaluate(RING), f"no ring on {here}"
            assert page.evaluate(IN_SIGHT), f"out of sight: {here}"
        if page.evaluate(INSIDE, key):
            return
    pytest.fail(f"{key} is not reached with the Tab key")


def enter(page: Page, key: str = "Enter") -> str:
    """Press a key on what has the focus; say what has it when the page is complete."""
    page.keyboard.press(key)
    page.wait_for_timeout(150)
    settled(page)
    page.wait_for_timeout(150)
    return str(page.evaluate(HERE))


def test_from_the_list_to_a_recorded_deviation(page: Page, server: Server) -> None:
    visit(page, server.url)
    tab_to(page, f"open_{ONE_QUESTION}")
    assert enter(page).startswith("H1")
    expect(button(page, "alle_casussen")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()

    tab_to(page, "waarom_")
    assert enter(page) == "H2 De redenering"
    tab_to(page, "terug_naar_stap")
    page.keyboard.press("Enter")
    assert page.evaluate(INSIDE, "waarom_")

    tab_to(page, "volgen_", back=True)
    assert "U volgt dit advies" in enter(page)
    tab_to(page, "herzien_")
    assert enter(page).startswith("H3")
    tab_to(page, "afwijken_")
    assert enter(page) == "H4 Waarom wijkt u af?"

    tab_to(page, "afwijking_vastleggen_")
    enter(page)
    # What is wrong first has the focus, and says so itself.
    assert page.evaluate(INSIDE, "afwijking_kind_")
    described = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
    )
    assert "Kies" in described
    page.keyboard.press("Space")
    chosen = "document.activeElement.closest('label').innerText"
    while "ik weeg die anders" not in page.evaluate(chosen):
        page.keyboard.press("ArrowDown")
    tab_to(page, "afwijking_ground_")
    page.keyboard.press("Space")
    form = keyed(page, "formulier_afwijking_")
    for area, said in zip(form.locator("textarea").all(), REASONS, strict=False):
        while not area.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.type(said)
    tab_to(page, "afwijking_decided_by_")
    # The explanation of a field comes before the field itself.
    while not page.evaluate("document.activeElement.matches('input')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "afwijking_vastleggen_")
    assert "U wijkt af van dit advies" in enter(page)


def test_the_next_question_has_the_focus_after_an_answer(page: Page, server: Server) -> None:
    visit(page, server.url)
    open_case(page, "scholing-02-wga-eerste-gesprek")
    tab_to(page, "antwoord_")
    for _ in range(3):
        before = answers_given(page)
        landed = enter(page)
        asked = keyed(page, "vraag_kaart_").get_by_role("heading").first.inner_text()
        assert landed == f"H3 {asked}"
        assert answers_given(page) == before + 1
        assert page.evaluate(RING)
        tab_to(page, "antwoord_")
    tab_to(page, "wijzig_")
    assert enter(page).startswith("H3")
    assert page.evaluate(INSIDE, "vraag_kaart_")


def test_the_skip_link_comes_first_and_leads_to_the_page(page: Page, server: Server) -> None:
    visit(page, server.url)
    page.keyboard.press("Tab")
    assert page.evaluate(HERE) == "A Naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, "nieuwe_casus")

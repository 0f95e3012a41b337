"""What a user does on the page, found by what is on it and not by position."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import settled

FIRST_EXAMPLE = "scholing-02-wga-eerste-gesprek"
ONE_QUESTION = "scholing-20-ww-achttien-maanden"
FIRST_PAGE = 60_000
REASONS = (
    "De opleiding is over een maand vol. Wachten kost de cliënt een jaar.",
    "De cliënt wil dit graag en heeft de opvang van de kinderen al geregeld.",
    "Zonder deze stap staat de cliënt straks weer zonder inkomen uit werk.",
    "De werkgever houdt de plaats nog twee weken vrij, daarna niet meer.",
    "Een kortere weg is met de cliënt besproken en bleek niet haalbaar.",
)
"""Each its own words: a text that comes back is asked about."""


def keyed(page: Page | Locator, key: str) -> Locator:
    """Find what has a key, or the keys that begin with it when it ends in an underscore."""
    match = "*" if key.endswith("_") else "~"
    return page.locator(f'[class{match}="st-key-{key.replace(".", "-")}"]')


def button(page: Page | Locator, key: str) -> Locator:
    """Find the button with a key."""
    return keyed(page, key).get_by_role("button")


def press(target: Locator) -> None:
    """Press what changes the page, once nothing moves any more, and wait for what follows.

    A button can still move while the page is drawn, and a click beside it is no click.
    """
    page = target.page
    # What comes with the run that is going on, can still be drawn once more before it ends.
    target.wait_for()
    settled(page)
    target.click()
    # The app says that it runs a moment after the click, not at once.
    page.wait_for_timeout(250)
    settled(page)


def unroll(target: Locator) -> None:
    """Open a list of choices; one that opens while the page still scrolls closes again."""
    target.scroll_into_view_if_needed()
    target.page.wait_for_timeout(300)
    press(target)


def visit(page: Page, url: str) -> None:
    """Open the app and wait for its first page."""
    page.goto(url)
    # The first visit after a start reads all the knowledge and puts the examples in the record.
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=FIRST_PAGE)
    settled(page)


def open_case(page: Page, case: str) -> None:
    """Open a case from the list."""
    press(button(page, f"open_{case}"))
    expect(button(page, "alle_casussen")).to_be_visible()
    settled(page)


def question(page: Page) -> Locator:
    """Find the question that is in front."""
    return keyed(page, "vraag_kaart_").get_by_role("heading")


def answers_given(page: Page) -> int:
    """Count the answers in the list."""
    said = page.get_by_role("heading", name=re.compile(r"Wat we weten")).inner_text()
    return int(said.split("(")[1].rstrip(")"))


def answer(page: Page, name: str) -> None:
    """Press the answer with this name to the question in front, and wait for what follows."""
    before = answers_given(page)
    press(keyed(page, "antwoorden_").get_by_role("button", name=name, exact=True))
    _answered(page, before)


def answer_something(page: Page) -> None:
    """Answer the question in front, whatever it asks, the way a curious user would."""
    before = answers_given(page)
    options = keyed(page, "antwoorden_").get_by_role("button")
    if options.count():
        press(options.first)
    else:
        press(keyed(page, "onbekend_").get_by_role("button"))
    _answered(page, before)


def _answered(page: Page, before: int) -> None:
    expect(page.get_by_role("heading", name=f"Wat we weten ({before + 1})")).to_be_visible()
    settled(page)

"""After a decision, in a real browser: look back, put something right, and erase for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.course import ERASURE_GROUND
from engine.decisions import ErasureGround
from engine.prose import capital
from tests.e2e.access import inspect
from tests.e2e.conftest import Server
from tests.e2e.steps import ONE_QUESTION, button, keyed, open_case, press, unroll, visit
from tests.e2e.team import decided_long_ago

pytestmark = pytest.mark.browser

CASE = "c-nazien"
SOURCE = "het gesprek van maart"
REASON = ERASURE_GROUND[ErasureGround.REQUEST]


@pytest.fixture
def decided(server: Server, tmp_path: Path) -> str:
    """A case of the user's own with a decision of four months ago; the reference of the case."""
    decided_long_ago(tmp_path / "data", CASE)
    return CASE


def test_from_what_is_due_to_a_correction_and_erasure(
    page: Page, server: Server, decided: str
) -> None:
    visit(page, server.url)
    expect(page.get_by_role("heading", name="Om op terug te blikken (1)")).to_be_visible()
    inspect(page, "list with what is due")

    # The page goes to the form, also for who works from the keyboard.
    press(keyed(page, "blik_terug_").get_by_role("button"))
    back = keyed(page, "terugblik_").first
    expect(back.get_by_text("Wat is er sindsdien gebeurd?")).to_be_visible()
    expect(back.locator("summary")).to_be_focused()
    expect(back.locator("summary")).to_be_in_viewport()
    inspect(page, "look back")

    # Where an answer comes from; one click stays enough for the answer itself.
    press(button(page, "herkomst"))
    inspect(page, "where answers come from")
    unroll(page.get_by_role("combobox", name="Wie zegt dit?"))
    press(page.get_by_role("option", name="De cliënt"))
    page.get_by_label("In welk document staat het?").fill(SOURCE)
    press(button(page, "herkomst_bewaren"))
    expect(page.get_by_role("button", name=f"volgens de cliënt uit '{SOURCE}'")).to_be_visible()
    press(keyed(page, "antwoorden_").get_by_role("button", name="Ja", exact=True))
    said = page.get_by_role("button", name=f"(volgens de cliënt uit '{SOURCE}')")
    expect(said).to_have_count(1)

    press(keyed(page, "verbetering_uitklap").locator("summary"))
    press(button(page, "verbetering_vastleggen"))
    expect(page.get_by_text("Kies wat er niet klopt.")).to_be_visible()
    inspect(page, "correction with errors")
    unroll(page.get_by_role("combobox", name="Wat klopt er niet?"))
    press(page.get_by_role("option").filter(has_text="volgen:"))
    page.get_by_label("Wat moet er staan, en waarom?").fill("De dag klopt niet: het was in juni.")
    press(button(page, "verbetering_vastleggen"))
    expect(page.get_by_text("Wat er stond, is bewaard.")).to_be_visible()
    expect(page.get_by_text("Verbeterd op").first).to_be_visible()
    inspect(page, "corrected")

    press(page.get_by_role("link", name="Bewaren en wissen"))
    expect(page.get_by_text("De termijn van 5 jaar is een aanname.")).to_be_visible()
    unroll(page.get_by_role("combobox", name="Welke casus?"))
    press(page.get_by_role("option", name=decided))
    with page.expect_download() as download:
        keyed(page, f"inzage_{decided}").get_by_role("button").click()
    assert download.value.suggested_filename == f"inzage-{decided}.zip"
    press(button(page, "wissen"))
    expect(page.get_by_text("Kies waarom u deze casus wist.")).to_be_visible()
    inspect(page, "erasure with errors")
    page.get_by_text(capital(REASON)).click()
    page.get_by_label("Typ het kenmerk van de casus om te bevestigen").fill(decided)
    press(button(page, "wissen"))
    expect(page.get_by_text(f"Casus {decided} is voorgoed gewist.")).to_be_visible()
    press(keyed(page, "bewaren_gewist").locator("summary"))
    expect(page.get_by_text(REASON)).to_be_visible()
    inspect(page, "erased")
    press(page.get_by_role("link", name="Raadplegen"))
    expect(page.get_by_text("Casus om na te zien")).to_have_count(0)


def test_who_comes_second_is_brought_to_what_changed(
    page: Page, browser: Browser, server: Server
) -> None:
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    other = browser.new_page()
    visit(other, server.url)
    open_case(other, ONE_QUESTION)
    press(keyed(other, "antwoorden_").get_by_role("button", name="Ja", exact=True))
    other.close()
    press(keyed(page, "antwoorden_").get_by_role("button", name="Nee", exact=True))
    told = page.get_by_text("Er is nog niets opgeslagen")
    expect(told).to_be_in_viewport()
    expect(keyed(page, "meldingen_fout")).to_be_focused()
    expect(page.get_by_text("U, in een ander venster")).to_be_in_viewport()
    inspect(page, "who comes second")
    press(keyed(page, "antwoorden_").get_by_role("button", name="Nee", exact=True))
    expect(told).to_have_count(0)

"""The workshop from the keyboard and with the mouse: a threshold, whom it touches, a proposal."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import inspect, violations
from tests.e2e.conftest import PHONE, WIDE, Picture, Server, settled
from tests.e2e.steps import button, press, unroll, visit
from tests.e2e.test_look import check

pytestmark = pytest.mark.browser

WORK = 120_000
"""Milliseconds that looking at all cases twice may take on a slow machine."""


def open_protocol(page: Page, server: Server, part: str) -> None:
    """Open the protocol on schooling, at one of its parts."""
    visit(page, f"{server.url}/werkplaats?protocol=scholing")
    press(page.get_by_role("tab", name=part))


def marks(page: Page) -> list[str]:
    """The numbers of the lines that have a mark for a mistake."""
    found: list[str] = page.evaluate(
        """() => {
            const back = [...document.querySelectorAll('*')].map(one => one.shadowRoot)
                .find(one => one?.querySelector('textarea')).querySelector('.back');
            return [...back.children].flatMap(
                (row, index) => row.dataset.mark === 'fout' ? [String(index + 1)] : []);
        }"""
    )
    return found


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=lambda size: str(size[0]))
def test_a_mistake_shows_on_its_line_and_the_keyboard_gets_out(
    page: Page, server: Server, picture: Picture, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_protocol(page, server, "Bewerken")
    area = page.get_by_label("Tekst van protocollen/scholing/")
    expect(page.get_by_text("Geen fouten gevonden.")).to_be_visible()
    # What is typed lies exactly over what is in colours.
    assert area.evaluate("one => one.scrollHeight - one.parentElement.clientHeight") == 0
    area.focus()
    # At the end of the second line; on a phone that is not the second that is seen.
    area.evaluate(
        """one => {
            const end = one.value.indexOf("\\n", one.value.indexOf("\\n") + 1);
            one.setSelectionRange(end, end);
        }"""
    )
    page.keyboard.type(": fout")
    expect(page.get_by_text("Gevonden: 1 fout.")).to_be_visible()
    assert marks(page) == ["2"]
    mistake = page.get_by_role("button", name=re.compile("^Fout, regel 2:"))
    expect(mistake).to_be_visible()
    settled(page)
    check(page)
    assert violations(page) == []
    picture(page, "60-werkplaats-fout")
    # Tab leaves the text, and what was found leads back to the place.
    area.focus()
    page.keyboard.press("Tab")
    expect(mistake).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Control+z")
    expect(page.get_by_text("Geen fouten gevonden.")).to_be_visible()
    assert marks(page) == []


def test_a_threshold_becomes_a_proposal_that_says_whom_it_touches(
    page: Page, server: Server, picture: Picture, tmp_path: Path
) -> None:
    open_protocol(page, server, "Bewerken")
    press(page.get_by_role("radio", name="Een grens"))
    page.get_by_label("Nieuwe waarde, in maanden").fill("6")
    source = page.get_by_role("combobox", name="Bron")
    unroll(source)
    # The list is long, and what is far down it is drawn once someone looks for it.
    source.fill("Beleidsregels scholing")
    press(page.get_by_role("option", name=re.compile("^Beleidsregels scholing UWV")))
    page.get_by_label("Plaats in de bron").fill("toets noodzakelijk")
    page.get_by_label("Waarom deze waarde").fill("Een verzonnen reden voor de toets.")
    press(page.get_by_role("button", name="Zet deze waarde erbij"))
    expect(page.get_by_text("De nieuwe waarde staat in uw voorstel.")).to_be_visible()
    press(page.get_by_role("tab", name="Eén cliënt"))
    expect(page.get_by_role("heading", name="Met uw versie")).to_be_visible()
    check(page)
    picture(page, "61-werkplaats-client")
    press(page.get_by_role("tab", name="Gevolgen"))
    page.get_by_role("button", name="Zoek uit wie dit raakt").click()
    touched = page.get_by_text(re.compile(r"Bij \d+ verandert een advies")).first
    expect(touched).to_be_visible(timeout=WORK)
    settled(page)
    check(page)
    assert violations(page) == []
    picture(page, "62-werkplaats-gevolgen")
    press(page.get_by_role("tab", name="Voorstel"))
    why = page.get_by_role("textbox", name="Wat verandert u, en waarom?")
    why.fill("De langste duur bij UWV wordt 6 maanden.")
    why.blur()
    settled(page)
    with page.expect_download() as download:
        button(page, "werkplaats_voorstel_zip").click()
    packed = tmp_path / "voorstel.zip"
    download.value.save_as(packed)
    with ZipFile(packed) as found:
        assert set(found.namelist()) == {
            "knowledge/parameters/scholing.yaml",
            "VOORSTEL-scholing.md",
        }
        text = found.read("knowledge/parameters/scholing.yaml").decode()
    assert "      # De langste duur bij UWV wordt 6 maanden.\n" in text
    assert re.search(r"# Vergeleken: \d+ casussen\. Bij \d+ verandert een advies", text)
    assert "waarde: 6\n" in text
    check(page)
    picture(page, "63-werkplaats-voorstel")


def test_every_part_is_there_for_who_hears_it(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/werkplaats")
    inspect(page, "list")
    open_protocol(page, server, "Lezen")
    for part in ("Lezen", "Redenering", "Controles", "Bewerken", "Eén cliënt"):
        press(page.get_by_role("tab", name=part))
        inspect(page, part)
    press(page.get_by_role("tab", name="Bewerken"))
    press(page.get_by_role("radio", name="Eén regel"))
    inspect(page, "form")
    page.get_by_label("Titel").fill("Een andere titel")
    press(page.get_by_role("button", name="Zet dit in de nieuwe versie"))
    inspect(page, "changed")
    press(page.get_by_role("radio", name="Een grens"))
    press(page.get_by_role("button", name="Zet deze waarde erbij"))
    inspect(page, "threshold with mistakes")
    for part in ("Eén cliënt", "Gevolgen", "Voorstel"):
        press(page.get_by_role("tab", name=part))
        inspect(page, part)


def test_work_that_takes_long_says_how_far_it_is_and_stops(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/werkplaats")
    page.get_by_role("button", name="Kijk alles na").click()
    expect(page.get_by_text(re.compile(r"\d+% klaar"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Kijk alles na")).to_be_visible(timeout=WORK)
    expect(page.get_by_text("Gedekt:")).to_have_count(0)

"""What every page must be, on every screen: it fits, it can be read, and it is in Dutch."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, TABLET, WIDE, Picture, Server, settled
from tests.e2e.steps import ONE_QUESTION, answer, button, keyed, open_case, press, unroll, visit

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [WIDE, TABLET, PHONE], ids=lambda size: str(size[0]))

# Every piece of text with the colour behind it; icons are letters in a font and are left out.
CONTRASTS = """() => {
    const read = colour => {
        const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
        return {rgb: [r, g, b], a};
    };
    const over = (top, under) => top.rgb.map((v, i) => v * top.a + under[i] * (1 - top.a));
    const light = rgb => {
        const [r, g, b] = rgb.map(v => v / 255).map(
            v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = element => {
        const layers = [];
        for (let one = element; one; one = one.parentElement)
            layers.unshift(read(getComputedStyle(one).backgroundColor));
        return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
    };
    const fade = element => {
        let left = 1;
        for (let one = element; one; one = one.parentElement)
            left *= Number(getComputedStyle(one).opacity);
        return left;
    };
    const poor = [];
    for (const element of document.querySelectorAll('[data-testid="stApp"] *')) {
        const text = [...element.childNodes].filter(
            node => node.nodeType === 3).map(node => node.data.trim()).join('');
        const box = element.getBoundingClientRect();
        if (!text || !box.width || !box.height || element.closest('script, style')) continue;
        const style = getComputedStyle(element);
        if (style.visibility === 'hidden' || /Material/.test(style.fontFamily)) continue;
        if (element.closest('[disabled], [aria-hidden="true"]')) continue;
        const under = behind(element);
        const ink = read(style.color);
        ink.a *= fade(element);
        const [a, b] = [light(over(ink, under)), light(under)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        if (ratio < (large ? 3 : 4.5)) poor.push(`${ratio.toFixed(2)} ${text.slice(0, 60)}`);
    }
    return poor;
}"""
TOO_WIDE = """() => ['html', '[data-testid="stMain"]'].filter(part => {
    const box = document.querySelector(part);
    return box.scrollWidth > box.clientWidth + 1;
})"""


def check(page: Page) -> None:
    settled(page)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CONTRASTS) == []
    assert page.evaluate("document.documentElement.lang") == "nl"
    levels = [int(item.evaluate("h => h.tagName[1]")) for item in page.get_by_role("heading").all()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_check_on_contrast_sees_text_that_is_too_faint(page: Page, server: Server) -> None:
    visit(page, server.url)
    page.get_by_role("heading", level=1).evaluate("h => h.style.color = '#999'")
    page.get_by_text("Deze cliënten bestaan niet").evaluate("p => p.style.opacity = '0.7'")
    poor = page.evaluate(CONTRASTS)
    assert len(poor) == 2
    assert "Over welke" in poor[0]


@SIZES
def test_every_state_of_the_consult_page(
    page: Page, server: Server, picture: Picture, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, server.url)
    check(page)
    open_case(page, ONE_QUESTION)
    # Someone who opens a case from far down the list starts at its top.
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    check(page)
    picture(page, "20-voorlopig")
    press(button(keyed(page, "kaart_voorlopig_").first, "afwijken_"))
    press(page.get_by_role("button", name="Afwijking vastleggen"))
    expect(page.get_by_text("Nog niet opgeslagen")).to_be_visible()
    check(page)
    picture(page, "21-afwijken")
    press(page.get_by_role("button", name="Toch niet afwijken"))
    answer(page, "Ja")
    for fold in ("groep_vervalt", "groep_geldt_niet", "verloop"):
        keyed(page, fold).locator("summary").click()
    check(page)
    picture(page, "22-alles-open")


@SIZES
def test_a_new_case_from_the_first_question(
    page: Page, server: Server, picture: Picture, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, server.url)
    press(button(page, "nieuwe_casus"))
    press(page.get_by_role("button", name="Begin", exact=True))
    expect(page.get_by_text("Kies de instantie die de casus behandelt.")).to_be_visible()
    check(page)
    picture(page, "30-nieuwe-casus")
    keyed(page, "nieuw_protocollen-scholing").locator("label").click()
    unroll(page.get_by_role("combobox", name="Wie behandelt deze casus?"))
    press(page.get_by_role("option", name="UWV"))
    press(page.get_by_role("button", name="Begin", exact=True))
    expect(page.get_by_text("Nog niets. Uw antwoorden komen hier te staan")).to_be_visible()
    check(page)
    picture(page, "31-lege-casus")


@SIZES
@pytest.mark.parametrize(
    "name", ["verslag", "protocollen", "intervisie", "leren", "zelfanalyse", "over"]
)
def test_the_pages_to_read(
    page: Page, server: Server, picture: Picture, size: tuple[int, int], name: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, f"{server.url}/{name}")
    check(page)
    picture(page, f"40-{name}")

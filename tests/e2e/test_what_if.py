"""Trying other answers beside a case, from the first look to taking them over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, WIDE, Picture, Server, settled
from tests.e2e.steps import ONE_QUESTION, answers_given, button, keyed, open_case, press, visit
from tests.e2e.test_look import check

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=lambda size: str(size[0]))
def test_a_trial_from_the_first_change_to_the_case(
    page: Page, server: Server, picture: Picture, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, server.url)
    open_case(page, ONE_QUESTION)
    before = answers_given(page)
    title = page.get_by_role("heading", level=1).inner_text()
    press(keyed(page, "naar_wat_als").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat als")
    expect(page.get_by_text("Niets hiervan wordt vastgelegd")).to_be_visible()
    check(page)
    picture(page, "50-wat-als-leeg")

    # Two answers that are known, and a question that is still open.
    for place, offered in enumerate(("(nu:", "(nu:", "(nog niet gevraagd)")):
        press(keyed(page, "proef_feit_").get_by_role("combobox"))
        # The list only holds what is in sight; typing brings the rest there.
        page.keyboard.type(offered.strip("()"))
        found = page.get_by_role("option").filter(has_text=offered)
        press(found.nth(place) if offered == "(nu:" else found.first)
        options = keyed(page, "proef_antwoorden_").get_by_role("button")
        if options.count():
            fresh = options.filter(has_not_text="radio_button_checked")
            press(fresh.first)
        else:
            press(keyed(page, "proef_onbekend_").get_by_role("button"))
        expect(
            page.get_by_role("heading", name=re.compile(rf"Uw proef \({place + 1}"))
        ).to_be_visible()
    expect(keyed(page, "proef_wat_als")).to_be_visible()
    expect(page.get_by_text(re.compile("was: .*, wordt: ")).first).to_be_visible()
    check(page)
    picture(page, "51-wat-als")

    press(keyed(page, "proef_terug_").get_by_role("button").first)
    expect(page.get_by_role("heading", name=re.compile(r"Uw proef \(2"))).to_be_visible()
    press(button(page, "proef_overnemen_vragen"))
    expect(page.get_by_text("Wilt u deze 2 antwoorden vastleggen?")).to_be_visible()
    check(page)
    picture(page, "52-wat-als-overnemen")
    button(page, "proef_overnemen").dblclick()
    expect(page.get_by_text("Nog niets: de proef is gelijk aan de casus.")).to_be_visible()
    settled(page)

    press(keyed(page, "proef_casus").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    # One of the two was asked for the first time.
    assert answers_given(page) == before + 1
    fold = keyed(page, "verloop").get_by_text(re.compile("Alles wat is vastgelegd"))
    expect(fold).to_contain_text("(2)")

"""Logging in at a real identity provider, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.decisions import Party, PartyKind, Record, Role
from tests.auth.conftest import Team, put_clock_ahead
from tests.decisions import world

pytestmark = pytest.mark.browser

EXAMPLE = "Deze cliënten bestaan niet"


def log_in(page: Page, url: str, who: str) -> None:
    """Go to the app and log in at the provider, as someone does."""
    page.goto(url)
    page.get_by_role("button", name="aanmelden").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.get_by_test_id("stApp")).to_be_visible()


def record_of(folder: Path) -> Record:
    return Record.open(f"sqlite:///{folder / 'data' / 'leidraad.db'}")


def person(record: Record, email: str) -> str:
    return record.people.look_up(email).id


def test_from_unknown_to_known_to_gone(team: Team, page: Page, tmp_path: Path) -> None:
    server = team(3600)
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Meld u aan")).to_be_visible()
    expect(page.get_by_text(EXAMPLE)).to_have_count(0)
    expect(page.get_by_role("link", name="Protocollen")).to_have_count(0)

    log_in(page, server.url, "an")
    expect(page.get_by_role("heading", name="U hebt nog geen rol")).to_be_visible()
    expect(page.get_by_text(EXAMPLE)).to_have_count(0)
    expect(page.get_by_role("link", name="Protocollen")).to_have_count(0)
    with record_of(tmp_path) as record:
        an = person(record, "an@example.org")
        expect(page.get_by_text(an)).to_be_visible()
        record.people.give_role(an, Role.PROFESSIONAL, by="toets")

    page.reload()
    expect(page.get_by_text("An de Boer · professional")).to_be_visible()
    expect(page.get_by_text(EXAMPLE)).to_be_visible()
    expect(page.get_by_role("button", name="Nieuwe casus")).to_be_visible()

    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_text("An de Boer · professional")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Meld u aan")).to_be_visible()
    expect(page.get_by_text(EXAMPLE)).to_have_count(0)


def test_the_case_of_a_colleague_is_not_there_until_it_is_shared(
    team: Team, page: Page, tmp_path: Path
) -> None:
    server = team(3600)
    log_in(page, server.url, "an")
    expect(page.get_by_role("heading", name="U hebt nog geen rol")).to_be_visible()
    with record_of(tmp_path) as record:
        an = person(record, "an@example.org")
        record.people.give_role(an, Role.PROFESSIONAL, by="toets")
        case = "c-vananders"
        opened = world.a_case(case)
        record.open_case(
            type(opened)(case, opened.reference_date, "uwv", ("scholing",)),
            title="Casus van Bo",
            story="",
            actor="p-bo",
        )
        page.goto(f"{server.url}/?casus={case}")
        expect(page.get_by_text("Deze casus staat niet in het dossier")).to_be_visible()
        expect(page.get_by_text("Casus van Bo")).to_have_count(0)
        record.sharing.share(case, Party(PartyKind.PERSON, an), actor="p-bo")
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Met u gedeeld")).to_be_visible()
    page.goto(f"{server.url}/?casus={case}")
    expect(page.get_by_role("heading", name="Casus van Bo")).to_be_visible()


def test_nothing_is_recorded_once_the_login_has_ended(
    team: Team, page: Page, tmp_path: Path
) -> None:
    lifetime = 9 * 60
    server = team(lifetime)
    log_in(page, server.url, "an")
    expect(page.get_by_role("heading", name="U hebt nog geen rol")).to_be_visible()
    with record_of(tmp_path) as record:
        an = person(record, "an@example.org")
        record.people.give_role(an, Role.PROFESSIONAL, by="toets")
    page.reload()
    page.get_by_role("button", name="Open deze casus").first.click()
    expect(page.get_by_role("heading", name="Volgende stappen")).to_be_visible()
    expect(page.get_by_text("Uw aanmelding verloopt binnen tien minuten")).to_be_visible()
    with record_of(tmp_path) as record:
        case = re.search(r"casus=([\w-]+)", page.url)
        assert case is not None
        before = record.history(case[1])
        put_clock_ahead(tmp_path, lifetime)
        page.get_by_role("button", name="Volgen").first.click()
        expect(page.get_by_text("Er is niets vastgelegd").first).to_be_visible()
        expect(page.get_by_text("Uw aanmelding is verlopen").first).to_be_visible()
        assert record.history(case[1]) == before
    # Loading the page again is a new start, and asks who is there.
    page.reload()
    expect(page.get_by_role("heading", name="Meld u opnieuw aan")).to_be_visible()
    expect(page.get_by_role("heading", name="Volgende stappen")).to_have_count(0)

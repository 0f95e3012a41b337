"""Whatever someone types never becomes markup, a link, a picture or a script, on any page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.decisions import LOCAL_ID, Record
from tests.e2e.conftest import ROOT, Server, settled
from tests.e2e.steps import button, press, visit
from tests.hostile import CASE, CLEAN, LEAVINGS, Attacker, small_knowledge
from tests.hostile_meeting import hold

pytestmark = pytest.mark.browser

NAME = "Sam <b>Vet</b> [x](https://kwaad.invalid) # Kop"
PAGES = ("leren", "over", "protocollen", "verslag", "wat_als", "zelfanalyse", "bewaren")
NOT_ON_A_PAGE = {"an earlier answer", "an answer", "reason"}
FOLDED = '[data-testid="stExpander"] details:not([open]) > summary:not([inert] *)'


@pytest.fixture
def attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, Attacker]]:
    """Start the app on a record with attacks in every text."""
    kennis = small_knowledge(tmp_path)
    attacker = Attacker(kennis)
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("LEIDRAAD_DATABASE_URL", raising=False)
    with Record.open() as record:
        today = datetime.now(UTC).date()
        attacker.fill(record, LOCAL_ID, today)
        attacker.meeting = hold(attacker, record, LOCAL_ID, today)
    server = Server(
        tmp_path / "data",
        LEIDRAAD_KENNIS=str(kennis),
        LEIDRAAD_CASUSSEN=str(ROOT / "tests" / "app" / "casussen"),
        LEIDRAAD_GEBRUIKER=NAME,
    )
    server.start()
    yield server, attacker
    server.stop()
    assert "Traceback" not in "".join(server.said), "".join(server.said)


def open_all(page: Page) -> None:
    """Open everything that is folded away, also what that brings."""
    while (folded := page.locator(FOLDED).filter(visible=True)).count():
        press(folded.first)


def check(page: Page, where: str) -> None:
    settled(page)
    assert page.evaluate(LEAVINGS) == CLEAN, where


def test_what_is_typed_stays_text(page: Page, attacked: tuple[Server, Attacker]) -> None:
    server, attacker = attacked
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    visit(page, server.url)
    check(page, "de lijst")
    press(button(page, f"open_{CASE}"))
    expect(button(page, "alle_casussen")).to_be_visible()
    open_all(page)
    check(page, "de casus")
    seen = page.get_by_test_id("stMain").inner_text()
    for name in PAGES:
        page.goto(f"{server.url}/{name}?casus={CASE}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settled(page)
        open_all(page)
        check(page, name)
        seen += page.get_by_test_id("stMain").inner_text()
    for screen in ("", "&scherm=groep"):
        page.goto(f"{server.url}/intervisie?sessie={attacker.meeting}{screen}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settled(page)
        open_all(page)
        check(page, f"intervisie{screen}")
        seen += page.get_by_test_id("stMain").inner_text()
    assert not [url for url in asked if "kwaad" in url]
    # What was tried is really there to be seen, so that this can't pass on empty pages.
    begins = {what: text.split(":")[0].strip() for what, text in attacker.typed.items()}
    assert {what for what, begin in begins.items() if begin not in seen} <= NOT_ON_A_PAGE

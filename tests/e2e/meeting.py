"""What people do in a meeting, each in a browser of their own, on the small case of the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect

from engine.decisions import Record
from engine.library import Knowledge
from engine.loading import load
from tests.e2e.conftest import ROOT, WIDE, Server, settled
from tests.e2e.steps import FIRST_PAGE, button, keyed, press, visit

SMALL = ROOT / "tests" / "app"
SMALL_KNOWLEDGE = {
    "LEIDRAAD_KENNIS": str(SMALL / "kennis"),
    "LEIDRAAD_CASUSSEN": str(SMALL / "casussen"),
}
"""Has the app start with a small knowledge, which is quick to read."""

COURSE, NO_COURSE = "Zet de cursus in", "Zet de cursus nu niet in"
CHOICES, READINGS = "De keuzes van de groep", "Hoe ieder de feiten ziet"
ADVICE = "Wat het protocol adviseert, en waarom"
VERDICT = "De uitspraak van de groep"
MINORITY = "Ik vind achttien maanden nog steeds te lang."
REASONS = {
    "An": "De cliënt wil dit al jaren en de plek is nu vrij.",
    "Bo": "Met een diploma vindt de cliënt sneller werk.",
    "Cas": "De werkgever heeft beloofd om daarna een baan te geven.",
    "Dirk": "Achttien maanden is te lang zonder inkomen uit werk.",
    "Eva": "De belastbaarheid is niet onderzocht, dus ik wacht.",
}
"""What each writes; none of it may be on another's page before the reveal."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the app keeps its record and the keys of it."""

    url: str
    keys: str

    def open(self) -> Record:
        """Open it beside the app."""
        return Record.open(self.url, keys=self.keys)

    @property
    def settings(self) -> Mapping[str, str]:
        """What tells the app."""
        return {"LEIDRAAD_DATABASE_URL": self.url, "LEIDRAAD_SLEUTELS": self.keys}


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a browser of their own."""

    name: str
    page: Page

    @property
    def token(self) -> str:
        """What makes them the same guest after loading the page again."""
        return parse_qs(urlsplit(self.page.url).query)["plek"][0]


def small_knowledge() -> Knowledge:
    return load(SMALL / "kennis")


def apart(browser: Browser, number: int) -> list[BrowserContext]:
    """Open so many browsers, that share nothing."""
    return [
        browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]},
            locale="nl-NL",
            reduced_motion="reduce",
        )
        for _ in range(number)
    ]


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(FIRST_PAGE)
    return page


def reopened(page: Page) -> Page:
    """Open the same address again, as after a crash of the browser."""
    address, context = page.url, page.context
    page.close()
    again = opened(context)
    visit(again, address)
    return again


# What a page says of itself on its way back: the app is gone, it is there and draws, it is done.
_WATCH = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    window.cameBack = new Promise(done => {
        let step = 0;
        new MutationObserver(() => {
            const there = app.dataset.testConnectionState === 'CONNECTED';
            const draws = app.dataset.testScriptState !== 'notRunning';
            if (step === 0 && !there) step = 1;
            else if (step === 1 && there && draws) step = 2;
            else if (step === 2 && !draws) done();
        }).observe(app, {attributes: true});
    });
}"""


def crash(server: Server, *pages: Page) -> None:
    """Kill the app as it stands, and start it again; the pages find it by themselves."""
    for page in pages:
        settled(page)
        page.evaluate(_WATCH)
    server.crash()
    server.start()
    for page in pages:
        page.evaluate("window.cameBack")


def keep_all_texts(page: Page) -> None:
    """Look at every text of the case that is made ready, one by one, and keep it."""
    while not button(page, "bijeenkomst_klaarzetten").is_visible():
        press(page.get_by_role("radiogroup").last.get_by_text("Zo laten staan"))


def ready(page: Page) -> tuple[str, str]:
    """Make the meeting ready; return the code to give to the others, and the meeting."""
    press(button(page, "bijeenkomst_klaarzetten"))
    code = keyed(page, "bijeenkomst_code").inner_text().replace(" ", "").strip()
    expect(page.get_by_text(f"sessie={code}")).to_be_visible()
    return code, parse_qs(urlsplit(page.url).query)["sessie"][0]


def fill_in(one: Member, step: str) -> None:
    """Fill in the form."""
    page = one.page
    for question in keyed(page, "groepsvraag_").all():
        press(question.get_by_text("Weet ik niet"))
    answer = "Nee" if step == NO_COURSE else "Ja"
    press(keyed(page, "groepsvraag_belastbaar").get_by_text(answer, exact=True))
    press(keyed(page, "groep_step_").get_by_text(step, exact=True))
    page.get_by_label("Waarom kiest u dit?").fill(REASONS[one.name])
    press(keyed(page, "groep_sure_").get_by_text("Redelijk zeker"))


def send(one: Member) -> None:
    """Send what was filled in."""
    press(button(one.page, "groepsantwoord_versturen"))
    expect(one.page.get_by_role("heading", name="Uw antwoord is verstuurd")).to_be_visible()


def judge(one: Member, step: str) -> None:
    """Fill in the form and send it."""
    fill_in(one, step)
    send(one)


def sees_nothing(page: Page, *, but: str = "") -> None:
    """Nothing that another wrote, and no advice, is anywhere in what the browser got."""
    settled(page)
    got = page.content()
    for name, reason in REASONS.items():
        if name != but:
            assert reason not in got, name
    assert ADVICE not in got
    assert CHOICES not in got


def disagree(one: Member) -> None:
    """Keep another view than that of the group, in one's own words."""
    page = one.page
    page.get_by_label("Wat wilt u aanvullen?").fill(MINORITY)
    press(keyed(page, "aanvulling_minority_").get_by_text("Dit is een andere mening"))
    press(button(page, "aanvullen"))
    expect(page.get_by_text(MINORITY).first).to_be_visible()


def fill_in_verdict(page: Page, ruling: str = "De regels kunnen zo blijven") -> None:
    """Write down what the group found; it is not recorded yet."""
    press(keyed(page, "uitspraak_ruling_").get_by_text(ruling, exact=True))
    page.get_by_label("Waar rust de uitspraak op?").fill("De duur weegt hier minder zwaar.")
    page.get_by_label("Wat kunnen anderen hiervan leren?").fill("Kijk eerst naar de duur.")

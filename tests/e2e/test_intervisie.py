"""A whole meeting in six browsers at once: one leads, five take part, and nobody sees too early.

On a SQLite file; with LEIDRAAD_GRONDIG=1 on PostgreSQL as well, where otherwise the meeting of
tests/auth/test_meeting_of_a_team.py is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from engine.decisions import (
    Access,
    Actor,
    CaseDiscussed,
    Login,
    NoMeetingError,
    RecordError,
    guest_id,
)
from engine.words import Stage
from tests.counts import THOROUGH
from tests.decisions.conftest import postgres, postgres_url, sqlite_url
from tests.e2e.access import inspect
from tests.e2e.conftest import PHONE, WIDE, Picture, Server, settled
from tests.e2e.meeting import (
    ADVICE,
    CHOICES,
    COURSE,
    MINORITY,
    NO_COURSE,
    READINGS,
    REASONS,
    SMALL_KNOWLEDGE,
    VERDICT,
    Kept,
    Member,
    apart,
    disagree,
    fill_in_verdict,
    judge,
    keep_all_texts,
    opened,
    ready,
    reopened,
    sees_nothing,
    small_knowledge,
)
from tests.e2e.steps import button, keyed, press, unroll, visit

__all__ = ["postgres", "postgres_url", "sqlite_url"]

pytestmark = pytest.mark.browser

TITLE = "Bijna alles is bekend"
SCREEN = 1210
"""Height in pixels of a page, as far as a reader of the manual needs to see it."""

# The other one takes a minute and a half more.
_BACKENDS = ["sqlite", *([pytest.param("postgres", marks=pytest.mark.postgres)] * THOROUGH)]


@pytest.fixture(params=_BACKENDS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """An empty record."""
    url = str(request.getfixturevalue(f"{request.param}_url"))
    return Kept(url, f"sqlite:///{tmp_path / 'sleutels.db'}")


@pytest.fixture
def small(tmp_path: Path, kept: Kept) -> Iterator[Server]:
    """Start the app with a small knowledge, which is quick to read."""
    server = Server(tmp_path / "data", **SMALL_KNOWLEDGE, **kept.settings)
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in "".join(server.said), "".join(server.said)


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Open six browsers that share nothing."""
    found = apart(browser, 6)
    yield found
    for context in found:
        context.close()


def test_a_whole_meeting_from_the_case_to_the_minutes(
    small: Server, contexts: list[BrowserContext], kept: Kept, picture: Picture
) -> None:
    leader = opened(contexts[0])
    code, meeting = prepare(leader, small, picture)
    members = [
        take_part(contexts[number], small, code, name)
        for number, name in enumerate(REASONS, start=1)
    ]
    # It appears without loading the page again.
    expect(leader.get_by_text("5 deelnemers, 0 met een antwoord")).to_be_visible()
    *four, last = members
    inspect(four[0].page, "judging alone")
    picture(four[0].page, "intervisie-oordeel", at_most=SCREEN)
    for one in four:
        judge(one, COURSE if one.name != "Dirk" else NO_COURSE)
        expect(leader.get_by_text(f"{one.name} heeft geantwoord")).to_be_visible()
    inspect(leader, "waiting for answers")
    sees_nothing(leader)
    peek(last, small, meeting, kept)
    goes_on_typing_after_loading_again(last.page)
    judge(last, NO_COURSE)
    expect(last.page.get_by_text("5 van de 5")).to_be_visible()
    # Who loads the page again is the same one, with the answer that was sent.
    last.page.reload()
    expect(last.page.get_by_role("heading", name="Uw antwoord is verstuurd")).to_be_visible()
    sees_nothing(four[0].page, but="An")

    press(button(leader, "bijeenkomst_begin"))
    for one in members:
        expect(one.page.get_by_role("heading", name=CHOICES)).to_be_visible()
        expect(one.page.get_by_role("heading", name=READINGS)).to_have_count(0)
    picture(leader, "intervisie-stap-1")
    inspect(leader, "the first step")
    # The one who leads loses the browser and the app is started anew: all go on where they were.
    small.stop()
    small.start()
    leader = reopened(leader)
    expect(leader.get_by_role("heading", name="Stap 1 van 3")).to_be_visible()
    for one in members:
        visit(one.page, one.page.url)
        expect(one.page.get_by_role("heading", name=CHOICES)).to_be_visible()
    press(button(leader, "bijeenkomst_verder"))
    expect(four[0].page.get_by_role("heading", name=READINGS)).to_be_visible()
    expect(four[0].page.get_by_role("heading", name=ADVICE)).to_have_count(0)
    inspect(four[0].page, "the readings, for who takes part")
    picture(four[0].page, "intervisie-lezingen", at_most=SCREEN)
    press(button(leader, "bijeenkomst_toon_advies"))
    expect(four[0].page.get_by_role("heading", name=ADVICE)).to_be_visible()
    expect(leader.get_by_text("Deze regels spreken elkaar tegen")).to_be_visible()
    inspect(leader, "the advice")
    picture(leader, "intervisie-advies", at_most=SCREEN)
    on_the_screen(contexts[0], small, meeting, picture)

    disagree(four[3])
    expect(leader.get_by_text(MINORITY)).to_be_visible()
    conclude(leader, picture)
    for one in members:
        expect(one.page.get_by_role("heading", name=VERDICT)).to_be_visible()
    papers(leader)
    press(button(leader, "bijeenkomst_afsluiten"))
    expect(leader.get_by_text("De bijeenkomst is afgesloten.")).to_be_visible()
    inspect(leader, "a closed meeting")
    picture(leader, "intervisie-afgerond", at_most=SCREEN)
    with kept.open() as record:
        last_event = record.history("proef-veel-bekend")[-1].body
        assert isinstance(last_event, CaseDiscussed)
        assert last_event.minority == (MINORITY,)
        assert not record.verify().broken


def on_the_screen(context: BrowserContext, server: Server, meeting: str, picture: Picture) -> None:
    """Open the screen for the group in a window of its own: the same, large, nothing to press."""
    screen = opened(context)
    visit(screen, f"{server.url}/intervisie?sessie={meeting}&scherm=groep")
    expect(screen.get_by_role("heading", name=ADVICE)).to_be_visible()
    expect(screen.get_by_test_id("stMain").get_by_role("button")).to_have_count(0)
    inspect(screen, "the screen for the group")
    picture(screen, "intervisie-groepsscherm", at_most=SCREEN)
    screen.close()


def test_practising_alone(page: Page, server: Server, picture: Picture) -> None:
    visit(page, f"{server.url}/intervisie")
    press(page.get_by_role("button", name="Oefen met deze casus").first)
    inspect(page, "an exercise")
    for question in page.get_by_role("radiogroup").all():
        press(question.locator("label").first)
    page.get_by_label("Waarom kiest u dit?").fill("Eerst horen wat er speelt, dan besluiten.")
    press(page.get_by_role("button", name="Klaar: toon wat anderen kozen"))
    expect(page.get_by_role("heading", name=CHOICES)).to_be_visible()
    inspect(page, "an exercise beside what others chose")
    picture(page, "intervisie-oefening", at_most=SCREEN)
    for _ in range(3):
        press(button(page, "oefening_verder"))
    expect(page.get_by_role("heading", name="Wat de groepen ervan vonden")).to_be_visible()
    inspect(page, "an exercise with everything shown")


def goes_on_typing_after_loading_again(page: Page) -> None:
    """What stands in a field is kept; before what is being typed is lost, the browser asks."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    why = page.get_by_label("Waarom kiest u dit?")
    why.fill("Hier was ik nog mee bezig.")
    why.blur()
    page.wait_for_timeout(250)
    settled(page)
    page.reload()
    expect(why).to_have_value("Hier was ik nog mee bezig.")
    assert asked == []
    settled(page)
    why.press_sequentially(" En dit ook")
    page.reload()
    expect(why).to_have_value("Hier was ik nog mee bezig.")
    assert asked == ["beforeunload"]
    page.remove_listener("dialog", accept)


def prepare(page: Page, server: Server, picture: Picture) -> tuple[str, str]:
    """Make the case ready; return the code to give to the others, and the meeting."""
    visit(page, f"{server.url}/intervisie")
    press(button(page, "nieuwe_bijeenkomst"))
    unroll(keyed(page, "bijeenkomst_casus").get_by_role("combobox"))
    press(page.get_by_role("option", name=re.compile(TITLE)))
    inspect(page, "choosing a case")
    press(button(page, "kies_andere_casus"))
    keep_all_texts(page)
    inspect(page, "preparing")
    picture(page, "intervisie-voorbereiden")
    found = ready(page)
    picture(page, "intervisie-klaar")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    picture(page, "intervisie-klaar")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return found


def take_part(context: BrowserContext, server: Server, code: str, name: str) -> Member:
    """Come in by the link, as a guest."""
    page = opened(context)
    visit(page, f"{server.url}/intervisie?sessie={code}")
    page.get_by_label("Uw naam").fill(name)
    press(button(page, "meedoen"))
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    settled(page)
    return Member(name, page)


def peek(one: Member, server: Server, meeting: str, kept: Kept) -> None:
    """Try to see what is not shown yet: by address, by going back, in a tab, and at the record."""
    page, mine = one.page, one.page.url
    sees_nothing(page)
    page.goto(f"{server.url}/raadplegen?casus=proef-veel-bekend&plek={one.token}")
    expect(page.get_by_role("heading", name="U doet mee aan een bijeenkomst")).to_be_visible()
    sees_nothing(page)
    page.go_back()
    sees_nothing(page)
    tab = opened(page.context)
    visit(tab, f"{server.url}/intervisie?sessie={meeting}")
    sees_nothing(tab)
    tab.close()
    knowledge = small_knowledge()
    with kept.open() as record:
        guest = Actor(guest_id(one.token), one.name, frozenset(), login=Login.GUEST)
        own = Access(record, guest, uuid4())
        view = own.meetings.view(meeting, knowledge)
        assert (view.voices, view.frozen, view.colleague, view.seats) == (None, None, None, ())
        assert not any(reason in repr(view) for reason in REASONS.values())
        with pytest.raises(RecordError):
            own.meetings.reveal(meeting, Stage.CHOICES)
        with pytest.raises(RecordError):
            own.history("proef-veel-bekend")
        stranger = Actor(guest_id(uuid4().hex), "Vreemde", frozenset(), login=Login.GUEST)
        with pytest.raises(NoMeetingError):
            Access(record, stranger, uuid4()).meetings.view(meeting, knowledge)
    page.goto(mine)
    expect(button(page, "groepsantwoord_versturen")).to_be_visible()
    settled(page)


def conclude(page: Page, picture: Picture) -> None:
    """Go to the last step, and record what the group found."""
    press(button(page, "bijeenkomst_verder"))
    fill_in_verdict(page)
    inspect(page, "the verdict")
    picture(page, "intervisie-uitspraak")
    press(button(page, "uitspraak_vastleggen"))
    expect(button(page, "bijeenkomst_afsluiten")).to_be_visible()


def papers(page: Page) -> None:
    """Take the minutes along, as Word and as PDF."""
    with page.expect_download() as download:
        button(page, "bijeenkomst_verslag_docx").click()
    word = docx.Document(BytesIO(download.value.path().read_bytes()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(one.text for one in word.paragraphs), *cells])
    for text in (*REASONS.values(), MINORITY, "De duur weegt hier minder zwaar."):
        assert text in said
    with page.expect_download() as download:
        button(page, "bijeenkomst_verslag_pdf").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

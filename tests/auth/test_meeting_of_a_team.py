"""A meeting of people who log in, on PostgreSQL; the app crashes at every step.

Everyone has an account of their own. The case is a colleague's, who shared it with Leo; he leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engine.case import UNKNOWN
from engine.case_file import read_one
from engine.consult import consult
from engine.decisions import (
    Access,
    AccessError,
    Actor,
    CaseDiscussed,
    DeviationKind,
    NoCaseError,
    Party,
    PartyKind,
    Record,
    Role,
    Step,
    making,
)
from engine.words import Direction, Ruling, Stage, Sureness
from tests.auth.conftest import PEOPLE, Team
from tests.auth.test_login import log_in, person
from tests.decisions.conftest import postgres, postgres_url
from tests.e2e.conftest import Server, settled
from tests.e2e.meeting import (
    ADVICE,
    CHOICES,
    COURSE,
    NO_COURSE,
    READINGS,
    REASONS,
    SMALL,
    SMALL_KNOWLEDGE,
    VERDICT,
    Kept,
    Member,
    apart,
    crash,
    fill_in,
    fill_in_verdict,
    judge,
    keep_all_texts,
    opened,
    ready,
    sees_nothing,
    send,
    small_knowledge,
)
from tests.e2e.steps import button, press, visit
from ui import service

__all__ = ["postgres", "postgres_url"]

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

CASE, TITLE = "c-gedeeld", "Een cursus die de een wel ziet zitten"
RULE = "proef.inzetten"
UNSEEN = "De collega heeft eerst een proefplaatsing van een maand geregeld."
"""What the colleague did; it may be read when that is shown."""
WHY = ("De werkgever wacht nog een maand.", "De cliënt wil het eerst proberen.")


@pytest.fixture
def kept(postgres_url: str, tmp_path: Path) -> Kept:
    return Kept(postgres_url, f"sqlite:///{tmp_path / 'sleutels.db'}")


@pytest.fixture
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Open a browser for each of them, that shares nothing with the others."""
    found = apart(browser, len(PEOPLE))
    yield dict(zip(PEOPLE, found, strict=True))
    for context in found:
        context.close()


@pytest.mark.timeout(600)
def test_a_meeting_of_people_who_log_in(
    team: Team, kept: Kept, contexts: dict[str, BrowserContext]
) -> None:
    app = team(3600, **SMALL_KNOWLEDGE, **kept.settings)
    pages = {who: logged_in(context, app, who) for who, context in contexts.items()}
    with kept.open() as record:
        a_team(record)
        a_case(record)
    leader = pages.pop("leo")
    code, meeting = prepare(leader, app)
    members = [take_part(page, app, code, who) for who, page in pages.items()]
    first, second, third = members
    everyone = [leader, *(one.page for one in members)]
    judge(first, COURSE)
    with kept.open() as record:
        peek(second, app, meeting, code, record)
    fill_in(second, NO_COURSE)
    crash(app, *everyone)
    # What was typed is still there, and the record has nothing of it yet.
    expect(leader.get_by_text("3 deelnemers, 1 met een antwoord")).to_be_visible()
    send(second)
    with kept.open() as record:
        answer(third, meeting, record)
    expect(leader.get_by_text("3 deelnemers, 3 met een antwoord")).to_be_visible()
    sees_nothing(leader)
    press(button(leader, "bijeenkomst_begin"))
    # Their form was still open; nothing is taken away under their hands.
    press(button(third.page, "verder_naar_tonen"))
    for one in members:
        expect(one.page.get_by_role("heading", name=CHOICES)).to_be_visible()
        expect(one.page.get_by_text(REASONS["Cas"]).first).to_be_visible()
        assert UNSEEN not in one.page.content()
    crash(app, *everyone)
    press(button(leader, "bijeenkomst_verder"))
    expect(first.page.get_by_role("heading", name=READINGS)).to_be_visible()
    press(button(leader, "bijeenkomst_toon_advies"))
    expect(first.page.get_by_role("heading", name=ADVICE)).to_be_visible()
    assert UNSEEN not in first.page.content()
    press(button(leader, "bijeenkomst_toon_besluit"))
    expect(first.page.get_by_text(UNSEEN)).to_be_visible()

    press(button(leader, "bijeenkomst_verder"))
    fill_in_verdict(leader, "Het besluit blijft in stand")
    crash(app, *everyone)
    press(button(leader, "uitspraak_vastleggen"))
    for one in members:
        expect(one.page.get_by_role("heading", name=VERDICT)).to_be_visible()
    press(button(leader, "bijeenkomst_afsluiten"))
    expect(leader.get_by_text("De bijeenkomst is afgesloten.")).to_be_visible()
    with kept.open() as record:
        assert isinstance(record.history(CASE)[-1].body, CaseDiscussed)
        assert record.verify().broken is None
    assert "Traceback" not in "".join(app.said), "".join(app.said)


def logged_in(context: BrowserContext, app: Server, who: str) -> Page:
    page = opened(context)
    log_in(page, app.url, who)
    expect(page.get_by_role("heading", name="U hebt nog geen rol")).to_be_visible()
    return page


def a_team(record: Record) -> None:
    """Give each of them their role."""
    for who in PEOPLE:
        role = Role.FACILITATOR if who == "leo" else Role.PROFESSIONAL
        record.people.give_role(person(record, f"{who}@example.org"), role, by="toets")


def a_case(record: Record) -> None:
    """Record the case of a colleague who deviated in it, and shared it."""
    knowledge = small_knowledge()
    example = read_one(SMALL / "casussen" / "proef" / "veel-bekend.yaml", knowledge).case
    case = replace(example, id=CASE)
    record.open_case(case, title=TITLE, story="", actor="p-collega")
    seen = consult(knowledge, case)
    contract = making.contract_for(seen, RULE)
    assert contract is not None
    made = making.deviate(
        seen,
        RULE,
        decided_on=service.today(),
        kind=DeviationKind.NORM_WEIGHED,
        ground=contract.grounds[0],
        elements=dict(zip(contract.required, WHY, strict=False)),
        instead=UNSEEN,
        decided_by=contract.decider,
    )
    record.decide(made, seen, actor="p-collega")
    leo = Party(PartyKind.PERSON, person(record, "leo@example.org"))
    record.sharing.share(CASE, leo, actor="p-collega")


def prepare(page: Page, app: Server) -> tuple[str, str]:
    """Make the case ready that the record proposes; return the code and the meeting."""
    visit(page, f"{app.url}/intervisie")
    press(button(page, "nieuwe_bijeenkomst"))
    press(button(page, f"kies_casus_{CASE}"))
    keep_all_texts(page)
    return ready(page)


def take_part(page: Page, app: Server, code: str, who: str) -> Member:
    """Come in by the link."""
    visit(page, f"{app.url}/intervisie?sessie={code}")
    press(button(page, "meedoen"))
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    settled(page)
    return Member(who.title(), page)


def peek(one: Member, app: Server, meeting: str, code: str, record: Record) -> None:
    """Try to see what isn't shown yet: by address, going back, a second tab, and at the record."""
    page, mine = one.page, one.page.url
    sees_nothing(page)
    for address in (
        f"raadplegen?casus={CASE}",
        f"verslag?casus={CASE}",
        f"intervisie?sessie={meeting}&scherm=groep",
        f"raadplegen?casus={meeting}",
    ):
        visit(page, f"{app.url}/{address}")
        sees_nothing(page)
        assert UNSEEN not in page.content(), address
    page.go_back()
    sees_nothing(page)
    tab = opened(page.context)
    visit(tab, f"{app.url}/intervisie?sessie={code}")
    sees_nothing(tab)
    assert UNSEEN not in tab.content()
    tab.close()
    at_the_record(one, meeting, record)
    visit(page, mine)
    expect(button(page, "groepsantwoord_versturen")).to_be_visible()


def itself(one: Member, record: Record) -> Access:
    """The record as someone may use it, past every page."""
    known = record.people.look_up(f"{one.name.lower()}@example.org")
    return Access(record, Actor(known.id, known.name, known.roles, known.teams), uuid4())


def answer(one: Member, meeting: str, record: Record) -> None:
    """Send an answer without filling in the form; the page is open in their browser."""
    itself(one, record).meetings.answer(
        meeting,
        small_knowledge(),
        readings=dict.fromkeys(record.meetings.of(meeting).prepared.asked, UNKNOWN),
        step=Step(action="cursus_inzetten", direction=Direction.DO),
        why=REASONS[one.name],
        sure=Sureness.FAIRLY,
    )


def at_the_record(one: Member, meeting: str, record: Record) -> None:
    """Ask the record itself, past every page, with the role of a participant."""
    own = itself(one, record)
    view = own.meetings.view(meeting, small_knowledge())
    assert (view.voices, view.frozen, view.colleague, view.seats) == (None, None, None, ())
    said = repr(view)
    assert UNSEEN not in said
    assert not any(reason in said for reason in REASONS.values())
    for refused in (
        lambda: own.meetings.reveal(meeting, Stage.CHOICES),
        lambda: own.meetings.conclude(meeting, ruling=Ruling.UPHOLD, why=UNSEEN),
        lambda: own.meetings.close(meeting),
        lambda: own.meetings.copy(CASE, small_knowledge()),
    ):
        with pytest.raises(AccessError):
            refused()
    for name in (CASE, meeting):
        for look in (own.history, own.decisions, own.seal):
            with pytest.raises(NoCaseError):
                look(name)
        with pytest.raises(NoCaseError):
            own.load_case(name, small_knowledge())

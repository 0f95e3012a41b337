"""A case in which every text that someone can type is an attack, and what an attack would leave.

The texts are recorded the ordinary way; nothing in them is a number or a word that the guard stops.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import UUID

from engine.case import Case
from engine.consult import Consultation, consult
from engine.decisions import (
    DOCUMENT_LENGTH,
    Confirmed,
    DeviationKind,
    Effect,
    Needed,
    Occasion,
    Party,
    PartyKind,
    Record,
    Said,
    Verdict,
    deviate,
    put_before,
)
from engine.library import Knowledge
from engine.loading import load
from engine.words import Decider, Element, Respondent

ROOT = Path(__file__).parent
CASE = "c-aanval"
RULE, ACT = "proef.inzetten", "proef.besluit"
WORD = "griep"

ATTACKS = (
    "<script>window.gehackt=1</script><img src=x onerror='window.gehackt=1'>",
    "<a href='https://kwaad.invalid/a'>hier</a><h1>Gekaapte kop</h1><style>body{display:none}",
    "[klik](javascript:window.gehackt=1) ![beeld](https://kwaad.invalid/b.png)",
    "https://kwaad.invalid/los en www.kwaad.invalid/los en <https://kwaad.invalid/punt>",
    "# Gekaapte kop of ***vet*** ~~weg~~ `code` $x^2$ $$y$$ :material/home: :red[rood] :smile:",
    "| a | b | --- | --- | </div></td> --> ]]> {{7*7}} ${7*7} %s {0} \\u003cb\\u003e &lt;b&gt;",
    '\'; DROP TABLE events; -- " OR "1"="1 \\\' \\\\ ../../../etc/passwd',
    '=HYPERLINK("https://kwaad.invalid";"klik") @SUM(A1) +cmd|\' /C calc\'!A0',
    "\u202eomgekeerd\u202c \x1b[31mrood\x1b[0m \x9b31m \x07 \u200b\ufeff \u2028 einde",
)
"""What is tried; each text gets a number of its own, so that none is taken for boilerplate."""

LEAVINGS = """() => ({
    ran: Boolean(window.gehackt),
    links: [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))
        .filter(href => /kwaad|javascript:|^mailto:/i.test(href)),
    images: [...document.querySelectorAll('img, iframe, object, embed, script, link')]
        .map(one => one.src || one.href || one.data || one.textContent)
        .filter(said => /kwaad|gehackt/i.test(said || '')),
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .map(one => one.innerText).filter(said => /^Gekaapte kop/.test(said)),
    marks: [...document.querySelectorAll('strong, em, del, code, .katex, span')]
        .filter(one => !one.children.length || one.matches('.katex'))
        .map(one => one.textContent)
        .filter(said => /^(vet|weg|code|rood|home|😄|x\\^?2|x2|y)$/.test(said.trim())),
    styles: getComputedStyle(document.body).display === 'none',
})"""
CLEAN = {"ran": False, "links": [], "images": [], "headings": [], "marks": [], "styles": False}

TEXT_FACTS = """
  - id: nota
    naam: de aantekening
    soort: tekst
    zin: de aantekening
    vraag: Wat valt op?
    wie: [client, professional]
    waarom: Voor het verslag.
  - id: nota_betwist
    naam: de betwiste aantekening
    soort: tekst
    zin: de betwiste aantekening
    vraag: Wat valt nog meer op?
    wie: [client, professional]
    waarom: Voor het verslag.
"""


def small_knowledge(folder: Path) -> Path:
    """Copy the small knowledge of the tests of the app, with two questions to answer in words."""
    target = folder / "kennis"
    copytree(ROOT / "app" / "kennis", target)
    facts = target / "feiten" / "proef.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + TEXT_FACTS, encoding="utf-8")
    return target


class Attacker:
    """Someone who types an attack wherever a text can be typed."""

    def __init__(self, knowledge: Path) -> None:
        self.knowledge: Knowledge = load(knowledge)
        self._numbers = count(1)
        self.typed: dict[str, str] = {}
        self.meeting = ""

    def text(self, what: str, most: int = 4000, word: str = "") -> str:
        """Return a text that was not typed before, all attacks in it as far as they fit."""
        number = next(self._numbers)
        start = f"Tekst {number} over deze cliënt {word}: "
        said = start
        for turn in range(len(ATTACKS)):
            attack = ATTACKS[(number + turn) % len(ATTACKS)]
            said += attack + " \n" if len(said) + len(attack) + 2 <= most else ""
        self.typed[what] = said.strip()
        return said.strip()

    def fill(self, record: Record, actor: str, today: date) -> None:
        """Record a case with all that can be recorded.

        Args:
            record: where.
            actor: who does it.
            today: the day it is.
        """
        before = today - timedelta(days=200)
        case = Case(CASE, before, "uwv", ("proef",))
        answers: dict[str, Any] = {
            "aanvraag": "ja",
            "motivatie": "twijfelt",
            "nota": self.text("an earlier answer"),
            "nota_betwist": {
                "betwist": {
                    "client": self.text("the client says"),
                    "professional": self.text("the professional says"),
                }
            },
        }
        for name, raw in answers.items():
            case = case.answer(self.knowledge, name, raw)
        record.open_case(case, title=self.text("title", 200), story=self.text("story"), actor=actor)
        after = case.answer(self.knowledge, "nota", self.text("an answer"))
        said = Said(Respondent.CLIENT, self.text("document", DOCUMENT_LENGTH), before)
        record.save_facts(case, after, actor=actor, said=said)
        seen = consult(self.knowledge, after)
        record.judge(
            seen, actions=[], other=self.text("other", 500), why=self.text("why", 500), actor=actor
        )
        asked = put_before(
            seen,
            ACT,
            to=Decider.LAWYER,
            question=self.text("question"),
            answer_by=today + timedelta(days=7),
        )
        record.escalate(seen, asked, actor=actor)
        kept = self._deviate(record, seen, actor, before)
        record.consulted(seen, Occasion.FILE_NOTE, actor=actor)
        record.review(
            CASE,
            kept,
            happened=self.text("happened"),
            effect=Effect.PARTLY,
            verdict=Verdict.ADJUST,
            reviewed_on=today,
            actor=actor,
        )
        record.correct(CASE, kept, self.text("correction"), actor=actor)
        record.sharing.share(CASE, Party(PartyKind.TEAM, self.text("team", 150)), actor=actor)

    def _deviate(self, record: Record, seen: Consultation, actor: str, on: date) -> UUID:
        made = deviate(
            seen,
            RULE,
            decided_on=on,
            kind=DeviationKind.NORM_WEIGHED,
            ground="werkgever_wacht",
            elements={one: self.text(one.value) for one in (Element.WEIGHING, Element.CLIENT_VIEW)},
            instead=self.text("instead", word=WORD),
            decided_by=Decider.PROFESSIONAL,
        )
        confirmed = Confirmed(field="instead", said=WORD, reason=self.text("reason", 500))
        needed = Needed(facts=("motivatie",), said=self.text("needed"))
        return record.decide(made, seen, actor=actor, needed=[needed], confirmed=[confirmed]).id

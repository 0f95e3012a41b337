"""What a client gets who asks for it: what was recorded, why, for how long, and their rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from engine import paths
from engine.case import Case
from engine.decisions import Access, Actor, Confirmed, Effect, Record, Role, Verdict, term
from engine.disclosure import as_json, overview
from engine.library import Knowledge
from engine.loading import load
from engine.note import to_markdown
from engine.wording import date_in_words
from tests.decisions import world
from tests.decisions.world import SENTENCE, TODAY
from tests.golden import check_golden

GOLDEN = Path(__file__).with_name("goud") / "inzage.md"
MADE_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def record(sqlite_url: str) -> Iterator[Record]:
    ticks = (datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(minutes=n) for n in range(99))
    with Record.open(sqlite_url, clock=lambda: next(ticks)) as opened:
        yield opened


def told(record: Record, knowledge: Knowledge, case_id: str) -> str:
    document = overview(record.history(case_id), knowledge, record.names(), MADE_AT)
    return to_markdown(document, top=1, escape=str)


def test_a_client_reads_all_that_was_recorded_and_what_the_law_adds(record: Record) -> None:
    record.people.meet("p-an", "An de Boer", "an@example.org")
    record.people.meet("p-mo", "Mo Smit", "mo@example.org")
    consultation = world.consulted()
    record.open_case(consultation.case, title="Leren", story="Wil leren.", actor="p-an")
    stands = Confirmed(field="nota", said="griep", reason="De griep is niet van de cliënt.")
    after = consultation.case.answer(world.knowledge(), "nota", "De griep heerste op het werk.")
    record.save_facts(consultation.case, after, actor="p-an", confirmed=[stands])
    later = world.consulted(nota="De griep heerste op het werk.")
    deviation = world.deviation(later, "proef.beleidsregel")
    decision = record.decide(deviation, later, actor="p-an").id
    record.review(
        "c-proef",
        decision,
        happened=SENTENCE,
        effect=Effect.PARTLY,
        verdict=Verdict.KEEP,
        reviewed_on=TODAY,
        actor="p-an",
    )
    record.correct("c-proef", decision, "Het ging om een andere opleiding.", actor="p-an")
    manager = Actor("p-mo", "Mo Smit", frozenset({Role.MANAGER}))
    Access(record, manager, uuid4()).history("c-proef")
    text = told(record, world.knowledge(), "c-proef")
    check_golden(GOLDEN, text)
    # Who looked is there by role: a colleague's name is not simply the client's to have.
    assert "Leidinggevende, 22 november 2026" in text
    assert "Mo Smit" not in text
    # What was typed is there, not only that it was.
    assert "De aantekening: De griep heerste op het werk." in text
    # All that was recorded is there for a machine too.
    events = as_json(record.history("c-proef"))["gebeurtenissen"]
    assert len(events) == len(record.history("c-proef"))


def test_what_only_the_organisation_knows_is_never_made_up(record: Record) -> None:
    record.open_case(world.a_case(), title="T", story="", actor="ik")
    text = told(record, world.knowledge(), "c-proef")
    # There is no term in this knowledge, so that is a blank too.
    blanks = (
        "naam en adres",
        "de taak en het artikel",
        "van wie de andere",
        "aan welke",
        "hoe lang",
    )
    assert [one for one in blanks if f"[nog in te vullen: {one}" not in text] == []


def test_an_answer_stays_to_be_read_when_its_question_is_gone(record: Record) -> None:
    before = world.a_case()
    record.open_case(before, title="T", story="", actor="ik")
    record.save_facts(before, before.answer(world.knowledge(), "maanden", 10), actor="ik")
    gone = world.knowledge(world.FACTS.replace("id: maanden", "id: weken"))
    assert "Maanden: 10." in told(record, gone, "c-proef")
    unit = "    eenheid: {een: maand, meer: maanden}\n"
    other = world.FACTS.replace(f"aantal\n{unit}", "datum\n").replace("    maximum: 120\n", "")
    assert "De duur: 10." in told(record, world.knowledge(other), "c-proef")


def test_a_term_that_nobody_set_is_said_to_be_a_proposal(record: Record) -> None:
    real = load(paths.knowledge_folder())
    case = Case("c-echt", TODAY, "uwv", ("scholing",))
    record.open_case(case, title="T", story="", actor="ik")
    health = next(
        name for name, fact in real.facts.items() if fact.sensitivity == "gezondheid_functioneel"
    )
    record.save_facts(case, case.answer(real, health, "onbekend"), actor="ik")
    text = told(record, real, "c-echt")
    until = term("uwv", TODAY, real).due_on
    assert until is not None
    assert f"Nu is dat tot {date_in_words(until)}" in text
    assert "of deze termijn klopt; zij is een voorstel" in text
    assert "Er zijn ook antwoorden over uw gezondheid" in text

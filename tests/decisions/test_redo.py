"""A consultation of the past, done again with the knowledge of that time."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from engine.consult import consult
from engine.decisions import Occasion, Record, RecordError, follow
from engine.words import Status
from tests.decisions import world


def newer() -> str:
    """The facts, with another sentence; the knowledge of later."""
    return world.FACTS.replace("het duurt {}", "het duurt al {}")


def test_a_decision_and_a_note_give_the_same_again_after_the_knowledge_changed(
    record: Record,
) -> None:
    old = world.knowledge()
    consultation = world.consulted(maanden=3)
    record.open_case(consultation.case, title="T", story="", actor="ik")
    made = follow(consultation, "proef.wet", decided_on=world.TODAY)
    decided = record.decide(made, consultation, actor="ik", knowledge=old)
    noted = record.consulted(consultation, Occasion.CLIENT_NOTE, actor="ik", knowledge=old)
    # Later the answers and the knowledge are others.
    case = consultation.case
    record.save_facts(case, case.answer(old, "wil", "nee"), actor="ik")
    now = world.knowledge(newer())
    assert now.files != old.files
    for event in (decided.id, noted.id):
        done = record.replay("c-proef", event, now)
        assert done.same
        assert done.differs == ()
        assert done.consultation.receipt == consultation.receipt
        assert done.knowledge.lexicon["maanden"].sentence == "het duurt {}"
        assert done.consultation.advice("proef.wet").status is Status.HOLDS
    today = consult(now, record.load_case("c-proef", now).case)
    assert today.advice("proef.wet").status is not Status.HOLDS


def test_the_file_that_is_gone_is_named(record: Record) -> None:
    consultation = world.consulted()
    record.open_case(consultation.case, title="T", story="", actor="ik")
    made = follow(consultation, "proef.wet", decided_on=world.TODAY)
    decided = record.decide(made, consultation, actor="ik")
    with pytest.raises(RecordError, match=r"Weg of veranderd: feiten/proef\.yaml\.") as caught:
        record.replay("c-proef", decided.id, world.knowledge(newer()))
    assert "handelingen" not in str(caught.value)
    assert record.replay("c-proef", decided.id, world.knowledge()).same


def test_every_file_is_kept_once(url: str) -> None:
    with Record.open(url, clock=world.clock) as record:
        for case_id in ("c-een", "c-twee"):
            consultation = world.consulted(case_id)
            record.open_case(consultation.case, title="T", story="", actor="ik")
            made = follow(consultation, "proef.wet", decided_on=world.TODAY)
            record.decide(made, consultation, actor="ik", knowledge=world.knowledge())
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT name FROM knowledge_files")).scalars().all()
    engine.dispose()
    assert sorted(kept) == sorted(world.knowledge().files)


def test_there_is_nothing_to_do_again_without_a_consultation(record: Record) -> None:
    opened = record.open_case(world.a_case(), title="T", story="", actor="ik")
    with pytest.raises(RecordError, match="geen raadpleging"):
        record.replay("c-proef", opened.id)
    with pytest.raises(RecordError, match="staat niet in deze casus"):
        record.replay("c-proef", uuid4())

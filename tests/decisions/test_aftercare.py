"""What comes after a decision: a note, a review, a correction; and who came second."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from engine.decisions import (
    ChangedError,
    Consulted,
    Corrected,
    DecisionError,
    Effect,
    FactsRecorded,
    Occasion,
    Record,
    RecordError,
    Reviewed,
    Said,
    Verdict,
    sources_of,
)
from engine.words import Respondent, Status
from tests.decisions import world
from tests.decisions.world import SENTENCE, TODAY

RULE = "proef.werkwijze"


def deviated(record: Record) -> UUID:
    consultation = world.consulted()
    record.open_case(consultation.case, title="T", story="", actor="ik")
    return record.decide(world.deviation(consultation, RULE), consultation, actor="ik").id


def review(record: Record, decision: UUID, **changes: object) -> Reviewed:
    given = {
        "happened": SENTENCE,
        "effect": Effect.PARTLY,
        "verdict": Verdict.ADJUST,
        "reviewed_on": TODAY,
        "review_on": TODAY + timedelta(days=90),
        "actor": "ik",
    }
    event = record.review("c-proef", decision, **(given | changes))  # type: ignore[arg-type]
    assert isinstance(event.body, Reviewed)
    return event.body


def test_a_review_is_kept_with_what_happened(record: Record) -> None:
    decision = deviated(record)
    made = review(record, decision)
    (*_, last) = record.history("c-proef")
    assert last.body == made
    assert (made.decision, made.effect, made.verdict) == (decision, "deels", "bijstellen")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened": ""}, "happened"),
        ({"happened": "..........."}, "happened"),
        ({"reviewed_on": TODAY + timedelta(days=1), "review_on": None}, "reviewed_on"),
        ({"reviewed_on": date(2020, 1, 1)}, "reviewed_on"),
        ({"review_on": TODAY}, "review_on"),
    ],
)
def test_a_review_that_lacks_something_is_refused(
    record: Record, changes: dict[str, object], field: str
) -> None:
    decision = deviated(record)
    with pytest.raises(DecisionError) as caught:
        review(record, decision, **changes)
    assert [finding.field for finding in caught.value.findings] == [field]
    assert len(record.history("c-proef")) == 2


def test_only_a_decision_of_the_case_can_be_reviewed(record: Record) -> None:
    deviated(record)
    opened = record.history("c-proef")[0].id
    for other in (opened, uuid4()):
        with pytest.raises(DecisionError, match="staat niet in deze casus"):
            review(record, other)


def test_a_correction_adds_and_changes_nothing(record: Record) -> None:
    decision = deviated(record)
    before = record.history("c-proef")
    event = record.correct("c-proef", decision, SENTENCE, actor="ik")
    assert event.body == Corrected(event=decision, text=SENTENCE)
    assert record.history("c-proef") == (*before, event)
    assert record.load_case("c-proef", world.knowledge()).case == world.consulted().case
    for wrong, text in ((uuid4(), SENTENCE), (decision, "x")):
        with pytest.raises(DecisionError):
            record.correct("c-proef", wrong, text, actor="ik")


def test_a_note_is_recorded_with_its_receipt_and_every_status(record: Record) -> None:
    consultation = world.consulted()
    record.open_case(consultation.case, title="T", story="", actor="ik")
    event = record.consulted(consultation, Occasion.FILE_NOTE, actor="ik")
    assert isinstance(event.body, Consulted)
    assert event.body.receipt == consultation.receipt.as_json()
    assert event.body.advices["proef.wet"] is Status.HOLDS
    assert len(event.body.advices) == len(consultation.advices)
    with pytest.raises(DecisionError, match="veranderd"):
        record.consulted(world.consulted(maanden=3), Occasion.FILE_NOTE, actor="ik")


def test_an_answer_can_say_who_gave_it_and_when(record: Record) -> None:
    case = world.a_case()
    record.open_case(case, title="T", story="", actor="ik")
    after = case.answer(world.knowledge(), "maanden", 6)
    event = record.save_facts(case, after, actor="ik", said=Said(Respondent.CLIENT, "", TODAY))
    assert event is not None
    assert isinstance(event.body, FactsRecorded)
    assert (event.body.source, event.body.said_on) == (Respondent.CLIENT, TODAY)
    later = after.answer(world.knowledge(), "maanden", 7)
    with pytest.raises(DecisionError, match="na vandaag"):
        record.save_facts(after, later, actor="ik", said=Said(said_on=TODAY + timedelta(days=1)))


def test_who_comes_second_is_told_before_anything_is_saved(record: Record) -> None:
    case, knowledge = world.a_case(), world.knowledge()
    opened = record.open_case(case, title="T", story="", actor="een")
    both = opened.seq
    mine = record.save_facts(case, case.answer(knowledge, "maanden", 6), actor="een", seen=both)
    assert mine is not None
    other = case.answer(knowledge, "wil", "ja")
    with pytest.raises(ChangedError, match="nog niets opgeslagen"):
        record.save_facts(case, other, actor="ander", seen=both)
    assert len(record.history(case.id)) == 2
    assert record.save_facts(case, other, actor="ander", seen=mine.seq) is not None


def test_a_correction_by_another_is_seen_first_and_a_judgement_stands_in_no_ones_way(
    record: Record,
) -> None:
    decision = deviated(record)
    seen = record.history("c-proef")[-1].seq
    consultation = world.consulted()
    case = consultation.case
    record.judge(consultation, actions=["stap"], actor="een")
    after = case.answer(world.knowledge(), "maanden", 6)
    mine = record.save_facts(case, after, actor="ander", seen=seen)
    assert mine is not None
    record.correct("c-proef", decision, SENTENCE, actor="een")
    with pytest.raises(ChangedError):
        record.choose_protocols("c-proef", ["proef"], actor="ander", seen=mine.seq)


def test_the_same_answer_can_be_recorded_again_for_where_it_comes_from(record: Record) -> None:
    case = world.a_case(wil="ja")
    record.open_case(case, title="T", story="", actor="ik")
    said = Said(Respondent.EMPLOYER, "een brief", TODAY)
    assert record.save_facts(case, case, actor="ik", said=said) is None
    assert record.save_facts(case, case, actor="ik", said=said, again="maanden") is None
    event = record.save_facts(case, case, actor="ik", said=said, again="wil")
    assert event is not None
    assert isinstance(event.body, FactsRecorded)
    assert (event.body.facts, event.body.said) == ({"wil": "ja"}, said)
    assert sources_of(record.history(case.id)) == {"wil": said}
    record.save_facts(case, case.answer(world.knowledge(), "wil", None), actor="ik")
    assert sources_of(record.history(case.id)) == {}


@pytest.mark.parametrize(
    ("document", "says"),
    [("brief van a@b.nl", "e-mailadres"), ("x" * 121, "hoogstens 120 tekens")],
)
def test_the_name_of_a_document_is_held_to_the_same(
    record: Record, document: str, says: str
) -> None:
    case = world.a_case()
    record.open_case(case, title="T", story="", actor="ik")
    after = case.answer(world.knowledge(), "maanden", 6)
    with pytest.raises(DecisionError, match=says) as caught:
        record.save_facts(case, after, actor="ik", said=Said(document=document))
    assert [finding.field for finding in caught.value.findings] == ["document"]
    assert len(record.history(case.id)) == 1


def test_reviews_and_corrections_pass_the_guard(record: Record) -> None:
    decision = deviated(record)
    secret = f"{SENTENCE} Bel 06-12345678."
    with pytest.raises(DecisionError):
        review(record, decision, happened=secret)
    with pytest.raises(DecisionError):
        record.correct("c-proef", decision, secret, actor="ik")
    with pytest.raises((DecisionError, RecordError)):
        record.correct("c-weg", decision, SENTENCE, actor="ik")

"""An advice put before a manager or lawyer: what it takes, and how long it waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from engine.consult import Consultation
from engine.course import afterwards
from engine.decisions import (
    DecisionError,
    Escalated,
    PrivacyError,
    Record,
    RecordError,
    follow,
    put_before,
    waiting,
)
from engine.words import Decider
from tests.decisions import world
from tests.decisions.world import SENTENCE, TODAY

ACT = "proef.wet"


def asked(consultation: Consultation, rule: str = ACT, **changes: Any) -> Escalated:
    given: dict[str, Any] = {
        "to": Decider.LAWYER,
        "question": SENTENCE,
        "answer_by": TODAY + timedelta(days=7),
    }
    return put_before(consultation, rule, **(given | changes))


@pytest.fixture
def opened(record: Record) -> Consultation:
    consultation = world.consulted()
    record.open_case(consultation.case, title="T", story="", actor="ik")
    return consultation


def test_it_waits_until_there_is_a_decision(record: Record, opened: Consultation) -> None:
    key = uuid4()
    event = record.escalate(opened, asked(opened), actor="ik", key=key)
    assert record.escalate(opened, asked(opened), actor="ik", key=key) == event
    history = record.history("c-proef")
    assert len(history) == 2
    assert waiting(history) == {ACT: (event, event.body)}
    assert isinstance(event.body, Escalated)
    assert afterwards(event.body, history).startswith("voorgelegd aan een jurist: ")
    record.decide(follow(opened, "proef.werkwijze", decided_on=TODAY), opened, actor="ik")
    assert list(waiting(record.history("c-proef"))) == [ACT]
    record.decide(follow(opened, ACT, decided_on=TODAY), opened, actor="ik")
    assert waiting(record.history("c-proef")) == {}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"question": "", "to": None, "answer_by": None}, ["question", "to", "answer_by"]),
        ({"question": "........."}, ["question"]),
        ({"to": Decider.PROFESSIONAL}, ["to"]),
    ],
)
def test_everything_that_is_missing_is_named_at_once(
    opened: Consultation, changes: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(DecisionError) as caught:
        asked(opened, **changes)
    assert [finding.field for finding in caught.value.findings] == fields


def test_a_manager_is_not_asked_where_only_a_lawyer_decides(opened: Consultation) -> None:
    with pytest.raises(DecisionError, match="Kies aan wie u het voorlegt: een jurist"):
        asked(opened, "proef.strenger", to=Decider.MANAGER)


@pytest.mark.parametrize("rule", ["proef.overweging", "proef.ziekte", "proef.onbekend"])
def test_nothing_is_asked_where_there_is_nothing_to_decide(opened: Consultation, rule: str) -> None:
    with pytest.raises(DecisionError):
        asked(opened, rule)


def test_the_record_refuses_what_does_not_fit(record: Record, opened: Consultation) -> None:
    late = asked(opened, answer_by=TODAY - timedelta(days=900))
    with pytest.raises(DecisionError, match="latere dag"):
        record.escalate(opened, late, actor="ik")
    named = asked(opened, question=f"{SENTENCE} Bel 06-12345678.")
    with pytest.raises(PrivacyError):
        record.escalate(opened, named, actor="ik")
    other = world.consulted("c-ander")
    with pytest.raises(DecisionError, match="ander advies"):
        record.escalate(other, asked(opened), actor="ik")
    with pytest.raises(RecordError):
        record.escalate(other, asked(other), actor="ik")
    assert len(record.history("c-proef")) == 1

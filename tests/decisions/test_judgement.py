"""One's own judgement in the record, and what it says beside the advice."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.consult import Consultation
from engine.decisions import (
    DecisionError,
    JudgementGiven,
    Record,
    RecordError,
    Stance,
    judge,
    judged_steps,
)
from engine.library import Knowledge
from tests.decisions.world import consulted

LONG = "x" * 501


def opened(record: Record, consultation: Consultation) -> None:
    record.open_case(consultation.case, title="Proef", story="", actor="ik")


def test_a_judgement_comes_back_as_it_was_given(record: Record) -> None:
    seen = consulted()
    opened(record, seen)
    record.judge(seen, actions=["stap"], other=" Bellen ", why=" Zo gaat het vlot. ", actor="ik")
    record.judge(seen, actions=[], other="Wachten", actor="ik")
    first, second = [event.body for event in record.history("c-proef")[1:]]
    digest = seen.receipt.digest
    assert first == JudgementGiven(
        actions=("stap",), other="Bellen", why="Zo gaat het vlot.", receipt=digest
    )
    assert second == JudgementGiven(actions=(), other="Wachten", why="", receipt=digest)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"actions": []}, "actions", "Kies minstens een stap"),
        ({"actions": [], "other": "   "}, "actions", "Kies minstens een stap"),
        ({"actions": ["verzonnen"]}, "actions", "niet meer"),
        ({"actions": ["stap"], "other": LONG}, "other", "500 tekens"),
        ({"actions": ["stap"], "why": LONG}, "why", "500 tekens"),
    ],
)
def test_a_judgement_that_says_nothing_or_too_much_is_refused(
    record: Record, given: dict[str, object], field: str, said: str
) -> None:
    seen = consulted()
    opened(record, seen)
    with pytest.raises(DecisionError, match=said) as caught:
        record.judge(seen, actor="ik", **given)  # type: ignore[arg-type]
    assert [finding.field for finding in caught.value.findings] == [field]
    assert len(record.history("c-proef")) == 1


def test_a_judgement_of_a_page_that_is_out_of_date_is_refused(
    record: Record, knowledge: Knowledge
) -> None:
    seen = consulted()
    opened(record, seen)
    key = uuid4()
    first = record.judge(seen, actions=["stap"], actor="ik", key=key)
    record.save_facts(seen.case, seen.case.answer(knowledge, "ziek", "ja"), actor="een ander")
    with pytest.raises(DecisionError, match="intussen veranderd"):
        record.judge(seen, actions=["stap"], actor="ik", knowledge=knowledge)
    # Sent again under the same key it is what was recorded before; another one is an error.
    assert record.judge(seen, actions=["stap"], actor="ik", key=key) == first
    with pytest.raises(RecordError, match="andere inhoud"):
        record.judge(seen, actions=[], other="Toch niet", actor="ik", key=key)


def test_preferences_are_kept_per_person_and_can_change(url: str) -> None:
    with Record.open(url) as record:
        assert record.preference("ik", "eerst") is None
        record.prefer("ik", "eerst", "ja")
        record.prefer("jij", "eerst", "nee")
        record.prefer("ik", "anders", "x")
    with Record.open(url) as record:
        assert (record.preference("ik", "eerst"), record.preference("jij", "eerst")) == (
            "ja",
            "nee",
        )
        record.prefer("ik", "eerst", "nee")
        assert record.preference("ik", "eerst") == "nee"
        assert record.preference("ik", "anders") == "x"
        assert record.cases() == ()


def test_what_is_open_or_withheld_is_neither_the_same_nor_different() -> None:
    (found,) = judged_steps(judge(consulted(), ["stap"], "", ""), consulted(wil="onbekend"))
    assert (found.stance, found.same) == (Stance.OPEN, None)


def test_what_the_protocols_do_not_advise_is_said_where_it_was_chosen() -> None:
    nothing = consulted(wil="nee", ziek="nee")
    (found,) = judged_steps(judge(nothing, ["stap"], "", ""), nothing)
    assert (found.stance, found.same) == (Stance.SILENT, False)
    assert judged_steps(judge(nothing, [], "Niets", ""), nothing) == ()


@given(
    wil=st.sampled_from(["ja", "nee", "onbekend", "betwist"]),
    ziek=st.sampled_from(["ja", "nee", "onbekend"]),
    chosen=st.booleans(),
)
def test_same_is_said_only_where_the_protocols_speak(wil: str, ziek: str, chosen: bool) -> None:
    seen = consulted(wil=wil, ziek=ziek)
    given = judge(seen, ["stap"] if chosen else [], "" if chosen else "Iets anders", "")
    found = judged_steps(given, seen)
    assert len(found) == len({item.action for item in found})
    for item in found:
        assert item.chosen is chosen
        advised = {
            str(one.rule.advice.direction)
            for one in seen.advices
            if one.rule.advice.action == item.action and str(one.status) in ("geldt", "voorlopig")
        }
        if item.same is True:
            assert advised == {"doen" if chosen else "niet_doen"}
        if item.same is False:
            assert advised <= {"niet_doen" if chosen else "doen"}

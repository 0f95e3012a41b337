from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.case import Case
from engine.consult import consult
from engine.decisions import (
    CaseOpened,
    Decided,
    Decision,
    DecisionError,
    FactsRecorded,
    Record,
    RecordError,
    follow,
    new_case_id,
    skip,
)
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge
from engine.words import Element
from tests.decisions.world import FACTS, TODAY, a_case, consulted, deviation, knowledge

NASTY = "Robert'); DROP TABLE events;-- <b>é\u0000\U0001f600</b> %s :naam {x}"


def opened(record: Record, case: Case) -> Case:
    record.open_case(case, title="Proef", story="Een verhaal.", actor="ik")
    return case


def test_a_case_comes_back_as_it_was(record: Record, knowledge: Knowledge) -> None:
    case = a_case(
        wil="ja",
        maanden=13,
        sinds=date(2026, 2, 28),
        nota="2026-02-28",
        ziek={"betwist": {"client": "ja", "professional": "nee"}},
    )
    record.open_case(case, title=" Titel ", story=NASTY, actor="ik", example=True)
    stored = record.load_case(case.id, knowledge)
    assert stored.case == case
    assert (stored.title, stored.story, stored.example) == ("Titel", NASTY, True)
    assert stored.dropped == ()


def test_only_the_difference_is_recorded(record: Record, knowledge: Knowledge) -> None:
    before = opened(record, a_case(wil="ja", maanden=3, ziek="onbekend"))
    after = before.answer(knowledge, "maanden", 4).answer(knowledge, "ziek", None)
    after = after.answer(knowledge, "nota", "betwist")
    event = record.save_facts(before, after, actor="ik")
    assert event is not None
    assert isinstance(event.body, FactsRecorded)
    assert dict(event.body.facts) == {"maanden": 4, "ziek": None, "nota": "betwist"}
    assert record.save_facts(after, after, actor="ik") is None
    assert record.load_case(before.id, knowledge).case == after
    assert len(record.history(before.id)) == 2


def test_two_people_who_answer_different_questions_both_count(
    record: Record, knowledge: Knowledge
) -> None:
    base = opened(record, a_case())
    record.save_facts(base, base.answer(knowledge, "wil", "ja"), actor="een")
    record.save_facts(base, base.answer(knowledge, "ziek", "nee"), actor="twee")
    assert record.load_case(base.id, knowledge).case == a_case(wil="ja", ziek="nee")


_answers = st.fixed_dictionaries(
    {},
    optional={
        "wil": st.sampled_from(["ja", "nee", "onbekend", "betwist", None]),
        "ziek": st.sampled_from(["ja", {"betwist": {"client": "ja", "arts": "nee"}}, None]),
        "maanden": st.one_of(st.integers(0, 120), st.none()),
        "sinds": st.one_of(st.dates(), st.none()),
        "nota": st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.none()),
    },
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(_answers, max_size=5))
def test_the_state_is_what_the_events_add_up_to(
    record: Record, steps: list[dict[str, object]]
) -> None:
    case = opened(record, a_case(new_case_id()))
    for step in steps:
        before = case
        for name, raw in step.items():
            case = case.answer(knowledge(), name, raw)
        record.save_facts(before, case, actor="ik")
        assert record.load_case(case.id, knowledge()).case == case


def test_an_answer_that_no_longer_fits_is_set_apart(record: Record) -> None:
    case = opened(record, a_case(wil="ja", maanden=100, nota="iets", ziek="ja"))
    record.save_facts(case, case.answer(knowledge(), "ziek", None), actor="ik")
    narrower = FACTS.replace("maximum: 120", "maximum: 12").replace("id: nota", "id: notitie")
    stored = record.load_case(case.id, knowledge(narrower))
    assert dict(stored.case.known) == {"wil": "ja"}
    assert {(item.fact, item.raw) for item in stored.dropped} == {
        ("maanden", 100),
        ("nota", "iets"),
    }
    assert all(item.reason for item in stored.dropped)


def test_what_a_case_is_about_can_change(record: Record, knowledge: Knowledge) -> None:
    case = opened(record, a_case(wil="ja"))
    key = uuid4()
    event = record.choose_protocols(case.id, ("proef", "tweede", "proef"), actor="ik", key=key)
    assert record.choose_protocols(case.id, ("proef", "tweede"), actor="ik", key=key) == event
    assert record.load_case(case.id, knowledge).case.protocols == ("proef", "tweede")
    assert [summary.protocols for summary in record.cases()] == [("proef", "tweede")]
    record.choose_protocols(case.id, ("tweede",), actor="ik")
    stored = record.load_case(case.id, knowledge).case
    assert (stored.protocols, dict(stored.known)) == (("tweede",), {"wil": "ja"})
    assert [summary.protocols for summary in record.cases()] == [("tweede",)]


def test_a_case_is_about_something(record: Record) -> None:
    case = opened(record, a_case())
    with pytest.raises(RecordError, match="minstens een protocol"):
        record.choose_protocols(case.id, (), actor="ik")
    with pytest.raises(RecordError, match="Er is geen casus"):
        record.choose_protocols("c-onbekend", ("proef",), actor="ik")


def test_a_decision_on_an_advice_of_other_protocols_is_refused(record: Record) -> None:
    consultation = consulted(wil="ja")
    opened(record, consultation.case)
    record.choose_protocols(consultation.case.id, ("tweede",), actor="ik")
    decision = follow(consultation, "proef.werkwijze", decided_on=TODAY)
    with pytest.raises(DecisionError, match="andere protocollen"):
        record.decide(decision, consultation, actor="ik")
    assert record.decisions(consultation.case.id) == ()


def test_decisions_come_back_with_their_receipt(record: Record) -> None:
    consultation = consulted(sinds=date(2026, 1, 5))
    opened(record, consultation.case)
    made: list[Decision] = [
        follow(consultation, "proef.wet", decided_on=TODAY),
        deviation(consultation, "proef.beleidsregel", {"instead": "Iets anders: " + NASTY}),
        skip(consultation, "proef.overweging", decided_on=TODAY),
        follow(consultation, "proef.tijdelijk", decided_on=TODAY),
    ]
    returned = [record.decide(item, consultation, actor=" ik ") for item in made]
    stored = record.decisions("c-proef")
    assert [item.decision for item in stored] == made
    assert list(stored) == returned
    assert {item.actor for item in stored} == {"ik"}
    assert dict(stored[0].receipt) == consultation.receipt.as_json()


def test_the_history_tells_everything_in_order(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGTZ", "Europe/Amsterdam")
    moments = iter(
        datetime(2026, 11, 22, 12, 0, n, 123456, timezone(timedelta(hours=1))) for n in range(9)
    )
    consultation = consulted()
    with Record.open(url, clock=lambda: next(moments)) as record:
        opened(record, a_case())
        record.save_facts(a_case(), consultation.case, actor="ik")
        record.decide(
            follow(consultation, "proef.wet", decided_on=TODAY), consultation, actor="jij"
        )
    with Record.open(url) as again:
        history = again.history("c-proef")
    assert [event.kind for event in history] == ["case_opened", "facts_recorded", "decided"]
    assert [type(event.body) for event in history] == [CaseOpened, FactsRecorded, Decided]
    assert [event.seq for event in history] == [1, 2, 3]
    assert [event.actor for event in history] == ["ik", "ik", "jij"]
    assert history[1].at == datetime(2026, 11, 22, 11, 0, 1, 123456, UTC)
    assert {event.at.tzinfo for event in history} == {UTC}


def test_the_list_of_cases_starts_with_the_latest_change(record: Record) -> None:
    assert record.cases() == ()
    consultation = consulted("c-een")
    opened(record, consultation.case)
    opened(record, a_case("c-twee"))
    record.decide(follow(consultation, "proef.wet", decided_on=TODAY), consultation, actor="ik")
    first, second = record.cases()
    assert (first.id, first.decisions, second.id, second.decisions) == ("c-een", 1, "c-twee", 0)
    assert first.opened_at < first.changed_at
    assert second.opened_at == second.changed_at
    assert (first.title, first.authority, first.protocols) == ("Proef", "uwv", ("proef",))
    assert (first.reference_date, first.example, first.story) == (TODAY, False, "Een verhaal.")


def test_what_is_sent_twice_is_recorded_once(record: Record) -> None:
    consultation = consulted()
    keys = [uuid4() for _ in range(3)]
    events = []
    for _ in range(2):
        start = record.open_case(a_case(), title="T", story="", actor="ik", key=keys[0])
        facts = record.save_facts(a_case(), consultation.case, actor="ik", key=keys[1])
        made = deviation(consultation, "proef.wet")
        events.append((start, facts, record.decide(made, consultation, actor="ik", key=keys[2])))
    assert events[0] == events[1]
    assert [event.id for event in record.history("c-proef")] == keys


def test_a_key_is_not_used_for_something_else(record: Record) -> None:
    consultation = consulted()
    opened(record, consultation.case)
    key = uuid4()
    made = follow(consultation, "proef.wet", decided_on=TODAY)
    record.decide(made, consultation, actor="ik", key=key)
    other = follow(consultation, "proef.werkwijze", decided_on=TODAY)
    for decision, actor in ((other, "ik"), (made, "jij")):
        with pytest.raises(RecordError, match="andere inhoud"):
            record.decide(decision, consultation, actor=actor, key=key)
    assert len(record.decisions("c-proef")) == 1


def test_what_does_not_fit_is_refused_and_leaves_nothing(record: Record) -> None:
    case = opened(record, a_case())
    consultation = consulted("c-onbekend")
    made = follow(consultation, "proef.wet", decided_on=TODAY)
    with pytest.raises(RecordError, match="al een casus"):
        opened(record, a_case(wil="ja"))
    with pytest.raises(RecordError, match="geen casus"):
        record.decide(made, consultation, actor="ik")
    with pytest.raises(RecordError, match="geen casus"):
        record.load_case("c-onbekend", knowledge())
    for case_id in ("", "../x", "c' OR 1=1", "c\x00", "\ud800", "x" * 61):
        with pytest.raises(RecordError, match="kenmerk"):
            record.history(case_id)
        with pytest.raises(RecordError, match="kenmerk"):
            opened(record, Case(case_id, TODAY, "uwv", ("proef",)))
    with pytest.raises(RecordError, match="Alleen de antwoorden"):
        record.save_facts(case, a_case("c-ander"), actor="ik")
    for title, story in (("", ""), (" ", ""), ("x" * 201, ""), ("x", "x" * 4001), ("\ud800", "")):
        with pytest.raises(RecordError, match="titel"):
            record.open_case(a_case("c-nieuw"), title=title, story=story, actor="ik")
    for actor in ("", " ", "x" * 201, "a\x00b", "\ud800"):
        with pytest.raises(RecordError, match="wie dit vastlegt"):
            record.open_case(a_case("c-nieuw"), title="T", story="", actor=actor)
    with pytest.raises(RecordError, match="niet kan bewaren"):
        record.save_facts(case, a_case(nota="half teken \ud800"), actor="ik")
    assert [item.id for item in record.cases()] == ["c-proef"]
    assert len(record.history("c-proef")) == 1


def test_an_incomplete_decision_is_not_kept_even_if_someone_forces_one(record: Record) -> None:
    consultation = consulted()
    opened(record, consultation.case)
    made = deviation(consultation, "proef.strenger")
    object.__setattr__(made, "elements", {Element.WEIGHING: made.elements[Element.WEIGHING]})
    with pytest.raises(DecisionError, match="Wat vindt de cliënt"):
        record.decide(made, consultation, actor="ik")
    forced = follow(consultation, "proef.wet", decided_on=TODAY)
    object.__setattr__(forced, "decided_on", None)
    with pytest.raises(DecisionError, match="decided_on"):
        record.decide(forced, consultation, actor="ik")
    with pytest.raises(DecisionError, match="ander advies"):
        record.decide(
            follow(consulted(ziek="nee"), "proef.wet", decided_on=TODAY), consultation, actor="ik"
        )
    assert record.decisions("c-proef") == ()


@pytest.mark.parametrize(
    ("now", "day", "fits"),
    [
        # In Amsterdam it is 00:30 on the 23rd, in winter and in summer time.
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 23), True),
        (datetime(2026, 7, 22, 22, 30, tzinfo=UTC), date(2026, 7, 23), True),
        (datetime(2026, 11, 22, 22, 30, tzinfo=UTC), date(2026, 11, 23), False),
        (datetime(2026, 11, 22, 22, 30, tzinfo=UTC), date(2026, 11, 22), True),
        (datetime(2026, 11, 22, 22, 30, tzinfo=UTC), date(2020, 1, 1), True),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 24), False),
    ],
)
def test_a_decision_is_not_dated_after_the_day_of_recording(
    sqlite_url: str, now: datetime, day: date, fits: bool
) -> None:
    consultation = consulted()
    made: list[Decision] = [
        follow(consultation, "proef.wet", decided_on=day),
        skip(consultation, "proef.overweging", decided_on=day),
        deviation(consultation, "proef.werkwijze").model_copy(
            update={"decided_on": day, "review_on": day}
        ),
    ]
    with Record.open(sqlite_url, clock=lambda: now) as record:
        opened(record, consultation.case)
        for item in made:
            if fits:
                record.decide(item, consultation, actor="ik")
                continue
            with pytest.raises(DecisionError, match="na vandaag") as caught:
                record.decide(item, consultation, actor="ik")
            assert [finding.field for finding in caught.value.findings] == ["decided_on"]
        assert len(record.decisions("c-proef")) == (3 if fits else 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"maanden": 3},
        {"ziek": "nee"},
        {"ziek": "onbekend"},
        {"ziek": "betwist"},
        {"wil": None},
        {"nota": None},
        {"sinds": "2026-01-06"},
        {"wil": {"betwist": {"client": "ja", "professional": "nee"}}},
    ],
)
def test_a_decision_from_a_page_that_is_out_of_date_is_refused(
    record: Record, changes: dict[str, Any]
) -> None:
    if "sinds" in changes:
        changes = {"sinds": date.fromisoformat(changes["sinds"])}
    seen = consulted(sinds=date(2026, 1, 5), nota="iets")
    opened(record, seen.case)
    made = follow(seen, "proef.wet", decided_on=TODAY)
    key = uuid4()
    first = record.decide(made, seen, actor="ik", key=key)
    after = seen.case
    for name, raw in changes.items():
        after = after.answer(knowledge(), name, raw)
    record.save_facts(seen.case, after, actor="een ander")
    for own in (None, knowledge()):
        with pytest.raises(DecisionError, match="intussen veranderd"):
            record.decide(made, seen, actor="ik", key=uuid4(), knowledge=own)
    # Sending the first one again gives back what is there.
    assert record.decide(made, seen, actor="ik", key=key) == first
    # With the answers as they were, it can be decided again.
    record.save_facts(after, seen.case, actor="een ander")
    record.decide(made, seen, actor="ik")
    assert len(record.decisions("c-proef")) == 2


def test_an_answer_that_no_longer_fits_does_not_stop_a_decision(record: Record) -> None:
    disputed = {"betwist": {"professional": "nee", "client": "ja"}}
    case = opened(record, a_case(wil="ja", maanden=100, nota="iets", ziek=disputed))
    narrower = knowledge(FACTS.replace("maximum: 120", "maximum: 12"))
    stored = record.load_case(case.id, narrower)
    assert [item.fact for item in stored.dropped] == ["maanden"]
    seen = consult(narrower, stored.case)
    made = follow(seen, "proef.wet", decided_on=TODAY)
    record.decide(made, seen, actor="ik", knowledge=narrower)
    with pytest.raises(DecisionError, match="intussen veranderd"):
        record.decide(made, seen, actor="ik")
    record.save_facts(case, case.answer(knowledge(), "maanden", 7), actor="ik")
    with pytest.raises(DecisionError, match="intussen veranderd"):
        record.decide(made, seen, actor="ik", knowledge=narrower)


def test_a_title_is_as_long_as_one_in_a_file(record: Record) -> None:
    record.open_case(a_case(), title="x" * TITLE_LENGTH, story="", actor="ik")
    with pytest.raises(RecordError, match=f"titel van hoogstens {TITLE_LENGTH} tekens"):
        record.open_case(a_case("c-a"), title="x" * (TITLE_LENGTH + 1), story="", actor="ik")


def test_pseudonyms_are_random_and_readable() -> None:
    made = {new_case_id() for _ in range(1000)}
    assert len(made) == 1000
    assert not any(set(case_id[2:]) & set("01ilo") or len(case_id) != 12 for case_id in made)

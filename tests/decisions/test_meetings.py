"""Meetings in which a group judges a case, the same on every database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from engine.course import event_in_words
from engine.decisions import (
    CaseDiscussed,
    DecisionError,
    DifferenceKind,
    ErasureGround,
    MeetingAdded,
    NoMeetingError,
    Phase,
    PrivacyError,
    Record,
    RecordError,
    Role,
)
from engine.disclosure import disclose
from engine.words import Ruling, Stage, Status
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.group import (
    DO,
    DO_NOT,
    RULE,
    answer,
    answered,
    concluded,
    joined,
    kept,
    prepared,
)

KNOWLEDGE = world.knowledge()


def test_a_whole_meeting(record: Record) -> None:
    group = answered(record, [DO, DO, DO, DO_NOT])
    assert group.facilitator.meetings.view(group.meeting, KNOWLEDGE).phase is Phase.ALONE
    group.reveal()
    group.members[3].meetings.add(
        group.meeting, "Ik blijf erbij dat het te vroeg is.", minority=True
    )
    group.facilitator.meetings.begin_step(group.meeting, 1)
    group.facilitator.meetings.note(group.meeting, "Het gesprek ging over rust.")
    concluded(
        group, learned=["Vraag eerst naar rust."], agreed=[("bellen", "de inbrenger", world.TODAY)]
    )
    group.facilitator.meetings.close(group.meeting)
    view = group.members[0].meetings.view(group.meeting, KNOWLEDGE)
    assert view.phase is Phase.CLOSED
    assert view.voices is not None
    assert [voice.step for voice in view.voices].count(DO) == 3
    assert view.conclusion is not None
    last = record.history(group.case)[-1].body
    assert isinstance(last, CaseDiscussed)
    assert (last.meeting, last.decision, last.rules) == (group.meeting, group.decision, (RULE,))
    assert last.minority == ("Ik blijf erbij dat het te vroeg is.",)
    assert not record.verify().broken


def test_it_is_frozen_as_it_was_known_on_the_day_of_the_decision(record: Record) -> None:
    group = prepared(record)
    before = record.load_case(group.case, KNOWLEDGE).case
    record.save_facts(before, before.answer(KNOWLEDGE, "maanden", 3), actor="p-een-ander")
    again = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    assert "maanden" not in again.case.known
    now = group.facilitator.meetings.copy(group.case, KNOWLEDGE)
    assert now.case.known["maanden"] == 3
    assert now.colleague is None


def test_no_answer_changes_after_the_reveal(record: Record) -> None:
    group = answered(record, [DO, DO, DO])
    answer(group.members[0], group.meeting, DO_NOT)
    group.reveal(Stage.CHOICES)
    with pytest.raises(RecordError, match="al getoond"):
        answer(group.members[1], group.meeting, DO_NOT)
    voices = group.facilitator.meetings.view(group.meeting, KNOWLEDGE).voices
    assert voices is not None
    assert sorted(voice.step.direction for voice in voices if voice.step) == [
        "doen",
        "doen",
        "niet_doen",
    ]


def test_an_answer_at_the_moment_of_the_reveal_is_in_or_refused(record: Record) -> None:
    group = answered(record, [DO] * 6)

    def change(number: int) -> bool:
        try:
            answer(group.members[number], group.meeting, DO_NOT)
        except RecordError:
            return False
        return True

    with ThreadPoolExecutor(7) as pool:
        changing = [pool.submit(change, number) for number in range(6)]
        shown = pool.submit(group.reveal, Stage.CHOICES)
    shown.result()
    voices = group.facilitator.meetings.view(group.meeting, KNOWLEDGE).voices
    assert voices is not None
    changed = sum(one.result() for one in changing)
    assert [voice.step for voice in voices].count(DO_NOT) == changed
    kinds = [event.kind for event in record.meetings.events_of(group.meeting)]
    assert "meeting_answered" not in kinds[kinds.index("meeting_revealed") :]


def test_twelve_take_part_and_no_more(record: Record) -> None:
    group = prepared(record)
    code = group.code
    people = [access(record, person(record, Role.PROFESSIONAL)) for _ in range(14)]

    def join(own: object) -> bool:
        try:
            own.meetings.join(code, names=False)  # type: ignore[attr-defined]
        except RecordError:
            return False
        return True

    with ThreadPoolExecutor(14) as pool:
        assert sum(pool.map(join, people)) == 12
    assert group.facilitator.meetings.view(group.meeting, KNOWLEDGE).joined == 12


def test_an_answer_must_fit(record: Record) -> None:
    group = joined(prepared(record), 1)
    own = group.members[0]
    wrongs: tuple[dict[str, Any], ...] = (
        {"readings": {}},
        {"readings": {"ziek": "misschien"}},
        {"readings": {"ziek": "betwist"}},
        {"readings": {"ziek": {"betwist": {"client": "ja", "arts": "nee"}}}},
        {"readings": {"ziek": "ja", "wil": "ja"}},
        {"step": None},
        {"step": None, "other": "Iets anders", "why": "x"},
        {"step": DO, "other": "Ook iets anders"},
        {"step": DO.model_copy(update={"action": "bestaat_niet"})},
        {"why": "...."},
    )
    for wrong in wrongs:
        with pytest.raises(DecisionError):
            answer(own, group.meeting, **wrong)
    answer(own, group.meeting, None, other="Eerst samen bellen.", readings={"ziek": "onbekend"})
    with pytest.raises(PrivacyError):
        answer(own, group.meeting, why="Bel 06 12345678, dan hoort u het.")


def test_one_answer_is_not_shown(record: Record) -> None:
    group = joined(prepared(record), 2)
    answer(group.members[0], group.meeting)
    with pytest.raises(RecordError, match="nog geen 2"):
        group.reveal(Stage.CHOICES)
    answer(group.members[1], group.meeting)
    with pytest.raises(RecordError, match="eerst iets anders"):
        group.reveal(Stage.ADVICE)
    group.reveal()
    with pytest.raises(RecordError, match="eerst de uitspraak"):
        group.facilitator.meetings.close(group.meeting)


def test_sent_twice_is_recorded_once(record: Record) -> None:
    group = joined(prepared(record), 2)
    key, size = uuid4(), record.size()
    for _ in range(2):
        answer(group.members[0], group.meeting, key=key)
    answer(group.members[1], group.meeting)
    for _ in range(2):
        group.facilitator.meetings.reveal(group.meeting, Stage.CHOICES)
    assert record.size() == size + 3
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    made = {
        group.facilitator.meetings.prepare(
            copy,
            KNOWLEDGE,
            texts=kept(copy),
            question="Wat had u hier gedaan?",
            asked=[],
            options=[DO, DO_NOT],
            script="incident",
            key=key_two,
        )
        for key_two in [uuid4()] * 2
    }
    assert len(made) == 1


def test_a_meeting_survives_a_restart(url: str) -> None:
    with Record.open(url, clock=world.clock) as first:
        group = answered(first, [DO, DO_NOT])
        group.reveal(Stage.CHOICES)
        before = group.members[0].meetings.view(group.meeting, KNOWLEDGE)
    with Record.open(url, clock=world.clock) as again:
        own = access(again, group.members[0].actor)
        assert own.meetings.view(group.meeting, KNOWLEDGE) == before
        assert own.meetings.head(group.meeting) == before.seq
        leader = access(again, group.facilitator.actor)
        leader.meetings.reveal(group.meeting, Stage.READINGS)
        assert own.meetings.head(group.meeting) > before.seq
        assert [one.id for one in own.meetings.mine()] == [group.meeting]


def test_closing_is_both_or_neither(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    concluded(group)
    before = record.size()

    def broken(*_: object) -> CaseDiscussed:
        raise RecordError("De stroom viel uit.")

    with monkeypatch.context() as patched:
        patched.setattr("engine.decisions.meetings.discussed", broken)
        with pytest.raises(RecordError):
            group.facilitator.meetings.close(group.meeting)
    assert record.size() == before
    group.facilitator.meetings.close(group.meeting)
    group.facilitator.meetings.close(group.meeting)
    assert record.size() == before + 2
    with pytest.raises(RecordError, match="gesloten"):
        group.members[0].meetings.add(group.meeting, "Nog één ding dan.")


def test_the_verdict_reaches_later_deviators_and_designers(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    group.members[1].meetings.add(
        group.meeting, "De regel past hier niet.", reason=DifferenceKind.RULE_WRONG
    )
    with pytest.raises(DecisionError):
        concluded(group, ruling=Ruling.CHANGE, rule=RULE)
    with pytest.raises(DecisionError):
        concluded(group, ruling=Ruling.CLARIFY)
    concluded(group, ruling=Ruling.CHANGE, rule=RULE, should_be=Status.DOES_NOT_HOLD)
    later = access(record, person(record, Role.PROFESSIONAL))
    assert later.meetings.verdicts_on(RULE) == ()
    group.facilitator.meetings.close(group.meeting)
    (verdict,) = later.meetings.verdicts_on(RULE)
    assert verdict.ruling is Ruling.CHANGE
    assert access(record, person(record)).meetings.verdicts_on(RULE) == ()
    designer = access(record, person(record, Role.DESIGNER))
    (proposal,) = designer.meetings.proposals(KNOWLEDGE)
    assert (proposal.rule, proposal.verdict.should_be) == (RULE, Status.DOES_NOT_HOLD)
    assert proposal.case.known == {"wil": "ja", "ziek": "nee"}
    assert group.case not in repr(proposal)


def test_the_verdict_stands_with_the_deviation_and_in_the_course_of_the_case(
    record: Record,
) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    (kept,) = record.decisions(group.case)
    assert group.colleague.meetings.verdicts_about(kept) == ()
    concluded(group, learned=["Vraag eerst naar rust."])
    group.facilitator.meetings.close(group.meeting)
    (verdict,) = group.colleague.meetings.verdicts_about(kept)
    assert verdict.learned == ("Vraag eerst naar rust.",)
    assert group.members[0].meetings.verdicts_about(kept) == ()
    history = record.history(group.case)
    said = event_in_words(history[-1], history, KNOWLEDGE, record.names())
    assert said.startswith("besproken in intervisie: Het besluit blijft in stand: ")
    assert "Geleerd: Vraag eerst naar rust." in said
    told = disclose(record, KNOWLEDGE, group.case, history[-1].at)
    assert len(told) > 1000


def test_a_verdict_about_another_rule_is_known_as_such(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    concluded(group, ruling=Ruling.CLARIFY, rule="proef.wet")
    group.facilitator.meetings.close(group.meeting)
    later = access(record, person(record, Role.PROFESSIONAL))
    for rule in (RULE, "proef.wet"):
        (verdict,) = later.meetings.verdicts_on(rule)
        assert verdict.rule == "proef.wet"
    assert later.meetings.verdicts_on("proef.beleid") == ()


def test_a_verdict_for_others_has_nothing_of_the_case_or_of_people(record: Record) -> None:
    group = answered(record, [DO, DO_NOT], names=True)
    group.reveal()
    concluded(group, agreed=[("De cliënt bellen", "de inbrenger", world.TODAY)])
    group.facilitator.meetings.close(group.meeting)
    (verdict,) = access(record, person(record, Role.LAWYER)).meetings.verdicts_on(RULE)
    everyone = (*group.members, group.facilitator, group.colleague)
    hidden = {part for one in everyone for part in (one.actor.id, one.actor.name)}
    hidden |= {group.case, group.meeting, str(group.decision), "De cliënt bellen", "de inbrenger"}
    assert [part for part in hidden if part in repr(verdict)] == []


def test_what_a_group_came_to_goes_with_the_case(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    concluded(group, ruling=Ruling.CLARIFY, rule=RULE)
    group.facilitator.meetings.close(group.meeting)
    designer = access(record, person(record, Role.DESIGNER)).meetings
    assert len(designer.proposals(KNOWLEDGE)) == len(designer.verdicts_on(RULE)) == 1
    record.erase(group.case, ErasureGround.REQUEST, actor="p-beheer")
    assert designer.proposals(KNOWLEDGE) == ()
    assert designer.verdicts_on(RULE) == ()


def test_what_is_too_long_is_said_in_dutch(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    with pytest.raises(DecisionError, match="korter: hoogstens 2000 tekens"):
        answer(group.members[0], group.meeting, why="Te lang. " * 500)
    group.reveal()
    with pytest.raises(DecisionError) as found:
        concluded(group, agreed=[("", "de inbrenger", world.TODAY)])
    assert [one.field for one in found.value.findings] == ["agreed.0.what"]
    with pytest.raises(DecisionError, match="iets in"):
        concluded(group, learned=[""])


def test_a_case_and_a_meeting_do_not_mix(record: Record) -> None:
    group = prepared(record)
    case = world.a_case(group.meeting, wil="ja")
    with pytest.raises(RecordError):
        record.save_facts(case, case.answer(KNOWLEDGE, "ziek", "ja"), actor="p-een-ander")
    with pytest.raises(RecordError):
        record.open_case(case, title="Een casus", story="", actor="p-een-ander")
    with pytest.raises(NoMeetingError):
        record.meetings.add(
            group.case, MeetingAdded(text="Dit hoort hier niet."), actor="p-een-ander", key=None
        )


def test_the_day_of_an_agreement_is_kept(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    day = world.TODAY + timedelta(days=14)
    concluded(group, agreed=[("de brief aanpassen", "de jurist", day)])
    view = group.members[0].meetings.view(group.meeting, KNOWLEDGE)
    assert view.conclusion is not None
    assert view.conclusion.agreed[0].by == date(2026, 12, 6)

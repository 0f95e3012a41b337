"""What doesn't tell whose answer it is, and who is out of a meeting, the same on every database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from engine.decisions import (
    Access,
    AccessError,
    Actor,
    DecisionError,
    Login,
    NoCaseError,
    NoMeetingError,
    Party,
    PartyKind,
    Record,
    RecordError,
    ReviewedText,
    Role,
    TextChoice,
    Tie,
    guest_id,
)
from engine.words import Stage, Sureness
from tests.auth.world import a_case, access, person
from tests.decisions import world
from tests.decisions.group import (
    DO,
    DO_NOT,
    Group,
    answer,
    answered,
    concluded,
    joined,
    kept,
    prepared,
)

KNOWLEDGE = world.knowledge()


def knowing(group: Group) -> tuple[list[bool], int]:
    """Which answers are marked as not blind, and how many are said to be."""
    view = group.facilitator.meetings.view(group.meeting, KNOWLEDGE)
    return sorted(voice.knows for voice in view.voices or ()), view.knowing


@pytest.mark.parametrize("names", [True, False])
def test_who_can_read_the_case_is_marked_only_where_names_are(record: Record, names: bool) -> None:
    group = joined(prepared(record, names=names), 2)
    group.colleague.meetings.join(group.code, names=True)
    for own in (*group.members, group.colleague):
        answer(own, group.meeting)
    assert knowing(group) == ([], 0)
    group.reveal(Stage.CHOICES)
    # Without names the mark would tell which answer is that of the colleague.
    assert knowing(group) == ([False, False, names], 1)


def test_who_gets_to_read_the_case_before_answering_is_not_blind(record: Record) -> None:
    group = joined(prepared(record, names=True), 2)
    group.colleague.share(group.case, Party(PartyKind.PERSON, group.members[0].actor.id))
    for own in group.members:
        answer(own, group.meeting)
    group.reveal(Stage.CHOICES)
    assert knowing(group) == ([False, True], 1)


def test_who_comes_in_late_and_wants_no_name_is_not_named(record: Record) -> None:
    group = answered(record, [DO, DO_NOT], names=True)
    group.reveal(Stage.CHOICES)
    shy, open_one = (access(record, person(record, Role.LAWYER)) for _ in range(2))
    for own, agrees in ((shy, False), (open_one, True), (group.members[0], True)):
        own.meetings.join(group.code, names=agrees)
        own.meetings.add(group.meeting, "De wet laat hier ruimte.")
    view = group.facilitator.meetings.view(group.meeting, KNOWLEDGE)
    named = [open_one.actor.name, group.members[0].actor.name]
    assert [one.by for one in view.additions] == ["", *named]
    assert shy.actor.name not in repr(replace(view, seats=()))


def test_the_order_of_the_steps_does_not_tell_what_the_colleague_did(record: Record) -> None:
    orders = ([DO, DO_NOT], [DO_NOT, DO])
    groups = [joined(prepared(record, options=order), 1) for order in orders]
    seen = [one.members[0].meetings.view(one.meeting, KNOWLEDGE).options for one in groups]
    assert seen[0] == seen[1]
    assert set(seen[0]) == {DO, DO_NOT}


def changed(record: Record, own: Access) -> Access:
    """The same person in a new session, with the roles of now."""
    known = record.people.find(own.actor.id)
    assert known is not None
    return access(record, Actor(known.id, known.name, known.roles, known.teams, Login.VALID))


def test_who_lost_their_role_is_out(record: Record) -> None:
    group = answered(record, [DO, DO_NOT, DO])
    record.people.take_role(group.members[0].actor.id, Role.PROFESSIONAL, by="toets")
    record.people.take_role(group.facilitator.actor.id, Role.FACILITATOR, by="toets")
    record.people.give_role(group.facilitator.actor.id, Role.ADMINISTRATOR, by="toets")
    for own in (changed(record, group.members[0]), changed(record, group.facilitator)):
        meetings = own.meetings
        assert meetings.mine() == ()
        for refused in (
            lambda meetings=meetings: meetings.view(group.meeting, KNOWLEDGE),
            lambda meetings=meetings: meetings.seal(group.meeting),
            lambda meetings=meetings: meetings.head(group.meeting),
            lambda meetings=meetings: meetings.reveal(group.meeting, Stage.CHOICES),
            lambda meetings=meetings: meetings.add(group.meeting, "Nog één ding dan."),
            lambda own=own: answer(own, group.meeting),
        ):
            with pytest.raises((NoMeetingError, AccessError)):
                refused()
    assert group.members[1].meetings.view(group.meeting, KNOWLEDGE).answered == 3


def test_a_guest_learns_of_nobody_and_of_no_other_meeting(record: Record) -> None:
    group, other = answered(record, [DO, DO_NOT]), answered(record, [DO, DO_NOT])
    own = access(record, Actor(guest_id("x" * 22), "Gast", frozenset(), login=Login.GUEST))
    own.meetings.join(group.code, names=True)
    assert own.meetings.view(group.meeting, KNOWLEDGE).joined == 3
    assert (own.names(), own.parties()) == ({}, {})
    assert own.cases().own == own.cases().shared == own.cases().examples == ()
    with pytest.raises(NoMeetingError):
        own.meetings.view(other.meeting, KNOWLEDGE)
    with pytest.raises(AccessError):
        own.meetings.take_over(group.meeting)


def test_a_decision_that_is_said_to_be_in_another_case_leads_to_no_verdict(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    concluded(group)
    group.facilitator.meetings.close(group.meeting)
    (decision,) = record.decisions(group.case)
    stranger = access(record, person(record, Role.PROFESSIONAL))
    own_case = a_case(record, Tie.OWN, stranger.actor)
    assert stranger.meetings.verdicts_about(replace(decision, case_id=own_case)) == ()
    assert len(group.colleague.meetings.verdicts_about(decision)) == 1


def test_only_texts_of_the_case_go_along(record: Record) -> None:
    group = prepared(record)
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    extra = ReviewedText(field="Jan Jansen", choice=TextChoice.REWRITTEN, text="Een tekst.")
    with pytest.raises(DecisionError, match="hoort niet bij deze casus"):
        group.facilitator.meetings.prepare(
            copy,
            KNOWLEDGE,
            texts=[*kept(copy), extra],
            question="Wat had u hier gedaan?",
            asked=[],
            options=[DO, DO_NOT],
            script="incident",
        )


def test_two_clicks_at_once_make_one_meeting(record: Record) -> None:
    group, key = prepared(record), uuid4()
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    given: dict[str, Any] = {"asked": [], "options": [DO, DO_NOT], "script": "incident"}

    def click(_: int) -> str:
        return group.facilitator.meetings.prepare(
            copy, KNOWLEDGE, texts=kept(copy), question="Wat had u gedaan?", key=key, **given
        )

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(click, range(4)))
    assert len(made) == 1
    assert len(group.facilitator.meetings.mine()) == 2


def test_a_question_that_is_gone_since_keeps_nobody_from_answering(record: Record) -> None:
    group = joined(prepared(record, asked=["ziek", "maanden"]), 2)
    before, _, after = world.FACTS.partition("  - id: maanden\n")
    without = world.knowledge(before + after[after.index("  - id: sinds\n") :])
    assert "maanden" not in without.facts
    for own in group.members:
        own.meetings.answer(
            group.meeting,
            without,
            readings={"ziek": "nee"},
            step=DO,
            why="Zo komt de client verder.",
            sure=Sureness.FAIRLY,
        )
    group.reveal()
    view = group.members[0].meetings.view(group.meeting, without)
    assert [voice.readings for voice in view.voices or ()] == [{"ziek": "nee"}] * 2


def test_a_meeting_is_no_case_to_who_has_the_machine(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    for look in (record.history, record.disclosed, record.decisions):
        with pytest.raises(NoCaseError):
            look(group.meeting)
    with pytest.raises(RecordError):
        record.load_case(group.meeting, KNOWLEDGE)

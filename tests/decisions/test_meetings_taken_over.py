"""Another facilitator leads a meeting on; the same is blind for them, on every database."""

from __future__ import annotations

import pytest

from engine.decisions import Access, AccessError, Record, RecordError, Role
from engine.words import Ruling, Stage
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.group import DO, DO_NOT, UNSEEN, WHY, Group, answer, answered, concluded

KNOWLEDGE = world.knowledge()


@pytest.fixture
def group(record: Record) -> Group:
    return answered(record, [DO, DO_NOT])


def colleague(group: Group, *roles: Role) -> Access:
    """Someone else who takes part."""
    own = access(group.record, person(group.record, *(roles or (Role.FACILITATOR,))))
    own.meetings.join(group.code, names=True)
    return own


def test_a_colleague_leads_to_the_end(group: Group) -> None:
    other = colleague(group)
    other.meetings.take_over(group.meeting)
    for stage in Stage:
        other.meetings.reveal(group.meeting, stage)
    other.meetings.begin_step(group.meeting, 0)
    other.meetings.note(group.meeting, "De groep ging verder.")
    other.meetings.conclude(group.meeting, ruling=Ruling.UPHOLD, why="Het was goed gewogen.")
    other.meetings.close(group.meeting)
    assert group.record.meetings.of(group.meeting).closed
    assert not group.record.verify().broken


def test_everyone_who_is_in_it_sees_who_leads(group: Group) -> None:
    before = group.members[0].meetings.view(group.meeting, KNOWLEDGE)
    assert (before.leader, before.taken_over_at) == (group.facilitator.actor.name, None)
    other = colleague(group)
    other.meetings.take_over(group.meeting)
    for own in (*group.members, group.facilitator, other):
        view = own.meetings.view(group.meeting, KNOWLEDGE)
        assert view.leader == other.actor.name
        assert view.taken_over_at is not None
        assert view.facilitates is (own is other)


def test_it_is_as_blind_for_who_takes_over(group: Group) -> None:
    other = colleague(group)
    other.meetings.take_over(group.meeting)
    view = other.meetings.view(group.meeting, KNOWLEDGE)
    assert (view.voices, view.frozen, view.colleague, dict(view.said)) == (None, None, None, {})
    assert WHY not in repr(view)
    assert UNSEEN not in repr(view)
    assert [seat.answered for seat in view.seats] == [True, True]


def test_who_led_before_is_in_it_still_and_can_take_it_back(group: Group) -> None:
    other = colleague(group)
    other.meetings.take_over(group.meeting)
    first = group.facilitator.meetings
    with pytest.raises(AccessError, match="Alleen de begeleider"):
        first.reveal(group.meeting, Stage.CHOICES)
    with pytest.raises(RecordError, match="deed dat eerder"):
        answer(group.facilitator, group.meeting)
    with pytest.raises(RecordError):
        first.join(group.code, names=True)
    assert first.view(group.meeting, KNOWLEDGE).has_led
    assert [one.id for one in first.mine()] == [group.meeting]
    first.take_over(group.meeting)
    group.reveal()
    concluded(group)


def test_an_answer_from_before_counts_and_no_new_one_is_given(group: Group) -> None:
    other = colleague(group)
    answer(other, group.meeting)
    other.meetings.take_over(group.meeting)
    with pytest.raises(RecordError, match="telt mee"):
        answer(other, group.meeting, DO_NOT)
    assert other.meetings.view(group.meeting, KNOWLEDGE).joined == 3
    other.meetings.reveal(group.meeting, Stage.CHOICES)
    voices = other.meetings.view(group.meeting, KNOWLEDGE).voices or ()
    assert [voice.step for voice in voices if voice.mine] == [DO]
    assert len(voices) == 3


def test_nobody_waits_for_who_leads(group: Group) -> None:
    other = colleague(group)
    assert group.facilitator.meetings.view(group.meeting, KNOWLEDGE).joined == 3
    other.meetings.take_over(group.meeting)
    view = other.meetings.view(group.meeting, KNOWLEDGE)
    assert (view.joined, view.answered, len(view.seats)) == (2, 2, 2)


def test_who_can_read_the_case_and_takes_over_is_marked(group: Group) -> None:
    other = colleague(group, Role.FACILITATOR, Role.MANAGER)
    answer(other, group.meeting)
    other.meetings.take_over(group.meeting)
    other.meetings.reveal(group.meeting, Stage.CHOICES)
    # Without names it is said of how many answers, not of which.
    assert other.meetings.view(group.meeting, KNOWLEDGE).knowing == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FACILITATOR])
def test_only_a_facilitator_takes_over(group: Group, role: Role) -> None:
    own = access(group.record, person(group.record, role))
    if role is not Role.ADMINISTRATOR:
        own.meetings.join(group.code, names=True)
    with pytest.raises(RecordError):
        own.meetings.take_over(group.meeting)
    assert group.facilitator.meetings.view(group.meeting, KNOWLEDGE).facilitates


def test_only_who_is_in_it_takes_over(group: Group) -> None:
    own = access(group.record, person(group.record, Role.FACILITATOR))
    with pytest.raises(RecordError):
        own.meetings.take_over(group.meeting)


def test_a_meeting_that_is_over_stays_with_who_led_it(group: Group) -> None:
    other = colleague(group)
    group.reveal()
    concluded(group)
    group.facilitator.meetings.close(group.meeting)
    with pytest.raises(RecordError, match="gesloten"):
        other.meetings.take_over(group.meeting)


def test_taking_over_twice_records_it_once(group: Group) -> None:
    other = colleague(group)
    other.meetings.take_over(group.meeting)
    size = group.record.size()
    other.meetings.take_over(group.meeting)
    assert group.record.size() == size


def test_a_click_of_who_led_until_just_now_is_refused(group: Group) -> None:
    # Past the first look whether they lead: this is what the writer itself refuses.
    colleague(group).meetings.take_over(group.meeting)
    first, meetings = group.facilitator.actor.id, group.record.meetings
    with pytest.raises(RecordError, match="begeleidt deze bijeenkomst nu"):
        meetings.reveal(group.meeting, Stage.CHOICES, actor=first, key=None)
    with pytest.raises(RecordError, match="begeleidt deze bijeenkomst nu"):
        meetings.close(group.meeting, actor=first, key=None)

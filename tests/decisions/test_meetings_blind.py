"""What is blind in a meeting stays blind, whoever asks, the same on every database."""

from __future__ import annotations

import pytest

from engine.decisions import (
    AccessError,
    DecisionError,
    MeetingPrepared,
    NoCaseError,
    NoMeetingError,
    PrivacyError,
    Record,
    RecordError,
    ReviewedText,
    Role,
    TextChoice,
    new_case_id,
)
from engine.words import Ruling, Stage
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.group import (
    DO,
    DO_NOT,
    RULE,
    UNSEEN,
    WHY,
    Group,
    answer,
    answered,
    joined,
    kept,
    prepared,
)

KNOWLEDGE = world.knowledge()


def said(group: Group, number: int) -> str:
    """Everything that one participant gets to see, as text."""
    return repr(group.members[number].meetings.view(group.meeting, KNOWLEDGE))


@pytest.mark.parametrize("shown", range(4))
def test_nobody_sees_what_is_not_shown_yet(record: Record, shown: int) -> None:
    group = joined(prepared(record), 3)
    for number, one in enumerate(group.members):
        answer(one, group.meeting, DO, why=f"Mijn reden is nummer {'abc'[number]} van deze groep.")
    group.reveal(*list(Stage)[:shown]) if shown else None
    seen = set(list(Stage)[:shown])
    for own in (*group.members, group.facilitator):
        view = own.meetings.view(group.meeting, KNOWLEDGE)
        text = repr(view)
        assert (view.voices is not None) is (Stage.CHOICES in seen)
        for number, other in enumerate(group.members):
            mine = other is own
            reason = f"nummer {'abc'[number]}"
            assert (reason in text) is (mine or Stage.CHOICES in seen)
        if view.voices:
            readings = {voice.readings is not None for voice in view.voices}
            assert readings == {Stage.READINGS in seen}
        assert (view.frozen is not None) is (Stage.ADVICE in seen)
        assert "ziek" not in view.case.known
        assert RULE not in text or Stage.ADVICE in seen
        assert UNSEEN not in text
        assert (view.colleague is not None) is (Stage.DECISION in seen)
    group.reveal(*list(Stage)[shown:])
    assert UNSEEN in said(group, 0)


def test_a_direct_call_gives_a_participant_nothing_of_the_case(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    own = group.members[0]
    for stream in (group.meeting, group.case):
        for look in (
            lambda stream: own.load_case(stream, KNOWLEDGE),
            own.history,
            own.decisions,
            own.seal,
            own.shared_with,
        ):
            with pytest.raises(NoCaseError):
                look(stream)
        assert not own.sees(stream)
    assert own.deviations_on(RULE) == ()
    assert own.meetings.verdicts_on(RULE) == ()
    with pytest.raises(AccessError):
        own.meetings.proposals(KNOWLEDGE)
    view = own.meetings.view(group.meeting, KNOWLEDGE)
    assert (view.code, view.origin, view.seats) == ("", "", ())


@pytest.mark.parametrize("role", Role)
def test_who_is_not_in_it_finds_nothing(record: Record, role: Role) -> None:
    group = answered(record, [DO, DO_NOT])
    group.reveal()
    own = access(record, person(record, role))
    for look in (
        lambda: own.meetings.view(group.meeting, KNOWLEDGE),
        lambda: own.meetings.head(group.meeting),
        lambda: own.meetings.add(group.meeting, "Ik zeg ook iets."),
        lambda: answer(own, group.meeting),
        lambda: own.meetings.reveal(group.meeting, Stage.CHOICES),
        lambda: own.meetings.close(group.meeting),
    ):
        with pytest.raises(NoMeetingError):
            look()
    assert own.meetings.mine() == ()


def test_what_leads_is_refused_to_who_takes_part(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    own = group.members[0].meetings
    for step in (
        lambda: own.reveal(group.meeting, Stage.CHOICES),
        lambda: own.begin_step(group.meeting, 0),
        lambda: own.note(group.meeting, "Ik noteer dit."),
        lambda: own.close(group.meeting),
        lambda: own.conclude(group.meeting, ruling=Ruling.UPHOLD, why="Zo vind ik het goed."),
        lambda: own.copy(group.case, KNOWLEDGE, group.decision),
    ):
        with pytest.raises(AccessError):
            step()
    assert group.facilitator.meetings.view(group.meeting, KNOWLEDGE).revealed == ()


def test_who_comes_late_sees_and_adds_but_does_not_answer(record: Record) -> None:
    group = answered(record, [DO, DO_NOT], names=True)
    group.reveal(Stage.CHOICES)
    late = access(record, person(record, Role.LAWYER))
    late.meetings.join(group.code, names=False)
    view = late.meetings.view(group.meeting, KNOWLEDGE)
    assert view.late
    assert view.names_shown
    with pytest.raises(RecordError):
        answer(late, group.meeting)
    late.meetings.add(group.meeting, "De wet laat hier ruimte.")


def test_names_are_shown_only_if_everyone_agreed(record: Record) -> None:
    group = answered(record, [DO, DO_NOT], names=True)
    group.reveal(Stage.CHOICES)
    assert {one.actor.name for one in group.members} <= {
        voice.label
        for voice in group.facilitator.meetings.view(group.meeting, KNOWLEDGE).voices or ()
    }
    other = joined(joined(prepared(record, names=True), 2), 0)
    shy = access(record, person(record, Role.PROFESSIONAL))
    shy.meetings.join(other.code, names=False)
    answer(shy, other.meeting)
    late = joined(other, 1)
    answer(late.members[0], other.meeting, DO_NOT)
    late.members[0].meetings.view(other.meeting, KNOWLEDGE)
    late.reveal()
    late.members[0].meetings.add(other.meeting, "Ik zie het nog steeds anders.")
    text = said(late, 0)
    assert "Deelnemer 1" in text
    assert shy.actor.name not in text
    assert shy.actor.id not in text
    assert late.members[0].actor.id not in text


def test_a_code_is_read_as_it_is_said_and_forged_ones_give_nothing(record: Record) -> None:
    group = prepared(record)
    own = access(record, person(record, Role.PROFESSIONAL))
    for wrong in (
        "",
        "x",
        group.meeting,
        group.code[:-1],
        "%",
        "'; drop table events; --",
        "é" * 8,
    ):
        with pytest.raises(NoMeetingError):
            own.meetings.join(wrong, names=False)
    spaced = f" {group.code[:4].upper()} {group.code[4:]} "
    assert own.meetings.join(spaced, names=False) == group.meeting
    assert own.meetings.join(group.code, names=False) == group.meeting
    assert group.facilitator.meetings.view(group.meeting, KNOWLEDGE).joined == 1


@pytest.mark.parametrize("role", Role)
def test_only_a_facilitator_prepares_and_an_administrator_does_not_join(
    record: Record, role: Role
) -> None:
    group = prepared(record)
    own = access(record, person(record, role))
    assert own.meetings.can_prepare is (role is Role.FACILITATOR)
    example = world.a_case(new_case_id(), wil="ja")
    record.open_case(example, title="Een voorbeeld", story="", actor="Leidraad", example=True)
    if own.meetings.can_prepare:
        own.meetings.copy(example.id, KNOWLEDGE)
        with pytest.raises(NoCaseError):
            own.meetings.copy(group.case, KNOWLEDGE)
    else:
        with pytest.raises(AccessError):
            own.meetings.copy(example.id, KNOWLEDGE)
    if role is Role.ADMINISTRATOR:
        with pytest.raises(AccessError):
            own.meetings.join(group.code, names=False)
    else:
        own.meetings.join(group.code, names=False)
    assert own.meetings.can_see_proposals is (role is Role.DESIGNER)


def test_every_text_is_looked_at(record: Record) -> None:
    group = prepared(record)
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    texts = kept(copy)
    assert {one.field for one in texts} >= {"title", "story", "instead"}
    given = {
        "question": "Wat had u hier gedaan?",
        "asked": [],
        "options": [DO, DO_NOT],
        "script": "incident",
    }
    with pytest.raises(DecisionError) as missing:
        group.facilitator.meetings.prepare(copy, KNOWLEDGE, texts=texts[1:], **given)  # type: ignore[arg-type]
    assert [one.field for one in missing.value.findings] == ["texts.title"]
    other = ReviewedText(field="story", choice=TextChoice.KEPT, text="Een ander verhaal.")
    with pytest.raises(DecisionError, match="herschrijven"):
        group.facilitator.meetings.prepare(
            copy,
            KNOWLEDGE,
            texts=[texts[0], other, *texts[2:]],
            **given,  # type: ignore[arg-type]
        )
    named = ReviewedText(
        field="story", choice=TextChoice.REWRITTEN, text="Mevrouw Jansen wil dit niet."
    )
    with pytest.raises(PrivacyError):
        group.facilitator.meetings.prepare(
            copy,
            KNOWLEDGE,
            texts=[texts[0], named, *texts[2:]],
            **given,  # type: ignore[arg-type]
        )
    with pytest.raises(DecisionError):
        ReviewedText(field="story", choice=TextChoice.LEFT_OUT, text="Toch iets.")


def test_what_was_prepared_is_enciphered(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    (event, *_) = record.meetings.events_of(group.meeting)
    assert isinstance(event.body, MeetingPrepared)
    with record._database.reading() as connection:
        raw = str(connection.exec_driver_sql("SELECT payload FROM events").all())
    assert WHY not in raw
    assert group.code not in raw

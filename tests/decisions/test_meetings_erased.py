"""Erasing a case takes along what was copied from it, and nothing is copied any more after that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import paths
from engine.decisions import ErasureGround, NoMeetingError, Record, RecordError
from engine.loading import load
from tests.decisions import world
from tests.decisions.group import DO, DO_NOT, Group, answered, kept, prepared

KNOWLEDGE = world.knowledge()


def copy_again(group: Group) -> None:
    """Make the same case ready for a second group."""
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    group.facilitator.meetings.prepare(
        copy,
        KNOWLEDGE,
        texts=kept(copy),
        question="Wat had u hier gedaan?",
        asked=[],
        options=[DO, DO_NOT],
        script="incident",
    )


def test_every_meeting_on_it_goes_along(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    other = answered(record, [DO, DO_NOT])
    copy_again(group)
    record.erase(group.case, ErasureGround.REQUEST, actor="p-beheer")
    assert len(record.erased()) == 3
    for look in (
        lambda: group.members[0].meetings.view(group.meeting, KNOWLEDGE),
        lambda: group.members[0].meetings.head(group.meeting),
        lambda: group.members[0].meetings.seal(group.meeting),
    ):
        with pytest.raises(NoMeetingError):
            look()
    assert group.facilitator.meetings.mine() == ()
    assert other.members[0].meetings.view(other.meeting, KNOWLEDGE).joined == 2
    assert record.verify().broken is None
    assert record.inspect().sound


def test_a_term_that_is_not_over_leaves_the_meetings_and_one_that_is_takes_them(url: str) -> None:
    later: list[datetime] = []
    real = load(paths.knowledge_folder())
    with Record.open(url, clock=lambda: later[-1] if later else world.clock()) as record:
        group = answered(record, [DO, DO_NOT])
        before = record.size()
        with pytest.raises(RecordError, match="nog niet voorbij"):
            record.erase(group.case, ErasureGround.TERM, actor="p-beheer", knowledge=real)
        assert record.size() == before
        assert group.members[0].meetings.view(group.meeting, KNOWLEDGE).joined == 2
        later.append(datetime(2056, 1, 1, tzinfo=UTC))
        record.erase(group.case, ErasureGround.TERM, actor="p-beheer", knowledge=real)
        assert set(record.erased()) == {group.case, group.meeting}


def test_both_or_neither(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    group = answered(record, [DO, DO_NOT])
    before = record.size()

    def refused(*_: object) -> None:
        raise RecordError("De stroom viel uit.")

    with monkeypatch.context() as patched:
        patched.setattr("engine.decisions.journal.Journal._copies", refused)
        with pytest.raises(RecordError):
            record.erase(group.case, ErasureGround.REQUEST, actor="p-beheer")
    assert (record.size(), record.erased()) == (before, ())


def test_nothing_is_copied_of_a_case_that_is_erased_meanwhile(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = prepared(record)
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    record.erase(group.case, ErasureGround.REQUEST, actor="p-beheer")
    before = record.size()
    # As if it was read just before it was erased.
    monkeypatch.setattr(type(group.facilitator.meetings), "copy", lambda *_: copy)
    with pytest.raises(RecordError):
        copy_again(group)
    assert record.size() == before

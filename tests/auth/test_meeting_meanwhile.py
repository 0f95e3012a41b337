"""A page of a meeting can stay open for longer than a role or a login lasts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.decisions import Access, NoMeetingError, Record, RecordError, Role
from tests.auth.world import access
from tests.decisions import world
from tests.decisions.databases import new_sqlite
from tests.decisions.group import DO, DO_NOT, Group, answered
from ui.live import latest
from ui.meeting import files

KNOWLEDGE = world.knowledge()


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    monkeypatch.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{tmp_path / 'sleutels.db'}")
    with Record.open(new_sqlite(tmp_path), clock=world.clock) as opened:
        yield opened


@pytest.fixture
def group(record: Record) -> Group:
    return answered(record, [DO, DO_NOT])


def until(own: Access, record: Record, moment: float) -> Access:
    """The same person, whose login ends at a moment."""
    return access(record, replace(own.actor, until=moment))


def files_of(own: Access, group: Group, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Make every file that someone can ask for on a page that was drawn before."""
    asked: list[Callable[[], bytes]] = []
    monkeypatch.setattr(files, "download", lambda _, make, *rest, **more: asked.append(make))
    drawn = group.members[0].meetings.view(group.meeting, KNOWLEDGE)
    files.hand_out(drawn, own, KNOWLEDGE)
    files.minutes_of(drawn, own, KNOWLEDGE)
    assert len(asked) == 4
    return [make() for make in asked]


def test_a_file_is_made_for_who_may_have_it_now(
    record: Record, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = until(group.members[0], record, time.time() + 3600)
    assert all(files_of(own, group, monkeypatch))
    with pytest.raises(RecordError, match="verlopen"):
        files_of(until(own, record, time.time() - 1), group, monkeypatch)
    record.people.take_role(own.actor.id, Role.PROFESSIONAL, by="toets")
    with pytest.raises(NoMeetingError):
        files_of(own, group, monkeypatch)


def test_news_is_for_who_may_have_it_now(
    record: Record, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = group.members[0]
    drawn = own.meetings.view(group.meeting, KNOWLEDGE)
    monkeypatch.setattr("ui.live.access", lambda: own)
    assert latest(drawn, KNOWLEDGE) == drawn
    group.reveal()
    assert latest(drawn, KNOWLEDGE).voices is not None
    gone = access(record, replace(own.actor, roles=frozenset()))
    monkeypatch.setattr("ui.live.access", lambda: gone)
    with pytest.raises(NoMeetingError):
        latest(drawn, KNOWLEDGE)

"""Every cell of the table on intervisie in docs/rechten.md, tried for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from engine.decisions import (
    Access,
    AccessError,
    Login,
    NoCaseError,
    NoMeetingError,
    Record,
    Role,
    new_case_id,
)
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.databases import new_sqlite
from tests.decisions.group import DO, DO_NOT, RULE, Group, answered, concluded, prepared
from tests.docs.markdown import page

KNOWLEDGE = world.knowledge()


def table() -> tuple[list[str], list[list[str]]]:
    """The head and the rows of the table."""
    lines = page("rechten.md").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| Bij intervisie |"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[0][1:], rows[2:]


def prepare(own: Access, group: Group) -> None:
    example = world.a_case(new_case_id(), wil="ja")
    group.record.open_case(example, title="Voorbeeld", story="", actor="Leidraad", example=True)
    own.meetings.copy(example.id, KNOWLEDGE)


def join(own: Access, group: Group) -> None:
    own.meetings.join(prepared(group.record).code, names=False)


def take_over(own: Access, group: Group) -> None:
    meeting = prepared(group.record)
    try:
        own.meetings.join(meeting.code, names=False)
    except AccessError:
        # Who may not take part isn't in it, and finds nothing to take over.
        assert Role.ADMINISTRATOR in own.actor.roles
        raise
    own.meetings.take_over(meeting.meeting)


def verdicts(own: Access, group: Group) -> None:
    if not own.meetings.verdicts_on(RULE):
        raise AccessError("not shown")


def agreement(own: Access, group: Group) -> None:
    if not own.meetings.agreement(KNOWLEDGE).too_few:
        raise AccessError("not shown")


def proposals(own: Access, group: Group) -> None:
    own.meetings.proposals(KNOWLEDGE)


TRIED: Mapping[str, Callable[[Access, Group], None]] = {
    "een casus die u mag lezen klaarmaken voor een groep, en de bijeenkomst leiden": prepare,
    "een bijeenkomst overnemen waaraan u meedoet": take_over,
    "meedoen met de code": join,
    "zien wat groepen over een regel vonden": verdicts,
    "zien hoe vaak groepen het eens zijn": agreement,
    "zien wat groepen over regels voorstellen, met de casus als toets": proposals,
}


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    monkeypatch.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{tmp_path / 'sleutels.db'}")
    with Record.open(new_sqlite(tmp_path), clock=world.clock) as opened:
        yield opened


@pytest.fixture
def group(record: Record) -> Group:
    """A meeting that is over."""
    found = answered(record, [DO, DO_NOT])
    found.reveal()
    concluded(found)
    found.facilitator.meetings.close(found.meeting)
    return found


def test_the_table_is_about_all_roles_and_acts() -> None:
    head, rows = table()
    assert head == [str(role) for role in Role]
    assert [row[0] for row in rows] == list(TRIED)


@pytest.mark.parametrize("role", Role)
def test_every_cell(record: Record, group: Group, role: Role) -> None:
    head, rows = table()
    for name, *cells in rows:
        own = access(record, person(record, role))
        said = cells[head.index(str(role))]
        if said == "ja":
            TRIED[name](own, group)
        else:
            assert said == "–"
            with pytest.raises(AccessError):
                TRIED[name](own, group)


@pytest.mark.parametrize("role", Role)
def test_no_role_opens_a_meeting_as_a_case(record: Record, group: Group, role: Role) -> None:
    own = access(record, person(record, role))
    for look in (own.history, own.decisions, own.seal, own.tie):
        with pytest.raises(NoCaseError):
            look(group.meeting)
    with pytest.raises(NoMeetingError):
        own.meetings.view(group.meeting, KNOWLEDGE)
    with pytest.raises(NoMeetingError):
        own.meetings.seal(group.meeting)
    listed = own.cases()
    shown = (*listed.own, *listed.shared, *listed.others, *listed.examples)
    assert group.meeting not in {case.id for case in shown}


def test_an_expired_login_records_nothing(record: Record) -> None:
    group = prepared(record)
    gone = person(record, *Role, login=Login.EXPIRED)
    size = record.size()
    own = access(record, gone).meetings
    for attempt in (
        lambda: own.join(group.code, names=False),
        lambda: own.add(group.meeting, "Nog iets om te zeggen."),
        lambda: own.close(group.meeting),
        lambda: own.proposals(KNOWLEDGE),
    ):
        with pytest.raises(AccessError):
            attempt()
    assert record.size() == size

"""People and cases for the tests on who may do what."""

from __future__ import annotations

from itertools import count
from uuid import uuid4

from engine.decisions import (
    PROGRAM,
    Access,
    Actor,
    Login,
    Party,
    PartyKind,
    Record,
    Role,
    Tie,
    person_id,
)
from tests.decisions import world

_NUMBERS = count()


def person(record: Record, *roles: Role, team: str = "", login: Login = Login.VALID) -> Actor:
    """Someone new, with roles from the record itself."""
    number = next(_NUMBERS)
    found = person_id("https://aanmelden.example", f"iemand-{number}")
    record.people.meet(found, f"Iemand {number}", f"iemand{number}@example.org")
    for role in roles:
        record.people.give_role(found, role, by="toets")
    if team:
        record.people.put_in_team(found, team, by="toets")
    known = record.people.find(found)
    assert known is not None
    return Actor(known.id, known.name, known.roles, known.teams, login)


def access(record: Record, actor: Actor) -> Access:
    """The record for someone in a new session."""
    return Access(record, actor, uuid4())


def a_case(record: Record, tie: Tie, actor: Actor) -> str:
    """A case that is this to someone."""
    case_id = f"c-{next(_NUMBERS)}"
    opener = {Tie.EXAMPLE: PROGRAM, Tie.OWN: actor.id}.get(tie, "p-een-ander")
    case = world.a_case(case_id, wil="ja")
    record.open_case(
        case, title="Een casus", story="", actor=opener, example=tie is Tie.EXAMPLE, key=uuid4()
    )
    if tie is Tie.SHARED:
        record.sharing.share(case_id, Party(PartyKind.PERSON, actor.id), actor=opener)
    return case_id


def kinds(record: Record, case_id: str) -> list[str]:
    """What happened in a case, as kinds of event."""
    return [event.kind for event in record.history(case_id)]

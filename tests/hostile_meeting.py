"""A group that judges the attacked case, in which every text is an attack too."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from engine.decisions import (
    Access,
    Actor,
    Decided,
    Login,
    Record,
    ReviewedText,
    Role,
    Step,
    TextChoice,
    guest_id,
)
from engine.words import Direction, Ruling, Stage, Sureness
from tests.hostile import CASE, Attacker

NAME = "<b>Vet</b> [x](https://kwaad.invalid) # Kop"
COURSE = Step(action="cursus_inzetten", direction=Direction.DO)
NO_COURSE = Step(action="cursus_inzetten", direction=Direction.DO_NOT)


def hold(attacker: Attacker, record: Record, actor: str, today: date) -> str:
    """Prepare, hold and close a meeting on the case that the attacker filled.

    Args:
        attacker: who types.
        record: where the case is.
        actor: who leads it, on their own machine.
        today: the day it is.

    Returns:
        the meeting, by its pseudonym.
    """
    owner = owner_of(record, actor)
    meeting = _prepare(attacker, record, owner)
    code = owner.meetings.view(meeting, attacker.knowledge).code
    for number in range(2):
        _judge(attacker, record, code, number)
    for stage in Stage:
        owner.meetings.reveal(meeting, stage)
    owner.meetings.note(meeting, attacker.text("note of a meeting", 2000))
    _add(attacker, record, meeting)
    owner.meetings.conclude(
        meeting,
        ruling=Ruling.UPHOLD,
        why=attacker.text("why of a group", 2000),
        learned=[attacker.text("learned", 500)],
        agreed=[(attacker.text("agreed what", 500), attacker.text("agreed who", 500), today)],
    )
    owner.meetings.close(meeting)
    return meeting


def owner_of(record: Record, actor: str) -> Access:
    """Return the record for who works alone on their own machine."""
    return Access(record, Actor(actor, "Sam", frozenset(Role), login=Login.LOCAL), uuid4())


def _guest(record: Record, number: int) -> Access:
    actor = Actor(guest_id(f"plek-{number}"), "Gast", frozenset(), login=Login.GUEST)
    return Access(record, actor, uuid4())


def _prepare(attacker: Attacker, record: Record, owner: Access) -> str:
    decision = next(one.id for one in record.history(CASE) if isinstance(one.body, Decided))
    copy = owner.meetings.copy(CASE, attacker.knowledge, decision)
    return owner.meetings.prepare(
        copy,
        attacker.knowledge,
        texts=[
            ReviewedText(
                field=field,
                choice=TextChoice.REWRITTEN,
                text=attacker.text(f"rewritten {field}", 2000),
            )
            for field in copy.texts
        ],
        question=attacker.text("question to a group", 500),
        asked=["motivatie"],
        options=[COURSE, NO_COURSE],
        script="incident",
        names=True,
        step=COURSE,
    )


def _judge(attacker: Attacker, record: Record, code: str, number: int) -> None:
    own = _guest(record, number)
    meeting = own.meetings.join(code, names=True)
    record.people.meet(own.actor.id, f"Gast {number} {NAME}")
    own.meetings.answer(
        meeting,
        attacker.knowledge,
        readings={"motivatie": "twijfelt"},
        step=None if number else NO_COURSE,
        other=attacker.text("another step", 500) if number else "",
        why=attacker.text(f"why of guest {number}", 2000),
        sure=Sureness.DOUBT,
    )


def _add(attacker: Attacker, record: Record, meeting: str) -> None:
    for minority in (False, True):
        said = attacker.text(f"added, minority {minority}", 2000)
        _guest(record, 0).meetings.add(meeting, said, minority=minority)

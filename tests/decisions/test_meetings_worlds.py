"""Two worlds that differ only in what isn't shown yet look the same, whatever anyone does.

So nothing leaks by another way either: a count, an order, a message, a figure, or a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decisions import (
    Access,
    Actor,
    Deviation,
    Follow,
    Login,
    Party,
    PartyKind,
    Record,
    RecordError,
    Role,
    follow,
    guest_id,
)
from engine.decisions.base import DecisionError
from engine.words import Decider, Ruling, Stage, Sureness
from tests.decisions import world
from tests.decisions.databases import new_sqlite
from tests.decisions.group import DO, DO_NOT, QUESTION, UNSEEN, kept

KNOWLEDGE = world.knowledge()
CASE = "c-werelden"
CODE = "bcdfghjk"
STAGES = tuple(Stage)
WHO: dict[str, frozenset[Role]] = {
    "colleague": frozenset({Role.PROFESSIONAL}),
    "leader": frozenset({Role.FACILITATOR}),
    "blind": frozenset({Role.PROFESSIONAL}),
    "first": frozenset({Role.PROFESSIONAL}),
    "second": frozenset({Role.FACILITATOR}),
    "third": frozenset({Role.LAWYER}),
    "guest": frozenset(),
    "manager": frozenset({Role.MANAGER}),
}
LOOKING = ("leader", "blind", "guest", "manager")
"""Who must see the same: who leads, who takes part, and who is out of it."""
HIDDEN = ("first", "second", "third")
"""Whose answers are not the same in both worlds."""


@dataclass(frozen=True, slots=True)
class World:
    """A record with one meeting, and everyone's way into it.

    Attributes:
        other: whether what is hidden is otherwise here.
        shown: how many stages can be shown; what comes after those is hidden.
    """

    record: Record
    other: bool
    shown: int
    people: dict[str, Access]
    meeting: str

    def differs(self, stage: Stage) -> bool:
        return self.other and STAGES.index(stage) >= self.shown


def key(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


def decided(other: bool, shown: int, answer: str) -> Deviation | Follow:
    """What the colleague decided: with the rule in sight, only whether it was followed differs."""
    consultation = world.consulted(CASE, ziek=answer)
    rule = "proef.strenger" if other and shown <= STAGES.index(Stage.ADVICE) else "proef.werkwijze"
    if other:
        return follow(consultation, rule, decided_on=world.TODAY)
    parts = {"decided_by": Decider.PROFESSIONAL, "instead": UNSEEN}
    return world.deviation(consultation, rule, parts)


@contextmanager
def made(other: bool, shown: int) -> Iterator[World]:
    ticks = count()
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        patched = stack.enter_context(pytest.MonkeyPatch.context())
        patched.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{folder / 'sleutels.db'}")
        patched.setattr("engine.decisions.attending.new_code", lambda: CODE)
        patched.setattr("engine.decisions.attending.new_salt", lambda: "7" * 64)
        record = stack.enter_context(
            Record.open(new_sqlite(folder), clock=lambda: start + timedelta(seconds=next(ticks)))
        )
        people = {}
        for name, roles in WHO.items():
            person = guest_id(name) if name == "guest" else f"p-{name}"
            login = Login.VALID if roles else Login.GUEST
            record.people.meet(person, name.title())
            people[name] = Access(
                record, Actor(person, name.title(), roles, login=login), key(name)
            )
        colleague, leader = people["colleague"], people["leader"]
        hides_advice = other and shown <= STAGES.index(Stage.ADVICE)
        answer = "ja" if hides_advice else "nee"
        case = world.a_case(CASE, wil="ja", ziek=answer)
        colleague.open_case(case, title="Een casus", story="Er is veel te doen.", key=key("open"))
        consultation = world.consulted(CASE, ziek=answer)
        decision = colleague.decide(decided(other, shown, answer), consultation, key=key("besluit"))
        party = Party(PartyKind.PERSON, leader.actor.id)
        record.sharing.share(CASE, party, actor=colleague.actor.id)
        copy = leader.meetings.copy(CASE, KNOWLEDGE, decision.id)
        meeting = leader.meetings.prepare(
            copy,
            KNOWLEDGE,
            texts=kept(copy),
            question=QUESTION,
            asked=["ziek"],
            options=[DO, DO_NOT],
            script="incident",
            names=True,
            step=DO if hides_advice else None,
            key=key("bijeenkomst"),
        )
        yield World(record, other, shown, people, meeting)


def answers(here: World, name: str, number: int) -> dict[str, Any]:
    """What someone answers; of some it is something else in the other world."""
    hidden = name in HIDDEN
    step = DO_NOT if hidden and here.differs(Stage.CHOICES) else DO
    reading = "nee" if hidden and here.differs(Stage.READINGS) else "ja"
    why = "Om een andere reden." if hidden and here.differs(Stage.CHOICES) else "Om deze reden."
    sure = list(Sureness)[number % 3]
    return {"readings": {"ziek": reading}, "step": step, "why": why, "sure": sure}


def tried(here: World, name: str, act: str, number: int) -> str:
    """Let someone try something; return what became of it."""
    meetings, meeting = here.people[name].meetings, here.meeting
    try:
        match act:
            case "join":
                return meetings.join(CODE, names=number % 2 == 0)
            case "answer":
                meetings.answer(meeting, KNOWLEDGE, **answers(here, name, number))
            case "wrong":
                meetings.answer(
                    meeting, KNOWLEDGE, **(answers(here, name, number) | {"readings": {}})
                )
            case "add":
                meetings.add(meeting, "Hier wil ik iets aan toevoegen.", minority=number % 2 == 0)
            case "note":
                meetings.note(meeting, "Dit is gezegd.")
            case "begin":
                meetings.begin_step(meeting, number)
            case "take over":
                meetings.take_over(meeting)
            case "conclude":
                meetings.conclude(meeting, ruling=Ruling.UPHOLD, why="Het was goed afgewogen.")
            case "close":
                meetings.close(meeting)
            case "copy":
                meetings.copy(CASE, KNOWLEDGE)
            case "read":
                here.people[name].history(meeting)
            case _:
                meetings.reveal(meeting, STAGES[number % max(here.shown, 1)])
    except (RecordError, DecisionError) as error:
        return f"{type(error).__name__}: {error}"
    return "gelukt"


def seen(here: World, name: str) -> list[object]:
    """Everything that someone gets to see of meetings."""
    own = here.people[name]
    found: list[object] = [
        own.meetings.mine(),
        own.meetings.agreement(KNOWLEDGE),
        own.meetings.verdicts_on("proef.werkwijze"),
        own.names(),
        own.size(),
    ]
    for look in (own.meetings.head, lambda one: own.meetings.view(one, KNOWLEDGE)):
        try:
            found.append(look(here.meeting))
        except RecordError as error:
            found.append(str(error))
    return found


_ACTS = ["join", "answer", "answer", "wrong", "add", "note", "begin", "take over", "conclude"]
_TRIED = st.lists(
    st.tuples(
        st.sampled_from([one for one in WHO if one not in ("colleague", "manager")]),
        st.sampled_from([*_ACTS, "close", "copy", "read", "show", "show"]),
        st.integers(0, 3),
    ),
    max_size=12,
)
_BEGIN = [(name, act, 0) for name in ("blind", "first", "second") for act in ("join", "answer")]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 3), _TRIED)
def test_what_is_hidden_makes_no_difference(shown: int, acts: list[tuple[str, str, int]]) -> None:
    with made(other=False, shown=shown) as one, made(other=True, shown=shown) as two:
        show = [("leader", "show", number) for number in range(shown)]
        for name, act, number in (*_BEGIN, *acts, *show, *acts):
            if act == "show" and not shown:
                continue
            told = [tried(here, name, act, number) for here in (one, two)]
            assert told[0] == told[1]
            for looking in LOOKING:
                assert seen(one, looking) == seen(two, looking)
        assert one.record.verify().broken is two.record.verify().broken is None


def test_once_it_is_shown_the_worlds_are_not_the_same() -> None:
    """The test above can fail: what differs is there to be seen."""
    for shown, stage in enumerate(STAGES):
        with made(other=False, shown=shown) as one, made(other=True, shown=shown) as two:
            for here in (one, two):
                for name, act, number in _BEGIN:
                    tried(here, name, act, number)
                for earlier in STAGES[:shown]:
                    here.people["leader"].meetings.reveal(here.meeting, earlier)
            assert seen(one, "blind") == seen(two, "blind")
            for here in (one, two):
                here.people["leader"].meetings.reveal(here.meeting, stage)
            assert seen(one, "blind") != seen(two, "blind")

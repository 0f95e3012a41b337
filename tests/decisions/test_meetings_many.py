"""Many people in one meeting: whatever they do and in whatever order, nobody sees too early."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decisions import Access, DecisionError, Record, RecordError
from engine.words import Ruling, Stage
from tests.decisions import world
from tests.decisions.databases import new_sqlite
from tests.decisions.group import DO, DO_NOT, UNSEEN, Group, answer, joined, prepared

KNOWLEDGE = world.knowledge()
LETTERS = "abcdefghijkl"


def reason(number: int) -> str:
    """What only this participant wrote."""
    return f"Ik kies dit omdat reden {LETTERS[number]} zwaar weegt."


def test_twelve_at_once(record: Record) -> None:
    group = joined(prepared(record), 12)
    heads = []

    def take_part(number: int) -> None:
        own = group.members[number]
        step = DO if number % 3 else DO_NOT
        for _ in range(3):
            answer(own, group.meeting, step, why=reason(number))
            heads.append(own.meetings.head(group.meeting))
            assert own.meetings.view(group.meeting, KNOWLEDGE).own is not None

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(take_part, range(12)))
    group.reveal()
    view = group.facilitator.meetings.view(group.meeting, KNOWLEDGE)
    assert sorted(voice.why for voice in view.voices or ()) == sorted(map(reason, range(12)))
    assert max(heads) < view.seq
    assert record.verify().broken is None


def acts(group: Group, own: Access, act: str, number: int) -> None:
    """Let someone try something; what is refused changes nothing."""
    meetings = own.meetings
    match act:
        case "answer":
            answer(own, group.meeting, DO, why=reason(number))
        case "add":
            meetings.add(group.meeting, "Hier wil ik iets aan toevoegen.")
        case "note":
            meetings.note(group.meeting, "Dit is gezegd.")
        case "begin":
            meetings.begin_step(group.meeting, 0)
        case "close":
            meetings.close(group.meeting)
        case "conclude":
            meetings.conclude(
                group.meeting, ruling=Ruling.UPHOLD, why="De collega woog het goed af."
            )
        case _:
            meetings.reveal(group.meeting, Stage(act))


_TRIED = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["answer", "add", "note", "begin", "close", "conclude", *Stage]),
)


@contextlib.contextmanager
def new_record() -> Iterator[Record]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{Path(folder) / 'sleutels.db'}")
        with Record.open(new_sqlite(Path(folder)), clock=world.clock) as record:
            yield record


@settings(max_examples=25, deadline=None)
@given(st.lists(_TRIED, max_size=14))
def test_whatever_is_tried_nobody_sees_too_early(tried: list[tuple[int, str]]) -> None:
    with new_record() as record:
        group = joined(prepared(record), 3)
        everyone = (*group.members, group.facilitator)
        shown: set[Stage] = set()
        for who, act in tried:
            with contextlib.suppress(RecordError, DecisionError):
                acts(group, everyone[who], act, who)
                if act in set(Stage):
                    assert everyone[who] is group.facilitator
                    shown.add(Stage(act))
            for number, own in enumerate(everyone):
                said = repr(own.meetings.view(group.meeting, KNOWLEDGE))
                for other in range(3):
                    if other != number and Stage.CHOICES not in shown:
                        assert reason(other) not in said
                assert (UNSEEN in said) <= (Stage.DECISION in shown)
                assert ("proef.werkwijze" in said) <= (Stage.ADVICE in shown)
        assert record.verify().broken is None

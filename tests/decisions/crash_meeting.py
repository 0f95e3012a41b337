"""What is written of a meeting while the process is killed; see crash_writer.py."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from engine.decisions import Record, ReviewedText, TextChoice, follow
from engine.decisions.meeting_events import (
    MeetingAdded,
    MeetingAnswered,
    MeetingConcluded,
    MeetingNoted,
    MeetingPrepared,
    ScriptStepBegun,
)
from engine.decisions.meeting_parts import Colleague
from engine.words import Ruling, Stage, Sureness
from tests.decisions.group import DO, DO_NOT, QUESTION
from tests.decisions.world import SENTENCE, TODAY, a_case, consulted, knowledge

CASE = "c-proef"
KEYS = [uuid5(NAMESPACE_URL, f"bijeenkomst {n}") for n in range(17)]
"""The events that are written, in this order: two in the case, all others in the meeting."""
_LEADER, _GROUP = "p-begeleider", ("p-een", "p-twee")
_MADE = MeetingPrepared(
    origin=CASE,
    origin_seq=2,
    decision=KEYS[1],
    authority="uwv",
    protocols=("proef",),
    reference_date=TODAY,
    facts={"wil": "ja", "ziek": "nee"},
    texts=(ReviewedText(field="title", choice=TextChoice.KEPT, text="Een casus"),),
    question=QUESTION,
    code="bcdfghjk",
    salt="0" * 64,
    names=False,
    asked=("ziek",),
    options=(DO, DO_NOT),
    about=("proef.wet",),
    script="incident",
    colleague=Colleague(rule="proef.wet", outcome="volgen", step=DO),
)


def holds(record: Record) -> Iterator[UUID]:
    """Write all of a meeting but its end; each write yields once it is acknowledged."""
    keys = iter(KEYS)
    record.open_case(a_case(wil="ja"), title="T", story="S", actor="ik", key=(key := next(keys)))
    yield key
    seen = consulted()
    made = follow(seen, "proef.wet", decided_on=TODAY)
    record.decide(made, seen, actor="ik", key=(key := next(keys)))
    yield key
    own = record.meetings
    meeting = own.prepare(_MADE, actor=_LEADER, key=(key := next(keys))).case_id
    yield key
    for person in _GROUP:
        own.join(meeting, names=True, knows=False, actor=person, key=(key := next(keys)))
        yield key
    for person, step in (*zip(_GROUP, (DO, DO_NOT), strict=True), (_GROUP[0], DO_NOT)):
        answer = MeetingAnswered(
            readings={"ziek": "ja"}, step=step, why=SENTENCE, sure=Sureness.FAIRLY
        )
        own.answer(meeting, answer, knowledge(), actor=person, key=(key := next(keys)))
        yield key
    for stage in Stage:
        own.reveal(meeting, stage, actor=_LEADER, key=(key := next(keys)))
        yield key
    begun = ScriptStepBegun(script="incident", number=1)
    own.lead(meeting, begun, actor=_LEADER, key=(key := next(keys)))
    yield key
    own.lead(meeting, MeetingNoted(text=SENTENCE), actor=_LEADER, key=(key := next(keys)))
    yield key
    added = MeetingAdded(text="Ik zie dit anders dan de groep.", minority=True)
    own.add(meeting, added, actor=_GROUP[1], key=(key := next(keys)))
    yield key
    verdict = MeetingConcluded(ruling=Ruling.UPHOLD, why="De collega woog het goed af.")
    own.conclude(meeting, verdict, actor=_LEADER, key=(key := next(keys)))
    yield key


def closes(record: Record) -> Iterator[UUID]:
    """Close the meeting."""
    (meeting,) = (one.id for one in record.meetings.every())
    record.meetings.close(meeting, actor=_LEADER, key=KEYS[-1])
    yield KEYS[-1]


def writes(record: Record) -> Iterator[UUID]:
    """Write all of it."""
    yield from holds(record)
    yield from closes(record)

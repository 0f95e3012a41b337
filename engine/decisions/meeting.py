"""A meeting as its events add up to: who takes part, what was shown, what came of it.

Everything is worked out from the events, so a reload, a crash or a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from engine.case import Case
from engine.decisions.address import RecordError
from engine.decisions.events import Event
from engine.decisions.facts import apply
from engine.decisions.meeting_events import (
    MeetingAdded,
    MeetingAnswered,
    MeetingClosed,
    MeetingConcluded,
    MeetingJoined,
    MeetingNoted,
    MeetingPrepared,
    MeetingRevealed,
    MeetingTakenOver,
    ScriptStepBegun,
)
from engine.library import Knowledge
from engine.words import Stage, Word


class Phase(Word):
    """How far a meeting is."""

    ALONE = "alleen"
    TOGETHER = "samen"
    CLOSED = "gesloten"


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who takes part.

    Attributes:
        names: whether they agree that names stand with the answers.
        knows: whether they could read the case itself, when they came in or answered.
        late: whether they came in after the reveal; then they have no answer.
        answer: what they answered last; ``None`` if nothing.
    """

    id: str
    names: bool
    knows: bool
    late: bool
    answer: MeetingAnswered | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """What someone added after the reveal."""

    at: datetime
    actor: str
    body: MeetingAdded


@dataclass(frozen=True, slots=True)
class Begun:
    """The step of the script that the group is at, and since when (UTC)."""

    at: datetime
    script: str
    number: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands; what of it someone may see is up to :mod:`.watching`.

    Attributes:
        facilitator: who leads it now, by id; at first who prepared it.
        led_before: who led it before that, by id, the first one first.
        taken_over_at: since when the one of now leads it; ``None`` if nobody took over.
        participants: in the order in which they came in.
        revealed: what was shown, in order.
        shown_at: since when the group has seen everything; ``None`` before that.
        notes: what the facilitator wrote down, oldest first.
        conclusion: the last verdict; ``None`` if there is none yet.
        seq: the place of its last event in the record.
    """

    id: str
    prepared: MeetingPrepared
    facilitator: str
    prepared_at: datetime
    participants: tuple[Participant, ...] = ()
    revealed: tuple[Stage, ...] = ()
    shown_at: datetime | None = None
    additions: tuple[Addition, ...] = ()
    begun: Begun | None = None
    notes: tuple[str, ...] = ()
    conclusion: MeetingConcluded | None = None
    closed: bool = False
    seq: int = 0
    led_before: tuple[str, ...] = ()
    taken_over_at: datetime | None = None

    @property
    def phase(self) -> Phase:
        """How far it is."""
        if self.closed:
            return Phase.CLOSED
        return Phase.TOGETHER if self.revealed else Phase.ALONE

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What there is to show; without a decision there is none to show."""
        return tuple(
            stage for stage in Stage if stage is not Stage.DECISION or self.prepared.colleague
        )

    @property
    def next_stage(self) -> Stage | None:
        """What is shown next; ``None`` when all of it is."""
        return next((stage for stage in self.stages if stage not in self.revealed), None)

    @property
    def counted(self) -> tuple[Participant, ...]:
        """Those who take part, but for who came to lead without an answer: they give none."""
        return tuple(
            one for one in self.participants if one.answer is not None or not self.has_led(one.id)
        )

    @property
    def answered(self) -> tuple[Participant, ...]:
        """Those who answered, in an order that says nothing about who they are."""
        salt = self.prepared.salt
        found = [one for one in self.participants if one.answer is not None]
        return tuple(sorted(found, key=lambda one: sha256((salt + one.id).encode()).digest()))

    @property
    def names_shown(self) -> bool:
        """Whether names stand with the answers: only if everyone who could answer agreed."""
        return self.prepared.names and all(one.names for one in self.participants if not one.late)

    def is_named(self, person: str) -> bool:
        """Whether someone's name stands with what they add; who came in late says so themselves."""
        one = self.participant(person)
        return self.names_shown and (one is None or one.names)

    @property
    def minority(self) -> tuple[str, ...]:
        """The views that the group did not share, as they were written."""
        return tuple(one.body.text for one in self.additions if one.body.minority)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that the meeting and its verdict are about."""
        named = self.conclusion.rule if self.conclusion else None
        return tuple(dict.fromkeys((*self.prepared.about, *((named,) if named else ()))))

    def has_led(self, person: str) -> bool:
        """Whether someone leads the meeting, or did so before."""
        return person == self.facilitator or person in self.led_before

    def participant(self, person: str) -> Participant | None:
        """Return someone who takes part; ``None`` if they don't."""
        return next((one for one in self.participants if one.id == person), None)

    def case(self, knowledge: Knowledge) -> Case:
        """Return the frozen case in full, as far as the knowledge still has its questions."""
        made = self.prepared
        empty = Case(self.id, made.reference_date, made.authority, made.protocols)
        return apply(empty, knowledge, made.facts)[0]


class NoMeetingError(RecordError):
    """There is no such meeting, or there is none for who asks."""

    def __init__(self) -> None:
        super().__init__(
            "Deze bijeenkomst is er niet, of u hoort er niet bij. Vraag de begeleider om de code."
        )


def fold(history: Iterable[Event]) -> Meeting:
    """Add up the events of a meeting.

    Raises:
        NoMeetingError: these are not the events of a meeting, or it was erased.
    """
    meeting: Meeting | None = None
    for event in history:
        if isinstance(event.body, MeetingPrepared):
            meeting = Meeting(event.case_id, event.body, event.actor, event.at)
        elif meeting is not None:
            meeting = _after(meeting, event)
        if meeting is not None:
            meeting = replace(meeting, seq=event.seq)
    if meeting is None:
        raise NoMeetingError
    return meeting


def _after(meeting: Meeting, event: Event) -> Meeting:
    match event.body:
        case MeetingJoined() as joined:
            late = bool(meeting.revealed)
            one = Participant(event.actor, joined.names, joined.knows, late)
            return replace(meeting, participants=(*meeting.participants, one))
        case MeetingTakenOver():
            return replace(
                meeting,
                facilitator=event.actor,
                led_before=(*meeting.led_before, meeting.facilitator),
                taken_over_at=event.at,
            )
        case MeetingAnswered() as answer:
            after = tuple(
                replace(one, answer=answer, knows=one.knows or answer.knows)
                if one.id == event.actor
                else one
                for one in meeting.participants
            )
            return replace(meeting, participants=after)
        case MeetingRevealed() as shown:
            more = replace(meeting, revealed=(*meeting.revealed, shown.stage))
            return more if more.next_stage else replace(more, shown_at=event.at)
        case MeetingAdded() as added:
            one_more = Addition(event.at, event.actor, added)
            return replace(meeting, additions=(*meeting.additions, one_more))
        case ScriptStepBegun() as begun:
            return replace(meeting, begun=Begun(event.at, begun.script, begun.number))
        case MeetingNoted() as noted:
            return replace(meeting, notes=(*meeting.notes, noted.text))
        case MeetingConcluded() as concluded:
            return replace(meeting, conclusion=concluded)
        case MeetingClosed():
            return replace(meeting, closed=True)
        case _:
            return meeting

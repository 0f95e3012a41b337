"""What someone sees of a meeting: everything that may be seen is made here, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from engine.case import Case
from engine.decisions.meeting import Begun, Meeting, Participant, Phase
from engine.decisions.meeting_events import MeetingAnswered, MeetingConcluded
from engine.decisions.meeting_parts import (
    Colleague,
    DifferenceKind,
    Step,
)
from engine.library import Knowledge
from engine.words import Stage, Sureness


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone who takes part, as the facilitator sees them; never what they answered.

    Attributes:
        name: what colleagues call them.
        late: whether they came in after the reveal.
    """

    name: str
    answered: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """One answer as the group sees it.

    Attributes:
        label: a name if the group chose so, otherwise a number.
        mine: whether it is that of who looks.
        knows: whether this person could read the case itself, so that it isn't a blind answer;
            always false without names, because it would tell whose answer it is.
        step: the step that was chosen; ``None`` for another one.
        other: that other step.
        readings: how each disputed fact is seen; ``None`` while that isn't shown yet.
        reason: why they differ from the protocol, as they said later; ``None`` if they didn't.
    """

    label: str
    mine: bool
    knows: bool
    step: Step | None
    other: str
    why: str
    sure: Sureness
    readings: Mapping[str, Any] | None
    reason: DifferenceKind | None


@dataclass(frozen=True, slots=True)
class Added:
    """What someone added.

    Attributes:
        by: their name if names are shown and they agreed to that; otherwise empty.
    """

    at: datetime
    by: str
    text: str
    minority: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting as one person may see it now.

    Attributes:
        facilitates: whether they lead it.
        has_led: whether they do, or did so before; then they don't answer any more.
        leader: the name of who leads it.
        taken_over_at: since when, if that is someone else than who prepared it.
        late: whether they came in after the reveal, and so can't answer.
        code: with which others come in; for who leads or led it only.
        origin: the case in the record; for who leads it only.
        texts: what the group reads of the texts of the case, by fact.
        case: the case without the facts that the group judges.
        names: whether the group is asked to show names with the answers.
        names_shown: whether everyone agreed to that.
        joined: how many take part.
        answered: how many of them answered.
        seats: who takes part; for who leads it only.
        own: what they answered themselves.
        next_stage: what is shown next.
        voices: the answers; ``None`` before they are shown.
        knowing: how many of them are by someone who could read the case itself.
        frozen: the case in full, to consult the protocols with; ``None`` before that is shown.
        about: the rules that it is about; empty before the advice is shown.
        colleague: what the colleague decided; ``None`` before that is shown, or if nothing.
        said: how the colleague explained it, by field.
        seq: grows when something happens.
    """

    id: str
    phase: Phase
    facilitates: bool
    has_led: bool
    leader: str
    taken_over_at: datetime | None
    late: bool
    code: str
    origin: str
    title: str
    story: str
    texts: Mapping[str, str]
    question: str
    case: Case
    asked: tuple[str, ...]
    options: tuple[Step, ...]
    script: str
    begun: Begun | None
    names: bool
    names_shown: bool
    joined: int
    answered: int
    seats: tuple[Seat, ...]
    own: MeetingAnswered | None
    revealed: tuple[Stage, ...]
    next_stage: Stage | None
    voices: tuple[Voice, ...] | None
    knowing: int
    frozen: Case | None
    about: tuple[str, ...]
    colleague: Colleague | None
    said: Mapping[str, str]
    additions: tuple[Added, ...]
    notes: tuple[str, ...]
    conclusion: MeetingConcluded | None
    prepared_at: datetime
    seq: int


def look_at(
    meeting: Meeting, person: str, knowledge: Knowledge, names: Mapping[str, str]
) -> MeetingView:
    """Return what someone who is in a meeting may see of it now.

    Args:
        meeting: as it stands.
        person: who looks, by id.
        knowledge: where the questions are defined.
        names: what people are called, by id.
    """
    made = meeting.prepared
    leads = person == meeting.facilitator
    shown = frozenset(meeting.revealed)
    own = meeting.participant(person)
    frozen = meeting.case(knowledge)
    decided = Stage.DECISION in shown
    return MeetingView(
        id=meeting.id,
        phase=meeting.phase,
        facilitates=leads,
        has_led=meeting.has_led(person),
        leader=names.get(meeting.facilitator, meeting.facilitator),
        taken_over_at=meeting.taken_over_at,
        late=own is not None and own.late,
        code=made.code if meeting.has_led(person) else "",
        origin=made.origin if leads else "",
        title=made.text("title"),
        story=made.text("story"),
        texts={one.field: one.text for one in made.texts if one.field in knowledge.facts},
        question=made.question,
        case=_for_the_group(frozen, made.asked, knowledge),
        asked=made.asked,
        options=made.options,
        script=made.script,
        begun=meeting.begun,
        names=made.names,
        names_shown=meeting.names_shown and bool(shown),
        joined=len(meeting.counted),
        answered=len(meeting.answered),
        seats=tuple(_seats(meeting, names)) if leads else (),
        own=own.answer if own else None,
        revealed=meeting.revealed,
        next_stage=meeting.next_stage,
        voices=_voices(meeting, person, names) if Stage.CHOICES in shown else None,
        knowing=sum(one.knows for one in meeting.answered) if Stage.CHOICES in shown else 0,
        frozen=frozen if Stage.ADVICE in shown else None,
        about=made.about if Stage.ADVICE in shown else (),
        colleague=made.colleague if decided else None,
        said={
            one.field: one.text
            for one in made.texts
            if decided and one.text and one.field.partition(".")[0] in ("elements", "instead")
        },
        additions=tuple(
            Added(
                one.at,
                names.get(one.actor, one.actor) if meeting.is_named(one.actor) else "",
                one.body.text,
                one.body.minority,
            )
            for one in meeting.additions
        ),
        notes=meeting.notes if shown or leads else (),
        conclusion=meeting.conclusion,
        prepared_at=meeting.prepared_at,
        seq=meeting.seq,
    )


def _for_the_group(case: Case, asked: tuple[str, ...], knowledge: Knowledge) -> Case:
    """Leave out how the colleague saw what the group judges, and what they meant to do.

    What parties dispute about what is judged stays.
    """
    meant = {name for name, fact in knowledge.facts.items() if fact.intention}
    hidden = meant.union(asked)
    known = {name: raw for name, raw in case.known.items() if name not in hidden}
    disputed = {name: raw for name, raw in case.disputed.items() if name not in meant}
    return replace(
        case,
        known=MappingProxyType(known),
        disputed=MappingProxyType(disputed),
        unknown=case.unknown - hidden,
    )


def _seats(meeting: Meeting, names: Mapping[str, str]) -> list[Seat]:
    return [
        Seat(names.get(one.id, one.id), one.answer is not None, one.late) for one in meeting.counted
    ]


def _voices(meeting: Meeting, person: str, names: Mapping[str, str]) -> tuple[Voice, ...]:
    reasons = {
        one.actor: one.body.reason for one in meeting.additions if one.body.reason is not None
    }
    readings_too = Stage.READINGS in meeting.revealed

    def voice(number: int, one: Participant, answer: MeetingAnswered) -> Voice:
        return Voice(
            label=names.get(one.id, one.id) if meeting.names_shown else f"Deelnemer {number}",
            mine=one.id == person,
            knows=one.knows and meeting.names_shown,
            step=answer.step,
            other=answer.other,
            why=answer.why,
            sure=answer.sure,
            readings=answer.readings if readings_too else None,
            reason=reasons.get(one.id),
        )

    return tuple(
        voice(number, one, one.answer)
        for number, one in enumerate(meeting.answered, start=1)
        if one.answer is not None
    )


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """One line in the list of meetings."""

    id: str
    title: str
    question: str
    phase: Phase
    facilitates: bool
    prepared_at: datetime

    @classmethod
    def of(cls, meeting: Meeting, person: str) -> MeetingSummary:
        """Show a meeting to someone who is in it."""
        made = meeting.prepared
        return cls(
            meeting.id,
            made.text("title"),
            made.question,
            meeting.phase,
            meeting.facilitator == person,
            meeting.prepared_at,
        )

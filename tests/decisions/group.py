"""A group that judges a case: a facilitator, a colleague's decision, and those who take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from engine.decisions import (
    Access,
    CaseCopy,
    Party,
    PartyKind,
    Record,
    ReviewedText,
    Role,
    Step,
    TextChoice,
    new_case_id,
)
from engine.words import Decider, Direction, Ruling, Stage, Sureness
from tests.auth.world import access, person
from tests.decisions import world

RULE = "proef.werkwijze"
DO = Step(action="stap", direction=Direction.DO)
DO_NOT = Step(action="stap", direction=Direction.DO_NOT)
WHY = "Zo komt de client het snelst vooruit."
QUESTION = "Had u deze stap ook niet gezet?"
UNSEEN = "Dit mag niemand vooraf lezen, want het is de reden van de collega."


@dataclass(frozen=True, slots=True)
class Group:
    """A meeting with everyone in it."""

    record: Record
    meeting: str
    case: str
    decision: UUID
    facilitator: Access
    colleague: Access
    members: tuple[Access, ...]

    @property
    def code(self) -> str:
        return self.facilitator.meetings.view(self.meeting, world.knowledge()).code

    def reveal(self, *stages: Stage) -> None:
        for stage in stages or Stage:
            self.facilitator.meetings.reveal(self.meeting, stage)


def kept(copy: CaseCopy) -> tuple[ReviewedText, ...]:
    """Every text of the copy, kept."""
    return tuple(
        ReviewedText(field=field, choice=TextChoice.KEPT, text=text)
        for field, text in copy.texts.items()
    )


def prepared(record: Record, *, names: bool = False, **changes: Any) -> Group:
    """A meeting on the decision of a colleague, shared with the facilitator; nobody is in yet."""
    colleague = access(record, person(record, Role.PROFESSIONAL))
    facilitator = access(record, person(record, Role.FACILITATOR))
    case = world.a_case(new_case_id(), wil="ja", ziek="nee")
    colleague.open_case(case, title="Een casus", story="Er is veel te doen.", key=uuid4())
    consultation = world.consulted(case.id, ziek="nee")
    parts = {"decided_by": Decider.PROFESSIONAL, "instead": UNSEEN}
    decided = colleague.decide(world.deviation(consultation, RULE, parts), consultation)
    colleague.share(case.id, Party(PartyKind.PERSON, facilitator.actor.id))
    copy = facilitator.meetings.copy(case.id, world.knowledge(), decided.id)
    given: dict[str, Any] = {
        "texts": kept(copy),
        "question": QUESTION,
        "asked": ["ziek"],
        "options": [DO, DO_NOT],
        "script": "incident",
        "names": names,
    }
    meeting = facilitator.meetings.prepare(copy, world.knowledge(), **(given | changes))
    return Group(record, meeting, case.id, decided.id, facilitator, colleague, ())


def joined(group: Group, number: int, *, names: bool = True) -> Group:
    """The same with people in it."""
    members = tuple(
        access(group.record, person(group.record, Role.PROFESSIONAL)) for _ in range(number)
    )
    for one in members:
        one.meetings.join(group.code, names=names)
    return Group(
        group.record,
        group.meeting,
        group.case,
        group.decision,
        group.facilitator,
        group.colleague,
        members,
    )


def answer(own: Access, meeting: str, step: Step | None = DO, **changes: Any) -> None:
    given: dict[str, Any] = {
        "readings": {"ziek": "ja"},
        "step": step,
        "why": WHY,
        "sure": Sureness.FAIRLY,
    }
    own.meetings.answer(meeting, world.knowledge(), **(given | changes))


def answered(record: Record, steps: Sequence[Step], *, names: bool = False) -> Group:
    """A group in which everyone answered."""
    group = joined(prepared(record, names=names), len(steps))
    for one, step in zip(group.members, steps, strict=True):
        answer(one, group.meeting, step)
    return group


def concluded(group: Group, **changes: Any) -> None:
    """The group came to a verdict."""
    given: dict[str, Any] = {"ruling": Ruling.UPHOLD, "why": "De collega woog het goed af."}
    group.facilitator.meetings.conclude(group.meeting, **(given | changes))

"""What the record holds: one event for each thing that happened, and how it is written down.

A kind of event is one model with a name and a version of its form. When the form of a kind
changes, its version goes up and :func:`read_body` learns to read the old one. Events that were
written are not rewritten, but for once: migration 0003 enciphered those from before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, NamedTuple, Self, get_args
from uuid import UUID

from pydantic import (
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from engine.decisions.address import RecordError, damaged
from engine.decisions.base import DecisionError, Frozen
from engine.decisions.draft import MAX_TEXT
from engine.decisions.escalation import Escalated
from engine.decisions.facts import Facts
from engine.decisions.later import Consulted, Corrected, Erased, Plain, Reviewed
from engine.decisions.meeting_events import CaseDiscussed, MeetingBody
from engine.decisions.model import Decision
from engine.decisions.privacy import Confirmations
from engine.decisions.ties import CaseRead, CaseShared, SharingEnded
from engine.knowledge import Name, Title
from engine.words import Respondent

Story = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
DOCUMENT_LENGTH = 120
DocumentName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=DOCUMENT_LENGTH)]

AT_ONCE = timedelta(seconds=5)
"""Who decides within this time of seeing an advice can't have read it."""


class CaseOpened(Frozen):
    """A case was opened, with the answers that it had.

    Attributes:
        example: whether it is a made-up case to try things out with.
        confirmed: words in the texts that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "case_opened"
    form: ClassVar[int] = 2

    title: Title
    story: Story
    authority: str
    protocols: tuple[str, ...]
    reference_date: date
    example: bool
    facts: Facts
    confirmed: Confirmations = ()


class Said(NamedTuple):
    """Where an answer comes from.

    Attributes:
        source: who said so.
        document: in which document it stands; may be empty.
        said_on: the day on which it was said or written.
    """

    source: Respondent | None = None
    document: str = ""
    said_on: date | None = None

    @property
    def noted(self) -> bool:
        """Whether anything was noted at all."""
        return self != Said()


class FactsRecorded(Frozen):
    """Answers were given, changed or taken back (``None``).

    Attributes:
        source: who said so, if that was noted; events of form 1 never do.
        document: in which document it stands, if that was noted; since form 3.
        said_on: on which day, if that was noted.
        confirmed: words in the texts that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "facts_recorded"
    form: ClassVar[int] = 3

    facts: Facts
    source: Respondent | None = None
    document: DocumentName = ""
    said_on: date | None = None
    confirmed: Confirmations = ()

    @property
    def said(self) -> Said:
        """Where these answers come from."""
        return Said(self.source, self.document, self.said_on)


class ProtocolsChosen(Frozen):
    """The case is about these protocols from now on: another step has come up, or one is done."""

    kind: ClassVar[str] = "protocols_chosen"
    form: ClassVar[int] = 1

    protocols: Annotated[tuple[str, ...], Field(min_length=1)]


class Needed(Frozen):
    """One way in which the protocol would have advised what was decided instead.

    Attributes:
        facts: the facts that would have to be otherwise, by id.
        said: how, as a Dutch clause: "de opleiding hoogstens 12 maanden duurt".
    """

    facts: Annotated[tuple[Name, ...], Field(min_length=1)]
    said: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)
    ]


class Decided(Frozen):
    """A decision was made on an advice.

    Attributes:
        receipt: the receipt of the consultation, in full.
        needed: what the protocol would have needed to advise the same; none was worked out for
            decisions of form 1, and none when the advice was followed.
        confirmed: words in the texts that the guard asked about, and why they stand there.
        at_once: whether it was made within :data:`AT_ONCE` of the advice coming into sight;
            ``None`` where that isn't known: before form 4, from the command line, from elsewhere.
    """

    kind: ClassVar[str] = "decided"
    form: ClassVar[int] = 4

    decision: Decision
    receipt: Plain
    needed: tuple[Needed, ...] = ()
    confirmed: Confirmations = ()
    at_once: bool | None = None


class JudgementGiven(Frozen):
    """Someone said what they would do, before they saw the advice.

    Attributes:
        actions: the actions that they would take, by id.
        other: what they would do that is no action of the protocols; may be empty.
        why: why, in a line; may be empty.
        receipt: digest of the receipt of the consultation at that moment.
        confirmed: words in the texts that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "judgement_given"
    form: ClassVar[int] = 2

    actions: tuple[Name, ...]
    other: Line
    why: Line
    receipt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.actions and not self.other:
            raise DecisionError.about(
                "Kies minstens een stap, of schrijf bij 'Iets anders' wat u zou doen.", "actions"
            )
        return self


CaseBody = (
    CaseOpened
    | FactsRecorded
    | ProtocolsChosen
    | Decided
    | JudgementGiven
    | Escalated
    | Consulted
    | Reviewed
    | Corrected
    | Erased
    | CaseShared
    | SharingEnded
    | CaseRead
    | CaseDiscussed
)
Body = CaseBody | MeetingBody
_BODIES: Mapping[str, type[Body]] = {body.kind: body for body in get_args(Body)}

STATE = (CaseOpened.kind, FactsRecorded.kind, ProtocolsChosen.kind)
"""The kinds of events that the answers and the subjects of a case follow from."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record.

    Attributes:
        seq: place in the record, counted from 1 without gaps.
        id: unique; whoever sends the same event twice gives it the same id.
        at: when it was recorded, in UTC.
        actor: who did it.
    """

    seq: int
    id: UUID
    case_id: str
    at: datetime
    actor: str
    body: Body

    @property
    def kind(self) -> str:
        """The kind of event, such as ``decided``."""
        return self.body.kind


def check_known(kind: str, form: int) -> None:
    """Refuse what this version of Leidraad can't read.

    Raises:
        RecordError: a newer Leidraad wrote it.
    """
    model = _BODIES.get(kind)
    if model is None or form > model.form:
        raise RecordError(
            "In dit dossier staat iets dat een nieuwere versie van Leidraad heeft vastgelegd. "
            "Werk Leidraad eerst bij."
        )


def read_body(kind: str, form: int, payload: str) -> Body:
    """Read what an event says.

    Raises:
        RecordError: a newer Leidraad wrote it, or it is damaged.
    """
    check_known(kind, form)
    try:
        return _BODIES[kind].model_validate_json(payload)
    except (ValidationError, DecisionError) as error:
        raise damaged() from error

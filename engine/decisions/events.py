"""What the record holds: one event for each thing that happened, and how it is written down.

A kind of event is one model with a name and a version of its form. When the form of a kind
changes, its version goes up and :func:`read_body` learns to read the old one; events that were
written are never rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    model_validator,
)

from engine.decisions.base import DecisionError, Frozen
from engine.decisions.database import RecordError
from engine.decisions.draft import MAX_TEXT
from engine.decisions.facts import Facts
from engine.decisions.model import Decision
from engine.knowledge import Name, Title

Story = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Plain = Annotated[Mapping[str, Any], AfterValidator(MappingProxyType), PlainSerializer(dict)]


class CaseOpened(Frozen):
    """A case was opened, with the answers that it had.

    Attributes:
        example: whether it is a made-up case to try things out with.
    """

    kind: ClassVar[str] = "case_opened"
    form: ClassVar[int] = 1

    title: Title
    story: Story
    authority: str
    protocols: tuple[str, ...]
    reference_date: date
    example: bool
    facts: Facts


class FactsRecorded(Frozen):
    """Answers were given, changed or taken back (``None``)."""

    kind: ClassVar[str] = "facts_recorded"
    form: ClassVar[int] = 1

    facts: Facts


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
    """

    kind: ClassVar[str] = "decided"
    form: ClassVar[int] = 2

    decision: Decision
    receipt: Plain
    needed: tuple[Needed, ...] = ()


class JudgementGiven(Frozen):
    """Someone said what they would do, before they saw the advice.

    Attributes:
        actions: the actions that they would take, by id.
        other: what they would do that is no action of the protocols; may be empty.
        why: why, in a line; may be empty.
        receipt: digest of the receipt of the consultation at that moment.
    """

    kind: ClassVar[str] = "judgement_given"
    form: ClassVar[int] = 1

    actions: tuple[Name, ...]
    other: Line
    why: Line
    receipt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.actions and not self.other:
            raise DecisionError.about(
                "Kies minstens een stap, of schrijf bij 'Iets anders' wat u zou doen.", "actions"
            )
        return self


Body = CaseOpened | FactsRecorded | ProtocolsChosen | Decided | JudgementGiven
_BODIES: Mapping[str, type[Body]] = {
    body.kind: body
    for body in (CaseOpened, FactsRecorded, ProtocolsChosen, Decided, JudgementGiven)
}


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


def read_body(kind: str, form: int, payload: str) -> Body:
    """Read what an event says.

    Raises:
        RecordError: a newer Leidraad wrote it, or it is damaged.
    """
    model = _BODIES.get(kind)
    if model is None or form > model.form:
        raise RecordError(
            "In dit dossier staat iets dat een nieuwere versie van Leidraad heeft vastgelegd. "
            "Werk Leidraad eerst bij."
        )
    try:
        return model.model_validate_json(payload)
    except (ValidationError, DecisionError) as error:
        raise RecordError(
            "Een deel van dit dossier is beschadigd en kan niet worden gelezen."
        ) from error

"""What comes after a decision: a note is made, a review, a correction, and in the end erasure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AfterValidator, PlainSerializer, StringConstraints, model_validator

from engine.decisions.base import DecisionError, Frozen
from engine.decisions.draft import lacking
from engine.decisions.privacy import Confirmations
from engine.words import Status, Word

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Plain = Annotated[Mapping[str, Any], AfterValidator(MappingProxyType), PlainSerializer(dict)]
Statuses = Annotated[Mapping[str, Status], AfterValidator(MappingProxyType), PlainSerializer(dict)]


class Occasion(Word):
    """What a consultation was recorded for."""

    FILE_NOTE = "verslag_dossier"
    CLIENT_NOTE = "verslag_client"


class Effect(Word):
    """What came of what was decided."""

    REACHED = "bereikt"
    PARTLY = "deels"
    NOT_REACHED = "niet_bereikt"
    UNKNOWN = "nog_niet_bekend"


class Verdict(Word):
    """What a review leads to."""

    KEEP = "houden"
    ADJUST = "bijstellen"
    STOP = "stoppen"


class ErasureGround(Word):
    """Why a case was erased; a closed list, so that it can say nothing about the client."""

    TERM = "termijn"
    REQUEST = "verzoek"
    MISTAKE = "vergissing"


class Consulted(Frozen):
    """The protocols were consulted and the outcome left Leidraad, in a note.

    Attributes:
        receipt: the receipt of the consultation, in full.
        advices: the status of every advice, by rule.
        withheld: the rules on which no advice could be given.
    """

    kind: ClassVar[str] = "consulted"
    form: ClassVar[int] = 1

    occasion: Occasion
    receipt: Plain
    advices: Statuses
    withheld: tuple[str, ...] = ()


class Reviewed(Frozen):
    """A decision was looked at again, some time after it was made.

    Attributes:
        decision: the id of the event that recorded the decision.
        happened: what has happened since.
        effect: whether what was decided brought what it was meant to.
        verdict: what happens now.
        reviewed_on: the day of the review.
        review_on: the day to look again; ``None`` if there is none.
        confirmed: words in the text that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "reviewed"
    form: ClassVar[int] = 1

    decision: UUID
    happened: Text
    effect: Effect
    verdict: Verdict
    reviewed_on: date
    review_on: date | None = None
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        question = "Wat is er sindsdien gebeurd?"
        found = [*lacking("happened", "de terugblik", question, self.happened)]
        if found:
            raise DecisionError(found)
        if self.review_on is not None and self.review_on <= self.reviewed_on:
            raise DecisionError.about(
                "Kies voor de volgende terugblik een dag na deze terugblik.", "review_on"
            )
        return self


class Corrected(Frozen):
    """Something that was recorded is put right by adding to it; what was recorded stays.

    Attributes:
        event: the id of the event that it is about.
        text: what should be read instead.
        confirmed: words in the text that the guard asked about, and why they stand there.
    """

    kind: ClassVar[str] = "corrected"
    form: ClassVar[int] = 1

    event: UUID
    text: Text
    confirmed: Confirmations = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        question = "Wat klopt er niet, en wat moet er staan?"
        if found := [*lacking("text", "de verbetering", question, self.text)]:
            raise DecisionError(found)
        return self


class Erased(Frozen):
    """All that was recorded in the case was made unreadable, for good; nothing follows it."""

    kind: ClassVar[str] = "erased"
    form: ClassVar[int] = 1

    ground: ErasureGround

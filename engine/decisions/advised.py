"""The advice that a decision is about, taken down as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from engine.consult import Consultation
from engine.decisions.base import DecisionError, Frozen, RecordedCaseId
from engine.knowledge import Name, ProtocolId, RuleId, Text
from engine.words import Direction, Norm, Status

_NOT_DECIDABLE: Mapping[Status, str] = {
    Status.DEFEATED: "Dit advies vervalt door een uitzondering. U hoeft er niet over te besluiten.",
    Status.OPEN: "Dit advies is nog te bepalen. Beantwoord eerst de vragen die openstaan.",
    Status.DOES_NOT_HOLD: "Dit advies geldt niet in deze casus. U hoeft er niet over te besluiten.",
}


class Advised(Frozen):
    """The advice that was decided on, as it was at the time.

    Attributes:
        case: the case, by its pseudonym.
        version: the day on which this version of the protocol took effect.
        status: ``geldt`` or ``voorlopig``.
        open_exceptions: exceptions that could still take the advice away, by rule id.
        reference_date: the day of the consultation.
        receipt: digest of the receipt of the consultation (SHA-256, hexadecimal).
    """

    case: RecordedCaseId
    rule: RuleId
    title: Text
    norm: Norm
    protocol: ProtocolId
    version: date
    action: Name
    direction: Direction
    status: Status
    open_exceptions: tuple[RuleId, ...]
    reference_date: date
    receipt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _decidable(self) -> Self:
        if not self.status.is_given:
            raise DecisionError.about(_NOT_DECIDABLE[self.status])
        if bool(self.open_exceptions) is not (self.status is Status.PROVISIONAL):
            raise ValueError("Een advies is voorlopig precies als er een uitzondering openstaat.")
        return self

    @classmethod
    def of(cls, consultation: Consultation, rule: str) -> Self:
        """Take down the advice of one rule.

        Raises:
            DecisionError: there is no such advice, or there is nothing to decide on it.
        """
        try:
            advice = consultation.advice(rule)
        except KeyError:
            raise DecisionError.about(
                f"Over {rule!r} is in deze raadpleging geen advies gegeven."
            ) from None
        if not advice.status.is_given:
            raise DecisionError.about(_NOT_DECIDABLE[advice.status])
        protocol = rule.split(".")[0]
        return cls(
            case=consultation.case.id,
            rule=rule,
            title=advice.rule.title,
            norm=advice.rule.norm,
            protocol=protocol,
            version=consultation.receipt.protocols[protocol],
            action=advice.rule.advice.action,
            direction=advice.rule.advice.direction,
            status=advice.status,
            open_exceptions=advice.open_exceptions,
            reference_date=consultation.receipt.reference_date,
            receipt=consultation.receipt.digest,
        )

"""The decisions on an advice: follow it, deviate from it, or skip a mere consideration.

A decision that lacks something can't exist: making one, copying one and reading one all go
through the same checks. A deviation carries the contract it was held to, so that it can also be
checked where the knowledge isn't at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError, Frozen
from engine.decisions.contract import Contract, DeviationKind
from engine.decisions.draft import Draft
from engine.knowledge import Name
from engine.words import Decider, Element, Norm

Justification = Annotated[str, StringConstraints(strip_whitespace=True)]
"""A text that says something; the checks of a draft say what that takes."""

Justifications = Annotated[
    Mapping[Element, Justification], AfterValidator(MappingProxyType), PlainSerializer(dict)
]


class Follow(Frozen):
    """The advice is followed."""

    outcome: Literal["volgen"] = "volgen"
    advised: Advised
    decided_on: date


class Skip(Frozen):
    """A consideration is left aside; that needs no reason."""

    outcome: Literal["overslaan"] = "overslaan"
    advised: Advised
    decided_on: date

    @model_validator(mode="after")
    def _only_a_consideration(self) -> Self:
        if self.advised.norm is not Norm.CONSIDERATION:
            raise DecisionError.about(
                f"Een {self.advised.norm} kunt u niet zonder reden overslaan. Volg het advies, of "
                "leg uit waarom u afwijkt."
            )
        return self


class Deviation(Frozen):
    """The advice is not followed, and this is why.

    Attributes:
        contract: what the rule asks of a deviation.
        ground: one of the grounds that the rule admits, by id.
        elements: the parts of the justification; those that the contract requires and any more.
        instead: what is done instead.
        decided_by: in which capacity the decision was made.
        review_on: the day on which it is looked at again.
    """

    outcome: Literal["afwijken"] = "afwijken"
    advised: Advised
    contract: Contract
    kind: DeviationKind
    ground: Name
    elements: Justifications
    instead: Justification
    decided_by: Decider
    decided_on: date
    review_on: date

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.contract.norm is not self.advised.norm:
            raise ValueError("Het afwijkcontract hoort bij een andere soort norm.")
        Draft.model_validate(dict(self)).check()
        return self


Decision = Annotated[Follow | Deviation | Skip, Field(discriminator="outcome")]
"""What can be decided on an advice."""

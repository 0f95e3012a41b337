"""What a deviation from a rule must account for.

The kind of norm sets a minimum; the rule can ask for more, never for less (Awb 4:81-4:84; CRvB
15 May 2025, ECLI:NL:CRVB:2025:700):

- An Act or regulation has no way out but its own, and a professional can't set it aside alone.
- A bylaw has its hardship clause.
- A policy rule has Awb 4:84, which has four elements: special circumstances, the effect on this
  person, the aim of the rule, and why that effect is out of proportion to that aim.
- A way of working is followed or explained: weigh, and say what the client thinks of it.
- A consideration may be skipped without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from dateutil.relativedelta import relativedelta
from pydantic import Field, StringConstraints, model_validator

from engine.decisions.base import Frozen
from engine.knowledge import Name, Rule
from engine.words import Decider, Element, Norm, Word


class DeviationKind(Word):
    """What sort of deviation it is; the rule's grounds say why exactly."""

    FACTS_DISPUTED = "feiten_betwist"
    NORM_WEIGHED = "open_norm_gewogen"
    RULE_MISFITS = "regel_past_niet"
    SILENT = "protocol_zwijgt"
    CLIENT_CHOICE = "keuze_client"

    @property
    def label(self) -> str:
        """How users know it (Dutch)."""
        return _KIND_LABELS[self]


_KIND_LABELS: Mapping[DeviationKind, str] = {
    DeviationKind.FACTS_DISPUTED: "De feiten zijn anders of worden betwist",
    DeviationKind.NORM_WEIGHED: "De regel laat ruimte en ik weeg die anders",
    DeviationKind.RULE_MISFITS: "De regel past niet in deze situatie",
    DeviationKind.SILENT: "Het protocol zegt niets over wat hier speelt",
    DeviationKind.CLIENT_CHOICE: "De cliënt kiest zelf anders",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a user is asked for one part of a justification (Dutch)."""

    label: str
    question: str


ELEMENTS: Mapping[Element, Asked] = {
    Element.WEIGHING: Asked("De afweging", "Wat heeft u afgewogen, en wat gaf de doorslag?"),
    Element.CLIENT_VIEW: Asked("De mening van de cliënt", "Wat vindt de cliënt ervan?"),
    Element.CIRCUMSTANCE: Asked(
        "De bijzondere omstandigheid", "Wat is er bijzonder aan de situatie van de cliënt?"
    ),
    Element.EFFECT: Asked(
        "Het gevolg voor de cliënt", "Wat gebeurt er met de cliënt als u de regel wel volgt?"
    ),
    Element.AIM: Asked("Het doel van de regel", "Waar is deze regel voor bedoeld?"),
    Element.BALANCE: Asked(
        "Waarom het niet in verhouding is",
        "Waarom weegt het gevolg voor de cliënt zwaarder dan het doel van de regel?",
    ),
    Element.EXIT: Asked(
        "De uitweg in de wet", "Welk artikel geeft hier ruimte, en waarom past het?"
    ),
    Element.HARDSHIP: Asked(
        "De hardheidsclausule",
        "Welk artikel van de verordening laat een uitzondering toe, en waarom past het?",
    ),
    Element.EVIDENCE: Asked("Het bewijsstuk", "Welk stuk in het dossier laat dit zien?"),
}
"""How each part of a justification is asked for, in the app and on the command line alike."""

DECIDERS: Mapping[Decider, str] = {
    Decider.PROFESSIONAL: "de professional",
    Decider.MANAGER: "een leidinggevende",
    Decider.LAWYER: "een jurist",
}
"""How users know who decides, from the least to the most authority."""

MINIMUM: Mapping[Norm, tuple[Element, ...]] = {
    Norm.ACT: (Element.EXIT, Element.WEIGHING),
    Norm.REGULATION: (Element.EXIT, Element.WEIGHING),
    Norm.BYLAW: (Element.HARDSHIP, Element.WEIGHING),
    Norm.POLICY_RULE: (Element.CIRCUMSTANCE, Element.EFFECT, Element.AIM, Element.BALANCE),
    Norm.WAY_OF_WORKING: (Element.WEIGHING, Element.CLIENT_VIEW),
    Norm.CONSIDERATION: (),
}
"""What each kind of norm demands at the least; see the top of this module for the source."""

_RANK = {decider: rank for rank, decider in enumerate(DECIDERS)}


def least_decider(norm: Norm) -> Decider:
    """Return who at least decides: an Act is not the professional's to set aside.

    Awb 4:84 is about policy rules only. Who may decide on behalf of the authority follows from
    its mandate (Awb 10:3, from memory), which the record doesn't know.
    """
    return Decider.MANAGER if norm.is_binding else Decider.PROFESSIONAL


def admitted_kinds(norm: Norm) -> tuple[DeviationKind, ...]:
    """Return the sorts of deviation that a norm allows.

    That a rule doesn't fit is no reason to set an Act or regulation aside: only its own exits
    are (Awb 4:84 is about policy rules only).
    """
    misfit = DeviationKind.RULE_MISFITS
    return tuple(kind for kind in DeviationKind if not norm.is_binding or kind is not misfit)


class Contract(Frozen):
    """What someone who deviates from one rule has to account for.

    It can't be made to ask less than the kind of norm does.

    Attributes:
        grounds: the grounds that the rule admits, by id.
        kinds: the sorts of deviation that the norm allows.
        required: the parts of the justification that must be there, in the order to ask them.
        decider: who decides at the least.
        review_after: how long the deviation may stand unseen, such as ``3 maanden``.
    """

    norm: Norm
    grounds: Annotated[tuple[Name, ...], Field(min_length=1)]
    kinds: tuple[DeviationKind, ...]
    required: tuple[Element, ...]
    decider: Decider
    review_after: Annotated[str, StringConstraints(pattern=r"^\d{1,3} (dagen|weken|maanden)$")]

    @classmethod
    def of(cls, rule: Rule) -> Self | None:
        """Return the contract of a rule; ``None`` if it may be skipped without a word.

        Raises:
            ValueError: the rule has no deviation contract and is no consideration.
        """
        own = rule.deviation
        if own is None:
            if rule.norm is not Norm.CONSIDERATION:
                raise ValueError(f"De regel {rule.id!r} zegt niet hoe u ervan kunt afwijken.")
            return None
        return cls(
            norm=rule.norm,
            grounds=own.grounds,
            kinds=admitted_kinds(rule.norm),
            required=tuple(dict.fromkeys((*MINIMUM[rule.norm], *own.required))),
            decider=max(own.decider, least_decider(rule.norm), key=_RANK.__getitem__),
            review_after=own.review_after,
        )

    @model_validator(mode="after")
    def _no_less_than_the_norm(self) -> Self:
        if not set(MINIMUM[self.norm]) <= set(self.required):
            raise ValueError("Dit afwijkcontract vraagt minder dan de soort norm eist.")
        if not self.allows(least_decider(self.norm), self.decider):
            raise ValueError("Dit afwijkcontract laat iemand beslissen die dat niet mag.")
        if not set(self.kinds) <= set(admitted_kinds(self.norm)):
            raise ValueError("Dit afwijkcontract laat een soort afwijking toe die niet kan.")
        return self

    @staticmethod
    def allows(least: Decider, decider: Decider) -> bool:
        """Say whether someone has the authority that is needed at the least."""
        return _RANK[decider] >= _RANK[least]

    @property
    def deciders(self) -> tuple[Decider, ...]:
        """Everyone who may decide on this deviation."""
        return tuple(decider for decider in DECIDERS if self.allows(self.decider, decider))

    def review_by(self, start: date) -> date:
        """Return the last day on which the deviation must be looked at again.

        Args:
            start: the day from which the span counts: that of the decision.
        """
        amount, unit = self.review_after.split()
        one = {"dagen": relativedelta(days=1), "weken": relativedelta(weeks=1)}
        try:
            return start + int(amount) * one.get(unit, relativedelta(months=1))
        except (ValueError, OverflowError):  # beyond the last year that a date can hold
            return date.max

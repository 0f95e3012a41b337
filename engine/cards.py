"""Advices and decisions in the manner of CDS Hooks, for programs that already speak it.

A card for each advice and a feedback for each decision, as in the CDS Hooks specification 2.0 (HL7,
"Cards" and "Feedback"). It is its form and no more: there is no service, and no FHIR resource.
"""

from __future__ import annotations

from textwrap import shorten
from typing import Any
from uuid import UUID, uuid5

from engine.consult import Advice, Consultation
from engine.decisions import Advised, Deviation, StoredDecision, contract_for
from engine.library import Knowledge
from engine.reasons import sources_in_words, step
from engine.wording import date_in_words
from engine.words import Norm, Status

GROUNDS = "urn:leidraad:afwijkgrond"
"""Names the list that the reasons to override come from."""

_NAMESPACE = UUID("6f1b6a0e-5f0b-4f5c-9a55-0d8f3f2a7c11")
_LONGEST = 139
"""Characters in a summary: the specification asks for fewer than 140."""

_URGENT = frozenset({Norm.ACT, Norm.REGULATION, Norm.BYLAW})


def cards(consultation: Consultation, knowledge: Knowledge) -> dict[str, Any]:
    """Return the advices that can be decided on as cards."""
    found = [
        _card(consultation, advice, knowledge)
        for advice in consultation.advices
        if advice.status.is_given
    ]
    return {"cards": found}


def _card(consultation: Consultation, advice: Advice, knowledge: Knowledge) -> dict[str, Any]:
    rule = advice.rule
    advised = Advised.of(consultation, rule.id)
    contract = contract_for(consultation, rule.id)
    title = knowledge.protocol_titles[advised.protocol]
    sources = "; ".join(sources_in_words(rule.sources, knowledge))
    doubt = " (voorlopig)" if advised.status is Status.PROVISIONAL else ""
    grounds = [knowledge.grounds[one] for one in contract.grounds] if contract else []
    return {
        "uuid": str(_card_id(advised)),
        "summary": shorten(f"{rule.title}{doubt}", _LONGEST, placeholder=" …"),
        "detail": f"{rule.because}\n\n{sources}",
        "indicator": "warning" if rule.norm in _URGENT else "info",
        "source": {"label": f"Leidraad, {title}, versie van {date_in_words(advised.version)}"},
        "selectionBehavior": "at-most-one",
        "suggestions": [
            {
                "uuid": str(_suggestion_id(advised)),
                "label": step(advice, knowledge),
                "isRecommended": True,
            }
        ],
        "overrideReasons": [_coding(one.id, one.label) for one in grounds],
    }


def feedback(kept: StoredDecision, knowledge: Knowledge) -> dict[str, Any]:
    """Return a decision as the feedback on its card."""
    advised, decision = kept.decision.advised, kept.decision
    said: dict[str, Any] = {
        "card": str(_card_id(advised)),
        "outcome": "overridden",
        "outcomeTimestamp": kept.at.isoformat(),
    }
    if decision.outcome == "volgen":
        said["outcome"] = "accepted"
        said["acceptedSuggestions"] = [{"id": str(_suggestion_id(advised))}]
    elif isinstance(decision, Deviation):
        ground = knowledge.grounds.get(decision.ground)
        said["overrideReason"] = {
            "reason": _coding(decision.ground, ground.label if ground else decision.ground),
            "userComment": decision.instead,
        }
    return said


def _coding(code: str, display: str) -> dict[str, str]:
    return {"code": code, "system": GROUNDS, "display": display}


def _card_id(advised: Advised) -> UUID:
    """Name a card by what it says, so that advice and decision find each other again."""
    return uuid5(_NAMESPACE, f"{advised.receipt}:{advised.rule}")


def _suggestion_id(advised: Advised) -> UUID:
    return uuid5(_card_id(advised), "volgen")

"""Makes decisions on a consultation, reads them back, and checks that the two belong together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict, Unpack

from pydantic import TypeAdapter, ValidationError

from engine.consult import Consultation
from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError, Finding
from engine.decisions.contract import Contract, DeviationKind
from engine.decisions.draft import Draft
from engine.decisions.model import Decision, Deviation, Follow, Skip
from engine.words import Decider, Element


class Parts(TypedDict, total=False):
    """What someone fills in to deviate.

    Attributes:
        kind: what sort of deviation it is.
        ground: one of the grounds that the rule admits, by id.
        elements: the parts of the justification.
        instead: what is done instead.
        decided_by: in which capacity the decision is made.
        review_on: the day to look at it again.
    """

    kind: DeviationKind | None
    ground: str | None
    elements: Mapping[Element, str]
    instead: str | None
    decided_by: Decider | None
    review_on: date | None


_ADAPTER: TypeAdapter[Decision] = TypeAdapter(Decision)


def follow(consultation: Consultation, rule: str, *, decided_on: date) -> Follow:
    """Follow the advice of a rule.

    Raises:
        DecisionError: there is no such advice, or it doesn't hold.
    """
    return Follow(advised=Advised.of(consultation, rule), decided_on=decided_on)


def skip(consultation: Consultation, rule: str, *, decided_on: date) -> Skip:
    """Leave a consideration aside.

    Raises:
        DecisionError: there is no such advice, it doesn't hold, or it asks for a reason.
    """
    advised = Advised.of(consultation, rule)
    made = Skip(advised=advised, decided_on=decided_on)
    _no_contract(consultation, rule)
    return made


def contract_for(consultation: Consultation, rule: str) -> Contract | None:
    """Return what a deviation from this rule must account for; ``None`` if it may be skipped.

    Raises:
        DecisionError: there is no such advice, or there is nothing to decide on it.
    """
    Advised.of(consultation, rule)
    return Contract.of(consultation.advice(rule).rule)


def draft(
    consultation: Consultation, rule: str, *, decided_on: date, **parts: Unpack[Parts]
) -> Draft:
    """Put together what someone has filled in so far; its findings say what is missing.

    Empty texts that aren't required are left out. The day to look at it again is the last one
    that the rule allows, unless another is given.

    Raises:
        DecisionError: there is no such advice, there is nothing to decide on it, or it may be
            skipped without a word.
    """
    advised = Advised.of(consultation, rule)
    contract = contract_for(consultation, rule)
    if contract is None:
        raise DecisionError.about("Dit is een overweging. U kunt die zonder reden overslaan.")
    last = contract.review_by(decided_on)
    given = {"review_on": last} | {
        name: value for name, value in parts.items() if value is not None
    }
    given["elements"] = {
        element: text
        for element, text in parts.get("elements", {}).items()
        if text.strip() or element in contract.required
    }
    own = {"advised": advised, "contract": contract, "decided_on": decided_on}
    try:
        return Draft.model_validate(own | given)
    except ValidationError as error:
        raise DecisionError(_in_dutch(error)) from None


def deviate(
    consultation: Consultation, rule: str, *, decided_on: date, **parts: Unpack[Parts]
) -> Deviation:
    """Deviate from the advice of a rule.

    Raises:
        DecisionError: something is missing; its findings name everything at once.
    """
    written = draft(consultation, rule, decided_on=decided_on, **parts)
    written.check()
    return Deviation.model_validate(dict(written))


def read_decision(text: str | bytes) -> Decision:
    """Read a decision from JSON.

    Raises:
        DecisionError: it is incomplete or isn't a decision at all; its findings name everything.
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        found = _in_dutch(error, depth=1)
    try:
        lacking = Draft.model_validate_json(text).findings()
    except ValidationError:
        lacking = ()
    said = {finding.field for finding in lacking}
    raise DecisionError((*lacking, *(item for item in found if item.field not in said)))


def check_against(decision: Decision, consultation: Consultation) -> None:
    """Check that a decision is about this consultation and was held to the rule's own contract.

    Raises:
        DecisionError: the advice was another one, or the contract isn't that of the rule.
    """
    rule = decision.advised.rule
    if decision.advised != Advised.of(consultation, rule):
        raise DecisionError.about(
            "Dit besluit hoort bij een ander advies. Zijn de antwoorden intussen veranderd? "
            "Bekijk het advies opnieuw en besluit dan."
        )
    if isinstance(decision, Skip):
        _no_contract(consultation, rule)
    if isinstance(decision, Deviation) and decision.contract != contract_for(consultation, rule):
        raise DecisionError.about("De regel vraagt iets anders van wie afwijkt. Besluit opnieuw.")


def _no_contract(consultation: Consultation, rule: str) -> None:
    if contract_for(consultation, rule) is not None:
        raise DecisionError.about(
            "Deze regel vraagt een reden als u er niet mee doet. Leg uit waarom u afwijkt."
        )


def _in_dutch(error: ValidationError, depth: int = 0) -> tuple[Finding, ...]:
    """Say in Dutch what pydantic found.

    Args:
        error: what pydantic raised.
        depth: how many parts of each place a user doesn't know, such as the kind of decision.
    """
    messages = {
        "missing": "Dit onderdeel ontbreekt.",
        "extra_forbidden": "Dit onderdeel kent Leidraad niet.",
        "json_invalid": "Dit is geen leesbare JSON.",
        "union_tag_invalid": "De uitkomst van een besluit is volgen, afwijken of overslaan.",
        "union_tag_not_found": "De uitkomst ontbreekt: volgen, afwijken of overslaan.",
    }
    found = []
    for item in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in item["loc"][depth:])
        own = str(item["ctx"]["error"]) if item["type"] == "value_error" else ""
        message = own or messages.get(item["type"], "Deze waarde past hier niet.")
        found.append(Finding(place, f"{place}: {message}" if place else message))
    return tuple(found)

"""Decisions from one record to another: JSON Lines, one decision on a line.

Who recorded a decision and the title and story of its case stay behind; the rest is what the
record holds. What comes in is held to the same contract as what is recorded here, and a file with
anything wrong in it is refused as a whole. ``docs/uitwisseling.md`` describes the form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationError

from engine.canonical import canonical, digest
from engine.case import DISPUTED, UNKNOWN, AnswerError, Case, facts_of
from engine.decisions import (
    CaseOpened,
    Confirmed,
    Contract,
    Decided,
    Decision,
    DecisionError,
    Deviation,
    Event,
    FactsRecorded,
    Needed,
    Skip,
    check_private,
    read_decision,
)
from engine.decisions.base import Frozen, RecordedCaseId
from engine.decisions.later import Plain
from engine.knowledge import Name, ProtocolId, Rule
from engine.library import Knowledge
from engine.words import FactKind

FORM: Literal["leidraad-besluit/1"] = "leidraad-besluit/1"
"""The name and version of the form; another form gets another number."""

MOST_LINES = 100_000
MOST_CHARACTERS = 500_000
"""Characters on one line at most."""

MOST_FINDINGS = 200


class Operation(Frozen):
    """One step of an RFC 6902 patch; only these two occur."""

    op: Literal["add", "replace"]
    path: Annotated[str, Field(pattern=r"^/[a-z_]+$")]
    value: str


class ReceiptForm(Frozen):
    """What the receipt of a consultation can hold when it comes from elsewhere, and no more."""

    engine: Annotated[str, Field(pattern=r"^[0-9A-Za-z.+]{1,40}$")]
    files: Mapping[
        Annotated[str, Field(pattern=r"^[\w./-]{1,200}$")],
        Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")],
    ]
    reference_date: date
    authority: Annotated[str, Field(max_length=100)]
    protocols: Annotated[Mapping[ProtocolId, date], Field(min_length=1)]
    parameters: Mapping[Name, int | None]
    known: Mapping[Name, str | int]
    disputed: Mapping[Name, Mapping[str, str | int]]
    unknown: tuple[Name, ...]


class DecisionLine(Frozen):
    """One decision as it is exchanged.

    Attributes:
        form: the form and its version.
        id: the id of the event that recorded it; the same line twice is one decision.
        case: the case, by its pseudonym.
        recorded_at: when it was first recorded.
        receipt: the receipt of the consultation that it rests on.
        difference: from what was advised to what was chosen, as an RFC 6902 patch.
        needed: what the protocol would have needed to advise the same.
        confirmed: words that the guard asked about, and why they stand there.
    """

    form: Literal["leidraad-besluit/1"]
    id: UUID
    case: RecordedCaseId
    recorded_at: datetime
    decision: Decision
    receipt: Plain
    difference: tuple[Operation, ...]
    needed: tuple[Needed, ...] = ()
    confirmed: Annotated[tuple[Confirmed, ...], Field(max_length=100)] = ()


@dataclass(frozen=True, slots=True)
class LineFinding:
    """Something that is wrong with a line of a file.

    Attributes:
        line: which line, from 1; 0 for the file as a whole.
        message: what, in Dutch.
        column: where on the line, from 1; the start of it where the message names the part.
    """

    line: int
    message: str
    column: int = 1


@dataclass(frozen=True, slots=True)
class Incoming:
    """A decision that may be recorded here.

    Attributes:
        number: which line it stood on, from 1.
        case: the case as it was consulted.
    """

    number: int
    id: UUID
    case: Case
    body: Decided


class ExchangeError(Exception):
    """A file that can't be taken in; nothing of it was recorded.

    Attributes:
        findings: everything that is wrong with it, in order.
    """

    def __init__(self, findings: Iterable[LineFinding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(one.message for one in self.findings))


def difference(decision: Decision) -> tuple[Operation, ...]:
    """Say what was chosen as a change to what was advised.

    The document that it changes is ``{"action": ..., "direction": ..., "outcome": "volgen"}``.
    """
    if decision.outcome == "volgen":
        return ()
    found = [Operation(op="replace", path="/outcome", value=decision.outcome)]
    if isinstance(decision, Deviation):
        added = {"kind": decision.kind, "ground": decision.ground, "instead": decision.instead}
        found += [
            Operation(op="add", path=f"/{name}", value=str(value)) for name, value in added.items()
        ]
    return tuple(found)


def export_lines(events: Iterable[Event]) -> Iterator[str]:
    """Write every decision on a case that isn't made up as a line of JSON.

    Args:
        events: everything that was recorded, oldest first.
    """
    examples: set[str] = set()
    for event in events:
        match event.body:
            case CaseOpened(example=True):
                examples.add(event.case_id)
            case Decided() as body if event.case_id not in examples:
                line = DecisionLine(
                    form=FORM,
                    id=event.id,
                    case=event.case_id,
                    recorded_at=event.at,
                    decision=body.decision,
                    receipt=dict(body.receipt),
                    difference=difference(body.decision),
                    needed=body.needed,
                    confirmed=body.confirmed,
                )
                yield canonical(line.model_dump(mode="json"))


def read_lines(lines: Iterable[str], knowledge: Knowledge, today: date) -> tuple[Incoming, ...]:
    """Read a file of decisions.

    Args:
        lines: the lines of the file; empty ones don't count.
        knowledge: the rules that the decisions must be about, in the version of then.
        today: the day it is; no decision is from after it.

    Raises:
        ExchangeError: with everything that is wrong, for every line.
    """
    found: list[Incoming] = []
    findings: list[LineFinding] = []
    seen: dict[UUID, int] = {}
    for number, text in enumerate(lines, start=1):
        if number > MOST_LINES:
            findings.append(LineFinding(0, f"Er staan meer dan {MOST_LINES} regels in."))
            break
        if not text.strip():
            continue
        try:
            incoming = _read(number, text, knowledge, today)
        except ExchangeError as error:
            findings += error.findings
            continue
        first = seen.setdefault(incoming.id, number)
        if first != number:
            findings.append(LineFinding(number, f"Dit besluit staat ook al op regel {first}."))
        found.append(incoming)
    if not found and not findings:
        findings.append(LineFinding(0, "In dit bestand staat geen enkel besluit."))
    if findings:
        raise ExchangeError(findings[:MOST_FINDINGS])
    return tuple(found)


def _read(number: int, text: str, knowledge: Knowledge, today: date) -> Incoming:
    """Read one line, or say everything that is wrong with it."""
    if len(text) > MOST_CHARACTERS:
        raise _refused(number, [f"Deze regel is te lang: hoogstens {MOST_CHARACTERS} tekens."])
    line = _parsed(number, text)
    if problems := [*_form(line.receipt)]:
        raise _refused(number, problems)
    body = Decided(
        decision=line.decision,
        receipt=dict(line.receipt),
        needed=line.needed,
        confirmed=line.confirmed,
    )
    problems = [*_inner(line), *_outer(line, knowledge), *_private(body)]
    if line.decision.decided_on > today:
        problems.append("decided_on: de dag van het besluit ligt na vandaag.")
    case = None
    try:
        case = _case(line, knowledge)
        problems += _private(FactsRecorded(facts=facts_of(case), confirmed=line.confirmed))
    except (AnswerError, KeyError, TypeError, ValueError) as error:
        problems.append(f"receipt: de raadpleging is niet te lezen. {error}")
    if problems or case is None:
        raise _refused(number, problems)
    return Incoming(number, line.id, case, body)


def _parsed(number: int, text: str) -> DecisionLine:
    try:
        data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        column = error.colno if isinstance(error, json.JSONDecodeError) else 1
        finding = LineFinding(number, "Dit is geen leesbare JSON.", column)
        raise ExchangeError([finding]) from None
    if not isinstance(data, dict):
        raise _refused(number, ["Hier hoort een JSON-object te staan."])
    if data.get("form") != FORM:
        raise _refused(number, [f"Leidraad leest hier alleen de vorm {FORM!r}."])
    problems = []
    try:
        # The decision first: what it lacks is said as the form of the app says it.
        read_decision(json.dumps(data.get("decision")))
    except DecisionError as error:
        problems += [item.message for item in error.findings]
    try:
        line = DecisionLine.model_validate_json(text)
    except (ValidationError, DecisionError) as error:
        problems += _places(error)
    if problems:
        raise _refused(number, problems)
    return line


def _places(error: ValidationError | DecisionError) -> list[str]:
    """Name the parts that don't fit, besides the decision, of which all was said."""
    if isinstance(error, DecisionError):
        return []
    places = [
        ".".join(str(part) for part in item["loc"])
        for item in error.errors(include_url=False, include_input=False, include_context=False)
        if item["loc"][:1] != ("decision",)
    ]
    return [f"{place}: dit onderdeel ontbreekt of past niet." for place in places]


def _no_number(said: str) -> Any:
    """Refuse ``NaN`` and ``Infinity``, which are no JSON.

    Raises:
        ValueError: always.
    """
    raise ValueError(said)


def _form(receipt: Mapping[str, Any]) -> list[str]:
    """Find what a receipt lacks or holds too much."""
    try:
        ReceiptForm.model_validate_json(json.dumps(dict(receipt)))
    except ValidationError as error:
        return [f"receipt.{place}" for place in _places(error)]
    return []


def _private(body: Decided | FactsRecorded) -> list[str]:
    """Find what has no place in the record."""
    try:
        check_private(body)
    except DecisionError as error:
        return [f"{item.field}: {item.message}" for item in error.findings]
    return []


def _inner(line: DecisionLine) -> Iterator[str]:
    """Find where the parts of a line contradict each other."""
    advised, receipt = line.decision.advised, line.receipt
    if advised.case != line.case:
        yield "case: het besluit gaat over een andere casus."
    if digest(dict(receipt)) != advised.receipt:
        yield "receipt: dit is niet de raadpleging waar het besluit op rust."
    if receipt.get("reference_date") != advised.reference_date.isoformat():
        yield "receipt: de peildatum is een andere dan die van het advies."
    versions = receipt.get("protocols")
    own = versions.get(advised.protocol) if isinstance(versions, Mapping) else None
    if own != advised.version.isoformat():
        yield "receipt: de versie van het protocol is een andere dan die van het advies."
    if line.difference != difference(line.decision):
        yield "difference: dit is niet het verschil tussen het advies en de keuze."


def _outer(line: DecisionLine, knowledge: Knowledge) -> Iterator[str]:
    """Find where a decision doesn't fit the knowledge, or the rule that it is about."""
    decision, advised = line.decision, line.decision.advised
    if line.receipt["authority"] not in knowledge.authorities:
        yield "receipt: deze instantie is hier niet bekend."
    if unknown := {name for one in line.needed for name in one.facts} - knowledge.facts.keys():
        yield f"needed: hier niet bekend: {', '.join(sorted(unknown))}."
    rule = _rule(advised.protocol, advised.version, advised.rule, knowledge)
    if rule is None:
        yield (
            f"advised: de regel {advised.rule!r} van {advised.version:%d-%m-%Y} staat niet in de "
            "kennis hier."
        )
        return
    said = (rule.title, rule.norm, rule.advice.action, rule.advice.direction)
    if said != (advised.title, advised.norm, advised.action, advised.direction):
        yield "advised: het advies is een ander dan de regel hier geeft."
    contract = Contract.of(rule)
    if isinstance(decision, Deviation) and decision.contract != contract:
        yield "contract: de regel vraagt hier iets anders van wie afwijkt."
    if isinstance(decision, Skip) and contract is not None:
        yield "outcome: deze regel vraagt een reden als u er niet mee doet."


def _rule(protocol: str, version: date, name: str, knowledge: Knowledge) -> Rule | None:
    for one in knowledge.protocols.get(protocol, ()):
        if one.protocol.valid_from == version:
            return next((rule for rule in one.protocol.rules if rule.id == name), None)
    return None


def _case(line: DecisionLine, knowledge: Knowledge) -> Case:
    """Make the case of a receipt again.

    Raises:
        AnswerError: an answer doesn't fit its question.
        ValueError: the receipt isn't one; so do KeyError and TypeError.
    """
    receipt = line.receipt
    case = Case(
        line.case,
        date.fromisoformat(receipt["reference_date"]),
        str(receipt["authority"]),
        tuple(str(name) for name in receipt["protocols"]),
    )
    for name, raw in receipt["known"].items():
        case = case.answer(knowledge, name, _answer(name, raw, knowledge))
    for name, readings in receipt["disputed"].items():
        said = {party: _answer(name, raw, knowledge) for party, raw in readings.items()}
        case = case.answer(knowledge, name, {DISPUTED: said} if said else DISPUTED)
    for name in receipt["unknown"]:
        case = case.answer(knowledge, name, UNKNOWN)
    return case


def _answer(name: str, raw: Any, knowledge: Knowledge) -> Any:
    fact = knowledge.facts.get(name)
    return date.fromisoformat(raw) if fact and fact.kind is FactKind.DATE else raw


def _refused(number: int, messages: Sequence[str]) -> ExchangeError:
    return ExchangeError(LineFinding(number, message) for message in messages)

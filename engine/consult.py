"""The one entrance: a case in, advice with its proof and receipt out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from engine import VERSION
from engine.canonical import digest
from engine.case import Case, Readings
from engine.conditions import Value, names
from engine.explain import AMBIGUOUS, Conclusion, Missing, Proof, conclude
from engine.inference import InferenceError, build, infer
from engine.knowledge import AUTHORITY, Rule
from engine.library import Knowledge, NotCoveredError
from engine.productions import Compiled, compile_program
from engine.program import Program, build_program, effect_of
from engine.questions import Question, rank
from engine.relevance import Relevance
from engine.words import Direction, Status


class Advice(NamedTuple):
    """One rule applied to one case; a tuple, because a consultation makes hundreds.

    Attributes:
        rule: the rule as written: what, why, source, strength, how to deviate.
        status: what has become of it.
        proof: the rule's condition, part by part.
        missing: unknown facts that can still change the status, in reading order.
        defeated_by: exceptions that hold, by rule id.
        open_exceptions: exceptions that can still hold, by rule id.
    """

    rule: Rule
    status: Status
    proof: Proof
    missing: tuple[str, ...] = ()
    defeated_by: tuple[str, ...] = ()
    open_exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """An advice that is not given, because its two readers disagree or failed."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that advise to do and not to do one thing; shown, never settled in silence.

    Attributes:
        provisional: whether an exception or open fact can still take one side away.
    """

    action: str
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a consultation rested on, enough to do it again and get the same.

    Attributes:
        files: SHA-256 of every knowledge file, by name.
        protocols: date of the version of each protocol.
        parameters: the thresholds that were filled in; ``None`` is "no limit".
    """

    engine: str
    files: Mapping[str, str]
    reference_date: date
    authority: str
    protocols: Mapping[str, date]
    parameters: Mapping[str, int | None]
    known: Mapping[str, Value]
    disputed: Mapping[str, Readings]
    unknown: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the receipt as plain JSON data, with sorted keys."""
        return {
            "authority": self.authority,
            "disputed": {
                name: {party: _plain(value) for party, value in sorted(readings.items())}
                for name, readings in sorted(self.disputed.items())
            },
            "engine": self.engine,
            "files": dict(sorted(self.files.items())),
            "known": {name: _plain(value) for name, value in sorted(self.known.items())},
            "parameters": dict(sorted(self.parameters.items())),
            "protocols": {name: _plain(day) for name, day in sorted(self.protocols.items())},
            "reference_date": self.reference_date.isoformat(),
            "unknown": list(self.unknown),
        }

    @property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) over the canonical JSON of the receipt."""
        return digest(self.as_json())


def _plain(value: Value) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Consultation:
    """Everything that the protocols say of one case, with reasons.

    Attributes:
        facts: what is known, with the kind of authority.
        advices: one for each rule of the protocols that were consulted, in their order.
        conclusions: every derivation with its proof, for the explanations.
        conflicts: actions that are advised and advised against at once.
        withheld: advices that could not be given safely.
        questions: what is worth asking next, most deciding first.
    """

    case: Case
    program: Program
    facts: Mapping[str, Value]
    advices: tuple[Advice, ...]
    conclusions: Mapping[str, Conclusion]
    conflicts: tuple[Conflict, ...]
    withheld: tuple[Withheld, ...]
    questions: tuple[Question, ...]
    receipt: Receipt

    def advice(self, rule: str) -> Advice:
        """Return the advice of one rule.

        Raises:
            KeyError: the rule was not consulted, or its advice was withheld.
        """
        for advice in self.advices:
            if advice.rule.id == rule:
                return advice
        raise KeyError(rule)


def consult(knowledge: Knowledge, case: Case) -> Consultation:
    """Apply the protocols of a case to its facts.

    Both readers, the rule engine and the evaluator, draw every conclusion. Where they differ
    the advice is withheld.

    Raises:
        NotCoveredError: no protocol version, parameter value or authority covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    program, compiled = prepare(knowledge, case.protocols, case.authority, case.reference_date)
    facts = {**case.known, AUTHORITY: program.authority.kind.value}
    conclusions, inferred, failure = _read_twice(program, compiled, facts, case.reference_date)
    reasons = _reasons_to_withhold(knowledge, program, conclusions, inferred)
    missing = Missing(conclusions)
    advices: list[Advice] = []
    withheld: list[Withheld] = []
    for bound in program.asked_rules():
        rule = bound.rule
        reason = failure
        if reasons and not reason:
            reason = reasons.get(rule.id) or reasons.get(effect_of(rule.id), "")
        if reason:
            withheld.append(Withheld(rule, reason))
        else:
            advices.append(_advice(rule, program, conclusions, missing))
    return Consultation(
        case=case,
        program=program,
        facts=facts,
        advices=tuple(advices),
        conclusions=conclusions,
        conflicts=tuple(_conflicts(advices)),
        withheld=tuple(withheld),
        questions=rank(
            knowledge,
            case,
            {advice.rule.id: advice.missing for advice in advices if advice.missing},
            Relevance(program, facts, case.reference_date, knowledge.facts).shown,
        ),
        receipt=_receipt(knowledge, case, program),
    )


def prepare(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> tuple[Program, Compiled]:
    """Build the program and its rulesets once for each combination; safe to call eagerly.

    Days on which the same is in force share them.

    Raises:
        NotCoveredError: no protocol version, parameter value or authority covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    try:
        return _prepare(knowledge, protocols, authority, knowledge.same_since(on))
    except NotCoveredError:
        # Says it of the day that was asked about.
        build_program(knowledge, protocols, authority, on)
        raise


@lru_cache(maxsize=64)
def _prepare(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> tuple[Program, Compiled]:
    program = build_program(knowledge, protocols, authority, on)
    compiled = compile_program(program)
    build(compiled)
    return program, compiled


def _read_twice(
    program: Program, compiled: Compiled, facts: Mapping[str, Value], reference: date
) -> tuple[dict[str, Conclusion], dict[str, str], str]:
    """Let both readers draw all conclusions; a failure of either is a reason to withhold all."""
    try:
        conclusions = conclude(program, facts, reference)
        return conclusions, infer(compiled, facts, reference), ""
    except InferenceError as error:
        return {}, {}, str(error)


def _reasons_to_withhold(
    knowledge: Knowledge,
    program: Program,
    conclusions: Mapping[str, Conclusion],
    inferred: Mapping[str, str],
) -> dict[str, str]:
    """Say for every derivation that can't be relied on why not, with all that rests on it."""
    reasons: dict[str, str] = {}
    for name, found in conclusions.items():
        if found.value == AMBIGUOUS:
            label = knowledge.lexicon[name].label if name in knowledge.lexicon else name
            reasons[name] = (
                f"De regels geven twee antwoorden tegelijk op: {label}. Meld dit aan de beheerder "
                "van de regels."
            )
        elif found.value != inferred.get(name):
            reasons[name.split("≠")[0]] = reasons[name] = (
                "De twee onafhankelijke berekeningen zijn het niet eens. Dit is een fout in "
                "Leidraad; meld hem."
            )
    if reasons:
        for layer in program.layers:
            for item in layer:
                needed = [name for _, part in item.branches for name in names(part)]
                reason = next((reasons[name] for name in needed if name in reasons), "")
                if reason:
                    reasons.setdefault(item.name, reason)
    return reasons


def _advice(
    rule: Rule, program: Program, conclusions: Mapping[str, Conclusion], missing: Missing
) -> Advice:
    """Work out the status of one rule from its condition and its exceptions."""
    own = conclusions[rule.id]
    proof = own.proofs[0]
    if own.value == "nee":
        return Advice(rule, Status.DOES_NOT_HOLD, proof)
    effects = program.effects[rule.id]
    holding = tuple([other for other, name in effects if conclusions[name].value == "ja"])
    open_effects = [(other, name) for other, name in effects if conclusions[name].value is None]
    if holding:
        return Advice(rule, Status.DEFEATED, proof, defeated_by=holding)
    wanted = missing.of(rule.id)
    if open_effects:
        more = (fact for _, name in open_effects for fact in missing.of(name))
        wanted = tuple(dict.fromkeys((*wanted, *more)))
    open_ones = tuple([other for other, _ in open_effects])
    if own.value is None:
        return Advice(rule, Status.OPEN, proof, wanted, open_exceptions=open_ones)
    status = Status.PROVISIONAL if open_ones else Status.HOLDS
    return Advice(rule, status, proof, wanted, open_exceptions=open_ones)


def _conflicts(advices: Iterable[Advice]) -> Iterable[Conflict]:
    """Find the actions that are advised and advised against at once."""
    sides: dict[str, dict[Direction, list[Advice]]] = {}
    for advice in advices:
        if advice.status.is_given:
            step = advice.rule.advice
            both = sides.setdefault(step.action, {Direction.DO: [], Direction.DO_NOT: []})
            both[step.direction].append(advice)
    for action, both in sides.items():
        if both[Direction.DO] and both[Direction.DO_NOT]:
            everyone = both[Direction.DO] + both[Direction.DO_NOT]
            yield Conflict(
                action,
                tuple(advice.rule.id for advice in both[Direction.DO]),
                tuple(advice.rule.id for advice in both[Direction.DO_NOT]),
                any(advice.status is Status.PROVISIONAL for advice in everyone),
            )


def _receipt(knowledge: Knowledge, case: Case, program: Program) -> Receipt:
    return Receipt(
        engine=VERSION,
        files=knowledge.files,
        reference_date=case.reference_date,
        authority=case.authority,
        protocols={
            version.protocol.id: version.protocol.valid_from for version in program.protocols
        },
        parameters={name: value.value for name, value in program.parameters.items()},
        known=case.known,
        disputed=case.disputed,
        unknown=tuple(sorted(case.unknown)),
    )

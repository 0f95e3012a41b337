"""The second reader: plain three-valued evaluation that keeps the proof of every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Constant,
    Facts,
    Not,
    Value,
    evaluate_leaf,
)
from engine.kleene import Truth, all_of, any_of, at_least, negation
from engine.program import Derivation, Program


@dataclass(frozen=True, slots=True)
class Proof:
    """A condition, whether it is true, and the same for each of its parts."""

    condition: Condition
    truth: Truth
    parts: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What became of one derivation, and why.

    Attributes:
        value: ``ja``, ``nee`` or a value of a decision table; ``None`` while unknown;
            :data:`AMBIGUOUS` when a table gives two values.
        proofs: one for each branch, in order.
    """

    derivation: Derivation
    value: str | None
    proofs: tuple[Proof, ...]


AMBIGUOUS = "tegenstrijdig"
"""The value of a decision table of which two rows are true at once; no answer can rest on it."""


def prove(condition: Condition, facts: Facts, reference: date) -> Proof:
    """Evaluate a condition and keep the answer of every part."""
    match condition:
        case All() | AnyOf() | AtLeast():
            parts = tuple([prove(part, facts, reference) for part in condition.parts])
            values = [part.truth for part in parts]
            if isinstance(condition, All):
                return Proof(condition, all_of(values), parts)
            if isinstance(condition, AnyOf):
                return Proof(condition, any_of(values), parts)
            return Proof(condition, at_least(condition.count, values), parts)
        case Not():
            inner = prove(condition.part, facts, reference)
            return Proof(condition, negation(inner.truth), (inner,))
        case _:
            return Proof(condition, evaluate_leaf(condition, facts, reference))


def conclude(program: Program, facts: Facts, reference: date) -> dict[str, Conclusion]:
    """Evaluate every derivation of a program, layer by layer."""
    values: dict[str, Value] = dict(facts)
    conclusions: dict[str, Conclusion] = {}
    for layer in program.layers:
        found = [_conclude(item, values, reference) for item in layer]
        for item in found:
            conclusions[item.derivation.name] = item
            if item.value not in (None, AMBIGUOUS):
                values[item.derivation.name] = str(item.value)
    return conclusions


def _conclude(derivation: Derivation, facts: Facts, reference: date) -> Conclusion:
    proofs = tuple([prove(part, facts, reference) for _, part in derivation.branches])
    if not derivation.is_table:
        truth = proofs[0].truth
        value = None if truth is None else ("ja" if truth else "nee")
        return Conclusion(derivation, value, proofs)
    true = [
        value
        for (value, _), proof in zip(derivation.branches, proofs, strict=True)
        if proof.truth is True
    ]
    if len(set(true)) > 1:
        return Conclusion(derivation, AMBIGUOUS, proofs)
    return Conclusion(derivation, true[0] if true else None, proofs)


def missing(proof: Proof, conclusions: Mapping[str, Conclusion]) -> tuple[str, ...]:
    """Return the unknown facts that can still change an unknown answer, in reading order.

    A part that is settled is passed over, and so is everything under a notion whose value is
    known: what can't matter any more isn't asked.
    """
    return tuple(dict.fromkeys(_missing(proof, conclusions)))


def _missing(proof: Proof, conclusions: Mapping[str, Conclusion]) -> Iterator[str]:
    if proof.truth is not None:
        return
    if proof.parts:
        for part in proof.parts:
            yield from _missing(part, conclusions)
        return
    leaf = proof.condition
    if isinstance(leaf, All | AnyOf | AtLeast | Not | Constant):
        return
    conclusion = conclusions.get(leaf.name)
    if conclusion is None:
        yield leaf.name
        return
    for branch in conclusion.proofs:
        yield from _missing(branch, conclusions)


def deciding(proof: Proof) -> tuple[Proof, ...]:
    """Return the leaves that made a settled answer what it is, shortest reason first.

    For "and" that is false, or "or" that is true, the part with the fewest leaves suffices.
    """
    if proof.truth is None:
        return ()
    if not proof.parts:
        return (proof,)
    match proof.condition:
        case Not():
            return deciding(proof.parts[0])
        case All() | AnyOf():
            enough = isinstance(proof.condition, AnyOf) is proof.truth
            reasons = [deciding(part) for part in proof.parts if part.truth is proof.truth]
            return min(reasons, key=len) if enough else _flat(reasons)
        case AtLeast():
            return _flat([deciding(part) for part in proof.parts if part.truth is proof.truth])
    return ()


def _flat(reasons: list[tuple[Proof, ...]]) -> tuple[Proof, ...]:
    return tuple(dict.fromkeys(leaf for reason in reasons for leaf in reason))

"""The second reader: plain three-valued evaluation that keeps the proof of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Constant,
    Facts,
    Leaf,
    Not,
    Value,
    evaluate_leaf,
)
from engine.kleene import Truth, all_of, any_of, at_least, negation
from engine.program import Derivation, Program


class Proof:
    """A condition, whether it is true, and the same for each of its parts.

    The parts are proved when someone asks for them: a consultation makes thousands of proofs, and
    most are never read.
    """

    __slots__ = ("_prover", "condition", "truth")

    def __init__(self, condition: Condition, prover: Prover) -> None:
        """Prove a condition on the facts of a prover."""
        self.condition = condition
        self.truth: Truth = prover.truth(condition)
        self._prover = prover

    def __eq__(self, other: object) -> bool:
        """Two proofs of one case are the same when they prove the same."""
        return isinstance(other, Proof) and self.condition == other.condition

    def __hash__(self) -> int:
        return hash(self.condition)

    @property
    def parts(self) -> tuple[Proof, ...]:
        """The proofs of the parts, in order; none for a leaf."""
        return tuple([Proof(part, self._prover) for part in parts_of(self.condition)])

    def unknown_leaves(self) -> list[Leaf]:
        """Return the leaves that can still change an unknown answer, in reading order."""
        found: list[Leaf] = []
        if self.truth is None:
            self._prover.gather_unknown(self.condition, found)
        return found


class Conclusion(NamedTuple):
    """What became of one derivation, and why.

    Attributes:
        value: ``ja``, ``nee`` or a value of a decision table; ``None`` while unknown;
            :data:`AMBIGUOUS` when a table gives two values.
        proofs: one for each branch, in order.
    """

    derivation: Derivation
    value: str | None
    proofs: tuple[Proof, ...]


_GROUPS = (All, AnyOf, AtLeast)
_UNSEEN = ""

AMBIGUOUS = "tegenstrijdig"
"""The value of a decision table of which two rows are true at once; no answer can rest on it."""


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that a condition is made of; none for a leaf."""
    if isinstance(condition, _GROUPS):
        return condition.parts
    return (condition.part,) if isinstance(condition, Not) else ()


class Prover:
    """Decides conditions on the facts of one case, each condition object once."""

    def __init__(self, facts: Facts, reference: date) -> None:
        """Take the facts that are known, which may grow with names that weren't asked for yet."""
        self._facts = facts
        self._reference = reference
        # By identity: comparing trees takes longer than deciding them. A program shares its leaves.
        self._truths: dict[int, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """Decide a condition, up to the part that settles it."""
        truth = self._truths.get(id(condition), _UNSEEN)
        if isinstance(truth, str):
            truth = self._truths[id(condition)] = self._decide(condition)
        return truth

    def _decide(self, condition: Condition) -> Truth:
        # Thousands of times in a consultation: comparing types is faster than matching on them.
        if type(condition) is All:
            return all_of(map(self.truth, condition.parts))
        if type(condition) is AnyOf:
            return any_of(map(self.truth, condition.parts))
        if type(condition) is AtLeast:
            return at_least(condition.count, list(map(self.truth, condition.parts)))
        if type(condition) is Not:
            return negation(self.truth(condition.part))
        return evaluate_leaf(cast("Leaf", condition), self._facts, self._reference)

    def gather_unknown(self, condition: Condition, found: list[Leaf]) -> None:
        """Add the unknown leaves of an unknown condition, passing over what is settled."""
        if isinstance(condition, _GROUPS):
            for part in condition.parts:
                if self.truth(part) is None:
                    self.gather_unknown(part, found)
        elif isinstance(condition, Not):
            self.gather_unknown(condition.part, found)
        else:
            found.append(condition)


def prove(condition: Condition, facts: Facts, reference: date) -> Proof:
    """Evaluate one condition and keep the answer of every part."""
    return Proof(condition, Prover(facts, reference))


def conclude(program: Program, facts: Facts, reference: date) -> dict[str, Conclusion]:
    """Evaluate every derivation of a program, layer by layer."""
    values: dict[str, Value] = dict(facts)
    # What a condition asks of a layer below stands before the condition is proved.
    prover = Prover(values, reference)
    conclusions: dict[str, Conclusion] = {}
    for layer in program.layers:
        found = [conclude_one(item, prover) for item in layer]
        for item in found:
            conclusions[item.derivation.name] = item
            if item.value not in (None, AMBIGUOUS):
                values[item.derivation.name] = str(item.value)
    return conclusions


def conclude_one(derivation: Derivation, prover: Prover) -> Conclusion:
    """Evaluate one derivation, on facts that hold what it needs of earlier layers."""
    proofs = tuple([Proof(part, prover) for _, part in derivation.branches])
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


class Missing:
    """Finds the unknown facts that can still change unknown answers of one consultation.

    What is missing for a notion is worked out once, however many rules rest on it.
    """

    def __init__(self, conclusions: Mapping[str, Conclusion]) -> None:
        self._conclusions = conclusions
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, derivation: str) -> tuple[str, ...]:
        """Return the facts that are missing for a derivation, in reading order.

        A part that is settled is passed over, and so is everything under a notion whose value
        is known: what can't matter any more isn't asked.
        """
        found = self._found.get(derivation)
        if found is None:
            gathered: dict[str, None] = {}
            for proof in self._conclusions[derivation].proofs:
                for leaf in proof.unknown_leaves():
                    if isinstance(leaf, Constant):
                        continue
                    if leaf.name in self._conclusions:
                        gathered.update(dict.fromkeys(self.of(leaf.name)))
                    else:
                        gathered[leaf.name] = None
            found = self._found[derivation] = tuple(gathered)
        return found


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

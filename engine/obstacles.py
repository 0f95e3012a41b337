"""What stands between a condition and its being true: every part that fails or is still open.

A reason says shortest why a condition is false. Who had a step in mind wants to know all that
would have to be different: each part of an "and" that is not true, every way out of an "or".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Constant,
    Leaf,
    NoneOf,
    Not,
    OneOf,
    excluded,
    negate,
    normal,
)
from engine.consult import Consultation
from engine.explain import AMBIGUOUS, Missing, Proof, prove
from engine.kleene import Truth
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.program import Derivation
from engine.reasons import Reason, reasons_for
from engine.wording import number_in_words, requirement, say, say_fact, say_leaf


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One part of a condition that is not true: a leaf, or a group of which too few parts are.

    Attributes:
        text: how it is, as a clause: "de opleiding duurt 14 maanden".
        truth: ``False`` where it fails, ``None`` where it is still open.
        condition: what was asked, without ``Not``.
        name: the fact or notion that a leaf asks about; empty for a group and a constant.
        needed: what the answer should be, where the text does not say so: "hoogstens 12 maanden".
        enough: for a group, how many more of its parts must become true.
        parts: the parts of a group that are not true; for a notion, what makes it so.
        because: why a notion has the value that it has, where that says more than the parts.
        missing: for an open leaf, the facts that it waits for, in reading order.
    """

    text: str
    truth: Truth
    condition: Condition
    name: str = ""
    needed: str = ""
    enough: int = 0
    parts: tuple[Obstacle, ...] = ()
    because: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether this is a group of conditions and not one condition."""
        return self.enough > 0

    @property
    def is_explained(self) -> bool:
        """Whether there is more under it than its own words: a notion with what makes it so."""
        return not self.is_group and bool(self.parts or self.because)

    @property
    def distance(self) -> tuple[int, int]:
        """How many conditions fail and are open on the nearest way to make this true."""
        if not self.is_group:
            return (1, 0) if self.truth is False else (0, 1)
        nearest = sorted(part.distance for part in self.parts)[: self.enough]
        return sum(fails for fails, _ in nearest), sum(waits for _, waits in nearest)

    @property
    def elsewhere(self) -> bool:
        """Whether only another authority could make this true: no answer in this case can."""
        if self.is_group:
            return sum(not part.elsewhere for part in self.parts) < self.enough
        return self.name == AUTHORITY or any(part.elsewhere for part in self.parts)


def leaves_of(obstacles: Iterable[Obstacle]) -> Iterator[Obstacle]:
    """Yield the single conditions of a rule that are not true, in reading order."""
    for obstacle in obstacles:
        if obstacle.is_group:
            yield from leaves_of(obstacle.parts)
        else:
            yield obstacle


class Obstacles:
    """Finds what stands in the way within one consultation."""

    def __init__(self, consultation: Consultation, knowledge: Knowledge) -> None:
        self._consultation = consultation
        self._knowledge = knowledge
        self._conclusions = consultation.conclusions
        self._missing = Missing(consultation.conclusions)
        self._facts = dict(consultation.facts)
        for name, found in self._conclusions.items():
            if found.value not in (None, AMBIGUOUS):
                self._facts[name] = str(found.value)

    def of(self, proof: Proof) -> tuple[Obstacle, ...]:
        """Return the parts that must all become true before the condition is."""
        if proof.truth is True:
            return ()
        if isinstance(proof.condition, All):
            found = [item for part in _not_true(proof) for item in self.of(part)]
            return tuple(dict.fromkeys(found))
        if isinstance(proof.condition, AnyOf | AtLeast):
            return self._choice(proof)
        if isinstance(proof.condition, Not):
            return self.of(self._prove(normal(proof.condition)))
        return (self._leaf(proof.condition, proof.truth),)

    def _choice(self, proof: Proof) -> tuple[Obstacle, ...]:
        """Return the group of ways, or what is in the way where there is only one."""
        condition = proof.condition
        enough = 1
        if isinstance(condition, AtLeast):
            enough = condition.count - sum(part.truth is True for part in proof.parts)
        # An open group waits for its open parts; one that fails needs some that fail to turn.
        ways = [part for part in _not_true(proof) if proof.truth is False or part.truth is None]
        if enough >= len(ways):
            return tuple(dict.fromkeys(item for way in ways for item in self.of(way)))
        parts = tuple(dict.fromkeys(self._way(way) for way in ways))
        if len(parts) <= enough:
            return parts
        return (
            Obstacle(_heading(proof.truth, enough), proof.truth, condition, "", "", enough, parts),
        )

    def _way(self, proof: Proof) -> Obstacle:
        found = self.of(proof)
        if len(found) == 1:
            return found[0]
        text = "al deze dingen zijn samen nodig"
        return Obstacle(text, proof.truth, proof.condition, "", "", len(found), found)

    def _leaf(self, leaf: Leaf, truth: Truth) -> Obstacle:
        lexicon = self._knowledge.lexicon
        if isinstance(leaf, Constant):
            return Obstacle(say_leaf(leaf, lexicon), truth, leaf)
        name = leaf.name
        if truth is None:
            missing = self._missing.of(name) if name in self._conclusions else (name,)
            return Obstacle(say_leaf(leaf, lexicon), truth, leaf, name, missing=missing)
        needed = requirement(leaf, lexicon)
        if name == AUTHORITY and isinstance(leaf, NoneOf):
            needed = "een andere instantie"
        conclusion = self._conclusions.get(name)
        if conclusion is None:
            text = say_fact(name, self._facts[name], lexicon)
            return Obstacle(text, truth, leaf, name, needed)
        if conclusion.value is None:
            text = say(negate(leaf), lexicon)
            return Obstacle(text, truth, leaf, name, because=self._excluded(leaf))
        text = say_fact(name, conclusion.value, lexicon)
        if conclusion.derivation.is_table:
            return Obstacle(text, truth, leaf, name, needed, because=self._given(name))
        under = self._under(leaf, conclusion.derivation)
        return Obstacle(text, truth, leaf, name, needed, parts=under)

    def _under(self, leaf: Leaf, derivation: Derivation) -> tuple[Obstacle, ...]:
        """Return what stands in the way of the value that is asked of a yes/no notion."""
        asked = isinstance(leaf, OneOf) is ("ja" in getattr(leaf, "values", ()))
        wanted = derivation.condition if asked else negate(derivation.condition)
        return self.of(self._prove(wanted))

    def _given(self, name: str) -> tuple[Reason, ...]:
        """Say why a decision table gives the value that it gives."""
        conclusion = self._conclusions[name]
        branches = zip(conclusion.derivation.branches, conclusion.proofs, strict=True)
        found = (proof for (value, _), proof in branches if value == conclusion.value)
        deciding = next((proof for proof in found if proof.truth), None)
        if deciding is None:
            return ()
        return reasons_for(deciding, self._consultation, self._knowledge)

    def _excluded(self, leaf: Leaf) -> tuple[Reason, ...]:
        """Say why a decision table can't give what was asked, while its value is still open."""
        names = [
            excluded(getattr(leaf, "name", ""), value) for value in getattr(leaf, "values", ())
        ]
        proofs = [self._conclusions[name].proofs[0] for name in names if name in self._conclusions]
        found = (reasons_for(proof, self._consultation, self._knowledge) for proof in proofs)
        return tuple(dict.fromkeys(reason for group in found for reason in group))

    def _prove(self, condition: Condition) -> Proof:
        return prove(condition, self._facts, self._consultation.case.reference_date)


def _not_true(proof: Proof) -> list[Proof]:
    return [part for part in proof.parts if part.truth is not True]


def _heading(truth: Truth, enough: int) -> str:
    """Say how many parts of a group are still needed, as the line above a list of them."""
    amount = number_in_words(enough)
    verb = "is" if enough == 1 else "zijn"
    if truth is None:
        return f"{amount} van deze dingen {verb} nodig, en dat is nog niet bekend"
    return f"{amount} van deze dingen {verb} nog nodig"

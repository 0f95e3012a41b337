"""Every client that a program can meet, as a question to a solver: is there one of whom this is so?

Each question that conditions ask has finitely many answers that they tell apart
(:mod:`engine.answers`), and "unknown" besides. So a client is a choice for each question, and what
is true, false or open of a client is a formula over those choices. Whether one leaf is true of one
answer is asked of :func:`engine.conditions.evaluate_leaf` itself; this module adds only how truths
go together, after Kleene, layer by layer as :func:`engine.explain.conclude` does it.

The solver is z3 (``docs/decisions/0021-*.md``): L. de Moura and N. Bjørner, "Z3: An efficient SMT
solver", TACAS 2008.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import z3

from engine.answers import Answer, answers_apart
from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Constant,
    Facts,
    Leaf,
    NoneOf,
    Not,
    OneOf,
    Value,
    evaluate_leaf,
    excluded,
)
from engine.design.claims import SECONDS, Claim, UndecidedError
from engine.knowledge import AUTHORITY, Fact
from engine.program import Derivation, Program
from engine.situation import leaves_under

_NOTHING: frozenset[str] = frozenset()


class _Truth(NamedTuple):
    """When something is true and when it is false; in all other cases it is open."""

    true: Any
    false: Any
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Choice:
    """One answer to one question, or one value of a derivation, and when it is given."""

    value: Value
    given: Any


class Clients:
    """All clients that one program can meet, with whatever is known or unknown of them."""

    def __init__(
        self,
        program: Program,
        facts: Mapping[str, Fact],
        reference: date,
        seconds: float = SECONDS,
    ) -> None:
        """Take a program; the answers to a question are laid out once something rests on it.

        Args:
            program: what is concluded of a client.
            facts: the questions by name.
            reference: the day against which ages are counted.
            seconds: how long one question to the solver may take.
        """
        self._program = program
        self._derivations = program.derivations
        self._facts = facts
        self._reference = reference
        self._milliseconds = max(1, int(seconds * 1000))
        self._values: dict[str, tuple[_Choice, ...]] = {}
        self._answers: dict[str, tuple[Answer, ...]] = {}
        self._under: dict[str, frozenset[str]] = {}
        self._read: dict[int, tuple[Condition, _Truth]] = {}
        # z3's own context is one for all threads, which it can't bear.
        self._context = z3.Context()
        self._solver = self._new_solver(self._context)
        self._told: dict[str, list[Leaf]] = {}
        for leaf in leaves_under(program, program.derivations):
            self._told.setdefault(leaf.name, []).append(leaf)

    def true(self, condition: Condition) -> Claim:
        """Claim that a condition is true."""
        truth = self._truth(condition)
        return Claim(truth.true, truth.facts)

    def false(self, condition: Condition) -> Claim:
        """Claim that a condition is false."""
        truth = self._truth(condition)
        return Claim(truth.false, truth.facts)

    def open(self, condition: Condition) -> Claim:
        """Claim that it can't be said yet whether a condition is true."""
        settled = self.settled(condition)
        return Claim(z3.Not(settled.formula), settled.facts)

    def settled(self, condition: Condition) -> Claim:
        """Claim that it can be said whether a condition is true."""
        truth = self._truth(condition)
        return Claim(self._any([truth.true, truth.false]), truth.facts)

    def different(self, one: Condition, other: Condition) -> Claim:
        """Claim that two conditions aren't both true, both false or both open."""
        first, second = self._truth(one), self._truth(other)
        ways = [first.true != second.true, first.false != second.false]
        return Claim(self._any(ways), first.facts | second.facts)

    def lost(self, one: Condition, other: Condition) -> Claim:
        """Claim that one condition is settled, and that the other doesn't say the same."""
        first, second = self._truth(one), self._truth(other)
        ways = ([first.true, z3.Not(second.true)], [first.false, z3.Not(second.false)])
        return Claim(self._any([self._all(way) for way in ways]), first.facts | second.facts)

    def yes(self, derivation: str) -> Claim:
        """Claim that a notion, rule or effect is concluded."""
        return self.true(OneOf(derivation, ("ja",)))

    def exactly(self, facts: Facts) -> Claim:
        """Claim that these facts are known, and no others that the program asks."""
        asked = [name for name in self._told if name != AUTHORITY]
        for name in asked:
            self._lay_out(name)
        same = [
            choice.given if self._is_one(answer, facts) else z3.Not(choice.given)
            for name in asked
            for answer, choice in zip(self._answers[name], self._values[name], strict=True)
        ]
        return Claim(self._all(same), frozenset(asked))

    def exists(self, *claims: Claim) -> bool:
        """Whether there is a client of whom all claims are so.

        Raises:
            UndecidedError: the time is up.
        """
        self._solver.push()
        try:
            self._solver.add(*(claim.formula for claim in claims))
            return self._decided(self._solver)
        finally:
            self._solver.pop()

    def smallest(self, *claims: Claim) -> Facts | None:
        """Return such a client with as few known facts as can be; ``None`` when there is none.

        Raises:
            UndecidedError: the time is up before it is clear whether there is one. When only the
                search for one with fewer facts takes too long, the best so far is returned.
        """
        if not self.exists(*claims):
            return None
        facts = sorted(frozenset().union(*(claim.facts for claim in claims)))
        # A context of its own: what is found does not depend on what was asked before.
        context = z3.Context()
        solver = self._new_solver(context)
        known = [*self._one_answer(facts), *(claim.formula for claim in claims)]
        solver.add(*(formula.translate(context) for formula in known))
        if not self._decided(solver):
            return None
        best = self._facts_in(solver.model(), facts)
        given = [choice.given.translate(context) for choice in self._choices(facts)]
        for most in range(len(best)):
            solver.push()
            solver.add(self._at_most(given, most, context))
            try:
                if self._decided(solver):
                    return self._facts_in(solver.model(), facts)
            except UndecidedError:
                return best
            solver.pop()
        return best

    def _is_one(self, answer: Answer, facts: Facts) -> bool:
        """Whether the answer that is known of a question is one of these."""
        return evaluate_leaf(answer.said, facts, self._reference) is True

    def _new_solver(self, context: Any) -> Any:
        # Clients are made of choices only: the part of z3 for finite domains is the fastest.
        solver = z3.SolverFor("QF_FD", context)
        solver.set("timeout", self._milliseconds)
        return solver

    def _constant(self, truth: bool) -> Any:
        return z3.BoolVal(truth, self._context)

    def _one_answer(self, names: Iterable[str]) -> list[Any]:
        """Say that a question has one answer, or none while it is unknown."""
        given = ([choice.given for choice in self._values[name]] for name in names)
        return [self._at_most(some, 1, self._context) for some in given if some]

    def _decided(self, solver: Any) -> bool:
        found = solver.check()
        if found == z3.unknown:
            raise UndecidedError
        return bool(found == z3.sat)

    def _choices(self, names: Iterable[str]) -> Iterator[_Choice]:
        for name in names:
            yield from self._values[name]

    def _facts_in(self, model: Any, names: Iterable[str]) -> dict[str, Value]:
        return {
            name: choice.value
            for name in names
            for choice in self._values[name]
            if z3.is_true(model.eval(choice.given.translate(model.ctx)))
        }

    def _truth(self, condition: Condition) -> _Truth:
        """Say when a condition is true and when it is false, once for each condition object."""
        known = self._read.get(id(condition))
        if known is None:
            # The condition is kept beside its truth, so that its id stays its own.
            known = self._read[id(condition)] = (condition, self._work_out(condition))
        return known[1]

    def _work_out(self, condition: Condition) -> _Truth:
        match condition:
            case Not():
                part = self._truth(condition.part)
                return _Truth(part.false, part.true, part.facts)
            case All() | AnyOf() | AtLeast():
                parts = [self._truth(part) for part in condition.parts]
            case Constant():
                truth = condition.truth
                return _Truth(self._constant(truth), self._constant(not truth), _NOTHING)
            case _:
                return self._leaf(condition)
        true, false = [part.true for part in parts], [part.false for part in parts]
        facts = _NOTHING.union(*(part.facts for part in parts))
        match condition:
            case All():
                return _Truth(self._all(true), self._any(false), facts)
            case AnyOf():
                return _Truth(self._any(true), self._all(false), facts)
            case AtLeast(count=count):
                needed = len(parts) - count + 1
                return _Truth(z3.AtLeast(*true, count), z3.AtLeast(*false, needed), facts)

    def _leaf(self, leaf: Leaf) -> _Truth:
        """Say when a leaf is true: of which answers, and of which excluded values."""
        name = getattr(leaf, "name", "")
        derivation = self._derivations.get(name)
        self._lay_out(name)
        choices = self._values[name]
        fits = [evaluate_leaf(leaf, {name: one.value}, self._reference) for one in choices]
        true = [one.given for one, fit in zip(choices, fits, strict=True) if fit]
        false = [one.given for one, fit in zip(choices, fits, strict=True) if not fit]
        facts = self._under[name]
        if derivation is not None and derivation.is_table and isinstance(leaf, OneOf | NoneOf):
            out = [excluded(name, value) for value in leaf.values]
            if all(other in self._derivations for other in out):
                ruled_out = [self._truth(OneOf(other, ("ja",))).true for other in out]
                known = [one.given for one in choices]
                without_value = self._all([z3.Not(self._any(known)), *ruled_out])
                (true if isinstance(leaf, NoneOf) else false).append(without_value)
        return _Truth(self._any(true), self._any(false), facts)

    def _lay_out(self, name: str) -> None:
        """Say when a question or a derivation gets each of its values, once."""
        if name in self._values:
            return
        if name in self._derivations:
            self._conclude(self._derivations[name])
        elif name == AUTHORITY:
            kind = self._program.authority.kind.value
            self._values[name] = (_Choice(kind, self._constant(True)),)
            self._under[name] = _NOTHING
        else:
            answers = answers_apart(self._facts[name], self._told[name], self._reference)
            self._answers[name] = answers
            self._values[name] = tuple(
                _Choice(one.example, z3.Bool(f"{name} = {one.example}", self._context))
                for one in answers
            )
            self._under[name] = frozenset((name,))
            self._solver.add(*self._one_answer((name,)))

    def _conclude(self, derivation: Derivation) -> None:
        """Say when a derivation gets each of its values."""
        truths = [(value, self._truth(part)) for value, part in derivation.branches]
        name = derivation.name
        self._under[name] = _NOTHING.union(*(truth.facts for _, truth in truths))
        if not derivation.is_table:
            (truth,) = (truth for _, truth in truths)
            self._values[name] = (_Choice("ja", truth.true), _Choice("nee", truth.false))
            return
        rows: dict[str, list[Any]] = {}
        for value, truth in truths:
            rows.setdefault(value, []).append(truth.true)
        given = {value: self._any(true) for value, true in rows.items()}
        self._values[name] = tuple(
            # Two values at once is no answer: nothing can rest on it.
            _Choice(value, self._all([one, *(z3.Not(o) for v, o in given.items() if v != value)]))
            for value, one in given.items()
        )

    def _at_most(self, formulas: list[Any], most: int, context: Any) -> Any:
        """Limit how many are so as ``z3.AtMost`` does, without its search for the types."""
        array = (z3.Ast * len(formulas))(*(formula.as_ast() for formula in formulas))
        made = z3.Z3_mk_atmost(context.ref(), len(formulas), array, most)
        return z3.BoolRef(made, context)

    def _all(self, formulas: list[Any]) -> Any:
        return formulas[0] if len(formulas) == 1 else self._joined(z3.Z3_mk_and, formulas)

    def _any(self, formulas: list[Any]) -> Any:
        return formulas[0] if len(formulas) == 1 else self._joined(z3.Z3_mk_or, formulas)

    def _joined(self, make: Any, formulas: list[Any]) -> Any:
        """Join formulas as ``z3.And`` and ``z3.Or`` do, without their search for the types."""
        array = (z3.Ast * len(formulas))(*(formula.as_ast() for formula in formulas))
        made = make(self._context.ref(), len(formulas), array)
        return z3.BoolRef(made, self._context)

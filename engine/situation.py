"""A case as it could be: what a program concludes of it, and which facts keep a conclusion so.

Conclusions are drawn when someone asks for them. A search looks at hundreds of situations, and in
each of them at a few conclusions only; :func:`engine.explain.conclude` draws all of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from enum import Enum

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Compare,
    Condition,
    Constant,
    NoneOf,
    Not,
    Older,
    OneOf,
    Value,
    leaves,
    names,
)
from engine.explain import Prover
from engine.kleene import Truth
from engine.program import YES, Derivation, Program

FactLeaf = OneOf | NoneOf | Compare | Between | Older
"""A leaf about a fact: any but a constant."""

Names = frozenset[str]
NOTHING: Names = frozenset()


class Keep(Enum):
    """What is to stay as it is: a truth, or that it isn't one."""

    TRUE = "true"
    NOT_TRUE = "not true"
    FALSE = "false"
    NOT_FALSE = "not false"

    def holds(self, truth: Truth) -> bool:
        """Whether a truth is of this kind."""
        match self:
            case Keep.TRUE:
                return truth is True
            case Keep.NOT_TRUE:
                return truth is not True
            case Keep.FALSE:
                return truth is False
            case Keep.NOT_FALSE:
                return truth is not False

    @property
    def opposite(self) -> Keep:
        """What the negation of a condition keeps when the condition keeps this."""
        return _OPPOSITES[self]


_OPPOSITES = {
    Keep.TRUE: Keep.FALSE,
    Keep.FALSE: Keep.TRUE,
    Keep.NOT_TRUE: Keep.NOT_FALSE,
    Keep.NOT_FALSE: Keep.NOT_TRUE,
}


class Situation(Mapping[str, Value]):
    """The facts of a case, and under the same roof what a program concludes from them.

    A name that nothing is known of is absent, like an unknown fact. A decision table that gives
    two values at once counts as unknown.
    """

    def __init__(
        self, program: Program, facts: Mapping[str, Value], reference: date, free: Set[str]
    ) -> None:
        """Lay out a situation.

        Args:
            program: what there is to conclude.
            facts: what is known.
            reference: the day against which ages are counted.
            free: the facts that may become another; all others are as they are.
        """
        self._program = program
        self._facts = facts
        self._reference = reference
        self._free = free
        self._prover = Prover(self, reference)
        self._values: dict[str, Value | None] = {}
        self._kept: dict[tuple[int, Keep], Names] = {}

    def get(  # type: ignore[override]
        self, name: str, default: Value | None = None
    ) -> Value | None:
        """Return the answer to a fact, or the value that is concluded; the default if unknown."""
        value = self._facts.get(name)
        if value is None and (derivation := self._program.derivations.get(name)) is not None:
            if name not in self._values:
                self._values[name] = self._conclude(derivation)
            value = self._values[name]
        return default if value is None else value

    def __getitem__(self, name: str) -> Value:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        everything = dict.fromkeys((*self._facts, *self._program.derivations))
        return (name for name in everything if self.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def with_answers(self, answers: Mapping[str, Value]) -> Situation:
        """Return the situation with other answers, which are no longer free to change."""
        facts, free = {**self._facts, **answers}, self._free - answers.keys()
        return Situation(self._program, facts, self._reference, free)

    def truth(self, condition: Condition) -> Truth:
        """Decide a condition, up to the part that settles it."""
        return self._prover.truth(condition)

    def _conclude(self, derivation: Derivation) -> str | None:
        if not derivation.is_table:
            truth = self.truth(derivation.condition)
            return None if truth is None else ("ja" if truth else "nee")
        values = {value for value, part in derivation.branches if self.truth(part) is True}
        return values.pop() if len(values) == 1 else None

    def keeping(self, condition: Condition, keep: Keep) -> Names:
        """Return free facts that keep a condition as it is, whatever the others become.

        To change the condition, at least one of them has to change; without any it can't be
        changed at all. It is a small set but not always the smallest.

        Args:
            condition: the condition, in this situation already as ``keep`` says.
            keep: what it stays.
        """
        known = self._kept.get((id(condition), keep))
        if known is None:
            known = self._kept[(id(condition), keep)] = self._keeping(condition, keep)
        return known

    def _keeping(self, condition: Condition, keep: Keep) -> Names:
        match condition:
            case Not():
                return self.keeping(condition.part, keep.opposite)
            case All():
                return self._group(condition.parts, len(condition.parts), keep)
            case AnyOf():
                return self._group(condition.parts, 1, keep)
            case AtLeast():
                return self._group(condition.parts, condition.count, keep)
            case Constant():
                return NOTHING
            case OneOf() | NoneOf() if condition.name in self._program.derivations:
                if isinstance(condition, NoneOf):
                    keep = keep.opposite
                return self._derived(condition, keep)
            case _:
                return frozenset((condition.name,)) & self._free

    def _group(self, parts: tuple[Condition, ...], count: int, keep: Keep) -> Names:
        """Keep "at least ``count`` of these": enough parts that stay what they are."""
        enough = count if keep in (Keep.TRUE, Keep.NOT_FALSE) else len(parts) - count + 1
        kept = sorted(
            (self.keeping(part, keep) for part in parts if keep.holds(self.truth(part))), key=len
        )
        return NOTHING.union(*kept[:enough])

    def _derived(self, leaf: OneOf | NoneOf, keep: Keep) -> Names:
        """Keep that a notion or rule has one of the values, by what it is derived from."""
        derivation = self._program.derivations[leaf.name]
        asked = [part for value, part in derivation.branches if value in leaf.values]
        if derivation.is_table:
            others = [part for value, part in derivation.branches if value not in leaf.values]
            return min(self._table(asked, others, keep), key=len, default=self._under(leaf.name))
        if leaf.values == YES:
            return self.keeping(derivation.condition, keep)
        if leaf.values == ("nee",):
            return self.keeping(derivation.condition, keep.opposite)
        return self._under(leaf.name)

    def _table(
        self, asked: Iterable[Condition], others: Iterable[Condition], keep: Keep
    ) -> Iterator[Names]:
        """Yield the ways in which a table keeps giving, or not giving, one of the asked values."""
        asked, others = list(asked), list(others)
        given = [self.keeping(part, Keep.TRUE) for part in self._those(asked, Keep.TRUE)]
        other_given = [self.keeping(part, Keep.TRUE) for part in self._those(others, Keep.TRUE)]
        match keep:
            case Keep.TRUE:
                yield from given
            case Keep.NOT_TRUE if not given:
                yield self._all(asked, Keep.NOT_TRUE)
            case Keep.FALSE:
                yield from other_given
                # A value that no row gives is never excluded, only passed over for another.
                if asked and len(self._those(asked, Keep.FALSE)) == len(asked):
                    yield self._all(asked, Keep.FALSE)
            case Keep.NOT_FALSE:
                yield from given
                if not other_given:
                    rest = self._all(others, Keep.NOT_TRUE)
                    for part in self._those(asked, Keep.NOT_FALSE):
                        yield rest | self.keeping(part, Keep.NOT_FALSE)

    def _those(self, parts: Iterable[Condition], keep: Keep) -> list[Condition]:
        return [part for part in parts if keep.holds(self.truth(part))]

    def _all(self, parts: Iterable[Condition], keep: Keep) -> Names:
        return NOTHING.union(*(self.keeping(part, keep) for part in parts))

    def _under(self, name: str) -> Names:
        """Return every free fact that a derivation rests on: enough to keep anything about it."""
        return frozenset(leaf.name for leaf in leaves_under(self._program, (name,))) & self._free


def leaves_under(program: Program, wanted: Iterable[str]) -> list[FactLeaf]:
    """Return every leaf about a fact that derivations rest on, directly or through others."""
    found: dict[FactLeaf, None] = {}
    waiting, seen = list(wanted), set[str]()
    while waiting:
        name = waiting.pop()
        derivation = program.derivations.get(name)
        if derivation is None or name in seen:
            continue
        seen.add(name)
        for _, condition in derivation.branches:
            waiting += names(condition)
            for leaf in leaves(condition):
                if not isinstance(leaf, Constant) and leaf.name not in program.derivations:
                    found[leaf] = None
    return list(found)

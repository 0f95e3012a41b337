"""Why and what is missing, for every advice in a caseload: the same as in a consultation.

What decides a derivation, and what it waits for, follows from the few facts and notions that its
own condition names. So files are grouped by those, derivation by derivation: one file of each group
is reasoned about with :mod:`engine.explain`, and what comes of it goes for the whole group. The
facts under a notion are handed up as one number for the set. No rule is ever looked at with all
that is under it at once, where hardly two files would be alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from engine.caseload.answered import answered
from engine.caseload.patterns import Ids, Numbered, together
from engine.caseload.translate import CODE_OF, WITHHELD
from engine.conditions import Constant, Leaf, Value, excluded, leaves
from engine.explain import AMBIGUOUS, Conclusion, Proof, Prover, conclude_one, deciding
from engine.knowledge import AUTHORITY
from engine.program import Derivation, Program
from engine.situation import FactLeaf
from engine.words import Status

Depths = tuple[tuple[str, int], ...]
"""Facts in order of reading, each with how many steps it is away."""

Derived = tuple[str, tuple[str, ...]]
"""A derivation, with the values that are asked of it if it is a decision table."""

Part = str | Derived
"""A fact, or what is under a derivation."""

_MOST_KEPT = 400_000
"""How many groups are remembered from one batch to the next; more are forgotten first."""


class Grounds(NamedTuple):
    """What there is to say of one advice about one file.

    Attributes:
        code: the status, as in :data:`engine.caseload.translate.CODES`.
        deciding: the facts that decided, shortest way first, as
            :func:`engine.tree.facts_that_decided` names them.
        missing: the facts that it waits for, as in :class:`engine.consult.Advice`.
    """

    code: int
    deciding: tuple[str, ...]
    missing: tuple[str, ...]


class _Thought(NamedTuple):
    """What came of one derivation for a group of files.

    Attributes:
        value: the place of its value among those that it can have; 0 is unknown.
        missing: what it waits for.
        decided: what decided, for each set of values that is asked of it.
    """

    value: int
    missing: tuple[Part, ...]
    decided: tuple[tuple[Part, ...], ...]


@dataclass(slots=True)
class _Batch:
    """What is known by now of the files of one batch."""

    size: int
    values: dict[str, Ids] = field(default_factory=dict)
    missing: dict[Derived, Ids] = field(default_factory=dict)
    decided: dict[Derived, Ids] = field(default_factory=dict)


class GroundsReader:
    """Reads, batch after batch of one caseload, why every advice is as it is."""

    def __init__(self, program: Program, reference: date) -> None:
        """Take a program and the day against which ages are counted."""
        self._program = program
        self._reference = reference
        self._constants: dict[str, Value] = {AUTHORITY: program.authority.kind.value}
        self._answered = answered(program, reference, self._constants)
        self._values = {
            name: (None, *dict.fromkeys(value for value, _ in item.branches), AMBIGUOUS)
            if item.is_table
            else (None, "ja", "nee")
            for name, item in program.derivations.items()
        }
        self._named = {name: self._named_by(item) for name, item in program.derivations.items()}
        self._asked = self._asked_of_tables()
        self._tables = {
            bound.rule.id: program.tables_under(bound.rule.id) for bound in program.asked_rules()
        }
        self._forget()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that conditions ask about."""
        return tuple(self._answered)

    def read(self, files: pl.DataFrame) -> tuple[Mapping[str, Ids], Sequence[Grounds]]:
        """Work out the grounds of every advice about some files.

        Args:
            files: the facts of each, as for :func:`engine.caseload.translate.translate`.

        Returns:
            For each rule that was asked for a number per file, and what the numbers stand for.
            The next batch can number otherwise.
        """
        if len(self._joined) > _MOST_KEPT:
            self._forget()
        batch = _Batch(len(files))
        for name, answers in self._answered.items():
            batch.values[name] = answers.numbers(files)
        for layer in self._program.layers:
            for item in layer:
                self._derive(item, batch)
        rules = [bound.rule.id for bound in self._program.asked_rules()]
        return {rule: self._advise(rule, batch) for rule in rules}, self._grounds.items

    def _forget(self) -> None:
        self._known: dict[str, dict[tuple[int, ...], int]] = {
            name: {} for name in self._program.derivations
        }
        self._thoughts: dict[str, Numbered[_Thought]] = {
            name: Numbered() for name in self._program.derivations
        }
        self._joined: dict[tuple[object, ...], int] = {}
        self._sets: Numbered[Depths] = Numbered([()])
        self._grounds: Numbered[Grounds] = Numbered()

    def _named_by(self, item: Derivation) -> tuple[str, ...]:
        """Return what a derivation looks at, with the values that a table will not give."""
        found: dict[str, None] = {}
        for leaf in _leaves(item):
            found[leaf.name] = None
            for value in getattr(leaf, "values", ()):
                if (out := excluded(leaf.name, value)) in self._program.derivations:
                    found[out] = None
        return tuple(name for name in found if name not in self._constants)

    def _asked_of_tables(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Return for each table the sets of values that conditions ask of it."""
        found: dict[str, dict[tuple[str, ...], None]] = {}
        for item in self._program.derivations.values():
            for leaf in _leaves(item):
                key = self._under(leaf)
                if not isinstance(key, str) and key[1]:
                    found.setdefault(key[0], {})[key[1]] = None
        return {name: tuple(asked) for name, asked in found.items()}

    def _under(self, leaf: Leaf) -> Part:
        """Return what is under a leaf: its fact, or the derivation that it asks about."""
        name = str(getattr(leaf, "name", ""))
        item = self._program.derivations.get(name)
        if item is None:
            return name
        return name, getattr(leaf, "values", ()) if item.is_table else ()

    def _derive(self, item: Derivation, batch: _Batch) -> None:
        """Work out one derivation for all files of a batch."""
        named = self._named[item.name]
        groups, keys = self._grouped([batch.values[name] for name in named], batch.size)
        known, thoughts = self._known[item.name], self._thoughts[item.name]
        for key in keys:
            if key not in known:
                known[key] = thoughts.number(self._think(item, dict(zip(named, key, strict=False))))
        chosen = np.array([known[key] for key in keys], np.int32)[groups]
        batch.values[item.name] = np.array([one.value for one in thoughts.items], np.int32)[chosen]
        parts = [one.missing for one in thoughts.items]
        batch.missing[item.name, ()] = self._join((item.name,), chosen, parts, batch.missing, 0)
        for place, asked in enumerate(self._asked.get(item.name, ((),))):
            parts = [one.decided[place] for one in thoughts.items]
            batch.decided[item.name, asked] = self._join(
                (item.name, asked), chosen, parts, batch.decided, 1
            )

    def _grouped(self, columns: Sequence[Ids], size: int) -> tuple[Ids, list[tuple[int, ...]]]:
        """Number the files by what they have in columns, and return that for each number."""
        columns = columns or [np.zeros(size, np.int32)]
        groups, rows = together(columns)
        return groups, list(zip(*(column[rows].tolist() for column in columns), strict=True))

    def _think(self, item: Derivation, key: Mapping[str, int]) -> _Thought:
        """Reason about one derivation of one file."""
        facts = dict(self._constants)
        for name, number in key.items():
            value = self._value(name, number)
            if value is not None:
                facts[name] = value
        found = conclude_one(item, Prover(facts, self._reference))
        open_leaves = (leaf for proof in found.proofs for leaf in proof.unknown_leaves())
        missing = dict.fromkeys(
            (leaf.name, ()) if leaf.name in self._program.derivations else leaf.name
            for leaf in open_leaves
            if not isinstance(leaf, Constant)
        )
        return _Thought(
            self._values[item.name].index(found.value),
            tuple(missing),
            tuple(
                tuple(dict.fromkeys(self._decided(found, asked)))
                for asked in self._asked.get(item.name, ((),))
            ),
        )

    def _value(self, name: str, number: int) -> Value | None:
        """Return what a number stands for; two answers at once are no answer."""
        if name not in self._values:
            return self._answered[name].example(number)
        value = self._values[name][number]
        return None if value == AMBIGUOUS else value

    def _decided(self, found: Conclusion, asked: tuple[str, ...]) -> Iterator[Part]:
        """Yield what decided a derivation, as :func:`engine.reasons.reasons_for` reads it."""
        for proof in _decisive(found, asked):
            for leaf in deciding(proof):
                under = self._under(leaf.condition)  # type: ignore[arg-type]
                if under:
                    yield under

    def _join(
        self,
        label: tuple[object, ...],
        chosen: Ids,
        parts: Sequence[tuple[Part, ...]],
        under: Mapping[Derived, Ids],
        step: int,
    ) -> Ids:
        """Return per file the number of the set of all facts that are under its parts.

        Args:
            label: what the sets are about, to remember them by.
            chosen: per file a place in ``parts``.
            parts: facts and derivations.
            under: per file the set of facts under each derivation, by number.
            step: how much further away facts under a derivation are.
        """
        used = np.flatnonzero(np.bincount(chosen, minlength=len(parts))).tolist()
        derived = list(
            dict.fromkeys(
                part for place in used for part in parts[place] if not isinstance(part, str)
            )
        )
        columns, found = [chosen], {place: set(parts[place]) for place in used}
        for part in derived:
            takes = np.zeros(len(parts), np.bool_)
            takes[[place for place in used if part in found[place]]] = True
            columns.append(under[part] * takes[chosen])
        groups, keys = self._grouped(columns, len(chosen))
        numbers = []
        for place, *sets in keys:
            here = dict(zip(derived, sets, strict=True))
            own = [here[part] for part in parts[place] if not isinstance(part, str)]
            known = (*label, parts[place], *own)
            number = self._joined.get(known)
            if number is None:
                merged = self._merged(parts[place], here, step)
                number = self._joined[known] = self._sets.number(merged)
            numbers.append(number)
        return np.array(numbers, np.int32)[groups]

    def _merged(self, parts: Iterable[Part], sets: Mapping[Derived, int], step: int) -> Depths:
        """Put the facts under parts together, each where it comes first and at its nearest."""
        found: dict[str, int] = {}
        for part in parts:
            if isinstance(part, str):
                found[part] = min(found.get(part, step), step)
                continue
            for name, depth in self._sets.items[sets[part]]:
                found[name] = min(found.get(name, depth + step), depth + step)
        return tuple(found.items())

    def _advise(self, rule: str, batch: _Batch) -> Ids:
        """Return per file the number of the grounds of one advice."""
        effects = self._program.effects[rule]
        names = [rule, *(name for _, name in effects), *self._tables[rule]]
        groups, keys = self._grouped([batch.values[name] for name in names], batch.size)
        stands = [self._stand(rule, dict(zip(names, key, strict=True))) for key in keys]
        missing = self._join(
            (rule, "missing"), groups, [one.missing for one in stands], batch.missing, 0
        )
        decided = self._join(
            (rule, "decided"), groups, [one.decided[0] for one in stands], batch.decided, 0
        )
        final, keys = self._grouped([groups, missing, decided], batch.size)
        numbers = [
            self._grounds.number(
                Grounds(
                    stands[stand].value,
                    tuple(name for name, _ in sorted(self._sets.items[by], key=_depth)),
                    tuple(name for name, _ in self._sets.items[waits]),
                )
            )
            for stand, waits, by in keys
        ]
        return np.array(numbers, np.int32)[final]

    def _stand(self, rule: str, key: Mapping[str, int]) -> _Thought:
        """Say what has become of an advice, as :func:`engine.consult.consult` does."""
        said = {name: self._values[name][number] for name, number in key.items()}
        if any(said[name] == AMBIGUOUS for name in self._tables[rule]):
            return _Thought(WITHHELD, (), ((),))
        effects = self._program.effects[rule]
        own: Part = (rule, ())
        if said[rule] == "nee":
            return _Thought(CODE_OF[Status.DOES_NOT_HOLD], (), ((own,),))
        holding = tuple((other, ()) for other, name in effects if said[name] == "ja")
        if holding:
            return _Thought(CODE_OF[Status.DEFEATED], (), (holding,))
        missing = (own, *((name, ()) for _, name in effects if said[name] is None))
        if said[rule] is None:
            return _Thought(CODE_OF[Status.OPEN], missing, ((),))
        status = Status.PROVISIONAL if len(missing) > 1 else Status.HOLDS
        return _Thought(CODE_OF[status], missing, ((own,),))


def _decisive(found: Conclusion, asked: tuple[str, ...]) -> Iterator[Proof]:
    """Yield the branches that say why a notion has its value, or why it can't have one."""
    branches = zip(found.derivation.branches, found.proofs, strict=True)
    shown = [(value, proof) for (value, _), proof in branches]
    for value, proof in shown:
        if value == found.value and proof.truth:
            yield proof
            return
    for value, proof in shown:
        if not found.derivation.is_table or value in asked:
            yield proof


def _leaves(item: Derivation) -> Iterator[FactLeaf]:
    for _, condition in item.branches:
        for leaf in leaves(condition):
            if not isinstance(leaf, Constant):
                yield leaf


def _depth(item: tuple[str, int]) -> int:
    return item[1]

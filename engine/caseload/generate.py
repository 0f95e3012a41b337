"""Makes up a caseload: believable, fictional, of any size, and the same again for the same seed.

Three things are put on top of each other. Answers that belong together come from worked cases:
for each protocol a client mostly gets the answers of one of them, so that rules that need several
answers hold for some. The divisions of ``shares.yaml`` go over that, and are certain. What is left
becomes unknown as often as such answers are. Clients come in blocks, each with random numbers of
its own, so that the first clients of a large caseload are those of a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from engine.case import UNKNOWN, Case
from engine.caseload.columns import FILE, TEAM, column_type, facts_in, options_of
from engine.caseload.shares import Between, Draw, Share, Shares, misfits, read_shares
from engine.caseload.writing import parquet_writer, replacing
from engine.conditions import Value
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.words import FactKind

BLOCK = 10_000
"""Clients per block; a smaller caseload is a part of a larger one whatever its size."""

_MOST_UNKNOWN = 0.95
_EPOCH = date(1970, 1, 1)

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def caseload_schema(knowledge: Knowledge) -> pa.Schema:
    """Return the columns of a made-up caseload: dossier, team and every fact."""
    fields = [pa.field(FILE, pa.string(), nullable=False), pa.field(TEAM, pa.string())]
    return pa.schema(fields + [pa.field(f.id, column_type(f)) for f in facts_in(knowledge)])


def generate(
    knowledge: Knowledge,
    cases: Sequence[Case],
    size: int,
    *,
    seed: int = 1,
    on: date,
    shares: Shares | None = None,
) -> Iterator[pa.Table]:
    """Make up a caseload, a block at a time.

    Args:
        knowledge: whose facts the clients have.
        cases: worked cases that answers which belong together come from; those of one authority
            give a caseload of that authority.
        size: the number of clients.
        seed: another number gives other clients.
        on: the day that dates are counted back from.
        shares: what the caseload is made of; by default the published review of files.

    Yields:
        Tables with :func:`caseload_schema`, of at most :data:`BLOCK` clients.

    Raises:
        ValueError: there are no cases, or the shares don't fit the knowledge.
    """
    shares = shares or read_shares()
    wrong = misfits(shares, knowledge)
    if wrong or not cases:
        raise ValueError("\n".join(wrong) or "Zonder casussen is er niets om van uit te gaan.")
    pool = _Pool(knowledge, tuple(cases))
    for number, start in enumerate(range(0, size, BLOCK)):
        block = _Block(pool, shares, np.random.default_rng([seed, number]), on)
        yield block.table(start).slice(0, size - start)


def write_generated(path: Path, tables: Iterator[pa.Table], schema: pa.Schema) -> int:
    """Write a made-up caseload to Parquet, or to CSV where the name ends so; all or nothing.

    Returns:
        The number of clients.

    Raises:
        OSError: it can't be written; a file that was there before is left as it was.
    """
    rows = 0
    with replacing(path) as place, _writer(place, path.suffix, schema) as writer:
        for table in tables:
            writer.write_table(table)
            rows += table.num_rows
    return rows


def _writer(
    place: Path, suffix: str, schema: pa.Schema
) -> pyarrow.csv.CSVWriter | pyarrow.parquet.ParquetWriter:
    if suffix.lower() == ".csv":
        options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="needed")
        return pyarrow.csv.CSVWriter(place, schema, write_options=options)
    return parquet_writer(place, schema)


class _Pool:
    """The worked cases as numbers, to draw from.

    An answer is the place of its option, the number itself, or for a date the days before the
    reference date of the case.
    """

    def __init__(self, knowledge: Knowledge, cases: tuple[Case, ...]) -> None:
        self.facts = facts_in(knowledge)
        self.options = {fact.id: options_of(fact) for fact in self.facts}
        self.places = {
            name: {option: place for place, option in enumerate(options)}
            for name, options in self.options.items()
        }
        self.cases = cases
        self.protocols = sorted({name for case in cases for name in case.protocols})

    def number(self, name: str, value: Value, on: date) -> int:
        if isinstance(value, str):
            return self.places[name][value]
        return (on - value).days if isinstance(value, date) else int(value)

    @cached_property
    def usual(self) -> Mapping[str, Numbers]:
        """Every answer that a question allows, and each as often again as a case gives it."""
        found = {fact.id: list(range(len(self.options[fact.id]))) for fact in self.facts}
        for case in self.cases:
            for name, value in case.known.items():
                if name in found:
                    found[name].append(self.number(name, value, case.reference_date))
        for fact in self.facts:
            if not found[fact.id]:  # A new number or date, that no case has yet.
                found[fact.id] = [fact.minimum, fact.minimum + 1]
        return {name: np.array(numbers) for name, numbers in found.items()}

    @cached_property
    def profiles(self) -> Mapping[str, tuple[int, Mapping[str, tuple[Numbers, Flags, Flags]]]]:
        """By protocol: how many cases; per fact the answers, which are said, and which known."""
        return {name: self._profile(name) for name in self.protocols}

    def _profile(self, protocol: str) -> tuple[int, Mapping[str, tuple[Numbers, Flags, Flags]]]:
        cases = [case for case in self.cases if protocol in case.protocols]
        found: dict[str, tuple[Numbers, Flags, Flags]] = {}
        for fact in self.facts:
            name = fact.id
            known = np.array([name in case.known for case in cases])
            said = known | np.array(
                [name in case.unknown or name in case.disputed for case in cases]
            )
            if said.any():
                numbers = [
                    self.number(name, case.known[name], case.reference_date)
                    if name in case.known
                    else 0
                    for case in cases
                ]
                found[name] = np.array(numbers), said, known
        return len(cases), found


@dataclass(slots=True)
class _Answers:
    """The answers of one block to one question; fixed ones are not made unknown any more."""

    numbers: Numbers
    known: Flags
    fixed: Flags


class _Block:
    """One block of clients while it is being made."""

    def __init__(self, pool: _Pool, shares: Shares, random: np.random.Generator, on: date) -> None:
        self.pool, self.shares, self.random, self.on = pool, shares, random, on
        self.answers = {fact.id: self._usual(fact) for fact in pool.facts}
        self.members: dict[str, Flags] = {}
        for protocol in pool.protocols:
            self._from_cases(protocol)
        everyone = np.arange(BLOCK)
        for mix in shares.mixes:
            self._set_all(everyone, mix.facts)
            self._divide(everyone, mix.shares)
        self.teams = self._teams()
        self._follow_through()
        self._forget()

    def _usual(self, fact: Fact) -> _Answers:
        usual = self.pool.usual[fact.id]
        numbers = (
            self.random.choice(usual, BLOCK)
            if self.pool.options[fact.id]
            else self.random.integers(usual.min(), usual.max(), BLOCK, endpoint=True)
        )
        return _Answers(numbers, np.ones(BLOCK, np.bool_), np.zeros(BLOCK, np.bool_))

    def _from_cases(self, protocol: str) -> None:
        """Give most clients the answers of one worked case of a protocol."""
        cases, profile = self.pool.profiles[protocol]
        chosen = self.random.integers(0, cases, BLOCK)
        taken = self.random.random(BLOCK) * 100 < self.shares.from_case
        for name, (numbers, said, known) in profile.items():
            answers, here = self.answers[name], taken & said[chosen]
            answers.numbers[here] = numbers[chosen[here]]
            answers.known[here] = known[chosen[here]]

    def _divide(self, rows: Numbers, shares: Sequence[Share]) -> None:
        """Put each of these clients in one of the shares, and in one of its parts."""
        if not shares:
            return
        chosen = self._drawn([share.weight for share in shares], len(rows))
        for place, share in enumerate(shares):
            here = rows[chosen == place]
            self.members[share.name] = np.isin(np.arange(BLOCK), here)
            self._set_all(here, share.facts)
            self._divide(here, share.parts)

    def _drawn(self, weights: Sequence[int], size: int) -> Numbers:
        chances = np.array(weights) / sum(weights)
        return self.random.choice(len(weights), size, p=chances)

    def _set_all(self, rows: Numbers, facts: Mapping[str, Draw]) -> None:
        for name, drawn in facts.items():
            answers = self.answers[name]
            answers.fixed[rows] = True
            if drawn == UNKNOWN:
                answers.known[rows] = False
                continue
            answers.known[rows] = True
            answers.numbers[rows] = self._values(name, drawn, len(rows))

    def _values(self, name: str, drawn: Draw, size: int) -> Numbers:
        if isinstance(drawn, Between):
            return self.random.integers(*drawn.bounds, size, endpoint=True)
        places = self.pool.places[name]
        if isinstance(drawn, str):
            return np.full(size, places[drawn])
        options = np.array([places[option] for option in drawn])
        return options[self._drawn(list(drawn.values()), size)]

    def _teams(self) -> Numbers:
        """Give every client a team; a team can have more of some shares than the others."""
        weights = np.empty((BLOCK, len(self.shares.teams)))
        for place, team in enumerate(self.shares.teams):
            weights[:, place] = team.weight
            for name, percent in team.more.items():
                weights[self.members[name], place] *= percent / 100
        edges = np.cumsum(weights, axis=1)
        drawn = self.random.random(BLOCK) * edges[:, -1]
        chosen: Numbers = (drawn[:, None] >= edges).sum(axis=1)
        return chosen

    def _follow_through(self) -> None:
        for item in self.shares.consequences:
            here = np.ones(BLOCK, np.bool_)
            for name, option in item.when.items():
                answers = self.answers[name]
                here &= answers.known & (answers.numbers == self.pool.places[name][option])
            for name, option in item.then.items():
                answers = self.answers[name]
                free = here & ~answers.fixed
                answers.known[free] = option != UNKNOWN
                if option != UNKNOWN:
                    answers.numbers[free] = self.pool.places[name][option]

    def _forget(self) -> None:
        """Make answers unknown, more often where the file is thin or the team writes less."""
        thin, more = self.shares.thin
        factor = np.where(self.random.random(BLOCK) * 100 < thin, more / 100, 1.0)
        factor *= np.array([team.unknown for team in self.shares.teams])[self.teams] / 100
        for fact in self.pool.facts:
            answers = self.answers[fact.id]
            usual = min(self.shares.unknown.get(who, 0) for who in fact.respondents) / 100
            lost = self.random.random(BLOCK) < np.minimum(usual * factor, _MOST_UNKNOWN)
            answers.known &= answers.fixed | ~lost

    def table(self, start: int) -> pa.Table:
        """Return the block as a table; the first client has this number, counted from 0."""
        names = np.array([team.name for team in self.shares.teams])
        columns = {
            FILE: pa.array([f"v{number + 1:07d}" for number in range(start, start + BLOCK)]),
            TEAM: pa.array(names[self.teams], pa.string()),
        }
        columns |= {fact.id: self._column(fact) for fact in self.pool.facts}
        fields = [pa.field(FILE, pa.string(), nullable=False), pa.field(TEAM, pa.string())]
        fields += [pa.field(fact.id, column_type(fact)) for fact in self.pool.facts]
        return pa.table(columns, schema=pa.schema(fields))

    def _column(self, fact: Fact) -> pa.Array:
        answers, options = self.answers[fact.id], self.pool.options[fact.id]
        missing = ~answers.known
        if options:
            places = pa.array(answers.numbers.astype(np.int8), mask=missing)
            return pa.DictionaryArray.from_arrays(places, list(options)).cast(pa.string())
        if fact.kind is FactKind.DATE:
            days = (self.on - _EPOCH) // timedelta(days=1) - answers.numbers
            return pa.array(days.astype(np.int32), mask=missing).cast(pa.date32())
        return pa.array(answers.numbers, mask=missing)

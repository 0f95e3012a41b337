"""Rows of a source become files of a caseload, or are set aside with the line and the reason.

One answer that can't be sets the whole row aside: taken for unknown it would change advice in
silence. Each different cell of a column is read once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from engine.caseload.columns import FILE, LINE, column_type, facts_in, options_of
from engine.caseload.coupled import readers, same_for_all
from engine.caseload.source import RawBatch
from engine.caseload.values import CellReader, Reading
from engine.coupling import Coupling
from engine.decisions import screen
from engine.knowledge import Fact
from engine.library import Knowledge

MAX_GROUPS = 200
"""Values of a group; a column with more is no group but something of each client."""

EXAMPLES = 3
MAX_DOSSIER = 100
_REMEMBERED = 200_000
_SHOWN = 80
_MAX_SCREENED = 1_000
_LOOKED_AT = 500

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Aside:
    """One reason why a row was set aside.

    Attributes:
        line: where it is in the source.
        column: the column; empty when it is about the whole row.
        value: what stood there, shortened; left out where it may say who someone is.
        reason: why it can't be (Dutch).
    """

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Example:
    """A value that can't be, as an example.

    Attributes:
        lines: the first lines where it stands.
    """

    value: str
    reason: str
    lines: tuple[int, ...]


@dataclass(slots=True)
class ColumnTally:
    """What was met in one column.

    Attributes:
        refused: cells that can't be an answer.
        examples: different values among those, the first three.
        groups: the different values of a group, and how often each.
    """

    refused: int = 0
    examples: dict[str, Example] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    def note(self, aside: Aside) -> None:
        """Count one cell that was refused."""
        self.refused += 1
        seen = self.examples.get(aside.value)
        if seen is None and len(self.examples) < EXAMPLES:
            self.examples[aside.value] = Example(aside.value, aside.reason, (aside.line,))
        elif seen is not None and len(seen.lines) < EXAMPLES:
            lines = (*seen.lines, aside.line)
            self.examples[aside.value] = Example(aside.value, aside.reason, lines)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What became of one batch."""

    table: pa.Table
    asides: tuple[Aside, ...]


@dataclass(slots=True)
class _Column:
    """Reads one column; remembers what it has read."""

    reader: CellReader
    remembered: dict[str, Reading] = field(default_factory=dict)

    def read(self, cell: str) -> Reading:
        reading = self.remembered.get(cell)
        if reading is None:
            if len(self.remembered) >= _REMEMBERED:
                self.remembered.clear()
            reading = self.remembered[cell] = self.reader.read(cell)
        return reading


class Fitter:
    """Fits batches of one source to the facts.

    Attributes:
        schema: the columns of what comes out: dossier, line, groups, and every fact.
        columns: the columns of the source that are used.
        tallies: by column, what was met.
        blank: rows without anything in them.
        for_all: the answers that every client has.
        facts: every fact of the knowledge that a row can answer.
        dossiers: some of the pseudonyms, to look at.
    """

    def __init__(self, knowledge: Knowledge, coupling: Coupling) -> None:
        self.coupling = coupling
        self.for_all = same_for_all(coupling, knowledge)
        self.tallies: dict[str, ColumnTally] = {}
        self.blank = 0
        self.dossiers: list[str] = []
        self.facts = {fact.id: fact for fact in facts_in(knowledge)}
        self._readers = {name: _Column(one) for name, one in readers(coupling, knowledge).items()}
        self._groups = {one.column: one.group for one in coupling.columns if one.group is not None}
        self._screened = 0
        self._told: dict[str, str] = {}
        self.columns = (coupling.dossier, *self._readers, *self._groups)
        self.schema = caseload_columns(self.facts.values(), self._groups.values())
        self.tallies = {name: ColumnTally() for name in self.columns}

    def fit(self, batch: RawBatch) -> Fitted:
        """Fit one batch; counts along."""
        cells = {name: batch.cells.column(name) for name in self.columns}
        dossiers = _trimmed(cells[self.coupling.dossier])
        if len(self.dossiers) < _LOOKED_AT:
            self.dossiers += [one for one in dossiers.slice(0, _LOOKED_AT).to_pylist() if one]
        blank = _blank(cells.values())
        self.blank += int(blank.sum())
        asides = list(self._bad_dossiers(dossiers, batch.lines, blank))
        columns: dict[str, pa.Array] = {FILE: dossiers, LINE: pa.array(batch.lines)}
        bad = np.isin(batch.lines, [one.line for one in asides])
        for name, group in self._groups.items():
            columns[group] = groups = _trimmed(cells[name])
            for value, count in _counts(groups):
                if len(self.tallies[name].groups) <= MAX_GROUPS:
                    tally = self.tallies[name].groups
                    tally[value] = tally.get(value, 0) + count
        for name, column in self._readers.items():
            columns[column.reader.fact.id], refused = self._answers(column, cells[name])
            rows = np.flatnonzero(refused & ~blank)
            bad[rows] = True
            for row in rows:
                aside = self._aside(int(batch.lines[row]), name, cells[name][int(row)].as_py())
                self.tallies[name].note(aside)
                asides.append(aside)
        for one in self.schema:
            if one.name not in columns:
                answer = pa.scalar(self.for_all.get(one.name), column_type(self.facts[one.name]))
                columns[one.name] = pa.repeat(answer, len(dossiers)).cast(one.type)
        table = pa.table([columns[name] for name in self.schema.names], schema=self.schema)
        asides.sort(key=lambda one: one.line)
        out = bad | blank
        return Fitted(table.filter(pa.array(~out)) if out.any() else table, tuple(asides))

    def _answers(self, column: _Column, cells: pa.Array) -> tuple[pa.Array, Flags]:
        """Return the answers in a column, and which cells are none."""
        encoded = cells.dictionary_encode()
        readings = [column.read(cell) for cell in encoded.dictionary.to_pylist()]
        told = np.zeros(len(cells), np.bool_)
        if any(reading.reason for reading in readings):
            refused = np.array([bool(reading.reason) for reading in readings], np.bool_)
            places = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            told = (places >= 0) & refused[places]
        fact = column.reader.fact
        options = options_of(fact)
        if not options:
            answers = pa.array([reading.value for reading in readings], column_type(fact))
            return answers.take(encoded.indices), told
        # Words stay places in the list of options: nothing has to be copied for each row.
        known = {option: place for place, option in enumerate(options)}
        codes = pa.array([known.get(str(reading.value)) for reading in readings], pa.int8())
        return pa.DictionaryArray.from_arrays(codes.take(encoded.indices), list(options)), told

    def _bad_dossiers(
        self, dossiers: pa.Array, lines: npt.NDArray[np.int64], blank: Flags
    ) -> Iterator[Aside]:
        empty = pc.equal(pc.utf8_length(dossiers), 0).fill_null(True).to_numpy(zero_copy_only=False)
        long = pc.greater(pc.utf8_length(dossiers), MAX_DOSSIER).fill_null(False)
        for rows, value, reason in (
            (empty & ~blank, "", "Het kenmerk van het dossier ontbreekt."),
            (
                long.to_numpy(zero_copy_only=False),
                "(te lang)",
                f"Het kenmerk van het dossier is langer dan {MAX_DOSSIER} tekens.",
            ),
        ):
            for row in np.flatnonzero(rows):
                aside = Aside(int(lines[row]), self.coupling.dossier, value, reason)
                self.tallies[self.coupling.dossier].note(aside)
                yield aside

    def _aside(self, line: int, column: str, cell: str) -> Aside:
        """Say why a cell can't be an answer, without saying who someone is."""
        reading = self._readers[column].read(cell)
        told = self._told.get(cell)
        if told is None:
            told = self._telling(cell)
            if len(self._told) < _REMEMBERED:
                self._told[cell] = told
        if told == cell:
            return Aside(line, column, told, reading.reason)
        return Aside(line, column, told, "Dit is hier geen antwoord.")

    def _telling(self, cell: str) -> str:
        """Return a cell as it may be shown."""
        self._screened += 1
        if self._screened > _MAX_SCREENED:
            return "(niet getoond)"
        if screen(cell):
            return "(weggelaten: het kan over een persoon gaan)"
        return cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"


def caseload_columns(facts: Iterable[Fact], groups: Iterable[str]) -> pa.Schema:
    """Return the columns of a caseload that was read from a source, as they are in memory."""
    fields = [pa.field(FILE, pa.string(), nullable=False), pa.field(LINE, pa.int64())]
    fields += [pa.field(group, pa.string()) for group in groups]
    words = pa.dictionary(pa.int8(), pa.string())
    kinds = [(one.id, words if options_of(one) else column_type(one)) for one in facts]
    return pa.schema(fields + [pa.field(name, kind) for name, kind in kinds])


def _trimmed(cells: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(cells)


def _blank(columns: Iterable[pa.Array]) -> Flags:
    """Say which rows have nothing in any column; the first column is looked at first."""
    blank: Flags = np.array(True)
    for cells in columns:
        empty = pc.equal(pc.utf8_length(_trimmed(cells)), 0).fill_null(True)
        blank = blank & empty.to_numpy(zero_copy_only=False)
        if not blank.any():
            break
    return blank


def _counts(groups: pa.Array) -> Iterator[tuple[str, int]]:
    for item in groups.value_counts():
        value = item["values"].as_py()
        if value:
            yield value, item["counts"].as_py()

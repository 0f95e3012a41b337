"""One run of the rules over a caseload, a batch of files at a time, wherever the files are.

The statuses come from the translated expressions. Whoever also wants the grounds gets them from
:mod:`engine.caseload.grounds`, which works out every status by itself: where the two differ in a
single file, the run stops. So a run with grounds is read twice, as a consultation is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import ibis
import numpy as np
import polars as pl

from engine.caseload.columns import FILE
from engine.caseload.grounds import Grounds, GroundsReader
from engine.caseload.patterns import Ids
from engine.caseload.translate import Table, Translation, translate
from engine.program import Program

BATCH = 50_000
"""Files that are held at once. It sets how much memory a run takes, whatever its size."""

BATCH_WITH_GROUNDS = 20_000
"""The same with grounds, which take more for each file."""


class DisagreementError(Exception):
    """The two readers of a caseload differ about an advice; no result of the run may be used."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What came of one batch of files, in the order of the caseload.

    Attributes:
        files: ``dossier``, what was to be kept, and for each rule that was asked for a column with
            its id and numbers from :data:`engine.caseload.translate.CODES`.
        rules: the rules that were asked for.
        grounds: for each rule a place in ``book`` per file; empty where no grounds were asked.
        book: what the places stand for, in this batch only.
    """

    files: pl.DataFrame
    rules: tuple[str, ...]
    grounds: Mapping[str, Ids]
    book: Sequence[Grounds]


def embedded(files: pl.DataFrame | pl.LazyFrame) -> Table:
    """Return files as a table of Ibis that this process works out itself, with Polars."""
    return ibis.polars.connect().create_table("caseload", files)


def embedded_file(path: Path) -> Table:
    """Return a Parquet file as such a table; it is read while the run goes on.

    Args:
        path: as :func:`engine.caseload.intake.take_in` writes it.
    """
    return embedded(pl.scan_parquet(path))


def screen(
    program: Program,
    files: Table,
    reference: date,
    *,
    keep: Iterable[str] = (),
    grounds: bool = False,
    size: int | None = None,
) -> Iterator[Screened]:
    """Apply a program to every file of a caseload.

    Args:
        program: one authority, one day, one set of protocols.
        files: an Ibis table as :func:`engine.caseload.translate.translate` takes it, of any
            backend; of :func:`embedded` for files on this machine.
        reference: the day against which ages are counted.
        keep: other columns of ``files`` to hand on, such as a team.
        grounds: whether to say for every advice what decided and what is missing.
        size: how many files come at once; smaller batches say sooner how far the run is.

    Raises:
        DisagreementError: the two readers differ.
    """
    keep = tuple(keep)
    rules = tuple(bound.rule.id for bound in program.asked_rules())
    if not grounds:
        translation = translate(program, files, reference, keep=keep)
        for batch in _batches(translation.table, size or BATCH):
            yield Screened(_named(batch, translation, keep), rules, {}, ())
        return
    reader = GroundsReader(program, reference)
    facts = tuple(name for name in reader.facts if name in files.columns and name not in keep)
    translation = translate(program, files, reference, keep=(*keep, *facts))
    for batch in _batches(translation.table, size or BATCH_WITH_GROUNDS):
        found, book = reader.read(batch)
        _compare(batch, translation, found, book)
        yield Screened(_named(batch, translation, keep), rules, found, tuple(book))


def _batches(table: Table, size: int) -> Iterator[pl.DataFrame]:
    """Work a table out, so many rows at a time; one batch without rows if there are none."""
    batches = _embedded_batches if table.get_backend().name == "polars" else _fetched_batches
    empty = True
    for batch in batches(table, size):
        if len(batch):
            empty = False
            yield batch
    if empty:
        yield table.limit(0).to_polars()


def _embedded_batches(table: Table, size: int) -> Iterator[pl.DataFrame]:
    # Ibis would hold the whole table, and Polars by itself runs ahead of who takes its batches.
    whole = table.get_backend().compile(table)
    for start in count(step=size):
        batch = whole.slice(start, size).collect(engine="streaming")
        yield batch
        if len(batch) < size:
            return


def _fetched_batches(table: Table, size: int) -> Iterator[pl.DataFrame]:
    return map(pl.DataFrame, table.get_backend().to_pyarrow_batches(table, chunk_size=size))


def _named(batch: pl.DataFrame, translation: Translation, keep: tuple[str, ...]) -> pl.DataFrame:
    rules = [pl.col(column).alias(rule) for rule, column in translation.statuses.items()]
    return batch.select(FILE, *keep, *rules)


def _compare(
    batch: pl.DataFrame,
    translation: Translation,
    found: Mapping[str, Ids],
    book: Sequence[Grounds],
) -> None:
    """Hold every status of one reader to that of the other."""
    codes = np.array([item.code for item in book], np.int8)
    for rule, column in translation.statuses.items():
        wrong = np.flatnonzero(batch[column].to_numpy() != codes[found[rule]])
        if len(wrong):
            file = batch[FILE][int(wrong[0])]
            raise DisagreementError(
                f"De twee onafhankelijke berekeningen zijn het niet eens over {rule} in dossier "
                f"{file}. Dit is een fout in Leidraad; meld hem. Er is geen uitkomst bewaard."
            )

"""Who to look at, and why: clients with an advice of some kind, a page at a time.

From what :func:`engine.caseload.review.review` wrote. The order is that of the caseload.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from engine.caseload.columns import FILE
from engine.caseload.fitting import MAX_DOSSIER
from engine.caseload.results import DECIDING, MISSING, RULE, STATUS
from engine.caseload.review import ADVICES, Review
from engine.conditions import Value
from engine.knowledge import AUTHORITY

_BETWEEN = ", "


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients are meant.

    Attributes:
        outcomes: what an advice has to be; a status or ``ingehouden``.
        rules: the rules it has to come from; any if empty.
        groups: by column with a group which one; any for a column that isn't named.
        part: what their pseudonym has in it.
    """

    outcomes: tuple[str, ...]
    rules: tuple[str, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    part: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """One advice about a client.

    Attributes:
        deciding: what decided, with the answers; an answer that isn't there is ``None``.
        missing: what it waits for.
    """

    rule: str
    outcome: str
    deciding: tuple[tuple[str, Value | None], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Client:
    """One client with the advices that were meant, in the order of the protocols."""

    dossier: str
    groups: Mapping[str, str | None]
    advices: tuple[Picked, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the clients that were meant, and how many there are."""

    total: int
    clients: tuple[Client, ...]


def pick(review: Review, wanted: Wanted, start: int, most: int) -> Page:
    """Return clients with the advices that are meant.

    Args:
        review: with reasons, as Parquet.
        wanted: which are meant.
        start: how many to pass over.
        most: how many to return.

    Raises:
        OSError: the tables are gone.
    """
    meant = _meant(pl.scan_parquet(advices_of(review)), wanted)
    names = meant.select(FILE).unique(maintain_order=True).collect()[FILE]
    here = names.slice(start, most).to_list()
    rows = meant.filter(pl.col(FILE).is_in(here)).collect()
    by_file: dict[str, list[dict[str, Any]]] = {name: [] for name in here}
    for row in rows.iter_rows(named=True):
        by_file[row[FILE]].append(row)
    facts = _facts(review, here, rows[DECIDING])
    groups = [one.group for one in review.report.groups]
    return Page(
        len(names),
        tuple(_client(name, some, groups, facts[name]) for name, some in by_file.items()),
    )


def advices_of(review: Review) -> Path:
    """Return the table with the advices of a review that was written as Parquet."""
    return review.statuses.with_name(f"{ADVICES}{review.statuses.suffix}")


def _meant(advices: pl.LazyFrame, wanted: Wanted) -> pl.LazyFrame:
    meant = advices.filter(
        pl.col(STATUS).cast(pl.String).is_in([str(one) for one in wanted.outcomes])
    )
    if wanted.rules:
        meant = meant.filter(pl.col(RULE).cast(pl.String).is_in(list(wanted.rules)))
    for column, group in wanted.groups.items():
        meant = meant.filter(pl.col(column) == group)
    if wanted.part:
        # No pseudonym is that long, and Polars fails on what is far longer.
        possible = len(wanted.part) <= MAX_DOSSIER
        found = pl.col(FILE).str.contains(wanted.part, literal=True) if possible else pl.lit(False)
        meant = meant.filter(found)
    return meant


def _facts(
    review: Review, names: Collection[str], deciding: pl.Series
) -> Mapping[str, Mapping[str, Value | None]]:
    """Return the answers of some clients to what decided."""
    asked = {fact for text in deciding.unique().to_list() for fact in _split(text)}
    files = pl.scan_parquet(review.files)
    columns = [name for name in files.collect_schema().names() if name in asked]
    rows = files.filter(pl.col(FILE).is_in(list(names))).select(FILE, *columns).collect()
    constant = {AUTHORITY: review.program.authority.kind.value}
    found = {row[FILE]: {**row, **constant} for row in rows.iter_rows(named=True)}
    return {name: found.get(name, {}) for name in names}


def _client(
    name: str,
    rows: list[dict[str, Any]],
    groups: Collection[str],
    facts: Mapping[str, Value | None],
) -> Client:
    advices = tuple(
        Picked(
            row[RULE],
            row[STATUS],
            tuple((fact, facts.get(fact)) for fact in _split(row[DECIDING])),
            _split(row[MISSING]),
        )
        for row in rows
    )
    return Client(name, {group: rows[0][group] for group in groups}, advices)


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(_BETWEEN)) if text else ()

"""Small caseloads at random, to count by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import polars as pl

from engine.caseload.columns import FILE
from engine.caseload.grounds import GroundsReader
from engine.caseload.run import screen
from engine.caseload.translate import Table
from engine.conditions import Value
from engine.knowledge import AUTHORITY, Fact
from engine.program import Program, build_program
from engine.words import FactKind
from tests.caseload.world import knowledge

TODAY = date(2026, 11, 23)
PROTOCOLS = ("bestandsdoorlichting", "gelijke-behandeling-en-tijd", "tweede-kans")
TEAMS = ("Duinzicht", "Heuvelrug", "Lage Land", None)
TEAM, DONE = "team", "uitkomst"


@cache
def program(*protocols: str) -> Program:
    return build_program(knowledge(), protocols or PROTOCOLS, "uwv", TODAY)


@dataclass(frozen=True)
class Small:
    """A caseload, as rows and as a frame."""

    rows: Sequence[Mapping[str, Any]]
    frame: pl.DataFrame

    def facts(self, row: Mapping[str, Any]) -> dict[str, Value]:
        """The facts of one file, as a case would hold them."""
        told = {name: value for name, value in row.items() if value is not None}
        for name in (FILE, TEAM, DONE):
            told.pop(name, None)
        return {**told, AUTHORITY: "uwv"}


def small(seed: int, asked: Program, size: int, known: float = 0.85, teams: int = 4) -> Small:
    """Make a caseload; few answers occur, so that many files are alike."""
    random = Random(seed)
    facts = [knowledge().facts[name] for name in GroundsReader(asked, TODAY).facts]
    rows = [_row(random, number, facts, known, teams) for number in range(size)]
    schema: dict[str, Any] = {FILE: pl.String, TEAM: pl.String, DONE: pl.String}
    schema |= {fact.id: _TYPES.get(fact.kind, pl.String) for fact in facts}
    return Small(rows, pl.DataFrame(rows, schema=schema))


_TYPES = {FactKind.NUMBER: pl.Int64, FactKind.DATE: pl.Date}


def _row(
    random: Random, number: int, facts: Sequence[Fact], known: float, teams: int
) -> dict[str, Any]:
    row: dict[str, Any] = {FILE: f"v{number}", TEAM: random.choice(TEAMS[:teams])}
    row[DONE] = random.choice(("ja", "ja", "nee", None))
    for fact in facts:
        row[fact.id] = _answer(random, fact) if random.random() < known else None
    if "doorlichting" in row and random.random() < known:
        row["doorlichting"] = "ja"
    return row


def _answer(random: Random, fact: Fact) -> Value:
    if fact.kind is FactKind.NUMBER:
        return random.randint(fact.minimum, min(fact.maximum, fact.minimum + 70))
    if fact.kind is FactKind.DATE:
        return TODAY - timedelta(days=random.randint(-20, 500))
    options = [option.id for option in fact.options] or ["ja", "nee"]
    return random.choice(options[:3])


def screened(files: Table, asked: Program, keep: Sequence[str] = (TEAM,)) -> list[dict[str, Any]]:
    """The statuses of every file, as numbers, row by row."""
    batches = screen(asked, files, TODAY, keep=keep)
    return [row for batch in batches for row in batch.files.to_dicts()]

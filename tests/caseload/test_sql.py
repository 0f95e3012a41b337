"""The SQL for databases that the tests don't have: Spark and Trino, written by Ibis."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest
import sqlglot

from engine.caseload.columns import FILE
from engine.caseload.translate import translate
from engine.program import build_program
from engine.words import FactKind
from tests.engine import worlds
from tests.golden import check_golden

GOLD = Path(__file__).parent / "goud"
TYPES = {FactKind.NUMBER: "int64", FactKind.DATE: "date"}


def sql(dialect: str) -> str:
    """The small knowledge base as one query."""
    knowledge = worlds.knowledge()
    program = build_program(knowledge, ("proef",), "uwv", worlds.TODAY)
    columns = {name: TYPES.get(fact.kind, "string") for name, fact in knowledge.facts.items()}
    files = ibis.table({FILE: "string", **columns}, name="dossiers")
    return f"{ibis.to_sql(translate(program, files, worlds.TODAY).table, dialect=dialect)}\n"


GRAMMARS = {"databricks": "databricks", "pyspark": "spark", "trino": "trino"}


@pytest.mark.parametrize("dialect", GRAMMARS)
def test_the_query_is_as_reviewed(dialect: str) -> None:
    check_golden(GOLD / f"{dialect}.sql", sql(dialect))


@pytest.mark.parametrize("dialect", GRAMMARS)
def test_the_query_can_be_read(dialect: str) -> None:
    read = sqlglot.parse_one(sql(dialect), read=GRAMMARS[dialect])
    # What is selected comes first in a query, so what is outermost is found first.
    query = next(read.find_all(sqlglot.exp.Select))
    assert [item.alias_or_name for item in query.expressions] == [FILE, "_s0", "_s1", "_s2"]

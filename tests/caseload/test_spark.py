"""The rules in Spark mean the same as anywhere else. `make spark` installs it and runs these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
import polars as pl
import pytest
from hypothesis import given, settings

from engine.caseload.columns import FILE
from engine.caseload.run import embedded, screen
from engine.caseload.translate import Table
from tests.caseload.figures import small
from tests.caseload.figures.test_databases import every_figure
from tests.caseload.test_readers_agree import SEEDS, THOROUGH, disagreement
from tests.caseload.test_screening import TODAY, caseload, program
from tests.counts import examples
from tests.engine.rule_bases import RuleBase, rule_bases

pytestmark = [
    pytest.mark.spark,
    pytest.mark.timeout(1_800),
    # PySpark and Ibis ask pandas 3 for what it does by itself.
    pytest.mark.filterwarnings("ignore:The .* (keyword|option) is deprecated"),
]
TYPES: dict[Any, str] = {pl.String: "string", pl.Int64: "bigint", pl.Date: "date"}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    here = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "1",
        "spark.ui.enabled": "false",
    }
    session = SparkSession.builder.master("local[1]").config(map=here).getOrCreate()
    yield session
    session.stop()


def table(session: Any, frame: pl.DataFrame) -> Table:
    """The files as a table that Spark works out."""
    columns = ", ".join(f"`{name}` {TYPES[kind]}" for name, kind in frame.schema.items())
    session.createDataFrame(frame.rows(), columns).createOrReplaceTempView("files")
    return ibis.pyspark.connect(session).table("files")


def test_the_readers_agree(session: Any) -> None:
    @settings(THOROUGH, max_examples=examples(full=500, quick=40))
    @given(rule_bases(overlapping=True), SEEDS)
    def agrees(base: RuleBase, seed: int) -> None:
        assert disagreement(base, seed, lambda frame: table(session, frame)) == ""

    agrees()


def test_the_real_rules_say_the_same(session: Any) -> None:
    files = caseload(300)
    (here,) = screen(program(), embedded(files), TODAY, keep=("team",))
    (there,) = screen(program(), table(session, files), TODAY, keep=("team",))
    assert there.files.sort(FILE).equals(here.files.sort(FILE))


def test_the_figures_are_the_same(session: Any) -> None:
    frame = small.small(11, small.program(*small.PROTOCOLS[:2]), 80).frame
    assert every_figure(table(session, frame)) == every_figure(embedded(frame))

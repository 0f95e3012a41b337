"""Every figure is the same wherever the caseload is kept."""

from __future__ import annotations

from typing import Any

import ibis
import pytest

from engine.caseload.figures.contact import Silence, is_quiet, longest_quiet, quiet
from engine.caseload.figures.counting import Results
from engine.caseload.figures.flow import flow
from engine.caseload.figures.outcomes import outcomes
from engine.caseload.figures.spread import spread
from engine.caseload.figures.treatment import column_is, treatment
from engine.caseload.run import embedded
from engine.caseload.translate import Table, translate
from tests.caseload.figures.small import DONE, PROTOCOLS, TEAM, TODAY, program, small

RULE = "gelijke-behandeling-en-tijd.uit-beeld"


def every_figure(files: Table) -> list[Any]:
    asked = program(*PROTOCOLS[:2])
    results = Results.of(translate(asked, files, TODAY, keep=(TEAM,)))
    return [
        outcomes(results),
        spread(results, RULE, TEAM),
        flow(asked, files, TODAY, PROTOCOLS[0]),
        flow(asked, files, TODAY, PROTOCOLS[1]),
        quiet(files, TODAY, Silence(3)),
        quiet(files, TODAY, Silence(3), TEAM),
        longest_quiet(files, TODAY, 3, 10),
        treatment(asked, files, TODAY, RULE, TEAM, column_is(DONE, "ja")).differences,
        treatment(asked, files, TODAY, RULE, TEAM, lambda row: is_quiet(row, TODAY, 2)).differences,
    ]


@pytest.mark.parametrize("size", [0, 80])
def test_they_are_the_same_in_duckdb(size: int) -> None:
    frame = small(11, program(*PROTOCOLS[:2]), size).frame
    assert every_figure(ibis.duckdb.connect().create_table("files", frame)) == every_figure(
        embedded(frame)
    )


@pytest.mark.postgres
def test_they_are_the_same_in_postgresql(postgres_url: str) -> None:
    frame = small(11, program(*PROTOCOLS[:2]), 80).frame
    backend = ibis.connect(postgres_url.replace("postgresql:", "postgres:", 1))
    table = backend.create_table("files", frame.to_arrow(), overwrite=True)
    assert every_figure(table) == every_figure(embedded(frame))

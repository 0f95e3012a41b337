"""The three readers agree: the rule engine, the evaluator, and the translator to tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import eq, le, lt
from random import Random
from typing import Any

import ibis
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from engine.caseload import basic, grounds
from engine.caseload import translate as translator
from engine.caseload.columns import FILE
from engine.caseload.grounds import GroundsReader
from engine.caseload.patterns import together
from engine.caseload.run import embedded
from engine.caseload.translate import Table, translate
from engine.conditions import Op, Value, before
from engine.explain import AMBIGUOUS, conclude, deciding
from engine.inference import infer
from engine.knowledge import AUTHORITY
from engine.productions import BoundsError, compile_program
from engine.program import Program, build_program
from tests.caseload.single import advised
from tests.counts import examples
from tests.engine.rule_bases import (
    CHOICES,
    DATES,
    NUMBERS,
    REFERENCE,
    YES_NO,
    RuleBase,
    random_facts,
    rule_bases,
)

CASES = 40
SEEDS = st.integers(0, 2**32 - 1)
THOROUGH = settings(
    max_examples=examples(full=500, quick=25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
COLUMNS: Mapping[str, Any] = {
    FILE: pl.String,
    **dict.fromkeys((*YES_NO, *CHOICES), pl.String),
    **dict.fromkeys(NUMBERS, pl.Int64),
    **dict.fromkeys(DATES, pl.Date),
}
Tables = Callable[[pl.DataFrame], Table]


def frame(cases: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """The cases as a caseload; the file is named after the place of the case."""
    rows = [{FILE: str(place), **case} for place, case in enumerate(cases)]
    return pl.DataFrame(rows, schema=COLUMNS)


def disagreement(base: RuleBase, seed: int, table: Tables = embedded) -> str:
    """Return how the readers differ on a rule base and random cases, or an empty string."""
    program = build_program(base.knowledge, ("proef",), "uwv", REFERENCE)
    try:
        compiled = compile_program(program)
    except BoundsError:
        return ""  # Refused with a clear error.
    random = Random(seed)
    cases = [random_facts(random) for _ in range(CASES)]
    files = frame(cases)
    names = tuple(program.derivations)
    found = translate(program, table(files), REFERENCE, derivations=names)
    rows = {row[FILE]: row for row in found.table.to_polars().to_dicts()}
    numbers, book = GroundsReader(program, REFERENCE).read(files)
    for place, case in enumerate(cases):
        facts = {**case, AUTHORITY: "uwv"}
        expected = conclude(program, facts, REFERENCE)
        values = {name: item.value for name, item in expected.items() if item.value is not None}
        if infer(compiled, facts, REFERENCE) != values:
            return f"{case}: the rule engine differs"
        row = rows[str(place)]
        read = {name: _value(program, name, row[found.values[name]]) for name in names}
        wanted = {
            name: None if item.value == AMBIGUOUS else item.value for name, item in expected.items()
        }
        if read != wanted:
            return f"{case}: translated {read}, evaluator {wanted}"
        for rule, right in advised(program, expected, base.knowledge).items():
            if row[found.statuses[rule]] != right.code:
                return f"{case}: {rule} is {right.code}, translated {row[found.statuses[rule]]}"
            if book[numbers[rule][place]] != right:
                return f"{case}: {rule} has {right}, read {book[numbers[rule][place]]}"
    return ""


def _value(program: Program, name: str, cell: Any) -> str | None:
    """The value of a derivation that stands in a cell."""
    if cell is None:
        return None
    item = program.derivations[name]
    if item.is_table:
        return tuple(dict.fromkeys(value for value, _ in item.branches))[int(cell)]
    return "ja" if cell else "nee"


@pytest.mark.timeout(1_800)
@THOROUGH
@given(rule_bases(overlapping=True), SEEDS)
def test_the_three_readers_agree(base: RuleBase, seed: int) -> None:
    assert disagreement(base, seed) == ""


@pytest.mark.timeout(1_800)
@settings(THOROUGH, max_examples=examples(full=40, quick=4))
@given(rule_bases(overlapping=True), SEEDS)
def test_they_agree_in_duckdb(base: RuleBase, seed: int) -> None:
    backend = ibis.duckdb.connect()
    assert disagreement(base, seed, lambda files: backend.create_table("files", files)) == ""


@pytest.mark.postgres
@pytest.mark.timeout(1_800)
def test_they_agree_in_postgresql(postgres_url: str) -> None:
    backend = ibis.connect(postgres_url.replace("postgresql:", "postgres:", 1))

    def table(files: pl.DataFrame) -> Table:
        return backend.create_table("files", files.to_arrow(), overwrite=True)

    @settings(THOROUGH, max_examples=examples(full=40, quick=4))
    @given(rule_bases(overlapping=True), SEEDS)
    def agrees(base: RuleBase, seed: int) -> None:
        assert disagreement(base, seed, table) == ""

    agrees()


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        (translator, "_at_least", lambda count, parts: translator._count(parts) >= count),
        (translator, "excluded", lambda name, value: ""),
        (translator, "_COMPARE", {Op.LT: le, Op.LE: lt, Op.EQ: eq}),
        (basic, "before", lambda *given: before(*given).replace(day=1)),
        (grounds, "deciding", lambda proof: deciding(proof)[:1]),
        (grounds, "together", lambda columns: together(columns[:1])),
    ],
    ids=["unknown is no", "excluded values", "comparison", "age", "half a reason", "other groups"],
)
def test_a_broken_reader_is_noticed(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, broken: Any
) -> None:
    monkeypatch.setattr(module, name, broken)
    # It stops at the first; the rarest is one in two hundred.
    quick = settings(THOROUGH, max_examples=3000, phases=[Phase.generate])
    base, seed = find(
        st.tuples(rule_bases(overlapping=True), SEEDS),
        lambda pair: disagreement(*pair) != "",
        settings=quick,
    )
    assert disagreement(base, seed) != ""

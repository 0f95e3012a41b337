"""A run over a caseload says of every file what a consultation says of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import ibis
import openpyxl
import polars as pl
import pyarrow as pa
import pytest

from engine import paths
from engine.case import Case
from engine.case_file import read_cases
from engine.caseload import grounds
from engine.caseload.columns import FILE
from engine.caseload.generate import generate
from engine.caseload.results import TooLargeError, written
from engine.caseload.run import DisagreementError, Screened, embedded, screen
from engine.caseload.shares import read_shares
from engine.caseload.translate import CODE_OF
from engine.consult import consult
from engine.library import Knowledge
from engine.loading import load
from engine.program import Program, build_program
from engine.words import Status
from tests.caseload.single import consulted
from tests.counts import examples

TODAY = date(2026, 11, 22)
SIZE = examples(full=25_000, quick=300)
TOGETHER = 5_000
"""Files of which the results are held at once."""


@cache
def knowledge() -> Knowledge:
    return load(paths.knowledge_folder())


def program(authority: str = "uwv") -> Program:
    return build_program(knowledge(), knowledge().protocols_on(TODAY), authority, TODAY)


@cache
def caseload(size: int, authority: str = "uwv") -> pl.DataFrame:
    cases = [
        item.case
        for item in read_cases(paths.cases_folder(), knowledge())[0]
        if item.case.authority == authority
    ]
    shares = read_shares("wga" if authority == "uwv" else "bijstand")
    tables = generate(knowledge(), cases, size, seed=8, on=TODAY, shares=shares)
    return pl.DataFrame(pa.concat_tables(tables))


def case_of(row: dict[str, object], authority: str = "uwv") -> Case:
    """The same file as a case: every cell that is filled is an answer."""
    case = Case(str(row[FILE]), TODAY, authority, knowledge().protocols_on(TODAY))
    for name, value in row.items():
        if name in knowledge().facts:
            case = case.answer(knowledge(), name, value)
    return case


def run(files: pl.DataFrame, **options: bool) -> list[Screened]:
    return list(screen(program(), embedded(files), TODAY, keep=("team",), **options))


@pytest.mark.traag
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize(("authority", "size"), [("uwv", SIZE), ("waterveen", SIZE // 5)])
def test_every_file_has_the_advices_of_a_consultation(authority: str, size: int) -> None:
    files = caseload(size, authority)
    for start in range(0, size, TOGETHER):
        rows = files.slice(start, TOGETHER)
        said = iter(rows.iter_rows(named=True))
        for batch in screen(program(authority), embedded(rows), TODAY, grounds=True):
            for place, row in zip(range(len(batch.files)), said, strict=False):
                expected = consulted(consult(knowledge(), case_of(row, authority)), knowledge())
                found = {rule: batch.book[batch.grounds[rule][place]] for rule in batch.rules}
                assert found == expected, row[FILE]
                codes = {rule: batch.files[rule][place] for rule in batch.rules}
                assert codes == {rule: item.code for rule, item in expected.items()}, row[FILE]


def test_readers_that_differ_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "CODE_OF", {**CODE_OF, Status.HOLDS: 5})
    with pytest.raises(DisagreementError, match=r"niet eens over .* in dossier v0000"):
        run(caseload(300), grounds=True)


def test_columns_that_are_not_there_are_unknown() -> None:
    files = caseload(50).select(FILE, "team", "gedraging")
    everything = run(files.with_columns(pl.lit(None, pl.String).alias("gezondheidssignaal")))
    assert everything[0].files.equals(run(files)[0].files)


@pytest.mark.parametrize("size", [1, 7, 20, 40, 41])
def test_batches_are_small_and_together_the_whole(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.caseload.run.BATCH", size)
    (whole,) = run(caseload(40), grounds=True)
    found = [one.files for one in run(caseload(40))]
    assert [len(one) for one in found] == [min(size, 40 - at) for at in range(0, 40, size)]
    assert pl.concat(found).equals(whole.files)


def test_a_caseload_without_files_gives_tables_without_rows(tmp_path: Path) -> None:
    for ending in (".parquet", ".csv", ".xlsx"):
        first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
        batches = screen(program(), embedded(caseload(50).head(0)), TODAY, grounds=True)
        assert [len(one.files) for one in written(batches, statuses=first, advices=second)] == [0]
        assert first.stat().st_size > 0 < second.stat().st_size


@pytest.fixture
def results(tmp_path: Path) -> dict[str, tuple[pl.DataFrame, pl.DataFrame]]:
    """The same run in three formats, read back."""
    found = {}
    files = caseload(40).with_columns(pl.lit("=1+1").alias("team"))
    for ending in (".parquet", ".csv", ".xlsx"):
        first, second = tmp_path / f"statussen{ending}", tmp_path / f"adviezen{ending}"
        batches = screen(program(), embedded(files), TODAY, keep=("team",), grounds=True)
        for _ in written(batches, statuses=first, advices=second):
            pass
        found[ending] = (_read(first), _read(second))
    assert {path.suffix for path in tmp_path.iterdir()} == set(found)
    return found


def _read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).cast(pl.String)
    if path.suffix == ".csv":
        return pl.read_csv(path, separator=";", infer_schema=False)
    head, *rows = openpyxl.load_workbook(path)["Leidraad"].values
    return pl.DataFrame(rows, schema=[str(name) for name in head], orient="row")


def test_every_format_holds_the_same(
    results: dict[str, tuple[pl.DataFrame, pl.DataFrame]],
) -> None:
    for ending, (first, second) in results.items():
        for found, right in zip((first, second), results[".parquet"], strict=True):
            formula = "=1+1" if ending == ".parquet" else "'=1+1"
            assert found["team"].to_list() == [formula] * len(right)
            blank = found.drop("team").fill_null("")
            assert blank.equals(right.drop("team").fill_null("")), ending


def test_a_row_of_the_advices_says_what_decided_and_what_is_missing(
    results: dict[str, tuple[pl.DataFrame, pl.DataFrame]],
) -> None:
    statuses, advices = results[".parquet"]
    row = next(iter(caseload(40).iter_rows(named=True)))
    expected = consult(knowledge(), case_of(row))
    own = advices.filter(pl.col(FILE) == row[FILE])
    shown = [item for item in expected.advices if item.status is not Status.DOES_NOT_HOLD]
    assert own["adviesregel"].to_list() == [item.rule.id for item in shown]
    assert own["status"].to_list() == [item.status.value for item in shown]
    assert own["ontbreekt"].to_list() == [", ".join(item.missing) for item in shown]
    assert {item.rule.id: item.status.value for item in expected.advices} == {
        rule: statuses[rule][0] for rule in statuses.columns if rule not in (FILE, "team")
    }


def test_who_stops_halfway_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "statussen.parquet"
    path.write_bytes(b"van gisteren")
    going = written(screen(program(), embedded(caseload(40)), TODAY), statuses=path)
    next(going)
    going.close()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"van gisteren"


def test_more_rows_than_excel_takes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.caseload.results._EXCEL_ROWS", 20)
    batches = screen(program(), embedded(caseload(40)), TODAY)
    with pytest.raises(TooLargeError, match="Meer dan 19 rijen"):
        list(written(batches, statuses=tmp_path / "a.xlsx"))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    batches = screen(program(), embedded(caseload(40)), TODAY)
    with pytest.raises(ValueError, match=r"a\.txt: kies een naam op \.parquet, \.csv, \.xlsx"):
        list(written(batches, statuses=tmp_path / "a.txt"))


@pytest.mark.postgres
@pytest.mark.traag
@pytest.mark.timeout(600)
def test_the_real_rules_say_the_same_in_postgresql(postgres_url: str) -> None:
    files = caseload(300)
    backend = ibis.connect(postgres_url.replace("postgresql:", "postgres:", 1))
    table = backend.create_table("files", files.to_arrow())
    (here,) = run(files)
    (there,) = screen(program(), table, TODAY, keep=("team",))
    assert there.files.sort(FILE).equals(here.files.sort(FILE))

"""Who to look at, and why: the list is what counting by hand gives, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from engine.caseload.figures.counting import OUTCOMES
from engine.caseload.generate import caseload_schema, generate, write_generated
from engine.caseload.intake import take_in
from engine.caseload.picking import Client, Wanted, advices_of, pick
from engine.caseload.results import DECIDING, RULE, STATUS, TooLargeError, copied, rows_in
from engine.caseload.review import Review, one_case, review
from engine.caseload.sources import open_source
from engine.caseload.suggest import exact_coupling, suggest
from engine.consult import consult
from engine.program import build_program
from engine.tree import facts_that_decided
from engine.words import Status
from tests.caseload.world import cases, knowledge

TODAY = date(2026, 11, 22)
PROTOCOLS = ("bestandsdoorlichting", "diagnose")
_FOLDER = TemporaryDirectory()


@cache
def reviewed() -> Review:
    folder = Path(_FOLDER.name)
    own = [case for case in cases() if case.authority == "uwv"]
    made = folder / "verzonnen.parquet"
    write_generated(made, generate(knowledge(), own, 60, on=TODAY), caseload_schema(knowledge()))
    source = open_source(made)
    coupling = exact_coupling(suggest(source.sample(), knowledge()), "proef")
    taken = take_in(source, coupling, knowledge(), folder)
    program = build_program(knowledge(), PROTOCOLS, "uwv", TODAY)
    return review(taken, knowledge(), program, TODAY, folder, keep=("team",))


@pytest.fixture(scope="module", autouse=True)
def folder() -> Iterator[None]:
    yield
    _FOLDER.cleanup()


def everyone(wanted: Wanted) -> list[Client]:
    found, total = list[Client](), 1
    while len(found) < total:
        page = pick(reviewed(), wanted, len(found), 7)
        found, total = [*found, *page.clients], page.total
        assert page.clients or not total
        if not total:
            break
    return found


def test_every_advice_is_in_the_list_once() -> None:
    table = pl.read_parquet(advices_of(reviewed()))
    found = everyone(Wanted(tuple(OUTCOMES)))
    told = [(one.dossier, item.rule, item.outcome) for one in found for item in one.advices]
    assert told == list(table.select("dossier", RULE, STATUS).iter_rows())
    assert len({one.dossier for one in found}) == len(found)


def test_why_is_what_a_consultation_says() -> None:
    for one in everyone(Wanted((Status.HOLDS.value,)))[:15]:
        case = one_case(reviewed().files, one.dossier, knowledge(), PROTOCOLS, "uwv", TODAY)
        assert case is not None
        consultation = consult(knowledge(), case)
        for item in one.advices:
            advice = consultation.advice(item.rule)
            assert advice.status is Status.HOLDS
            decided = facts_that_decided(advice, consultation, knowledge())
            assert [name for name, _ in item.deciding] == [fact.name for fact in decided]
            assert dict(item.deciding) == {
                name: consultation.facts.get(name) for name, _ in item.deciding
            }
            assert item.missing == advice.missing


@pytest.mark.parametrize("status", [Status.HOLDS, Status.OPEN, Status.DEFEATED])
def test_only_what_is_meant_is_in_the_list(status: Status) -> None:
    table = pl.read_parquet(advices_of(reviewed()))
    rule, team = table[RULE][0], table["team"][0]
    wanted = Wanted((status.value,), (rule,), {"team": team}, "v00000")
    meant = table.filter(
        (pl.col(STATUS) == status.value) & (pl.col(RULE) == rule) & (pl.col("team") == team)
    )
    assert [one.dossier for one in everyone(wanted)] == meant["dossier"].to_list()


def test_a_part_of_a_pseudonym_is_no_pattern() -> None:
    assert pick(reviewed(), Wanted(tuple(OUTCOMES), part=".*"), 0, 10).total == 0
    assert pick(reviewed(), Wanted(tuple(OUTCOMES), part="v000001"), 0, 10).total == 10


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_a_table_is_copied_in_another_format_without_some_columns(
    tmp_path: Path, ending: str
) -> None:
    made = tmp_path / f"mee{ending}"
    copied(reviewed().statuses, made, frozenset({"team"}))
    source = open_source(made)
    assert "team" not in source.columns
    assert source.columns[0] == "dossier"
    assert sum(len(one.lines) for one in source.batches(["dossier"], _nothing)) == 60


def _nothing(line: int, why: str) -> None:
    raise AssertionError(why)


def test_what_could_be_a_formula_is_none_in_a_copy(tmp_path: Path) -> None:
    place = tmp_path / "in.parquet"
    pl.DataFrame({"dossier": ["=cmd()", "+1", "gewoon"], DECIDING: ["@a", "", None]}).write_parquet(
        place
    )
    copied(place, tmp_path / "uit.csv")
    text = (tmp_path / "uit.csv").read_text(encoding="utf-8-sig")
    assert "'=cmd()" in text
    assert "'+1" in text
    assert "'@a" in text
    assert "gewoon" in text


def test_what_does_not_fit_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.caseload.results._EXCEL_ROWS", 20)
    assert rows_in(reviewed().statuses) == 60
    with pytest.raises(TooLargeError):
        copied(reviewed().statuses, tmp_path / "uit.xlsx")
    assert list(tmp_path.iterdir()) == []

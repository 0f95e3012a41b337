"""Made-up caseloads: the same for the same seed, and with the shares that were published."""

from __future__ import annotations

from datetime import date
from functools import cache
from math import sqrt
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from engine.case import check_answer
from engine.caseload.columns import FILE, TEAM, facts_in
from engine.caseload.generate import BLOCK, caseload_schema, generate, write_generated
from engine.caseload.run import embedded, screen
from engine.caseload.shares import SHARES, Share, Shares, misfits, read_shares
from engine.caseload.translate import CODE_OF
from engine.program import build_program
from engine.words import Status
from tests.caseload.world import cases, knowledge

TODAY = date(2026, 11, 23)
SIZE = 25_000


@cache
def caseload(size: int = SIZE, seed: int = 1) -> pa.Table:
    return pa.concat_tables(generate(knowledge(), cases(), size, seed=seed, on=TODAY))


def within(found: int, percent: float, size: int = SIZE) -> bool:
    """Whether a count is within four standard errors of a share: 1 in 16,000 falls outside."""
    share = percent / 100
    return abs(found - share * size) <= 4 * sqrt(size * share * (1 - share))


def test_the_same_seed_gives_the_same_clients() -> None:
    again = pa.concat_tables(generate(knowledge(), cases(), SIZE, seed=1, on=TODAY))
    assert again.equals(caseload())
    assert not caseload(SIZE, 2).equals(caseload())


def test_a_small_caseload_is_the_beginning_of_a_larger_one() -> None:
    small = caseload(BLOCK + 7)
    assert small.num_rows == BLOCK + 7
    assert small.equals(caseload().slice(0, BLOCK + 7).combine_chunks())


def test_no_clients_is_a_caseload_too(tmp_path: Path) -> None:
    place = tmp_path / "leeg.parquet"
    tables = generate(knowledge(), cases(), 0, on=TODAY)
    assert write_generated(place, tables, caseload_schema(knowledge())) == 0
    assert pq.read_table(place).schema.equals(caseload_schema(knowledge()))


def test_every_answer_is_one_that_a_case_allows_and_every_fact_and_option_occurs() -> None:
    table = caseload()
    assert pc.count_distinct(table[FILE]).as_py() == SIZE
    certain = {name for mix in read_shares().mixes for name in mix.facts}
    for fact in facts_in(knowledge()):
        answers = set(table[fact.id].unique().to_pylist()) - {None}
        for answer in answers:
            check_answer(fact, answer)
        if fact.options and fact.id not in certain:
            assert answers == {option.id for option in fact.options}, fact.id
        assert answers, fact.id
    unknown = [table[fact.id].null_count / SIZE for fact in facts_in(knowledge())]
    assert 0.15 < sum(unknown) / len(unknown) < 0.45


def test_the_published_shares_are_there_within_sampling_error() -> None:
    # A test of the machinery: the caseload was made with these shares, so they must come out.
    table = caseload()
    chances = table["kans_in_dossier"].value_counts().to_pylist()
    counts = {item["values"]: item["counts"] for item in chances}
    assert within(counts["geen_kansen"], 30)
    assert within(counts["kansen"], 5)
    assert within(counts[None], 64)


def test_the_protocol_gives_the_published_shares() -> None:
    # Of the machinery and not of the world, again: what was put in comes out of the rules.
    protocol = "bestandsdoorlichting"
    program = build_program(knowledge(), (protocol,), "uwv", TODAY)
    kept = [CODE_OF[status] for status in (Status.HOLDS, Status.PROVISIONAL, Status.DEFEATED)]
    batches = screen(program, embedded(pl.DataFrame(caseload())), TODAY)
    files = pl.concat(batch.files for batch in batches)
    held = {name: files[f"{protocol}.{name}"].is_in(kept) for name in (*GROUNDS, *JUDGED)}
    fell_out = sum(any(row) for row in zip(*(held[name] for name in GROUNDS), strict=True))
    assert within(fell_out, 64)
    assert within(int(held["geen-kansen-gezien"].sum()), 30)
    assert within(int(held["kansen-gezien"].sum()), 5)


GROUNDS = (
    *("groep-iva", "label-medisch", "andere-groep", "sociale-werkvoorziening", "werk-veel-uren"),
    *("niet-bereikbaar", "ander-helpt-al", "eerder-traject", "dossier-te-mager"),
)
JUDGED = ("kansen-gezien", "geen-kansen-gezien")


def test_teams_differ_in_size_and_in_what_they_leave_open() -> None:
    table = caseload()
    open_by_team = {}
    for team in read_shares().teams:
        rows = table.filter(pc.equal(table[TEAM], team.name))
        cells = rows.num_rows * rows.num_columns
        open_by_team[team.name] = sum(column.null_count for column in rows.columns) / cells
    assert open_by_team["Duinzicht"] < open_by_team["Heuvelrug"] < open_by_team["Lage Land"]


@pytest.mark.parametrize("name", SHARES)
def test_every_share_says_where_it_comes_from_and_fits_the_knowledge(name: str) -> None:
    shares = read_shares(name)
    assert misfits(shares, knowledge()) == []
    known = set(knowledge().sources)
    for share in shares.every_share():
        assert share.invented or {source.split("#")[0] for source in share.sources} <= known
    with pytest.raises(ValueError, match="verzonnen: ja"):
        Share.model_validate({"naam": "los", "aandeel": 3})


def test_a_municipality_has_a_caseload_of_its_own_in_which_its_rules_hold() -> None:
    own = tuple(case for case in cases() if case.authority != "uwv")
    tables = generate(knowledge(), own, BLOCK, on=TODAY, shares=read_shares("bijstand"))
    protocols = ("maatregel", "intake-route", "instrumentkeuze")
    program = build_program(knowledge(), protocols, "voorbeeldstad", TODAY)
    batches = screen(program, embedded(pl.DataFrame(pa.concat_tables(tables))), TODAY)
    files = pl.concat(batch.files for batch in batches)
    given = [CODE_OF[status] for status in Status if status.is_given]
    rules = [bound.rule.id for bound in program.asked_rules()]
    hold = [rule for rule in rules if files[rule].is_in(given).any()]
    assert len(hold) > 0.6 * len(rules), set(rules) - set(hold)


def test_shares_that_do_not_fit_are_refused_before_anything_is_made() -> None:
    raw = read_shares().model_dump(by_alias=True)
    raw["onbekend"] = {who.value: percent for who, percent in raw["onbekend"].items()}
    raw["gevolgen"] = ({"als": {"bestaat_niet": "ja"}, "dan": {"uitkering": "wgaa"}},)
    raw["mengsels"] = (
        {
            "naam": "fout",
            "toelichting": "fout",
            "aandelen": (
                {
                    "naam": "deel",
                    "aandeel": 1,
                    "verzonnen": "ja",
                    "feiten": {"leeftijd": {"tussen": (1, 5)}, "wsw": {"tussen": (1, 2)}},
                },
            ),
        },
    )
    shares = Shares.model_validate(raw)
    with pytest.raises(ValueError, match="bestaat niet") as refused:
        next(generate(knowledge(), cases(), 1, on=TODAY, shares=shares))
    for part in ("1-5 valt buiten 16-75", "dit is geen aantal", "'wgaa' is hier geen", "team"):
        assert part in str(refused.value)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"bestand.{ending}"
    schema = caseload_schema(knowledge())
    tables = [caseload(10)]
    assert write_generated(place, iter(tables), schema) == 10
    read = pq.read_table(place) if ending == "parquet" else _read_csv(place)
    assert read.num_rows == 10
    assert read.column_names == schema.names
    before = place.read_bytes()

    def broken() -> None:
        def half() -> object:
            yield caseload(10)
            raise KeyboardInterrupt

        write_generated(place, half(), schema)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert place.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


def _read_csv(path: Path) -> pa.Table:
    return pyarrow.csv.read_csv(path, parse_options=pyarrow.csv.ParseOptions(delimiter=";"))

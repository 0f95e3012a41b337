"""A source is taken in whole: what fits, what doesn't and why, and nothing in between."""

from __future__ import annotations

import csv
import os
import time
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.case import Case
from engine.caseload.columns import facts_in
from engine.caseload.generate import caseload_schema, generate, write_generated
from engine.caseload.intake import ASIDE_FILE, CASELOAD_FILE, take_in
from engine.caseload.intake_report import report_as_json, report_as_text
from engine.caseload.run import embedded, screen
from engine.caseload.source import SourceError
from engine.caseload.sources import open_source
from engine.caseload.suggest import exact_coupling, suggest
from engine.caseload.translate import CODE_OF
from engine.caseload.writing import workplace
from engine.consult import consult
from engine.program import build_program
from engine.words import FactKind
from tests.caseload.world import cases, coupling, knowledge, taken_in, written

TODAY = date(2026, 11, 23)
COLUMNS = """\
  - {kolom: wsw, feit: wsw}
  - {kolom: uren, feit: werk_uren}
  - {kolom: contact, feit: laatste_contact}
  - {kolom: start, feit: startkwalificatie, waarden: {J: ja, "N": nee}, onbekend: ["9"]}
  - {kolom: team, groep: team}
"""
HEAD = "nr;wsw;uren;contact;start;team;opmerking\n"
GOOD = "a1;indicatie;12;01-02-2026;J;Oost;x\n"


def asides(path: Path | None) -> list[list[str]]:
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def kept(path: Path | None) -> list[dict[str, object]]:
    assert path is not None
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in pq.read_table(path).to_pylist()
    ]


def test_what_fits_becomes_a_client_with_every_fact_as_a_column(tmp_path: Path) -> None:
    intake = taken_in(tmp_path, HEAD + GOOD + "a2;;;;9;West;\n", coupling(COLUMNS))
    assert kept(intake.caseload) == [
        {
            "dossier": "a1",
            "bronregel": 2,
            "team": "Oost",
            "wsw": "indicatie",
            "werk_uren": 12,
            "laatste_contact": date(2026, 2, 1),
            "startkwalificatie": "ja",
        },
        {"dossier": "a2", "bronregel": 3, "team": "West"},
    ]
    assert intake.aside is None
    schema = pq.read_schema(intake.caseload)
    generated = caseload_schema(knowledge())
    for fact in facts_in(knowledge()):
        assert schema.field(fact.id).type == generated.field(fact.id).type


def test_an_answer_that_every_client_has_needs_no_column(tmp_path: Path) -> None:
    same = "voor_iedereen: {doorlichting: ja, leeftijd: 40, wga_sinds: 2009-05-01}\n"
    coupled = coupling("  - {kolom: wsw, feit: wsw}\n", more=same)
    intake = taken_in(tmp_path, HEAD + GOOD + "a2;;;;;;\n", coupled)
    for row in kept(intake.caseload):
        known = (row["doorlichting"], row["leeftijd"], row["wga_sinds"])
        assert known == ("ja", 40, date(2009, 5, 1))
    assert "- de leeftijd (leeftijd): 40" in report_as_text(intake.report, knowledge())
    assert not {"doorlichting", "leeftijd"} & {*intake.report.unanswered}


def test_one_answer_that_cannot_be_sets_the_whole_row_aside(tmp_path: Path) -> None:
    content = HEAD + GOOD + "a2;indicatie;99;31-02-2026;J;Oost;\na3;;12;;?;Oost;\n"
    intake = taken_in(tmp_path, content, coupling(COLUMNS))
    assert [row["dossier"] for row in kept(intake.caseload)] == ["a1"]
    told = asides(intake.aside)
    assert [row[:3] for row in told] == [
        ["3", "uren", "99"],
        ["3", "contact", "31-02-2026"],
        ["4", "start", "?"],
    ]
    assert told[0][3] == "99 kan niet: van 0 tot en met 60 uur."
    assert (intake.report.kept, intake.report.aside) == (1, 2)


def test_lines_are_those_of_an_editor_also_around_rows_that_are_none(tmp_path: Path) -> None:
    content = (
        HEAD
        + "\n"
        + "a1;indicatie;x;;;Oost;\n"
        + "te;kort\n"
        + 'a2;;1;;;Oost;"twee\nregels"\n'
        + ";;;;;;\n"
        + "a3;;y;;;Oost;\n"
        + "te;lang;;;;;;;\n"
        + ";;3;;;Oost;\n"
        + "a4;;4;;;Oost;"
    )
    intake = taken_in(tmp_path, content, coupling(COLUMNS))
    assert [(row["dossier"], row["bronregel"]) for row in kept(intake.caseload)] == [
        ("a2", 5),
        ("a4", 11),
    ]
    assert sorted((int(row[0]), row[1]) for row in asides(intake.aside)) == [
        (3, "uren"),
        (4, ""),
        (8, "uren"),
        (9, ""),
        (10, "nr"),
    ]
    assert intake.report.blank == 2
    assert intake.report.rows == 7


def test_of_two_rows_for_one_client_neither_is_chosen(tmp_path: Path) -> None:
    content = HEAD + GOOD + "a2;;1;;;Oost;\na1;;2;;;West;\n"
    intake = taken_in(tmp_path, content, coupling(COLUMNS))
    assert [row["dossier"] for row in kept(intake.caseload)] == ["a2"]
    assert [(row[0], row[2]) for row in asides(intake.aside)] == [("2", "a1"), ("4", "a1")]
    assert (intake.report.kept, intake.report.doubles) == (1, 2)
    assert intake.report.columns[0].unknown == 1


def test_the_report_counts_and_gives_examples_with_lines(tmp_path: Path) -> None:
    lines = "".join(f"b{n};;{'veel' if n % 2 else n % 60};;;Oost;\n" for n in range(20))
    intake = taken_in(tmp_path, HEAD + GOOD + lines, coupling(COLUMNS))
    hours = next(one for one in intake.report.columns if one.fact == "werk_uren")
    assert (hours.refused, hours.unknown) == (10, 0)
    assert [(one.value, one.lines) for one in hours.examples] == [("veel", (4, 6, 8))]
    text = report_as_text(intake.report, knowledge(), needed=("wsw", "leeftijd"))
    for part in (
        "21 rijen gelezen: 11 cliënten om te bekijken, 10 opzij gezet.",
        "- uren (werk_uren): 10 keer",
        "regel 4, 6 en 8: 'veel'. 'veel' is geen getal.",
        "(wsw): 90,9 %",
        "Niet in de koppeling, dus niet gebruikt: opmerking.",
        "Zonder kolom, dus bij iedereen onbekend: de leeftijd (leeftijd).",
    ):
        assert part in text
    data = report_as_json(intake.report)
    assert data["opzij"] == 10
    assert "leeftijd" in data["feiten_zonder_kolom"]


def test_what_says_who_someone_is_goes_no_further(tmp_path: Path) -> None:
    content = HEAD + GOOD + "a2;;mevrouw Jansen;;;Oost;\na3;;bsn 111222333;;;Oost;\n"
    intake = taken_in(tmp_path, content, coupling(COLUMNS))
    assert intake.aside is not None
    files = [path.read_bytes() for path in (tmp_path / "uit").iterdir()]
    text = report_as_text(intake.report, knowledge()) + str(report_as_json(intake.report))
    for secret in ("Jansen", "111222333"):
        assert not any(secret.encode() in content for content in files)
        assert secret not in text
    assert [row[0] for row in asides(intake.aside)] == ["3", "4"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nr;team\n111222333;Oost\n123456782;West\n", "wie de cliënt is"),
        ("nr;team\nmevrouw Jansen;Oost\nde heer Pietersen;West\n", "wie de cliënt is"),
        ("nr;team\na1;mevrouw Jansen\na2;West\n", "namen of nummers van personen"),
        ("nr;team\n" + "".join(f"a{n};t{n}\n" for n in range(300)), "meer dan 200"),
        ("nr;team\n", "geen enkele cliënt"),
    ],
)
def test_nothing_is_written_where_no_rule_may_run(tmp_path: Path, content: str, told: str) -> None:
    intake = taken_in(tmp_path, content, coupling("  - {kolom: team, groep: team}\n"))
    assert told in " ".join(intake.report.stops)
    assert "bekijkt dit bestand niet" in report_as_text(intake.report, knowledge())
    assert (intake.caseload, intake.aside) == (None, None)
    assert list((tmp_path / "uit").iterdir()) == []


def test_a_number_of_nine_digits_can_be_a_pseudonym(tmp_path: Path) -> None:
    content = "nr;team\n" + "".join(f"{100000000 + n};Oost\n" for n in range(300))
    intake = taken_in(tmp_path, content, coupling("  - {kolom: team, groep: team}\n"))
    assert intake.report.stops == ()
    assert intake.report.kept == 300


def test_a_protected_ground_is_warned_for_and_may_be_a_group(tmp_path: Path) -> None:
    content = "nr;Nationaliteit;geslacht;BSN\n" + "".join(f"a{n};NL;v;x\n" for n in range(9))
    columns = "  - {kolom: Nationaliteit, groep: land}\n  - {kolom: geslacht, groep: geslacht}\n"
    intake = taken_in(tmp_path, content, coupling(columns))
    grounds = {one.group: one.ground.ground for one in intake.report.groups if one.ground}
    assert grounds == {"land": "nationaliteit", "geslacht": "geslacht"}
    text = report_as_text(intake.report, knowledge())
    assert "Op die grond mag niemand anders worden behandeld (Awgb)" in text
    assert "'BSN' lijkt te zeggen wie de cliënt is" in text


def test_a_cancel_or_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = taken_in(tmp_path, HEAD + GOOD + "a2;;x;;;Oost;\n", coupling(COLUMNS))
    files = {path.name: path.read_bytes() for path in (tmp_path / "uit").iterdir()}
    assert set(files) == {CASELOAD_FILE, ASIDE_FILE}
    assert before.caseload is not None
    source = open_source(written(tmp_path, HEAD + "b1;;;;;West;\n"))

    def stop(rows: int, done: float | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(source, coupling(COLUMNS), knowledge(), tmp_path / "uit", progress=stop)

    def full(self: object, table: pa.Table) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(OSError, match="space"):
        take_in(source, coupling(COLUMNS), knowledge(), tmp_path / "uit")
    assert {path.name: path.read_bytes() for path in (tmp_path / "uit").iterdir()} == files


def test_what_a_killed_run_left_is_taken_away_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    out.mkdir()
    left = out / ".leidraad-weg"
    left.mkdir()
    (left / CASELOAD_FILE).write_bytes(b"half")
    (left / ".bezig").touch()
    with workplace(out) as busy:
        taken_in(tmp_path, HEAD + GOOD, coupling(COLUMNS))
        assert {path.name for path in out.iterdir()} == {CASELOAD_FILE, busy.name}
    assert {path.name for path in out.iterdir()} == {CASELOAD_FILE}


def test_where_no_lock_tells_what_is_left_is_taken_away_a_day_later(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    old, new = out / ".leidraad-oud", out / ".leidraad-nieuw"
    for left in (old, new):
        left.mkdir(parents=True)
        (left / CASELOAD_FILE).write_bytes(b"half")
    yesterday = time.time() - 25 * 60 * 60
    os.utime(old, (yesterday, yesterday))
    taken_in(tmp_path, HEAD + GOOD, coupling(COLUMNS))
    assert {path.name for path in out.iterdir()} == {CASELOAD_FILE, ".leidraad-nieuw"}


def test_a_column_of_the_coupling_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"geen kolom 'uren'.*Bedoelde u 'uren_nu'"):
        taken_in(tmp_path, "nr;uren_nu\na;1\n", coupling("  - {kolom: uren, feit: werk_uren}\n"))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_generated_caseload_comes_in_as_it_went_out(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"bestand.{ending}"
    tables = list(generate(knowledge(), cases(), 300, seed=5, on=date(2026, 11, 23)))
    write_generated(path, iter(tables), caseload_schema(knowledge()))
    source = open_source(path)
    suggestions = suggest(source.sample(), knowledge())
    assert suggestions.is_complete
    coupled = exact_coupling(suggestions, "verzonnen")
    intake = take_in(source, coupled, knowledge(), tmp_path)
    assert intake.report.aside == 0
    assert intake.caseload is not None
    table = pq.read_table(intake.caseload)
    expected = pa.concat_tables(tables)
    assert table.select(expected.column_names).cast(expected.schema).equals(expected)


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, float | None]] = []
    source = open_source(written(tmp_path, HEAD + GOOD))
    take_in(
        source,
        coupling(COLUMNS),
        knowledge(),
        tmp_path,
        progress=lambda rows, done: told.append((rows, done)),
    )
    assert told[-1] == (1, 1.0)


@pytest.mark.parametrize("seed", range(3))
def test_a_client_in_a_file_gets_the_advice_of_a_case(tmp_path: Path, seed: int) -> None:
    tables = generate(knowledge(), cases(), 60, seed=seed, on=TODAY)
    path = tmp_path / "bestand.csv"
    write_generated(path, tables, caseload_schema(knowledge()))
    source = open_source(path)
    coupled = exact_coupling(suggest(source.sample(), knowledge()), "verzonnen")
    intake = take_in(source, coupled, knowledge(), tmp_path)
    assert intake.caseload is not None
    protocols = ("scholing", "bestandsdoorlichting", "trajectbewaking")
    program = build_program(knowledge(), protocols, "uwv", TODAY)
    files = embedded(pl.scan_parquet(intake.caseload))
    screened = pl.concat(one.files for one in screen(program, files, TODAY))
    with path.open(encoding="utf-8", newline="") as file:
        for raw, found in zip(
            csv.DictReader(file, delimiter=";"), screened.iter_rows(named=True), strict=True
        ):
            case = Case(raw.pop("dossier"), TODAY, "uwv", protocols)
            for name, cell in raw.items():
                if cell and name != "team":
                    case = case.answer(knowledge(), name, answer(name, cell))
            said = {one.rule.id: CODE_OF[one.status] for one in consult(knowledge(), case).advices}
            assert {rule: found[rule] for rule in said} == said


def answer(name: str, cell: str) -> str | int | date:
    """What someone would type in a case for what stands in a cell."""
    kind = knowledge().facts[name].kind
    if kind is FactKind.NUMBER:
        return int(cell)
    return date.fromisoformat(cell) if kind is FactKind.DATE else cell


def test_a_batch_of_which_every_row_is_set_aside_is_told(tmp_path: Path) -> None:
    coupled = coupling("  - {kolom: w, feit: wsw}\n")
    found = taken_in(tmp_path, "nr;w\na;dit kan niet\nb;dit ook niet\n", coupled)
    assert found.caseload is None
    assert (found.report.kept, found.report.aside) == (0, 2)
    assert found.report.stops

"""A whole caseload on the command line: what is told and what is written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from engine.case import Case
from engine.caseload import results
from engine.cli import screening_steps as steps
from engine.consult import consult
from engine.loading import load
from engine.report import as_text
from tests.cli.conftest import Command
from tests.cli.screening_world import COUPLING, asked, data, messy, names, neat, work, world
from tests.engine.worlds import TODAY
from tests.golden import check_golden

__all__ = ["messy", "neat", "work", "world"]
GOUD = Path(__file__).with_name("goud")


def test_the_report_comes_first_and_then_the_overview(
    leidraad: Command, messy: tuple[str, ...], work: Path
) -> None:
    done = leidraad(*messy)
    assert done.returncode == 1
    overview, made, moment = done.stdout.rpartition("- Leidraad ")
    assert (made, moment.endswith(".\n")) == ("- Leidraad ", True)
    check_golden(GOUD / "doorlicht-leesverslag.txt", done.stderr)
    check_golden(GOUD / "doorlicht-overzicht.md", overview)
    assert names(work) == set()


def test_everything_is_written_in_one_folder(
    leidraad: Command, world: Path, messy: tuple[str, ...]
) -> None:
    out = world / "uit"
    done = leidraad(*messy, "--uit", str(out))
    assert done.returncode == 1
    tables = ("adviezen.csv", "opzij.csv", "statussen.csv")
    assert names(out) == {*tables, "leesverslag.txt", "overzicht.html"}
    assert done.stdout.splitlines()[0] == "3 cliënten bekeken met 1 protocol en 3 regels."
    assert all(f"gemaakt: {out / name}\n" in done.stderr for name in names(out))
    told = [f"{name}\n{(out / name).read_text(encoding='utf-8-sig')}" for name in tables]
    check_golden(GOUD / "doorlicht-tabellen.txt", "\n".join(told))
    page = (out / "overzicht.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="nl-NL">')
    assert "Leidraad besluit niets" in page
    report = (out / "leesverslag.txt").read_text(encoding="utf-8")
    assert done.stderr.startswith(report)
    # Nothing that says who someone is, and no protected ground, goes from the file to the tables.
    for name in tables[0::2]:
        told_by_table = (out / name).read_text(encoding="utf-8-sig")
        assert "nationaliteit" not in told_by_table
        assert ";x" not in told_by_table


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_other_formats_hold_the_same(
    leidraad: Command, world: Path, messy: tuple[str, ...], form: str
) -> None:
    out, csv = world / "uit", world / "csv"
    leidraad(*messy, "--uit", str(csv))
    leidraad(*messy, "--uit", str(out), "--vorm", form)
    assert {one.suffix for one in out.iterdir()} == {f".{form}", ".csv", ".txt", ".html"}
    for name in ("statussen", "adviezen"):
        plain = pl.read_csv(csv / f"{name}.csv", separator=";", infer_schema=False)
        found = _table(out / f"{name}.{form}")
        team = found["team"].str.strip_prefix("'")
        assert (
            found.with_columns(team)
            .fill_null("")
            .equals(plain.with_columns(plain["team"].str.strip_prefix("'")).fill_null(""))
        )


def _table(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).cast(pl.String)
    head, *rows = openpyxl.load_workbook(path)["Leidraad"].values
    words = [[None if cell is None else str(cell) for cell in row] for row in rows]
    return pl.DataFrame(words, schema=[str(name) for name in head], orient="row")


def test_a_protected_ground_is_kept_only_whenasked(
    leidraad: Command, world: Path, messy: tuple[str, ...]
) -> None:
    out = world / "uit"
    done = leidraad(*messy, "--uit", str(out), "--bewaar", "nationaliteit", "--zonder-redenen")
    assert "Niet in de tabellen" not in done.stderr
    assert "Op die grond mag niemand anders worden behandeld (Awgb)" in done.stderr
    assert names(out) == {"statussen.csv", "opzij.csv", "leesverslag.txt", "overzicht.html"}
    assert ";nationaliteit;" in (out / "statussen.csv").read_text(encoding="utf-8").replace('"', "")
    wrong = leidraad(*messy, "--bewaar", "nationaliteiten")
    assert wrong.returncode == 2
    assert wrong.stderr.endswith(
        "Er is geen groep die 'nationaliteiten' heet. Bedoelde u 'nationaliteit'?\n"
    )


def test_the_same_asdata(leidraad: Command, neat: tuple[str, ...]) -> None:
    done = leidraad(*neat, "--json")
    assert done.returncode == 0
    found = data(done)
    assert (found["clienten"], found["protocollen"], found["instantie"]) == (3, ["proef"], "uwv")
    assert found["regels"]["proef.te-duur"]["geldt"] == 1
    assert [one["feit"] for one in found["eerst_vragen"]][:1] == ["kosten"]
    assert found["leesverslag"]["clienten"] == 3
    without = data(leidraad(*neat, "--json", "--zonder-redenen"))
    assert (without["eerst_vragen"], without["regels"]) == (None, found["regels"])


def test_one_client_is_told_as_a_consultation_tells_it(
    leidraad: Command, world: Path, messy: tuple[str, ...], work: Path
) -> None:
    knowledge = load(world / "kennis")
    case = Case("a6", TODAY, "uwv", ("proef",))
    for name, answer in {
        "kosten": 900,
        "gemotiveerd": "ja",
        "duur": 24,
        "richting": "zorg",
    }.items():
        case = case.answer(knowledge, name, answer)
    done = leidraad(*messy, "--client", " a6 ")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == as_text(consult(knowledge, case), knowledge)
    assert data(leidraad(*messy, "--client", "a6", "--json"))["casus"] == "a6"
    for name in ("a3", "a2"):
        gone = leidraad(*messy, "--client", name)
        assert (gone.returncode, gone.stdout) == (2, "")
        assert gone.stderr == (
            f"Er is geen cliënt met het kenmerk {name!r} om te bekijken. 4 rijen zijn opzij "
            "gezet: kijk met --alleen-lezen welke.\n"
        )
    assert names(work) == set()


def test_only_reading_runs_no_rule_and_needs_no_authority(
    leidraad: Command, world: Path, messy: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(steps, "review")
    coupled = ("--koppeling", str(world / "koppeling.yaml"), "--alleen-lezen")
    done = leidraad("doorlicht", str(world / "export.csv"), *coupled)
    assert (done.returncode, done.stderr) == (1, "")
    assert "- Kosten (kosten): 1 keer\n  regel 5: 'duizend'." in done.stdout
    assert data(leidraad("doorlicht", str(world / "export.csv"), *coupled, "--json"))["opzij"] == 4


def test_a_suggestion_is_written_and_can_be_taken_as_it_is(
    leidraad: Command, world: Path, messy: tuple[str, ...]
) -> None:
    place = world / "voorstel.yaml"
    source = str(world / "export.csv")
    refused = leidraad("doorlicht", source, "--instantie", "uwv")
    assert refused.returncode == 2
    assert refused.stderr.startswith(
        "export.csv heeft kolommen die Leidraad niet zeker kent: 'Nat', 'Motivatie' en 'Naam'.\n"
    )
    done = leidraad("doorlicht", source, "--koppeling-voorstel", str(place))
    assert (done.returncode, done.stderr) == (0, "")
    assert "# feit: gemotiveerd  # waarschijnlijk" in place.read_text(encoding="utf-8")
    again = leidraad("doorlicht", source, "--koppeling-voorstel", str(place))
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == (
        f"{place} bestaat al. Kies een andere naam, of gebruik --overschrijven.\n"
    )
    taken = leidraad("doorlicht", source, "--koppeling", str(place), "--alleen-lezen")
    assert "Weggelaten: Nat, Motivatie en Naam." in taken.stdout


def test_more_rows_than_excel_takes_are_told_before_the_rules_run(
    leidraad: Command, world: Path, neat: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "_EXCEL_ROWS", 3)
    monkeypatch.delattr(steps, "review")
    done = leidraad(*neat, "--uit", str(world / "uit"), "--vorm", "xlsx")
    assert done.returncode == 2
    assert done.stderr.endswith("Meer dan 2 rijen passen niet in Excel. Kies .parquet of .csv.\n")
    assert not (world / "uit").exists()


def test_how_far_it_is_is_told_now_and_then(
    leidraad: Command, neat: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "EVERY", -1.0)
    told = leidraad(*neat).stderr
    assert "3 rijen gelezen, 100 procent. Nog een paar seconden.\n" in told
    assert "3 cliënten bekeken, 100 procent. Nog een paar seconden.\n" in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Zeg met --instantie om wie het gaat: proefdorp of uwv.\n"),
        (("--instantie", "proefdorpje"), "De instantie 'proefdorpje' is niet bekend."),
        (("--instantie", "uwv", "--protocol", "proefe"), "Bedoelde u 'proef'?\n"),
        (("--instantie", "uwv", "--peildatum", "1999-01-01", "--protocol", "proef"), "1999"),
    ],
)
def test_a_question_that_can_not_be_is_told(
    leidraad: Command, world: Path, neat: tuple[str, ...], options: tuple[str, ...], said: str
) -> None:
    done = leidraad("doorlicht", str(world / "net.csv"), *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_wrong_coupling_is_told_with_its_line(
    leidraad: Command, world: Path, messy: tuple[str, ...]
) -> None:
    place = world / "koppeling.yaml"
    place.write_text(COUPLING.replace("feit: duur", "feit: duurt"), encoding="utf-8")
    done = leidraad(*messy)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("koppeling.yaml:8:")
    assert "(bedoelde u 'duur'?)" in done.stderr


def test_names_from_a_file_do_not_drive_the_terminal(leidraad: Command, world: Path) -> None:
    head = "dossier;kosten;\x1b[31mrood\x1b]0;titel\x07"
    (world / "raar.csv").write_text(f"{head}\nb1;1;x;y\n", encoding="utf-8")
    coupling = world / "koppeling.yaml"
    coupling.write_text(
        "koppeling: raar\ndossier: dossier\nkolommen: [{kolom: kosten, feit: kosten}]\n",
        encoding="utf-8",
    )
    done = leidraad(*asked(world, "raar.csv", "--koppeling", str(coupling)))
    refused = leidraad(*asked(world, "raar.csv"))
    assert "\x1b" not in done.stderr + done.stdout + refused.stderr

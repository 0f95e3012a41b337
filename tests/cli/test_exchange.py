"""The commands that take decisions out of a record and into another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from engine.consult import consult
from engine.decisions import Record, follow
from engine.examples import fill_examples
from engine.loading import load
from engine.paths import cases_folder, knowledge_folder

CASE = "c-7kq2m9xw4d"


@pytest.fixture(autouse=True)
def own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEIDRAAD_DATABASE_URL", raising=False)
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "een"))


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The decisions of a record with one case of the user's own and one decision."""
    knowledge = load(knowledge_folder())
    with Record.open() as record:
        fill_examples(record, knowledge, cases_folder())
        example = next(one for one in record.cases() if "maatregel" in one.protocols)
        model = record.load_case(example.id, knowledge).case
        case = replace(model, id=CASE)
        seen = consult(knowledge, case)
        record.open_case(case, title="Proef", story="", actor="an")
        rule = next(one.rule.id for one in seen.advices if one.status == "geldt")
        made = follow(seen, rule, decided_on=case.reference_date.replace(year=2025))
        record.decide(made, seen, actor="an")
    file = tmp_path / "besluiten.jsonl"
    assert "1 besluit geschreven" in run("uitvoer", "--naar", str(file)).output
    return file


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["logboek", *arguments])
    assert result.exit_code == code, result.output
    return result


def test_decisions_go_from_one_record_to_another(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("invoer", str(lines)).output.startswith("0 besluiten vastgelegd; 1 besluit")
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "ander"))
    assert run("invoer", str(lines)).output.startswith("1 besluit vastgelegd")
    assert run("invoer", str(lines)).output.startswith("0 besluiten vastgelegd")
    again = tmp_path / "weer.jsonl"
    run("uitvoer", "--naar", str(again))
    (one,), (two,) = (path.read_text(encoding="utf-8").splitlines() for path in (lines, again))
    same = {**json.loads(one), "recorded_at": ""} == {**json.loads(two), "recorded_at": ""}
    assert same


def test_a_file_that_is_wrong_is_refused_with_every_line(lines: Path) -> None:
    good = lines.read_text(encoding="utf-8")
    lines.write_text(f"{{\n{good}geen json\n", encoding="utf-8")
    said = run("invoer", str(lines), code=1).output
    assert f"{lines}:1:2: Dit is geen leesbare JSON." in said
    assert f"{lines}:3:1: Dit is geen leesbare JSON." in said
    assert "2 bevindingen. Er is niets vastgelegd." in said


def test_a_file_that_clashes_with_what_is_there_leaves_nothing_behind(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = json.loads(lines.read_text(encoding="utf-8"))
    text = json.dumps(good).replace(CASE, "c-nieuw")
    both = [text, json.dumps(good | {"needed": []})]
    two = [json.loads(one) for one in both]
    two[0]["id"] = "00000000-0000-4000-8000-000000000001"
    two[1]["confirmed"] = [{"field": "instead", "said": "griep", "reason": "Zo genoemd."}]
    lines.write_text("".join(f"{json.dumps(one)}\n" for one in two), encoding="utf-8")
    said = run("invoer", str(lines), code=1).output
    assert f"{lines}:2:1: Besluit {good['id']} staat al in dit dossier" in said
    with Record.open() as record:
        assert "c-nieuw" not in {one.id for one in record.cases()}


@pytest.mark.parametrize("name", ["er-is-niets.jsonl", "..", "x" * 300, "/dev/null"])
def test_a_file_that_cannot_be_read_is_said_so(name: str, tmp_path: Path) -> None:
    said = run("invoer", str(tmp_path / name), code=2).output
    assert "Traceback" not in said
    assert said.count("\n") == 1


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "beeld.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    assert "geen tekst in UTF-8" in run("invoer", str(file), code=2).output


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    assert (
        "kunnen niet worden opgeslagen"
        in run("uitvoer", "--naar", str(tmp_path / "geen" / "map.jsonl"), code=2).output
    )


def test_a_case_as_cards(lines: Path) -> None:
    assert lines.exists()
    made = json.loads(run("kaarten", CASE).output)
    assert made["cards"]
    (said,) = made["feedback"]
    assert said["outcome"] == "accepted"
    assert said["card"] in [card["uuid"] for card in made["cards"]]

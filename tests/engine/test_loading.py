"""The knowledge folder and the case files: read together, or refused with every finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.case import AnswerError, Case, check_answer
from engine.case_file import read_cases, read_one
from engine.diagnostics import Diagnostic, KnowledgeError, Severity, closest
from engine.library import NotCoveredError
from engine.loading import load
from engine.reader import read_file
from engine.words import Status
from tests.engine.worlds import (
    FOLDER,
    PROTOCOL,
    TODAY,
    case,
    edited,
    files,
    knowledge,
    knowledge_with,
)

CASE = """casus: proef-een
titel: Een casus
verhaal: Een verzonnen cliënt wil leren.
peildatum: 2026-11-22
instantie: uwv
protocollen: [proef]
feiten:
  gemotiveerd: ja
verwacht:
  geldt: [proef.inzetten]
  overig: te_bepalen
"""


def test_a_folder_is_read_with_a_digest_for_every_file() -> None:
    known = load(FOLDER)
    assert set(known.files) == set(files())
    assert known.protocols["proef"][0].rules[0].rule.id == "proef.inzetten"


def test_versions_are_picked_by_date_and_a_gap_is_an_error() -> None:
    text = files()[PROTOCOL]
    first = text.replace(
        "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-01-01\ngeldig_tot_en_met: 2026-06-30"
    )
    second = text.replace("geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-08-01")
    known = knowledge_with({PROTOCOL: first, "protocollen/proef/2026-08-01.yaml": second})
    assert known.protocol("proef", date(2026, 6, 30)).protocol.valid_from == date(2026, 1, 1)
    assert known.protocol("proef", date(2026, 8, 1)).protocol.valid_from == date(2026, 8, 1)
    with pytest.raises(NotCoveredError, match="geen versie voor 15 juli 2026"):
        known.protocol("proef", date(2026, 7, 15))
    with pytest.raises(NotCoveredError, match="geen protocol 'weg'"):
        known.protocol("weg", TODAY)


def test_a_findings_place_is_where_the_mistake_is() -> None:
    text = edited(PROTOCOL, "norm: werkwijze", "norm: wetje")[PROTOCOL]
    with pytest.raises(KnowledgeError) as caught:
        knowledge_with({PROTOCOL: text})
    (finding,) = caught.value.diagnostics
    line = text.split("\n")[finding.line - 1]
    assert line[finding.column - 1 :] == "wetje"


def test_findings_sort_by_place_and_say_what_was_meant() -> None:
    one = Diagnostic("a.yaml", 2, 1, "x", "Wat.", "Hint.", "dit")
    assert str(one) == "a.yaml:2:1  X  Wat.  Hint.  (bedoelde u 'dit'?)"
    assert str(Diagnostic("a.yaml", 0, 0, "x", "Wat.")) == "a.yaml  X  Wat."
    assert sorted([one, Diagnostic("a.yaml", 1, 9, "y", "Eerder.")])[0].line == 1
    assert one.severity is Severity.ERROR
    assert closest("gemotiverd", ["gemotiveerd", "duur"]) == "gemotiveerd"
    assert closest("iets heel anders", ["gemotiveerd"]) == ""


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    (finding,) = read_file(tmp_path / "weg.yaml", "weg.yaml").findings
    assert finding.code == "bestand-onleesbaar"


def read_case_text(folder: Path, text: str) -> list[str]:
    path = folder / "casus.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        read_one(path, knowledge())
    except KnowledgeError as error:
        return [f"{item.line}:{item.code}:{item.suggestion}" for item in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ("gemotiveerd: ja", "gemotiveerd: nee", []),
        ("gemotiveerd: ja", "gemotiveerd: misschien", ["8:antwoord-onjuist:"]),
        ("gemotiveerd: ja", "gemotiverd: ja", ["8:naam-onbekend:gemotiveerd"]),
        ("gemotiveerd: ja", "duur: 500", ["8:antwoord-onjuist:"]),
        ("gemotiveerd: ja", "duur: lang", ["8:antwoord-onjuist:"]),
        ("gemotiveerd: ja", "richting: zorgg", ["8:antwoord-onjuist:zorg"]),
        ("gemotiveerd: ja", "laatste_cursus: 3", ["8:antwoord-onjuist:"]),
        ("gemotiveerd: ja", "instantie: uwv", ["8:naam-onbekend:"]),
        ("gemotiveerd: ja", "duur: {betwist: {client: 3, werkgever: 4}}", []),
        ("gemotiveerd: ja", "duur: {betwist: {client: 3, werkgever: 3}}", ["8:antwoord-onjuist:"]),
        ("gemotiveerd: ja", "duur: {betwist: {client: 3}}", ["8:antwoord-onjuist:"]),
        ("instantie: uwv", "instantie: proefdrop", ["5:niet-gedekt:"]),
        ("[proef]", "[proeff]", ["6:niet-gedekt:"]),
        ("2026-11-22", "2020-11-22", ["4:niet-gedekt:"]),
        ("  overig: te_bepalen\n", "", ["9:verwacht-ontbreekt:"]),
        ("[proef.inzetten]", "[proef.inzeten]", ["10:naam-onbekend:proef.inzetten"]),
        (
            "[proef.inzetten]",
            "[proef.inzetten, proef.inzetten]",
            ["10:verwacht-dubbel:"],
        ),
        ("te_bepalen", "te_bepaln", ["11:waarde-onbekend:te_bepalen"]),
        ("titel: Een casus\n", "", ["1:sleutel-ontbreekt:"]),
    ],
)
def test_a_case_file(tmp_path: Path, old: str, new: str, findings: list[str]) -> None:
    assert old in CASE
    assert read_case_text(tmp_path, CASE.replace(old, new)) == findings


def test_a_case_expects_a_status_of_every_rule(tmp_path: Path) -> None:
    (tmp_path / "een.yaml").write_text(CASE, encoding="utf-8")
    (read,), findings = read_cases(tmp_path, knowledge())
    assert not findings
    assert read.expected == {
        "proef.inzetten": Status.HOLDS,
        "proef.te-duur": Status.OPEN,
        "proef.kosten-bespreken": Status.OPEN,
    }
    assert read.lines["proef.inzetten"] == 10


def test_two_cases_with_one_id_are_reported(tmp_path: Path) -> None:
    for name in ("een.yaml", "twee.yaml"):
        (tmp_path / name).write_text(CASE, encoding="utf-8")
    cases, findings = read_cases(tmp_path, knowledge())
    assert len(cases) == 1
    assert [finding.code for finding in findings] == ["id-dubbel"]


def test_an_answer_replaces_what_was_there() -> None:
    start: Case = case(duur=3)
    assert start.answer(knowledge(), "duur", 4).known == {"duur": 4}
    unknown = start.answer(knowledge(), "duur", "onbekend")
    assert (dict(unknown.known), set(unknown.unknown)) == ({}, {"duur"})
    disputed = unknown.answer(knowledge(), "duur", "betwist")
    assert (set(disputed.unknown), dict(disputed.disputed)) == (set(), {"duur": {}})
    assert disputed.answer(knowledge(), "duur", None) == case()
    assert start.known == {"duur": 3}


@pytest.mark.parametrize(
    ("name", "raw"),
    [("duur", True), ("duur", "1"), ("duur", -1), ("gemotiveerd", True), ("laatste_cursus", "x")],
)
def test_an_answer_of_another_type_is_refused(name: str, raw: object) -> None:
    with pytest.raises(AnswerError):
        check_answer(knowledge().facts[name], raw)

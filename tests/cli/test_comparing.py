"""Two versions of the knowledge on the command line: folders, revisions, and what goes wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.case import Case
from engine.cli import comparing
from engine.consequences import Stage
from engine.consult import consult
from engine.decisions import ErasureGround, Record, follow
from engine.loading import load
from tests.cli.test_cli import leidraad, spoil, world
from tests.engine.worlds import TODAY

__all__ = ["world"]
LIMIT = ("parameters/proef.yaml", "2026-01-01, waarde: 2500", "2026-01-01, waarde: 3000")
RULE = "proef.te-duur"


@pytest.fixture
def versions(world: Path) -> Path:
    """The world with a second folder, in which a threshold is higher."""
    shutil.copytree(world / "kennis", world / "nieuw")
    name, old, new = LIMIT
    spoil(world, f"nieuw/{name}", old, new)
    return world


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Proef", "-c", "user.email=proef@example.invalid"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def told(world: Path, *arguments: str) -> Any:
    done = leidraad(world, "vergelijk", *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_report_says_for_whom_and_why(versions: Path) -> None:
    done = leidraad(versions, "vergelijk", str(versions / "kennis"), str(versions / "nieuw"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# Wat een nieuwe versie van de kennis verandert\n")
    assert "Was: 2.500 euro vanaf 1 januari 2026" in done.stdout
    assert "### Vervalt: Zet de scholing niet in" in done.stdout
    assert "**Kleinste casus:** Een casus (proef-een; UWV, 22 november 2026)" in done.stdout
    assert "De opleiding kost 2.700 euro (hoogstens 3.000 euro)." in done.stdout
    assert "dossier" not in done.stdout


def test_the_same_folder_twice_changes_nothing(versions: Path) -> None:
    found = told(versions, str(versions / "kennis"), str(versions / "kennis"))
    assert (found["gelijk"], found["kennis"], found["dossier"]) == (True, [], None)
    assert found["clienten"] == {
        "bewezen_gelijk": True,
        "gelijke_regels": 3,
        "niet_nagegaan": [],
        "verschillen": [],
    }
    assert found["casussen"] == {
        "vergeleken": 1,
        "geraakt": 0,
        "alleen_status": 0,
        "andere_vragen": 0,
        "verschillen": [],
        "tegenspraak": [],
        "niet_vergeleken": [],
    }


def test_the_new_version_is_the_knowledge_of_now_unless_another_is_named(versions: Path) -> None:
    found = told(versions, str(versions / "nieuw"))
    assert found["nieuw"] == str(versions / "kennis")
    turns = {(one["regel"], one["verandering"]) for one in found["casussen"]["verschillen"]}
    assert (RULE, "komt_erbij") in turns


def test_revisions_of_git_are_read_without_touching_what_is_there(versions: Path) -> None:
    git(versions, "init", "--quiet")
    git(versions, "add", "kennis")
    git(versions, "commit", "--quiet", "-m", "oud")
    git(versions, "tag", "v1")
    name, old, new = LIMIT
    spoil(versions, f"kennis/{name}", old, new)
    assert told(versions, "v1", str(versions / "kennis"))["casussen"]["geraakt"] == 1
    git(versions, "commit", "--quiet", "-am", "nieuw")
    found = told(versions, "v1", "HEAD")
    assert [(one["soort"], one["id"], one["wat"]) for one in found["kennis"]] == [
        ("parameter", "kosten_grens", "anders")
    ]
    assert new in (versions / "kennis" / name).read_text(encoding="utf-8")
    assert told(versions, "HEAD", "HEAD")["gelijk"] is True


def test_a_page_is_made_and_the_report_is_not_written_twice(versions: Path) -> None:
    page = versions / "verschil.html"
    where = (str(versions / "kennis"), str(versions / "nieuw"))
    done = leidraad(versions, "vergelijk", *where, "--html", str(page))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"gemaakt: {page}\n"
    assert page.read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="nl-NL">')
    failed = leidraad(versions, "vergelijk", *where, "--html", str(versions))
    assert failed.returncode == 2
    assert failed.stderr.startswith("Het verslag kan niet worden opgeslagen: ")


def test_what_begins_later_counts_unless_each_case_is_held_to_its_own_day(versions: Path) -> None:
    spoil(
        versions,
        "nieuw/parameters/proef.yaml",
        "{vanaf: 2026-01-01, waarde: 3000",
        "{vanaf: 2026-01-01, tot_en_met: 2026-12-31, waarde: 2500, bronnen: "
        '["proefwet#4"], zekerheid: gelezen}\n      - {vanaf: 2027-01-01, waarde: 3000',
    )
    where = (str(versions / "kennis"), str(versions / "nieuw"))
    assert told(versions, *where)["casussen"]["geraakt"] == 1
    on_the_day = told(versions, *where, "--op-datum")
    assert (on_the_day["casussen"]["geraakt"], on_the_day["clienten"]) == (0, None)


def test_a_case_that_one_version_cannot_read_is_named_with_the_place(versions: Path) -> None:
    spoil(versions, "nieuw/feiten/proef.yaml", "id: notitie", "id: aantekening")
    spoil(versions, "casussen/proef/een.yaml", "  kosten: 2700", "  kosten: 2700\n  notitie: kort")
    found = told(versions, str(versions / "kennis"), str(versions / "nieuw"))
    (unread,) = found["casussen"]["niet_vergeleken"]
    assert unread["bestand"] == "casussen/proef/een.yaml"
    assert unread["oud"] == ""
    assert re.match(r"casussen/proef/een.yaml:9:3  NAAM-ONBEKEND  ", unread["nieuw"])


def test_what_a_case_expects_is_about_one_version_only(versions: Path) -> None:
    spoil(
        versions, "nieuw/protocollen/proef/2026-01-01.yaml", "proef.kosten-bespreken", "proef.praat"
    )
    found = told(versions, str(versions / "kennis"), str(versions / "nieuw"))
    assert found["casussen"]["niet_vergeleken"] == []


def broken(world: Path) -> list[str]:
    spoil(world, "nieuw/feiten/proef.yaml", "maximum: 120", "maximum: 012")
    return [str(world / "kennis"), str(world / "nieuw")]


def broken_old(world: Path) -> list[str]:
    return broken(world)[::-1]


def broken_revision(world: Path) -> list[str]:
    spoil(world, "kennis/feiten/proef.yaml", "maximum: 120", "maximum: 012")
    git(world, "init", "--quiet")
    git(world, "add", "kennis")
    git(world, "commit", "--quiet", "-m", "stuk")
    return ["HEAD", str(world / "nieuw")]


@pytest.mark.parametrize(
    ("spoiled", "which"), [(broken, "nieuwe"), (broken_old, "oude"), (broken_revision, "oude")]
)
def test_a_version_that_cannot_be_read_is_told_with_the_place(
    versions: Path, spoiled: Callable[[Path], list[str]], which: str
) -> None:
    done = leidraad(versions, "vergelijk", *spoiled(versions))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"De {which} versie (")
    assert "feiten/proef.yaml:16:14  GETAL-NUL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "name", ["weg", "v9.9", "HEAD~999", "--hulp", "a b", "", "kennis/bronnen.yaml"]
)
def test_a_version_that_is_not_there_is_said_in_a_line(versions: Path, name: str) -> None:
    done = leidraad(versions, "vergelijk", "--", name, str(versions / "nieuw"))
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"'.*' is geen map, en git kent .*\n", done.stderr)


def test_without_git_a_revision_cannot_be_read_but_a_folder_can(
    versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(versions))
    done = leidraad(versions, "vergelijk", "v1")
    assert done.returncode == 2
    assert done.stderr == "Voor een versie uit git is git nodig, en dat is er niet. Noem een map.\n"
    assert leidraad(versions, "vergelijk", str(versions / "nieuw")).returncode == 0


def test_without_cases_or_knowledge_it_says_so(versions: Path) -> None:
    (versions / "leeg").mkdir()
    empty = leidraad(versions, "vergelijk", str(versions / "leeg"))
    assert empty.returncode == 2
    assert "geen enkel YAML-bestand" in empty.stderr
    gone = leidraad(versions, "vergelijk", str(versions / "nieuw"), "--casussen", "weg")
    assert (gone.returncode, gone.stderr) == (2, "De map weg bestaat niet.\n")


def decided(world: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Record so many decisions, of which one in a case that is erased."""
    monkeypatch.delenv("LEIDRAAD_DATABASE_URL", raising=False)
    monkeypatch.setenv("LEIDRAAD_DATA", str(world / "data"))
    knowledge = load(world / "kennis")
    with Record.open() as record:
        for one in range(number + 1):
            case = Case(f"c-{one}", TODAY, "uwv", ("proef",))
            for name, raw in (("kosten", 2700), ("richting", "horeca")):
                case = case.answer(knowledge, name, raw)
            record.open_case(case, title="Een casus", story="", actor="an")
            made = follow(consult(knowledge, case), RULE, decided_on=TODAY)
            record.decide(made, consult(knowledge, case), actor="an", knowledge=knowledge)
        record.erase(f"c-{number}", ErasureGround.REQUEST, actor="an")


@pytest.mark.parametrize(("number", "shown"), [(5, 5), (4, None)])
def test_the_decisions_of_the_past_are_counted_when_there_are_enough(
    versions: Path, monkeypatch: pytest.MonkeyPatch, number: int, shown: int | None
) -> None:
    decided(versions, monkeypatch, number)
    where = (str(versions / "kennis"), str(versions / "nieuw"), "--dossier")
    found = told(versions, *where)["dossier"]
    assert found["alles"]["totaal"] == shown
    assert found["alles"]["uitkomsten"] == ({"verliest_advies": shown} if shown else {})
    assert found["te_weinig"] == (0 if shown else 1)
    text = leidraad(versions, "vergelijk", *where).stdout
    assert ("| Dan is er geen advies meer over de stap | 5 |" in text) is (shown == 5)
    assert "c-0" not in text
    assert not re.search(r"\ban\b", text)


def test_a_long_record_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    for done in (1, 999, 1000, 2000, 2500):
        comparing._progress(Stage.DECISIONS, done, 2500)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "1.000 situaties uit het dossier bekeken, van 2.500.\n"
        "2.000 situaties uit het dossier bekeken, van 2.500.\n"
    )

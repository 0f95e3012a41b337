"""The commands on the log, as their users meet them."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from engine import paths
from engine.case import Case
from engine.decisions import Access, Actor, Record, Role
from tests.cli.test_cli import leidraad, world

__all__ = ["world"]
CASE = "proef-een"


@pytest.fixture
def filled(world: Path) -> Path:
    assert leidraad(world, "voorbeelden").returncode == 0
    return world


def test_a_whole_chain_gives_its_seal_and_finds_it_back(filled: Path) -> None:
    done = leidraad(filled, "logboek", "verifieer")
    assert done.returncode == 0
    assert "1 gebeurtenis nagerekend. De keten is heel." in done.stdout
    seal = done.stdout.split()[-1]
    found = leidraad(filled, "logboek", "verifieer", "--zegel", seal.upper())
    assert (found.returncode, "bij gebeurtenis 1" in found.stdout) == (0, True)
    other = leidraad(filled, "logboek", "verifieer", "--zegel", "0" * 64)
    assert (other.returncode, "staat niet in de keten" in other.stderr) == (1, True)
    assert leidraad(filled, "logboek", "verifieer", "--zegel", "kort").returncode == 2


def test_the_first_break_is_named(filled: Path) -> None:
    (file,) = filled.rglob("leidraad.db")
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET actor = 'een ander'")
    connection.close()
    done = leidraad(filled, "logboek", "verifieer")
    assert done.returncode == 1
    assert "gebroken bij gebeurtenis 1: de inhoud is niet meer" in done.stderr


def test_a_client_gets_everything_to_read_and_for_a_machine(filled: Path) -> None:
    target = filled / "inzage.zip"
    done = leidraad(filled, "logboek", "inzage", CASE, "--naar", str(target))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as packed:
        assert set(packed.namelist()) == {"overzicht.docx", "gegevens.json"}
        said = json.loads(packed.read("gegevens.json"))
    (event,) = said["gebeurtenissen"]
    assert (said["casus"], event["soort"]) == (CASE, "case_opened")
    assert event["inhoud"]["story"] == "Een verzonnen cliënt wil leren."
    assert event["inhoud"]["facts"] == {"kosten": 2700}
    assert leidraad(filled, "logboek", "inzage", "weg", "--naar", str(target)).returncode == 2


def test_a_case_is_erased_once_it_is_confirmed(filled: Path) -> None:
    wrong = leidraad(filled, "logboek", "wis", CASE, "--grond", "verzoek")
    assert wrong.returncode == 2
    done = leidraad(filled, "logboek", "wis", CASE, "--grond", "verzoek", "--ja")
    assert (done.returncode, "is gewist op" in done.stdout) == (0, True)
    # A client may ask, but a public body often may not.
    assert "mag dat vaak niet doen" in done.stderr
    assert "andere bestanden die al zijn gemaakt" in done.stderr
    target = str(filled / "inzage.zip")
    gone = leidraad(filled, "logboek", "inzage", CASE, "--naar", target)
    assert (gone.returncode, "gewist" in gone.stderr) == (2, True)
    assert leidraad(filled, "logboek", "verifieer").returncode == 0
    # The example doesn't come back by itself.
    assert "0 voorbeeld" in leidraad(filled, "voorbeelden").stdout


def test_a_case_whose_term_is_not_over_is_not_erased_for_it(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = ("--kennis", str(paths.knowledge_folder()))
    monkeypatch.setenv("LEIDRAAD_DATA", str(filled / "data"))
    with Record.open() as record:
        case = Case("c-echt", date(2026, 11, 22), "uwv", ("scholing",))
        record.open_case(case, title="T", story="", actor="ik")
    wipe = ("logboek", "wis", "c-echt", "--ja", "--grond")
    early = leidraad(filled, *wipe, "termijn", *knowledge)
    assert (early.returncode, "nog niet voorbij" in early.stderr) == (2, True)
    assert leidraad(filled, *wipe, "vergissing").returncode == 0


def test_who_read_along_can_be_looked_over(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert leidraad(filled, "logboek", "meelezers").stdout == "0 keer meegelezen.\n"
    monkeypatch.setenv("LEIDRAAD_DATA", str(filled / "data"))
    with Record.open() as record:
        case = Case("c-echt", date(2026, 11, 22), "uwv", ("scholing",))
        record.open_case(case, title="T", story="", actor="p-an")
        record.people.meet("p-mo", "Mo Smit", "mo@example.org")
        reader = Actor("p-mo", "Mo Smit", frozenset({Role.MANAGER}))
        Access(record, reader, uuid4()).history("c-echt")
    first, last = leidraad(filled, "logboek", "meelezers").stdout.splitlines()
    assert first.endswith(": Mo Smit (leidinggevende), casus c-echt")
    assert last == "1 keer meegelezen."


def test_a_note_is_recorded_and_its_consultation_can_be_done_again(filled: Path) -> None:
    target = str(filled / "verslag.md")
    for _ in range(2):
        done = leidraad(filled, "verslag", CASE, "--vorm", "md", "--naar", target)
        assert done.returncode == 0, done.stderr
    text = Path(target).read_text(encoding="utf-8")
    seal = next(line for line in text.splitlines() if "Zegel van het logboek" in line)
    found = leidraad(filled, "logboek", "verifieer", "--zegel", seal.split("|")[2].strip())
    assert "bij gebeurtenis 2" in found.stdout
    again = leidraad(filled, "logboek", "herhaal", CASE)
    assert (again.returncode, again.stdout.count("hetzelfde advies")) == (0, 1)


def test_the_chain_is_proved_without_any_key(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEIDRAAD_HOOFDSLEUTEL", "geen sleutel")
    done = leidraad(filled, "logboek", "verifieer")
    assert (done.returncode, "De keten is heel" in done.stdout) == (1, True)
    assert "niet na te gaan" in done.stderr
    assert "openssl rand" in done.stderr


def test_checking_a_record_changes_nothing_in_it(filled: Path) -> None:
    (file,) = filled.rglob("leidraad.db")
    with sqlite3.connect(file) as connection:
        connection.execute("DROP INDEX events_erased")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    connection.close()
    before = file.read_bytes()
    done = leidraad(filled, "logboek", "verifieer")
    assert (done.returncode, "De keten is heel" in done.stdout) == (0, True)
    assert "nog niet bijgewerkt" in done.stderr
    assert file.read_bytes() == before
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    done = leidraad(filled, "logboek", "verifieer")
    assert (done.returncode, "nog geen keten" in done.stderr) == (2, True)


def test_checking_makes_no_record(world: Path) -> None:
    done = leidraad(world, "logboek", "verifieer")
    assert (done.returncode, "geen bestand" in done.stderr) == (2, True)
    assert not list(world.rglob("leidraad.db"))

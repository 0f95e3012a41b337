"""The command line as its users meet it: a process, its output and its exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from engine import VERSION, paths
from engine.schema import FILE_KINDS

PROEF = Path(__file__).parents[1] / "engine" / "kennis"
CASE = """casus: proef-een
titel: Een casus
verhaal: Een verzonnen cliënt wil leren.
peildatum: 2026-11-22
instantie: uwv
protocollen: [proef]
feiten:
  kosten: 2700
voorbeeld: ja
verwacht:
  geldt: [proef.te-duur]
  vervalt: [proef.inzetten]
  te_bepalen: [proef.kosten-bespreken]
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with small knowledge, one case and a record of its own."""
    shutil.copytree(PROEF, tmp_path / "kennis")
    (tmp_path / "casussen" / "proef").mkdir(parents=True)
    (tmp_path / "casussen" / "proef" / "een.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def leidraad(world: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "LEIDRAAD_KENNIS": str(world / "kennis"),
        "LEIDRAAD_CASUSSEN": str(world / "casussen"),
        "LEIDRAAD_DATA": str(world / "data"),
        "COLUMNS": "100",
        "TERM": "dumb",
        "NO_COLOR": "1",
    }
    environment.pop("LEIDRAAD_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        env=environment,
        timeout=60,
    )


def spoil(world: Path, name: str, old: str, new: str) -> None:
    path = world / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_raadpleeg_tells_a_person_what_to_do_and_why(world: Path) -> None:
    done = leidraad(world, "raadpleeg", str(world / "casussen/proef/een.yaml"))
    assert done.returncode == 0
    assert "GELDT\n- Zet de scholing niet in" in done.stdout
    assert "de opleiding kost 2.700 euro (meer dan 2.500 euro)" in done.stdout
    assert "VERVALT\n- Zet de scholing in" in done.stdout
    assert "Gaat voor: Te duur" in done.stdout
    assert "VRAAG NU EERST" in done.stdout
    assert done.stderr == ""


def test_raadpleeg_tells_a_machine_the_same(world: Path) -> None:
    done = leidraad(world, "raadpleeg", str(world / "casussen/proef/een.yaml"), "--json")
    told = json.loads(done.stdout)
    statuses = {item["regel"]: item["status"] for item in told["adviezen"]}
    assert statuses == {
        "proef.inzetten": "vervalt",
        "proef.te-duur": "geldt",
        "proef.kosten-bespreken": "te_bepalen",
    }
    assert told["bewijs"]["parameters"]["kosten_grens"] == 2500


def test_raadpleeg_says_why_a_step_is_not_advised(world: Path) -> None:
    here = str(world / "casussen/proef/een.yaml")
    done = leidraad(world, "raadpleeg", here, "--waarom-niet", "scholing_inzetten")
    assert done.returncode == 0
    assert "Waarom niet: Zet de scholing in" in done.stdout
    assert "Eén regel kan dat doen; daarbij" in done.stdout
    assert "VERVALT: Inzetten (Proefprotocol)" in done.stdout
    assert "Gaat voor: Te duur" in done.stdout
    told = json.loads(
        leidraad(world, "raadpleeg", here, "--waarom-niet", "scholing_inzetten", "--json").stdout
    )
    assert told["regels"][0]["vervalt_door"] == ["proef.te-duur"]
    assert told["regels"][0]["ontbreekt"] == ["richting", "gemotiveerd", "duur"]
    assert told["tegengesteld"] == ["proef.te-duur"]


def test_raadpleeg_helps_with_the_name_of_a_step(world: Path) -> None:
    here = str(world / "casussen/proef/een.yaml")
    done = leidraad(world, "raadpleeg", here, "--waarom-niet", "scholing_inzeten")
    assert done.returncode == 2
    assert done.stderr == (
        "Er is geen handeling die 'scholing_inzeten' heet. Bedoelde u 'scholing_inzetten'?\n"
    )


def test_controleer_counts_what_it_checked(world: Path) -> None:
    done = leidraad(world, "controleer")
    assert done.returncode == 0
    assert "1 protocol" in done.stdout
    assert "3 regels" in done.stdout


def test_controleer_shows_what_is_wrong_with_a_client_and_saves_it_as_a_case(world: Path) -> None:
    spoil(
        world,
        "kennis/protocollen/proef/2026-01-01.yaml",
        "      kosten: {meer_dan: kosten_grens}",
        "      alle: [gemotiveerd: ja, gemotiveerd: nee, kosten: {meer_dan: kosten_grens}]",
    )
    folder = world / "getuigen"
    done = leidraad(world, "controleer", "--getuigen", str(folder))
    assert done.returncode == 1
    assert "proef/2026-01-01.yaml:23:7  REGEL-NOOIT  De regel 'proef.te-duur'" in done.stderr
    assert "    Verzonnen cliënt bij UWV, 1 januari 2026." in done.stderr
    assert "    - de opleiding kost 2.501 euro" in done.stderr
    assert "1 fout," in done.stderr
    saved = sorted(folder.iterdir())
    assert f"{len(saved)} getuigen opgeslagen als casus in {folder}." in done.stdout
    assert any(path.name.startswith("getuige-regel-nooit-") for path in saved)
    saved[0].write_text("van mij", encoding="utf-8")
    again = leidraad(world, "controleer", "--getuigen", str(folder))
    assert "0 getuigen opgeslagen" in again.stdout
    assert saved[0].read_text(encoding="utf-8") == "van mij"


def test_saved_witnesses_pass_as_cases_and_fill_the_gaps(world: Path) -> None:
    done = leidraad(world, "controleer", "--getuigen", str(world / "casussen" / "getuigen"))
    assert done.returncode == 0
    assert list((world / "casussen" / "getuigen").iterdir())
    done = leidraad(world, "toets", "--getuigen", str(world / "casussen" / "gaten"))
    assert "STATUS-ANDERS" not in done.stderr
    assert "DEKKING" in done.stderr
    done = leidraad(world, "toets")
    assert done.returncode == 0, done.stderr
    assert "3 van 3 regels waar, onwaar en onbekend" in done.stdout


def test_warnings_alone_are_shown_and_do_not_fail(world: Path) -> None:
    done = leidraad(world, "controleer")
    assert done.returncode == 0
    assert "GRENS-LOS (let op)" in done.stderr
    assert "0 fouten," in done.stderr
    assert "Er zijn geen fouten." in done.stdout


def test_a_witness_of_knowledge_that_is_too_much_is_not_saved(world: Path) -> None:
    parts = "".join(
        f"        - alle: [duur: {{gelijk_aan: {n}}}, kosten: {{gelijk_aan: {n}}}]\n"
        for n in range(16)
    )
    spoil(
        world,
        "kennis/protocollen/proef/2026-01-01.yaml",
        "      kosten: {meer_dan: kosten_grens}\n",
        f"      minstens: 8\n      van:\n{parts}",
    )
    done = leidraad(world, "controleer", "--getuigen", str(world / "getuigen"))
    assert done.returncode == 1
    assert "TE-INGEWIKKELD" in done.stderr
    assert "REGEL-NOOIT" in done.stderr
    assert "0 getuigen opgeslagen" in done.stdout
    assert "Traceback" not in done.stderr


def test_witnesses_that_cannot_be_saved_are_said_in_a_sentence(world: Path) -> None:
    taken = world / "bezet"
    taken.write_text("een bestand", encoding="utf-8")
    done = leidraad(world, "controleer", "--getuigen", str(taken))
    assert done.returncode == 2
    assert "De getuigen kunnen niet worden opgeslagen" in done.stderr
    assert "Traceback" not in done.stderr


def test_toets_shows_the_coverage_and_fails_on_gaps(world: Path) -> None:
    done = leidraad(world, "toets", "--dekking")
    assert done.returncode == 1
    assert "DEKKING (let op)  Geen enkele casus maakt 'proef.inzetten' waar." in done.stderr
    assert "    - de opleiding is in de richting" in done.stderr
    assert "proef.te-duur" in done.stdout
    assert "1 casus, 3 verwachtingen" in done.stdout


def test_toets_names_the_status_that_differs_and_its_line(world: Path) -> None:
    spoil(world, "casussen/proef/een.yaml", "  vervalt: [", "  geldt_niet: [")
    done = leidraad(world, "toets")
    assert done.returncode == 1
    assert "casussen/proef/een.yaml:12:1  STATUS-ANDERS" in done.stderr
    assert "Vervalt door: proef.te-duur." in done.stderr


def test_the_real_knowledge_passes_with_every_rule_covered() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "engine", "toets"],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["controleer", "toets", "schema", "voorbeelden"])
def test_broken_knowledge_is_a_finding_with_its_place(world: Path, command: str) -> None:
    spoil(world, "kennis/feiten/proef.yaml", "maximum: 120", "maximum: 012")
    done = leidraad(world, command)
    assert done.returncode == 1
    assert "feiten/proef.yaml:16:14  GETAL-NUL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_threshold_that_some_authority_lacks_is_a_finding(world: Path) -> None:
    spoil(world, "kennis/parameters/proef.yaml", "waarde: 12,", "voor: uwv, waarde: 12,")
    done = leidraad(world, "controleer")
    assert done.returncode == 1
    assert "NIET-GEDEKT" in done.stderr
    assert "Gemeente Proefdorp" in done.stderr


def test_a_threshold_that_ends_too_early_is_a_finding(world: Path) -> None:
    spoil(
        world,
        "kennis/parameters/proef.yaml",
        "waarde: 12,",
        "tot_en_met: 2026-06-30, waarde: 12,",
    )
    done = leidraad(world, "controleer")
    assert done.returncode == 1
    assert "op 1 juli 2026" in done.stderr


def test_a_broken_case_is_a_finding(world: Path) -> None:
    spoil(world, "casussen/proef/een.yaml", "kosten: 2700", "kostn: 2700")
    for command in (("raadpleeg", str(world / "casussen/proef/een.yaml")), ("controleer",)):
        done = leidraad(world, *command)
        assert done.returncode == 1
        assert "(bedoelde u 'kosten'?)" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["raadpleeg", "weg.yaml"], "bestaat niet"),
        (["raadpleeg"], "er ontbreekt een argument"),
        (["raadplegen"], "deze opdracht kent Leidraad niet"),
        (["controleer", "--bestaat-niet"], "bestaat niet"),
        (["controleer", "--kennis", "weg"], "De map weg bestaat niet"),
        (["toets", "--casussen", "tests/cli"], "er is niets getoetst"),
        (["controleer", "--kennis", "tests/cli"], "geen enkel YAML-bestand"),
        (["toets", "--casussen", "weg"], "bestaat niet"),
        (["controleer", "--casussen", "tests/cli"], "niet gecontroleerd"),
    ],
)
def test_wrong_use_gives_2_and_one_dutch_line(world: Path, arguments: list[str], said: str) -> None:
    done = leidraad(world, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_command_shows_the_help_and_nothing_else(world: Path) -> None:
    done = leidraad(world)
    assert done.returncode == 2
    assert "Gebruik:" in done.stdout + done.stderr
    assert "Fout" not in done.stderr


def test_a_schema_that_cannot_be_saved_gives_2(world: Path) -> None:
    (world / "kennis" / "schema").write_text("geen map", encoding="utf-8")
    done = leidraad(world, "schema")
    assert done.returncode == 2
    assert "niet worden opgeslagen" in done.stderr
    assert "Traceback" not in done.stderr


def test_cases_without_expectations_are_nothing_tested(world: Path) -> None:
    path = world / "casussen/proef/een.yaml"
    path.write_text(CASE.split("verwacht:")[0], encoding="utf-8")
    assert leidraad(world, "toets").returncode == 2


def test_a_record_that_cannot_be_opened_gives_2(world: Path) -> None:
    (world / "data").write_text("geen map", encoding="utf-8")
    done = leidraad(world, "voorbeelden")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_voorbeelden_fills_the_record_once(world: Path) -> None:
    assert "1 voorbeeld" in leidraad(world, "voorbeelden").stdout
    assert "0 voorbeeld" in leidraad(world, "voorbeelden").stdout


def test_schema_writes_only_what_changed(world: Path) -> None:
    assert leidraad(world, "schema").stdout.count("vernieuwd") == len(FILE_KINDS)
    assert "waren al bij" in leidraad(world, "schema").stdout


@pytest.mark.parametrize(
    "command", ["", "raadpleeg", "controleer", "toets", "voorbeelden", "schema"]
)
def test_help_is_dutch_and_gives_an_example(world: Path, command: str) -> None:
    done = leidraad(world, *([command] if command else []), "--help")
    assert done.returncode == 0
    assert "Gebruik:" in done.stdout
    assert ("Voorbeeld: leidraad" if command else "Afsluitcodes") in done.stdout
    for english in ("Usage", "Options", "Show this message", "Commands", "Arguments"):
        assert english not in done.stdout


def test_the_version_is_told(world: Path) -> None:
    assert leidraad(world, "--versie").stdout == f"leidraad {VERSION}\n"
    assert metadata.version("leidraad") == VERSION


def test_every_example_case_of_the_project_can_be_consulted() -> None:
    examples = [
        path
        for path in sorted(paths.cases_folder().rglob("*.yaml"))
        if "voorbeeld: ja" in path.read_text(encoding="utf-8")
    ]
    assert len(examples) >= 4


# verslag


@pytest.mark.parametrize("kind", ["dossier", "client"])
@pytest.mark.parametrize(("form", "start"), [("md", b"# "), ("docx", b"PK"), ("pdf", b"%PDF-")])
def test_verslag_writes_each_kind_of_file(world: Path, kind: str, form: str, start: bytes) -> None:
    leidraad(world, "voorbeelden")
    to = world / f"verslag.{form}"
    result = leidraad(
        world, "verslag", "proef-een", "--soort", kind, "--vorm", form, "--naar", str(to)
    )
    assert (result.returncode, result.stdout) == (0, f"gemaakt: {to}\n")
    assert to.read_bytes().startswith(start)


def test_verslag_is_a_word_file_for_the_dossier_unless_asked_otherwise(world: Path) -> None:
    leidraad(world, "voorbeelden")
    assert leidraad(world, "verslag", "proef-een", "--naar", str(world / "a")).returncode == 0
    assert (world / "a").read_bytes().startswith(b"PK")


def test_verslag_of_a_case_that_is_not_there_writes_nothing(world: Path) -> None:
    result = leidraad(world, "verslag", "bestaat-niet", "--naar", str(world / "a.docx"))
    assert result.returncode == 2
    assert "Er is geen casus met het kenmerk 'bestaat-niet'" in result.stderr
    assert not (world / "a.docx").exists()


def test_verslag_that_cannot_be_saved_says_why(world: Path) -> None:
    leidraad(world, "voorbeelden")
    result = leidraad(world, "verslag", "proef-een", "--naar", str(world))
    assert result.returncode == 2
    assert "Het verslag kan niet worden opgeslagen" in result.stderr
    assert "Traceback" not in result.stderr

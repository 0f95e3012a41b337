"""From a file to facts: what a column is taken for, what is refused, and what is set aside."""

from __future__ import annotations

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.helpers import click, keys, text, unfold
from tests.app.screening import HEAD, MANY, SCRIPT, at, go_to, places, read, upload

__all__ = ["at", "places"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leeg.csv", "is leeg: 0 bytes"),
        (b"PK\x03\x04kapot", "kapot.xlsx", "is beschadigd of geen echt Excelbestand"),
        (b"PAR1kapot", "kapot.parquet", "kapot.parquet"),
        (b"%PDF-1.7 \x00\x01\x02", "brief.pdf", "brief.pdf"),
    ],
)
def test_a_wrong_file_is_refused_in_dutch_and_leaves_the_first_step(
    at: AppTest, content: bytes, name: str, said: str
) -> None:
    upload(at, content, name)
    assert said in at.error[0].value.replace("\\", "")
    assert "Uw eigen bestand" in text(at)


@pytest.mark.parametrize(
    "rows", ["", "a;Noord;misschien;;;\nb;Noord;ja;wil_graag;veel;\n", "a;x;ja;;;\na;x;ja;;;\n"]
)
def test_a_file_of_which_nothing_remains_runs_no_rule(at: AppTest, rows: str) -> None:
    read(at, HEAD + rows)
    assert "Er blijft geen enkele cliënt over" in text(at)
    assert "doorlichten_begin" not in keys(at)


def test_what_cannot_be_read_is_told_with_its_line(at: AppTest) -> None:
    read(at, MANY + "d1;Noord;misschien;;;\n")
    said = text(at)
    assert "1 rij opzij gezet" in said
    assert "regel 32: 'misschien'" in said
    assert at.get("download_button")


def test_a_suggestion_holds_only_when_it_is_ticked(at: AppTest) -> None:
    upload(at, "nr;aanvraag;Motivatie client\na;J;wil_graag\nb;N;twijfelt\n")
    at.selectbox(key="doorlichten_kenmerk").set_value("nr").run()
    said = text(at) + str([box.label for box in at.checkbox])
    assert "zelfde naam, andere antwoorden" in said
    assert "'J' is ja; 'N' is nee" in said
    click(at, "doorlichten_lees")
    assert "Er blijft geen enkele cliënt over" in text(at)
    click(at, "doorlichten_andere_koppeling")
    at.checkbox(key="doorlichten_voorstel_0").check().run()
    click(at, "doorlichten_lees")
    assert "2 cliënten om te bekijken" in text(at)


def test_a_column_is_coupled_by_hand_with_its_own_words(at: AppTest) -> None:
    upload(at, "dossier;wens\na;graag\nb;liever niet\n")
    unfold(at, "doorlichten_zelf")
    at.selectbox(key="doorlichten_kolom").set_value("wens").run()
    at.selectbox(key="doorlichten_kolom_wordt_0").set_value("motivatie").run()
    at.selectbox(key="doorlichten_cel_motivatie_0").set_value("wil_graag").run()
    at.selectbox(key="doorlichten_cel_motivatie_1").set_value("wil_niet").run()
    click(at, "doorlichten_kolom_zet")
    click(at, "doorlichten_lees")
    assert "2 cliënten om te bekijken, 0 rijen opzij" in text(at)


def test_what_is_the_same_for_everyone_is_said_once(at: AppTest) -> None:
    upload(at, "dossier;motivatie\na;wil_graag\n")
    unfold(at, "doorlichten_zelfde")
    at.selectbox(key="doorlichten_zelfde_feit").set_value("aanvraag").run()
    at.selectbox(key="doorlichten_zelfde_antwoord_aanvraag").set_value("ja").run()
    click(at, "doorlichten_zelfde_zet")
    click(at, "doorlichten_lees")
    unfold(at, "doorlichten_verder")
    assert "Volgens u bij iedereen hetzelfde (1):** de aanvraag: ja" in text(at)


def test_without_a_pseudonym_nothing_is_read(at: AppTest) -> None:
    upload(at, "aanvraag\nja\n")
    click(at, "doorlichten_lees")
    assert "Kies eerst welke kolom" in at.error[0].value
    assert "Wat staat er in de kolommen?" in text(at)


def test_who_someone_is_is_never_used(at: AppTest) -> None:
    upload(at, "dossier;naam;bsn;aanvraag\na;Jansen;123456782;ja\n")
    assert "'bsn' lijkt te zeggen wie de cliënt is" in text(at)
    assert "Jansen" not in text(at)
    click(at, "doorlichten_lees")
    assert "1 cliënt om te bekijken" in text(at)


def test_a_protected_ground_is_warned_for_before_and_beside_the_figures(at: AppTest) -> None:
    rows = "".join(f"c{n};{'A' if n % 2 else 'B'};ja\n" for n in range(40))
    upload(at, f"dossier;nationaliteit;aanvraag\n{rows}")
    unfold(at, "doorlichten_zelf")
    at.selectbox(key="doorlichten_kolom").set_value("nationaliteit").run()
    at.selectbox(key="doorlichten_kolom_wordt_0").set_value("(een groep om te vergelijken)").run()
    assert "Op die grond mag niemand anders worden behandeld" in text(at)
    click(at, "doorlichten_kolom_zet")
    click(at, "doorlichten_lees")
    assert "Op die grond mag niemand anders worden behandeld" in text(at)
    at.checkbox(key="doorlichten_protocollen:proef").check()
    at.selectbox(key="doorlichten_instantie").set_value("proefdorp")
    click(at, "doorlichten_begin")
    go_to(at, "Groepen")
    assert "Op die grond mag niemand anders worden behandeld" in text(at)


def test_a_person_who_works_there_is_no_group(at: AppTest) -> None:
    upload(at, "dossier;klantmanager;aanvraag\na;kees;ja\n")
    unfold(at, "doorlichten_zelf")
    at.selectbox(key="doorlichten_kolom").set_value("klantmanager").run()
    at.selectbox(key="doorlichten_kolom_wordt_0").set_value("(een groep om te vergelijken)").run()
    assert "Leidraad vergelijkt geen personen" in text(at)
    assert "doorlichten_kolom_zet" not in keys(at)


def test_hostile_columns_are_shown_as_they_are(at: AppTest) -> None:
    upload(at, f"dossier;aanvraag;{SCRIPT};=cmd();# kop\na;ja;1;2;3\n")
    unfold(at, "doorlichten_koppeling_nu")
    raw = "\n".join(str(one.value) for one in at.markdown)
    assert SCRIPT not in raw
    assert "\\<script\\>" in raw
    click(at, "doorlichten_lees")
    unfold(at, "doorlichten_verder")
    assert SCRIPT not in "\n".join(str(one.value) for one in at.markdown)


def test_a_workbook_with_more_sheets_asks_which(at: AppTest) -> None:
    book = openpyxl.Workbook()
    book.active.append(["dossier", "aanvraag"])
    book.active.append(["a", "ja"])
    book.create_sheet("Anders").append(["iets"])
    data = io.BytesIO()
    book.save(data)
    upload(at, data.getvalue(), "map.xlsx")
    assert at.selectbox(key="doorlichten_blad").options == ["Sheet", "Anders"]
    click(at, "doorlichten_kies_blad")
    click(at, "doorlichten_lees")
    assert "1 cliënt om te bekijken" in text(at)


def test_a_coupling_of_before_is_used_again(at: AppTest) -> None:
    upload(at, "nr;wens\na;graag\n")
    unfold(at, "doorlichten_koppeling_bestand")
    coupling = (
        "koppeling: eerder\ndossier: nr\nkolommen:\n"
        "  - kolom: wens\n    feit: motivatie\n    waarden: {graag: wil_graag}\n"
    )
    at.file_uploader(key="doorlichten_koppeling").upload(
        "koppeling.yaml", coupling.encode(), "application/yaml"
    ).run()
    assert not at.exception
    click(at, "doorlichten_lees")
    assert "1 cliënt om te bekijken, 0 rijen opzij" in text(at)

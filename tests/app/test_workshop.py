"""The workshop: reading a protocol, changing it, seeing what that does, and making a proposal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

from streamlit.testing.v1 import AppTest

from engine.loading import load
from tests.app.conftest import APP, Start
from tests.app.helpers import click, text, unfold

PAGE = "ui/pages/werkplaats.py"
CLIENT = "casussen/proef/veel-bekend.yaml"
VERSION = "werkplaats_tekst_proef_0_0"


def workshop(start: Start, part: str = "") -> AppTest:
    """Open the workshop; and, if a part is named, that part of the protocol of the tests."""
    at = start()
    at.switch_page(PAGE).run()
    assert not at.exception
    if part:
        click(at, "werkplaats_open_proef")
        go_to(at, part)
    return at


def go_to(at: AppTest, part: str) -> AppTest:
    at.session_state["werkplaats_delen_proef"] = part
    at.run()
    assert not at.exception
    return at


def test_the_list_says_how_each_protocol_is_doing(start: Start) -> None:
    at = workshop(start)
    assert "Proef met cursussen" in text(at)
    click(at, "werkplaats_alles_nakijken")
    assert "Gedekt:" in text(at)


def test_a_protocol_reads(start: Start) -> None:
    at = workshop(start, "Lezen")
    assert "Zet de cursus nu niet in" in text(at)
    go_to(at, "Redenering")
    assert at.get("plotly_chart")
    go_to(at, "Controles")


def test_each_part_shows_its_cases_and_a_client_for_what_no_case_tries(start: Start) -> None:
    at = workshop(start, "Controles")
    click(at, "werkplaats_dekking_proef")
    assert "te vullen met" in text(at)
    folds = [one for one in at.expander if one.icon == ":material/priority_high:"]
    said = text(unfold(at, key := str(folds[0].key)))
    assert "geen casus]" in said
    assert "Verzonnen cliënt" not in said
    assert "Verzonnen cliënt" in text(unfold(at, f"melding_client_{key}_0"))
    assert at.get("download_button")
    at.selectbox(key=key.replace("dekking_", "dekking_deel_")).set_value(0).run()
    assert not at.exception
    assert ":small[proef-" in text(at)
    cases = at.segmented_control(key=f"{key.replace('dekking_', 'dekking_casussen_')}_0")
    assert cases.options[0].startswith("Waar (")
    cases.set_value("waar").run()
    assert not at.exception


def typed(at: AppTest, content: str, field: str = VERSION) -> AppTest:
    """Type in the field for YAML, which sends what it holds."""
    at.session_state[field] = {"text": content}
    at.run()
    assert not at.exception
    return at


def field(at: AppTest) -> dict[str, Any]:
    """Return what the page gave the field for YAML: its text, and its marks."""
    (found,) = at.get("bidi_component")
    data: dict[str, Any] = json.loads(found.proto.json)
    return data


def test_a_mistake_is_marked_on_its_line_while_someone_types(start: Start) -> None:
    at = workshop(start, "Bewerken")
    data = field(at)
    assert data["summary"] == "Geen fouten gevonden."
    assert "U hebt nog niets veranderd" in text(at)
    lines = data["text"].splitlines()
    line = next(i for i, one in enumerate(lines) if "aanvraag: ja" in one)
    lines[line] = lines[line].replace("aanvraag", "aanvrag")
    typed(at, "\n".join(lines) + "\n")
    data = field(at)
    assert data["summary"] == "Gevonden: 1 fout."
    (mark,) = data["marks"]
    assert (mark["line"], mark["column"]) == (line + 1, 7)
    assert "Bedoelde u 'aanvraag'?" in mark["text"]
    # It can't become a proposal, and nothing is worked out with it.
    for part in ("Eén cliënt", "Gevolgen", "Voorstel"):
        assert "Herstel die eerst bij Bewerken." in text(go_to(at, part))


def test_broken_yaml_is_marked_too(start: Start) -> None:
    at = workshop(start, "Bewerken")
    typed(at, field(at)["text"].replace("norm: wet", "norm wet"))
    (mark,) = field(at)["marks"]
    assert mark["error"]
    assert mark["line"] == 12


def test_what_was_typed_is_there_after_a_reload(start: Start) -> None:
    at = workshop(start, "Bewerken")
    typed(at, field(at)["text"].replace("Op een aanvraag hoort", "Bij een aanvraag hoort"))
    again = AppTest.from_file(APP, default_timeout=30).run()
    again.switch_page(PAGE).run()
    assert "U werkt aan een nieuwe versie" in text(again)
    click(again, "werkplaats_open_proef")
    assert "Bij een aanvraag hoort" in field(go_to(again, "Bewerken"))["text"]
    click(again, "werkplaats_weggooien")
    assert "Op een aanvraag hoort" in field(again)["text"]


def test_a_version_that_has_begun_is_not_edited(start: Start, tmp_path: Path) -> None:
    at = workshop(start, "Bewerken")
    typed(at, field(at)["text"].replace(str(begin_of(at)), "2026-01-01"))
    assert "Een versie die al is begonnen" in field(at)["marks"][0]["text"]
    released = (tmp_path / "kennis/protocollen/proef/2026-01-01.yaml").read_bytes()
    assert b"geldig_vanaf: 2026-01-01" in released


def begin_of(at: AppTest) -> date:
    data = field(at)["text"]
    said: str = next(line for line in data.splitlines() if line.startswith("geldig_vanaf"))
    return date.fromisoformat(said.split()[1])


def test_the_file_is_called_after_the_day_on_which_it_begins(start: Start) -> None:
    at = workshop(start, "Bewerken")
    day = begin_of(at)
    chosen = date(day.year + 1, 4, 1)
    at.date_input(key=f"werkplaats_ingang_proef_0_{day}").set_value(chosen).run()
    assert begin_of(at) == chosen
    assert f"protocollen/proef/{chosen}.yaml" in text(at)


def new_limit(at: AppTest, value: int | None, why: str = "Cursussen duren nu korter.") -> AppTest:
    """Fill in a new value for the longest duration, for everyone."""
    at.session_state["werkplaats_manier_proef"] = "grens"
    at.run()
    key = "werkplaats_grens_langste_duur_landelijk_0"
    if value is not None:
        at.number_input(key=f"{key}_waarde").set_value(value)
    if why:
        at.selectbox(key=f"{key}_bron").set_value("proefwet")
        at.text_input(key=f"{key}_plaats").set_value("2 lid 1")
    at.text_area(key=f"{key}_toelichting").set_value(why)
    return click(at, f"{key}_erbij")


def a_client_with(duration: int, folder: Path) -> None:
    """Have the case of whom much is known name a course of so many months."""
    (case,) = folder.rglob("veel-bekend.yaml")
    content = case.read_text(encoding="utf-8")
    assert "duur:" in content
    lines = [
        f"  duur: {duration}" if line.startswith("  duur:") else line
        for line in content.splitlines()
    ]
    case.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_threshold_changes_and_whom_it_touches_is_in_the_proposal(
    start: Start, tmp_path: Path
) -> None:
    a_client_with(9, tmp_path / "casussen")
    at = new_limit(workshop(start, "Bewerken"), 6)
    assert "De nieuwe waarde staat in uw voorstel." in text(at)
    go_to(at, "Eén cliënt")
    at.selectbox(key="werkplaats_client_proef").set_value(CLIENT).run()
    assert "Zet de cursus nu niet in" in text(at)
    go_to(at, "Voorstel")
    assert "Zoek eerst bij Gevolgen uit wie dit raakt." in text(at)
    go_to(at, "Gevolgen")
    click(at, "werkplaats_wie")
    assert "Bij 1 verandert een advies" in text(at)
    click(at, "werkplaats_toets")
    click(at, "werkplaats_controles")
    go_to(at, "Voorstel")
    assert not at.code
    at.text_area(key="werkplaats_waarom_proef").set_value("Korter: zo gaat het nu.").run()
    (code,) = at.code
    assert "+      # Korter: zo gaat het nu.\n" in code.value
    assert "bij 1 casus" in code.value
    assert "+        waarde: 6\n" in code.value
    # What was released stays: nothing goes.
    assert [line for line in code.value.splitlines() if line.startswith("-")][1:] == []


def test_a_value_needs_a_number_and_a_reason(start: Start) -> None:
    at = new_limit(workshop(start, "Bewerken"), None, "")
    said = text(at)
    assert "Vul een heel getal in." in said
    assert "Kies waar deze waarde staat." in said
    assert "Schrijf op waar in de bron" in said
    assert "Schrijf op waarom de grens verandert." in said
    assert "U hebt nog niets veranderd" in said


def test_one_rule_is_changed_in_a_form(start: Start) -> None:
    at = workshop(start, "Bewerken")
    before = field(at)["text"].splitlines()
    at.session_state["werkplaats_manier_proef"] = "formulier"
    at.run()
    at.selectbox(key="werkplaats_regel_proef").set_value(1).run()
    at.text_input(key="werkplaats_regel_proef_1_0_titel").set_value("Wie graag wil")
    at.multiselect(key="werkplaats_regel_proef_1_0_deel_1").set_value(["wil_graag"])
    click(at, "werkplaats_regel_proef_1_0_opslaan")
    at.session_state["werkplaats_manier_proef"] = "tekst"
    at.run()
    after = field(at)["text"].splitlines()
    assert [line for line in after if line not in before] == [
        "    titel: Wie graag wil",
        "        - motivatie: wil_graag",
    ]
    assert len(after) == len(before)


def test_a_proposal_is_written_in_a_folder_of_a_branch_only(start: Start, tmp_path: Path) -> None:
    branch = tmp_path / "tak"
    copytree(tmp_path / "kennis", branch)
    at = workshop(start, "Bewerken")
    typed(at, field(at)["text"].replace("Op een aanvraag hoort", "Bij een aanvraag hoort"))
    name = f"protocollen/proef/{begin_of(at)}.yaml"
    click(go_to(at, "Gevolgen"), "werkplaats_wie")
    go_to(at, "Voorstel")
    at.text_area(key="werkplaats_waarom_proef").set_value("De titel was onduidelijk.").run()
    for folder, said in (
        ("", "Vul een map in."),
        (str(tmp_path), "staat geen map protocollen"),
        (str(tmp_path / "kennis"), "de map waar Leidraad nu mee werkt"),
        (str(branch), "Het voorstel staat in:"),
        (str(branch), "is er al."),
    ):
        at.text_input(key="werkplaats_map_pad").set_value(folder)
        click(at, "werkplaats_map_schrijven")
        assert said in text(at)
    assert not (tmp_path / "kennis" / name).exists()
    made = load(branch).protocols["proef"][-1]
    assert made.file == name
    assert made.protocol.changes[0] == "De titel was onduidelijk."
    assert made.protocol.rules[0].title == "Bij een aanvraag hoort een besluit"

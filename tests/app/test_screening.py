"""Looking through a whole file of clients: whom to look at, and nothing is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import rmtree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.caseload.run import DisagreementError
from engine.caseload.source import SourceError
from engine.consult import consult
from engine.decisions import Record
from engine.loading import load
from engine.paths import knowledge_folder
from engine.prose import sentence
from engine.reasons import reasons_of, step
from tests.app.helpers import click, keys, text, unfold
from tests.app.screening import HEAD, MANY, SCRIPT, at, files, go_to, places, read, screened
from ui.service import today

__all__ = ["at", "places"]


def test_a_file_becomes_a_list_of_whom_to_look_at_and_why(at: AppTest) -> None:
    assert "Leidraad bewaart niets van uw bestand" in text(at)
    read(at)
    assert "30 cliënten om te bekijken, 0 rijen opzij gezet." in text(at)
    at.checkbox(key="doorlichten_protocollen:proef").check()
    at.selectbox(key="doorlichten_instantie").set_value("proefdorp")
    click(at, "doorlichten_begin")
    said = text(at)
    assert "30 cliënten bekeken met 1 protocol" in said
    assert "Leidraad besluit niets" in said
    assert "**c0** :small[team: Zuid]" in said
    assert "de cliënt heeft een cursus gevraagd" in said.lower()


@pytest.mark.parametrize("part", ["Wie valt waar af", "Wat eerst vragen", "Groepen", "Stil"])
def test_every_part_has_a_picture_with_the_same_as_text(at: AppTest, part: str) -> None:
    go_to(screened(at), part)
    drawn = at.get("plotly_chart")
    assert drawn
    folds = [fold for fold in at.expander if fold.label == "Als tekst"]
    assert len(folds) >= 1


def test_one_client_says_all_that_a_consultation_says_and_records_nothing(at: AppTest) -> None:
    screened(at)
    click(at, f"doorlichten_bekijk_{b'c0'.hex()}")
    said = text(at)
    assert "Cliënt c0" in said
    assert "De redenering" in said
    assert "Waarop dit rust" in said
    assert not [key for key in keys(at) if key.startswith(("volgen_", "afwijken_", "probeer_"))]
    unfold(at, "waarom_niet")
    assert not [key for key in keys(at) if key.startswith(("erbij_", "probeer_"))]
    click(at, "doorlichten_terug")
    assert "30 cliënten bekeken" in text(at)


def test_a_client_of_whom_little_is_known_gets_no_question_to_answer_here(at: AppTest) -> None:
    screened(at, HEAD + "c0;Noord;;;;\n")
    assert "Bij geen enkele cliënt adviseert Leidraad een stap." in text(at)
    at.session_state["doorlichten_lijst_status"] = ["te_bepalen"]
    click(at.run(), f"doorlichten_bekijk_{b'c0'.hex()}")
    said = text(at)
    assert "Cliënt c0" in said
    assert "Er geldt nog geen advies" in said
    assert "Beantwoord" not in said


def test_whoever_comes_back_from_a_client_finds_the_list_as_it_was(at: AppTest) -> None:
    screened(at)
    at.text_input(key="doorlichten_lijst_deel").set_value("c1").run()
    click(at, f"doorlichten_bekijk_{b'c12'.hex()}")
    click(at, "doorlichten_terug")
    assert at.text_input(key="doorlichten_lijst_deel").value == "c1"
    assert "11 cliënten met zo'n advies" in text(at)


def test_looking_at_a_client_leaves_the_case_that_is_open_alone(at: AppTest) -> None:
    screened(at)
    at.session_state["wijkt_af_van"] = "proef.te-zwaar"
    click(at, f"doorlichten_bekijk_{b'c0'.hex()}")
    assert at.session_state["wijkt_af_van"] == "proef.te-zwaar"
    assert "waarvan u wilde afwijken" not in text(at)


def test_nothing_of_a_file_comes_in_the_record(at: AppTest) -> None:
    def kept() -> tuple[int, int]:
        with Record.open() as record:
            return record.size(), len(record.cases())

    before = kept()
    screened(at)
    click(at, f"doorlichten_bekijk_{b'c0'.hex()}")
    assert kept() == before


def test_beginning_anew_takes_everything_away(at: AppTest, places: Path) -> None:
    screened(at)
    assert files(places)
    click(at, "doorlichten_opnieuw")
    assert files(places) == []
    assert "Uw eigen bestand" in text(at)


def test_the_end_of_the_session_takes_everything_away(at: AppTest, places: Path) -> None:
    screened(at)
    assert files(places)
    st.cache_resource.clear()  # As Streamlit does for one session when it ends.
    assert list(places.iterdir()) == []


def test_other_rules_keep_the_file_and_another_coupling_reads_it_again(at: AppTest) -> None:
    click(screened(at), "doorlichten_andere_regels")
    assert "Wat Leidraad las" in text(at)
    assert at.selectbox(key="doorlichten_instantie").value == "proefdorp"
    click(at, "doorlichten_andere_koppeling")
    assert "Wat staat er in de kolommen?" in text(at)
    click(at, "doorlichten_lees")
    assert "30 cliënten om te bekijken" in text(at)


def test_small_groups_show_no_figures(at: AppTest) -> None:
    small = "z1;Klein;ja;wil_graag;3;01-10-2026\nz2;Klein;nee;wil_niet;3;01-10-2026\n"
    go_to(screened(at, MANY + small), "Groepen")
    assert "Niet in het plaatje: Klein. Bij 'Als tekst' staat waarom." in text(at)
    unfold(at, "als_tekst_doorlichten_spreiding")
    (row,) = [line for line in text(at).splitlines() if line.startswith("| Klein |")][:1]
    assert "te weinig om te tonen" in row


def test_hostile_names_and_words_are_shown_as_they_are(at: AppTest) -> None:
    rows = f"{SCRIPT};=cmd();ja;wil_graag;3;\n**vet**;[a](http://x.nl);ja;twijfelt;4;\n"
    screened(at, HEAD + rows)
    raw = "\n".join(str(one.value) for one in at.markdown)
    assert "\\<script\\>" in raw
    assert SCRIPT not in raw
    assert "\\*\\*vet\\*\\*" in raw
    key = f"doorlichten_bekijk_{SCRIPT.encode().hex()}"
    click(at, key)
    assert "\\<script\\>" in at.header[0].value


def test_the_rules_have_to_be_chosen(at: AppTest) -> None:
    click(read(at), "doorlichten_begin")
    said = text(at)
    assert "Kies minstens een protocol." in said
    assert "Kies de instantie" in said
    assert "Wat Leidraad las" in said


def test_the_list_is_narrowed_and_turned_over(at: AppTest) -> None:
    screened(at)
    assert "30 cliënten met zo'n advies" in text(at)
    assert "**c10**" not in text(at)
    at.text_input(key="doorlichten_lijst_deel").set_value("c1").run()
    assert "11 cliënten met zo'n advies" in text(at)
    at.selectbox(key="doorlichten_lijst_groep_0").set_value(2).run()
    assert "team: Noord" not in text(at)
    at.text_input(key="doorlichten_lijst_deel").set_value("(").run()
    assert "Niemand past bij deze keuze" in text(at)


def test_without_worked_cases_that_fit_no_file_is_made_up(at: AppTest) -> None:
    click(at, "doorlichten_verzin")
    assert "kan Leidraad geen cliënten verzinnen" in at.error[0].value
    assert "Uw eigen bestand" in text(at)


def test_a_folder_that_is_gone_begins_anew(at: AppTest, places: Path) -> None:
    screened(at)
    for one in places.iterdir():
        rmtree(one)
    at.run()
    assert not at.exception
    assert "Uw eigen bestand" in text(at)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "niet neerzetten: de schijf is vol"),
        (DisagreementError("De twee berekeningen zijn het niet eens."), "niet eens"),
        (SourceError("team.csv is veranderd."), "team.csv is veranderd."),
    ],
)
def test_a_run_that_fails_says_why_and_leaves_nothing_half(
    at: AppTest, places: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def fail(*args: object, **options: object) -> None:
        next(one for one in args if isinstance(one, Path)).joinpath("half").write_text("half")
        raise error

    monkeypatch.setattr("ui.screening.ask.review", fail)
    screened(at)
    assert told in at.error[0].value.replace("\\", "")
    assert "Wat Leidraad las" in text(at)
    assert not [one for one in files(places) if one.name == "half"]


def test_several_outcomes_are_listed_together(at: AppTest) -> None:
    screened(at)
    status = at.pills(key="doorlichten_lijst_status")
    status.set_value(["geldt", "te_bepalen", "ingehouden"]).run()
    assert not at.exception
    assert "cliënten met zo'n advies" in text(at)
    at.pills(key="doorlichten_lijst_status").set_value([]).run()
    assert "Niemand past bij deze keuze" in text(at)


def test_a_client_has_the_steps_and_reasons_of_a_consultation(at: AppTest) -> None:
    content = HEAD + "x;Noord;ja;twijfelt;40;01-01-2026\ny;Zuid;nee;wil_niet;;\n"
    screened(at, content)
    knowledge = load(knowledge_folder())
    known = {"aanvraag": "ja", "motivatie": "twijfelt", "duur": 40}
    case = Case("x", today(), "proefdorp", ("proef",))
    for name, told in {**known, "laatste_gesprek": date(2026, 1, 1)}.items():
        case = case.answer(knowledge, name, told)
    consultation = consult(knowledge, case)
    click(at, f"doorlichten_bekijk_{b'x'.hex()}")
    page = text(at)
    given = [one for one in consultation.advices if one.status.is_given]
    assert given
    for advice in given:
        assert step(advice, knowledge) in page
        assert advice.rule.because in page
        click(at, f"waarom_{advice.rule.id}")
        for reason in reasons_of(advice, consultation, knowledge):
            assert sentence(reason.text) in text(at)


def test_a_file_of_very_many_columns_can_be_looked_through(at: AppTest) -> None:
    columns = [f"kolom {number} van het systeem" for number in range(2_000)]
    head = ";".join(["dossier", "aanvraag", *columns])
    screened(at, f"{head}\na;ja;{';'.join(['x'] * 2_000)}\n")
    assert "1 cliënt bekeken" in text(at)


def test_groups_are_compared_on_what_the_user_chooses(at: AppTest) -> None:
    rows = "".join(
        f"c{n};{'Noord' if n % 2 else 'Zuid'};ja;wil_graag;3;;{'ja' if n % 4 < 2 else 'nee'}\n"
        for n in range(120)
    )
    go_to(screened(at, HEAD.replace("\n", ";geld_over\n") + rows), "Groepen")
    assert "te weinig cliënten" in text(at)  # Of nobody it is known when the last contact was.
    at.selectbox(key="doorlichten_groep_regel").set_value("proef.besluit").run()
    at.selectbox(key="doorlichten_groep_waarover").set_value("geld_over").run()
    at.selectbox(key="doorlichten_groep_antwoord_geld_over").set_value("ja").run()
    assert not at.exception
    assert "Vergeleken is of geldt: er is geld voor de cursus" in text(at)
    assert "Het gaat om ongeveer 120 cliënten" in text(at)
    assert "Wat dit niet kan zeggen" in text(at)

"""Trying other answers: what would change is shown, and nothing is recorded before it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import FactsRecorded, Record, RecordError
from engine.loading import load
from tests.app.conftest import Start
from tests.app.helpers import (
    MUCH_KNOWN,
    OPEN_QUESTION,
    click,
    keys,
    open_case,
    replace,
    text,
    unfold,
)

PAGE, CASES = "ui/pages/wat_als.py", "ui/pages/raadplegen.py"


def what_if(at: AppTest, case: str) -> AppTest:
    """Go from the list to the trial of a case."""
    return visit(open_case(at, case), PAGE)


def visit(at: AppTest, page: str) -> AppTest:
    at.switch_page(page).run()
    assert not at.exception
    return at


def choose(at: AppTest, fact: str, case: str = OPEN_QUESTION) -> AppTest:
    """Take the question of a fact."""
    at.selectbox(key=f"proef_feit_{case}").set_value(fact).run()
    assert not at.exception
    return at


def attempt(at: AppTest, fact: str, value: str, case: str = OPEN_QUESTION) -> AppTest:
    """Try one answer to a question."""
    return click(choose(at, fact, case), f"proef_antwoord_{fact}_{value}")


def recorded(case: str = OPEN_QUESTION) -> list[dict[str, Any]]:
    """Return the answers of every event that recorded any, since the case was opened."""
    with Record.open() as record:
        bodies = [event.body for event in record.history(case)]
    return [dict(body.facts) for body in bodies if isinstance(body, FactsRecorded)]


def events(case: str = OPEN_QUESTION) -> int:
    with Record.open() as record:
        return len(record.history(case))


def record_elsewhere(folder: Path, case_id: str, **answers: Any) -> None:
    """Record answers the way another tab would."""
    knowledge = load(folder / "kennis")
    with Record.open() as record:
        before = after = record.load_case(case_id, knowledge).case
        for fact, raw in answers.items():
            after = after.answer(knowledge, fact, raw)
        record.save_facts(before, after, actor="ander tabblad")


@pytest.fixture
def at(start: Start) -> AppTest:
    return what_if(start(), OPEN_QUESTION)


def test_without_a_case_the_page_says_what_it_is_for(start: Start) -> None:
    at = visit(start(), PAGE)
    assert "Er is geen casus open" in text(at)
    assert at.get("page_link")
    assert not at.selectbox


def test_a_case_that_is_not_in_the_record_is_no_case(start: Start) -> None:
    at = start()
    at.query_params["casus"] = "bestaat-niet"
    assert "Er is geen casus open" in text(visit(at, PAGE))


def test_the_page_says_that_nothing_is_recorded_and_offers_no_decision(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    assert "Dit is een proef. Niets hiervan wordt vastgelegd." in text(at)
    assert not [key for key in keys(at) if key.startswith(("volgen_", "afwijken_", "overslaan_"))]


def test_the_differences_are_named_with_what_decides_now(at: AppTest) -> None:
    before = events()
    assert "de proef is gelijk aan de casus" in text(at)
    attempt(at, "aanvraag", "ja")
    said = text(at)
    assert "Komt erbij] (2)" in said
    assert "Neem een besluit op de aanvraag" in said
    assert "De cliënt heeft een cursus gevraagd." in said
    assert "was: nog te bepalen, wordt: geldt" in said
    assert events() == before


def test_both_sides_are_marked(start: Start) -> None:
    at = what_if(start(), MUCH_KNOWN)
    attempt(at, "belastbaar", "nee", MUCH_KNOWN)
    now, trial = (item.value for item in at.markdown if item.value.startswith("## "))
    assert now.startswith("## Nu")
    assert "Vervalt]  \n  **Zet de cursus in**" in now
    assert trial.startswith("## In de proef")
    assert "Komt erbij]  \n  **Zet de cursus nu niet in**" in trial
    assert "**Zet de cursus in**" not in trial
    said = text(at)
    assert "Nu gaat 'Een te zware cursus niet inzetten' voor" in said
    assert "Niet meer tegenstrijdig:** Zet de cursus in, of juist niet." in said


def test_known_answers_come_first_and_what_no_rule_uses_is_not_offered(start: Start) -> None:
    at = what_if(start(), MUCH_KNOWN)
    offered = at.selectbox(key=f"proef_feit_{MUCH_KNOWN}").options
    assert [one.rpartition("(")[2] for one in offered] == [
        "nu: ja)",
        "nu: aarzelend tegenover de cursus)",
        "nu: 18 maanden)",
        "nu betwist)",
        "nog niet gevraagd)",
    ]
    assert not any("Is er geld" in one for one in offered)


def test_numbers_and_dates_are_typed_and_checked(at: AppTest) -> None:
    choose(at, "duur")
    click(at, "proef_probeer_duur")
    assert "Typ eerst een antwoord" in text(at)
    at.number_input(key=f"proef_invoer_{OPEN_QUESTION}_duur_0").set_value(61)
    click(at, "proef_probeer_duur")
    assert "61 kan niet: van 1 tot en met 60 maanden." in text(at)
    at.number_input(key=f"proef_invoer_{OPEN_QUESTION}_duur_0").set_value(25)
    click(at, "proef_probeer_duur")
    assert "De cursus duurt 25 maanden (langer dan 24 maanden)." in text(at)
    assert "61 kan niet" not in text(at)
    assert events() == 1


def test_unknown_can_be_tried_and_is_not_no(start: Start) -> None:
    at = what_if(start(), MUCH_KNOWN)
    choose(at, "aanvraag", MUCH_KNOWN)
    click(at, "proef_onbekend_aanvraag")
    said = text(at)
    assert "Nog niet bekend: de aanvraag." in said
    assert "was: geldt, wordt: nog te bepalen" in said


def test_changes_stack_and_each_can_be_taken_back(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    attempt(at, "motivatie", "wil_niet")
    assert "Uw proef (2 andere antwoorden)" in text(at)
    click(at, "proef_terug_aanvraag")
    said = text(at)
    assert "Uw proef (1 ander antwoord)" in said
    assert "Neem een besluit op de aanvraag" not in said
    assert "Voer een nieuw gesprek met de cliënt" in said


def test_all_can_be_thrown_away(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    click(at, "proef_weggooien")
    assert "de proef is gelijk aan de casus" in text(at)
    assert events() == 1


def test_the_answer_of_the_case_itself_is_no_change(start: Start) -> None:
    at = what_if(start(), MUCH_KNOWN)
    attempt(at, "aanvraag", "nee", MUCH_KNOWN)
    assert "Uw proef (1 ander antwoord)" in text(at)
    click(at, "proef_antwoord_aanvraag_ja")
    assert "de proef is gelijk aan de casus" in text(at)


def test_what_changes_no_step_is_folded_away(at: AppTest) -> None:
    attempt(at, "aanvraag", "nee")
    assert "De volgende stappen blijven gelijk." in text(at)
    assert "wordt: geldt niet" not in text(at)
    unfold(at, "proef_verder_anders")
    assert "was: nog te bepalen, wordt: geldt niet" in text(at)


def test_the_trial_is_still_there_after_another_page_and_gone_with_the_session(
    at: AppTest, start: Start
) -> None:
    attempt(at, "aanvraag", "ja")
    visit(visit(at, "ui/pages/over.py"), PAGE)
    assert "Uw proef (1 ander antwoord)" in text(at)
    assert at.selectbox(key=f"proef_feit_{OPEN_QUESTION}").value == "aanvraag"
    assert "de proef is gelijk aan de casus" in text(what_if(start(), OPEN_QUESTION))


def test_each_case_has_a_trial_of_its_own(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    visit(at, CASES)
    click(at, "alle_casussen")
    what_if(at, MUCH_KNOWN)
    assert "de proef is gelijk aan de casus" in text(at)


def test_taking_over_is_confirmed_and_makes_one_event(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    attempt(at, "motivatie", "wil_graag")
    click(at, "proef_overnemen_vragen")
    said = text(at)
    assert "Wilt u deze 2 antwoorden vastleggen?" in said
    assert "- De cliënt heeft een cursus gevraagd." in said
    assert "- De cliënt staat achter de cursus." in said
    assert events() == 1
    click(at, "proef_overnemen")
    assert recorded() == [{"aanvraag": "ja", "motivatie": "wil_graag"}]
    assert "2 antwoorden zijn vastgelegd" in text(at)
    assert "de proef is gelijk aan de casus" in text(at)
    assert "wijzig_aanvraag" in keys(visit(at, CASES))


def test_a_double_click_takes_over_once(start: Start) -> None:
    def twice() -> None:
        from uuid import uuid4

        from ui import resources, scratch

        knowledge = resources.working_knowledge()
        case = resources.record().load_case("proef-een-vraag", knowledge).case
        scratch.change(case, "aanvraag", "ja")
        act = uuid4()
        scratch.take_over(case, {"aanvraag": "ja"}, act)
        scratch.take_over(case, {"aanvraag": "ja"}, act)

    start()
    after = AppTest.from_function(twice).run()
    assert not after.exception
    assert recorded() == [{"aanvraag": "ja"}]
    assert {notice.tone for notice in after.session_state["meldingen"]} == {"gelukt"}


def test_a_set_of_answers_replaces_the_trial_and_leads_to_the_page(
    start: Start, tmp_path: Path
) -> None:
    questions = tmp_path / "kennis" / "feiten" / "proef.yaml"
    replace(questions, "- id: aanvraag\n", "- id: aanvraag\n    veranderlijk: ja\n")
    at = what_if(start(), MUCH_KNOWN)
    attempt(at, "motivatie", "wil_niet", MUCH_KNOWN)
    visit(at, CASES)
    click(at, next(key for key in keys(at) if key.startswith("probeer_")))
    said = text(at)
    assert "Dit is een proef. Niets hiervan wordt vastgelegd." in said
    assert "Wat u eerder probeerde, is weg." in said
    assert "De cliënt staat afwijzend tegenover de cursus" not in said
    assert events(MUCH_KNOWN) == 1


def test_not_confirming_records_nothing_and_keeps_the_trial(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    click(at, "proef_overnemen_vragen")
    click(at, "proef_niet_overnemen")
    assert "Uw proef (1 ander antwoord)" in text(at)
    assert events() == 1


def test_another_answer_asks_for_confirmation_anew(at: AppTest) -> None:
    attempt(at, "aanvraag", "ja")
    click(at, "proef_overnemen_vragen")
    attempt(at, "motivatie", "wil_niet")
    assert "proef_overnemen" not in keys(at)


def test_the_trial_moves_along_when_the_case_changes(at: AppTest, tmp_path: Path) -> None:
    attempt(at, "aanvraag", "ja")
    record_elsewhere(tmp_path, OPEN_QUESTION, motivatie="wil_graag")
    at.run()
    said = text(at)
    assert "De casus zelf is intussen veranderd" in said
    assert "Zet de cursus in" in said
    assert "De casus zelf is intussen veranderd" not in text(at.run())


def test_an_answer_that_the_case_has_by_now_leaves_the_trial(at: AppTest, tmp_path: Path) -> None:
    attempt(at, "aanvraag", "ja")
    record_elsewhere(tmp_path, OPEN_QUESTION, aanvraag="ja")
    assert "de proef is leeg" in text(at.run())


def test_what_is_confirmed_is_what_was_shown(at: AppTest, tmp_path: Path) -> None:
    attempt(at, "aanvraag", "ja")
    click(at, "proef_overnemen_vragen")
    record_elsewhere(tmp_path, OPEN_QUESTION, aanvraag="nee", duur=12)
    click(at, "proef_overnemen")
    assert "Er is nog niets opgeslagen" in text(at)
    assert recorded() == [{"aanvraag": "nee", "duur": 12}]
    click(at, "proef_overnemen")
    assert recorded()[1:] == [{"aanvraag": "ja"}]


def test_an_answer_that_no_longer_fits_leaves_the_trial(at: AppTest, tmp_path: Path) -> None:
    attempt(at, "motivatie", "wil_niet")
    folder = tmp_path / "kennis"
    for file in (*folder.rglob("feiten/*.yaml"), *folder.rglob("proef/*.yaml")):
        content = file.read_text(encoding="utf-8")
        file.write_text(content.replace("wil_niet", "wil_beslist_niet"), encoding="utf-8")
    at.run()
    assert "past niet meer bij de vragen van nu: de motivatie" in text(at)
    assert not at.exception


def test_a_case_that_no_rules_cover_says_so(at: AppTest, tmp_path: Path) -> None:
    attempt(at, "aanvraag", "ja")
    folder = tmp_path / "kennis" / "protocollen" / "proef"
    for file in folder.glob("*.yaml"):
        replace(file, "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-12-01")
        file.rename(folder / "2026-12-01.yaml")
    at.run()
    assert "Voor deze casus is geen advies mogelijk, dus ook geen proef." in text(at)
    assert not at.exception


def test_a_record_that_cannot_be_written_says_so(
    at: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RecordError("Het dossier kan niet worden geschreven.")

    attempt(at, "aanvraag", "ja")
    click(at, "proef_overnemen_vragen")
    monkeypatch.setattr(Record, "save_facts", refuse)
    click(at, "proef_overnemen")
    assert "Het dossier kan niet worden geschreven." in text(at)
    assert "Uw proef (1 ander antwoord)" in text(at)


def test_own_judgement_first_keeps_the_advice_hidden_here_too(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    with Record.open() as record:
        record.prefer("professional", "eerst_zelf_oordelen", "ja")
    visit(at, PAGE)
    assert "U wilt eerst zelf oordelen" in text(at)
    assert "Neem een besluit op de aanvraag" not in text(at)

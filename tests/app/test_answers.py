from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Start
from tests.app.helpers import (
    MUCH_KNOWN,
    OPEN_QUESTION,
    answer,
    ask,
    click,
    keys,
    open_case,
    text,
    unfold,
)


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), OPEN_QUESTION)


def test_an_answer_changes_the_advice_at_once(at: AppTest) -> None:
    assert "Er geldt nog geen advies" in text(at)
    answer(at, "aanvraag", "ja")
    assert "Neem een besluit op de aanvraag" in text(at)
    assert "volgen_proef.besluit" in keys(at)
    assert "De cliënt heeft een cursus gevraagd." in text(at)


def test_the_question_says_why_who_and_what_to_be_careful_with(at: AppTest) -> None:
    ask(at, "belastbaar")
    said = text(at)
    assert "Waarom deze vraag:** Een cursus die te zwaar is, helpt niet." in said
    assert "een arbeidsdeskundige" in said
    assert "nooit een diagnose" in said


def test_what_can_no_longer_matter_is_not_asked(at: AppTest) -> None:
    assert "Heeft de cliënt een cursus gevraagd?" in text(at)
    answer(at, "aanvraag", "nee")
    answer(at, "motivatie", "wil_niet")
    # A new talk is advised whatever its date, and without a request nothing else can hold.
    assert "Wanneer was het laatste gesprek" not in text(at)


def test_no_fact_is_asked_that_no_rule_uses(at: AppTest) -> None:
    assert "Is er geld voor de cursus?" not in text(at)


def test_unknown_is_one_click_and_is_not_no(at: AppTest) -> None:
    click(at, "onbekend_aanvraag")
    assert "Nog niet bekend: de aanvraag" in text(at)
    unfold(at, "groep_te_bepalen")
    assert "Heeft de cliënt een cursus gevraagd?" in text(at)
    assert "groep_geldt_niet" not in text(at)
    assert not [label for label in at.expander if "Geldt hier niet" in label.label]


def test_disputed_counts_as_unknown_and_shows_as_disputed(at: AppTest) -> None:
    answer(at, "aanvraag", "ja")
    click(at, "wijzig_aanvraag")
    click(at, "betwist_aanvraag")
    click(at, "betwist_alleen_aanvraag")
    assert "Betwist: de aanvraag" in text(at)
    assert "volgen_proef.besluit" not in keys(at)


def test_what_each_party_says_is_shown(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    assert "de arbeidsdeskundige zegt nee en de cliënt zegt ja" in text(at)


def test_an_answer_can_be_changed_and_taken_back(at: AppTest) -> None:
    answer(at, "aanvraag", "ja")
    click(at, "wijzig_aanvraag")
    assert "Nu vastgelegd: **De cliënt heeft een cursus gevraagd.**" in text(at)
    answer(at, "aanvraag", "nee")
    assert "De cliënt heeft geen cursus gevraagd." in text(at)
    click(at, "wijzig_aanvraag")
    click(at, "weghalen_aanvraag")
    assert "wijzig_aanvraag" not in keys(at)
    assert "Nog niets. Uw antwoorden komen hier te staan" in text(at)


def test_going_back_without_changing_keeps_the_answer(at: AppTest) -> None:
    answer(at, "aanvraag", "ja")
    click(at, "wijzig_aanvraag")
    click(at, "wijzigen_stoppen")
    assert "De cliënt heeft een cursus gevraagd." in text(at)


def test_a_number_is_typed_with_its_unit_and_checked(at: AppTest) -> None:
    ask(at, "duur")
    assert (
        at.number_input(key=f"invoer_{OPEN_QUESTION}_duur").label
        == "Antwoord in maanden (1 tot en met 60)"
    )
    click(at, "vastleggen_duur")
    assert "Typ eerst een antwoord" in text(at)
    at.number_input(key=f"invoer_{OPEN_QUESTION}_duur").set_value(61)
    click(at, "vastleggen_duur")
    assert "61 kan niet: van 1 tot en met 60 maanden." in text(at)
    assert at.number_input(key=f"invoer_{OPEN_QUESTION}_duur").value == 61
    at.number_input(key=f"invoer_{OPEN_QUESTION}_duur").set_value(25)
    click(at, "vastleggen_duur")
    assert "De cursus duurt 25 maanden (langer dan 24 maanden)." in text(at)


def test_a_date_is_compared_with_the_reference_date(at: AppTest) -> None:
    ask(at, "laatste_gesprek")
    at.date_input(key=f"invoer_{OPEN_QUESTION}_laatste_gesprek").set_value(date(2026, 1, 5))
    click(at, "vastleggen_laatste_gesprek")
    assert "Voer een nieuw gesprek met de cliënt" in text(at)
    assert "5 januari 2026" in text(at)


def test_when_all_is_asked_the_page_says_what_is_still_open(at: AppTest) -> None:
    for fact in ("aanvraag", "motivatie", "duur", "laatste_gesprek", "belastbaar"):
        if f"onbekend_{fact}" not in keys(at):
            ask(at, fact)
        click(at, f"onbekend_{fact}")
    assert "U hebt alle vragen gezien" in text(at)
    click(at, "kies_vraag_aanvraag")
    assert "Nu vastgelegd: **Nog niet bekend: de aanvraag**" in text(at)


def test_answers_are_still_there_after_a_restart(start: Start) -> None:
    answer(open_case(start(), OPEN_QUESTION), "aanvraag", "ja")
    at = open_case(start(), OPEN_QUESTION)
    assert "wijzig_aanvraag" in keys(at)
    assert "volgen_proef.besluit" in keys(at)


def test_a_conflict_and_a_provisional_advice_are_said_first(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    said = text(at)
    assert "1 stap is **voorlopig**" in said
    assert "Zet de cursus in, of juist niet?" in said
    assert said.index("Tegenstrijdig") < said.index("Neem een besluit op de aanvraag")


def test_doubt_about_a_source_is_on_the_card_and_explained_beside_it(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    assert "Uit tweede hand]" in text(at)
    click(at, "waarom_proef.inzetten")
    assert "Hoe zeker de bron is:** Uit tweede hand." in text(at)
    assert "Alleen de samenvatting is gelezen." in text(at)
    assert "Proefboek (verzonnen), 3.1 (gelezen: verzonnen tekst)" in text(at)

"""The three areas together: what is asked, what follows, and the reasoning of one chosen step."""

from __future__ import annotations

from pathlib import Path

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
    replace,
    text,
)

FACTS = "kennis/feiten/proef.yaml"
ACTIONS = "kennis/handelingen.yaml"


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), MUCH_KNOWN)


def heading(at: AppTest) -> str:
    """Return the text of the area with the reasoning."""
    (said,) = [str(item.value) for item in at.markdown if "#### Waarop dit rust" in str(item.value)]
    return said.replace("\\", "")


def test_the_most_urgent_step_is_explained_first(at: AppTest) -> None:
    assert heading(at).startswith("### Neem een besluit op de aanvraag")
    assert "Waarom: staat open" in at.button(key="waarom_proef.besluit").label


def test_the_reasoning_of_another_step_is_one_click_away(at: AppTest) -> None:
    click(at, "waarom_proef.te-lang")
    said = heading(at)
    assert said.startswith("### Zet de cursus nu niet in")
    assert "De cursus duurt 18 maanden (langer dan 12 maanden)." in said
    assert "Proefboek (verzonnen), 4" in said
    assert at.button(key="waarom_proef.te-lang").label == "Waarom: staat open"
    assert at.button(key="waarom_proef.besluit").label == "Waarom"


def test_what_can_still_take_an_advice_away_comes_first(at: AppTest) -> None:
    click(at, "waarom_proef.inzetten")
    said = heading(at)
    assert "Voorlopig: dit kan het advies nog wegnemen" in said
    assert "Een te zware cursus niet inzetten" in said
    assert said.index("Voorlopig") < said.index("Dit gaf de doorslag")


def test_what_would_change_an_advice_names_only_what_can_change(at: AppTest) -> None:
    click(at, "waarom_proef.inzetten")
    ways = [str(button.label) for button in at.button if str(button.key).startswith("probeer_")]
    # What someone can carry is not known yet; that there was a request has happened.
    assert ways == [
        "De cliënt kan de lesdagen niet aan\\.",
        "De cliënt staat afwijzend tegenover de cursus\\.",
    ]
    click(at, "probeer_advies_1")
    assert at.title[0].value == "Wat als"
    assert "De cliënt staat afwijzend tegenover de cursus" in text(at)


def test_that_nothing_can_change_an_advice_is_said(at: AppTest) -> None:
    assert "Wat nog kan veranderen, verandert dit advies niet" in text(at)


def test_without_a_step_the_reasoning_says_how_to_get_one(start: Start) -> None:
    at = open_case(start(), OPEN_QUESTION)
    assert "Kies bij een stap 'Waarom'" in text(at)


def test_an_answer_says_how_many_questions_it_made_superfluous(start: Start) -> None:
    at = open_case(start(), OPEN_QUESTION)
    ask(at, "motivatie")
    answer(at, "motivatie", "wil_niet")
    # That settles the talk, and with it when the last one was.
    assert "1 antwoord · nog 3 vragen tellen mee · 1 vraag is niet meer nodig" in text(at)
    at.run()
    assert "1 vraag is niet meer nodig" in text(at), "drawing the page again says the same"


def test_what_was_asked_in_vain_and_no_longer_matters_is_marked(start: Start) -> None:
    at = open_case(start(), OPEN_QUESTION)
    ask(at, "laatste_gesprek")
    click(at, "onbekend_laatste_gesprek")
    label = at.button(key="wijzig_laatste_gesprek").label
    assert "niet meer nodig" not in label
    ask(at, "motivatie")
    answer(at, "motivatie", "wil_niet")
    assert "(niet meer nodig)" in at.button(key="wijzig_laatste_gesprek").label.replace("\\", "")
    click(at, "wijzig_laatste_gesprek")
    assert "Deze vraag is niet meer nodig" in text(at) or "Dit antwoord wijzigen" in text(at)


def test_what_only_an_expert_can_establish_leads_to_the_step_that_orders_it(
    start: Start, tmp_path: Path
) -> None:
    replace(tmp_path / FACTS, "wie: [client, arbeidsdeskundige]", "wie: [arbeidsdeskundige]")
    replace(
        tmp_path / ACTIONS,
        "titel_niet: Voer nu geen nieuw gesprek",
        "titel_niet: Voer nu geen nieuw gesprek\n    raadpleegt: [arbeidsdeskundige]",
    )
    at = open_case(start(), OPEN_QUESTION)
    said = text(at)
    assert "Dit kan alleen een arbeidsdeskundige vaststellen" in said
    assert "Raad het antwoord niet." in said
    assert "- Voer een nieuw gesprek met de cliënt" in said
    assert "belastbaar" not in at.selectbox(key="andere_vraag").options
    # Who has the advice already can fill in what it says.
    click(at, "kies_vraag_belastbaar")
    assert "antwoord_belastbaar_nee" in keys(at)


def test_when_only_an_expert_can_say_more_the_page_says_so(start: Start, tmp_path: Path) -> None:
    replace(tmp_path / FACTS, "wie: [client, arbeidsdeskundige]", "wie: [arbeidsdeskundige]")
    at = open_case(start(), OPEN_QUESTION)
    while asked := [key for key in keys(at) if key.startswith("onbekend_")]:
        click(at, asked[0])
    said = text(at)
    assert "U hebt alle vragen gezien" in said
    assert "Dit kan alleen een arbeidsdeskundige vaststellen" in said
    assert keys(at).count("kies_vraag_belastbaar") == 1


def test_the_case_can_be_about_everything_that_is_at_stake(at: AppTest) -> None:
    at.session_state["protocollen_wijzigen"] = True
    at.run()
    for box in at.checkbox:
        if str(box.key).endswith(":alles"):
            box.set_value(True)
    click(at, "protocollen_bewaren")
    assert "alles wat nu speelt" in text(at)
    # The choice folds itself away after that.
    assert "protocollen_bewaren" not in keys(at)


def test_what_would_bring_another_step_is_offered_to_try(at: AppTest) -> None:
    at.session_state["waarom_niet"] = True
    at.run()
    at.selectbox(key="waarom_niet_handeling").set_value("gesprek_voeren").run()
    assert "Dit zou de stap wel geadviseerd maken" in text(at)
    ways = [str(button.label) for button in at.button if "proef-gesprek" in str(button.key)]
    # When the last talk was is not known yet, and what the client wants can change.
    assert "De cliënt staat afwijzend tegenover de cursus\\." in ways
    click(at, "probeer_proef-gesprek_0")
    assert at.title[0].value == "Wat als"

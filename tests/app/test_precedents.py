"""Earlier deviations on a rule in the form to deviate, and decisions that no longer match."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.consult import consult
from engine.decisions import DeviationKind, Needed, Record, making
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, answer, click, keys, open_case, replace, text, unfold
from ui import resources, service
from ui.text import sentence

RULE = "proef.inzetten"
FOLD = f"eerder_{RULE}"
INSTEAD = "Eerst een <b>proefplaatsing</b> van een maand."
NEEDED = Needed(facts=("motivatie",), said="de cliënt afwijzend tegenover de cursus staat")


def deviated(case_id: str, **answers: Any) -> None:
    """Record a deviation in another case."""
    knowledge = resources.working_knowledge()
    case = Case(case_id, date(2026, 11, 2), "uwv", ("proef",))
    for name, raw in ({"aanvraag": "ja", "motivatie": "twijfelt"} | answers).items():
        case = case.answer(knowledge, name, raw)
    seen = consult(knowledge, case)
    with Record.open() as record:
        if case_id not in {one.id for one in record.cases()}:
            record.open_case(case, title="Ander", story="", actor="toets")
        contract = making.contract_for(seen, RULE)
        assert contract is not None
        said = "Zo opgeschreven dat een collega het begrijpt."
        made = making.deviate(
            seen,
            RULE,
            decided_on=service.today(),
            kind=DeviationKind.NORM_WEIGHED,
            ground="werkgever_wacht",
            elements=dict.fromkeys(contract.required, said),
            instead=INSTEAD,
            decided_by=contract.decider,
        )
        record.decide(made, seen, actor="toets", needed=[NEEDED])


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), MUCH_KNOWN)


def test_that_nobody_deviated_before_is_said(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    assert "Van deze regel is nog niet afgeweken in alle casussen." not in text(at)
    unfold(at, FOLD)
    assert "Van deze regel is nog niet afgeweken in alle casussen." in text(at)


def test_an_earlier_deviation_is_told_with_the_facts_side_by_side(at: AppTest) -> None:
    deviated("c-eerder", motivatie="wil_graag", belastbaar="ja")
    click(at, f"afwijken_{RULE}")
    said = text(unfold(at, FOLD))
    assert "Een werkgever wacht** · casus c-eerder · " in said
    assert f"Wat er in plaats daarvan gebeurde:** {INSTEAD}" in said
    assert "| De aanvraag | ja | :material/equal: Gelijk |" in said
    assert (
        "| De motivatie | aarzelend tegenover de cursus | :material/compare_arrows: Anders: "
        "achter de cursus |" in said
    )
    assert (
        "| De belastbaarheid | betwist (de arbeidsdeskundige zegt nee en de cliënt zegt ja) | "
        ":material/help: Niet te vergelijken: ja |" in said
    )
    # What differs comes first; a fact that the rule does not rest on is left out.
    assert said.index("Anders: achter") < said.index("Gelijk |")
    assert "| De duur van de cursus" not in said


def test_what_someone_typed_elsewhere_stays_text(at: AppTest) -> None:
    deviated("c-eerder")
    click(at, f"afwijken_{RULE}")
    unfold(at, FOLD)
    assert not [item for item in at.markdown if "<b>" in str(item.value)]


def test_an_earlier_answer_that_no_longer_exists_is_not_shown_by_its_id(
    at: AppTest, tmp_path: Path
) -> None:
    deviated("c-eerder", motivatie="wil_graag")
    replace(tmp_path / "kennis/feiten/proef.yaml", "id: wil_graag", "id: heel_graag")
    replace(
        tmp_path / "kennis/protocollen/proef/2026-01-01.yaml",
        "[wil_graag, twijfelt]",
        "[heel_graag, twijfelt]",
    )
    click(at, f"afwijken_{RULE}")
    said = text(unfold(at, FOLD))
    assert "Anders: een antwoord dat de vraag niet meer heeft" in said
    assert "wil_graag" not in said


def test_what_the_protocol_would_have_needed_is_shown_with_the_decision(start: Start) -> None:
    start()
    deviated("c-eerder")
    said = text(open_case(start(), "c-eerder"))
    assert "Het protocol had dit niet geadviseerd als:" in said
    assert sentence(NEEDED.said) in said


def test_a_decision_that_no_longer_matches_can_be_reconsidered_from_the_top(at: AppTest) -> None:
    click(at, f"volgen_{RULE}")
    assert "kaart_vlaggen" not in str(at.main)
    click(at, "wijzig_motivatie")
    answer(at, "motivatie", "wil_graag")
    said = text(at)
    assert "Kijk een besluit na" in said
    assert "De motivatie: toen aarzelend tegenover de cursus, nu achter de cursus." in said
    click(at, f"vlag_herzien_{RULE}")
    assert f"volgen_{RULE}" in keys(at)
    click(at, f"volgen_{RULE}")
    assert "Kijk een besluit na" not in text(at)


def test_a_decision_whose_advice_is_gone_says_why(at: AppTest) -> None:
    click(at, f"volgen_{RULE}")
    click(at, "volgen_proef.besluit")
    click(at, "wijzig_aanvraag")
    answer(at, "aanvraag", "nee")
    said = text(at)
    assert "Kijk 2 besluiten na" in said
    assert "Het advies was toen: geldt voorlopig. Het is nu: geldt niet." in said
    assert "De aanvraag: toen ja, nu nee." in said
    assert f"vlag_herzien_{RULE}" not in keys(at)
    unfold(at, f"vlag_waarom_{RULE}")
    assert "De cliënt heeft geen cursus gevraagd." in text(at)


def test_a_fact_that_became_unknown_or_disputed_is_said_so(at: AppTest) -> None:
    click(at, "volgen_proef.besluit")
    click(at, "wijzig_aanvraag")
    click(at, "onbekend_aanvraag")
    assert "De aanvraag: toen ja, nu nog niet bekend." in text(at)
    unfold(at, "vlag_waarom_proef.besluit")
    assert "Nog te beantwoorden: Heeft de cliënt een cursus gevraagd?" in text(at)
    click(at, "wijzig_aanvraag")
    click(at, "betwist_aanvraag")
    click(at, "betwist_alleen_aanvraag")
    assert "De aanvraag: toen ja, nu betwist." in text(at)


def test_a_protocol_that_is_left_out_for_now_flags_nothing(at: AppTest) -> None:
    click(at, f"volgen_{RULE}")
    with Record.open() as record:
        record.choose_protocols(MUCH_KNOWN, ("vervolg",), actor="toets")
    assert "Kijk een besluit na" not in text(at.run())

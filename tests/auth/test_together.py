"""Two people in one case: who saves last first sees what the other did, and types nothing twice.

Each way to save is tried by An, after Bo answered a question that An's page doesn't show yet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.consult import consult
from engine.decisions import (
    CaseOpened,
    Corrected,
    Decided,
    DeviationKind,
    Effect,
    Escalated,
    FactsRecorded,
    JudgementGiven,
    Party,
    PartyKind,
    ProtocolsChosen,
    Record,
    Reviewed,
    Verdict,
    follow,
)
from engine.loading import load
from engine.paths import knowledge_folder
from engine.words import Decider
from tests.app.conftest import own_folders
from tests.app.helpers import answer, ask, click, keys, open_case, text, unfold
from tests.auth.test_attacks import AN, BO, Start, record, start
from ui import service

__all__ = ["own_folders", "record", "start"]

CASE, RULE = "c-samen", "proef.inzetten"
SENTENCE = "Eerst een proefplaatsing van een maand bij de bakker."
BO_SAYS = "laatste gesprek"
LATER = service.today() + timedelta(days=20)
Step = Callable[[AppTest], object]


@pytest.fixture
def two(start: Start, record: Record) -> tuple[AppTest, AppTest]:
    """An and Bo, each with the same case in front of them."""
    knowledge = load(knowledge_folder())
    known = {"aanvraag": "ja", "motivatie": "twijfelt"}
    case = Case(CASE, date(2026, 11, 2), "uwv", ("proef",), known)
    record.open_case(case, title="Samen", story="", actor=AN)
    on = service.today() - timedelta(days=125)
    seen = consult(knowledge, case)
    record.decide(follow(seen, "proef.folder", decided_on=on), seen, actor=AN)
    record.sharing.share(CASE, Party(PartyKind.PERSON, BO), actor=AN)
    an, bo = start(sub="an"), start(sub="bo")
    return open_case(an, CASE), open_case(bo, CASE)


def events(record: Record) -> list[str]:
    return [event.kind for event in record.history(CASE)]


def decision(record: Record) -> int:
    return next(event.seq for event in record.history(CASE) if isinstance(event.body, Decided))


def front(at: AppTest, fact: str) -> None:
    """Put a question in front, unless it is there already."""
    if f"onbekend_{fact}" not in keys(at):
        ask(at, fact)


def typed(an: AppTest) -> None:
    front(an, "duur")
    an.number_input(key=f"invoer_{CASE}_duur").set_value(9)


def dispute(an: AppTest) -> None:
    front(an, "belastbaar")
    click(an, "betwist_belastbaar")
    an.radio(key="betwist_belastbaar_client").set_value("ja")
    an.radio(key="betwist_belastbaar_professional").set_value("nee")


def protocols(an: AppTest) -> None:
    unfold(an, "protocollen_wijzigen")
    next(box for box in an.checkbox if str(box.key).endswith(":vervolg")).check()


def deviation(an: AppTest) -> None:
    click(an, f"afwijken_{RULE}")
    an.radio(key=f"afwijking_kind_{RULE}").set_value(DeviationKind.NORM_WEIGHED)
    an.radio(key=f"afwijking_ground_{RULE}").set_value("werkgever_wacht")
    for field in ("elements.weging", "elements.visie_client", "instead"):
        an.text_area(key=f"afwijking_{field}_{RULE}").set_value(f"{SENTENCE} ({field})")


def escalation(an: AppTest) -> None:
    click(an, "afwijken_proef.besluit")
    click(an, "voorleggen_proef.besluit")
    an.radio(key="voorleggen_to_proef.besluit").set_value(Decider.LAWYER)
    an.text_area(key="voorleggen_question_proef.besluit").set_value(SENTENCE)
    an.date_input(key="voorleggen_answer_by_proef.besluit").set_value(LATER)


def judgement(an: AppTest) -> None:
    an.toggle(key="eerst_zelf_oordelen").set_value(True).run()
    an.multiselect[0].set_value(["folder_meegeven"])
    an.text_input[0].set_value("Een wandeling maken")


def trial(an: AppTest) -> None:
    an.switch_page("ui/pages/wat_als.py").run()
    an.selectbox(key=f"proef_feit_{CASE}").set_value("belastbaar").run()
    click(an, "proef_antwoord_belastbaar_ja")
    click(an, "proef_overnemen_vragen")


def look_back(an: AppTest) -> None:
    with Record.open() as opened:
        seq = decision(opened)
    unfold(an, f"terugblik_{seq}")
    an.text_area(key=f"terugblik_happened_{seq}").set_value(SENTENCE)
    an.radio(key=f"terugblik_effect_{seq}").set_value(Effect.PARTLY)
    an.radio(key=f"terugblik_verdict_{seq}").set_value(Verdict.KEEP)


def correction(an: AppTest) -> None:
    unfold(an, "verbetering_uitklap")
    with Record.open() as opened:
        first = opened.history(CASE)[0].id
    chosen = next(box for box in an.selectbox if str(box.key).startswith("verbetering_event"))
    chosen.set_value(first)
    next(area for area in an.text_area if str(area.key).startswith("verbetering_text")).set_value(
        SENTENCE
    )


WAYS: dict[str, tuple[Step, str, type]] = {
    "answer": (lambda an: front(an, "belastbaar"), "antwoord_belastbaar_ja", FactsRecorded),
    "typed answer": (typed, "vastleggen_duur", FactsRecorded),
    "dispute": (dispute, "betwist_vastleggen_belastbaar", FactsRecorded),
    "follow": (lambda an: None, "volgen_proef.besluit", Decided),
    "deviate": (deviation, f"afwijking_vastleggen_{RULE}", Decided),
    "escalate": (escalation, "voorleggen_vastleggen_proef.besluit", Escalated),
    "judge": (judgement, "oordeel_vastleggen", JudgementGiven),
    "protocols": (protocols, "protocollen_bewaren", ProtocolsChosen),
    "trial": (trial, "proef_overnemen", FactsRecorded),
    "look back": (look_back, "terugblik_vastleggen_", Reviewed),
    "correct": (correction, "verbetering_vastleggen", Corrected),
}


@pytest.mark.parametrize("way", WAYS)
def test_who_saves_last_sees_what_changed_and_goes_on(
    two: tuple[AppTest, AppTest], record: Record, way: str
) -> None:
    an, bo = two
    prepare, button, kind = WAYS[way]
    prepare(an)
    front(bo, "laatste_gesprek")
    click(bo, "onbekend_laatste_gesprek")
    before = events(record)

    pressed = next(key for key in keys(an) if key.startswith(button))
    click(an, pressed)
    said = text(an)
    assert "Er is nog niets opgeslagen" in said
    assert "**Bo**" in said
    assert f"nog niet bekend: het {BO_SAYS}" in said
    assert events(record) == before

    click(an, pressed)
    assert "Er is nog niets opgeslagen" not in text(an)
    last = record.history(CASE)[-1]
    assert isinstance(last.body, kind), last
    assert last.actor == AN
    assert len(events(record)) == len(before) + 1


def test_what_was_typed_is_what_is_kept(two: tuple[AppTest, AppTest], record: Record) -> None:
    an, bo = two
    deviation(an)
    answer(bo, "belastbaar", "ja")
    for _ in range(2):
        click(an, f"afwijking_vastleggen_{RULE}")
    kept = record.decisions(CASE)[-1].decision.model_dump()
    assert kept["instead"] == f"{SENTENCE} (instead)"


def test_the_same_question_answered_by_both_stays_in_front(
    two: tuple[AppTest, AppTest], record: Record
) -> None:
    an, bo = two
    front(an, "duur")
    an.number_input(key=f"invoer_{CASE}_duur").set_value(9)
    front(bo, "duur")
    bo.number_input(key=f"invoer_{CASE}_duur").set_value(18)
    click(bo, "vastleggen_duur")
    click(an, "vastleggen_duur")
    assert "Nu vastgelegd: **De cursus duurt 18 maanden" in text(an)
    assert an.number_input(key=f"invoer_{CASE}_duur").value == 9
    click(an, "vastleggen_duur")
    assert record.load_case(CASE, load(knowledge_folder())).case.known["duur"] == 9


def test_what_changed_is_said_once_and_never_to_who_did_it(
    two: tuple[AppTest, AppTest],
) -> None:
    an, bo = two
    news = "Dit is veranderd sinds u deze casus het laatst zag"
    answer(bo, "belastbaar", "ja")
    assert news not in text(bo)
    assert news in text(an.run())
    assert news not in text(an.run())


def test_reading_sharing_and_judging_stand_in_no_ones_way(
    two: tuple[AppTest, AppTest], record: Record
) -> None:
    an, bo = two
    bo.toggle(key="eerst_zelf_oordelen").set_value(True).run()
    bo.multiselect[0].set_value(["folder_meegeven"])
    click(bo, "oordeel_vastleggen")
    record.sharing.end(CASE, Party(PartyKind.PERSON, BO), actor=AN)
    click(an, "volgen_proef.besluit")
    assert isinstance(record.history(CASE)[-1].body, Decided)


def test_a_second_window_of_the_same_person_counts_too(
    two: tuple[AppTest, AppTest], start: Start, record: Record
) -> None:
    an, _ = two
    other = open_case(start(sub="an"), CASE)
    answer(other, "belastbaar", "ja")
    click(an, "volgen_proef.besluit")
    assert "**U, in een ander venster**" in text(an)
    assert isinstance(record.history(CASE)[0].body, CaseOpened)
    assert isinstance(record.history(CASE)[-1].body, FactsRecorded)


def test_what_was_typed_about_an_advice_that_is_gone_can_be_copied(
    two: tuple[AppTest, AppTest], record: Record
) -> None:
    an, bo = two
    deviation(an)
    click(bo, "wijzig_motivatie")
    answer(bo, "motivatie", "wil_niet")
    before = events(record)
    click(an, f"afwijking_vastleggen_{RULE}")
    assert "geldt nu niet meer" in text(an)
    assert f"{SENTENCE} (instead)" in text(an)
    assert events(record) == before

"""Who may only read a case gets no buttons to record with, and is told so in a line."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.consult import consult
from engine.decisions import Act, Party, PartyKind, Record, Role, follow
from engine.decisions.rights import MATRIX, Tie
from engine.loading import load
from engine.paths import knowledge_folder
from tests.app.conftest import own_folders
from tests.app.helpers import click, keys, open_case, text
from tests.auth.test_attacks import AN, BO, Start, record, start

__all__ = ["own_folders", "record", "start"]

CASE = "c-meelezen"
ANSWERS = ("antwoord_", "onbekend_", "betwist_", "wijzig_", "kies_vraag_", "herkomst", "erbij_")
DECISIONS = ("volgen_", "overslaan_")
ALONG = "**U leest mee.**"


@pytest.fixture
def shared(record: Record) -> Record:
    """A case of An's that Bo may see, with a decision that is flagged."""
    knowledge = load(knowledge_folder())
    case = Case(CASE, date(2026, 11, 2), "uwv", ("proef",), {"aanvraag": "ja"})
    record.open_case(case, title="Meelezen", story="", actor=AN)
    seen = consult(knowledge, case)
    decided = follow(seen, "proef.folder", decided_on=date(2026, 1, 5))
    record.decide(decided, seen, actor=AN)
    record.save_facts(case, case.answer(knowledge, "motivatie", "wil_graag"), actor=AN)
    record.sharing.share(CASE, Party(PartyKind.PERSON, BO), actor=AN)
    record.people.take_role(BO, Role.PROFESSIONAL, by="toets")
    return record


def reading(start: Start, shared: Record, role: Role) -> AppTest:
    shared.people.give_role(BO, role, by="toets")
    return open_case(start(sub="bo"), CASE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROFESSIONAL])
def test_a_reader_sees_the_case_and_no_way_to_record_what_they_may_not(
    start: Start, shared: Record, role: Role
) -> None:
    at = reading(start, shared, role)
    said, shown = text(at), keys(at)
    assert said.count(ALONG) == 1
    assert "De cliënt staat achter de cursus" in said
    assert "Hoeveel maanden duurt de cursus?" in said
    assert [key for key in shown if key.startswith((*ANSWERS, *DECISIONS))] == []
    assert "protocollen_wijzigen" not in shown
    assert not at.number_input
    # On an Act a lawyer decides; on a way of working whoever decides more than a professional.
    lawyer, manager = (
        Tie.SHARED in MATRIX[act][role] for act in (Act.DECIDE_AS_LAWYER, Act.DECIDE_AS_MANAGER)
    )
    assert ("afwijken_proef.besluit" in shown) is lawyer
    assert ("afwijken_proef.inzetten" in shown) is (lawyer or manager)
    assert "Terugblik: wat kwam hiervan?" not in said
    assert ("Klopt er iets niet?" in said) is (Tie.SHARED in MATRIX[Act.CORRECT][role])


def test_a_lawyer_records_the_deviation_that_they_decided(start: Start, shared: Record) -> None:
    at = click(reading(start, shared, Role.LAWYER), "afwijken_proef.besluit")
    assert at.radio(key="afwijking_decided_by_proef.besluit").options == ["Een jurist"]
    assert "voorleggen_proef.besluit" not in keys(at)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR])
def test_a_reader_can_try_other_answers_and_take_none_over(
    start: Start, shared: Record, role: Role
) -> None:
    at = reading(start, shared, role)
    at.switch_page("ui/pages/wat_als.py").run()
    at.selectbox(key=f"proef_feit_{CASE}").set_value("aanvraag").run()
    click(at, "proef_antwoord_aanvraag_nee")
    assert "proef_weggooien" in keys(at)
    assert "proef_overnemen_vragen" not in keys(at)
    at.session_state["proef_wacht_op_bevestiging"] = CASE
    assert "proef_overnemen" not in keys(at.run())


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.LAWYER])
def test_only_some_give_the_client_everything_that_is_kept(
    start: Start, shared: Record, role: Role
) -> None:
    at = reading(start, shared, role)
    at.switch_page("ui/pages/verslag.py").run()
    assert not at.exception
    there = "Alles over deze casus" in str([item.proto for item in at.get("download_button")])
    assert there is (role is Role.LAWYER)


def test_the_list_of_what_is_due_is_for_who_looks_back(start: Start, shared: Record) -> None:
    heading = "Om op terug te blikken (1)"
    assert heading in text(start(sub="an"))
    shared.people.give_role(BO, Role.MANAGER, by="toets")
    assert heading not in text(start(sub="bo"))
    shared.people.give_role(BO, Role.PROFESSIONAL, by="toets")
    at = start(sub="bo")
    assert heading in text(at)
    click(at, next(key for key in keys(at) if key.startswith("blik_terug_")))
    assert at.title[0].value == "Meelezen"
    assert "Wat is er sindsdien gebeurd?" in [area.label for area in at.text_area]

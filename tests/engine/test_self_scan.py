"""The self-scan: read with the rest of the knowledge, or refused at the place of the mistake."""

from __future__ import annotations

import pytest

from engine.diagnostics import KnowledgeError
from engine.library import Knowledge
from engine.loading import load
from engine.paths import knowledge_folder
from engine.self_scan import SelfScan
from engine.words import ScanActor, ScanAnswer
from tests.engine.worlds import FOLDER, SCAN, knowledge_with

NAME = "zelfanalyse.yaml"


def known(text: str = SCAN) -> Knowledge:
    return knowledge_with({NAME: text})


def scan() -> SelfScan:
    found = known().self_scan
    assert found is not None
    return found


def test_a_folder_without_the_file_has_no_self_scan() -> None:
    assert load(FOLDER).self_scan is None


def test_the_file_is_read_and_counts_as_a_file_of_the_knowledge() -> None:
    assert scan().title == "Proef"
    assert NAME in known().files


def test_questions_stand_under_their_theme_in_the_order_of_the_themes() -> None:
    assert [(theme.id, [one.id for one in found]) for theme, found in scan().by_theme()] == [
        ("praten", ["open_praten"]),
        ("doen", ["samen_werken"]),
    ]
    assert [one.id for one in scan().in_order()] == ["open_praten", "samen_werken"]


@pytest.mark.parametrize(
    ("answers", "team", "manager", "left"),
    [
        ({}, [], [], 2),
        ({"open_praten": ScanAnswer.YES, "samen_werken": ScanAnswer.YES}, [], [], 0),
        ({"samen_werken": ScanAnswer.PARTLY}, [(2, "Werk vaker samen.")], [], 1),
        (
            {"samen_werken": ScanAnswer.NO, "open_praten": ScanAnswer.PARTLY},
            [(1, "Vraag door."), (2, "Begin met een uur.")],
            [(2, "Regel een ruimte.")],
            0,
        ),
    ],
)
def test_each_answer_leads_to_its_own_actions(
    answers: dict[str, ScanAnswer],
    team: list[tuple[int, str]],
    manager: list[tuple[int, str]],
    left: int,
) -> None:
    assert scan().actions_of(ScanActor.TEAM, answers) == team
    assert scan().actions_of(ScanActor.MANAGER, answers) == manager
    assert scan().unanswered(answers) == left


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("thema: doen", "thema: doem", "9:naam-onbekend:doen"),
        ('"proefwet#2"', '"proefwt#2"', "12:naam-onbekend:proefwet"),
        ('bronnen: ["proefwet#1"]', 'bronnen: ["proefwt#1"]', "3:naam-onbekend:proefwet"),
        ("id: open_praten", "id: samen_werken", "18:id-dubbel:"),
        ("{id: doen, naam", "{id: praten, naam", "6:id-dubbel:"),
        ("wie: leidinggevende", "wie: manager", "16:waarde-onbekend:"),
        ("    waarom: Samen gaat het beter.\n", "", "8:sleutel-ontbreekt:"),
        ("    waarom: Samen", "    wrom: x\n    waarom: Samen", "11:sleutel-onbekend:waarom"),
        (
            "    bij_deels:\n      - {wie: team, actie: Vraag door.}\n",
            "    bij_deels: []\n",
            "23:waarde-onjuist:",
        ),
    ],
)
def test_a_mistake_is_found_at_its_place(old: str, new: str, finding: str) -> None:
    assert SCAN.count(old) == 1
    with pytest.raises(KnowledgeError) as caught:
        known(SCAN.replace(old, new))
    found = [f"{one.line}:{one.code}:{one.suggestion}" for one in caught.value.diagnostics]
    assert finding in found
    assert {one.file for one in caught.value.diagnostics} == {NAME}


def test_a_damaged_theme_is_reported_once() -> None:
    text = SCAN.replace("{id: doen, naam: Doen}", "{id: doen, naan: Doen}")
    with pytest.raises(KnowledgeError) as caught:
        known(text)
    assert {one.line for one in caught.value.diagnostics} == {6}


def test_the_real_one_has_fifteen_questions_with_something_for_team_and_manager() -> None:
    real = load(knowledge_folder()).self_scan
    assert real is not None
    assert len(real.questions) == 15
    assert all(questions for _, questions in real.by_theme())
    for question in real.questions:
        for answer in (ScanAnswer.PARTLY, ScanAnswer.NO):
            assert {action.actor for action in question.actions(answer)} >= {ScanActor.TEAM}
        both = {action.actor for action in (*question.if_partly, *question.if_no)}
        assert both == set(ScanActor)

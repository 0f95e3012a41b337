"""What a group proposes about a rule, as a case that `leidraad toets` can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine import paths
from engine.case import Case
from engine.case_file import ReadCase, read_case, read_cases
from engine.consult import consult
from engine.decisions import Agreed, RuleProposal, RuleVerdict
from engine.design.case_tests import run_cases
from engine.intervisie import RuleTest, rule_test
from engine.library import Knowledge
from engine.loading import load
from engine.reader import read_text
from engine.words import Ruling, Status
from tests.decisions import world
from tests.decisions.group import RULE
from tests.hostile import ATTACKS

KNOWLEDGE = world.knowledge()
VIEW = "Ik blijf erbij: dit is te vroeg.\nVraag het de cliënt zelf."
PROPOSAL = RuleProposal(
    meeting="i-7kq2m9xw4d",
    rule=RULE,
    verdict=RuleVerdict(
        at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
        ruling=Ruling.CHANGE,
        decided=True,
        rule=RULE,
        should_be=Status.DOES_NOT_HOLD,
        why="De stap past niet als er nog rust nodig is.",
        minority=(VIEW,),
        learned=("Vraag eerst naar rust.",),
    ),
    agreed=(Agreed(what="uitzoeken", who="de jurist", by=world.TODAY),),
    title="Een casus",
    story="Er is veel te doen.",
    question="Had u dit ook gedaan?",
    case=world.a_case("i-7kq2m9xw4d", wil="ja", ziek="nee"),
)
CLARIFY = replace(
    PROPOSAL,
    verdict=replace(PROPOSAL.verdict, ruling=Ruling.CLARIFY, should_be=None),
)


def read(test: RuleTest, knowledge: Knowledge = KNOWLEDGE) -> ReadCase:
    """Read the file as the command does."""
    document = read_text(test.text.encode(), f"cases/voorstellen/{test.name}")
    found = read_case(document, knowledge)
    assert document.findings == []
    assert found is not None
    return found


def wrong(test: RuleTest) -> list[str]:
    found = run_cases(KNOWLEDGE, [read(test)]).findings
    return [finding.what for finding in found if finding.code == "status-anders"]


def comment(test: RuleTest) -> str:
    lines = test.text.split("\ncasus:")[0].splitlines()
    assert all(line.startswith("#") for line in lines)
    return "\n".join(lines)


def test_it_fails_until_the_rule_says_what_the_group_found() -> None:
    test = rule_test(PROPOSAL, KNOWLEDGE)
    assert test.now is Status.HOLDS
    assert wrong(test) == [f"{RULE}: verwacht 'geldt_niet', maar het is 'geldt'."]
    assert read(test).case.known == PROPOSAL.case.known


def test_it_says_where_it_comes_from_and_to_take_care() -> None:
    said = comment(rule_test(PROPOSAL, KNOWLEDGE))
    # In Dutch local time it was the next day already.
    assert f"Voorstel uit intervisie, 2026-11-23, over de regel {RULE}." in said
    for part in ("De regel moet anders: De stap past niet", "Geleerd: Vraag eerst naar rust."):
        assert part in said
    assert "# Andere mening, in eigen woorden: Ik blijf erbij: dit is te vroeg." in said
    assert "# Vraag het de cliënt zelf." in said
    assert "Houd dit bestand binnen uw organisatie" in said


def test_for_a_clearer_text_it_guards_what_the_rule_says() -> None:
    test = rule_test(CLARIFY, KNOWLEDGE)
    assert test.now is Status.HOLDS
    assert wrong(test) == []
    assert read(test).expected[RULE] is Status.HOLDS


def test_a_rule_that_is_gone_is_left_out_and_said() -> None:
    test = rule_test(replace(PROPOSAL, rule="proef.verdwenen"), KNOWLEDGE)
    assert test.now is None
    assert wrong(test) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_someone_typed_stays_text(attack: str) -> None:
    verdict = replace(PROPOSAL.verdict, why=attack, minority=(attack,), learned=(attack,))
    typed = replace(PROPOSAL, verdict=verdict, title=attack, story=attack)
    test = rule_test(typed, KNOWLEDGE)
    found = read(test)
    assert found.file.story == attack
    assert found.case.known == PROPOSAL.case.known
    comment(test)


def test_a_text_that_is_too_long_for_a_file_is_shortened() -> None:
    test = rule_test(replace(PROPOSAL, title="a " * 300, story="b " * 1900), KNOWLEDGE)
    found = read(test)
    assert (len(found.file.title), found.file.title[-1]) == (200, "…")
    assert (len(found.file.story), found.file.story[-1]) == (2000, "…")


def test_without_a_story_the_question_stands_there() -> None:
    assert read(rule_test(replace(PROPOSAL, story=""), KNOWLEDGE)).file.story == PROPOSAL.question


def test_cases_of_all_protocols_can_be_written_and_are_read_as_they_were() -> None:
    knowledge = load(paths.knowledge_folder())
    found, _ = read_cases(paths.cases_folder(), knowledge)
    some = [one.case for one in found[::15]]
    assert {name for case in some for name in case.protocols} == set(knowledge.protocols)
    for case in some:
        again = read(rule_test(about(case, knowledge), knowledge), knowledge)
        assert (again.case.known, again.case.disputed) == (case.known, case.disputed)
        assert again.case.unknown == case.unknown


def about(case: Case, knowledge: Knowledge) -> RuleProposal:
    rule = consult(knowledge, case).advices[0].rule.id
    return replace(CLARIFY, case=case, rule=rule)

"""The eight exercises: whole, blind until someone answered, and fit to be kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.case_file import read_case
from engine.decisions import MeetingAnswered, MeetingView, check_private
from engine.intervisie import Practice, compare_all, handout, questions_for, spread
from engine.library import Knowledge
from engine.note import to_markdown
from engine.reader import read_text
from engine.words import Ruling, Stage, Sureness, Topic

NUMBERS = [str(number) for number in range(1, 9)]
CASES = Path(__file__).resolve().parents[2] / "cases" / "intervisie"


def mine(exercise: Practice, step: int = 0) -> MeetingAnswered:
    """An answer of one's own."""
    return MeetingAnswered(
        readings=dict.fromkeys(exercise.exercise.asked, "onbekend"),
        step=exercise.options[step],
        why="Zo zou ik het hier doen.",
        sure=Sureness.FAIRLY,
    )


def whole(exercise: Practice, knowledge: Knowledge) -> MeetingView:
    return exercise.view(knowledge, mine(exercise), tuple(Stage))


def test_there_are_eight(exercises: dict[str, Practice]) -> None:
    assert sorted(exercises) == NUMBERS
    assert {group.ruling.ruling for one in exercises.values() for group in one.exercise.groups} >= {
        Ruling.UPHOLD,
        Ruling.CORRECT,
        Ruling.CLARIFY,
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_it_is_blind_until_one_answered(
    number: str, exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    exercise = exercises[number]
    for own, shown in ((None, tuple(Stage)), (mine(exercise), ())):
        view = exercise.view(knowledge, own, shown)
        assert (view.voices, view.frozen, view.colleague, view.about) == (None, None, None, ())
        assert exercise.groups(view) == ()
        assert exercise.exercise.decision.why not in repr(view)
        for group in exercise.exercise.groups:
            assert all(answer.why not in repr(view) for answer in group.answers)
    view = exercise.view(knowledge, mine(exercise), tuple(Stage)[:-1])
    assert view.colleague is None
    assert exercise.groups(view) == ()
    assert exercise.groups(whole(exercise, knowledge)) == exercise.exercise.groups


def test_what_the_colleague_meant_to_do_is_not_in_the_case_that_a_group_judges(
    exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    exercise = exercises["4"]
    meant = {"overwogen_middel", "percentage_overwogen"}
    for view in (exercise.view(knowledge, None), whole(exercise, knowledge)):
        assert not meant & view.case.known.keys()
        said = to_markdown(handout(view, knowledge, datetime(2026, 11, 22, 12, tzinfo=UTC)))
        assert "denkt aan een maatregel" not in said
        assert "30 procent" not in said
    frozen = whole(exercise, knowledge).frozen
    assert frozen is not None
    assert meant <= frozen.known.keys()


@pytest.mark.parametrize(
    ("number", "outcome"), [("1", "zonder_advies"), ("2", "volgen"), ("5", "afwijken")]
)
def test_it_says_what_the_colleague_did_with_the_advice(
    number: str, outcome: str, exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    colleague = whole(exercises[number], knowledge).colleague
    assert colleague is not None
    assert colleague.outcome == outcome


@pytest.mark.parametrize("number", NUMBERS)
def test_choices_and_readings_really_differ(
    number: str, exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    view = whole(exercises[number], knowledge)
    spreads = spread(view)
    assert spreads[0].differs
    assert len(spreads[0].counts) >= 3
    assert any(one.differs for one in spreads[1:])
    compared = compare_all(view, knowledge)
    assert {one.protocol for one in compared} - {None}
    assert {one.colleague for one in compared} - {None}
    topics = {one.topic for one in questions_for(view, knowledge, compared)}
    assert topics >= {Topic.FACTS, Topic.RULE, Topic.DECISION}


@pytest.mark.parametrize("number", NUMBERS)
def test_its_texts_could_stand_in_the_record(
    number: str, exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    exercise = exercises[number]
    for _, body in exercise._bodies(mine(exercise), tuple(Stage)):
        check_private(body)


def broken(old: str, new: str, knowledge: Knowledge) -> list[str]:
    """The findings in an exercise in which something was changed."""
    text = (CASES / "06-client-zegt-niet-te-kunnen.yaml").read_text(encoding="utf-8")
    assert old in text
    document = read_text(text.replace(old, new, 1).encode(), "cases/intervisie/06.yaml")
    read_case(document, knowledge)
    return [finding.code for finding in document.findings]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "feiten: [begin_van_bewijs, woord_en_daad]",
            "feiten: [begin_van_bewijs]",
            "antwoord-onjuist",
        ),
        ("woord_en_daad: ja}", "woord_en_daad: misschien}", "antwoord-onjuist"),
        ("handeling: ondersteuning_vragen", "handeling: bestaat_niet", "naam-onbekend"),
        ("vorm: dilemma", "vorm: praatje", "naam-onbekend"),
        ("nog-geen-onderzoek\n    gevolgd", "bestaat-niet\n    gevolgd", "naam-onbekend"),
        ('bronnen: ["iszw-2012#par. 4.4"', 'bronnen: ["nergens#par. 4.4"', "naam-onbekend"),
    ],
)
def test_what_does_not_fit_is_reported(old: str, new: str, code: str, knowledge: Knowledge) -> None:
    assert code in broken(old, new, knowledge)


@pytest.mark.parametrize(("old", "new"), [("stap: a", "stap: z"), ("letter: b", "letter: a")])
def test_a_letter_is_one_of_the_steps(old: str, new: str, knowledge: Knowledge) -> None:
    assert broken(old, new, knowledge)

"""The difference between two consultations: complete, mirrored, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import Case
from engine.compare import Comparison, compare
from engine.consult import Consultation, consult
from engine.knowledge import AUTHORITY, Fact
from engine.library import Knowledge
from engine.loading import load
from engine.paths import knowledge_folder
from engine.turns import why
from engine.words import FactKind, Status, Turn
from tests.counts import examples
from tests.engine.worlds import PROTOCOL, TODAY, case, edited, knowledge, knowledge_with

MIRROR = {
    Turn.COMES: Turn.GOES,
    Turn.GOES: Turn.COMES,
    Turn.PROVISIONAL: Turn.FIRM,
    Turn.FIRM: Turn.PROVISIONAL,
    Turn.OTHER: Turn.OTHER,
}
PROTOCOLS = ("diagnose", "maatregel", "scholing")
THOROUGH = settings(max_examples=examples(full=300, quick=25), deadline=None)


@cache
def real() -> Knowledge:
    return load(knowledge_folder())


def answer_to(fact: Fact) -> st.SearchStrategy[Any]:
    """Every way to answer a question, also that it is not known, disputed or not asked."""
    match fact.kind:
        case FactKind.YES_NO:
            answers: st.SearchStrategy[Any] = st.sampled_from(("ja", "nee"))
        case FactKind.CHOICE:
            answers = st.sampled_from([option.id for option in fact.options])
        case FactKind.NUMBER:
            answers = st.integers(fact.minimum, fact.maximum)
        case FactKind.DATE:
            answers = st.integers(-30, 2000).map(lambda days: TODAY - timedelta(days=days))
        case FactKind.TEXT:
            return st.none()
    return st.one_of(answers, answers, st.sampled_from(("onbekend", "betwist", None)))


def answers(known: Knowledge) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {name: answer_to(fact) for name, fact in known.facts.items() if name != AUTHORITY}
    )


def answered(known: Knowledge, start: Case, raw: Mapping[str, Any]) -> Case:
    for name, one in raw.items():
        start = start.answer(known, name, one)
    return start


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Knowledge, Consultation, Consultation]:
    """Two consultations of one case: in a small world, or with the real rules."""
    small = draw(st.booleans())
    known = knowledge() if small else real()
    start = case() if small else Case("proef", TODAY, "uwv", PROTOCOLS)
    first = answered(known, start, draw(answers(known)))
    # Few answers differ as a rule, as in a trial; that keeps most of the advices the same.
    others = draw(st.lists(st.sampled_from(sorted(known.facts)), max_size=6, unique=True))
    changed = {name: draw(answer_to(known.facts[name])) for name in others if name != AUTHORITY}
    return known, consult(known, first), consult(known, answered(known, first, changed))


@THOROUGH
@given(pairs())
def test_a_consultation_does_not_differ_from_itself(
    pair: tuple[Knowledge, Consultation, Consultation],
) -> None:
    known, before, _ = pair
    same = compare(before, consult(known, before.case), known)
    assert same.is_empty
    assert {then for then, now in same.statuses.values()} == {
        now for _, now in same.statuses.values()
    }


@THOROUGH
@given(pairs())
def test_the_other_way_round_is_the_mirror_image(
    pair: tuple[Knowledge, Consultation, Consultation],
) -> None:
    known, before, after = pair
    there, back = compare(before, after, known), compare(after, before, known)
    assert [(one.rule.id, one.then, one.now) for one in there.changes] == [
        (one.rule.id, one.now, one.then) for one in back.changes
    ]
    assert [MIRROR[one.turn] for one in there.changes] == [one.turn for one in back.changes]
    assert there.conflicts_came == back.conflicts_went
    assert there.questions_came == back.questions_went
    assert there.withheld_came == back.withheld_went
    assert there.answers == {name: (b, a) for name, (a, b) in back.answers.items()}


@THOROUGH
@given(pairs())
def test_the_answers_that_differ_lead_from_the_one_to_the_other(
    pair: tuple[Knowledge, Consultation, Consultation],
) -> None:
    known, before, after = pair
    found = compare(before, after, known)
    redone = answered(known, before.case, {name: raw for name, (_, raw) in found.answers.items()})
    assert redone == after.case
    assert compare(after, consult(known, redone), known).is_empty


@THOROUGH
@given(pairs())
def test_every_rule_is_told_of_and_the_changes_are_those_that_differ(
    pair: tuple[Knowledge, Consultation, Consultation],
) -> None:
    known, before, after = pair
    found = compare(before, after, known)
    old = {advice.rule.id: advice.status for advice in before.advices}
    new = {advice.rule.id: advice.status for advice in after.advices}
    assert found.statuses == {name: (old.get(name), new.get(name)) for name in old | new}
    assert {one.rule.id for one in found.changes} == {
        name for name in old | new if old.get(name) is not new.get(name)
    }
    urgencies = [known.actions[one.rule.advice.action].urgency for one in found.changes]
    assert urgencies == sorted(urgencies)


@THOROUGH
@given(pairs())
def test_every_change_has_a_reason_in_words(
    pair: tuple[Knowledge, Consultation, Consultation],
) -> None:
    known, before, after = pair
    found = compare(before, after, known)
    for change in found.changes:
        said = why(change, found, known)
        assert said[0] == said[0].upper()
        assert said.endswith((".", "?", "!"))
        assert len(said) > len("Omdat.")
        assert not {word.strip(",.;:'") for word in said.split()} & {
            name for name in {**known.facts, **known.notions, **found.statuses} if "_" in name
        }


ALL = {
    "gemotiveerd": "ja",
    "richting": "zorg",
    "duur": 10,
    "kosten": 500,
    "laatste_cursus": date(2020, 1, 1),
}


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    known = knowledge()
    return compare(consult(known, case(**before)), consult(known, case(**after)), known)


@pytest.mark.parametrize(
    ("before", "after", "turn", "said"),
    [
        (
            ALL | {"richting": "horeca"},
            ALL,
            Turn.COMES,
            "De opleiding geeft kans op werk, want de opleiding is in de richting zorg.",
        ),
        (
            ALL,
            ALL | {"gemotiveerd": "nee"},
            Turn.GOES,
            "De cliënt wil de opleiding niet.",
        ),
        (ALL, ALL | {"gemotiveerd": "onbekend"}, Turn.GOES, "Nog niet bekend: de motivatie."),
        (
            ALL,
            ALL | {"kosten": 9000},
            Turn.GOES,
            "Nu gaat 'Te duur' voor, want de opleiding kost 9.000 euro (meer dan 2.500 euro).",
        ),
        (
            ALL,
            ALL | {"kosten": "onbekend"},
            Turn.PROVISIONAL,
            "Niet zeker is of dit voorgaat: 'Te duur' (nog niet bekend: de kosten).",
        ),
        (
            ALL | {"kosten": "betwist"},
            ALL,
            Turn.FIRM,
            "'Te duur' gaat nu niet voor, want de opleiding kost 500 euro (hoogstens 2.500 euro).",
        ),
        (
            ALL | {"kosten": 9000},
            ALL,
            Turn.COMES,
            "'Te duur' gaat nu niet voor, want de opleiding kost 500 euro (hoogstens 2.500 euro).",
        ),
    ],
    ids=["comes", "own condition", "unknown", "defeated", "provisional", "firm", "freed"],
)
def test_the_reason_is_what_decides_now(
    before: Mapping[str, Any], after: Mapping[str, Any], turn: Turn, said: str
) -> None:
    found = between(before, after)
    (change,) = [one for one in found.changes if one.rule.id == "proef.inzetten"]
    assert change.turn is turn
    assert why(change, found, knowledge()) == said


def test_what_no_step_depends_on_is_told_apart() -> None:
    found = between({"gemotiveerd": "ja"}, {"gemotiveerd": "nee"})
    (change,) = found.turned(Turn.OTHER)
    assert (change.then, change.now) == (Status.OPEN, Status.DOES_NOT_HOLD)
    assert [question.fact.id for question in found.questions_went] == ["richting", "duur"]


def test_a_conflict_comes_and_goes() -> None:
    text = edited(PROTOCOL, "    uitzondering_op: [proef.inzetten]\n", "")
    known = knowledge_with(text)
    calm = consult(known, answered(known, case(), ALL))
    tense = consult(known, answered(known, case(), ALL | {"kosten": 9000}))
    assert [one.action for one in compare(calm, tense, known).conflicts_came] == [
        "scholing_inzetten"
    ]
    assert len(compare(tense, calm, known).conflicts_went) == 1


def test_two_versions_of_the_knowledge_can_be_compared() -> None:
    old, new = knowledge(), knowledge_with(edited(PROTOCOL, "id: proef.te-duur", "id: proef.prijs"))
    answers_given = ALL | {"kosten": 9000}
    found = compare(
        consult(old, answered(old, case(), answers_given)),
        consult(new, answered(new, case(), answers_given)),
        new,
        old,
    )
    assert found.answers == {}
    assert {one.rule.id: (one.then, one.now) for one in found.changes} == {
        "proef.prijs": (None, Status.HOLDS),
        "proef.te-duur": (Status.HOLDS, None),
    }
    said = [why(one, found, new) for one in found.changes]
    assert "Deze regel hoort niet meer bij de regels van deze casus." in said

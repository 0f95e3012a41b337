"""Every condition is said in plain Dutch, without a name that only the code knows."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given

from engine.condition_syntax import ConditionReader
from engine.conditions import Condition
from engine.library import phrasing_of, term_of
from engine.reader import PathKey
from engine.wording import Phrasing, enumerate_dutch, heading, say, say_fact, say_reason
from tests.engine.rule_bases import CHOICES, DATES, NUMBERS, OPTIONS, YES_NO, condition
from tests.engine.worlds import knowledge


def tree(raw: object) -> Condition:
    known = knowledge()
    terms = {name: term_of(fact) for name, fact in known.facts.items()}
    terms |= {name: term_of(bound.notion) for name, bound in known.notions.items()}
    units = {name: item.unit.many for name, item in known.parameters.items()}
    found: list[tuple[PathKey, str]] = []

    def report(
        path: PathKey,
        code: str,
        what: str,
        hint: str = "",
        suggestion: str = "",
        *,
        key: bool = False,
    ) -> None:
        found.append((path, what))

    result = ConditionReader(terms, units, report).read(raw, ())
    assert result is not None, found
    return result


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"gemotiveerd": "ja"}, "de cliënt wil de opleiding"),
        ({"gemotiveerd": "nee"}, "de cliënt wil de opleiding niet"),
        ({"duur": {"meer_dan": 12}}, "de opleiding duurt langer dan 12 maanden"),
        ({"duur": {"minder_dan": 1}}, "de opleiding duurt korter dan 1 maand"),
        ({"duur": {"minstens": 12}}, "de opleiding duurt minstens 12 maanden"),
        ({"duur": {"hoogstens": 12}}, "de opleiding duurt hoogstens 12 maanden"),
        ({"duur": {"tussen": (3, 12)}}, "de opleiding duurt 3 tot en met 12 maanden"),
        ({"duur": 9}, "de opleiding duurt precies 9 maanden"),
        ({"kosten": {"meer_dan": 2500}}, "de opleiding kost meer dan 2.500 euro"),
        (
            {"kosten": {"meer_dan": "kosten_grens"}},
            "de opleiding kost meer dan de grens voor de kosten",
        ),
        ({"richting": "zorg"}, "de opleiding is in de richting zorg"),
        ({"richting": ("zorg", "horeca")}, "de opleiding is in de richting zorg of horeca"),
        ({"richting": {"niet": "zorg"}}, "de opleiding is niet in de richting zorg"),
        (
            {"laatste_cursus": {"ouder_dan": "1 maand"}},
            "de laatste cursus is langer dan 1 maand geleden",
        ),
        (
            {"laatste_cursus": {"hoogstens_oud": "2 jaar"}},
            "de laatste cursus is hoogstens 2 jaar geleden",
        ),
        (
            {"laatste_cursus": {"voor": date(2026, 11, 1)}},
            "de laatste cursus is voor 1 november 2026",
        ),
        (
            {"geen_van": ({"gemotiveerd": "ja"}, {"kansrijk": "ja"})},
            "de cliënt wil de opleiding niet en de opleiding geeft geen kans op werk",
        ),
        (
            {"alle": ({"gemotiveerd": "ja"}, {"een_van": ({"duur": 1}, {"duur": 2})})},
            "de cliënt wil de opleiding en (de opleiding duurt precies 1 maand of de opleiding "
            "duurt precies 2 maanden)",
        ),
        (
            {"minstens": 1, "van": ({"gemotiveerd": "ja"}, {"duur": 2})},
            "minstens 1 van deze 2: de cliënt wil de opleiding; de opleiding duurt precies 2 "
            "maanden",
        ),
    ],
)
def test_a_condition_is_said(raw: object, said: str) -> None:
    assert say(tree(raw), knowledge().lexicon).startswith(said)


def test_a_group_has_a_line_above_its_parts() -> None:
    assert heading(tree({"alle": ({"gemotiveerd": "ja"},)})) == "al deze dingen"
    assert heading(tree({"geen_van": ({"gemotiveerd": "ja"},)})) == "geen van deze dingen"
    assert heading(tree({"gemotiveerd": "ja"})) == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("gemotiveerd", "nee", "de cliënt wil de opleiding niet"),
        ("richting", "zorg", "de opleiding is in de richting zorg"),
        ("duur", 1, "de opleiding duurt 1 maand"),
        ("laatste_cursus", date(2026, 3, 1), "de laatste cursus is 1 maart 2026"),
        ("omvang", "heel_lang", "de opleiding is heel lang"),
    ],
)
def test_a_fact_is_said(name: str, value: str | int | date, said: str) -> None:
    assert say_fact(name, value, knowledge().lexicon) == said


def test_a_reason_gives_the_answer_and_what_it_was_held_against() -> None:
    leaf = tree({"duur": {"tussen": (3, 12)}})
    said = say_reason(leaf, 9, knowledge().lexicon)  # type: ignore[arg-type]
    assert said == "de opleiding duurt 9 maanden (3 tot en met 12 maanden)"


def test_lists_are_joined_as_dutch_does() -> None:
    assert enumerate_dutch(["a", "b", "c"], "en") == "a, b en c"
    assert enumerate_dutch(["a"], "en") == "a"
    assert enumerate_dutch([], "of") == ""


LEXICON = (
    {name: Phrasing(name, "dit is zo", "dit is niet zo", {}) for name in YES_NO}
    | {
        name: Phrasing(name, "het is {}", "het is niet {}", {option: option for option in OPTIONS})
        for name in CHOICES
    }
    | {name: Phrasing(name, "het duurt {}", "-", {}, "dag", "dagen") for name in NUMBERS}
    | {name: Phrasing(name, "dat was {}", "-", {}) for name in DATES}
)


@given(condition())
def test_wording_is_never_empty_and_never_shows_a_name_of_the_code(part: Condition) -> None:
    said = say(part, LEXICON)
    assert said
    assert not re.search(r"[a-z]_[a-z0-9]|\{\}|<|>|=|None", said)


def test_the_phrasing_of_the_real_thing_has_no_gap() -> None:
    for fact in knowledge().facts.values():
        phrasing = phrasing_of(fact)
        assert phrasing.sentence
        assert phrasing.sentence_not

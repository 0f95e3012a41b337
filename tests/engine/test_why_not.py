"""Why a step is not advised: every rule that could advise it, and all that stands in its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine import consult as consulting
from engine import paths
from engine.case import Case
from engine.case_file import read_cases
from engine.conditions import All, AnyOf, AtLeast, Condition, Not, evaluate_leaf
from engine.consult import Consultation, consult
from engine.kleene import Truth, all_of, any_of, at_least, negation
from engine.library import Knowledge
from engine.loading import load
from engine.obstacles import Obstacle, leaves_of
from engine.reasons import Reason
from engine.why_not import Candidate, Exit, WhyNot, why_not
from engine.why_not_text import as_text, ask_in_words, obstacle_in_words, summary
from engine.words import Direction, Status
from tests.counts import examples
from tests.engine.worlds import PROTOCOL, case, edited, files, knowledge, knowledge_with
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud_waarom_niet"
STEP = "scholing_inzetten"
KEEN: dict[str, Any] = {"gemotiveerd": "ja", "richting": "zorg", "kosten": 100}

OTHER = {
    "protocollen/ander/2026-06-01.yaml": """protocol: ander
titel: Het andere protocol
geldig_vanaf: 2026-06-01
toelichting: Alleen voor tests.
regels:
  - id: ander.toch
    titel: Toch inzetten
    als:
      minstens: 2
      van: [gemotiveerd: ja, kansrijk: ja, kosten: {minder_dan: 50}]
    dan: {handeling: scholing_inzetten, richting: doen}
    norm: overweging
    omdat: Soms kan het anders.
    bronnen: ["proefwet#9"]
    onderbouwing: praktijk
    zekerheid: gelezen
"""
}


def ask(answers: Mapping[str, Any], step: str = STEP) -> WhyNot:
    return why_not(consult(knowledge(), case(**answers)), knowledge(), step)


def said(candidate: Candidate) -> list[str]:
    return [obstacle_in_words(item) for item in candidate.obstacles]


def test_a_condition_that_fails_is_said_as_it_is_with_what_is_needed() -> None:
    (rule,) = ask({**KEEN, "duur": 30}).rules
    assert said(rule) == ["de opleiding is heel lang; nodig is: kort of lang"]
    (why,) = rule.obstacles[0].because
    assert why.text == "de opleiding duurt 30 maanden (langer dan 24 maanden)"


def test_every_condition_that_fails_is_named_and_not_only_the_shortest_reason() -> None:
    (rule,) = ask({"gemotiveerd": "nee", "richting": "horeca", "kosten": 1, "duur": 2}).rules
    assert said(rule) == [
        "de opleiding geeft geen kans op werk",
        "de cliënt wil de opleiding niet",
    ]
    (under,) = rule.obstacles[0].parts
    assert obstacle_in_words(under) == (
        "de opleiding is in de richting horeca; nodig is: zorg of techniek"
    )
    assert rule.distance == (2, 0)


def test_what_is_open_comes_with_the_question_and_who_can_answer_it() -> None:
    answer = ask({"gemotiveerd": "ja", "kosten": 100, "duur": 3})
    (rule,) = answer.rules
    assert rule.status is Status.OPEN
    assert [item.name for item in rule.open] == ["kansrijk"]
    assert [ask_in_words(one) for one in rule.asks] == [
        "In welke richting is de opleiding? (de cliënt)"
    ]
    assert summary(answer) == (
        "Deze stap wordt nu niet geadviseerd. Eén regel kan dat doen; daarbij is één ding nog "
        "niet bekend."
    )


def test_a_disputed_fact_is_said_to_be_disputed() -> None:
    (rule,) = ask({**KEEN, "duur": 3, "gemotiveerd": "betwist"}).rules
    assert ask_in_words(rule.asks[0]).endswith("(de cliënt; hierover zijn partijen het niet eens)")


def test_an_exception_that_goes_before_is_named_with_why() -> None:
    answer = ask({**KEEN, "duur": 3, "kosten": 4000})
    (rule,) = answer.rules
    assert rule.obstacles == ()
    assert [(item.title, item.reasons[0].text) for item in rule.defeated_by] == [
        ("Te duur", "de opleiding kost 4.000 euro (meer dan 2.500 euro)")
    ]
    assert summary(answer) == (
        "Deze stap wordt nu niet geadviseerd. Eén regel kan dat doen; daarbij gaat een "
        "uitzondering voor. De regel 'Te duur' raadt dit juist af."
    )


def test_an_exception_is_also_named_while_the_condition_itself_fails() -> None:
    (rule,) = ask({**KEEN, "duur": 30, "kosten": 4000}).rules
    assert rule.status is Status.DOES_NOT_HOLD
    assert [item.rule for item in rule.defeated_by] == ["proef.te-duur"]
    assert rule.distance == (2, 0)


def test_a_step_that_is_advised_after_all_is_said_to_be() -> None:
    assert summary(ask({**KEEN, "duur": 3})) == "Deze stap wordt wel geadviseerd."
    provisional = ask({"gemotiveerd": "ja", "richting": "zorg", "duur": 3})
    assert provisional.rules[0].status is Status.PROVISIONAL
    assert [item.title for item in provisional.rules[0].open_exceptions] == ["Te duur"]
    assert "voorlopig geadviseerd" in summary(provisional)


def test_to_refrain_from_a_step_is_a_question_too() -> None:
    answer = why_not(consult(knowledge(), case(**KEEN)), knowledge(), STEP, Direction.DO_NOT)
    assert answer.step == "Zet de scholing niet in"
    assert [item.rule.id for item in answer.rules] == ["proef.te-duur"]
    assert said(answer.rules[0]) == ["de opleiding kost 100 euro; nodig is: meer dan 2.500 euro"]


def test_of_alternatives_one_is_enough() -> None:
    old = date(2020, 1, 1)
    (rule,) = ask({"kosten": 100, "laatste_cursus": old}, "kosten_bespreken").rules
    (group,) = rule.obstacles
    assert group.text == "één van deze dingen is nog nodig"
    assert [obstacle_in_words(part) for part in group.parts] == [
        "de opleiding kost 100 euro; nodig is: 1.000 tot en met 2.500 euro",
        "de laatste cursus is 1 januari 2020; nodig is: hoogstens 6 maanden geleden",
    ]
    assert rule.distance == (1, 0)


def test_a_step_that_no_rule_advises_is_said_to_be_so() -> None:
    text = """
  - id: niets_doen
    titel: Doe niets
    titel_niet: Laat het er niet bij
"""
    known = knowledge_with({"handelingen.yaml": files()["handelingen.yaml"] + text})
    answer = why_not(consult(known, case()), known, "niets_doen")
    assert summary(answer) == "Geen enkele regel adviseert dit uit zichzelf."
    with pytest.raises(KeyError):
        why_not(consult(known, case()), known, "bestaat_niet")


def test_another_protocol_is_asked_on_the_same_case() -> None:
    known = knowledge_with(OTHER)
    mine = case(gemotiveerd="ja", richting="horeca", kosten=10, duur=3)
    answer = why_not(consult(known, mine), known, STEP)
    assert [(rule.rule.id, rule.included) for rule in answer.rules] == [
        ("ander.toch", False),
        ("proef.inzetten", True),
    ]
    assert summary(answer) == (
        "In de protocollen van deze casus wordt deze stap niet geadviseerd. Het protocol "
        "'Het andere protocol' adviseert dit wel."
    )


def test_at_least_so_many_says_how_many_are_still_needed() -> None:
    known = knowledge_with(OTHER)
    mine = case(gemotiveerd="nee", richting="horeca", kosten=100, duur=3)
    answer = why_not(consult(known, mine), known, STEP)
    other = next(rule for rule in answer.rules if rule.protocol == "ander")
    assert other.obstacles[0].text == "twee van deze dingen zijn nog nodig"
    assert len(other.failing) == 3
    assert other.distance == (2, 0)


def test_a_protocol_that_does_not_cover_the_day_is_named() -> None:
    known = knowledge_with(OTHER)
    early = case(on=date(2026, 3, 1), **KEEN)
    answer = why_not(consult(known, early), known, STEP)
    (missing,) = answer.uncovered
    assert missing.title == "Het andere protocol"
    assert missing.reason == "Dit protocol geldt niet op 1 maart 2026."
    assert "NIET GEVRAAGD: Het andere protocol." in as_text(answer, consult(known, early))


def test_a_withheld_advice_is_said_to_be_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consulting, "infer", lambda *_: {})
    answer = ask({**KEEN, "duur": 3})
    (rule,) = answer.rules
    assert rule.status is None
    assert "niet eens" in rule.withheld
    assert summary(answer) == "Over deze stap kan Leidraad nu geen advies geven."


def test_a_rule_for_another_authority_is_not_called_near() -> None:
    change = edited(PROTOCOL, "        - kansrijk: ja", "        - instantie: gemeente")
    known = knowledge_with(change)
    answer = why_not(consult(known, case(**KEEN, duur=3)), known, STEP)
    assert answer.rules[0].elsewhere
    assert summary(answer).endswith("daarbij gaat het om een andere instantie.")


# Over the project's own knowledge.


@cache
def real() -> Knowledge:
    return load(paths.knowledge_folder())


@cache
def real_cases() -> tuple[Case, ...]:
    return tuple(item.case for item in read_cases(paths.cases_folder(), real())[0])


def sampled() -> list[Case]:
    return Random(4).sample(real_cases(), examples(full=120, quick=3))


def texts(answer: WhyNot) -> Iterator[str]:
    """Everything that a user can read in an answer."""
    yield summary(answer)
    yield answer.step
    for rule in answer.rules:
        yield from _candidate_texts(rule)
    yield from (item.reason for item in answer.uncovered)


def _candidate_texts(rule: Candidate) -> Iterator[str]:
    yield rule.rule.title
    yield from (text for item in rule.obstacles for text in _obstacle_texts(item))
    yield from (ask_in_words(one) for one in rule.asks)
    yield from (
        text for item in (*rule.defeated_by, *rule.open_exceptions) for text in _exit_texts(item)
    )


def _obstacle_texts(obstacle: Obstacle) -> Iterator[str]:
    yield obstacle_in_words(obstacle)
    yield from (text for part in obstacle.parts for text in _obstacle_texts(part))
    yield from _reason_texts(obstacle.because)


def _reason_texts(reasons: tuple[Reason, ...]) -> Iterator[str]:
    for reason in reasons:
        yield reason.text
        yield from _reason_texts(reason.because)


def _exit_texts(item: Exit) -> Iterator[str]:
    yield item.title
    yield item.because
    yield from _reason_texts(item.reasons)


def decided(condition: Condition, leaf: Callable[[Condition], Truth]) -> Truth:
    """Decide a condition with the truth of each leaf as told."""
    match condition:
        case All():
            return all_of(decided(part, leaf) for part in condition.parts)
        case AnyOf():
            return any_of(decided(part, leaf) for part in condition.parts)
        case AtLeast():
            return at_least(condition.count, [decided(part, leaf) for part in condition.parts])
        case Not():
            return negation(decided(condition.part, leaf))
        case _:
            return leaf(condition)


def check_obstacles(rule: Candidate, found: Consultation) -> None:
    """The listed parts are not true, together they are what is needed, and none is idle."""
    facts = {
        **found.facts,
        **{name: item.value for name, item in found.conclusions.items() if item.value},
    }
    day = found.case.reference_date
    condition = found.program.rules[rule.rule.id].condition
    listed = list(leaves_of(rule.obstacles))
    for item in listed:
        assert evaluate_leaf(item.condition, facts, day) is item.truth  # type: ignore[arg-type]

    def turned(but: Condition | None) -> Callable[[Condition], Truth]:
        changed = [item.condition for item in listed if item.condition != but]
        return lambda leaf: True if leaf in changed else evaluate_leaf(leaf, facts, day)  # type: ignore[arg-type]

    assert decided(condition, turned(None)) is True
    for item in rule.obstacles:
        if not item.is_group:
            assert decided(condition, turned(item.condition)) is not True


def test_every_answer_on_every_step_is_whole_and_true() -> None:
    known = real()
    rules = {bound.rule.id for versions in known.protocols.values() for bound in versions[-1].rules}
    for one in sampled():
        found = consult(known, one)
        everything = consult(known, replace(one, protocols=known.protocols_on(one.reference_date)))
        for action in known.actions:
            answer = why_not(found, known, action)
            for text in texts(answer):
                assert text.strip()
                assert not re.search(r"[a-z]_[a-z]|\{|\bNone\b", text), text
                assert not any(word.strip("'.,();:") in rules for word in text.split()), text
            could = {
                advice.rule.id
                for advice in everything.advices
                if advice.rule.advice.action == action
                and advice.rule.advice.direction is Direction.DO
            }
            assert {rule.rule.id for rule in answer.rules} == could
            for rule in answer.rules:
                same = everything.advice(rule.rule.id)
                assert rule.status is same.status
                assert bool(rule.failing) is (rule.status is Status.DOES_NOT_HOLD)
                assert rule.advised is not bool(rule.failing or rule.open or rule.defeated_by)
                assert set(same.missing) <= {item.fact for item in rule.asks}
                check_obstacles(rule, everything)


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("instrumentkeuze-03-ww-zeven-maanden", "proefplaats_inzetten"),
        ("scholing-08-bijstand-bij-uwv", "scholing_inzetten"),
        ("maatregel-002-eerste-melding", "maatregel_opleggen"),
    ],
)
def test_the_words_of_an_answer(name: str, action: str) -> None:
    (one,) = [item for item in real_cases() if item.id == name]
    found = consult(real(), one)
    check_golden(GOLDEN / f"{name}.txt", as_text(why_not(found, real(), action), found))

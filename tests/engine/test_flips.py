"""What would change an advice: what is found does change it, and nothing smaller does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import paths
from engine.answers import Answer, answers_apart
from engine.case import Case
from engine.case_file import read_cases
from engine.conditions import All, NoneOf, Not, OneOf, Value, evaluate_leaf
from engine.consult import consult
from engine.explain import conclude
from engine.flips import flips, is_given, stand_ins, to_flip
from engine.knowledge import Fact, Notion, Protocol, Rule
from engine.library import BoundNotion, BoundProtocol, BoundRule, Knowledge
from engine.loading import load
from engine.program import Program, build_program
from engine.reasons import ways_in_words
from engine.search import Clock, Found, search
from engine.situation import Situation, leaves_under
from engine.words import Changeable, FactKind, NotionKind, Status
from tests.counts import examples
from tests.engine import worlds
from tests.engine.rule_bases import (
    CHOICES,
    DATES,
    NUMBERS,
    OPTIONS,
    REFERENCE,
    TABLES,
    YES_NO,
    RuleBase,
    random_facts,
    rule_bases,
)

PATIENT = 60.0
"""Seconds, for tests that want everything that there is to find."""

FREE = 4
"""Facts that may change in a random case: few enough to try all combinations."""

SEEDS = st.integers(0, 2**32 - 1)


def a_fact(name: str) -> Fact:
    kind = {
        YES_NO: FactKind.YES_NO,
        CHOICES: FactKind.CHOICE,
        NUMBERS: FactKind.NUMBER,
        DATES: FactKind.DATE,
    }[next(group for group in (YES_NO, CHOICES, NUMBERS, DATES) if name in group)]
    options = [{"id": option, "naam": option} for option in OPTIONS]
    return Fact.model_validate(
        {
            "id": name,
            "naam": name,
            "soort": kind.value,
            "zin": name,
            "vraag": name,
            "wie": ("client",),
            "waarom": name,
            "maximum": 5,
            "opties": tuple(options) if kind is FactKind.CHOICE else (),
        }
    )


def other_answers(
    program: Program, rule: str, facts: Mapping[str, Value], random: Random
) -> dict[str, tuple[Answer, ...]]:
    """The answers to try for a few facts, known and unknown, under one rule."""
    told = leaves_under(program, (rule, program.effect(rule)))
    names = sorted({leaf.name for leaf in told})
    found = {}
    for name in random.sample(names, min(FREE, len(names))):
        apart = answers_apart(a_fact(name), told, REFERENCE)
        now = facts.get(name)
        found[name] = tuple(
            one
            for one in apart
            if now is None or not evaluate_leaf(one.said, {name: now}, REFERENCE)
        )
    return found


def as_answers(changes: Iterable[Answer]) -> dict[str, Value]:
    return {one.fact: one.example for one in changes}


def given_after(program: Program, rule: str, facts: Mapping[str, Value]) -> bool:
    """Whether the advice is given, by the evaluator."""
    found = conclude(program, facts, REFERENCE)
    return found[rule].value == "ja" and found[program.effect(rule)].value != "nee"


def all_flips(
    program: Program,
    rule: str,
    facts: Mapping[str, Value],
    answers: Mapping[str, tuple[Answer, ...]],
) -> set[frozenset[str]]:
    """The smallest sets of questions of which other answers flip the advice, by trying all."""
    goal = not given_after(program, rule, facts)
    found: set[frozenset[str]] = set()
    for size in range(1, 4):
        for names in combinations(sorted(answers), size):
            if any(smaller <= set(names) for smaller in found):
                continue
            for chosen in product(*(answers[name] for name in names)):
                after = {**facts, **as_answers(chosen)}
                if given_after(program, rule, after) is goal:
                    found.add(frozenset(names))
                    break
    return found


@pytest.mark.timeout(1_200)
@settings(
    max_examples=examples(full=500, quick=60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rule_bases(), SEEDS)
def test_the_search_finds_exactly_what_trying_everything_finds(base: RuleBase, seed: int) -> None:
    program = build_program(base.knowledge, ("proef",), "uwv", REFERENCE)
    random = Random(seed)
    for _ in range(3):
        facts = random_facts(random)
        for rule in program.rules:
            answers = other_answers(program, rule, facts, random)
            start = Situation(program, facts, REFERENCE, frozenset(answers))
            found = search(start, to_flip(program, rule, start), answers, 3, Clock(PATIENT))
            assert found.complete
            sets = {frozenset(one.fact for one in changes) for changes in found.sets}
            assert sets == all_flips(program, rule, facts, answers)


def test_a_value_that_no_row_of_a_table_gives_is_only_passed_over_for_another() -> None:
    when = All((OneOf(CHOICES[0], ("rood",)), OneOf(YES_NO[0], ("ja",))))
    notion = Notion.model_construct(id=TABLES[0], kind=NotionKind.CHOICE)
    table = BoundNotion(notion, (("rood", when), ("wit", Not(when))))
    rule = Rule.model_construct(id="proef.r0", exception_to=())
    protocol = Protocol.model_construct(
        id="proef", title="Proef", place=1, valid_from=REFERENCE, valid_until=None
    )
    bound = BoundProtocol(protocol, "x", (BoundRule(rule, NoneOf(TABLES[0], ("groen",))),))
    base = replace(
        worlds.knowledge(), notions={TABLES[0]: table}, protocols={"proef": (bound,)}, lexicon={}
    )
    program = build_program(base, ("proef",), "uwv", REFERENCE)
    facts: dict[str, Value] = {YES_NO[0]: "nee"}
    answers = {
        YES_NO[0]: answers_apart(a_fact(YES_NO[0]), leaves_under(program, ("proef.r0",)), REFERENCE)
    }
    start = Situation(program, facts, REFERENCE, frozenset(answers))
    found = search(start, to_flip(program, "proef.r0", start), answers, 3, Clock(PATIENT))
    assert [{one.fact for one in changes} for changes in found.sets] == [{YES_NO[0]}]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(paths.knowledge_folder())


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> list[Case]:
    found = [item.case for item in read_cases(paths.cases_folder(), knowledge)[0]]
    return Random(4).sample(found, examples(full=150, quick=15))


def each_flip(
    cases: list[Case], knowledge: Knowledge
) -> Iterator[tuple[Case, tuple[str, ...], bool, Found]]:
    """Every search in these cases, with the rules that count: the rule and its stand-ins."""
    for case in cases:
        consultation = consult(knowledge, case)
        for advice in consultation.advices:
            rule = advice.rule.id
            given_now = advice.status.is_given
            counted = (rule, *stand_ins(consultation, rule)) if given_now else (rule,)
            found = flips(consultation, knowledge, rule, seconds=PATIENT)
            yield case, counted, given_now, found


@pytest.mark.timeout(1_200)
def test_what_is_found_flips_the_advice_of_a_whole_consultation_and_no_part_of_it_does(
    knowledge: Knowledge, cases: list[Case]
) -> None:
    tried = 0
    for case, rules, given_now, found in each_flip(cases, knowledge):
        for changes in found.sets[:4]:
            tried += 1
            assert is_now_given(knowledge, case, rules, changes) is not given_now
            for left_out in changes:
                part = [one for one in changes if one is not left_out]
                assert is_now_given(knowledge, case, rules, part) is given_now
    assert tried > 100


def is_now_given(
    knowledge: Knowledge, case: Case, rules: tuple[str, ...], changes: Iterable[Answer]
) -> bool:
    for name, value in as_answers(changes).items():
        case = case.answer(knowledge, name, value)
    consultation = consult(knowledge, case)
    return any(consultation.advice(rule).status.is_given for rule in rules)


def test_that_another_rule_advises_the_same_is_no_loss(knowledge: Knowledge) -> None:
    (case,) = (
        item.case
        for item in read_cases(paths.cases_folder() / "scholing", knowledge)[0]
        if item.case.id == "scholing-20-ww-achttien-maanden"
    )
    # Beyond two years another rule is against the training as well.
    longer = case.answer(knowledge, "opleiding_maanden", 30)
    assert not consult(knowledge, longer).advice("scholing.ww-te-lang").status.is_given
    found = flips(consult(knowledge, case), knowledge, "scholing.ww-te-lang")
    lengths = [
        one.example for set_ in found.sets for one in set_ if one.fact == "opleiding_maanden"
    ]
    assert lengths
    assert all(isinstance(length, int) and length <= 12 for length in lengths)


def test_only_what_can_change_is_said_to_change_an_advice(
    knowledge: Knowledge, cases: list[Case]
) -> None:
    for case, _, _, found in each_flip(cases, knowledge):
        for changes in found.sets:
            for one in changes:
                now = case.known.get(one.fact)
                assert now is None or knowledge.facts[one.fact].can_become_another(now)


def test_every_set_is_said_in_words_without_identifiers(
    knowledge: Knowledge, cases: list[Case]
) -> None:
    for _, _, _, found in each_flip(cases, knowledge):
        for way in ways_in_words(found, knowledge):
            assert way.said.strip()
            assert "{}" not in way.said
            assert not {word for word in way.said.split() if "_" in word}
            assert set(way.answers) == set(way.facts)


def test_a_search_without_time_says_that_it_looked_no_further() -> None:
    case = worlds.case()
    consultation = consult(worlds.knowledge(), case)
    open_rules = [one.rule.id for one in consultation.advices if one.status is Status.OPEN]
    found = flips(consultation, worlds.knowledge(), open_rules[0], seconds=0.0)
    assert found == Found((), complete=False)


def test_answers_that_no_condition_tells_apart_are_one() -> None:
    fact = a_fact(NUMBERS[0])
    (one,) = answers_apart(fact, (), date(2026, 1, 1))
    assert one.example in (0, 5)


def test_a_situation_with_other_answers_leaves_the_first_as_it_was() -> None:
    known = worlds.knowledge()
    consultation = consult(known, worlds.case())
    start = Situation(consultation.program, consultation.facts, worlds.TODAY, frozenset())
    before = dict(start)
    for rule in consultation.program.rules:
        assert is_given(start, consultation.program, rule) in (True, False)
    start.with_answers(dict.fromkeys(known.facts, "ja"))
    assert dict(start) == before


def test_what_can_only_be_done_is_never_said_to_be_undone() -> None:
    fact = a_fact(YES_NO[0]).model_copy(update={"changeable": Changeable.ONLY_TO_YES})
    assert fact.can_become_another("nee")
    assert not fact.can_become_another("ja")


def test_changeable_counts_for_what_is_known_only(knowledge: Knowledge, cases: list[Case]) -> None:
    fixed = replace(
        knowledge,
        facts={
            name: fact.model_copy(update={"changeable": Changeable.NO})
            for name, fact in knowledge.facts.items()
        },
    )
    for case, _, _, found in each_flip(cases[:3], fixed):
        assert all(one.fact not in case.known for changes in found.sets for one in changes)

"""Which question first: one that can change an advice, and that someone here can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.answers import answers_apart
from engine.case import Case
from engine.conditions import All, AnyOf, OneOf, Value
from engine.consult import consult
from engine.explain import Missing, conclude
from engine.knowledge import Action, Protocol, Rule
from engine.library import Authority, BoundProtocol, BoundRule, Knowledge
from engine.program import Program, build_program
from engine.questions import Question, rank
from engine.relevance import Relevance
from engine.situation import leaves_under
from engine.words import AuthorityKind, Respondent
from tests.counts import examples
from tests.engine import worlds
from tests.engine.rule_bases import (
    CHOICES,
    DATES,
    NUMBERS,
    REFERENCE,
    YES_NO,
    RuleBase,
    random_facts,
    rule_bases,
)
from tests.engine.test_flips import a_fact, as_answers

ALL_FACTS = {name: a_fact(name) for name in (*YES_NO, *CHOICES, *NUMBERS, *DATES)}
A, B, C = YES_NO[:3]


def waiting_in(program: Program, facts: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    conclusions = conclude(program, facts, REFERENCE)
    missing = Missing(conclusions)
    return {rule: missing.of(rule) for rule in program.rules if conclusions[rule].value is None}


def ranked(
    knowledge: Knowledge, program: Program, facts: Mapping[str, Value]
) -> tuple[Question, ...]:
    case = Case("proef", REFERENCE, "uwv", ("proef",))
    relevance = Relevance(program, facts, REFERENCE, ALL_FACTS)
    return rank(knowledge, case, waiting_in(program, facts), relevance.shown)


def standing(program: Program, facts: Mapping[str, Value], rule: str) -> tuple[object, object]:
    found = conclude(program, facts, REFERENCE)
    return found[rule].value, found[program.effect(rule)].value


def can_change(program: Program, facts: Mapping[str, Value], name: str, rule: str) -> bool:
    """Whether an answer changes an advice, tried with all answers to up to three others."""
    told = leaves_under(program, (rule, program.effect(rule)))
    others = sorted({leaf.name for leaf in told} - {name} - facts.keys())
    own = answers_apart(ALL_FACTS[name], told, REFERENCE)
    for size in range(4):
        for chosen in combinations(others, size):
            answers = [answers_apart(ALL_FACTS[other], told, REFERENCE) for other in chosen]
            for combination in product(*answers):
                known = {**facts, **as_answers(combination)}
                before = standing(program, known, rule)
                if any(
                    standing(program, {**known, name: one.example}, rule) != before for one in own
                ):
                    return True
    return False


@pytest.mark.timeout(1_200)
@settings(
    max_examples=examples(full=400, quick=50),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rule_bases(), st.integers(0, 2**32 - 1))
def test_the_first_question_can_change_an_advice(base: RuleBase, seed: int) -> None:
    knowledge = replace(base.knowledge, facts=ALL_FACTS)
    program = build_program(knowledge, ("proef",), "uwv", REFERENCE)
    facts = random_facts(Random(seed))
    waiting = waiting_in(program, facts)
    questions = ranked(knowledge, program, facts)
    assert {question.fact.id for question in questions} == {
        name for names in waiting.values() for name in names
    }
    if not questions:
        return
    first = questions[0].fact.id
    asked_by = [rule for rule, names in waiting.items() if first in names]
    assert any(can_change(program, facts, first, rule) for rule in asked_by)


def a_base(condition: All | AnyOf, actions: Mapping[str, Action] | None = None) -> Knowledge:
    """A knowledge base of one rule."""
    rule = Rule.model_construct(id="proef.r0", exception_to=())
    protocol = Protocol.model_construct(
        id="proef", title="Proef", place=1, valid_from=REFERENCE, valid_until=None
    )
    return Knowledge(
        facts=ALL_FACTS,
        notions={},
        parameters={},
        overrides={},
        authorities={"uwv": Authority("uwv", AuthorityKind.UWV, "UWV")},
        sources={},
        actions=actions or {},
        grounds={},
        protocols={"proef": (BoundProtocol(protocol, "x", (BoundRule(rule, condition),)),)},
        files={},
    )


def order(knowledge: Knowledge, facts: Mapping[str, Value]) -> list[str]:
    program = build_program(knowledge, ("proef",), "uwv", REFERENCE)
    return [question.fact.id for question in ranked(knowledge, program, facts)]


def test_a_question_that_can_change_nothing_is_never_first() -> None:
    yes = ("ja",)
    # "b, or a and b" is b: whatever a is, it changes nothing.
    knowledge = a_base(AnyOf((All((OneOf(A, yes), OneOf(B, yes))), OneOf(B, yes))))
    assert order(knowledge, {}) == [B, A]


def test_a_question_that_only_counts_together_with_others_counts() -> None:
    yes = ("ja",)
    parts = tuple(All((OneOf(one, yes), OneOf(two, yes))) for one, two in ((A, B), (B, C), (A, C)))
    assert set(order(a_base(AnyOf(parts)), {})) == {A, B, C}


def test_what_only_a_doctor_can_establish_comes_after_what_can_be_asked() -> None:
    doctor = ALL_FACTS[A].model_copy(update={"respondents": (Respondent.DOCTOR,)})
    advice = Action.model_validate(
        {
            "id": "advies_vragen",
            "titel": "Vraag advies",
            "titel_niet": "Vraag geen advies",
            "raadpleegt": ("arts",),
        }
    )
    knowledge = replace(
        a_base(All((OneOf(A, ("ja",)), OneOf(B, ("ja",)))), {advice.id: advice}),
        facts=ALL_FACTS | {A: doctor},
    )
    program = build_program(knowledge, ("proef",), "uwv", REFERENCE)
    asked, ordered = ranked(knowledge, program, {})
    assert (asked.fact.id, asked.fresh, asked.ordered_by) == (B, True, ())
    assert (ordered.fact.id, ordered.fresh, ordered.ordered_by) == (A, False, ("advies_vragen",))


def test_a_question_says_how_many_advices_wait_for_it_and_for_nothing_else() -> None:
    consultation = consult(worlds.knowledge(), worlds.case())
    for question in consultation.questions:
        waits = [one for one in consultation.advices if question.fact.id in one.missing]
        assert question.advices == len(waits)
        assert question.settles == sum(one.missing == (question.fact.id,) for one in waits)

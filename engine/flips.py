"""What would change an advice: the smallest sets of answers that make it come or go."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answers import Answer, answers_apart
from engine.conditions import evaluate_leaf
from engine.consult import Consultation
from engine.library import Knowledge
from engine.program import Program
from engine.search import Blocked, Clock, Found, search
from engine.situation import Keep, Names, Situation, leaves_under
from engine.words import FactKind

MOST = 3
"""More answers than this at once are no advice to anyone."""

SECONDS = 0.05
"""How long a user waits for this without noticing."""


def flips(
    consultation: Consultation,
    knowledge: Knowledge,
    rule: str,
    *,
    most: int = MOST,
    seconds: float = SECONDS,
) -> Found:
    """Return the smallest sets of answers after which an advice is given, or no longer given.

    An advice that holds, provisionally or not, is given; one that is yet to be determined is not.
    That another rule would advise the same step instead doesn't count as losing it. Only facts
    that can change count (``veranderlijk``), and what is not known yet; what has happened stays
    as it is.

    Args:
        consultation: the case as it is.
        knowledge: where the questions are defined.
        rule: the rule whose advice it is about.
        most: the most answers that a set changes.
        seconds: the time after which the search stops and says so.

    Raises:
        KeyError: the rule was not consulted.
    """
    program, reference = consultation.program, consultation.case.reference_date
    instead = stand_ins(consultation, rule)
    told = leaves_under(
        program, [name for one in (rule, *instead) for name in (one, program.effect(one))]
    )
    answers: dict[str, tuple[Answer, ...]] = {}
    for name in dict.fromkeys(leaf.name for leaf in told):
        fact, now = knowledge.facts[name], consultation.facts.get(name)
        if fact.kind is FactKind.TEXT or not (now is None or fact.can_become_another(now)):
            continue
        others = [
            one
            for one in answers_apart(fact, told, reference)
            if now is None or not evaluate_leaf(one.said, {name: now}, reference)
        ]
        if others:
            answers[name] = tuple(others)
    start = Situation(program, consultation.facts, reference, frozenset(answers))
    blocked = to_flip(program, rule, start, instead)
    return search(start, blocked, answers, most, Clock(seconds))


def stand_ins(consultation: Consultation, rule: str) -> tuple[str, ...]:
    """Return the other rules on the same step that don't advise it now, but could instead.

    Raises:
        KeyError: the rule was not consulted.
    """
    step = consultation.advice(rule).rule.advice
    return tuple(
        one.rule.id
        for one in consultation.advices
        if one.rule.advice.action == step.action
        and one.rule.advice.direction is step.direction
        and one.rule.id != rule
        and not one.status.is_given
    )


def is_given(situation: Situation, program: Program, rule: str) -> bool:
    """Whether the advice of a rule holds, be it provisionally."""
    return situation.get(rule) == "ja" and situation.get(program.effect(rule)) != "nee"


def to_flip(program: Program, rule: str, start: Situation, instead: Sequence[str] = ()) -> Blocked:
    """Say what is in the way of an advice that isn't given, or of losing one that is.

    Args:
        program: the rules.
        rule: the rule whose advice it is about.
        start: the situation as it is.
        instead: rules that must not come to give the same advice when this one is lost.
    """

    def gone(situation: Situation) -> Names | None:
        for name in (rule, *instead):
            if is_given(situation, program, name):
                condition = program.derivations[name].condition
                effect = program.derivations[program.effect(name)].condition
                holds = situation.keeping(condition, Keep.TRUE)
                return holds | situation.keeping(effect, Keep.NOT_FALSE)
        return None

    condition = program.derivations[rule].condition
    effect = program.derivations[program.effect(rule)].condition

    def come(situation: Situation) -> Names | None:
        if situation.truth(condition) is not True:
            return situation.keeping(condition, Keep.NOT_TRUE)
        if situation.truth(effect) is False:
            return situation.keeping(effect, Keep.FALSE)
        return None

    return gone if is_given(start, program, rule) else come

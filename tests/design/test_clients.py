"""The solver says of every client what the consultation says, and finds the smallest there is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from random import Random
from typing import Any

import pytest
import z3
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import engine.design.clients as clients_module
from engine.conditions import All, AnyOf, Condition, Constant, NoneOf, OneOf, Value, evaluate
from engine.design.claims import UndecidedError
from engine.design.clients import Clients
from engine.explain import AMBIGUOUS, conclude
from engine.knowledge import Fact, Option
from engine.library import Authority
from engine.program import Derivation, Program, build_program
from engine.words import AuthorityKind, FactKind
from tests.counts import examples
from tests.engine.rule_bases import (
    CHOICES,
    DATES,
    NUMBERS,
    OPTIONS,
    REFERENCE,
    YES_NO,
    RuleBase,
    condition,
    random_facts,
    rule_bases,
)

CASES = 8
SEEDS = st.integers(0, 2**32 - 1)
THOROUGH = settings(
    max_examples=examples(full=500, quick=25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _fact(name: str, kind: FactKind, options: tuple[str, ...] = ()) -> Fact:
    chosen = tuple(Option.model_construct(id=option) for option in options)
    return Fact.model_construct(id=name, kind=kind, options=chosen, minimum=0, maximum=5)


FACTS: Mapping[str, Fact] = {
    **{name: _fact(name, FactKind.YES_NO) for name in YES_NO},
    **{name: _fact(name, FactKind.CHOICE, OPTIONS) for name in CHOICES},
    **{name: _fact(name, FactKind.NUMBER) for name in NUMBERS},
    **{name: _fact(name, FactKind.DATE) for name in DATES},
}


def disagreement(base: RuleBase, seed: int) -> str:
    """Return what the solver says otherwise than the consultation, or an empty string."""
    program = build_program(base.knowledge, ("proef",), "uwv", REFERENCE)
    clients = Clients(program, FACTS, REFERENCE)
    random = Random(seed)
    for _ in range(CASES):
        case = random_facts(random)
        this = clients.exactly(case)
        conclusions = conclude(program, case, REFERENCE)
        values = {
            name: item.value
            for name, item in conclusions.items()
            if item.value not in (None, AMBIGUOUS)
        }
        for name, item in conclusions.items():
            for option in ("ja", "nee") if not item.derivation.is_table else OPTIONS:
                leaf = OneOf(name, (option,))
                expected = evaluate(leaf, {**case, **values}, REFERENCE)
                said = [
                    truth
                    for truth, claim in (
                        (True, clients.true(leaf)),
                        (False, clients.false(leaf)),
                        (None, clients.open(leaf)),
                    )
                    if clients.exists(this, claim)
                ]
                if said != [expected]:
                    return f"{case}: {name} is {option}: {expected}, the solver says {said}"
    return ""


@pytest.mark.timeout(1_200)
@THOROUGH
@given(rule_bases(overlapping=True), SEEDS)
def test_the_solver_agrees_with_the_consultation(base: RuleBase, seed: int) -> None:
    assert disagreement(base, seed) == ""


original_work_out = Clients._work_out


def _no_unknown(self: Clients, condition: Condition) -> Any:
    truth = original_work_out(self, condition)
    return truth._replace(false=z3.Not(truth.true))


@pytest.mark.parametrize("broken", ["leaf", "table", "unknown is no", "at least"])
def test_a_solver_that_reads_wrongly_is_noticed(
    monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    if broken == "leaf":
        monkeypatch.setattr(clients_module, "evaluate_leaf", lambda *_: True)
    elif broken == "table":
        monkeypatch.setattr(clients_module, "excluded", lambda name, value: "")
    elif broken == "unknown is no":
        monkeypatch.setattr(Clients, "_work_out", _no_unknown)
    else:
        monkeypatch.setattr(z3, "AtLeast", z3.AtMost)
    quick = settings(THOROUGH, max_examples=1_000, phases=[Phase.generate])
    base, seed = find(
        st.tuples(rule_bases(overlapping=True), SEEDS),
        lambda pair: disagreement(*pair) != "",
        settings=quick,
    )
    assert disagreement(base, seed) != ""


def _alone(tree: Condition) -> Program:
    """A program of one rule."""
    rule = Derivation("proef.regel", (("ja", tree),))
    return Program(Authority("uwv", AuthorityKind.UWV, "UWV"), (), {}, ((rule,),), {})


@pytest.mark.timeout(1_200)
@THOROUGH
@given(condition(), SEEDS)
def test_what_is_found_is_so_and_nothing_smaller_is(tree: Condition, seed: int) -> None:
    clients = Clients(_alone(tree), FACTS, REFERENCE)
    random = Random(seed)
    cases = [random_facts(random) for _ in range(40)]
    for truth, claim in (
        (True, clients.true(tree)),
        (False, clients.false(tree)),
        (None, clients.open(tree)),
    ):
        found = clients.smallest(claim)
        same = [case for case in cases if evaluate(tree, case, REFERENCE) is truth]
        if found is None:
            assert same == []
            assert not clients.exists(claim)
            continue
        assert evaluate(tree, found, REFERENCE) is truth
        assert all(len(found) <= len(case) for case in same)
        for fewer in _smaller(found):
            assert evaluate(tree, fewer, REFERENCE) is not truth


def _smaller(facts: Mapping[str, Value]) -> list[dict[str, Value]]:
    """The same client with less known."""
    return [dict(some) for size in range(len(facts)) for some in combinations(facts.items(), size)]


def test_what_one_condition_settles_another_loses() -> None:
    one, other = OneOf("keuze_0", ("rood", "groen")), OneOf("keuze_0", ("rood",))
    clients = Clients(_alone(All((one, other))), FACTS, REFERENCE)
    assert clients.smallest(clients.lost(one, other)) == {"keuze_0": "groen"}
    assert not clients.exists(clients.lost(one, one))


def test_what_becomes_open_is_lost_and_what_becomes_settled_is_not() -> None:
    one = OneOf("ja_nee_0", ("ja",))
    either = AnyOf((one, NoneOf("ja_nee_0", ("ja",))))
    clients = Clients(_alone(All((one, either))), FACTS, REFERENCE)
    assert clients.smallest(clients.lost(Constant(truth=True), either)) == {}
    assert not clients.exists(clients.lost(either, Constant(truth=True)))


def test_who_has_two_answers_does_not_exist() -> None:
    one, other = OneOf("keuze_0", ("rood",)), OneOf("keuze_0", ("groen",))
    clients = Clients(_alone(All((one, other))), FACTS, REFERENCE)
    assert not clients.exists(clients.true(one), clients.true(other))
    assert not clients.exists(clients.true(one), clients.open(other))


def test_a_question_that_takes_too_long_is_not_decided() -> None:
    # Ten people and nine chairs: every way to sit has to be tried.
    seats = tuple(f"stoel{number}" for number in range(9))
    people = {f"persoon_{n}": _fact(f"persoon_{n}", FactKind.CHOICE, seats) for n in range(10)}
    apart: list[Condition] = [
        AnyOf((NoneOf(one, (seat,)), NoneOf(other, (seat,))))
        for seat in seats
        for one, other in combinations(people, 2)
    ]
    seated: list[Condition] = [OneOf(one, seats) for one in people]
    tree = All((*seated, *apart))
    clients = Clients(_alone(tree), people, REFERENCE, seconds=0.001)
    with pytest.raises(UndecidedError):
        clients.exists(clients.true(tree))
    with pytest.raises(UndecidedError):
        clients.smallest(clients.true(tree))

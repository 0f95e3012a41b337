"""The rule engine and the evaluator agree on every conclusion, whatever the rules and the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import engine.inference as inference
import engine.productions as compiler
from engine.conditions import Condition, Op, negate
from engine.explain import Conclusion, conclude
from engine.inference import InferenceError, infer
from engine.productions import BoundsError, compile_program
from engine.program import build_program
from tests.counts import examples
from tests.engine.rule_bases import REFERENCE, RuleBase, random_facts, rule_bases

CASES = 40
"""Cases for each rule base: over 500 rule bases in full make 20,000 pairs."""

SEEDS = st.integers(0, 2**32 - 1)
THOROUGH = settings(
    max_examples=examples(full=520, quick=40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def disagreement(base: RuleBase, seed: int) -> str:
    """Return how the two readers differ on a rule base and random cases, or an empty string."""
    program = build_program(base.knowledge, ("proef",), "uwv", REFERENCE)
    try:
        compiled = compile_program(program)
    except BoundsError:
        return ""  # Refused with a clear error; a dozen more examples make up for these.
    random = Random(seed)
    for _ in range(CASES):
        case = random_facts(random)
        expected = settled(conclude(program, case, REFERENCE))
        try:
            found = infer(compiled, case, REFERENCE)
        except InferenceError as error:
            return str(error)
        if found != expected:
            return f"{case}: engine {found}, evaluator {expected}"
    return ""


def settled(conclusions: Mapping[str, Conclusion]) -> dict[str, str]:
    return {name: item.value for name, item in conclusions.items() if item.value is not None}


@pytest.mark.timeout(1_200)
@THOROUGH
@given(rule_bases(overlapping=True), SEEDS)
def test_the_readers_agree(base: RuleBase, seed: int) -> None:
    assert disagreement(base, seed) == ""


def _no_negation(condition: Condition) -> Condition:
    return condition


def _swapped(name: str, op: Op, bound: object) -> dict[str, Any]:
    return original_compare(name, Op.GT if op is Op.GE else op, bound)


original_compare = compiler._compare
original_productions = compiler.productions
original_age = compiler.age


def _only_holds(*arguments: Any) -> Any:
    return [item for item in original_productions(*arguments) if item.value != "nee"]


def _first_leaf_only(*arguments: Any) -> Any:
    return [replace(item, leaves=item.leaves[:1]) for item in original_productions(*arguments)]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("negate", _no_negation),
        ("_compare", _swapped),
        ("productions", _only_holds),
        ("productions", _first_leaf_only),
        ("age", lambda value, reference, unit: original_age(value, reference, unit) + 1),
        ("spell_out", lambda condition: negate(negate(condition.parts[0]))),
    ],
    ids=["no negation", "wrong comparison", "no fails", "lost conjuncts", "age", "at least"],
)
def test_a_broken_compiler_is_noticed(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., Any]
) -> None:
    module = inference if name == "age" else compiler
    monkeypatch.setattr(module, name, broken)
    quick = settings(THOROUGH, max_examples=500, phases=[Phase.generate])
    base, seed = find(
        st.tuples(rule_bases(), SEEDS), lambda pair: disagreement(*pair) != "", settings=quick
    )
    assert disagreement(base, seed) != ""


@pytest.mark.timeout(1_200)
@THOROUGH
@given(rule_bases(), SEEDS)
def test_what_is_settled_stays_so_when_more_is_known(base: RuleBase, seed: int) -> None:
    """Unknown is not "nee": a new fact can settle what was open, never overturn an answer."""
    program = build_program(base.knowledge, ("proef",), "uwv", REFERENCE)
    random = Random(seed)
    for _ in range(CASES):
        known = random_facts(random)
        before = settled(conclude(program, known, REFERENCE))
        after = settled(conclude(program, random_facts(random) | known, REFERENCE))
        assert before.items() <= after.items()

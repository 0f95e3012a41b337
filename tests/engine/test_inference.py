"""The bounds of the rule engine: what doesn't fit is refused, what fails withholds the advice."""

from __future__ import annotations

from typing import Any

import durable_rules_engine as core
import pytest

from engine.conditions import All, AnyOf, AtLeast, Compare, Condition, OneOf, Op
from engine.consult import consult
from engine.explain import AMBIGUOUS
from engine.inference import infer
from engine.library import Authority
from engine.productions import (
    MAX_ATTRIBUTES,
    MAX_PRODUCTIONS,
    BoundsError,
    compile_program,
    productions,
)
from engine.program import Derivation, Program
from engine.words import AuthorityKind
from tests.engine.rule_bases import REFERENCE
from tests.engine.worlds import case, knowledge


def program(*conditions: Condition) -> Program:
    layer = tuple(Derivation(f"r{index}", (("ja", tree),)) for index, tree in enumerate(conditions))
    return Program(Authority("uwv", AuthorityKind.UWV, "UWV"), (), {}, (layer,), {})


def yes(prefix: str, number: int) -> tuple[Condition, ...]:
    return tuple(OneOf(f"{prefix}{index}", ("ja",)) for index in range(number))


def test_many_rules_are_divided_over_rulesets_within_the_bounds() -> None:
    compiled = compile_program(program(*(All(yes(f"f{rule}_", 5)) for rule in range(120))))
    rulesets = [ruleset for layer in compiled.layers for ruleset in layer]
    assert len(rulesets) > 1
    assert all(len(ruleset.productions) <= MAX_PRODUCTIONS for ruleset in rulesets)
    assert all(len(ruleset.attributes) <= MAX_ATTRIBUTES + 1 for ruleset in rulesets)
    facts = {f"f{rule}_{index}": "ja" for rule in range(120) for index in range(5)}
    assert infer(compiled, facts, REFERENCE) == {f"r{rule}": "ja" for rule in range(120)}


def test_a_long_disjunction_that_matches_everywhere_is_carried() -> None:
    """More alternatives than the engine's stack holds, all true at once."""
    compiled = compile_program(program(AnyOf(yes("f", 150))))
    facts = {f"f{index}": "ja" for index in range(150)}
    assert infer(compiled, facts, REFERENCE) == {"r0": "ja"}
    assert infer(compiled, dict.fromkeys(facts, "nee"), REFERENCE) == {"r0": "nee"}
    assert infer(compiled, {"f0": "nee"}, REFERENCE) == {}


@pytest.mark.parametrize(
    "tree",
    [
        AtLeast(6, yes("f", 12)),
        AtLeast(20, yes("f", 40)),
        All(tuple(AnyOf(yes(f"g{index}_", 3)) for index in range(6))),
        AnyOf(yes("f", 401)),
        All(yes("f", MAX_ATTRIBUTES + 1)),
    ],
    ids=["at least", "far too many", "product", "sum", "attributes"],
)
def test_a_condition_that_does_not_fit_is_refused_with_what_to_do(tree: Condition) -> None:
    with pytest.raises(BoundsError, match=r"'r0'.*(begrip|feiten)"):
        compile_program(program(tree))


def test_equal_conjunctions_are_made_once() -> None:
    twice = AnyOf((OneOf("a", ("ja",)), OneOf("a", ("ja",))))
    holds = [
        item
        for item in productions(Derivation("r", (("ja", twice),)), frozenset())
        if item.value == "ja"
    ]
    assert len(holds) == 1


def test_states_are_always_deleted() -> None:
    """The engine runs out of memory at about 1,024 states in one ruleset."""
    compiled = compile_program(program(Compare("n", Op.GT, 3)))
    for turn in range(3_000):
        assert infer(compiled, {"n": turn % 7} if turn % 3 else {}, REFERENCE) in (
            {"r0": "ja"},
            {"r0": "nee"},
            {},
        )


def failing(*arguments: Any) -> None:
    raise core.error("Could not assert fact, error code: 303")


start = core.start_action_for_state


def without_heartbeat(handle: int, state: int) -> tuple[str, str]:
    start(handle, state)
    return "{}", ""


def unreadable(handle: int, state: int) -> tuple[str, str]:
    start(handle, state)
    return "{}", "onzin"


def refusing(*arguments: Any) -> tuple[int, int]:
    return 2, 0


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("assert_fact", failing),
        ("assert_fact", refusing),
        ("start_action_for_state", lambda handle, state: None),
        ("start_action_for_state", without_heartbeat),
        ("start_action_for_state", unreadable),
        ("complete_and_start_action", failing),
    ],
    ids=["error", "refused", "nothing seen", "no heartbeat", "unreadable", "error halfway"],
)
def test_an_engine_that_fails_withholds_every_advice(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Any
) -> None:
    monkeypatch.setattr(core, name, broken)
    found = consult(knowledge(), case(kosten=3000))
    assert found.advices == ()
    assert len(found.withheld) == 3
    assert "regelmachine" in found.withheld[0].reason
    monkeypatch.undo()
    assert consult(knowledge(), case(kosten=3000)).withheld == ()


def test_a_table_with_two_values_is_ambiguous() -> None:
    table = Derivation(
        "t", (("een", OneOf("a", ("ja",))), ("twee", OneOf("b", ("ja",)))), is_table=True
    )
    both = Program(Authority("uwv", AuthorityKind.UWV, "UWV"), (), {}, ((table,),), {})
    found = infer(compile_program(both), {"a": "ja", "b": "ja"}, REFERENCE)
    assert found == {"t": AMBIGUOUS}

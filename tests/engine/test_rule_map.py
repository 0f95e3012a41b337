"""The picture of one rule: what it asks, what goes before it, what it advises."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.conditions import Constant, leaves
from engine.library import Knowledge
from engine.loading import load
from engine.program import build_program
from engine.reasoning_map import COLUMNS, MOST, EdgeKind, NodeKind
from engine.rule_map import rule_map
from engine.wording import say

DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(Path(__file__).parents[2] / "knowledge")


def test_every_rule_has_a_map_that_fits(knowledge: Knowledge) -> None:
    for name in knowledge.protocols:
        for authority in ("uwv", "waterveen"):
            program = build_program(knowledge, (name,), authority, DAY)
            for bound in program.asked_rules():
                drawn = rule_map(program, knowledge, bound.rule.id)
                assert len(drawn.nodes) <= MOST
                assert len(drawn.headings) <= COLUMNS
                steps = [one for one in drawn.ends() if one.kind is NodeKind.STEP]
                assert len(steps) == 1


def test_what_a_rule_asks_and_what_goes_before_it_is_on_the_map(knowledge: Knowledge) -> None:
    program = build_program(knowledge, ("scholing",), "uwv", DAY)
    rule = "scholing.zoektermijn"
    bound = program.rules[rule]
    drawn = rule_map(program, knowledge, rule)
    labels = {node.label for node in drawn.nodes.values()}
    asked = [one for one in leaves(bound.condition) if not isinstance(one, Constant)]
    assert {say(leaf, knowledge.lexicon) for leaf in asked} <= labels
    before = {drawn.nodes[one.source].label for one in drawn.edges if one.kind is EdgeKind.DEFEATS}
    assert before == {program.rules[one].rule.title for one in program.exceptions[rule]}
    assert before

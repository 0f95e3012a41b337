"""The reasoning of one rule as a graph, for any client: what it asks, and what goes before it."""

from __future__ import annotations

from engine.conditions import (
    Between,
    Compare,
    Condition,
    Constant,
    NoneOf,
    Older,
    OneOf,
    leaves,
)
from engine.library import Knowledge
from engine.program import Program
from engine.prose import what_is_advised
from engine.reasoning_map import MOST, EdgeKind, Node, NodeKind, ReasoningMap, Sketch
from engine.wording import say

_NOTION_COLUMNS = 2
Test = OneOf | NoneOf | Compare | Between | Older


def rule_map(program: Program, knowledge: Knowledge, rule: str, most: int = MOST) -> ReasoningMap:
    """Draw up the map of one rule.

    Args:
        program: the rule with the thresholds of one authority filled in.
        knowledge: the words for all of it.
        rule: which rule.
        most: nodes at most; what is left out is said in the map.

    Raises:
        KeyError: the program has no such rule.
    """
    sketch = _RuleSketch(program, knowledge)
    sketch.add(rule)
    said = []
    if sketch.shorten(_NOTION_COLUMNS):
        said.append("Tussenstappen zijn overgeslagen; in de tekst van het protocol staan ze wel.")
    if sketch.trim(most):
        said.append("Niet alles past op de kaart.")
    return sketch.finish(" ".join(said))


class _RuleSketch(Sketch):
    """A map of what a rule can rest on."""

    def __init__(self, program: Program, knowledge: Knowledge) -> None:
        super().__init__()
        self._program = program
        self._knowledge = knowledge

    def add(self, name: str) -> None:
        """Put a rule on the map, with its step, all it asks, and the rules that go before it."""
        bound = self._program.rules[name]
        rule = self._rule(name)
        advice = bound.rule.advice
        action = self._knowledge.actions[advice.action]
        step = f"stap {advice.action} {advice.direction}"
        self.nodes[step] = Node(step, NodeKind.STEP, what_is_advised(action, advice.direction))
        self.edges[rule, step] = EdgeKind.SUPPORTS
        self._asked(bound.condition, rule)
        for other in self._program.exceptions[name]:
            self.edges[self._rule(other), rule] = EdgeKind.DEFEATS

    def _rule(self, name: str) -> str:
        key = f"regel {name}"
        title = self._program.rules[name].rule.title
        self.nodes[key] = Node(key, NodeKind.RULE, title)
        return key

    def _asked(self, condition: Condition, target: str) -> None:
        for leaf in leaves(condition):
            if isinstance(leaf, Constant):
                continue
            notion = self._knowledge.notions.get(leaf.name)
            kind = NodeKind.NOTION if notion else NodeKind.FACT
            label = say(leaf, self._knowledge.lexicon)
            key = f"{kind} {label}"
            known = key in self.nodes
            self.nodes[key] = Node(key, kind, label)
            self.edges[key, target] = EdgeKind.SUPPORTS
            if notion and not known:
                self._under(leaf, key)

    def _under(self, leaf: Test, key: str) -> None:
        """Put what decides about a notion on the map: for these values of it."""
        values: tuple[str, ...] | None = None
        if isinstance(leaf, OneOf | NoneOf):
            values = leaf.values
        derivation = self._program.derivations[leaf.name]
        for value, condition in derivation.branches:
            if values is None or value in values or not derivation.is_table:
                self._asked(condition, key)

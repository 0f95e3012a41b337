"""For each rule how often it has which outcome, and which steps are advised in how many files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.caseload.figures.counting import GIVEN, OUTCOMES, Outcome, Results, size_of, totals
from engine.words import Direction, Status

_RULES_AT_ONCE = 200
"""PostgreSQL takes 1,664 columns in one selection; a rule takes five."""


@dataclass(frozen=True, slots=True)
class RuleOutcomes:
    """How often the advice of one rule is what.

    Attributes:
        counts: files by outcome; an outcome that no file has is nought.
    """

    rule: str
    counts: Mapping[Outcome, int]

    @property
    def given(self) -> int:
        """In how many files there is an advice to follow, be it provisionally."""
        return sum(self.counts[status] for status in GIVEN)


@dataclass(frozen=True, slots=True)
class StepCount:
    """In how many files a step is advised, by whatever rule.

    Attributes:
        action: the id of the action.
        direction: to take the step or to refrain from it.
        files: how many; one in which two rules advise it counts once.
    """

    action: str
    direction: Direction
    files: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a caseload.

    Attributes:
        files: how many files there are.
        rules: in the order of the protocols.
        steps: the steps that are advised in some file, those in most files first.
    """

    files: int
    rules: tuple[RuleOutcomes, ...]
    steps: tuple[StepCount, ...]

    def of_protocol(self, protocol: str) -> tuple[RuleOutcomes, ...]:
        """Return the rules of one protocol."""
        return tuple(one for one in self.rules if one.rule.partition(".")[0] == protocol)


def outcomes(results: Results) -> Outcomes:
    """Count the outcomes of every rule that was asked for, and the steps that follow."""
    files = size_of(results.table)
    names = tuple(results.columns)
    parts = [names[at : at + _RULES_AT_ONCE] for at in range(0, len(names), _RULES_AT_ONCE)]
    rules = tuple(one for some in parts for one in _rules(results, some, files))
    return Outcomes(files, rules, _steps(results))


def _rules(results: Results, rules: Sequence[str], files: int) -> Iterator[RuleOutcomes]:
    counted = [one for one in OUTCOMES if one != Status.DOES_NOT_HOLD]
    sums = {
        f"n{place}_{kind}": results.has(rule, outcome)
        for place, rule in enumerate(rules)
        for kind, outcome in enumerate(counted)
    }
    found = totals(results.table, sums)
    for place, rule in enumerate(rules):
        counts = {one: found[f"n{place}_{kind}"] for kind, one in enumerate(counted)}
        counts[Status.DOES_NOT_HOLD] = files - sum(counts.values())
        yield RuleOutcomes(rule, {one: counts[one] for one in OUTCOMES})


def _steps(results: Results) -> tuple[StepCount, ...]:
    rules: dict[tuple[str, Direction], list[str]] = {}
    for bound in results.program.asked_rules():
        advice = bound.rule.advice
        rules.setdefault((advice.action, advice.direction), []).append(bound.rule.id)
    sums = {f"n{place}": results.given(some) for place, some in enumerate(rules.values())}
    found = totals(results.table, sums)
    steps = [
        StepCount(action, direction, found[f"n{place}"])
        for place, (action, direction) in enumerate(rules)
        if found[f"n{place}"]
    ]
    return tuple(sorted(steps, key=lambda one: -one.files))

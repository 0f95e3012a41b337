"""What in the knowledge rests on what, as it is written: in any version, on any day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.conditions import Condition, names
from engine.library import Knowledge
from engine.program import effect_of, parameters_of
from engine.wording import threshold


class Web:
    """Facts, thresholds, notions, rules and their effects, each with what it directly rests on.

    It says more than a program of one day: what rests on something in any version counts.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Read every condition of the knowledge once."""
        found: dict[str, set[str]] = {}
        for name, notion in knowledge.notions.items():
            found[name] = _named([part for _, part in notion.branches])
        rules = [
            bound
            for versions in knowledge.protocols.values()
            for version in versions
            for bound in version.rules
        ]
        for bound in rules:
            name = bound.rule.id
            found.setdefault(name, set()).update(_named([bound.condition]))
            found.setdefault(effect_of(name), set()).add(name)
            for target in bound.rule.exception_to:
                found.setdefault(effect_of(target), set()).add(effect_of(name))
        self.needs: Mapping[str, set[str]] = found

    def resting_on(self, these: Iterable[str]) -> frozenset[str]:
        """Return all that rests on some of these, directly or through others."""
        return resting_on(these, self)


def resting_on(these: Iterable[str], *webs: Web) -> frozenset[str]:
    """Return all that rests on some of these in one web or another, or in both by turns."""
    users: dict[str, list[str]] = {}
    for web in webs:
        for name, needed in web.needs.items():
            for one in needed:
                users.setdefault(one, []).append(name)
    found, waiting = set[str](), list(these)
    while waiting:
        more = set(users.get(waiting.pop(), ())) - found
        found |= more
        waiting += more
    return frozenset(found)


def _named(conditions: Iterable[Condition]) -> set[str]:
    """Return the facts, notions and thresholds that conditions name."""
    found = set[str]()
    for condition in conditions:
        found |= names(condition)
        found |= {threshold(name) for name in parameters_of(condition)}
    return found

"""What one consultation has to derive: notions and rules, resolved for a day and an authority.

A program is the knowledge narrowed down to the protocols at hand, with every threshold filled
in, in layers: what stands in a layer needs only facts and earlier layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from engine.conditions import (
    All,
    AnyOf,
    Condition,
    Leaf,
    NoneOf,
    OneOf,
    ParameterRef,
    excluded,
    leaves,
    map_leaves,
    names,
    negate,
    normal,
    resolve,
)
from engine.knowledge import ParameterValue
from engine.library import Authority, BoundProtocol, BoundRule, Knowledge, NotCoveredError

YES = ("ja",)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One name to be given a value: a notion, a rule's condition, or a rule's effect.

    Attributes:
        name: notion id, rule id, :func:`effect_of` a rule id, or a value that a table
            :func:`engine.conditions.excluded`.
        branches: value and condition in order. A yes/no derivation has one branch, ``ja``,
            and is ``nee`` where that fails.
        is_table: a decision table: the value of the one branch that is true.
        group: the protocols that need it, of all that are in force. Derivations of a group are
            all there or none, whatever is consulted.
    """

    name: str
    branches: tuple[tuple[str, Condition], ...]
    is_table: bool = False
    group: str = ""

    @property
    def condition(self) -> Condition:
        """The condition of a yes/no derivation."""
        return self.branches[0][1]


@dataclass(frozen=True)
class Program:
    """Everything to derive for one combination of protocols, day and authority.

    Attributes:
        authority: whose thresholds were filled in.
        protocols: the versions in force, as asked for.
        rules: the rules of those protocols, and the exceptions to them from other protocols.
        layers: derivations in order of need.
        parameters: the thresholds that were used, with the value that was filled in.
    """

    authority: Authority
    protocols: tuple[BoundProtocol, ...]
    rules: Mapping[str, BoundRule]
    layers: tuple[tuple[Derivation, ...], ...]
    parameters: Mapping[str, ParameterValue]

    @cached_property
    def exceptions(self) -> Mapping[str, tuple[str, ...]]:
        """The rules that are an exception to each rule, in order of the knowledge."""
        return _exceptions(self.rules)

    @cached_property
    def effects(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Each exception to a rule, with the derivation that says whether it works."""
        return {
            name: tuple((other, self.effect(other)) for other in others)
            for name, others in self.exceptions.items()
        }

    def effect(self, rule: str) -> str:
        """Name the derivation that says whether a rule works: holds, with no exception to it."""
        return effect_of(rule) if self.exceptions[rule] else rule

    @cached_property
    def derivations(self) -> Mapping[str, Derivation]:
        """All derivations by name."""
        return {item.name: item for layer in self.layers for item in layer}

    def tables_under(self, rule: str) -> tuple[str, ...]:
        """Return the decision tables that a rule, or an exception to it, rests on."""
        found: dict[str, None] = {}
        waiting = [rule, self.effect(rule)]
        while waiting:
            item = self.derivations.get(waiting.pop())
            if item is not None and item.name not in found:
                found[item.name] = None
                waiting += [name for _, part in item.branches for name in names(part)]
        return tuple(name for name in found if self.derivations[name].is_table)

    def asked_rules(self) -> Iterable[BoundRule]:
        """The rules of the protocols that were asked for."""
        for version in self.protocols:
            yield from (self.rules[bound.rule.id] for bound in version.rules)


def effect_of(rule: str) -> str:
    """Name the effect of a rule: its condition, minus the exceptions that hold."""
    return f"{rule}:effect"


@dataclass(frozen=True, slots=True)
class Scope:
    """What some protocols need on a day, whoever consults them.

    Attributes:
        versions: the versions in force, as asked for.
        rules: their rules, and the exceptions to them from other protocols.
        notions: the notions under those rules.
        thresholds: the thresholds that any of them names.
    """

    versions: tuple[BoundProtocol, ...]
    rules: Mapping[str, BoundRule]
    notions: tuple[str, ...]
    thresholds: tuple[str, ...]


@lru_cache(maxsize=64)
def scope_of(knowledge: Knowledge, protocols: tuple[str, ...], on: date) -> Scope:
    """Find out what some protocols need on a day.

    Raises:
        NotCoveredError: no version of a protocol covers the day.
    """
    versions = tuple(knowledge.protocol(name, on) for name in dict.fromkeys(protocols))
    rules = _with_exceptions(knowledge, versions, on)
    conditions = [bound.condition for bound in rules.values()]
    notions = notions_under(knowledge, conditions)
    conditions += [part for name in notions for _, part in knowledge.notions[name].branches]
    thresholds = set[str]().union(*map(parameters_of, conditions))
    return Scope(versions, rules, tuple(notions), tuple(sorted(thresholds)))


def values_needed(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> Mapping[str, ParameterValue]:
    """Return the value of every threshold that one consultation needs.

    Raises:
        NotCoveredError: no protocol version, parameter value or authority covers the case.
    """
    who = knowledge.authority(authority)
    needed = scope_of(knowledge, protocols, on).thresholds
    return {name: knowledge.parameter_value(name, who, on) for name in needed}


def rests_on(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> tuple[object, ...]:
    """Return all that the advices of one consultation hang on, as far as the knowledge says it.

    Where two versions of the knowledge have the same here, each answers any case as the other.

    Raises:
        NotCoveredError: no protocol version, parameter value or authority covers the case.
    """
    values = values_needed(knowledge, protocols, authority, on)
    scope = scope_of(knowledge, protocols, on)
    rules = {
        name: (bound.condition, set(bound.rule.exception_to), bound.rule.advice)
        for name, bound in scope.rules.items()
    }
    notions = {name: knowledge.notions[name] for name in scope.notions}
    return (
        knowledge.authority(authority).kind,
        {bound.rule.id for version in scope.versions for bound in version.rules},
        {name: value.value for name, value in values.items()},
        rules,
        {name: (notion.branches, notion.is_table) for name, notion in notions.items()},
    )


@lru_cache(maxsize=64)
def build_program(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> Program:
    """Narrow the knowledge down to what one consultation needs; once for each combination.

    Raises:
        NotCoveredError: no protocol version, parameter value or authority covers the case.
    """
    values = values_needed(knowledge, protocols, authority, on)
    scope = scope_of(knowledge, protocols, on)
    rules, groups = scope.rules, _groups(knowledge, on)
    raw = [
        Derivation(name, notion.branches, notion.is_table, groups[name])
        for name, notion in ((name, knowledge.notions[name]) for name in scope.notions)
    ]
    raw += [
        Derivation(name, (("ja", bound.condition),), group=_protocol_of(name))
        for name, bound in rules.items()
    ]
    numbers = {name: value.value for name, value in values.items()}
    resolved = {
        name: BoundRule(bound.rule, normal(resolve(bound.condition, numbers)))
        for name, bound in rules.items()
    }
    derivations = [
        replace(
            item,
            branches=tuple(
                (value, normal(resolve(part, numbers))) for value, part in item.branches
            ),
        )
        for item in raw
    ]
    asked = {pair for item in derivations for pair in _values_asked(item)}
    for item in derivations[:]:
        derivations += _exclusions(item, asked)
    derivations += _effects(resolved)
    who = knowledge.authority(authority)
    return Program(who, scope.versions, resolved, _layers(_sharing(derivations)), values)


def covered(
    knowledge: Knowledge, protocols: tuple[str, ...], authority: str, on: date
) -> tuple[str, ...]:
    """Return the protocols of which an authority has all thresholds on a day.

    What one protocol misses takes nothing away from the others.
    """

    def has(names: tuple[str, ...]) -> bool:
        try:
            values_needed(knowledge, names, authority, on)
        except NotCoveredError:
            return False
        return True

    return protocols if has(protocols) else tuple(one for one in protocols if has((one,)))


@lru_cache(maxsize=16)
def _groups(knowledge: Knowledge, on: date) -> Mapping[str, str]:
    """Name for each notion the protocols in force that need it."""
    users: dict[str, list[str]] = {name: [] for name in knowledge.notions}
    for version in knowledge.in_force(on):
        for name in notions_under(knowledge, [bound.condition for bound in version.rules]):
            users[name].append(version.protocol.id)
    return {name: " ".join(protocols) for name, protocols in users.items()}


def _protocol_of(rule: str) -> str:
    return rule.partition(".")[0]


def _with_exceptions(
    knowledge: Knowledge, versions: tuple[BoundProtocol, ...], on: date
) -> dict[str, BoundRule]:
    """Take the rules of the versions, and every exception to them from other protocols.

    An exception must count whether or not its own protocol is consulted. The order is that of the
    knowledge, so that a rule is derived in the same way whatever else is consulted.
    """
    everywhere = {
        bound.rule.id: bound for version in knowledge.in_force(on) for bound in version.rules
    }
    rules = {bound.rule.id: bound for version in versions for bound in version.rules}
    grown = True
    while grown:
        more = {
            name: bound
            for name, bound in everywhere.items()
            if name not in rules and any(target in rules for target in bound.rule.exception_to)
        }
        grown = bool(more)
        rules |= more
    return {name: bound for name, bound in everywhere.items() if name in rules}


def notions_under(knowledge: Knowledge, conditions: Iterable[Condition]) -> list[str]:
    """Return the notions that conditions need, directly or through other notions, sorted."""
    needed: set[str] = set()
    waiting = list(conditions)
    while waiting:
        for name in names(waiting.pop()) - needed:
            if name in knowledge.notions:
                needed.add(name)
                waiting += [condition for _, condition in knowledge.notions[name].branches]
    return sorted(needed)


def parameters_of(condition: Condition) -> set[str]:
    """Return the thresholds that a condition as written names."""
    return {
        bound.name
        for leaf in leaves(condition)
        for bound in (getattr(leaf, slot, None) for slot in ("bound", "low", "high", "amount"))
        if isinstance(bound, ParameterRef)
    }


def _values_asked(item: Derivation) -> Iterator[tuple[str, str]]:
    """Yield every name and value that the conditions of a derivation ask about."""
    for _, condition in item.branches:
        for leaf in leaves(condition):
            if isinstance(leaf, OneOf | NoneOf):
                yield from ((leaf.name, value) for value in leaf.values)


def _exclusions(item: Derivation, asked: Set[tuple[str, str]]) -> Iterable[Derivation]:
    """A value of a decision table is excluded where every row that gives it is false.

    Only values that some condition asks about are worth excluding.
    """
    if not item.is_table:
        return
    values = dict.fromkeys(value for value, _ in item.branches)
    for value in [value for value in values if (item.name, value) in asked]:
        rows = tuple(condition for other, condition in item.branches if other == value)
        condition = negate(AnyOf(rows))
        yield Derivation(excluded(item.name, value), (("ja", condition),), group=item.group)


def _exceptions(rules: Mapping[str, BoundRule]) -> dict[str, tuple[str, ...]]:
    """Return for each rule the rules that are an exception to it, in order of the knowledge."""
    found: dict[str, list[str]] = {name: [] for name in rules}
    for name, bound in rules.items():
        for target in bound.rule.exception_to:
            if target in found:
                found[target].append(name)
    return {name: tuple(by) for name, by in found.items()}


def _effects(rules: Mapping[str, BoundRule]) -> Iterable[Derivation]:
    """A rule has effect where its condition is true and no exception to it has effect.

    A rule without exceptions has effect where its condition is true and needs no derivation of
    its own.
    """
    exceptions = {name: others for name, others in _exceptions(rules).items() if others}
    for name, others in exceptions.items():
        none = (NoneOf(effect_of(other) if other in exceptions else other, YES) for other in others)
        condition = All((OneOf(name, YES), *none))
        yield Derivation(effect_of(name), (("ja", condition),), group=_protocol_of(name))


def _sharing(derivations: Iterable[Derivation]) -> list[Derivation]:
    """Make equal leaves one object, so that a consultation proves each of them once."""
    known: dict[Leaf, Leaf] = {}

    def same(leaf: Leaf) -> Condition:
        return known.setdefault(leaf, leaf)

    return [
        replace(
            item, branches=tuple((value, map_leaves(part, same)) for value, part in item.branches)
        )
        for item in derivations
    ]


def _layers(derivations: list[Derivation]) -> tuple[tuple[Derivation, ...], ...]:
    """Put each derivation one layer above the highest that it needs."""
    by_name = {item.name: item for item in derivations}
    needs = {
        item.name: {
            name for _, condition in item.branches for name in names(condition) if name in by_name
        }
        for item in derivations
    }
    height: dict[str, int] = {}

    def place(name: str) -> int:
        if name not in height:
            height[name] = 1 + max((place(need) for need in needs[name]), default=-1)
        return height[name]

    layers: list[list[Derivation]] = []
    for item in derivations:
        level = place(item.name)
        while len(layers) <= level:
            layers.append([])
        layers[level].append(item)
    return tuple(tuple(layer) for layer in layers)

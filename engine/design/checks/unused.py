"""What stands in the knowledge and is used nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from engine.conditions import Condition, ParameterRef, leaves, names
from engine.design.places import Place
from engine.design.workbench import Finding, Workbench
from engine.knowledge import AUTHORITY
from engine.library import TERM, BoundRule
from engine.words import FactKind


def unused(bench: Workbench) -> Iterator[Finding]:
    """Find facts, notions, thresholds, actions, grounds and sources that nothing refers to."""
    knowledge = bench.knowledge
    # Also of older versions: what they use may not be taken away.
    rules = [
        bound
        for versions in knowledge.protocols.values()
        for version in versions
        for bound in version.rules
    ]
    conditions = list(_reached(bench, [bound.condition for bound in rules]))
    named = frozenset().union(*map(names, conditions))
    asked = [
        name
        for name, fact in knowledge.facts.items()
        if fact.kind is not FactKind.TEXT and name != AUTHORITY
    ]
    yield from _those(bench, "feiten", asked, named, _FACT)
    yield from _those(bench, "begrippen", knowledge.notions, named, _NOTION)
    thresholds = {TERM, *_thresholds(conditions)}
    yield from _those(bench, "parameters", knowledge.parameters, thresholds, _PARAMETER)
    actions = {bound.rule.advice.action for bound in rules}
    yield from _those(bench, "handelingen", knowledge.actions, actions, _ACTION)
    grounds = set(chain.from_iterable(_grounds(bound) for bound in rules))
    yield from _those(bench, "gronden", knowledge.grounds, grounds, _GROUND)
    cited = {reference.partition("#")[0] for reference in _references(bench, rules)}
    yield from _those(bench, "bronnen", knowledge.sources, cited, _SOURCE)


_FACT = (
    "Het feit {!r} gebruikt geen enkele regel.",
    ("Wat niet nodig is, vraagt u niet. Haal het feit weg, of gebruik het in een regel."),
)
_NOTION = (
    "Het begrip {!r} gebruikt geen enkele regel.",
    ("Haal het begrip weg, of gebruik het in een regel."),
)
_PARAMETER = (
    "De grens {!r} gebruikt geen enkele voorwaarde.",
    ("Haal de grens weg, of gebruik haar in een voorwaarde."),
)
_ACTION = (
    "De handeling {!r} komt uit geen enkele regel.",
    ("Haal de handeling weg, of maak een regel die haar aanraadt of afraadt."),
)
_GROUND = (
    "De afwijkgrond {!r} laat geen enkele regel toe.",
    ("Haal de grond weg, of noem hem bij een regel."),
)
_SOURCE = "Naar de bron {!r} verwijst niets.", "Haal de bron weg, of verwijs ernaar."


def _those(
    bench: Workbench,
    home: str,
    there: Iterable[str],
    used: Iterable[str],
    said: tuple[str, str],
) -> Iterator[Finding]:
    what, hint = said
    known = frozenset(used)
    for name in there:
        if name not in known:
            yield bench.report(Place(home, name, ("id",)), "ongebruikt", what.format(name), hint)


def _reached(bench: Workbench, conditions: list[Condition]) -> Iterator[Condition]:
    """Yield the conditions of the rules and of every notion that they rest on."""
    waiting, seen = list(conditions), set[str]()
    while waiting:
        condition = waiting.pop()
        yield condition
        for name in names(condition) - seen:
            seen.add(name)
            if name in bench.knowledge.notions:
                waiting += [part for _, part in bench.knowledge.notions[name].branches]


def _thresholds(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        for leaf in leaves(condition):
            for slot in ("bound", "low", "high", "amount"):
                bound = getattr(leaf, slot, None)
                if isinstance(bound, ParameterRef):
                    yield bound.name


def _grounds(bound: BoundRule) -> tuple[str, ...]:
    return bound.rule.deviation.grounds if bound.rule.deviation else ()


def _references(bench: Workbench, rules: Iterable[BoundRule]) -> Iterator[str]:
    knowledge = bench.knowledge
    for bound in rules:
        yield from bound.rule.sources
    for notion in knowledge.notions.values():
        yield from notion.notion.sources
    values = [value for one in knowledge.parameters.values() for value in one.values]
    values += [
        value for own in knowledge.overrides.values() for group in own.values() for value in group
    ]
    for value in values:
        yield from value.sources
    if knowledge.self_scan is not None:
        yield from knowledge.self_scan.sources
        for question in knowledge.self_scan.questions:
            yield from question.sources
    for script in knowledge.scripts.values():
        yield from script.sources
    for case in bench.cases:
        if case.file.source is not None:
            yield case.file.source
        if case.file.exercise is not None:
            yield from case.file.exercise.sources

"""Rules and exceptions that never do anything: that can't hold, or that are never needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from engine.conditions import All, AnyOf, Condition, NoneOf, OneOf
from engine.design.places import Place
from engine.design.witness import Witness
from engine.design.workbench import Finding, Setting, Workbench, Written
from engine.diagnostics import Severity
from engine.program import YES
from engine.wording import enumerate_dutch, say


def rules_without_effect(bench: Workbench) -> Iterator[Finding]:
    """Find rules that hold for nobody, and rules and exceptions that never make a difference."""
    rules = {rule.id: rule for rule in bench.rules}
    for rule in bench.rules:
        yield from bench.ask(rule.place("id"), partial(_look_at, bench, rule), rule.id)
        for index, target in enumerate(rule.bound.rule.exception_to):
            if target in rules:
                place = rule.place("uitzondering_op", index)
                look = partial(_look_at_exception, bench, rule, rules[target], place)
                yield from bench.ask(place, look, rule.id, target)


def _look_at(bench: Workbench, rule: Written) -> Iterator[Finding]:
    settings = bench.settings_of(rule)
    if not settings or any(_exists(one, one.program.effect(rule.id)) for one in settings):
        return
    holding = [one for one in settings if _exists(one, rule.id)]
    yield _overruled(bench, rule, holding) if holding else _never(bench, rule, settings)


def _look_at_exception(
    bench: Workbench, rule: Written, target: Written, place: Place
) -> Iterator[Finding]:
    settings = bench.settings_of(rule, target)
    if any(_exists(one, rule.id, target.id) for one in settings):
        return
    holding = next((one for one in settings if _exists(one, rule.id)), None)
    if holding is None or not any(_exists(one, target.id) for one in settings):
        return  # A finding already: one of the two holds for nobody.
    facts = holding.clients.smallest(holding.clients.yes(rule.id))
    yield bench.report(
        place,
        "uitzondering-zonder-effect",
        f"{rule.id!r} en {target.id!r} gelden nooit samen; de uitzondering doet dus niets.",
        "Haal haar weg, of kijk of een van de twee voorwaarden te streng is.",
        holding.witness(
            facts or {}, "De uitzondering geldt, en de andere regel niet.", (rule.id, target.id)
        ),
    )


def _exists(setting: Setting, *derivations: str) -> bool:
    return setting.clients.exists(*(setting.clients.yes(one) for one in derivations))


def _never(bench: Workbench, rule: Written, settings: Sequence[Setting]) -> Finding:
    hint, witness = why_never(bench, settings, rule.bound.condition, (rule.id,))
    return bench.report(
        rule.place("als"),
        "regel-nooit",
        f"De regel {rule.id!r} kan voor niemand gelden.",
        hint,
        witness,
        severity=Severity.ERROR,
    )


def why_never(
    bench: Workbench, settings: Sequence[Setting], condition: Condition, rules: Sequence[str] = ()
) -> tuple[str, Witness | None]:
    """Say which parts of a condition that is true of nobody don't go together.

    Args:
        bench: what is checked.
        settings: where the condition was tried; at least one.
        condition: the condition as written.
        rules: the rules that it is about; none for a notion.

    Returns:
        What to mend, and who comes nearest; nobody where it is about one part alone.
    """
    clash, going = _clash(settings, condition)
    said = [f"«{say(part, bench.knowledge.lexicon)}»" for part in clash]
    if len(said) > 1:
        hint = f"Deze delen gaan niet samen: {enumerate_dutch(said, 'en')}."
    else:
        hint = f"Dit kan nooit waar zijn: {said[0]}."
    setting = next(one for one in settings if _together([one], going))
    nearest = setting.clients.smallest(setting.clients.true(setting.filled_in(All(going))))
    shows = "Verder dan dit komt niemand: de andere delen kloppen wel."
    witness = setting.witness(nearest, shows, rules) if nearest else None
    return f"{hint} Verander of verwijder een deel.", witness


def _clash(
    settings: Sequence[Setting], condition: Condition
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """Return the fewest parts that can't be true together anywhere, and as many as can."""
    going: list[Condition] = []
    clash: list[Condition] = []
    for part in _demands(condition):
        if _together(settings, [*going, part]):
            going.append(part)
        elif not clash:
            clash = [*going, part]
    for part in clash[:]:
        without = [other for other in clash if other is not part]
        if not _together(settings, without):
            clash = without
    return tuple(clash), tuple(going)


def _demands(condition: Condition) -> tuple[Condition, ...]:
    """Return what a condition asks all at once."""
    match condition:
        case All():
            return condition.parts
        case AnyOf(parts=(only,)):
            return _demands(only)
        case _:
            return (condition,)


def _together(settings: Sequence[Setting], parts: Sequence[Condition]) -> bool:
    """Whether there is a client somewhere of whom all parts are true."""
    whole = All(tuple(parts))
    return any(one.clients.exists(one.clients.true(one.filled_in(whole))) for one in settings)


def _overruled(bench: Workbench, rule: Written, holding: Sequence[Setting]) -> Finding:
    """Make the finding, with the fewest exceptions that together never leave the rule standing."""
    before = list(dict.fromkeys(other for one in holding for other, _ in _effects(one, rule)))
    for other in before[:]:
        rest = [one for one in before if one != other]
        if not any(_escapes(one, rule, rest) for one in holding):
            before = rest
    setting = next(one for one in holding if any(name in before for name, _ in _effects(one, rule)))
    works = [OneOf(effect, YES) for name, effect in _effects(setting, rule) if name in before]
    clients = setting.clients
    facts = clients.smallest(clients.yes(rule.id), clients.true(AnyOf(tuple(works))))
    named = enumerate_dutch([repr(one) for one in before], "of")
    return bench.report(
        rule.place("id"),
        "regel-vervalt-altijd",
        f"Als de regel {rule.id!r} geldt, gaat er altijd een andere regel voor: {named}.",
        "Zo blijft dit advies bij niemand staan. Haal de uitzondering weg, maak haar kleiner, of "
        "verwijder de regel.",
        setting.witness(
            facts or {}, "De regel geldt, en vervalt door de andere.", (rule.id, *before)
        ),
        severity=Severity.ERROR,
    )


def _effects(setting: Setting, rule: Written) -> Sequence[tuple[str, str]]:
    """Return the exceptions to a rule, each with the derivation that says whether it works."""
    return setting.program.effects[rule.id]


def _escapes(setting: Setting, rule: Written, exceptions: Collection[str]) -> bool:
    """Whether there is a client of whom the rule holds and none of these exceptions works."""
    clients = setting.clients
    none = [NoneOf(effect, YES) for name, effect in _effects(setting, rule) if name in exceptions]
    return clients.exists(clients.yes(rule.id), *map(clients.true, none))

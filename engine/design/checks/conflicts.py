"""Actions that are advised and advised against at once, without an exception between the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from engine.conditions import AnyOf, OneOf
from engine.design.workbench import Finding, Setting, Workbench, Written
from engine.program import YES
from engine.words import Direction


def conflicts(bench: Workbench) -> Iterator[Finding]:
    """Find pairs of rules that contradict each other in some client.

    Protocols may well contradict each other: Leidraad shows it and leaves it to people. But then
    it is meant, and a case says so. A pair that no case shows is a finding.
    """
    shown: dict[str, set[str]] = {rule.id: set() for rule in bench.rules}
    for case in bench.cases:
        for rule, status in case.expected.items():
            if status.is_given and rule in shown:
                shown[rule].add(case.name)
    against: dict[str, list[Written]] = {}
    for other in bench.rules:
        if other.bound.rule.advice.direction is Direction.DO_NOT:
            against.setdefault(other.bound.rule.advice.action, []).append(other)
    for one in bench.rules:
        mine = one.bound.rule.advice
        opposed = against.get(mine.action, ()) if mine.direction is Direction.DO else ()
        others = [other for other in opposed if shown[one.id].isdisjoint(shown[other.id])]
        if others:
            look, about = partial(_look_at, bench, one, others), [other.id for other in others]
            yield from bench.ask(one.place("dan"), look, one.id, *about)


def _look_at(bench: Workbench, one: Written, others: Sequence[Written]) -> Iterator[Finding]:
    @cache
    def meets_one(setting: Setting) -> bool:
        """Whether the rule and some other hold together, which is seldom so: one question."""
        return _meets_one(setting, one, others)

    for other in others:
        settings = [found for found in bench.settings_of(one, other) if meets_one(found)]
        yield from _contradiction(bench, settings, one, other)


def _meets_one(setting: Setting, one: Written, others: Sequence[Written]) -> bool:
    effects = [setting.program.effect(other.id) for other in others if setting.has(other)]
    some = AnyOf(tuple(OneOf(effect, YES) for effect in effects))
    clients = setting.clients
    return clients.exists(clients.yes(setting.program.effect(one.id)), clients.true(some))


def _contradiction(
    bench: Workbench, settings: Sequence[Setting], one: Written, other: Written
) -> Iterator[Finding]:
    title = bench.knowledge.actions[one.bound.rule.advice.action].title
    for setting in settings:
        clients, program = setting.clients, setting.program
        facts = clients.smallest(
            clients.yes(program.effect(one.id)), clients.yes(program.effect(other.id))
        )
        if facts is not None:
            yield bench.report(
                one.place("dan"),
                "advies-tegenstrijdig",
                f"{one.id!r} raadt aan wat {other.id!r} afraadt: {title}.",
                "Maak van de een een uitzondering op de ander. Is dit zo bedoeld, leg het dan vast "
                "met een casus waarin beide gelden.",
                setting.witness(facts, "Beide adviezen gelden.", (one.id, other.id)),
            )
            return

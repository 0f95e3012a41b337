"""What no case tries: nobody would notice if it went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from engine.conditions import OneOf
from engine.design.case_tests import Coverage
from engine.design.workbench import Finding, Workbench, Written
from engine.kleene import Truth


def cases_that_are_missing(bench: Workbench) -> Iterator[Finding]:
    """Find rules of which no case expects that the advice is given.

    Whether cases make a condition true, false and open is another question: an advice can be
    defeated in every case in which its condition is true. That one takes running all cases.
    """
    given = {
        rule for case in bench.cases for rule, status in case.expected.items() if status.is_given
    }
    if bench.cases:
        for rule in bench.rules:
            if rule.id not in given:
                yield from bench.ask(rule.place("id"), partial(_look_at, bench, rule), rule.id)


def _look_at(bench: Workbench, rule: Written) -> Iterator[Finding]:
    for setting in bench.settings_of(rule):
        clients = setting.clients
        facts = clients.smallest(clients.yes(setting.program.effect(rule.id)))
        if facts is not None:
            yield bench.report(
                rule.place("id"),
                "advies-zonder-casus",
                f"Er is geen casus waarin het advies van {rule.id!r} wordt gegeven.",
                "Gaat er later iets mis, dan merkt niemand het. Voeg een casus toe.",
                setting.witness(facts, "Het advies geldt.", (rule.id,)),
            )
            return


def gaps_in_coverage(bench: Workbench, coverage: Iterable[Coverage]) -> Iterator[Finding]:
    """Find conditions that no case makes true, false or open; only ``toets`` knows the coverage."""
    rules = {rule.id: rule for rule in bench.rules}
    for item in coverage:
        rule = rules[item.rule]
        for truth in item.gaps:
            look = partial(_look_at_gap, bench, rule, truth)
            yield from bench.ask(rule.place("id"), look, rule.id, str(truth))


def _look_at_gap(bench: Workbench, rule: Written, truth: Truth) -> Iterator[Finding]:
    word = {True: "waar", False: "onwaar", None: "onbekend"}[truth]
    leaf, witness = OneOf(rule.id, ("ja",)), None
    for setting in bench.settings_of(rule):
        clients = setting.clients
        claim = {True: clients.true, False: clients.false, None: clients.open}[truth]
        facts = clients.smallest(claim(leaf))
        if facts is not None:
            witness = setting.witness(facts, f"De voorwaarde is {word}.", (rule.id,))
            break
    yield bench.report(
        rule.place("id"),
        "dekking",
        f"Geen enkele casus maakt {rule.id!r} {word}.",
        "Voeg een casus toe." if witness else "Zo'n cliënt bestaat niet; kijk de voorwaarde na.",
        witness,
    )

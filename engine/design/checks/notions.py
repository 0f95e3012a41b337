"""Notions that say nothing: a table with two answers, a row or a notion that is never so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations

from engine.conditions import Condition
from engine.design.checks.rules import why_never
from engine.design.places import Place
from engine.design.workbench import Finding, Setting, Workbench
from engine.diagnostics import Severity
from engine.library import BoundNotion


def notions(bench: Workbench) -> Iterator[Finding]:
    """Find what is wrong with tables and with notions of yes or no."""
    for name, notion in bench.knowledge.notions.items():
        question = partial(_look_at, bench, notion)
        yield from bench.ask(Place("begrippen", name, ("id",)), question, name)


def _look_at(bench: Workbench, bound: BoundNotion) -> Iterator[Finding]:
    settings = bench.settings_with(bound.notion.id)
    if settings:
        yield from (_table if bound.is_table else _yes_no)(bench, settings, bound)


def _table(bench: Workbench, settings: Sequence[Setting], bound: BoundNotion) -> Iterator[Finding]:
    name = bound.notion.id
    *rows, _ = enumerate(bound.branches)
    for (_, (value, one)), (index, (other_value, other)) in combinations(rows, 2):
        if value == other_value:
            continue
        for setting in settings:
            clients = setting.clients
            facts = clients.smallest(
                clients.true(setting.filled_in(one)), clients.true(setting.filled_in(other))
            )
            if facts is not None:
                yield bench.report(
                    Place("begrippen", name, ("tabel", index, "als")),
                    "tabel-overlap",
                    f"Deze rij kan tegelijk waar zijn met een rij voor {value!r}; deze geeft "
                    f"{other_value!r}.",
                    "Bij zo'n cliënt geeft Leidraad geen enkel advies dat op dit begrip rust. Maak "
                    "de rijen zo dat er een past.",
                    setting.witness(facts, "Beide rijen zijn waar."),
                    severity=Severity.ERROR,
                )
                break
    for index, (value, condition) in enumerate(bound.branches):
        if any(_exists(one, name, index) for one in settings):
            continue
        if index < len(rows):
            place = Place("begrippen", name, ("tabel", index, "als"))
            what = f"Deze rij, voor {value!r}, is bij niemand waar."
            hint, witness = why_never(bench, settings, condition)
            yield bench.report(
                place, "tabel-rij-nooit", what, hint, witness, severity=Severity.ERROR
            )
        else:
            yield bench.report(
                Place("begrippen", name, ("anders",)),
                "tabel-anders-nooit",
                f"De waarde bij 'anders', {value!r}, komt nooit uit de tabel.",
                "Er is geen cliënt bij wie elke rij onwaar is. Haal de rij weg die hetzelfde zegt "
                "als 'anders', of kijk of een rij te ruim is.",
            )


def _exists(setting: Setting, name: str, index: int) -> bool:
    """Whether a row of the table, with its thresholds filled in, is true of someone."""
    return setting.clients.exists(setting.clients.true(_row(setting, name, index)))


def _row(setting: Setting, name: str, index: int) -> Condition:
    _, condition = setting.program.derivations[name].branches[index]
    return condition


def _yes_no(bench: Workbench, settings: Sequence[Setting], bound: BoundNotion) -> Iterator[Finding]:
    name, (_, condition) = bound.notion.id, bound.branches[0]
    place = Place("begrippen", name, ("als",))
    if not any(_exists(one, name, 0) for one in settings):
        what = f"Het begrip {name!r} is bij niemand ja."
        hint, witness = why_never(bench, settings, condition)
        yield bench.report(place, "begrip-vast", what, hint, witness, severity=Severity.ERROR)
    elif not any(one.clients.exists(one.clients.false(_row(one, name, 0))) for one in settings):
        setting = settings[0]
        facts = setting.clients.smallest(setting.clients.true(setting.filled_in(condition)))
        yield bench.report(
            place,
            "begrip-vast",
            f"Het begrip {name!r} is bij niemand nee.",
            "Zo maakt het nooit verschil. Verander de voorwaarde, of haal het begrip weg.",
            setting.witness(facts or {}, "Het begrip is ja."),
            severity=Severity.ERROR,
        )

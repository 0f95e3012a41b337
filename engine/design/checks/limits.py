"""Limits: days without a value, and numbers that stand loose in a condition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.conditions import Between, Compare, Condition, Older
from engine.design.places import Place, parts_of_condition
from engine.design.workbench import Finding, Workbench
from engine.knowledge import Parameter, ParameterValue
from engine.library import Authority
from engine.wording import date_in_words, enumerate_dutch, say

NO_LIMITS = (0, 1)
"""Numbers that tell something from nothing; a limit is a number that someone has decided on."""


def gaps_in_time(bench: Workbench) -> Iterator[Finding]:
    """Find the days after the first value of a threshold on which it has none."""
    for parameter in bench.knowledge.parameters.values():
        gaps: dict[tuple[date, date | None], list[str]] = {}
        for authority in bench.knowledge.authorities.values():
            for gap in _gaps(_values(bench, parameter, authority)):
                gaps.setdefault(gap, []).append(authority.label)
        for (first, last), whose in gaps.items():
            when = (
                f"van {date_in_words(first)} tot en met {date_in_words(last)}"
                if last
                else (f"vanaf {date_in_words(first)}")
            )
            yield bench.report(
                Place("parameters", parameter.id, ("waarden",)),
                "parameter-gat",
                f"De grens {parameter.id!r} heeft {when} geen waarde voor "
                f"{enumerate_dutch(whose, 'en')}.",
                "Op die dagen geeft een protocol dat de grens gebruikt geen advies. Voeg een "
                "waarde toe, of verander 'tot_en_met'.",
                key=True,
            )


def _values(bench: Workbench, parameter: Parameter, authority: Authority) -> list[ParameterValue]:
    own = bench.knowledge.overrides.get(authority.id, {}).get(parameter.id, ())
    shared = [one for one in parameter.values if one.applies_to in (None, authority.kind)]
    return [*own, *shared]


def _gaps(values: list[ParameterValue]) -> Iterator[tuple[date, date | None]]:
    """Yield the first and last day of every gap; no last day when it never ends."""
    covered: date | None = None
    for value in sorted(values, key=lambda one: one.since):
        if covered is not None and value.since > covered + timedelta(days=1):
            yield covered + timedelta(days=1), value.since - timedelta(days=1)
        covered = max(covered or date.min, value.until or date.max)
        if covered == date.max:
            return
    if covered is not None:
        yield covered + timedelta(days=1), None


def loose_limits(bench: Workbench) -> Iterator[Finding]:
    """Find numbers in conditions that have no name, no source and no date."""
    for rule in bench.rules:
        yield from _loose(bench, rule.bound.condition, rule.place("als"))
    for name, notion in bench.knowledge.notions.items():
        if not notion.is_table:
            yield from _loose(bench, notion.branches[0][1], Place("begrippen", name, ("als",)))
            continue
        for index, (_, condition) in enumerate(notion.branches[:-1]):
            place = Place("begrippen", name, ("tabel", index, "als"))
            yield from _loose(bench, condition, place)


def _loose(bench: Workbench, condition: Condition, place: Place) -> Iterator[Finding]:
    for part in parts_of_condition(condition, ()):
        match part.condition:
            case Compare(bound=bound):
                numbers = [bound]
            case Between(low=low, high=high):
                numbers = [low, high]
            case Older(amount=amount):
                numbers = [amount]
            case _:
                continue
        if any(isinstance(number, int) and number not in NO_LIMITS for number in numbers):
            said = say(part.condition, bench.knowledge.lexicon)
            yield bench.report(
                place.at(*part.path),
                "grens-los",
                f"Hier staat een grens zonder naam: «{said}».",
                "Een grens kan veranderen of per instantie verschillen. Maak er een parameter van, "
                "met een datum en een bron.",
            )

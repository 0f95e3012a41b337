"""Parts of a condition that change nothing, whoever the client is and whatever is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from engine.conditions import AnyOf, AtLeast, Condition, Constant, names
from engine.design.places import Part, Place, parts_of_condition, with_part
from engine.design.workbench import Finding, Setting, Workbench, Written
from engine.knowledge import AUTHORITY
from engine.wording import say


def parts_without_effect(bench: Workbench) -> Iterator[Finding]:
    """Find the parts that a condition can do without."""
    for rule in bench.rules:
        yield from bench.ask(rule.place("als"), partial(_of_rule, bench, rule), rule.id)
    for name, notion in bench.knowledge.notions.items():
        rows = notion.branches[:-1] if notion.is_table else notion.branches
        for index, (_, condition) in enumerate(rows):
            way = ("tabel", index, "als") if notion.is_table else ("als",)
            place = Place("begrippen", name, way)
            look = partial(_of_notion, bench, name, condition, place)
            yield from bench.ask(place, look, name)


def _of_rule(bench: Workbench, rule: Written) -> Iterator[Finding]:
    settings = bench.settings_of(rule)
    return _look_at(bench, settings, rule.bound.condition, rule.place("als"), rule.id)


def _of_notion(
    bench: Workbench, name: str, condition: Condition, place: Place
) -> Iterator[Finding]:
    return _look_at(bench, bench.settings_with(name), condition, place, "")


def _look_at(
    bench: Workbench, settings: Sequence[Setting], condition: Condition, place: Place, rule: str
) -> Iterator[Finding]:
    """Leave out one part after the other, and see whether that is ever noticed."""
    if not any(_holds(one, condition) for one in settings):
        return  # A finding already: nothing of it can matter.
    passed: list[tuple[int, ...]] = []
    for part in parts_of_condition(condition, ()):
        if any(part.way[: len(way)] == way for way in passed) or not _is_candidate(part):
            continue
        for instead in _instead(part):
            without = with_part(condition, part.way, instead)
            if not any(_differs(one, condition, without) for one in settings):
                yield _finding(bench, settings, condition, without, part, place, rule)
                # What is left must do without it: of two equal parts one has to stay.
                condition = without
                passed.append(part.way)
                break


def _is_candidate(part: Part) -> bool:
    """Whether a part is worth a finding when it does nothing.

    The authority of a case is always known: saying whose rule it is holds nothing up, and a
    reader sees at once for whom it is.
    """
    return part.parent is not None and names(part.condition) != {AUTHORITY}


def _instead(part: Part) -> tuple[Constant, ...]:
    """Return what a part could be taken for: in a list of "all" it is left out as true."""
    if isinstance(part.parent, AtLeast):
        return (Constant(truth=True), Constant(truth=False))
    return (Constant(truth=not isinstance(part.parent, AnyOf)),)


def _holds(setting: Setting, condition: Condition) -> bool:
    return setting.clients.exists(setting.clients.true(setting.filled_in(condition)))


def _differs(setting: Setting, condition: Condition, without: Condition) -> bool:
    """Whether someone gets another answer without the part, or has to wait longer for it."""
    one, other = setting.filled_in(condition), setting.filled_in(without)
    return setting.clients.exists(setting.clients.lost(one, other))


def _finding(
    bench: Workbench,
    settings: Sequence[Setting],
    condition: Condition,
    without: Condition,
    part: Part,
    place: Place,
    rule: str,
) -> Finding:
    said = say(part.condition, bench.knowledge.lexicon)
    where = place.at(*part.path)
    rules = (rule,) if rule else ()
    for setting in settings:
        clients = setting.clients
        one, other = setting.filled_in(condition), setting.filled_in(without)
        for truth in (True, False):
            settled = clients.true(other) if truth else clients.false(other)
            facts = clients.smallest(clients.open(one), settled)
            if facts is not None:
                return bench.report(
                    where,
                    "deel-zonder-effect",
                    f"Dit deel houdt alleen op: «{said}».",
                    "De uitkomst hangt er nooit van af, maar zolang het onbekend is, blijft het "
                    "advies open. Haal het weg.",
                    setting.witness(
                        facts, "Zonder dit deel staat de uitkomst vast, met dit deel niet.", rules
                    ),
                    key=True,
                )
    setting = next(one for one in settings if _holds(one, condition))
    filled = setting.filled_in(condition)
    facts = setting.clients.smallest(setting.clients.true(filled))
    return bench.report(
        where,
        "deel-zonder-effect",
        f"Dit deel verandert nooit iets: «{said}».",
        "De andere delen maken al uit wat de uitkomst is. Haal het weg, of verander het als u iets "
        "anders bedoelde.",
        setting.witness(facts or {}, "De voorwaarde is waar, ook zonder dit deel.", rules),
        key=True,
    )

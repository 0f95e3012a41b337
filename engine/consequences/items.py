"""The part of the report about the knowledge itself: what is new, gone and changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.consequences.gathering import Consequences
from engine.consequences.words import AUTHORITIES, KINDS, key_in_words
from engine.design.structure import ItemDifference, Kind
from engine.knowledge import Parameter, ParameterValue, Unit
from engine.note.content import Bullets, Heading, Item, Part, Table
from engine.prose import capital
from engine.wording import amount_in_words, date_in_words, enumerate_dutch


def items_in_short(items: Sequence[ItemDifference]) -> str:
    """Count what differs: "1 regel, 2 begrippen en 1 grens"."""
    said = []
    for kind, (one, many) in KINDS.items():
        if number := sum(item.kind is kind for item in items):
            said.append(f"{number} {one if number == 1 else many}")
    return enumerate_dutch(said, "en")


def item_parts(found: Consequences) -> Iterator[Part]:
    """Tell what differs: a table that counts, and each item by its name."""
    groups = {kind: [one for one in found.items if one.kind is kind] for kind in KINDS}
    rows = [
        (
            capital(KINDS[kind][1]),
            str(sum(one.is_new for one in group)),
            str(sum(one.is_gone for one in group)),
            str(sum(not one.is_new and not one.is_gone for one in group)),
        )
        for kind, group in groups.items()
        if group
    ]
    yield Table(("Wat", "Nieuw", "Weg", "Anders"), tuple(rows))
    for kind, group in groups.items():
        if group:
            yield Heading(capital(KINDS[kind][1]), 2)
            yield Bullets(tuple(_item(one, found) for one in group))


def _item(one: ItemDifference, found: Consequences) -> Item:
    name = f"{one.title} ({one.id})"
    if one.is_new:
        return Item(f"Nieuw: {name}")
    if one.is_gone:
        return Item(f"Weg: {name}")
    said = enumerate_dutch([key_in_words(key) for key in one.keys], "en")
    return Item(f"Anders: {name}. Het gaat om {said}.", tuple(_values(one, found)))


def _values(one: ItemDifference, found: Consequences) -> Iterator[Item]:
    """Tell which values of a threshold came and went."""
    if one.kind is Kind.PARAMETER:
        then, now = (version.knowledge.parameters[one.id] for version in (found.old, found.new))
        yield from _came_and_went(then.values, now.values, now)
    elif one.kind is Kind.OVERRIDE:
        authority, name = one.id.split()
        old, new = (
            version.knowledge.overrides[authority][name] for version in (found.old, found.new)
        )
        yield from _came_and_went(old, new, found.new.knowledge.parameters[name])


def _came_and_went(
    old: Sequence[ParameterValue], new: Sequence[ParameterValue], parameter: Parameter
) -> Iterator[Item]:
    before, after = ([_value(one, parameter.unit) for one in values] for values in (old, new))
    yield from (Item(f"Was: {said}") for said in before if said not in after)
    yield from (Item(f"Wordt: {said}") for said in after if said not in before)


def _value(value: ParameterValue, unit: Unit) -> str:
    if value.value is None:
        amount = "geen grens"
    else:
        amount = amount_in_words(value.value, unit.one, unit.many)
    until = f" tot en met {date_in_words(value.until)}" if value.until else ""
    who = f", voor {AUTHORITIES[value.applies_to]}" if value.applies_to else ""
    return f"{amount} vanaf {date_in_words(value.since)}{until}{who}"

"""What is new, gone and changed in a version of the knowledge, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.knowledge import Model, Override
from engine.library import Knowledge
from engine.words import Word


class Kind(Word):
    """What sort of thing an item of the knowledge is."""

    VERSION = "versie"
    RULE = "regel"
    NOTION = "begrip"
    PARAMETER = "parameter"
    OVERRIDE = "eigen_waarde"
    FACT = "feit"
    ACTION = "handeling"
    GROUND = "afwijkgrond"
    SOURCE = "bron"


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """One item that is not the same in both versions.

    Attributes:
        kind: what sort of thing it is.
        id: its id; of a version the protocol and its first day, of a municipality's own value
            the municipality and the parameter.
        title: how users know it.
        keys: the keys in the file that differ; none if it is new or gone.
        is_new: whether only the new version has it.
        is_gone: whether only the old version has it.
    """

    kind: Kind
    id: str
    title: str
    keys: tuple[str, ...] = ()
    is_new: bool = False
    is_gone: bool = False


def compare_structure(old: Knowledge, new: Knowledge) -> tuple[ItemDifference, ...]:
    """Return every item that differs, in the order of the kinds, of the new version and its ids.

    Of the rules those of the last version of each protocol count.
    """
    before, after = _items(old), _items(new)
    return tuple(found for kind in Kind for found in _differences(kind, before[kind], after[kind]))


def _differences(
    kind: Kind, old: Mapping[str, tuple[str, Model]], new: Mapping[str, tuple[str, Model]]
) -> Iterator[ItemDifference]:
    for name in sorted({*old, *new}):
        title, after = new.get(name, (None, None))
        earlier, before = old.get(name, (None, None))
        if before is None:
            yield ItemDifference(kind, name, title or "", is_new=True)
        elif after is None:
            yield ItemDifference(kind, name, earlier or "", is_gone=True)
        elif keys := _keys(before, after):
            yield ItemDifference(kind, name, title or "", keys)


def _keys(before: Model, after: Model) -> tuple[str, ...]:
    """Return the keys of a file that hold something else."""
    return tuple(
        field.alias or name
        for name, field in type(after).model_fields.items()
        if getattr(before, name) != getattr(after, name)
    )


def _items(knowledge: Knowledge) -> dict[Kind, dict[str, tuple[str, Model]]]:
    """Return all items with how users know them, by kind and id."""
    versions = [version.protocol for all_ in knowledge.protocols.values() for version in all_]
    latest = [all_[-1].protocol for all_ in knowledge.protocols.values()]
    return {
        Kind.VERSION: {f"{one.id} {one.valid_from}": (one.title, one) for one in versions},
        Kind.RULE: {rule.id: (rule.title, rule) for one in latest for rule in one.rules},
        Kind.NOTION: {
            name: (one.notion.label, one.notion) for name, one in knowledge.notions.items()
        },
        Kind.PARAMETER: {name: (one.label, one) for name, one in knowledge.parameters.items()},
        Kind.OVERRIDE: dict(_overrides(knowledge)),
        Kind.FACT: {name: (one.label, one) for name, one in knowledge.facts.items()},
        Kind.ACTION: {name: (one.title, one) for name, one in knowledge.actions.items()},
        Kind.GROUND: {name: (one.label, one) for name, one in knowledge.grounds.items()},
        Kind.SOURCE: {name: (one.title, one) for name, one in knowledge.sources.items()},
    }


def _overrides(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, Model]]]:
    for authority, own in knowledge.overrides.items():
        for name, values in own.items():
            label = f"{knowledge.parameters[name].label}, {knowledge.authority(authority).label}"
            override = Override.model_construct(parameter=name, values=values)
            yield f"{authority} {name}", (label, override)

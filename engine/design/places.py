"""Where the parts of the knowledge stand in the files, looked up only for what has a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from engine.conditions import All, AnyOf, AtLeast, Condition, Constant, Leaf, Not
from engine.entries import raw_items
from engine.knowledge import Model
from engine.knowledge_files import (
    ActionFile,
    FactFile,
    GroundFile,
    NotionFile,
    ParameterFile,
    SourceFile,
)
from engine.library import BoundProtocol, Knowledge
from engine.loading import kind_of
from engine.reader import Document, PathKey, read_text

_LISTS: dict[str, type[Model]] = {
    "feiten": FactFile,
    "begrippen": NotionFile,
    "parameters": ParameterFile,
    "bronnen": SourceFile,
    "handelingen": ActionFile,
    "gronden": GroundFile,
}


class Place(NamedTuple):
    """A part of an item, wherever in its file the item stands, or of a file.

    Attributes:
        home: the key of the list that it is in (``feiten``, ``begrippen``); of a rule the file.
        item: the id of the item; empty when ``path`` counts from the top of the file.
        path: the way from there to the part.
    """

    home: str
    item: str
    path: PathKey = ()

    def at(self, *more: str | int) -> Place:
        """Return the place of a part of this part."""
        return self._replace(path=(*self.path, *more))


def rule_place(version: BoundProtocol, rule: str, *path: str | int) -> Place:
    """Return the place of a part of a rule."""
    return Place(version.file, rule, path)


class Places:
    """Finds lines and columns in the files of one knowledge base."""

    def __init__(self, knowledge: Knowledge, read: Mapping[str, Document] | None = None) -> None:
        """Take the knowledge, and its files as far as they were read already."""
        self._contents = knowledge.contents
        self._known = read or {}
        self._document = cache(self._read)
        self._item = cache(self._look_up)

    def find(self, place: Place, *, key: bool = False) -> tuple[str, int, int]:
        """Return file, line and column of a part (or of its key)."""
        name, item = self._item(place.home, place.item) if place.item else (place.home, ())
        return (name, *self._document(name).place((*item, *place.path), key=key))

    def _read(self, name: str) -> Document:
        return self._known.get(name) or read_text(self._contents[name], name)

    def _look_up(self, home: str, item: str) -> tuple[str, PathKey]:
        model = _LISTS.get(home)
        names = [home] if model is None else [n for n in self._contents if kind_of(n) is model]
        for name in names:
            for path, raw in raw_items(self._document(name), home if model else "regels"):
                if raw.get("id") == item:
                    return name, path
        raise KeyError(item)


class Part(NamedTuple):
    """A part of a condition as it was written.

    Attributes:
        condition: the part.
        way: which part of which part it is, counted from the top of the condition.
        path: the same way in the file.
        parent: the group that it is in; ``None`` for the condition itself.
    """

    condition: Condition
    way: tuple[int, ...]
    path: PathKey
    parent: Condition | None

    @property
    def depth(self) -> int:
        """In how many groups it is."""
        return sum(isinstance(step, int) for step in self.path)


def parts_of_condition(condition: Condition, path: PathKey) -> Iterator[Part]:
    """Yield a condition as written and every part of it, each before its own parts."""
    yield from _parts(Part(condition, (), path, None))


def _parts(part: Part) -> Iterator[Part]:
    yield part
    match part.condition:
        case All():
            yield from _members(part.condition, part, "alle")
        case AnyOf():
            yield from _members(part.condition, part, "een_van")
        case AtLeast():
            yield from _members(part.condition, part, "van")
        case Not(part=AnyOf() as group):
            # "geen_van" is one group in the file and two nodes in the tree.
            yield from _members(group, part._replace(way=(*part.way, 0)), "geen_van")


def _members(group: All | AnyOf | AtLeast, at: Part, key: str) -> Iterator[Part]:
    for index, member in enumerate(group.parts):
        path = (*at.path, key, index)
        if not isinstance(member, All | AnyOf | AtLeast | Not | Constant):
            path = (*path, member.name)
        yield from _parts(Part(member, (*at.way, index), path, group))


def with_part(condition: Condition, way: tuple[int, ...], other: Leaf) -> Condition:
    """Return the condition with another leaf in the place of one part."""
    if not way:
        return other
    first, rest = way[0], way[1:]
    match condition:
        case Not():
            return Not(with_part(condition.part, rest, other))
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            changed = (*parts[:first], with_part(parts[first], rest, other), *parts[first + 1 :])
            match condition:
                case AtLeast(count=count):
                    return AtLeast(count, changed)
                case All():
                    return All(changed)
                case _:
                    return AnyOf(changed)
        case _:
            raise LookupError(f"no part {way} in {condition}")

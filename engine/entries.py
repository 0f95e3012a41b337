"""Collects what the files define: every item with its place, duplicates found, damage kept apart.

An item that can't be read still has a name. References to it are then left alone, so that one
mistake gives one finding and not a finding in every file that uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from engine.knowledge import Model
from engine.reader import Document, PathKey

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One item and where it was defined."""

    item: T
    document: Document
    path: PathKey


@dataclass(slots=True)
class Entries(Generic[T]):
    """All items of one kind by id, and what is known of those that could not be read.

    Attributes:
        damaged: ids of items that are there but could not be read.
        incomplete: a whole file could not be read, so any id may have been in it.
    """

    model: type[T]
    key: str = "id"
    found: dict[str, Entry[T]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    incomplete: bool = False

    def collect(self, document: Document, list_key: str) -> None:
        """Add the items under ``list_key``; report an id that was defined before."""
        self.incomplete = self.incomplete or document.data is None
        for path, raw in raw_items(document, list_key):
            name = raw.get(self.key)
            try:
                item = self.model.model_validate(raw)
            except ValidationError:
                if isinstance(name, str):
                    self.damaged.add(name)
                continue
            self.add(str(name), Entry(item, document, path))

    def add(self, name: str, entry: Entry[T]) -> None:
        """Register an item under its id; report an id that was defined before."""
        first = self.found.get(name)
        if first is None:
            self.found[name] = entry
            return
        line, _ = first.document.place(first.path)
        entry.document.report(
            (*entry.path, self.key),
            "id-dubbel",
            f"{name!r} bestaat al: {first.document.name}, regel {line}.",
            "Kies een andere id, of haal er een weg.",
        )

    def items(self) -> dict[str, T]:
        """Return the items alone, by id."""
        return {name: entry.item for name, entry in self.found.items()}

    def knows(self, name: str) -> bool:
        """Whether the id was defined, or may have been where it could not be read."""
        return self.incomplete or name in self.found or name in self.damaged


def raw_items(document: Document, list_key: str) -> Iterator[tuple[PathKey, dict[str, Any]]]:
    """Yield the raw items of a list in a document, as far as the data has that form."""
    raw = document.data.get(list_key) if isinstance(document.data, dict) else None
    for index, item in enumerate(raw if isinstance(raw, tuple) else ()):
        if isinstance(item, dict):
            yield (list_key, index), item

"""Gives every notion and rule its condition as a tree, and refuses circles among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from engine.condition_syntax import ConditionReader, Term
from engine.conditions import All, Condition, Not, names
from engine.entries import Entry
from engine.knowledge import AUTHORITY, Notion, Protocol
from engine.library import (
    AUTHORITY_FACT,
    BoundNotion,
    BoundProtocol,
    BoundRule,
    term_of,
)
from engine.reader import Document, PathKey
from engine.references import Catalogue, check_condition
from engine.words import NotionKind


class Binder:
    """Binds conditions to the names in the catalogue; findings go to the documents."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.terms: dict[str, Term] = {AUTHORITY: term_of(AUTHORITY_FACT)}
        for facts in (catalogue.facts.items(), catalogue.notions.items()):
            self.terms |= {name: term_of(item) for name, item in facts.items()}
        self.units = {name: item.unit.many for name, item in catalogue.parameters.items().items()}

    def notions(self) -> dict[str, BoundNotion]:
        """Bind every notion and report circles among them."""
        entries = self.catalogue.notions.found
        bound = {name: self._notion(entry) for name, entry in entries.items()}
        needs = {
            name: set().union(*(names(condition) for _, condition in notion.branches)) & set(bound)
            for name, notion in bound.items()
        }
        self._refuse_circle(needs, entries, "Deze begrippen verwijzen in een kring naar elkaar")
        return bound

    def protocols(self, entries: Iterable[Entry[Protocol]]) -> dict[str, tuple[BoundProtocol, ...]]:
        """Bind every version of every protocol, ordered by date, and report circles."""
        versions: dict[str, list[BoundProtocol]] = {}
        needs: dict[str, set[str]] = {}
        places: dict[str, Entry[Any]] = {}
        for entry in entries:
            versions.setdefault(entry.item.id, []).append(self._protocol(entry))
            for index, rule in enumerate(entry.item.rules):
                needs.setdefault(rule.id, set()).update(rule.exception_to)
                path = ("regels", index, "uitzondering_op")
                places[rule.id] = Entry(rule, entry.document, path)
        what = "Deze regels zijn in een kring uitzondering op elkaar"
        self._refuse_circle(needs, places, what)
        return {
            name: tuple(sorted(group, key=lambda version: version.protocol.valid_from))
            for name, group in versions.items()
        }

    def _notion(self, entry: Entry[Notion]) -> BoundNotion:
        notion, path = entry.item, entry.path
        if notion.kind is NotionKind.YES_NO:
            raws: list[tuple[str, Any, PathKey]] = [("ja", notion.when, (*path, "als"))]
        else:
            raws = [
                (row.value, row.when, (*path, "tabel", index, "als"))
                for index, row in enumerate(notion.table)
            ]
        branches = []
        for value, raw, place in raws:
            condition = self._condition(entry.document, raw, place) if raw is not None else None
            if condition is not None:
                branches.append((value, condition))
        if notion.otherwise is not None:
            others = tuple(Not(condition) for _, condition in branches)
            branches.append((notion.otherwise, All(others)))
        return BoundNotion(notion, tuple(branches))

    def _protocol(self, entry: Entry[Protocol]) -> BoundProtocol:
        rules = []
        for index, rule in enumerate(entry.item.rules):
            path = ("regels", index, "als")
            condition = self._condition(entry.document, rule.when, path)
            if condition is not None:
                rules.append(BoundRule(rule, condition))
        return BoundProtocol(entry.item, entry.document.name, tuple(rules))

    def _condition(self, document: Document, raw: Any, path: PathKey) -> Condition | None:
        reader = ConditionReader(self.terms, self.units, document.report, self._excused)
        condition = reader.read(raw, path)
        if condition is not None:
            check_condition(document, path, condition, self.catalogue)
        return condition

    def _excused(self, name: str) -> bool:
        groups = (self.catalogue.facts, self.catalogue.notions, self.catalogue.parameters)
        return any(group.incomplete or name in group.damaged for group in groups)

    def _refuse_circle(
        self, needs: Mapping[str, set[str]], entries: Mapping[str, Entry[Any]], what: str
    ) -> None:
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            entry = entries[circle[0]]
            entry.document.report(entry.path, "kring", f"{what}: {' -> '.join(circle)}.")

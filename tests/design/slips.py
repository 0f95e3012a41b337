"""Slips of the pen in the real knowledge: every small change that someone could make by mistake.

A slip is made in what was read of a file, which is then written out and read again, as any file
is. Slips are drawn of each kind in turn, in an order that rests on a hash of each slip by itself:
who changes one rule leaves the other slips, and their order, as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import chain, zip_longest
from typing import Any

import yaml

from engine.condition_syntax import AGE_WORDS, DATE_WORDS, GROUPS, NUMBER_WORDS, SPAN, Term
from engine.knowledge import Fact, Notion
from engine.library import Knowledge, term_of
from engine.loading import assemble
from engine.reader import Document, PathKey, read_text
from engine.words import Direction, FactKind


class Kind(StrEnum):
    """What a slip changes."""

    OPERATOR = "vergelijking"
    ANSWER = "antwoord"
    THRESHOLD = "grens"
    GROUP = "alle of een van"
    PART = "deel weg"
    EXCEPTION = "uitzondering weg"
    ACTION = "stap"


@dataclass(frozen=True, slots=True)
class Slip:
    """One small change.

    Attributes:
        kind: what it changes.
        file: the file inside the knowledge folder.
        path: the part of the file that changes.
        value: what comes in its place.
        said: where it is and what changes; no two slips say the same.
    """

    kind: Kind
    file: str
    path: PathKey
    value: Any
    said: str


Change = tuple[Kind, PathKey, Any, str]
"""What kind of change, where, what comes there, and what that is called."""


def slips(documents: Iterable[Document], knowledge: Knowledge) -> list[Slip]:
    """Return all slips that can be made in the rules, notions and thresholds, in a fixed order."""
    found = [
        Slip(kind, document.name, path, value, f"{_owner(document.data, path)}: {said}")
        for document in documents
        for kind, path, value, said in _Finder(knowledge).changes(document.data)
    ]
    assert len({slip.said for slip in found}) == len(found)
    found.sort(key=lambda slip: sha256(slip.said.encode()).digest())
    turns = zip_longest(*([one for one in found if one.kind is kind] for kind in Kind))
    return [slip for slip in chain.from_iterable(turns) if slip is not None]


def made(slip: Slip, documents: Sequence[Document]) -> Knowledge:
    """Read the knowledge with one slip in it.

    Raises:
        KnowledgeError: the slip makes it no valid knowledge.
    """
    return assemble(
        [
            written(changed(one.data, slip), one.name)
            if one.name == slip.file
            else replace(one, findings=[])
            for one in documents
        ]
    )


def changed(data: Any, slip: Slip) -> Any:
    """Return what was read of a file with a slip in it."""
    return _with(data, slip.path, slip.value)


class _Quoting(yaml.CSafeDumper):
    """Puts all words in quotes: "Nee" as a word is not what it is without them."""


_Quoting.add_representer(
    str, lambda dumper, word: dumper.represent_scalar("tag:yaml.org,2002:str", word, style='"')
)


def written(data: Any, name: str) -> Document:
    """Write a file anew and read it."""
    text: str = yaml.dump(data, Dumper=_Quoting, allow_unicode=True, sort_keys=False)
    return read_text(text.encode(), name)


def _with(data: Any, path: PathKey, value: Any) -> Any:
    """Return the data with another value at a place that is there."""
    if not path:
        return value
    step, *rest = path
    changed = _with(data[step], tuple(rest), value)
    if isinstance(data, dict):
        return {**data, step: changed}
    return tuple(changed if place == step else item for place, item in enumerate(data))


def _owner(data: Any, path: PathKey) -> str:
    """Name the rule, notion or threshold that a place is in."""
    item = data[path[0]][path[1]]
    return item["id"] if "id" in item else f"{data['instantie']} {item['parameter']}"


def _flow(value: Any) -> str:
    text: str = yaml.dump(
        value,
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=10_000,
    )
    return text.removesuffix("\n").removesuffix("\n...")


class _Finder:
    """Finds what can be changed in a file."""

    def __init__(self, knowledge: Knowledge) -> None:
        notions = (bound.notion for bound in knowledge.notions.values())
        phrased: list[Fact | Notion] = [*knowledge.facts.values(), *notions]
        self._terms: Mapping[str, Term] = {one.id: term_of(one) for one in phrased}
        self._units = {name: one.unit.many for name, one in knowledge.parameters.items()}
        self._actions = sorted(knowledge.actions)

    def changes(self, data: Any) -> Iterator[Change]:
        """Yield every change in the file."""
        for place, rule in enumerate(data.get("regels", ())):
            yield from self._rule(rule, ("regels", place))
        for place, notion in enumerate(data.get("begrippen", ())):
            yield from self._notion(notion, ("begrippen", place))
        for key in ("parameters", "afwijkingen"):
            for place, item in enumerate(data.get(key, ())):
                for row, value in enumerate(item["waarden"]):
                    path = (key, place, "waarden", row, "waarde")
                    since = f"{value.get('voor', 'ieder')} vanaf {value['vanaf']}"
                    yield from self._limit(value["waarde"], path, since)

    def _rule(self, rule: Mapping[str, Any], path: PathKey) -> Iterator[Change]:
        yield from self._condition(rule["als"], (*path, "als"))
        targets = rule.get("uitzondering_op", ())
        for place, target in enumerate(targets):
            kept = (*targets[:place], *targets[place + 1 :])
            yield (
                Kind.EXCEPTION,
                (*path, "uitzondering_op"),
                kept,
                f"geen uitzondering op {target}",
            )
        advice = rule["dan"]
        for direction in Direction:
            if direction != advice["richting"]:
                turned = {**advice, "richting": direction.value}
                yield Kind.ACTION, (*path, "dan"), turned, f"richting {direction}"
        action = _one_of([one for one in self._actions if one != advice["handeling"]], rule["id"])
        another = {**advice, "handeling": action}
        yield Kind.ACTION, (*path, "dan"), another, f"handeling {advice['handeling']} → {action}"

    def _notion(self, notion: Mapping[str, Any], path: PathKey) -> Iterator[Change]:
        if "als" in notion:
            yield from self._condition(notion["als"], (*path, "als"))
        values = self._terms[notion["id"]].options
        for place, row in enumerate(notion.get("tabel", ())):
            here = (*path, "tabel", place)
            yield from self._condition(row["als"], (*here, "als"))
            yield from _replaced(row["waarde"], values, (*here, "waarde"))
        if "anders" in notion:
            yield from _replaced(notion["anders"], values, (*path, "anders"))

    def _condition(self, raw: Mapping[str, Any], path: PathKey) -> Iterator[Change]:
        if "van" in raw:
            for count in (raw["minstens"] - 1, raw["minstens"] + 1):
                yield _change(Kind.THRESHOLD, (*path, "minstens"), raw["minstens"], count)
            yield from self._parts(raw["van"], (*path, "van"))
            return
        ((name, value),) = raw.items()
        if name not in GROUPS:
            yield from self._leaf(name, value, (*path, name))
            return
        for other in GROUPS:
            # Of one part, "all" and "one of" are the same words for the same thing.
            if other != name and (len(value) > 1 or "geen_van" in (name, other)):
                yield Kind.GROUP, path, {other: value}, f"{_at(path)} {name} → {other}"
        yield from self._parts(value, (*path, name))

    def _parts(self, parts: Sequence[Any], path: PathKey) -> Iterator[Change]:
        for place, part in enumerate(parts):
            if len(parts) > 1:
                kept = (*parts[:place], *parts[place + 1 :])
                yield Kind.PART, path, kept, f"{_at((*path, place))} weg: {_flow(part)}"
            yield from self._condition(part, (*path, place))

    def _leaf(self, name: str, raw: Any, path: PathKey) -> Iterator[Change]:
        term = self._terms[name]
        if term.options:
            yield from _of_answers(raw, term, path)
            return
        if not isinstance(raw, dict):
            yield from self._bound(raw, path)
            return
        ((word, bound),) = raw.items()
        for family in (NUMBER_WORDS, DATE_WORDS, AGE_WORDS):
            for other in family if word in family else ():
                if other != word:
                    yield _change(Kind.OPERATOR, path, raw, {other: bound})
        ends = enumerate(bound) if isinstance(bound, tuple) else [(None, bound)]
        for place, end in ends:
            step = () if place is None else (place,)
            yield from self._bound(end, (*path, word, *step))

    def _bound(self, raw: Any, path: PathKey) -> Iterator[Change]:
        """Yield other numbers, days, spans of time and thresholds of the same unit."""
        if raw in self._units:
            there = [name for name, unit in self._units.items() if unit == self._units[raw]]
            if other := _one_of([name for name in there if name != raw], f"{path} {raw}"):
                yield _change(Kind.THRESHOLD, path, raw, other)
        elif isinstance(raw, date):
            for days in (-1, 1):
                yield _change(Kind.THRESHOLD, path, raw, raw + timedelta(days=days))
        elif isinstance(raw, str):
            span = SPAN.fullmatch(raw)
            assert span, raw
            for amount in (int(span[1]) - 1, int(span[1]) + 1):
                yield _change(Kind.THRESHOLD, path, raw, f"{amount} {span[2]}")
        else:
            yield from self._limit(raw, path, "")

    def _limit(self, raw: Any, path: PathKey, where: str) -> Iterator[Change]:
        """Yield other values of a threshold."""
        others = [0] if raw == "geen" else sorted({raw - 1, raw + 1, raw // 2, raw * 2} - {raw})
        for other in others:
            kind, _, _, said = _change(Kind.THRESHOLD, path, raw, other)
            yield kind, path, other, f"{said} ({where})" if where else said


def _of_answers(raw: Any, term: Term, path: PathKey) -> Iterator[Change]:
    """Yield "not" put in or left out, and other answers."""
    negated = isinstance(raw, dict)
    here = (*path, "niet") if negated else path
    values = raw["niet"] if negated else raw
    if negated:
        yield _change(Kind.OPERATOR, path, raw, values)
    elif term.kind is not FactKind.YES_NO:
        yield _change(Kind.OPERATOR, path, raw, {"niet": values})
    if not isinstance(values, tuple):
        yield from _replaced(values, term.options, here)
        return
    for value in values if len(values) > 1 else ():
        kept = tuple(one for one in values if one != value)
        yield _change(Kind.ANSWER, here, values, kept)
    for value in term.options:
        if value not in values:
            yield _change(Kind.ANSWER, here, values, (*values, value))


def _replaced(value: str, options: Iterable[str], path: PathKey) -> Iterator[Change]:
    for other in options:
        if other != value:
            yield _change(Kind.ANSWER, path, value, other)


def _one_of(names: Sequence[str], seed: str) -> str:
    """Choose a name, always the same one for a seed; none if there is none."""
    number = int.from_bytes(sha256(seed.encode()).digest())
    return names[number % len(names)] if names else ""


def _change(kind: Kind, path: PathKey, old: Any, new: Any) -> Change:
    return kind, path, new, f"{_at(path)} {_flow(old)} → {_flow(new)}"


def _at(path: PathKey) -> str:
    """Say where in a rule, notion or threshold a part is."""
    return ".".join(str(step) for step in path[2:])

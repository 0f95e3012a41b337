"""From grounds to outcomes: who drops out where, as boxes and streams between them.

Every file goes one way. It passes the questions that the rules of the protocol divide it by
(:mod:`engine.caseload.figures.splits`), ends at the first rule that gives an advice, in the order
of the protocol, and from there at the step that is advised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import add, or_
from typing import Any

import ibis

from engine.caseload.figures.counting import GIVEN, Results, counted, value_of
from engine.caseload.figures.splits import OTHER, Split, splits_of
from engine.caseload.results import WITHHELD_WORD
from engine.caseload.translate import Column, Table, translate
from engine.labels import STATUS
from engine.library import Knowledge
from engine.program import Program
from engine.prose import what_is_advised
from engine.wording import say_fact
from engine.words import Direction, Status, Word

_END, _SEVERAL = "_einde", "_meer"


class Kind(Word):
    """What a box in the flow is."""

    ALL = "alle"
    ANSWER = "antwoord"
    RULE = "regel"
    OUTCOME = "uitkomst"
    STEP = "stap"


@dataclass(frozen=True, slots=True)
class Node:
    """A box: files that are alike so far.

    Attributes:
        kind: what it is.
        name: the question, rule, outcome or action; empty for all files.
        value: the answer, or the direction of a step. An empty answer is unknown, and
            :data:`engine.caseload.figures.splits.OTHER` is any that no rule asks about.
        column: its place from left to right.
        files: how many come through it.
    """

    kind: Kind
    name: str
    value: str
    column: int
    files: int


@dataclass(frozen=True, slots=True)
class Link:
    """A stream of files from one box to another, each a place in the list of boxes."""

    source: int
    target: int
    files: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The way of all files through one protocol.

    Attributes:
        nodes: all files first, then from left to right.
        links: what comes into a box is what it holds, and so is what leaves it, but at the end.
        several: the files that more than one rule advises about; only the first counts here.
    """

    protocol: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    several: int


def flow(program: Program, files: Table, reference: date, protocol: str) -> Flow:
    """Follow every file of a caseload through one protocol.

    Args:
        program: the protocol, among others; fastest where it is the only one.
        files: the facts of each file, as for :func:`engine.caseload.translate.translate`.
        reference: the day against which ages are counted.
        protocol: its id.

    Raises:
        KeyError: the program doesn't hold the protocol.
    """
    if protocol not in {version.protocol.id for version in program.protocols}:
        raise KeyError(protocol)
    first = splits_of(program, protocol, files.columns, reference)
    asked = tuple(dict.fromkeys(first.everything())) if first else ()
    facts = tuple(name for name in asked if name not in program.derivations)
    notions = tuple(name for name in asked if name in program.derivations)
    translation = translate(program, files, reference, keep=facts, derivations=notions)
    columns = {name: translation.values.get(name, name) for name in asked}
    several, ends = _ends(Results.of(translation), protocol)
    table = translation.table.mutate(**{_END: ends, _SEVERAL: several})
    drawing = _Drawing(program, _depth(first))
    for row, count in counted(table, [*columns.values(), _END, _SEVERAL]).items():
        answers = {
            name: value_of(program, name, cell) for name, cell in zip(columns, row, strict=False)
        }
        drawing.add(first, answers, row[-2], count, several=bool(row[-1]))
    return drawing.flow(protocol)


def _ends(results: Results, protocol: str) -> tuple[Column, Column]:
    """Return whether several rules advise something, and where a file ends."""
    rules = [rule for rule in results.columns if rule.partition(".")[0] == protocol]
    given = {rule: results.has(rule, *GIVEN) for rule in rules}
    several = reduce(add, [ibis.ifelse(one, 1, 0) for one in given.values()]) > 1
    ways = [(advises, rule) for rule, advises in given.items()]
    for outcome in (WITHHELD_WORD, Status.OPEN, Status.DEFEATED):
        found = reduce(or_, [results.has(rule, outcome) for rule in rules])
        ways.append((found, str(outcome)))
    return several, ibis.cases(*ways, else_=Status.DOES_NOT_HOLD.value)


def _depth(split: Split | None) -> int:
    return 0 if split is None else 1 + max(_depth(under) for under in split.under.values())


_Place = tuple[tuple[str, str | None], ...]
"""The questions and answers on the way to a box."""


class _Drawing:
    """Puts files in boxes."""

    def __init__(self, program: Program, depth: int) -> None:
        self._steps = {
            bound.rule.id: (bound.rule.advice.action, bound.rule.advice.direction)
            for bound in program.asked_rules()
        }
        self._order = {rule: place for place, rule in enumerate(self._steps)}
        self._depth = depth
        self._files: Counter[tuple[Kind, _Place]] = Counter({(Kind.ALL, ()): 0})
        self._streams: Counter[tuple[tuple[Kind, _Place], tuple[Kind, _Place]]] = Counter()
        self._others: dict[_Place, set[str]] = {}
        self._several = 0

    def add(
        self,
        split: Split | None,
        answers: Mapping[str, str | None],
        end: str,
        count: int,
        *,
        several: bool,
    ) -> None:
        """Send files that are alike on their way."""
        way = [(Kind.ALL, ()), *self._boxes(split, answers), *self._last(end)]
        for box in way:
            self._files[box] += count
        for pair in pairwise(way):
            self._streams[pair] += count
        self._several += count if several else 0

    def _boxes(
        self, split: Split | None, answers: Mapping[str, str | None]
    ) -> Iterator[tuple[Kind, _Place]]:
        place: _Place = ()
        while split is not None:
            answer = answers[split.name]
            told = answer if answer is None or answer in split.answers else OTHER
            place = (*place, (split.name, told))
            if told == OTHER and answer is not None:
                self._others.setdefault(place, set()).add(answer)
            yield Kind.ANSWER, place
            split = split.under[told]

    def _last(self, end: str) -> Iterator[tuple[Kind, _Place]]:
        if end not in self._steps:
            yield Kind.OUTCOME, ((end, ""),)
            return
        yield Kind.RULE, ((end, ""),)
        yield Kind.STEP, (self._steps[end],)

    def flow(self, protocol: str) -> Flow:
        """Return the boxes from left to right, each column in the order of the knowledge."""
        boxes = sorted(self._files, key=self._sorting)
        places = {box: place for place, box in enumerate(boxes)}
        links = [
            Link(places[source], places[target], files)
            for (source, target), files in self._streams.items()
        ]
        return Flow(
            protocol,
            tuple(self._node(box) for box in boxes),
            tuple(sorted(links, key=lambda link: (link.source, link.target))),
            self._several,
        )

    def _sorting(self, box: tuple[Kind, _Place]) -> tuple[Any, ...]:
        kind, place = box
        number = self._order.get(place[-1][0], len(self._order)) if place else 0
        return self._column(box), number, [(name, value or "~") for name, value in place], kind

    def _column(self, box: tuple[Kind, _Place]) -> int:
        kind, place = box
        if kind is Kind.STEP:
            return self._depth + 2
        return len(place) if kind in (Kind.ALL, Kind.ANSWER) else self._depth + 1

    def _node(self, box: tuple[Kind, _Place]) -> Node:
        kind, place = box
        name, value = place[-1] if place else ("", "")
        others = self._others.get(place, set())
        if value == OTHER and len(others) == 1:
            value = next(iter(others))  # The only other answer that occurs may be named.
        return Node(kind, name, value or "", self._column(box), self._files[box])


def label(node: Node, knowledge: Knowledge, program: Program) -> str:
    """Say what a box holds (Dutch).

    Args:
        node: a box of a flow.
        knowledge: how facts, notions and steps are called.
        program: that the flow was made with.
    """
    match node.kind:
        case Kind.ALL:
            return "Alle cliënten"
        case Kind.RULE:
            return program.rules[node.name].rule.title
        case Kind.STEP:
            return what_is_advised(knowledge.actions[node.name], Direction(node.value))
        case Kind.OUTCOME:
            given = node.name == WITHHELD_WORD
            return "Ingehouden" if given else _WITHOUT_ADVICE[Status(node.name)]
    told = knowledge.lexicon[node.name]
    if node.value in ("", OTHER):
        return f"{told.label}: {'onbekend' if node.value == '' else 'iets anders'}"
    return say_fact(node.name, node.value, knowledge.lexicon)


_WITHOUT_ADVICE = {
    Status.OPEN: STATUS[Status.OPEN],
    Status.DEFEATED: STATUS[Status.DEFEATED],
    Status.DOES_NOT_HOLD: "Geen advies",
}

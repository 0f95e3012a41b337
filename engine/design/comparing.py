"""What a new version of the knowledge changes: which advices, and for which clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from engine.case_file import ReadCase, read_case
from engine.compare import Change, Comparison, compare
from engine.consult import Consultation, consult
from engine.knowledge import Rule
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError, compile_program
from engine.program import build_program, rests_on
from engine.reader import Document, read_file, yaml_files
from engine.words import Status, Turn

Progress = Callable[[int, int], object]
"""Told how much was looked at, and out of how much."""


@dataclass(frozen=True, slots=True)
class BothWays:
    """A case as each version of the knowledge reads it.

    Attributes:
        name: its file.
        old: the case in the version that is in force, or why it can't be read.
        new: the same for the version that may come.
    """

    name: str
    old: ReadCase | str
    new: ReadCase | str


@dataclass(frozen=True, slots=True)
class Unread:
    """A case that can't be compared, because at least one version can't be asked about it.

    Attributes:
        name: its file.
        old: why the version that is in force can't; empty if it can.
        new: the same for the version that may come.
    """

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """A client of whom something differs between the two versions.

    Attributes:
        case: as the new version reads it.
        comparison: everything that differs.
    """

    case: ReadCase
    comparison: Comparison

    @property
    def size(self) -> int:
        """How many answers there are: the fewer, the easier it is to see why."""
        return len(self.case.case.known) + len(self.case.case.disputed)


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """One way in which the advice of one rule differs.

    Attributes:
        rule: as the new version has it, or the old one if the new one does not.
        turn: what it comes down to for who has to act on it.
        then: the status in the old version; ``None`` for no advice.
        now: the same in the new version.
        found: the clients of whom it differs in this way, with the fewest answers first.
    """

    rule: Rule
    turn: Turn
    then: Status | None
    now: Status | None
    found: tuple[tuple[CaseDifference, Change], ...]


@dataclass(frozen=True, slots=True)
class ConflictDifference:
    """An action that is advised and advised against at once in one of the versions only.

    Attributes:
        came: in how many cases only in the new one.
        went: in how many cases only in the old one.
    """

    action: str
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class CasesCompared:
    """All cases under two versions of the knowledge.

    Attributes:
        compared: how many cases both versions could be asked about.
        touched: of how many of those a step that is advised differs.
        beside: of how many others only the status of a rule differs.
        differences: what differs, for the rule with most clients first; what has no effect on
            the steps comes last.
        conflicts: the actions of which differs in how many cases they are contradicted.
        asked: in how many cases the open questions differ.
        unread: the cases that could not be compared.
    """

    compared: int
    touched: int
    beside: int
    differences: tuple[RuleDifference, ...]
    conflicts: tuple[ConflictDifference, ...]
    asked: int
    unread: tuple[Unread, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no case tells the two versions apart."""
        apart = any(bool(one.old) is not bool(one.new) for one in self.unread)
        return not (self.differences or self.conflicts or self.asked or apart)


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def read_both_ways(
    folder: Path, old: Knowledge, new: Knowledge, progress: Progress = silent
) -> list[BothWays]:
    """Read all cases in a folder as each of two versions of the knowledge does.

    What a case expects is left out: that is about one version.
    """
    found = []
    paths = list(yaml_files(folder))
    for done, path in enumerate(paths):
        progress(done, len(paths))
        name = path.relative_to(folder.parent).as_posix()
        document = read_file(path, name)
        found.append(BothWays(name, _read(document, old), _read(document, new)))
    return found


def _read(there: Document, knowledge: Knowledge) -> ReadCase | str:
    """Read a case, or say why that can't be, with the places."""
    # What one version finds wrong is not said of the other.
    document = replace(there, findings=[*there.findings])
    case = read_case(document, knowledge, expecting=False)
    return case or "\n".join(str(finding) for finding in document.findings)


def compare_cases(
    old: Knowledge, new: Knowledge, cases: Sequence[BothWays], progress: Progress = silent
) -> CasesCompared:
    """Consult every case under two versions, and tell what differs.

    A case is not consulted when all that it asks of the knowledge is the same in both.

    Args:
        old: the version that is in force.
        new: the version that may come.
        cases: each as both versions read it.
        progress: is told how far it is.
    """
    found: list[CaseDifference] = []
    unread: list[Unread] = []
    compared = 0
    spared = _Spared(old, new)
    # Cases that share their rules after one another: those are then made ready once.
    for done, case in enumerate(sorted(cases, key=_setting)):
        progress(done, len(cases))
        if spared.has(case):
            compared += 1
            continue
        before, after = _consulted(old, case.old), _consulted(new, case.new)
        match before, after, case.new:
            case Consultation(), Consultation(), ReadCase() as read:
                compared += 1
                comparison = compare(before, after, new, old)
                if not comparison.is_empty:
                    found.append(CaseDifference(read, comparison))
            case _:
                why = [one if isinstance(one, str) else "" for one in (before, after)]
                unread.append(Unread(case.name, *why))
    found.sort(key=lambda one: (one.size, one.case.case.id))
    turns = [{change.turn for change in _changes(one.comparison)} for one in found]
    return CasesCompared(
        compared=compared,
        touched=sum(bool(there - {Turn.OTHER}) for there in turns),
        beside=sum(there == {Turn.OTHER} for there in turns),
        differences=tuple(_by_rule(found)),
        conflicts=tuple(_conflicts(found)),
        asked=sum(_asks_otherwise(one.comparison) for one in found),
        unread=tuple(sorted(unread, key=lambda one: one.name)),
    )


class _Spared:
    """The cases that two versions answer alike, which needs no consultation to see."""

    def __init__(self, old: Knowledge, new: Knowledge) -> None:
        self._old, self._new = old, new
        self._known: dict[tuple[object, ...], bool] = {}

    def has(self, both: BothWays) -> bool:
        """Whether a case is one of them."""
        one, other = both.old, both.new
        if isinstance(one, str) or isinstance(other, str) or one.case != other.case:
            return False
        case, day = one.case, one.case.reference_date
        since = self._old.same_since(day), self._new.same_since(day)
        setting = case.protocols, case.authority, *since
        if setting not in self._known:
            self._known[setting] = self._alike(case.protocols, case.authority, *since)
        return self._known[setting]

    def _alike(self, protocols: tuple[str, ...], authority: str, was: date, now: date) -> bool:
        before = rests_on(self._old, protocols, authority, was)
        after = rests_on(self._new, protocols, authority, now)
        return before == after and all(
            _can_be_carried(self._new, name, authority, now) for name in protocols
        )


@lru_cache(maxsize=128)
def _can_be_carried(knowledge: Knowledge, protocol: str, authority: str, on: date) -> bool:
    """Whether the rule engine can carry a protocol: then it can beside any other as well."""
    try:
        compile_program(build_program(knowledge, (protocol,), authority, on))
    except BoundsError:
        return False
    return True


def _setting(case: BothWays) -> tuple[object, ...]:
    read = case.new if isinstance(case.new, ReadCase) else case.old
    if not isinstance(read, ReadCase):
        return ((), "", date.min)
    return read.case.protocols, read.case.authority, read.case.reference_date


def _consulted(knowledge: Knowledge, read: ReadCase | str) -> Consultation | str:
    """Consult a case, or say why that can't be."""
    if isinstance(read, str):
        return read
    try:
        return consult(knowledge, read.case)
    except (NotCoveredError, BoundsError) as error:
        return str(error)


def _changes(comparison: Comparison) -> list[Change]:
    """Return what differs, as far as it is something."""
    withheld = {item.rule.id for item in (*comparison.withheld_came, *comparison.withheld_went)}
    return [
        one
        for one in comparison.changes
        if one.rule.id in withheld or not is_nothing(one.then, one.now)
    ]


def is_nothing(then: Status | None, now: Status | None) -> bool:
    """Whether a difference is none to anyone: a rule that only one has, and that is not true."""
    return {then, now} == {None, Status.DOES_NOT_HOLD}


def _by_rule(found: Sequence[CaseDifference]) -> Iterator[RuleDifference]:
    """Put what changes in the same way together."""
    groups: dict[tuple[object, ...], list[tuple[CaseDifference, Change]]] = {}
    for one in found:
        for change in _changes(one.comparison):
            key = (change.rule.id, change.turn, change.then, change.now)
            groups.setdefault(key, []).append((one, change))
    for members in sorted(groups.values(), key=_weight):
        first = members[0][1]
        yield RuleDifference(first.rule, first.turn, first.then, first.now, tuple(members))


def _weight(group: Sequence[tuple[CaseDifference, Change]]) -> tuple[bool, int, str]:
    """Put what changes nothing about the steps last, and what touches most clients first."""
    change = group[0][1]
    return change.turn is Turn.OTHER, -len(group), change.rule.id


def _conflicts(found: Iterable[CaseDifference]) -> Iterator[ConflictDifference]:
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for one in found:
        came.update(conflict.action for conflict in one.comparison.conflicts_came)
        went.update(conflict.action for conflict in one.comparison.conflicts_went)
    for action in sorted({*came, *went}):
        yield ConflictDifference(action, came[action], went[action])


def _asks_otherwise(comparison: Comparison) -> bool:
    return bool(comparison.questions_came or comparison.questions_went)

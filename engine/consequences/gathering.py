"""Everything that there is to say about the difference between two versions of the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import partial
from pathlib import Path

from engine.decisions import Event, Hindsight, hindsight
from engine.design.comparing import CasesCompared, compare_cases, read_both_ways
from engine.design.differing import EveryClient, compare_clients
from engine.design.structure import ItemDifference, compare_structure
from engine.design.versions import newest
from engine.library import Knowledge


class Stage(Enum):
    """What is looked at while two versions are compared, in order."""

    READING = auto()
    CASES = auto()
    CLIENTS = auto()
    DECISIONS = auto()


Told = Callable[[Stage, int, int], None]
"""Told what is looked at, how much of it was done, and out of how much."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the knowledge.

    Attributes:
        name: what it was asked for by: a folder, or a revision of git.
        knowledge: as it was read.
    """

    name: str
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a new version of the knowledge changes.

    Attributes:
        old: the version that is in force.
        new: the version that may come.
        on_the_day: whether each case was held against what is in force on its own day; otherwise
            against the last version of everything, as if that had always been in force.
        same_files: whether both have the same files, to the letter: then nothing can differ.
        items: what is new, gone and changed in the knowledge itself.
        cases: what differs for the cases.
        clients: what differs for any client that there can be; ``None`` with ``on_the_day``.
        decisions: what differs for the decisions in the record; ``None`` if it was not asked.
    """

    old: Version
    new: Version
    on_the_day: bool
    same_files: bool
    items: tuple[ItemDifference, ...]
    cases: CasesCompared
    clients: EveryClient | None
    decisions: Hindsight | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells the two versions apart: no item, no case and no client."""
        anyone = self.clients is not None and bool(self.clients.found)
        return not self.items and self.cases.is_empty and not anyone


def work_out(
    old: Version,
    new: Version,
    cases: Path,
    today: date,
    *,
    on_the_day: bool = False,
    events: Iterable[Event] | None = None,
    progress: Told = lambda *_: None,
) -> Consequences:
    """Work out what a new version changes.

    Args:
        old: the version that is in force.
        new: the version that may come.
        cases: the folder with cases.
        today: the day on which any client is advised, where cases have a day of their own.
        on_the_day: whether to hold each case against what is in force on its own day.
        events: everything in the record, oldest first; ``None`` to leave the record out.
        progress: is told how far it is.
    """
    before, after = old.knowledge, new.knowledge
    if not on_the_day:
        before, after = newest(before), newest(after)
    at = {stage: partial(progress, stage) for stage in Stage}
    both = read_both_ways(cases, before, after, at[Stage.READING])
    return Consequences(
        old=old,
        new=new,
        on_the_day=on_the_day,
        same_files=before.files == after.files,
        items=compare_structure(old.knowledge, new.knowledge),
        cases=compare_cases(before, after, both, at[Stage.CASES]),
        clients=None
        if on_the_day
        else compare_clients(before, after, today, progress=at[Stage.CLIENTS]),
        decisions=None if events is None else hindsight(events, before, after, at[Stage.DECISIONS]),
    )

"""Clients around whom it has been quiet: how long ago the last contact was.

An empty cell is unknown. It may be that nobody ever spoke with the client, or only that nobody
wrote it down; so it is counted apart, and never as quiet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import ibis

from engine.caseload.column_names import ProtectedGround
from engine.caseload.columns import FILE
from engine.caseload.figures.counting import counted, fetched, warning_about
from engine.caseload.figures.spread import in_order
from engine.caseload.translate import Column, Table
from engine.conditions import TimeUnit, before
from engine.knowledge import ParameterValue
from engine.library import Authority, Knowledge, NotCoveredError
from engine.small_numbers import Shown, protect, protect_above
from engine.words import Word

LAST_CONTACT = "laatste_contact"
"""The fact, and so the column, that says when the last contact was."""

THRESHOLD = "stilte_termijn"
"""The parameter that says after how many months someone asks how things are."""

_STATE = "_contact"


class Contact(Word):
    """How long ago the last contact with a client was."""

    RECENT = "niet_stil"
    QUIET = "stil"
    UNKNOWN = "onbekend"
    AHEAD = "na_peildatum"


@dataclass(frozen=True, slots=True)
class Silence:
    """From when on it is called quiet.

    Attributes:
        months: quiet is a last contact of more than so many months ago.
        value: the threshold of the knowledge, with its sources and how certain it is; ``None`` if
            the user chose the months.
    """

    months: int
    value: ParameterValue | None = None


@dataclass(frozen=True, slots=True)
class GroupContact:
    """How quiet it is in one group; its name is ``None`` where the group is unknown."""

    group: str | None
    shares: Shown[Contact]


@dataclass(frozen=True, slots=True)
class Quiet:
    """How quiet it is around the clients of a caseload.

    Attributes:
        silence: what is called quiet.
        counts: files by how long ago the last contact was; none where groups stand beside them.
        by: the column that the groups are in; empty if none was asked for.
        groups: by name; the unknown group last.
        whole: all groups together; without figures where those would betray a hidden one.
        warning: what to mind about this group (Dutch), if it is a protected ground.
    """

    silence: Silence
    counts: Counter[Contact]
    by: str
    groups: tuple[GroupContact, ...]
    whole: Shown[Contact]
    warning: str


def known_silence(knowledge: Knowledge, authority: Authority, on: date) -> Silence | None:
    """Return the threshold of the knowledge; ``None`` if it has none, so that the user chooses."""
    try:
        value = knowledge.parameter_value(THRESHOLD, authority, on)
    except (KeyError, NotCoveredError):
        return None
    return Silence(value.value, value) if value.value is not None else None


def contact(files: Table, reference: date, months: int) -> Column:
    """Say for every file how long ago the last contact was, as a word of :class:`Contact`."""
    if LAST_CONTACT not in files.columns:
        return ibis.literal(Contact.UNKNOWN.value)
    last = files[LAST_CONTACT]
    day = before(reference, months, TimeUnit.MONTHS)
    return ibis.cases(
        (last.isnull(), Contact.UNKNOWN.value),
        (last > ibis.literal(reference), Contact.AHEAD.value),
        (last < ibis.literal(day), Contact.QUIET.value),
        else_=Contact.RECENT.value,
    )


def is_quiet(files: Table, reference: date, months: int) -> Column:
    """Whether it is quiet; unknown where the last contact is, or can't be right."""
    word = contact(files, reference, months)
    known = word.isin([Contact.QUIET.value, Contact.RECENT.value])
    return ibis.ifelse(known, word == Contact.QUIET.value, ibis.null("boolean"))


def quiet(
    files: Table,
    reference: date,
    silence: Silence,
    by: str = "",
    ground: ProtectedGround | None = None,
) -> Quiet:
    """Count how quiet it is, in all files and by group.

    Args:
        files: the facts of each file, or results with ``laatste_contact`` kept.
        reference: the day to count from.
        silence: what is called quiet.
        by: the column with the groups, if any.
        ground: the protected ground that it is about, if its own name doesn't tell.
    """
    told = files.mutate(**{_STATE: contact(files, reference, silence.months)})
    found: dict[str | None, Counter[Contact]] = {}
    for row, count in counted(told, [*([by] if by else []), _STATE]).items():
        group = None if not by or row[0] is None else str(row[0])
        found.setdefault(group, Counter())[Contact(row[-1])] += count
    together = sum(found.values(), Counter[Contact]())
    if not by:
        return Quiet(silence, together, "", (), protect({}), "")
    names = sorted(found, key=in_order)
    shown = {name: protect(found[name]) for name in names}
    whole = protect_above(together, [(found[name], shown[name]) for name in names])
    groups = tuple(GroupContact(name, shown[name]) for name in names)
    return Quiet(silence, Counter(), by, groups, whole, warning_about(by, ground))


def longest_quiet(
    files: Table, reference: date, months: int, most: int
) -> tuple[tuple[str, date], ...]:
    """Return who to look at first: the quiet files and their last contact, longest ago first.

    Args:
        files: as for :func:`quiet`.
        reference: the day to count from.
        months: more than so many months ago is quiet.
        most: how many files to return at most.
    """
    if LAST_CONTACT not in files.columns:
        return ()
    chosen = files.filter(is_quiet(files, reference, months)).select(FILE, LAST_CONTACT)
    rows = fetched(chosen.order_by([LAST_CONTACT, FILE]).limit(most)).iter_rows()
    return tuple((str(name), day) for name, day in rows)

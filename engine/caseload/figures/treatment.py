"""Equal treatment: whether groups, such as teams, do otherwise with clients who are alike.

Two files are alike where a rule gives the same advice on the same answers: every comparison that
it makes, and every notion that it asks about, comes out the same. What the rule doesn't ask, it
doesn't see, so clients who are alike here can still differ in what matters. A difference is a
reason to talk with each other, and never shows by itself that anyone was wronged; nor does the
absence of one show that nobody was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.caseload.basic import basic
from engine.caseload.column_names import ProtectedGround
from engine.caseload.figures.counting import (
    GIVEN,
    Outcome,
    Results,
    counted,
    value_of,
    warning_about,
)
from engine.caseload.figures.standardised import Difference, Pair, difference
from engine.caseload.translate import Column, Table, comparison, translate
from engine.conditions import Compare, OneOf, leaves
from engine.kleene import Truth
from engine.knowledge import AUTHORITY
from engine.program import Program
from engine.small_numbers import FEWEST, Shown, protect, protect_above

Happened = Callable[[Table], Column]
"""Says of every file whether something was done or is so; empty is unknown."""

_HAPPENED, _LEAF = "_gebeurd", "_v"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule sees of a file at one point.

    Attributes:
        leaf: a comparison with a fact; ``None`` where it asks about a notion.
        notion: the notion, or empty.
        answer: how the comparison came out, or the value of the notion; ``None`` is unknown.
    """

    leaf: OneOf | Compare | None
    notion: str
    answer: Truth | str


@dataclass(frozen=True, slots=True)
class Stratum:
    """Files that are alike.

    Attributes:
        outcome: the advice that all of them have.
        seen: what the rule sees of all of them.
        groups: by group how often it happened and how often not, as far as that may be shown.
        whole: all groups together.
    """

    outcome: Outcome
    seen: tuple[Seen, ...]
    groups: Mapping[str, Shown[bool]]
    whole: Shown[bool]


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """How much more often something happens in one group than with like clients of the others.

    Attributes:
        difference: in whole hundredths, so that nothing hidden can be worked out from it;
            ``None`` where it rests on too few to show.
    """

    group: str
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """What groups do with clients who are alike.

    Attributes:
        by: the column that the groups are in.
        strata: those with more than one group, the largest first.
        differences: by group, in order of name.
        comparisons: how many differences were looked at; the intervals hold for all at once.
        compared: files of clients to whom like ones are in another group. This and the next two
            are to the nearest ten, so that nothing hidden can be worked out from them.
        alone: files of clients to whom no like one is in another group; they don't count.
        unknown: files in which it isn't known what happened, or in which group; nor do they.
        warning: what to mind about this group (Dutch), if it is a protected ground.
    """

    rule: str
    by: str
    strata: tuple[Stratum, ...]
    differences: tuple[GroupDifference, ...]
    comparisons: int
    compared: int
    alone: int
    unknown: int
    warning: str


def treatment(
    program: Program,
    files: Table,
    reference: date,
    rule: str,
    by: str,
    happened: Happened,
    *,
    outcomes: Sequence[Outcome] = GIVEN,
    ground: ProtectedGround | None = None,
) -> Treatment:
    """Compare what groups did with clients for whom a rule gives the same advice.

    Args:
        program: with the rule among those that were asked for; fastest where it holds no other
            protocols.
        files: the facts of each file, its group, and what happened.
        reference: the day against which ages are counted.
        rule: whose advice makes clients alike.
        by: the column with the groups.
        happened: what is compared, such as ``column_is("uitkomst", "ja")`` or
            :func:`engine.caseload.figures.contact.is_quiet`.
        outcomes: the advices of which files are compared.
        ground: the protected ground that the group is about, if its own name doesn't tell.
    """
    constants = {AUTHORITY: program.authority.kind.value}
    condition = basic(program.derivations[rule].condition, reference, constants)
    asked = dict.fromkeys(one for one in leaves(condition) if isinstance(one, OneOf | Compare))
    notions = tuple(dict.fromkeys(one.name for one in asked if one.name in program.derivations))
    facts = [one for one in asked if one.name in files.columns and one.name not in notions]
    made = {f"{_LEAF}{place}": comparison(leaf)(files) for place, leaf in enumerate(facts)}
    marked = files.mutate(**{_HAPPENED: happened(files)}, **made)
    translation = translate(
        program, marked, reference, keep=(by, _HAPPENED, *made), derivations=notions
    )
    results = Results.of(translation)
    chosen = results.table.filter(results.has(rule, *outcomes))
    values = [translation.values[name] for name in notions]
    columns = (by, _HAPPENED, results.columns[rule], *made, *values)

    def seen(cells: Sequence[Any]) -> tuple[Seen, ...]:
        told = [Seen(leaf, "", cell) for leaf, cell in zip(facts, cells, strict=False)]
        under = zip(notions, cells[len(facts) :], strict=True)
        return (*told, *(Seen(None, name, value_of(program, name, cell)) for name, cell in under))

    strata: dict[tuple[Outcome, tuple[Any, ...]], dict[str, Counter[bool]]] = {}
    unknown = 0
    for (group, did, status, *cells), count in counted(chosen, columns).items():
        if group is None or did is None:
            unknown += count
            continue
        groups = strata.setdefault((results.outcome(status), tuple(cells)), {})
        groups.setdefault(str(group), Counter())[bool(did)] += count
    shared = {key: groups for key, groups in strata.items() if len(groups) > 1}
    compared, everyone = _size(shared.values()), _size(strata.values())
    shown = [_stratum(outcome, seen(cells), groups) for (outcome, cells), groups in shared.items()]
    sizes = [_size([groups]) for groups in shared.values()]
    in_order = sorted(range(len(shown)), key=lambda place: -sizes[place])
    differences, comparisons = _differences(list(shared.values()))
    return Treatment(
        rule,
        by,
        tuple(shown[place] for place in in_order),
        differences,
        comparisons,
        round(compared, -1),
        round(everyone - compared, -1),
        round(unknown, -1),
        warning_about(by, ground),
    )


def column_is(column: str, value: str) -> Happened:
    """Return what says whether a column holds a value; an empty cell is unknown."""
    return lambda files: files[column] == value


def _size(strata: Iterable[Mapping[str, Counter[bool]]]) -> int:
    return sum(counts.total() for groups in strata for counts in groups.values())


def _stratum(
    outcome: Outcome, seen: tuple[Seen, ...], groups: Mapping[str, Counter[bool]]
) -> Stratum:
    shown = {name: protect(groups[name]) for name in sorted(groups)}
    together = sum(groups.values(), Counter[bool]())
    whole = protect_above(together, [(groups[name], shown[name]) for name in shown])
    return Stratum(outcome, seen, shown, whole)


def _differences(
    strata: Sequence[Mapping[str, Counter[bool]]],
) -> tuple[tuple[GroupDifference, ...], int]:
    """Hold every group to the others; of two groups, one difference is that of the other."""
    names = sorted({name for groups in strata for name in groups})
    comparisons = 1 if len(names) == 2 else len(names)
    found = []
    for name in names:
        pairs = [_pair(name, groups) for groups in strata if name in groups]
        made = difference(pairs, comparisons) if _may_be_shown(pairs) else None
        found.append(GroupDifference(name, made and _rounded(made)))
    return tuple(found), comparisons


def _pair(name: str, groups: Mapping[str, Counter[bool]]) -> Pair:
    together = sum(groups.values(), Counter[bool]())
    own = groups[name]
    total, count = own.total(), own[True]
    return Pair(count, total, together[True] - count, together.total() - total)


def _may_be_shown(pairs: Sequence[Pair]) -> bool:
    """Whether nobody is one of a few: in the group and in the others, on either side."""
    sides = (
        sum(one.count for one in pairs),
        sum(one.total - one.count for one in pairs),
        sum(one.other_count for one in pairs),
        sum(one.other_total - one.other_count for one in pairs),
    )
    return all(side == 0 or side >= FEWEST for side in sides)


def _rounded(made: Difference) -> Difference:
    low_high = made.interval and (round(made.interval[0], 2), round(made.interval[1], 2))
    return Difference(round(made.value, 2), low_high)

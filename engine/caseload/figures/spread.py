"""How the outcomes of a rule are spread over groups, such as teams; small figures stay hidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from engine.caseload.column_names import ProtectedGround
from engine.caseload.figures.counting import Outcome, Results, counted, warning_about
from engine.small_numbers import Shown, protect, protect_above


@dataclass(frozen=True, slots=True)
class GroupOutcomes:
    """The outcomes of one rule in one group.

    Attributes:
        group: its name; ``None`` where the group is unknown.
        shares: per outcome the share with its interval, as far as it may be shown.
    """

    group: str | None
    shares: Shown[Outcome]


@dataclass(frozen=True, slots=True)
class Spread:
    """The outcomes of one rule, by group and together.

    Attributes:
        by: the column that the groups are in.
        groups: by name; the unknown group last.
        whole: all groups together; without figures where those would betray a hidden one.
        warning: what to mind about this group (Dutch), if it is a protected ground.
    """

    rule: str
    by: str
    groups: tuple[GroupOutcomes, ...]
    whole: Shown[Outcome]
    warning: str


def spread(results: Results, rule: str, by: str, ground: ProtectedGround | None = None) -> Spread:
    """Count the outcomes of a rule in each group.

    Args:
        results: with the group among what was kept.
        rule: one that was asked for.
        by: the column that the groups are in.
        ground: the protected ground that it is about, if its own name doesn't tell.
    """
    found: dict[str | None, Counter[Outcome]] = {}
    for (name, value), count in counted(results.table, (by, results.columns[rule])).items():
        group = None if name is None else str(name)
        found.setdefault(group, Counter())[results.outcome(value)] += count
    names = sorted(found, key=in_order)
    shown = {name: protect(found[name]) for name in names}
    together = sum(found.values(), Counter[Outcome]())
    whole = protect_above(together, [(found[name], shown[name]) for name in names])
    groups = tuple(GroupOutcomes(name, shown[name]) for name in names)
    return Spread(rule, by, groups, whole, warning_about(by, ground))


def in_order(group: str | None) -> tuple[bool, str]:
    """Sort groups by name, with the unknown one last."""
    return group is None, group or ""

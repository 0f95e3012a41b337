"""The checks of the knowledge, one file for each theme; ``docs/controles/`` explains each code."""

from __future__ import annotations

from collections.abc import Sequence

from engine.case_file import ReadCase
from engine.design.checks.cases import cases_that_are_missing
from engine.design.checks.conflicts import conflicts
from engine.design.checks.language import plain_language
from engine.design.checks.limits import gaps_in_time, loose_limits
from engine.design.checks.notions import notions
from engine.design.checks.parts import parts_without_effect
from engine.design.checks.rules import rules_without_effect
from engine.design.checks.unused import unused
from engine.design.claims import SECONDS
from engine.design.workbench import Check, Finding, Workbench
from engine.library import Knowledge

CHECKS: tuple[Check, ...] = (
    rules_without_effect,
    parts_without_effect,
    notions,
    conflicts,
    gaps_in_time,
    loose_limits,
    unused,
    cases_that_are_missing,
    plain_language,
)
"""Every check, in the order in which they run."""

AT_ONCE: tuple[Check, ...] = (gaps_in_time, loose_limits, unused, plain_language)
"""The checks that ask the solver nothing: they take less than a second, so they run on typing."""


def check(
    knowledge: Knowledge, cases: Sequence[ReadCase], seconds: float = SECONDS
) -> list[Finding]:
    """Run every check.

    Args:
        knowledge: what was read, without errors.
        cases: the cases that go with it.
        seconds: how long one question to the solver may take.

    Returns:
        The findings, by place.
    """
    return run_checks(Workbench(knowledge, cases, seconds))


def run_checks(bench: Workbench) -> list[Finding]:
    """Run every check on a workbench; return the findings, by place."""
    found = [finding for one in CHECKS for finding in one(bench)]
    return sorted(found, key=lambda finding: finding.diagnostic)

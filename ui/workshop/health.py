"""How the protocols are doing: what the checks find, and how well the cases cover the rules.

All checks together take seconds, so someone asks for them. What came of it is kept for as long as
the knowledge and the cases stay the same, for everyone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from engine.canonical import digest
from engine.case_file import ReadCase, read_cases
from engine.design.case_tests import Coverage, Outcome, Unexpected, run_cases
from engine.design.checks import CHECKS
from engine.design.compilation import uncompilable
from engine.design.workbench import Finding, Workbench
from engine.diagnostics import Diagnostic
from engine.library import Knowledge
from engine.paths import cases_folder
from ui.shelf import fingerprint
from ui.workshop.kept import keep, take
from ui.workshop.waiting import Progress

_AT_A_TIME = 20
_CHECKED = 0.5
"""Part of the work that the checks are; the cases are the rest."""
_LOOKED_AT = dict(
    zip(
        CHECKS,
        (
            "Regels die nooit gelden",
            "Delen van voorwaarden",
            "Begrippen",
            "Adviezen die botsen",
            "Grenzen in de tijd",
            "Grenzen buiten het bestand met grenzen",
            "Wat nergens wordt gebruikt",
            "Adviezen zonder casus",
            "Taal",
        ),
        strict=True,
    )
)
"""What each check looks at, for who waits."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases in the folder of this moment.

    Attributes:
        read: those that fit the knowledge.
        broken: what is wrong with the others.
        mark: another one when a file changes.
    """

    read: tuple[ReadCase, ...]
    broken: tuple[Diagnostic, ...]
    mark: str

    def of(self, *protocols: str) -> tuple[ReadCase, ...]:
        """Return the cases that are about one of these protocols."""
        wanted = set(protocols)
        return tuple(case for case in self.read if not wanted.isdisjoint(case.case.protocols))


@dataclass(frozen=True, slots=True)
class Health:
    """What was found about one protocol, or about what protocols share.

    Attributes:
        findings: of the checks and the cases.
        rules: how many rules there are.
        covered: of how many the cases make the condition true, false and open.
    """

    findings: tuple[Finding, ...]
    rules: int
    covered: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What looking at everything gave."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]

    def of(self, protocol: str) -> Health:
        """Return what is about the last version of one protocol."""
        home = f"protocollen/{protocol}/"
        rules = [one for one in self.coverage if one.rule.partition(".")[0] == protocol]
        return Health(
            tuple(one for one in self.findings if one.diagnostic.file.startswith(home)),
            len(rules),
            sum(one.complete for one in rules),
        )

    @property
    def shared(self) -> tuple[Finding, ...]:
        """What is about something that protocols share, or about the cases."""
        return tuple(
            one for one in self.findings if not one.diagnostic.file.startswith("protocollen/")
        )


@st.cache_resource(show_spinner="De casussen worden gelezen.", max_entries=4)
def _cases(mark: str, _knowledge: Knowledge) -> Cases:
    read, broken = read_cases(cases_folder(), _knowledge)
    return Cases(tuple(read), tuple(broken), mark)


def cases(knowledge: Knowledge) -> Cases:
    """Return the cases, read again only if a file changed."""
    mark = digest({"casussen": fingerprint(cases_folder()), "kennis": dict(knowledge.files)})
    return _cases(mark, knowledge)


def examined(mark: str) -> Examined | None:
    """Return what was found before; none if nobody asked yet."""
    return cast("Examined | None", take("nagekeken", mark))


def examine(
    knowledge: Knowledge, there: Sequence[ReadCase], mark: str, progress: Progress
) -> Examined:
    """Look at everything, and keep what came of it.

    Args:
        knowledge: what to look at.
        there: the cases that go with it.
        mark: under which it is kept; another one for other knowledge or cases.
        progress: is told how far it is, from 0 to 1, and what it is doing.
    """
    bench = Workbench(knowledge, there)
    found: list[Finding] = []
    for number, (check, what) in enumerate(_LOOKED_AT.items()):
        progress(_CHECKED * number / len(CHECKS), what)
        found += check(bench)
    progress(_CHECKED, "Elke versie")
    broken = [Finding(one) for one in uncompilable(knowledge)]
    coverage: tuple[Coverage, ...] = ()
    # A version that can't be consulted has no answer for a case.
    if not broken:
        outcome = run(
            knowledge, there, lambda part, said: progress(_CHECKED + (1 - _CHECKED) * part, said)
        )
        found += map(Finding, outcome.findings)
        coverage = outcome.coverage
    findings = tuple(sorted((*found, *broken), key=lambda one: one.diagnostic))
    made = Examined(findings, coverage)
    keep("nagekeken", mark, made)
    return made


def run(knowledge: Knowledge, there: Sequence[ReadCase], progress: Progress) -> Outcome:
    """Run cases in parts, so that someone sees how far it is."""
    ordered = sorted(there, key=lambda one: (one.case.protocols, one.case.authority))
    counts: dict[str, Counter[str]] = {}
    unexpected: list[Unexpected] = []
    expectations = 0
    for start in range(0, max(len(ordered), 1), _AT_A_TIME):
        progress(start / max(len(ordered), 1), f"{start} van de {len(ordered)} casussen")
        part = run_cases(knowledge, ordered[start : start + _AT_A_TIME])
        unexpected += part.unexpected
        expectations += part.expectations
        for one in part.coverage:
            tally = counts.setdefault(one.rule, Counter())
            tally.update(holds=one.holds, fails=one.fails, open=one.open)
    coverage = tuple(
        Coverage(rule, tally["holds"], tally["fails"], tally["open"])
        for rule, tally in counts.items()
    )
    return Outcome(len(ordered), expectations, coverage, tuple(unexpected))

"""Runs all cases: does every rule do what its cases expect, and is every rule tried out?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.case_file import ReadCase
from engine.consult import Consultation, consult
from engine.diagnostics import Diagnostic, Severity
from engine.library import Knowledge
from engine.words import Status


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often cases make the condition of one rule true, false and unknown."""

    rule: str
    holds: int
    fails: int
    open: int

    @property
    def complete(self) -> bool:
        """Whether there is a case for each of the three."""
        return min(self.holds, self.fails, self.open) > 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running the cases gave.

    Attributes:
        cases: how many cases were run.
        expectations: how many statuses were compared.
        findings: every status that differs, and every gap in the coverage as a warning.
    """

    cases: int
    expectations: int
    coverage: tuple[Coverage, ...]
    findings: tuple[Diagnostic, ...]


def run_cases(knowledge: Knowledge, cases: Sequence[ReadCase]) -> Outcome:
    """Consult every case and compare each status with what the case expects."""
    findings: list[Diagnostic] = []
    truths: dict[str, list[bool | None]] = {}
    for case in cases:
        consultation = consult(knowledge, case.case)
        findings.extend(_differences(case, consultation))
        for advice in consultation.advices:
            truths.setdefault(advice.rule.id, []).append(advice.proof.truth)
    coverage = tuple(_coverage(rule, truths.get(rule, [])) for rule in _current_rules(knowledge))
    findings.extend(_gaps(coverage))
    expectations = sum(len(case.expected) for case in cases)
    return Outcome(len(cases), expectations, coverage, tuple(findings))


def _differences(case: ReadCase, consultation: Consultation) -> Iterable[Diagnostic]:
    """Say which advices are not what the case expects."""
    for withheld in consultation.withheld:
        what = f"Het advies {withheld.rule.id!r} is ingehouden: {withheld.reason}"
        yield Diagnostic(case.name, 1, 1, "advies-ingehouden", what)
    found: Mapping[str, Status] = {advice.rule.id: advice.status for advice in consultation.advices}
    for rule, expected in case.expected.items():
        if rule in found and found[rule] is not expected:
            yield Diagnostic(
                case.name,
                case.lines[rule],
                1,
                "status-anders",
                f"{rule}: verwacht '{expected}', maar het is '{found[rule]}'.",
                _why(consultation, rule),
            )


def _why(consultation: Consultation, rule: str) -> str:
    """Say what a designer needs to see why a status differs."""
    advice = consultation.advice(rule)
    parts = []
    if advice.missing:
        parts.append(f"Onbekend: {', '.join(advice.missing)}.")
    if advice.defeated_by:
        parts.append(f"Vervalt door: {', '.join(advice.defeated_by)}.")
    if advice.open_exceptions:
        parts.append(f"Open uitzondering: {', '.join(advice.open_exceptions)}.")
    return " ".join(parts)


def _current_rules(knowledge: Knowledge) -> list[str]:
    """Return the rules of the latest version of every protocol."""
    return [
        bound.rule.id for versions in knowledge.protocols.values() for bound in versions[-1].rules
    ]


def _coverage(rule: str, truths: Sequence[bool | None]) -> Coverage:
    return Coverage(rule, truths.count(True), truths.count(False), truths.count(None))


def _gaps(coverage: Iterable[Coverage]) -> Iterable[Diagnostic]:
    """Name the rules that no case makes true, false or unknown."""
    for item in coverage:
        counts = {"waar": item.holds, "onwaar": item.fails, "onbekend": item.open}
        gaps = [word for word, number in counts.items() if number == 0]
        if gaps:
            what = f"Geen enkele casus maakt {item.rule!r} {' of '.join(gaps)}."
            hint = "Voeg een casus toe."
            yield Diagnostic("casussen", 0, 0, "dekking", what, hint, severity=Severity.WARNING)

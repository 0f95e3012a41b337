"""Runs all cases: does every rule do what its cases expect, and is every rule tried out?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.case_file import ReadCase
from engine.consult import Consultation, consult
from engine.diagnostics import Diagnostic
from engine.kleene import Truth
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
    def gaps(self) -> tuple[Truth, ...]:
        """The truths that no case gives the condition."""
        counts = {True: self.holds, False: self.fails, None: self.open}
        return tuple(truth for truth, number in counts.items() if number == 0)

    @property
    def complete(self) -> bool:
        """Whether there is a case for each of the three."""
        return not self.gaps


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A rule that does not give a case what it expects.

    Attributes:
        case: as it was read.
        rule: the id of the rule.
        expected: the status that the case names; ``None`` if it names none.
        found: the status that the rule has; ``None`` if its advice is withheld.
        finding: the same for who reads files.
    """

    case: ReadCase
    rule: str
    expected: Status | None
    found: Status | None
    finding: Diagnostic


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running the cases gave.

    Attributes:
        cases: how many cases were run.
        expectations: how many statuses were compared.
        coverage: how the cases cover the rules of the latest version of every protocol.
        unexpected: every status that differs.
    """

    cases: int
    expectations: int
    coverage: tuple[Coverage, ...]
    unexpected: tuple[Unexpected, ...]

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Every status that differs, for who reads files."""
        return tuple(one.finding for one in self.unexpected)


def run_cases(knowledge: Knowledge, cases: Sequence[ReadCase]) -> Outcome:
    """Consult every case and compare each status with what the case expects."""
    unexpected: list[Unexpected] = []
    truths: dict[str, list[bool | None]] = {}
    for case in cases:
        consultation = consult(knowledge, case.case)
        unexpected.extend(_differences(case, consultation))
        for advice in consultation.advices:
            truths.setdefault(advice.rule.id, []).append(advice.proof.truth)
    coverage = tuple(_coverage(rule, truths.get(rule, [])) for rule in _current_rules(knowledge))
    expectations = sum(len(case.expected) for case in cases)
    return Outcome(len(cases), expectations, coverage, tuple(unexpected))


def _differences(case: ReadCase, consultation: Consultation) -> Iterable[Unexpected]:
    """Say which advices are not what the case expects."""
    for withheld in consultation.withheld:
        what = f"Het advies {withheld.rule.id!r} is ingehouden: {withheld.reason}"
        finding = Diagnostic(case.name, 1, 1, "advies-ingehouden", what)
        rule = withheld.rule.id
        yield Unexpected(case, rule, case.expected.get(rule), None, finding)
    found: Mapping[str, Status] = {advice.rule.id: advice.status for advice in consultation.advices}
    for rule, expected in case.expected.items():
        if rule in found and found[rule] is not expected:
            finding = Diagnostic(
                case.name,
                case.lines[rule],
                1,
                "status-anders",
                f"{rule}: verwacht '{expected}', maar het is '{found[rule]}'.",
                _why(consultation, rule),
            )
            yield Unexpected(case, rule, expected, found[rule], finding)


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

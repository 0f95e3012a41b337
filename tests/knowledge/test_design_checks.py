"""The workshop on the real knowledge: it reads it as a consultation does, and what it finds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from engine.conditions import OneOf, evaluate_leaf
from engine.consult import consult
from engine.design.checks import check
from engine.design.checks.conflicts import conflicts
from engine.design.claims import SECONDS
from engine.design.clients import Clients
from engine.design.workbench import Finding, Workbench
from engine.diagnostics import Severity
from engine.program import build_program
from tests.golden import check_golden
from tests.knowledge.test_knowledge import cases, known

SAMPLE = 25
KNOWN = Path(__file__).parent / "goud" / "controles.txt"


@cache
def found() -> list[Finding]:
    return check(known(), cases())


def test_the_real_knowledge_has_only_the_findings_that_are_known() -> None:
    diagnostics = [finding.diagnostic for finding in found()]
    assert [one for one in diagnostics if one.severity is Severity.ERROR] == []
    # Without lines and witnesses, which change with every edit.
    lines = sorted(f"{one.code}  {one.file}  {one.what}" for one in diagnostics)
    check_golden(KNOWN, "".join(f"{line}\n" for line in lines))


def test_who_shows_a_conflict_gets_both_advices() -> None:
    # Without the cases, which say of each conflict in the knowledge that it is meant.
    meant = list(conflicts(Workbench(known(), [], SECONDS)))
    assert meant
    for conflict in meant:
        assert conflict.witness is not None
        both = {
            name for name in conflict.diagnostic.what.split("'") if "." in name and " " not in name
        }
        given = {
            rule
            for one in consult(known(), conflict.witness.case).conflicts
            for rule in (*one.do, *one.do_not)
        }
        assert len(both) == 2
        assert both <= given


def test_the_solver_reads_the_cases_as_a_consultation_does() -> None:
    everything = tuple(known().protocols)
    for case in Random(7).sample([item.case for item in cases()], SAMPLE):
        program = build_program(known(), everything, case.authority, case.reference_date)
        clients = Clients(program, known().facts, case.reference_date, seconds=60)
        concluded = consult(known(), replace(case, protocols=everything)).conclusions
        values = {name: one.value for name, one in concluded.items() if one.value is not None}
        claims = []
        for name, conclusion in concluded.items():
            for option in dict.fromkeys(value for value, _ in conclusion.derivation.branches):
                leaf = OneOf(name, (option,))
                truth = evaluate_leaf(leaf, values, case.reference_date)
                claim = {True: clients.true, False: clients.false, None: clients.open}[truth]
                claims.append(claim(leaf))
        # Of one client everything is settled: either all of it is so, or the solver reads wrongly.
        assert clients.exists(clients.exactly(case.known), *claims), case.id

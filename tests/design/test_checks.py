"""Every check finds what it is for, at the right place, with a client who shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.case_file import read_case
from engine.consult import consult
from engine.design.case_tests import run_cases
from engine.design.checks import CHECKS, check
from engine.design.checks.cases import gaps_in_coverage
from engine.design.claims import SECONDS, UndecidedError
from engine.design.clients import Clients
from engine.design.witness import witness_yaml
from engine.design.workbench import Finding, Workbench
from engine.diagnostics import Severity
from engine.reader import read_text
from engine.words import Status
from tests.design.corpus import BEFORE, BROKEN, FACTS, PROTOCOL, VILLAGE, instead
from tests.design.world import Edit, cases_for, findings, knowledge_after
from tests.docs.sources import codes_in
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud"
ENGINE = Path(__file__).parents[2] / "engine" / "design"


def told(found: list[Finding], *edits: Edit) -> str:
    knowledge = knowledge_after(*edits)
    return "".join(f"{finding.told(knowledge)}\n" for finding in found)


def test_the_knowledge_that_is_broken_has_no_findings_itself() -> None:
    assert findings() == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_finding_is_made_at_its_place(name: str) -> None:
    code, edits = BROKEN[name]
    found = findings(*edits)
    assert code in {finding.diagnostic.code for finding in found}
    check_golden(GOLDEN / f"{name}.txt", told(found, *edits))


def test_every_check_is_tried() -> None:
    codes = set[str]()
    for path in (ENGINE / "checks").glob("*.py"):
        codes |= codes_in(path.read_text(encoding="utf-8"), path.name)
    tried = {code for code, _ in BROKEN.values()}
    assert codes - tried == {"advies-zonder-casus", "dekking"}


@pytest.mark.parametrize("name", BROKEN)
def test_a_witness_is_a_case_that_the_protocols_agree_with(name: str) -> None:
    _, edits = BROKEN[name]
    knowledge = knowledge_after(*edits)
    for finding in findings(*edits):
        if finding.witness is None:
            continue
        wrong = finding.diagnostic
        _, text = witness_yaml(finding.witness, knowledge, wrong)
        document = read_text(text.encode(), "casus.yaml")
        case = read_case(document, knowledge)
        assert case is not None, document.findings
        differences = run_cases(knowledge, [case]).findings
        # Two answers of one table are what that finding is about.
        expected = {"advies-ingehouden"} if wrong.code == "tabel-overlap" else set()
        assert {one.code for one in differences} == expected


def test_a_part_that_can_settle_an_answer_is_not_without_effect() -> None:
    # Who is motivated costs nothing to know; whether there is a chance may never be known.
    condition = """een_van:
  - gemotiveerd: ja
  - alle: [{gemotiveerd: ja}, {kansrijk: ja}]
  - alle: [{gemotiveerd: ja}, {kansrijk: nee}]"""
    said = [
        one.diagnostic.what
        for one in findings(instead(condition))
        if one.diagnostic.code == "deel-zonder-effect"
    ]
    assert len(said) == 2
    assert all("kans" in one for one in said)


def test_the_rules_that_always_go_before_are_those_of_every_authority() -> None:
    rules = [
        BEFORE.format("ja", "inzetten")
        .replace("eerst-rust", f"rust-{kind}")
        .replace("gemotiveerd: ja", f"alle: [gemotiveerd: ja, instantie: {kind}]")
        for kind in ("uwv", "gemeente")
    ]
    first = "  - id: proef.te-duur\n"
    found = findings((PROTOCOL, first, "".join([*rules, first])))
    (one,) = [one for one in found if one.diagnostic.code == "regel-vervalt-altijd"]
    assert "'proef.rust-uwv' of 'proef.rust-gemeente'" in one.diagnostic.what


def test_a_label_of_more_than_one_line_stays_within_its_remark() -> None:
    lines = '    zin: "de opleiding\\n\\nfeiten: duurt {}"\n'
    edits = (*BROKEN["nooit-getallen"][1], (FACTS, "    zin: de opleiding duurt {}\n", lines))
    knowledge = knowledge_after(*edits)
    (never,) = [one for one in findings(*edits) if one.diagnostic.code == "regel-nooit"]
    assert "\n" in never.diagnostic.hint
    assert never.witness is not None
    _, text = witness_yaml(never.witness, knowledge, never.diagnostic)
    case = read_case(read_text(text.encode(), "casus.yaml"), knowledge)
    assert case is not None
    assert case.case.known == never.witness.case.known


def test_a_conflict_that_a_case_shows_is_meant() -> None:
    edits = BROKEN["tegenstrijdig"][1]
    knowledge = knowledge_after(*edits)
    (conflict,) = findings(*edits)
    assert conflict.witness is not None
    _, text = witness_yaml(conflict.witness, knowledge, conflict.diagnostic)
    case = read_case(read_text(text.encode(), "casus.yaml"), knowledge)
    assert case is not None
    assert check(knowledge, [*cases_for(knowledge), case]) == []


def test_the_witness_of_a_conflict_gets_both_advices() -> None:
    edits = BROKEN["tegenstrijdig"][1]
    (conflict,) = findings(*edits)
    assert conflict.witness is not None
    consultation = consult(knowledge_after(*edits), conflict.witness.case)
    assert [one.action for one in consultation.conflicts] == ["scholing_inzetten"]
    for name in ("proef.inzetten", "proef.te-duur"):
        assert consultation.advice(name).status is Status.HOLDS


def test_an_advice_without_a_case_is_found_with_a_client_for_one() -> None:
    found = findings(leave_out=("casussen/proef/te-duur.yaml",))
    assert [finding.diagnostic.code for finding in found] == ["advies-zonder-casus"]
    check_golden(GOLDEN / "advies-zonder-casus.txt", told(found))


def test_a_gap_in_the_coverage_is_found_with_a_client_for_it() -> None:
    knowledge = knowledge_after()
    cases = cases_for(knowledge, leave_out=("casussen/proef/heel-lang.yaml",))
    bench = Workbench(knowledge, cases)
    found = list(gaps_in_coverage(bench, run_cases(knowledge, cases).coverage))
    check_golden(GOLDEN / "dekking-met-getuige.txt", told(found))
    for gap in found:
        assert gap.witness is not None
        _, text = witness_yaml(gap.witness, knowledge, gap.diagnostic)
        case = read_case(read_text(text.encode(), "casus.yaml"), knowledge)
        assert case is not None
        cases.append(case)
    assert list(gaps_in_coverage(bench, run_cases(knowledge, cases).coverage)) == []


def test_a_gap_that_nobody_can_fill_says_so() -> None:
    knowledge = knowledge_after(*BROKEN["nooit-begrip"][1])
    cases = cases_for(knowledge)
    bench = Workbench(knowledge, cases)
    gaps = gaps_in_coverage(bench, run_cases(knowledge, cases).coverage)
    said = [gap.diagnostic.hint for gap in gaps if "inzetten' waar" in gap.diagnostic.what]
    assert said == ["Zo'n cliënt bestaat niet; kijk de voorwaarde na."]


def test_without_cases_there_is_no_finding_about_them() -> None:
    assert check(knowledge_after(), []) == []


def test_what_is_not_decided_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Clients.yes

    def slow(self: Clients, derivation: str) -> object:
        if derivation.startswith("proef.inzetten"):
            raise UndecidedError
        return original(self, derivation)

    monkeypatch.setattr(Clients, "yes", slow)
    found = findings(seconds=0.5)
    assert {finding.diagnostic.code for finding in found} == {"niet-beslist"}
    check_golden(GOLDEN / "niet-beslist.txt", told(found))


def test_a_limit_that_only_some_lack_is_said_of_them() -> None:
    edit = (VILLAGE, "{vanaf: 2026-06-01,", "{vanaf: 2026-06-01, tot_en_met: 2026-12-31,")
    assert findings(edit) == []  # The value for all municipalities comes after it.


def test_only_what_stops_nobody_is_a_warning() -> None:
    severities = {
        finding.diagnostic.code: finding.diagnostic.severity
        for name in BROKEN
        for finding in findings(*BROKEN[name][1])
    }
    errors = {code for code, severity in severities.items() if severity is Severity.ERROR}
    assert errors == {
        "regel-nooit",
        "regel-vervalt-altijd",
        "tabel-overlap",
        "tabel-rij-nooit",
        "begrip-vast",
    }


@pytest.mark.parametrize("name", ["deel-een-van", "tegenstrijdig", "vervalt-altijd"])
def test_a_witness_does_not_depend_on_what_was_looked_at_before(name: str) -> None:
    knowledge = knowledge_after(*BROKEN[name][1])
    cases = cases_for(knowledge)
    bench = Workbench(knowledge, cases, SECONDS)
    together = {one.__name__: list(one(bench)) for one in reversed(CHECKS)}
    alone = {one.__name__: list(one(Workbench(knowledge, cases, SECONDS))) for one in CHECKS}
    assert together == alone

"""What coverage says of each part is so, and every suggested client fills the gap it is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import engine.design.filling as filling_module
from engine.case import Case
from engine.case_file import CaseFile, ReadCase, read_case
from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Facts,
    Not,
    Value,
    evaluate,
    evaluate_leaf,
)
from engine.design.coverage import (
    Aim,
    ConditionCoverage,
    Gap,
    Subject,
    cover,
    subjects,
)
from engine.design.filling import fill
from engine.design.witness import witness_yaml
from engine.design.workbench import Workbench
from engine.explain import AMBIGUOUS, conclude
from engine.kleene import Truth, all_of, any_of, at_least, negation
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.program import build_program
from engine.reader import read_text
from tests.counts import examples
from tests.design.test_clients import FACTS
from tests.design.world import cases_for, edited, knowledge_after
from tests.engine.rule_bases import REFERENCE, RuleBase, random_facts, rule_bases

SEEDS = st.integers(0, 2**32 - 1)
THOROUGH = settings(
    max_examples=examples(full=500, quick=25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PROTOCOL = "protocollen/proef/2026-01-01.yaml"
_TWO = "        - instantie: uwv\n        - gemotiveerd: ja\n"
_AIMS = {True: Aim.TRUE, False: Aim.FALSE, None: Aim.OPEN}


def truth(
    condition: Condition, facts: Facts, day: date, turned: tuple[int, ...] | None = None
) -> Truth:
    """Decide a condition, with the part that is reached along a way turned round."""
    if turned == ():
        return negation(evaluate(condition, facts, day))
    match condition:
        case All() | AnyOf() | AtLeast():
            parts = condition.parts
        case Not():
            parts = (condition.part,)
        case _:
            return evaluate_leaf(condition, facts, day)
    truths = [
        truth(part, facts, day, turned[1:] if turned and turned[0] == index else None)
        for index, part in enumerate(parts)
    ]
    match condition:
        case All():
            return all_of(truths)
        case AnyOf():
            return any_of(truths)
        case AtLeast(count=count):
            return at_least(count, truths)
        case _:
            return negation(truths[0])


def part_at(condition: Condition, way: tuple[int, ...]) -> Condition:
    """Follow a way down a condition."""
    for step in way:
        match condition:
            case Not():
                condition = condition.part
            case All() | AnyOf() | AtLeast():
                condition = condition.parts[step]
    return condition


def shown_plainly(knowledge: Knowledge, case: Case, about: Sequence[Subject]) -> Iterator[Gap]:
    """Work out what a case shows in the plainest way."""
    day = case.reference_date
    program = build_program(knowledge, case.protocols, case.authority, day)
    known: dict[str, Value] = {**case.known, AUTHORITY: program.authority.kind.value}
    for name, found in conclude(program, known, day).items():
        if found.value is not None and found.value != AMBIGUOUS:
            known[name] = found.value
    for one in about:
        whole = truth(one.condition, known, day)
        for part in one.parts:
            own = truth(part_at(one.condition, part.way), known, day)
            yield Gap(one.place, part.way, _AIMS[own])
            if part.way and own is not None and truth(one.condition, known, day, part.way) != whole:
                yield Gap(one.place, part.way, Aim.MATTERS)


def a_case(number: int, facts: Facts) -> Case:
    return Case(f"casus-{number}", REFERENCE, "uwv", ("proef",), dict(facts))


def a_bench(base: RuleBase, random: Random, number: int) -> Workbench:
    """Make up some cases for a rule base, of which the rules begin on the day of the cases."""
    ((version,),) = base.knowledge.protocols.values()
    begun = version.protocol.model_copy(update={"valid_from": REFERENCE})
    knowledge = replace(
        base.knowledge, facts=FACTS, protocols={"proef": (replace(version, protocol=begun),)}
    )
    cases = [a_case(index, random_facts(random)) for index in range(number)]
    file = CaseFile.model_construct()
    return Workbench(knowledge, [ReadCase(file, case, "casus.yaml", {}, {}) for case in cases])


def difference(base: RuleBase, seed: int) -> str:
    """Return what coverage or filling says otherwise than plain evaluation, or nothing."""
    random = Random(seed)
    bench = a_bench(base, random, 4)
    about = subjects(bench.knowledge)
    expected: dict[Gap, list[str]] = {}
    for case in bench.cases:
        for gap in shown_plainly(bench.knowledge, case.case, about):
            expected.setdefault(gap, []).append(case.case.id)
    coverage = cover(bench, about)
    for one in coverage:
        for part in one.parts:
            for aim, cases in part.shown.items():
                gap = Gap(one.subject.place, part.part.way, aim)
                if list(cases) != expected.get(gap, []):
                    return f"{gap}: {cases}, should be {expected.get(gap)}"
    return wrong_filling(bench, coverage, random)


def wrong_filling(bench: Workbench, coverage: Sequence[ConditionCoverage], random: Random) -> str:
    """Return which gap was filled by someone who doesn't, or called impossible and is not."""
    about = [one.subject for one in coverage]
    filling = fill(bench, coverage)
    filled: list[Gap] = []
    for one in filling.suggestions:
        shown = set(shown_plainly(bench.knowledge, one.witness.case, about))
        filled += one.gaps
        if not shown.issuperset(one.gaps):
            return f"{one.witness.case.known} does not show {set(one.gaps) - shown}"
    for number in range(20):
        other = a_case(number, random_facts(random))
        shown = set(shown_plainly(bench.knowledge, other, about))
        if possible := shown & filling.impossible:
            return f"{other.known} shows {possible}"
    left = [gap for one in coverage for gap in one.gaps]
    told = [*filled, *filling.impossible, *filling.undecided]
    return "" if sorted(map(repr, told)) == sorted(map(repr, left)) else "a gap is lost"


@pytest.mark.timeout(1_200)
@THOROUGH
@given(rule_bases(overlapping=True), SEEDS)
def test_coverage_is_what_plain_evaluation_gives(base: RuleBase, seed: int) -> None:
    assert difference(base, seed) == ""


@pytest.mark.parametrize("broken", ["matters", "claims"])
def test_a_coverage_that_is_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    if broken == "matters":
        monkeypatch.setattr("engine.design.coverage._matters", lambda _, part, *__: part.way)
    else:
        monkeypatch.setattr(filling_module, "_claims", lambda *_: ())
    quick = settings(THOROUGH, max_examples=1_000, phases=[Phase.generate])
    base, seed = find(
        st.tuples(rule_bases(), SEEDS), lambda pair: difference(*pair) != "", settings=quick
    )
    assert difference(base, seed) != ""


def test_every_part_of_rules_and_rows_is_there_with_its_cases() -> None:
    knowledge = knowledge_after()
    bench = Workbench(knowledge, cases_for(knowledge))
    coverage = cover(bench, subjects(knowledge))
    assert {one.subject.name for one in coverage} >= {"proef.inzetten", "proef.te-duur"}
    ids = {case.case.id for case in bench.cases}
    for one in coverage:
        whole = one.parts[0].shown
        assert Aim.MATTERS not in whole
        seen = [name for cases in whole.values() for name in cases]
        assert len(seen) == len(set(seen))
        assert set(seen) <= ids


def test_suggested_clients_are_cases_that_leave_no_gap_that_can_be_filled() -> None:
    knowledge = knowledge_after()
    cases = cases_for(knowledge, leave_out=("casussen/proef/heel-lang.yaml",))
    bench = Workbench(knowledge, cases)
    about = subjects(knowledge)
    filling = fill(bench, cover(bench, about))
    assert filling.suggestions
    for one in filling.suggestions:
        _, text = witness_yaml(one.witness, knowledge, one.finding(bench).diagnostic)
        case = read_case(read_text(text.encode(), "casus.yaml"), knowledge)
        assert case is not None
        cases.append(case)
    left = [gap for one in cover(bench.with_cases(cases), about) for gap in one.gaps]
    assert set(left) == filling.impossible


def test_without_time_nothing_is_claimed() -> None:
    knowledge = knowledge_after()
    bench = Workbench(knowledge, [])
    coverage = cover(bench, subjects(knowledge))
    filling = fill(bench, coverage, seconds=0)
    assert filling.suggestions == ()
    assert filling.impossible == frozenset()
    assert filling.undecided == {gap for one in coverage for gap in one.gaps}


def test_an_authority_is_never_open_and_that_is_proved() -> None:
    knowledge = knowledge_after((PROTOCOL, "        - gemotiveerd: ja\n", _TWO))
    (subject,) = (one for one in subjects(knowledge) if one.name == "proef.inzetten")
    bench = Workbench(knowledge, [])
    filling = fill(bench, cover(bench, [subject]))
    assert filling.impossible == {Gap(subject.place, (1,), Aim.OPEN)}
    assert filling.undecided == frozenset()


def test_a_case_says_nothing_of_a_rule_that_reads_otherwise_now() -> None:
    text = edited(())[PROTOCOL].replace("geldig_vanaf: 2026-01-01", "geldig_vanaf: 2027-01-01")
    later = text.replace("- omvang: heel_lang", "- omvang: lang")
    knowledge = knowledge_after(("protocollen/proef/2027-01-01.yaml", "", later))
    bench = Workbench(knowledge, cases_for(knowledge))
    tried = {
        one.subject.name: any(one.parts[0].shown.values())
        for one in cover(bench, subjects(knowledge))
        if one.subject.is_rule
    }
    assert tried == {
        "proef.inzetten": True,
        "proef.te-duur": True,
        "proef.kosten-bespreken": False,
    }

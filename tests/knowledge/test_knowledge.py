"""The product's own knowledge: nothing unused, enough cases, and none that says nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from engine import labels
from engine.case_file import ReadCase, read_cases
from engine.consult import consult, prepare
from engine.design.case_tests import run_cases
from engine.knowledge import Rule
from engine.library import Knowledge
from engine.loading import load
from engine.words import Certainty, Direction, Norm, Status

ROOT = Path(__file__).resolve().parents[2]
MINIMUM_RULES, MINIMUM_CASES, MINIMUM_CROSSING, MINIMUM_FROM_REPORTS = 150, 200, 40, 20
EXAMPLES = 12
PROTOCOLS = {
    "bestandsdoorlichting",
    "diagnose",
    "gelijke-behandeling-en-tijd",
    "instrumentkeuze",
    "intake-route",
    "maatregel",
    "medisch-arbeidskundig-advies",
    "overdracht",
    "plaatsing-nazorg",
    "scholing",
    "trajectbewaking",
    "tweede-kans",
    "zelfsturing",
}
REPORTS = {"rwi-2007", "rwi-2010", "rwi-2011", "proreact-2013", "iszw-2012"}
WRONG_WORDS = re.compile(
    r"\b(het geval|klant|klanten|uitkeringstrekker|cli[e]nt|cli[e]nten|fraudeur|onwillig\w*)\b",
    re.IGNORECASE,
)
_PHRASED = "zin|zin_niet|vraag|toelichting|waarom|omdat|titel|titel_niet|naam|knop|twijfel|verhaal"
# Names of facts and options are written without accents; sentences are not.
SENTENCE = re.compile(rf"^\s*(?:- )?(?:\{{.*)?(?:{_PHRASED}): (.*)$")


@cache
def known() -> Knowledge:
    return load(ROOT / "knowledge")


@cache
def cases() -> list[ReadCase]:
    found, findings = read_cases(ROOT / "cases", known())
    assert findings == []
    return list(found)


def rules() -> list[Rule]:
    return [bound.rule for item in known().protocols.values() for bound in item[-1].rules]


def test_all_protocols_are_there_with_rules_enough() -> None:
    assert set(known().protocols) == PROTOCOLS
    assert len(rules()) >= MINIMUM_RULES


def test_binding_rules_rest_on_a_text_of_law_and_offer_no_way_around_it() -> None:
    loose = [
        rule.id
        for rule in rules()
        if rule.norm.is_binding
        and rule.deviation is not None
        and "regel_klopt_niet" in rule.deviation.grounds
    ]
    assert loose == []
    kinds = {name: source.kind for name, source in known().sources.items()}
    law = {"wet", "regeling", "uitspraak"}
    unfounded = [
        rule.id
        for rule in rules()
        if rule.norm in (Norm.ACT, Norm.REGULATION)
        and not {kinds[reference.split("#")[0]] for reference in rule.sources} & law
    ]
    assert unfounded == []


def test_reports_carry_no_law() -> None:
    only_reports = [
        rule.id
        for rule in rules()
        if {reference.split("#")[0] for reference in rule.sources} <= REPORTS
        and rule.norm not in (Norm.WAY_OF_WORKING, Norm.CONSIDERATION)
    ]
    assert only_reports == []


def test_every_sentence_is_respectful() -> None:
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("knowledge", "cases")
        for path in sorted((ROOT / folder).rglob("*.yaml"))
    }
    wrong = [
        f"{name}:{number}: {found[0]}"
        for name, content in texts.items()
        for number, line in enumerate(content.splitlines(), 1)
        if (match := SENTENCE.match(line)) and (found := WRONG_WORDS.search(match[1]))
    ]
    assert wrong == []


def test_there_are_cases_enough() -> None:
    assert len(cases()) >= MINIMUM_CASES
    assert sum(len(item.case.protocols) > 1 for item in cases()) >= MINIMUM_CROSSING
    sources = [item.file.source.split("#")[0] for item in cases() if item.file.source]
    assert sum(source in REPORTS for source in sources) >= MINIMUM_FROM_REPORTS


def test_every_case_says_what_it_expects_and_tells_of_a_client() -> None:
    assert [item.file.id for item in cases() if not item.expected] == []
    assert [item.file.id for item in cases() if len(item.file.story) < 60] == []


def test_twelve_examples_show_next_steps_and_cover_all_protocols() -> None:
    examples = [item for item in cases() if item.file.example]
    assert len(examples) == EXAMPLES
    silent = {
        item.file.id
        for item in examples
        if not any(
            advice.status in (Status.HOLDS, Status.PROVISIONAL, Status.OPEN)
            for advice in consult(known(), item.case).advices
        )
    }
    assert silent == set()
    shown = {protocol for item in examples for protocol in item.case.protocols}
    assert shown == PROTOCOLS


def test_every_rule_holds_fails_and_stays_open_somewhere() -> None:
    outcome = run_cases(known(), cases())
    assert [finding.what for finding in outcome.findings] == []
    assert [entry.rule for entry in outcome.coverage if not entry.complete] == []


@pytest.mark.parametrize("protocol", sorted(PROTOCOLS))
def test_the_rulesets_of_a_protocol_are_the_same_whatever_else_is_consulted(protocol: str) -> None:
    on = cases()[0].case.reference_date
    own = {
        ruleset.name
        for layer in prepare(known(), (protocol,), "uwv", on)[1].layers
        for ruleset in layer
        if ruleset.productions[0].name.startswith(f"{protocol}.")
    }
    everything = prepare(known(), tuple(sorted(PROTOCOLS)), "uwv", on)[1]
    assert own
    assert own <= {ruleset.name for layer in everything.layers for ruleset in layer}


@pytest.mark.parametrize("direction", Direction)
def test_an_action_is_a_full_sentence_both_ways(direction: Direction) -> None:
    titles = [
        item.title if direction is Direction.DO else item.title_not
        for item in known().actions.values()
    ]
    assert [title for title in titles if not title[:1].isupper() or title.endswith(".")] == []


def test_what_is_not_certain_says_so_to_the_user() -> None:
    unsaid = [
        rule.id for rule in rules() if rule.certainty is not Certainty.READ and not rule.doubt
    ]
    assert unsaid == []
    assert set(labels.CERTAINTY) == set(Certainty)

"""What ``leidraad nieuw`` writes can be read, checked and tested as it is."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from engine import paths
from engine.case_file import read_case
from engine.design.case_tests import run_cases
from engine.design.checks import check
from engine.design.scaffold import (
    NewFile,
    NewRule,
    ScaffoldError,
    added_rule,
    cases_of,
    new_fact,
    new_protocol,
    new_version,
    with_file,
)
from engine.diagnostics import Severity
from engine.library import Knowledge
from engine.loading import load
from engine.reader import read_text
from engine.words import Direction, FactKind, Status
from tests.design.world import cases_for, knowledge_after

LATER = date(2026, 5, 1)
RULE = NewRule("proef.nieuw", "gemotiveerd", "kosten_bespreken", Direction.DO, "proefwet#9")


@cache
def small() -> Knowledge:
    return knowledge_after()


def errors(knowledge: Knowledge, files: list[NewFile]) -> list[str]:
    """What reading, checking and testing find wrong after all of the files are there."""
    documents = [read_text(one.text.encode(), str(one.name)) for one in files]
    read = [read_case(document, knowledge) for document in documents]
    found = [finding for document in documents for finding in document.findings]
    mine = [case for case in read if case is not None]
    outcome = run_cases(knowledge, mine)
    found += outcome.findings
    own = [item for item in outcome.coverage if item.rule in {RULE.id, "nieuw.eerste"}]
    assert [item.gaps for item in own] == [()]
    checked = check(knowledge, [*cases_for(knowledge), *mine])
    # A contradiction is a warning that the designer asked for by choosing the action.
    found += [one.diagnostic for one in checked if one.diagnostic.severity is Severity.ERROR]
    return [str(one) for one in found]


@pytest.mark.parametrize("kind", FactKind)
def test_a_new_fact_of_any_kind_can_be_read(kind: FactKind) -> None:
    after = with_file(small(), new_fact(small(), "iets_nieuws", kind))
    assert after.facts["iets_nieuws"].kind is kind


@pytest.mark.parametrize(
    "when",
    [
        "gemotiveerd",
        "kansrijk: nee",
        "duur: {meer_dan: 12}",
        "richting: [zorg, techniek]",
        "laatste_cursus: {voor: 2026-01-01}",
        "minstens: 2\nvan: [{gemotiveerd: ja}, {kansrijk: ja}, {duur: 3}]",
    ],
)
@pytest.mark.parametrize("direction", Direction)
def test_a_new_rule_passes_with_its_cases(when: str, direction: Direction) -> None:
    rule = NewRule(RULE.id, when, RULE.action, direction, 'proefwet#9 "a" \\ b: c')
    after = with_file(small(), new_version(small(), rule, LATER))
    cases = cases_of(after, rule.id)
    assert [str(one.name) for one in cases] == [
        f"proef/proef-nieuw-{word}.yaml" for word in ("waar", "onwaar", "onbekend")
    ]
    assert errors(after, cases) == []
    true = read_case(read_text(cases[0].text.encode(), "waar"), after)
    assert true is not None
    assert true.expected[rule.id] is Status.HOLDS


def test_a_new_protocol_passes_with_its_cases() -> None:
    rule = NewRule("nieuw.eerste", "gemotiveerd: nee", RULE.action, Direction.DO, "proefwet#9")
    after = with_file(small(), new_protocol(small(), rule, LATER))
    assert errors(after, cases_of(after, rule.id)) == []


def test_a_released_version_stays_and_the_next_one_has_all_of_it() -> None:
    file = new_version(small(), RULE, LATER)
    after = with_file(small(), file)
    before, latest = after.protocols["proef"]
    assert before == small().protocols["proef"][0]
    assert latest.protocol.valid_from == LATER
    assert latest.rules[:-1] == before.rules
    assert latest.protocol.changes == ("Schrijf hier wat er anders is, waarom, en voor wie.",)
    assert latest.rules[-1].rule.id == RULE.id
    assert str(file.name) == f"protocollen/proef/{LATER}.yaml"


def test_a_version_that_is_not_in_force_yet_gets_the_next_rule_too() -> None:
    first = with_file(small(), new_version(small(), RULE, LATER))
    more = NewRule("proef.nog-een", "kansrijk", RULE.action, Direction.DO, RULE.source)
    file = added_rule(first, more)
    assert file.instead_of == first.contents[str(file.name)]
    latest = with_file(first, file).protocols["proef"][-1]
    assert [bound.rule.id for bound in latest.rules][-2:] == [RULE.id, more.id]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n"])
def test_a_rule_goes_at_the_end_of_the_rules_whatever_comes_after(end: str) -> None:
    old = "protocollen/proef/2026-01-01.yaml"
    text = small().contents[old].decode()
    head, rules = text.split("regels:\n")
    moved = (
        f"geldig_tot_en_met: 2026-03-01\nwijziging:\n  - Van toen.\nregels:\n{rules}{head}".rstrip()
        + end
    )
    before = knowledge_after((old, text, moved))
    latest = with_file(before, new_version(before, RULE, LATER)).protocols["proef"][-1]
    assert latest.protocol.valid_until is None
    assert "Van toen." not in latest.protocol.changes
    assert [bound.rule.id for bound in latest.rules] == [
        *(bound.rule.id for bound in before.protocols["proef"][-1].rules),
        RULE.id,
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("proef.te-duur", "Er is al een regel"),
        ("proef.Nieuw", "heeft niet de juiste vorm: het protocol, een punt"),
        (f"proef.{'n' * 80}", "is te lang: hoogstens 80 tekens"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: str, said: str) -> None:
    with pytest.raises(ScaffoldError, match=said):
        new_version(small(), NewRule(rule, *_rest()), LATER)


def test_a_condition_that_nobody_meets_is_refused() -> None:
    when = "alle: [{gemotiveerd: ja}, {gemotiveerd: nee}]"
    after = with_file(small(), new_version(small(), NewRule(RULE.id, when, *_rest()[1:]), LATER))
    with pytest.raises(ScaffoldError, match="is bij niemand waar"):
        cases_of(after, RULE.id)


@pytest.mark.parametrize("when", ["", "- a", "a: b: c", "geen voorwaarde"])
def test_what_is_no_condition_is_refused(when: str) -> None:
    with pytest.raises(ScaffoldError, match="is niet te lezen"):
        new_version(small(), NewRule(RULE.id, when, *_rest()[1:]), LATER)


def test_the_next_version_is_later() -> None:
    with pytest.raises(ScaffoldError, match="is te vroeg"):
        new_version(small(), RULE, date(2026, 1, 1))


@pytest.mark.parametrize("name", ["duur", "kansrijk"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(ScaffoldError, match="Er is al een feit of begrip"):
        new_fact(small(), name, FactKind.YES_NO)
    with pytest.raises(ScaffoldError, match="Er is al een protocol"):
        new_protocol(small(), RULE, LATER)


def test_every_real_protocol_can_get_a_next_version() -> None:
    knowledge = load(paths.knowledge_folder())
    action, source = next(iter(knowledge.actions)), next(iter(knowledge.sources))
    when = next(name for name, fact in knowledge.facts.items() if fact.kind is FactKind.YES_NO)
    for name, versions in knowledge.protocols.items():
        rule = NewRule(f"{name}.nieuw", when, action, Direction.DO, f"{source}#1")
        since = versions[-1].protocol.valid_from.replace(year=2099)
        after = with_file(knowledge, new_version(knowledge, rule, since))
        *_, old, latest = after.protocols[name]
        assert latest.rules[:-1] == old.rules
        days = [one.protocol.valid_from for one in after.protocols[name]]
        assert all(one < other for one, other in pairwise(days))


def _rest() -> tuple[str, str, Direction, str]:
    return RULE.when, RULE.action, RULE.direction, RULE.source

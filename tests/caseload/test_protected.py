"""No rule rests on a protected ground, but where the law itself does and it is accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.caseload.column_names import protected_ground
from engine.caseload.coupled import coupling_of
from engine.caseload.protected import (
    AllowedFact,
    Resting,
    exceptions,
    ground_of,
    resting_on_grounds,
)
from engine.conditions import OneOf
from engine.diagnostics import KnowledgeError
from engine.knowledge import Fact
from engine.library import BoundNotion, Knowledge
from engine.reader import read_text
from engine.words import Sensitivity, SourceKind
from tests.caseload.world import knowledge

TODAY = date(2026, 11, 23)
GROUNDS = {
    *("nationaliteit", "afkomst", "godsdienst", "politieke_gezindheid", "geslacht"),
    *("seksuele_gerichtheid", "burgerlijke_staat", "leeftijd", "handicap"),
}


def days() -> list[date]:
    """A day in every period with its own versions, from the first protocol on."""
    return [day for day in knowledge().days_of_change if knowledge().in_force(day)]


def unaccounted(found: tuple[Resting, ...]) -> set[str]:
    return {one.fact.id for one in found if one.allowed is None}


@pytest.mark.parametrize("on", days(), ids=str)
def test_nothing_rests_on_a_protected_ground_without_account(on: date) -> None:
    assert unaccounted(resting_on_grounds(knowledge(), on)) == set()


def with_notion_on(fact: str) -> Knowledge:
    """The knowledge, with one more question and a notion that asks it."""
    raw = {
        "id": fact,
        "naam": f"de {fact}",
        "soort": "ja_nee",
        "zin": "dit is zo",
        "zin_niet": "dit is niet zo",
        "vraag": "Is dit zo?",
        "wie": ("professional",),
        "waarom": "Om te proberen of dit opvalt.",
    }
    old = next(iter(knowledge().notions.values()))
    planted = BoundNotion(old.notion, (("ja", OneOf(fact, ("ja",))),))
    return replace(
        knowledge(),
        facts={**knowledge().facts, fact: Fact.model_validate(raw)},
        notions={**knowledge().notions, "geplant": planted},
    )


@pytest.mark.parametrize("ground", sorted(GROUNDS - {"leeftijd"}))
def test_a_rule_on_any_other_ground_is_noticed(ground: str) -> None:
    assert unaccounted(resting_on_grounds(with_notion_on(ground), TODAY)) == {ground}


def test_every_ground_of_the_law_is_known() -> None:
    assert all(protected_ground(name) for name in GROUNDS)


def test_every_exception_is_used_and_stands_in_a_text_that_was_read() -> None:
    rests = {one.fact.id: one for one in resting_on_grounds(knowledge(), TODAY)}
    assert {one.fact for one in exceptions().facts} <= set(rests)
    for one in (*exceptions().facts, *exceptions().sensitivities):
        sources = [knowledge().sources[ref.partition("#")[0]] for ref in one.sources]
        assert SourceKind.ACT in {source.kind for source in sources}


@pytest.mark.parametrize("one", exceptions().facts, ids=lambda one: one.fact)
def test_who_rests_on_an_exception_names_one_of_its_sources(one: AllowedFact) -> None:
    texts = {ref.partition("#")[0] for ref in one.sources}
    (rests,) = [item for item in resting_on_grounds(knowledge(), TODAY) if item.fact.id == one.fact]
    rules = {
        bound.rule.id: bound.rule.sources
        for version in knowledge().in_force(TODAY)
        for bound in version.rules
    }
    for user in rests.users:
        own = rules[user] if user in rules else knowledge().notions[user].notion.sources
        assert texts & {ref.partition("#")[0] for ref in own}, user


def test_health_is_about_a_ground_whatever_it_is_called() -> None:
    for fact in knowledge().facts.values():
        if fact.sensitivity is Sensitivity.HEALTH:
            assert ground_of(fact) == "handicap of chronische ziekte"
    assert ground_of(knowledge().facts["schulden"]) == ""


def test_a_group_is_never_an_answer_that_a_rule_asks_for() -> None:
    text = "koppeling: proef\ndossier: nr\nkolommen:\n  - {kolom: Leeftijd, groep: leeftijd}\n"
    with pytest.raises(KnowledgeError):
        coupling_of(read_text(text.encode(), "proef.yaml"), knowledge())

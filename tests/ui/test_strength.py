"""What a rule is worth is said in words: three lines, and nothing that looks like a mark."""

from __future__ import annotations

import re

import pytest

from engine import labels
from engine.knowledge import Rule
from engine.words import Certainty, Norm, Strength
from tests.ui.worlds import knowledge
from ui.strength import strength

RULES = [
    bound.rule
    for versions in knowledge().protocols.values()
    for version in versions
    for bound in version.rules
]


def one_of_each() -> list[Rule]:
    """One rule for each combination of norm, strength and certainty that there is."""
    found = {(rule.norm, rule.strength, rule.certainty): rule for rule in RULES}
    return [*found.values()]


@pytest.mark.parametrize("rule", one_of_each(), ids=lambda rule: rule.id)
def test_three_lines_say_the_norm_the_ground_and_the_doubt(rule: Rule) -> None:
    lines = strength(rule, knowledge()).replace("\\", "").splitlines()
    named = [line for line in lines if line.startswith("- ")]
    assert [line.split(":")[0].removesuffix("nen") for line in named] == [
        "- **Soort norm",
        "- **Onderbouwing",
        "- **Hoe zeker de bron is",
        "- **Bron",
    ]
    assert labels.NORM_MEANING[rule.norm] in lines[0]
    assert labels.STRENGTH_MEANING[rule.strength] in lines[1]
    assert knowledge().sources[rule.sources[0].split("#")[0]].title in lines[4]
    assert labels.CERTAINTY_MEANING[rule.certainty] in lines[2]
    if rule.doubt:
        assert " ".join(rule.doubt.split()) in lines[2]
    assert not re.search(r"[★☆%]|\d/\d|score", "".join(lines[:2]))


def test_every_word_has_a_sentence_that_says_what_it_means() -> None:
    assert set(labels.NORM_MEANING) == set(Norm)
    assert set(labels.STRENGTH_MEANING) == set(Strength)
    assert set(labels.CERTAINTY_MEANING) == set(Certainty)


def test_only_a_measured_effect_is_called_measured() -> None:
    assert "niet gemeten" in labels.STRENGTH_MEANING[Strength.PRACTICE]
    assert "vergeleken" in labels.STRENGTH_MEANING[Strength.NET_EFFECT]

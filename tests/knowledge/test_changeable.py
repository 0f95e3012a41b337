"""Which facts may stand in "what would change this advice": never who someone is."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.knowledge import Fact
from engine.library import Knowledge
from engine.loading import load
from engine.words import Changeable, Sensitivity

ARRANGED = {"begin_van_bewijs", "functioneel_rapport", "onderzoek_belastbaarheid_loopt"}
"""Facts near health that are about an inquiry or a paper, which someone can see to."""

WHO_SOMEONE_IS = {
    "alleenstaande_ouder",
    "geen_arbeidsvermogen",
    "gezondheidssignaal",
    "jongste_kind",
    "kinderen_thuis",
    "leeftijd",
    "structurele_beperking",
    "verblijf",
}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load(Path(__file__).resolve().parents[2] / "knowledge")


def changeable(known: Knowledge) -> list[Fact]:
    return [fact for fact in known.facts.values() if fact.changeable is not Changeable.NO]


def test_no_advice_hangs_on_another_health(known: Knowledge) -> None:
    health = {fact.id for fact in changeable(known) if fact.sensitivity is Sensitivity.HEALTH}
    assert health == ARRANGED


def test_no_advice_hangs_on_being_someone_else(known: Knowledge) -> None:
    assert set(known.facts) >= WHO_SOMEONE_IS
    assert {fact.id for fact in changeable(known)} & WHO_SOMEONE_IS == set()

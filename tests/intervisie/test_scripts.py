"""The scripts for a group, and the figures in words."""

from __future__ import annotations

import pytest

from engine.decisions import Figure, Level
from engine.decisions.agreement import Estimate
from engine.diagnostics import KnowledgeError
from engine.intervisie import LEVEL, figure_in_words
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import read_text
from engine.words import Stage, Topic
from tests.decisions import world

SCRIPT = """
titel: Proef
toelichting: Om te proberen.
bronnen: ["{bron}#1"]
vormen:
  - id: proef
    naam: Proef
    toelichting: Om te proberen.
    bronnen: ["proefbron#1"]
    stappen:
      - naam: Alles
        minuten: {minuten}
        doel: Zien.
        toont: [{toont}]
        over: [feiten]
        vragen: [Wat valt op?]
"""
ALL = "keuzes, lezingen, advies, besluit"


def test_each_form_takes_an_hour_at_most_and_ends_with_a_verdict(knowledge: Knowledge) -> None:
    assert set(knowledge.scripts) == {"incident", "dilemma", "socratisch"}
    for script in knowledge.scripts.values():
        assert script.minutes <= 60
        assert [stage for step in script.steps for stage in step.shows] == list(Stage)
        assert {topic for step in script.steps for topic in step.topics} == set(Topic)
        assert script.steps[-1].title == "Uitspraak en afspraken"


def codes(**changes: str) -> set[str]:
    """What is found in a script in which something was changed."""
    text = SCRIPT.format(**({"bron": "proefbron", "minuten": "10", "toont": ALL} | changes))
    files = {"bronnen.yaml": world.SOURCES, "intervisie.yaml": text}
    try:
        assemble([read_text(text.encode(), name) for name, text in files.items()])
    except KnowledgeError as error:
        return {finding.code for finding in error.diagnostics}
    return set()


def test_a_sound_script_is_taken() -> None:
    assert codes() == set()


@pytest.mark.parametrize("shown", ["keuzes", "lezingen, keuzes, advies, besluit", f"{ALL}, keuzes"])
def test_a_script_shows_everything_once_and_in_order(shown: str) -> None:
    assert codes(toont=shown)


def test_what_does_not_exist_is_reported() -> None:
    assert codes(bron="nergens") == {"naam-onbekend"}
    assert codes(minuten="61")


def test_a_figure_is_said_in_words() -> None:
    figure = Figure(
        "",
        6,
        20,
        Estimate(0.625, 0.5, 0.75),
        Estimate(0.313, -0.004, 0.61),
        Level.UNRELIABLE,
    )
    said = figure_in_words(figure)
    assert "62 procent" in said
    assert "0,31 (tussen 0,00 en 0,61)" in said
    assert LEVEL[Level.UNRELIABLE] in said
    assert set(LEVEL) == set(Level)
    alone = Figure("", 6, 20, Estimate(1, 1, 1), None, Level.UNANIMOUS)
    assert "alfa" not in figure_in_words(alone)

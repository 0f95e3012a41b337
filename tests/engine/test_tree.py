"""The whole reasoning: every condition with its truth, notions down to facts, sources with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

from engine import paths
from engine.case_file import read_cases
from engine.consult import Consultation, consult
from engine.library import Knowledge
from engine.loading import load
from engine.tree import Line, LineKind, facts_that_decided, tree_of
from engine.words import Status
from tests.counts import examples
from tests.engine.worlds import case, edited, knowledge, knowledge_with

KEEN: dict[str, Any] = {"gemotiveerd": "ja", "richting": "zorg", "duur": 3}


def lines(found: tuple[Line, ...]) -> Iterator[Line]:
    for line in found:
        yield line
        yield from lines(line.because)


def tree(rule: str, known: Knowledge | None = None, **answers: Any) -> list[Line]:
    here = known or knowledge()
    consultation = consult(here, case(**answers))
    return list(lines(tree_of(consultation.advice(rule), consultation, here)))


def line(found: list[Line], text: str) -> Line:
    return next(item for item in found if item.text == text)


def test_each_line_has_its_truth_and_what_is_known() -> None:
    found = tree("proef.inzetten", **{**KEEN, "duur": 30})
    assert found[0].text == "al deze dingen"
    assert found[0].kind is LineKind.GROUP
    assert found[0].truth is False
    assert line(found, "de cliënt wil de opleiding").truth is True
    size = line(found, "de opleiding is kort of lang")
    assert (size.kind, size.truth, size.answer) == (LineKind.NOTION, False, "heel lang")
    duration = line(found, "de opleiding duurt hoogstens 12 maanden")
    assert (duration.kind, duration.truth, duration.answer) == (LineKind.FACT, False, "30 maanden")


def test_a_notion_comes_with_its_source_and_is_unfolded_to_facts() -> None:
    found = tree("proef.inzetten", **KEEN)
    notion = line(found, "de opleiding geeft kans op werk")
    assert notion.sources == ("Proefwet, artikel 1",)
    assert notion.doubt == ""
    (under,) = notion.because
    assert (under.text, under.truth) == ("de opleiding is in de richting zorg of techniek", True)
    rows = line(found, "de opleiding is kort of lang").because
    assert [(row.text, row.truth) for row in rows] == [
        ("de opleiding is kort", True),
        ("de opleiding is heel lang", False),
        ("in alle andere gevallen: de opleiding is lang", False),
    ]


def test_a_threshold_comes_with_its_source() -> None:
    found = tree("proef.inzetten", **KEEN)
    (source,) = line(found, "de opleiding duurt hoogstens 12 maanden").sources
    assert source.startswith("de langste duur zonder uitleg: 12 maanden, volgens Proefwet")


def test_a_notion_that_was_not_read_says_how_sure_it_is() -> None:
    unsure = edited(
        "begrippen/proef.yaml",
        'bronnen: ["proefwet#1"]\n    zekerheid: gelezen',
        'bronnen: ["proefwet#1"]\n    zekerheid: twijfel',
    )
    found = tree("proef.inzetten", knowledge_with(unsure), **KEEN)
    assert line(found, "de opleiding geeft kans op werk").doubt == "niet zeker; controleer dit"


def test_a_notion_is_explained_once() -> None:
    twice = edited(
        "protocollen/proef/2026-01-01.yaml",
        "        - gemotiveerd: ja",
        "        - gemotiveerd: ja\n        - een_van: [kansrijk: ja, gemotiveerd: nee]",
    )
    found = tree("proef.inzetten", knowledge_with(twice), **KEEN)
    first, second = [item for item in found if item.name == "kansrijk"]
    assert first.because
    assert not first.again
    assert second.again
    assert not second.because


def test_a_notion_that_is_asked_not_to_be_so_says_when_it_is() -> None:
    change = edited("protocollen/proef/2026-01-01.yaml", "- kansrijk: ja", "- kansrijk: nee")
    found = tree("proef.inzetten", knowledge_with(change), **KEEN)
    asked = line(found, "de opleiding geeft geen kans op werk")
    assert asked.truth is False
    assert [(item.text, item.truth) for item in asked.because] == [
        ("de opleiding geeft kans op werk", True)
    ]


def test_what_is_open_or_disputed_is_said_to_be() -> None:
    found = tree("proef.inzetten", gemotiveerd="betwist")
    assert line(found, "de cliënt wil de opleiding").answer == "betwist"
    direction = line(found, "de opleiding is in de richting zorg of techniek")
    assert (direction.truth, direction.answer) == (None, "nog niet bekend")


def test_the_exceptions_are_part_of_the_whole() -> None:
    found = tree("proef.inzetten", **KEEN, kosten=4000)
    exception = next(item for item in found if item.kind is LineKind.EXCEPTION)
    assert (exception.text, exception.truth) == ("Te duur", True)
    assert [item.text for item in exception.because] == ["de opleiding kost meer dan 2.500 euro"]


def test_each_fact_that_decided_is_told_once_with_what_it_did_shortest_first() -> None:
    consultation = consult(knowledge(), case(**KEEN, kosten=100))
    found = facts_that_decided(consultation.advice("proef.inzetten"), consultation, knowledge())
    assert [(item.name, item.did[0]) for item in found] == [
        ("gemotiveerd", "de regel 'Inzetten' geldt"),
        ("richting", "de opleiding geeft kans op werk"),
        ("duur", "de opleiding is kort"),
    ]
    assert all(item.did[-1] == "de regel 'Inzetten' geldt" for item in found)


def test_what_decided_over_a_defeated_advice_is_the_exception() -> None:
    consultation = consult(knowledge(), case(**KEEN, kosten=4000))
    (fact,) = facts_that_decided(consultation.advice("proef.inzetten"), consultation, knowledge())
    assert fact.text == "de opleiding kost 4.000 euro (meer dan 2.500 euro)"
    assert fact.did == ("de uitzondering 'Te duur' gaat voor",)


def test_nothing_decided_yet_over_an_advice_that_is_open() -> None:
    consultation = consult(knowledge(), case())
    advice = consultation.advice("proef.inzetten")
    assert facts_that_decided(advice, consultation, knowledge()) == ()


@cache
def real() -> Knowledge:
    return load(paths.knowledge_folder())


def sampled() -> list[Consultation]:
    cases = [item.case for item in read_cases(paths.cases_folder(), real())[0]]
    return [consult(real(), one) for one in Random(7).sample(cases, examples(full=200, quick=12))]


def test_every_tree_is_in_plain_dutch_and_agrees_with_the_advice() -> None:
    for consultation in sampled():
        for advice in consultation.advices:
            top = tree_of(advice, consultation, real())
            assert top[0].truth is advice.proof.truth
            for item in lines(top):
                said = f"{item.text} {item.answer} {item.doubt}"
                assert item.text
                assert not re.search(r"[a-z]_[a-z]|\{|\bNone\b", said), said
            told = facts_that_decided(advice, consultation, real())
            if advice.status in (Status.HOLDS, Status.PROVISIONAL, Status.DEFEATED):
                assert told
            if advice.status is Status.OPEN:
                assert told == ()
            assert all(item.name in consultation.facts for item in told)

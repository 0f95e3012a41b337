"""What explains an advice is said in words, in every case that there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from engine import paths
from engine.case_file import read_cases
from engine.consult import Consultation, consult
from engine.library import Knowledge
from engine.loading import load
from engine.reasons import (
    Reason,
    questions_of,
    reasons_of,
    sources_in_words,
    step,
    thresholds_of,
)
from tests.counts import examples


@cache
def knowledge() -> Knowledge:
    return load(paths.knowledge_folder())


@pytest.fixture(scope="module")
def consultations() -> list[Consultation]:
    cases = [item.case for item in read_cases(paths.cases_folder(), knowledge())[0]]
    chosen = Random(4).sample(cases, examples(full=len(cases), quick=60))
    return [consult(knowledge(), case) for case in chosen]


def texts(reason: Reason) -> Iterator[str]:
    yield reason.text
    for deeper in reason.because:
        yield from texts(deeper)


def explained(consultation: Consultation) -> Iterator[str]:
    """Yield everything that is said about every advice."""
    for advice in consultation.advices:
        yield step(advice, knowledge())
        yield from questions_of(advice.missing, knowledge())
        yield from sources_in_words(advice.rule.sources, knowledge())
        yield from thresholds_of(advice, consultation, knowledge())
        for reason in reasons_of(advice, consultation, knowledge()):
            yield from texts(reason)


def test_no_explanation_is_empty_or_shows_an_identifier(
    consultations: list[Consultation],
) -> None:
    known = knowledge()
    rules = {rule for one in consultations for rule in one.program.rules}
    options = {option.id for fact in known.facts.values() for option in fact.options}
    named = {*known.facts, *known.notions, *known.parameters, *known.actions, *options}
    # A name of one word can be plain Dutch as well.
    identifiers = rules | {name for name in named if "_" in name}
    said = {text for one in consultations for text in explained(one)}
    assert len(said) > 500
    assert [text for text in said if not text.strip() or "{}" in text or "None" in text] == []
    words = {text: {word.strip(".,:;()'?") for word in text.split()} for text in said}
    assert [text for text in said if words[text] & identifiers] == []

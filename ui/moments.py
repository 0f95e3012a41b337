"""The events of a case as moments on a timeline; no widgets here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.course import ruling_in_words
from engine.decisions import (
    CaseDiscussed,
    CaseOpened,
    Decided,
    Decision,
    Deviation,
    Escalated,
    Event,
    FactsRecorded,
    JudgementGiven,
    ProtocolsChosen,
)
from engine.library import Knowledge
from engine.recorded import advised_step, answer_in_words, judged_to_do
from engine.wording import enumerate_dutch
from ui.charts import Lane, Moment
from ui.subjects import titles_of
from ui.text import LOCAL, small


def moments_of(events: Iterable[Event], knowledge: Knowledge) -> Iterator[Moment]:
    """Yield what happened in a case, and when its deviations are looked at again.

    Args:
        events: everything that happened, oldest first.
        knowledge: where actions and facts have their names.
    """
    last: dict[str, Decision] = {}
    for event in events:
        day = event.at.astimezone(LOCAL).date()
        yield from (Moment(day, lane, text) for lane, text in _said(event, knowledge))
        if isinstance(event.body, Decided):
            last[event.body.decision.advised.rule] = event.body.decision
    for decision in last.values():
        # Who decided again has looked at it again.
        if isinstance(decision, Deviation):
            yield Moment(decision.review_on, Lane.REVIEW, advised_step(decision.advised, knowledge))


def _said(event: Event, knowledge: Knowledge) -> Iterator[tuple[Lane, str]]:
    match event.body:
        case CaseOpened(protocols=protocols, facts=facts):
            yield Lane.PROTOCOLS, f"de casus begint met {_titles(protocols, knowledge)}"
            yield from _answers(facts, knowledge)
        case FactsRecorded(facts=facts):
            yield from _answers(facts, knowledge)
        case ProtocolsChosen(protocols=protocols):
            yield Lane.PROTOCOLS, f"de casus gaat over {_titles(protocols, knowledge)}"
        case JudgementGiven() as given:
            yield Lane.JUDGED, "; ".join(judged_to_do(given, knowledge))
        case Escalated(advised=advised):
            yield Lane.ESCALATED, advised_step(advised, knowledge)
        case Decided(decision=decision):
            lane = {"volgen": Lane.FOLLOWED, "afwijken": Lane.DEVIATED}.get(decision.outcome)
            yield lane or Lane.SKIPPED, advised_step(decision.advised, knowledge)
        case CaseDiscussed(ruling=ruling, decision=about):
            yield Lane.DISCUSSED, small(ruling_in_words(ruling, decided=about is not None))


def _titles(protocols: Iterable[str], knowledge: Knowledge) -> str:
    return enumerate_dutch(titles_of(tuple(protocols), knowledge), "en")


def _answers(facts: Mapping[str, Any], knowledge: Knowledge) -> Iterator[tuple[Lane, str]]:
    for name, raw in facts.items():
        yield Lane.ANSWERS, answer_in_words(name, raw, knowledge)

"""What the events of a case add up to, and what may therefore still be recorded in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from engine.case import Case, facts_of
from engine.decisions.base import DecisionError
from engine.decisions.events import CaseOpened, Event, FactsRecorded, ProtocolsChosen, Said
from engine.decisions.facts import apply, equal
from engine.decisions.model import Decision
from engine.library import Knowledge
from engine.prose import LOCAL


def standing(history: Iterable[Event]) -> dict[str, Any]:
    """Return the answers that the events add up to."""
    facts: dict[str, Any] = {}
    for event in history:
        if isinstance(event.body, CaseOpened | FactsRecorded):
            facts |= event.body.facts
    return {name: raw for name, raw in facts.items() if raw is not None}


def sources_of(history: Iterable[Event]) -> dict[str, Said]:
    """Return who gave each answer that stands, as far as that was noted, by fact."""
    found: dict[str, Said] = {}
    for event in history:
        if isinstance(event.body, CaseOpened):
            found = {}
        if isinstance(event.body, FactsRecorded):
            found |= dict.fromkeys(event.body.facts, event.body.said)
    return {fact: said for fact, said in found.items() if said.noted}


def protocols_of(history: Iterable[Event]) -> tuple[str, ...]:
    """Return the protocols that the case is about now."""
    chosen: tuple[str, ...] = ()
    for event in history:
        if isinstance(event.body, CaseOpened | ProtocolsChosen):
            chosen = event.body.protocols
    return chosen


def today_of(at: datetime) -> date:
    """Return the day that a moment falls on in the Netherlands."""
    return at.astimezone(LOCAL).date()


def check_day(decision: Decision, at: datetime) -> None:
    """Refuse a decision that has yet to be made.

    The day is that of the Netherlands, which begins before the day in UTC does: just after
    midnight someone there writes down a day that UTC has not reached.

    Raises:
        DecisionError: the day of the decision has yet to come.
    """
    if decision.decided_on > today_of(at):
        raise DecisionError.about(
            "De dag van het besluit ligt na vandaag. Vul in op welke dag het besluit is genomen.",
            "decided_on",
        )


def check_protocols(case: Case, history: Iterable[Event]) -> None:
    """Refuse what rests on an advice of protocols that the case isn't about any more.

    Raises:
        DecisionError: it is about other protocols by now.
    """
    if case.protocols != protocols_of(history):
        raise DecisionError.about(
            "Deze casus gaat intussen over andere protocollen. Bekijk het advies opnieuw en "
            "besluit dan."
        )


def check_answers(case: Case, history: Iterable[Event], knowledge: Knowledge | None) -> None:
    """Refuse what rests on answers that are no longer those of the case.

    Raises:
        DecisionError: they have changed.
    """
    now = standing(history)
    if knowledge is not None:
        empty = Case(case.id, case.reference_date, case.authority, case.protocols)
        now = facts_of(apply(empty, knowledge, now)[0])
    if not equal(now, facts_of(case)):
        raise DecisionError.about(
            "De antwoorden zijn intussen veranderd. Bekijk het advies opnieuw en besluit dan."
        )


def frame(case: Case) -> tuple[object, ...]:
    """Return what stays the same for as long as a case lasts."""
    return case.id, case.reference_date, case.authority, case.protocols

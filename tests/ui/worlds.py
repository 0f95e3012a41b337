"""The real knowledge and cases, and a course of events over some months, for the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from engine.case import Case
from engine.case_file import read_cases
from engine.consult import Consultation, consult
from engine.decisions import (
    Body,
    CaseOpened,
    Decided,
    Decision,
    Event,
    FactsRecorded,
)
from engine.library import Knowledge
from engine.loading import load

ROOT = Path(__file__).parents[2]
CASE = "diagnose-03-een-gesprek-gaf-geen-beeld"


@cache
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge")


@cache
def cases() -> Mapping[str, Case]:
    found, _ = read_cases(ROOT / "cases", knowledge())
    return {read.case.id: read.case for read in found}


@cache
def examples() -> Sequence[str]:
    found, _ = read_cases(ROOT / "cases", knowledge())
    return [read.case.id for read in found if read.file.example]


@cache
def consultation(case: str = CASE) -> Consultation:
    return consult(knowledge(), cases()[case])


def event(seq: int, day: date, body: Body) -> Event:
    at = datetime.combine(day, time(12), tzinfo=UTC)
    return Event(seq, UUID(int=seq), CASE, at, "toets", body)


def opened(day: date, facts: Mapping[str, Any] | None = None) -> Event:
    case = cases()[CASE]
    body = CaseOpened(
        title="Een casus",
        story="",
        authority=case.authority,
        protocols=case.protocols,
        reference_date=case.reference_date,
        example=True,
        facts=facts or {},
    )
    return event(1, day, body)


def answered(seq: int, day: date, facts: Mapping[str, Any]) -> Event:
    return event(seq, day, FactsRecorded(facts=facts))


def decided(seq: int, day: date, decision: Decision) -> Event:
    receipt = consultation().receipt.as_json()
    return event(seq, day, Decided(decision=decision, receipt=receipt))

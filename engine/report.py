"""A consultation for a reader: as text for a person, as JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill
from typing import Any

from engine import labels
from engine.consult import Advice, Consultation
from engine.library import Knowledge
from engine.reasons import (
    Reason,
    doubt_of,
    questions_of,
    reasons_of,
    sources_in_words,
    step,
    threshold_names,
    thresholds_of,
)
from engine.wording import amount_in_words, date_in_words
from engine.words import Status

WIDTH = 88
MOST_QUESTIONS = 3
_SHOWN = (Status.HOLDS, Status.PROVISIONAL, Status.OPEN, Status.DEFEATED)


def as_text(consultation: Consultation, knowledge: Knowledge) -> str:
    """Write a consultation as Dutch text: what comes first, why, and what is still missing."""
    return "\n".join(_lines(consultation, knowledge)) + "\n"


def _lines(consultation: Consultation, knowledge: Knowledge) -> Iterator[str]:
    case = consultation.case
    titles = ", ".join(version.protocol.title for version in consultation.program.protocols)
    yield f"{titles} voor {case.id}"
    yield f"{consultation.program.authority.label}, {date_in_words(case.reference_date)}"
    for conflict in consultation.conflicts:
        yield ""
        yield from wrapped(
            f"TEGENSTRIJDIG: {knowledge.actions[conflict.action].title} wordt aangeraden "
            f"({', '.join(conflict.do)}) en afgeraden ({', '.join(conflict.do_not)}). "
            "Weeg beide redenen.",
            "",
        )
    for withheld in consultation.withheld:
        yield ""
        yield from wrapped(f"GEEN ADVIES voor {withheld.rule.id}: {withheld.reason}", "")
    explained: set[str] = set()
    for status in _SHOWN:
        group = [advice for advice in consultation.advices if advice.status is status]
        if group:
            yield ""
            yield labels.STATUS[status].upper()
            for advice in in_order(group, knowledge):
                yield from _advice(advice, consultation, knowledge, explained)
    silent = sum(advice.status is Status.DOES_NOT_HOLD for advice in consultation.advices)
    if silent:
        yield ""
        yield f"{silent} andere regels gelden hier niet."
    yield from _questions(consultation)
    yield ""
    yield f"Bewijs van deze raadpleging: {consultation.receipt.digest}"


def in_order(advices: list[Advice], knowledge: Knowledge) -> list[Advice]:
    """Order advices by the urgency of their action; within that, as in the protocol."""
    return sorted(advices, key=lambda advice: knowledge.actions[advice.rule.advice.action].urgency)


def _advice(
    advice: Advice, consultation: Consultation, knowledge: Knowledge, explained: set[str]
) -> Iterator[str]:
    rule = advice.rule
    yield f"- {step(advice, knowledge)}"
    yield from wrapped(rule.because, "    ")
    for reason in reasons_of(advice, consultation, knowledge):
        yield from _reason(reason, 4, explained)
    rules = consultation.program.rules
    for other in advice.defeated_by:
        yield from wrapped(f"Gaat voor: {rules[other].rule.title}", "    ")
    for other in advice.open_exceptions:
        yield from wrapped(f"Kan dit nog wegnemen: {rules[other].rule.title}", "    ")
    yield from _missing(advice, knowledge)
    if advice.status is not Status.OPEN:
        sources = "; ".join(sources_in_words(rule.sources, knowledge))
        yield from wrapped(f"{labels.NORM[rule.norm]}: {sources}", "    ")
        for threshold in thresholds_of(advice, consultation, knowledge):
            yield from wrapped(f"Grens: {threshold}", "    ")
        if doubt_of(rule):
            yield from wrapped(f"Let op: {doubt_of(rule)}", "    ")
    yield f"    [{rule.id}]"


def _missing(advice: Advice, knowledge: Knowledge) -> Iterator[str]:
    """Name the first questions that an advice waits for, and how many there are more."""
    questions = questions_of(advice.missing, knowledge)
    for question in questions[:MOST_QUESTIONS]:
        yield from wrapped(f"? {question}", "    ")
    more = len(questions) - MOST_QUESTIONS
    if more > 0:
        yield f"    en nog {amount_in_words(more, 'vraag', 'vragen')}"


def _reason(reason: Reason, indent: int, explained: set[str]) -> Iterator[str]:
    """Write a reason and what is under it; what was explained before is not explained again."""
    again = bool(reason.because) and reason.text in explained
    yield from wrapped(f"* {reason.text}{' (zie hierboven)' if again else ''}", " " * indent)
    if again:
        return
    explained.add(reason.text)
    for deeper in reason.because:
        yield from _reason(deeper, indent + 2, explained)


def _questions(consultation: Consultation) -> Iterator[str]:
    if not consultation.questions:
        return
    yield ""
    yield "VRAAG NU EERST"
    for number, question in enumerate(consultation.questions[:3], start=1):
        who = " of ".join(labels.RESPONDENT[one] for one in question.fact.respondents)
        disputed = "; hierover zijn partijen het niet eens" if question.disputed else ""
        expert = "; alleen zij kunnen dit vaststellen, raad het niet" if question.expert else ""
        yield from wrapped(f"{number}. {question.fact.question} ({who}{disputed}{expert})", "")


def wrapped(text: str, indent: str) -> Iterator[str]:
    """Break one text into lines, those after the first in line with it."""
    hanging = indent + "  " if text[:2] in ("* ", "? ") else indent
    yield fill(text, WIDTH, initial_indent=indent, subsequent_indent=hanging)


def as_json(consultation: Consultation, knowledge: Knowledge) -> dict[str, Any]:
    """Return a consultation as JSON data; the keys are described in ``docs/cli.md``."""
    return {
        "casus": consultation.case.id,
        "adviezen": [
            {
                "regel": advice.rule.id,
                "status": advice.status.value,
                "handeling": advice.rule.advice.action,
                "richting": advice.rule.advice.direction.value,
                "stap": step(advice, knowledge),
                "omdat": advice.rule.because,
                "redenen": [
                    reason_json(reason) for reason in reasons_of(advice, consultation, knowledge)
                ],
                "ontbreekt": list(advice.missing),
                "vervalt_door": list(advice.defeated_by),
                "open_uitzonderingen": list(advice.open_exceptions),
                "norm": advice.rule.norm.value,
                "onderbouwing": advice.rule.strength.value,
                "zekerheid": advice.rule.certainty.value,
                "bronnen": list(advice.rule.sources),
                "grenzen": list(threshold_names(advice, consultation)),
            }
            for advice in consultation.advices
        ],
        "tegenstrijdig": [
            {
                "handeling": conflict.action,
                "doen": list(conflict.do),
                "niet_doen": list(conflict.do_not),
                "voorlopig": conflict.provisional,
            }
            for conflict in consultation.conflicts
        ],
        "ingehouden": [
            {"regel": withheld.rule.id, "reden": withheld.reason}
            for withheld in consultation.withheld
        ],
        "vragen": [question.fact.id for question in consultation.questions],
        "bewijs": consultation.receipt.as_json() | {"digest": consultation.receipt.digest},
    }


def reason_json(reason: Reason) -> dict[str, Any]:
    """Return a reason with the reasons under it as JSON data."""
    return {"tekst": reason.text, "omdat": [reason_json(deeper) for deeper in reason.because]}

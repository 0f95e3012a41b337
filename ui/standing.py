"""Whether a decision still stands on the advice that it was about, and what has changed if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine import labels
from engine.conditions import names
from engine.consult import Consultation
from engine.decisions import Advised
from engine.library import Knowledge
from engine.program import Program, effect_of
from engine.wording import enumerate_dutch


def changes(
    advised: Advised, receipt: Mapping[str, Any], consultation: Consultation, knowledge: Knowledge
) -> str:
    """Say what has changed since a decision in the advice that it is about; empty if nothing.

    Only the rule itself counts and the facts that it rests on: an edit of another rule or an
    answer to another question says nothing about this decision.

    Args:
        advised: the advice as it was.
        receipt: the receipt that was kept with the decision, as plain data.
        consultation: the case as it is now.
        knowledge: where the facts have their names.
    """
    found = list(_advice(advised, consultation))
    if facts := _facts(advised.rule, receipt, consultation):
        labelled = [
            knowledge.facts[name].label if name in knowledge.facts else name for name in facts
        ]
        found.append(f"Veranderd sindsdien: {enumerate_dutch(labelled, 'en')}.")
    return " ".join(found)


def _advice(advised: Advised, consultation: Consultation) -> Iterator[str]:
    """Compare the advice itself: is it still given, for the same step, with the same status?"""
    then = labels.STATUS[advised.status].lower()
    if any(item.rule.id == advised.rule for item in consultation.withheld):
        yield f"Het advies was toen: {then}. Nu kan Leidraad hierover geen advies geven."
        return
    try:
        now = consultation.advice(advised.rule)
    except KeyError:
        yield f"Het advies was toen: {then}. Nu staat de regel niet meer in het protocol."
        return
    step = now.rule.advice
    if (step.action, step.direction) != (advised.action, advised.direction):
        yield "De regel adviseert nu een andere stap dan toen."
    if now.status is not advised.status:
        yield f"Het advies was toen: {then}. Het is nu: {labels.STATUS[now.status].lower()}."


def _facts(rule: str, receipt: Mapping[str, Any], consultation: Consultation) -> list[str]:
    """Return the facts under a rule that were answered otherwise, or not, when it was decided."""
    now = consultation.receipt.as_json()
    return sorted(
        name
        for name in _under(rule, consultation.program)
        if _answer(name, receipt) != _answer(name, now)
    )


def _answer(name: str, receipt: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return an answer as it was; that it was asked and not known is no answer."""
    return receipt["known"].get(name), receipt["disputed"].get(name)


def _under(rule: str, program: Program) -> set[str]:
    """Return every name that a rule and the exceptions to it rest on, down to the facts."""
    found: set[str] = set()
    waiting = {rule, effect_of(rule)}
    while waiting:
        name = waiting.pop()
        found.add(name)
        if (derivation := program.derivations.get(name)) is not None:
            below = {part for _, condition in derivation.branches for part in names(condition)}
            waiting |= below - found
    return found

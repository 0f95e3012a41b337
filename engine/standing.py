"""Whether a decision still stands on the advice that it was about, and what has changed if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import labels
from engine.conditions import names
from engine.consult import Consultation
from engine.decisions import Advised, StoredDecision
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.program import Program
from engine.prose import capital
from engine.recorded import readings_in_words, value_in_words


@dataclass(frozen=True, slots=True)
class Flag:
    """A decision that no longer matches the advice of now.

    Attributes:
        kept: the decision.
        said: what has changed, in Dutch.
        decidable: whether there still is an advice to decide on.
    """

    kept: StoredDecision
    said: str
    decidable: bool


def flagged(
    consultation: Consultation, knowledge: Knowledge, latest: Mapping[str, StoredDecision]
) -> list[Flag]:
    """Return the decisions under which something has changed, in the order they were made.

    Args:
        consultation: the case as it is now.
        knowledge: where the facts have their names.
        latest: the last decision on each rule, by rule id.
    """
    given = {advice.rule.id for advice in consultation.advices if advice.status.is_given}
    return [
        Flag(kept, said, rule in given)
        for rule, kept in sorted(latest.items(), key=lambda item: item[1].at)
        if (said := changes(kept.decision.advised, kept.receipt, consultation, knowledge))
    ]


def changes(
    advised: Advised, receipt: Mapping[str, Any], consultation: Consultation, knowledge: Knowledge
) -> str:
    """Say what has changed since a decision in the advice that it is about; empty if nothing.

    Only the rule itself counts and the facts that it rests on: an edit of another rule or an
    answer to another question says nothing about this decision. While the case isn't about the
    protocol any more, nothing is said of the decision at all.

    Args:
        advised: the advice as it was.
        receipt: the receipt that was kept with the decision, as plain data.
        consultation: the case as it is now.
        knowledge: where the facts have their names.
    """
    if advised.protocol not in consultation.case.protocols:
        return ""
    found = list(_advice(advised, consultation))
    now = consultation.receipt.as_json()
    for name in facts_under(advised.rule, consultation.program, knowledge):
        if _answer(name, receipt) != _answer(name, now):
            label = knowledge.facts[name].label
            was, is_now = (standing_in_words(name, one, knowledge) for one in (receipt, now))
            found.append(f"{capital(label)}: toen {was}, nu {is_now}.")
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


def _answer(name: str, receipt: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return an answer as it was; that it was asked and not known is no answer."""
    return receipt["known"].get(name), receipt["disputed"].get(name)


def is_known(name: str, receipt: Mapping[str, Any]) -> bool:
    """Whether a fact was known, and not disputed, when a receipt was made."""
    return name in receipt["known"]


def standing_in_words(name: str, receipt: Mapping[str, Any], knowledge: Knowledge) -> str:
    """Say how a fact stood when a receipt was made: "14 maanden", "nog niet bekend", "betwist".

    Args:
        name: a fact that the knowledge has.
        receipt: a receipt as plain data.
        knowledge: where the fact has its words; its options may have changed since.
    """
    known, disputed = _answer(name, receipt)
    if disputed is not None:
        return readings_in_words(name, disputed, knowledge)
    return "nog niet bekend" if known is None else value_in_words(name, known, knowledge)


def facts_under(rule: str, program: Program, knowledge: Knowledge) -> tuple[str, ...]:
    """Return every fact that a rule and the exceptions to it rest on, in order of the knowledge.

    A rule that isn't there any more rests on nothing.
    """
    found: set[str] = set()
    waiting = {rule, program.effect(rule)} if rule in program.rules else set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        if (derivation := program.derivations.get(name)) is not None:
            below = {part for _, condition in derivation.branches for part in names(condition)}
            waiting |= below - found
    return tuple(name for name in knowledge.facts if name in found and name != AUTHORITY)

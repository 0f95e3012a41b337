"""What the record holds, in words, also where the knowledge has changed since.

A question, an option or an action can be gone by now. What was recorded then is said by what is
still known of it, and never by an identifier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine import labels
from engine.case import DISPUTED, UNKNOWN
from engine.decisions import Advised, JudgementGiven
from engine.library import Knowledge
from engine.prose import what_is_advised
from engine.wording import enumerate_dutch, say_fact, say_value
from engine.words import FactKind

_GONE = "een antwoord dat de vraag niet meer heeft"
NO_STEP = "een stap die er niet meer is"


def advised_step(advised: Advised, knowledge: Knowledge) -> str:
    """Say the step that was advised; when it is gone by now, the title of its rule then."""
    action = knowledge.actions.get(advised.action)
    if action is None:
        return advised.title
    return what_is_advised(action, advised.direction)


def judged_to_do(judgement: JudgementGiven, knowledge: Knowledge) -> tuple[str, ...]:
    """Say each step that someone would take, what is no step of the protocols last."""
    actions = knowledge.actions
    steps = [actions[name].title if name in actions else NO_STEP for name in judgement.actions]
    return (*steps, *([judgement.other] if judgement.other else []))


def rule_in_words(rule: str, knowledge: Knowledge) -> str:
    """Return the title of a rule in its last version; its id if it is gone."""
    for versions in knowledge.protocols.values():
        for bound in versions[-1].rules:
            if bound.rule.id == rule:
                return bound.rule.title
    return rule


def answer_in_words(name: str, raw: Any, knowledge: Knowledge) -> str:
    """Say an answer as an event holds it, as one clause; ``None`` is one that was taken back."""
    fact = knowledge.facts.get(name)
    label = fact.label if fact else "een vraag die er niet meer is"
    if raw is None:
        return f"antwoord weggehaald over {label}"
    if raw == UNKNOWN:
        return f"nog niet bekend: {label}"
    if raw == DISPUTED:
        return f"betwist: {label}"
    if fact is None:
        return f"antwoord op {label}"
    if isinstance(raw, Mapping):
        return f"{label}: {readings_in_words(name, raw[DISPUTED], knowledge)}"
    if not fits(name, raw, knowledge):
        return f"{label}: {_GONE}"
    return say_fact(name, raw, knowledge.lexicon)


def readings_in_words(name: str, readings: Mapping[str, Any], knowledge: Knowledge) -> str:
    """Say that a fact is disputed, and who says what as far as that was recorded."""
    said = [
        f"{labels.party(party)} zegt {value_in_words(name, raw, knowledge)}"
        for party, raw in readings.items()
    ]
    return f"betwist ({enumerate_dutch(said, 'en')})" if said else "betwist"


def value_in_words(name: str, raw: Any, knowledge: Knowledge) -> str:
    """Say the plain value of an answer; a date may be as JSON has it."""
    if knowledge.facts[name].kind is FactKind.DATE and isinstance(raw, str):
        try:
            raw = date.fromisoformat(raw)
        except ValueError:
            return _GONE
    return say_value(name, raw, knowledge.lexicon) if fits(name, raw, knowledge) else _GONE


def fits(name: str, raw: Any, knowledge: Knowledge) -> bool:
    """Whether the question as it is now still has such an answer."""
    fact = knowledge.facts[name]
    match fact.kind:
        case FactKind.YES_NO:
            return raw in ("ja", "nee")
        case FactKind.CHOICE:
            return raw in {option.id for option in fact.options}
        case FactKind.NUMBER:
            return type(raw) is int
        case FactKind.DATE:
            return isinstance(raw, date)
        case FactKind.TEXT:
            return isinstance(raw, str)

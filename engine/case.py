"""The facts of one case: what is known, what is disputed, what was asked and is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from engine.conditions import Value
from engine.diagnostics import closest
from engine.knowledge import AUTHORITY, Fact
from engine.library import Knowledge
from engine.words import FactKind

UNKNOWN = "onbekend"
DISPUTED = "betwist"

Readings = Mapping[str, Value]
"""What each party says of a disputed fact, by party; may be empty."""


class AnswerError(ValueError):
    """An answer that its question does not allow; the message is Dutch, for a user.

    Attributes:
        suggestion: the answer that was probably meant, or an empty string.
    """

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Case:
    """One client's situation on a day, as far as it is known. No names, no diagnoses.

    Attributes:
        id: a pseudonym; the organisation keeps the link to the person elsewhere.
        reference_date: the day whose rules apply and against which ages are counted.
        authority: ``uwv`` or the name of a municipality.
        protocols: the protocols that are consulted.
        known: answers by fact.
        disputed: facts on which parties differ; they count as unknown and show as disputed.
        unknown: facts that were asked and are not known.
    """

    id: str
    reference_date: date
    authority: str
    protocols: tuple[str, ...]
    known: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    disputed: Mapping[str, Readings] = field(default_factory=lambda: MappingProxyType({}))
    unknown: frozenset[str] = frozenset()

    def answer(self, knowledge: Knowledge, name: str, raw: Any) -> Case:
        """Return the case with one fact answered, disputed or set to unknown.

        Args:
            knowledge: where the question is defined.
            name: the fact.
            raw: the answer; ``onbekend``; ``betwist``; or ``{"betwist": {party: answer}}``.
                ``None`` takes the answer back, as if it was never asked.

        Raises:
            AnswerError: there is no such fact or the answer doesn't fit its question.
        """
        fact = knowledge.facts.get(name)
        if name == AUTHORITY:
            raise AnswerError("De instantie hoort bij de casus zelf, niet bij de feiten.")
        if fact is None:
            known = [other for other in knowledge.facts if other != AUTHORITY]
            raise AnswerError(f"Er is geen feit dat {name!r} heet.", closest(name, known))
        known_facts = {key: value for key, value in self.known.items() if key != name}
        disputed = {key: value for key, value in self.disputed.items() if key != name}
        unknown = self.unknown - {name}
        if fact.kind is FactKind.TEXT and isinstance(raw, str):
            known_facts[name] = raw
        elif raw == UNKNOWN:
            unknown |= {name}
        elif raw == DISPUTED:
            disputed[name] = MappingProxyType({})
        elif isinstance(raw, Mapping):
            disputed[name] = _readings(fact, raw)
        elif raw is not None:
            known_facts[name] = check_answer(fact, raw)
        return replace(
            self,
            known=MappingProxyType(known_facts),
            disputed=MappingProxyType(disputed),
            unknown=unknown,
        )


def facts_of(case: Case) -> dict[str, Any]:
    """Return every answer of a case, each as :meth:`Case.answer` takes it."""
    disputed = {
        name: {DISPUTED: dict(readings)} if readings else DISPUTED
        for name, readings in case.disputed.items()
    }
    return {**case.known, **disputed, **dict.fromkeys(case.unknown, UNKNOWN)}


def difference(before: Case, after: Case) -> dict[str, Any]:
    """Return the answers that changed; ``None`` for those that were taken back."""
    old, new = facts_of(before), facts_of(after)
    gone = dict.fromkeys(name for name in old if name not in new)
    changed = {
        name: raw for name, raw in new.items() if name not in old or not _same(old[name], raw)
    }
    return gone | changed


def _same(one: Any, other: Any) -> bool:
    """Compare answers; the number 1 and the text "1" differ."""
    return type(one) is type(other) and bool(one == other)


def check_answer(fact: Fact, raw: Any) -> Value:
    """Return the answer if the question allows it.

    Raises:
        AnswerError: the answer is of another type, out of range or not an option.
    """
    match fact.kind:
        case FactKind.YES_NO:
            return _option(raw, ("ja", "nee"))
        case FactKind.CHOICE:
            return _option(raw, tuple(option.id for option in fact.options))
        case FactKind.NUMBER:
            return _number(fact, raw)
        case FactKind.DATE:
            if type(raw) is not date:
                raise AnswerError("Hier hoort een datum (jjjj-mm-dd).")
            return raw
        case FactKind.TEXT:
            if not isinstance(raw, str):
                raise AnswerError("Hier hoort tekst.")
            return raw


def _option(raw: Any, options: tuple[str, ...]) -> str:
    if isinstance(raw, str) and raw in options:
        return raw
    many = ", ".join(options)
    raise AnswerError(
        f"{raw!r} is hier geen antwoord. Kies uit: {many}.", closest(str(raw), options)
    )


def _number(fact: Fact, raw: Any) -> int:
    unit = fact.unit.many if fact.unit else ""
    if type(raw) is not int:
        raise AnswerError(f"Hier hoort een heel getal ({unit}).")
    if not fact.minimum <= raw <= fact.maximum:
        raise AnswerError(f"{raw} kan niet: van {fact.minimum} tot en met {fact.maximum} {unit}.")
    return raw


def _readings(fact: Fact, raw: Mapping[str, Any]) -> Readings:
    """Check what each party says of a disputed fact."""
    readings = raw.get(DISPUTED) if set(raw) == {DISPUTED} else None
    if not isinstance(readings, Mapping) or len(readings) < 2:
        raise AnswerError(
            "Schrijf een betwist feit als {betwist: {client: ..., professional: ...}}, met "
            "minstens twee partijen."
        )
    checked = {str(party): check_answer(fact, answer) for party, answer in readings.items()}
    if len(set(checked.values())) < 2:
        raise AnswerError("De partijen zeggen hetzelfde; dan is het feit niet betwist.")
    return MappingProxyType(checked)

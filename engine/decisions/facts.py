"""The answers of a case as plain data, for an event.

An answer is written as :meth:`engine.case.Case.answer` takes it: the answer itself, ``onbekend``,
``betwist``, or ``{"betwist": {party: answer}}``; ``None`` takes it back. In JSON a date is
``{"datum": "jjjj-mm-dd"}``, so that it can be told from text without the knowledge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from engine.canonical import canonical
from engine.case import AnswerError, Case
from engine.library import Knowledge

_DATE = "datum"


def _encode(raw: Any) -> Any:
    if isinstance(raw, date):
        return {_DATE: raw.isoformat()}
    if isinstance(raw, Mapping):
        return {str(key): _encode(value) for key, value in raw.items()}
    return raw


def _decode(data: Any) -> Any:
    """Read plain data back.

    Raises:
        ValueError: it isn't an answer in any form.
    """
    if isinstance(data, Mapping):
        if set(data) == {_DATE}:
            return date.fromisoformat(data[_DATE])
        return MappingProxyType({key: _decode(value) for key, value in data.items()})
    if data is None or type(data) in (str, int, date):
        return data
    raise ValueError("Dit is geen antwoord.")


def _decode_all(data: Any) -> Any:
    return {k: _decode(v) for k, v in data.items()} if isinstance(data, Mapping) else data


Facts = Annotated[
    Mapping[str, Any],
    BeforeValidator(_decode_all),
    AfterValidator(MappingProxyType),
    PlainSerializer(_encode),
]
"""Answers by fact, as a part of an event."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A recorded answer that the present knowledge no longer accepts.

    Attributes:
        fact: the fact, by id.
        raw: the answer as recorded.
        reason: why it can't be used any more, in Dutch.
    """

    fact: str
    raw: Any
    reason: str


def equal(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two sets of answers are the same."""
    return canonical(_encode(one)) == canonical(_encode(other))


def apply(case: Case, knowledge: Knowledge, facts: Mapping[str, Any]) -> tuple[Case, list[Dropped]]:
    """Return the case with the answers that the knowledge accepts, and those it doesn't."""
    dropped: list[Dropped] = []
    for name, raw in facts.items():
        try:
            case = case.answer(knowledge, name, raw)
        except AnswerError as error:
            dropped.append(Dropped(name, raw, str(error)))
    return case, dropped

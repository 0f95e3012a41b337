"""Keeps what says who someone is out of every event that holds free text.

This stands where events are added, so nothing gets around it: not the app, not the command line,
not an import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.decisions.base import DecisionError, Finding
from engine.decisions.escalation import Escalated
from engine.decisions.events import (
    Body,
    CaseOpened,
    Decided,
    FactsRecorded,
    JudgementGiven,
)
from engine.decisions.later import Corrected, Reviewed
from engine.decisions.meeting_events import (
    CaseDiscussed,
    MeetingAnswered,
    MeetingBody,
    MeetingPrepared,
    texts_of_meeting,
)
from engine.decisions.model import Deviation
from engine.decisions.privacy import Concern, Confirmed, screen

NEEDED = "needed"
"""The field with what the protocol would have needed, which is not typed."""

MAX_FREE_TEXT = 4000
"""Characters in one text at most, also where the form of an event sets no limit."""

_MIN_REASON = 4
"""Different letters in a reason that says something."""

_MADE = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|c-[2-9a-z]{10}|i-[0-9a-f]{16}|p-[0-9a-f]{20}"
    r"|(?:[a-z_./\-]|\d{4}-\d\d-\d\d)+"
)
"""What the program makes and a person can't be recognised by: hashes, ids of events, cases,
meetings and who works here, days, names of files."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A concern, and the field that it was raised about."""

    field: str
    concern: Concern


class PrivacyError(DecisionError):
    """A text holds what the record must not; the message is Dutch, for a user.

    Attributes:
        raised: every concern, in the order of the form.
    """

    def __init__(self, raised: Iterable[Raised]) -> None:
        self.raised = tuple(raised)
        super().__init__(Finding(one.field, one.concern.message) for one in self.raised)

    def moved(self, place: Callable[[str], str]) -> PrivacyError:
        """Return the error with its fields under other names, as a form of several has them."""
        return PrivacyError(Raised(place(one.field), one.concern) for one in self.raised)


def texts_of(body: Body) -> Iterator[tuple[str, str]]:
    """Return every text of an event that someone typed, each with its field."""
    match body:
        case CaseOpened():
            yield "title", body.title
            yield "story", body.story
            yield from _answers(body.facts)
        case FactsRecorded():
            yield from _answers(body.facts)
            yield "document", body.document
        case JudgementGiven():
            yield "other", body.other
            yield "why", body.why
        case Decided():
            if isinstance(body.decision, Deviation):
                for element, text in body.decision.elements.items():
                    yield f"elements.{element.value}", text
                yield "instead", body.decision.instead
            # Leidraad writes these, but whoever sends a file could have written them.
            yield from ((NEEDED, one.said) for one in body.needed)
        case Escalated():
            yield "question", body.question
        case Reviewed():
            yield "happened", body.happened
        case Corrected():
            yield "text", body.text
        case _ if isinstance(body, MeetingBody | CaseDiscussed):
            yield from texts_of_meeting(body).items()
            if isinstance(body, MeetingPrepared):
                yield from _answers(body.facts)
            if isinstance(body, MeetingAnswered):
                yield from _answers(body.readings)


def _answers(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the answers that are text; of a disputed one, what each party says."""
    for name, raw in facts.items():
        if isinstance(raw, str):
            yield name, raw
        elif isinstance(raw, Mapping):
            yield from ((name, text) for _, text in _answers(raw))


def _others(said: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Return every string in plain data that a person can have made up, each with its place."""
    match said:
        case str() if not _MADE.fullmatch(said):
            yield place, said
        case Mapping():
            for name, part in said.items():
                yield from _others(name, place)
                yield from _others(part, f"{place}.{name}" if place else str(name))
        case list() | tuple():
            for part in said:
                yield from _others(part, place)


def check_private(body: Body) -> None:
    """Refuse an event with a text that has no place in the record.

    A number that identifies is looked for in all that is kept, whatever it is meant for.

    Raises:
        PrivacyError: with every concern that isn't confirmed.
        DecisionError: a text is too long, or a confirmation gives no reason.
    """
    texts = tuple(texts_of(body))
    if long := [field for field, text in texts if len(text) > MAX_FREE_TEXT]:
        what = f"Maak deze tekst korter: hoogstens {MAX_FREE_TEXT} tekens."
        raise DecisionError(Finding(field, what) for field in long)
    confirmed: Sequence[Confirmed] = getattr(body, "confirmed", ())
    stood_by = {(one.field, one.said.casefold()) for one in confirmed}
    raised = [
        Raised(field, concern)
        for field, text in texts
        for concern in screen(text)
        if concern.blocked or (field, concern.said.casefold()) not in stood_by
    ]
    said = {one.said.casefold() for one in confirmed}
    raised += [
        Raised(one.field, concern)
        for one in confirmed
        for text in (one.reason, one.said, one.field)
        for concern in screen(text)
        if concern.blocked or concern.said.casefold() not in said
    ]
    typed = {text for _, text in texts}
    raised += [
        Raised(place, concern)
        for place, text in _others(body.model_dump(mode="json", exclude={"confirmed"}))
        if text not in typed
        for concern in screen(text)
        if concern.blocked
    ]
    if raised:
        raise PrivacyError(raised)
    for one in confirmed:
        if len({letter for letter in one.reason.casefold() if letter.isalpha()}) < _MIN_REASON:
            raise DecisionError.about(f"Leg uit waarom '{one.said}' hier moet staan.", one.field)

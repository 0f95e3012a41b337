"""For how long a case is kept, and whether it may be erased because that time is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from engine.decisions.address import RecordError
from engine.decisions.events import CaseOpened, Event
from engine.decisions.ties import CaseRead
from engine.library import TERM, Knowledge, NotCoveredError
from engine.prose import LOCAL
from engine.wording import date_in_words
from engine.words import Certainty


@dataclass(frozen=True, slots=True)
class Term:
    """How long a case is kept.

    Attributes:
        years: the term of its authority; ``None`` if there is none.
        due_on: the day on which the term is over; ``None`` if it never is.
        certainty: how sure the term is.
    """

    years: int | None
    due_on: date | None
    certainty: Certainty


def term(authority: str, last_on: date, knowledge: Knowledge) -> Term:
    """Return how long a case of an authority is kept, counted from the day of its last event.

    Raises:
        NotCoveredError: the knowledge has no term for the authority.
    """
    if TERM not in knowledge.parameters:
        raise NotCoveredError(f"In de kennis staat geen bewaartermijn ({TERM}).")
    value = knowledge.parameter_value(TERM, knowledge.authority(authority), last_on)
    years = value.value if isinstance(value.value, int) else None
    due_on = None if years is None else last_on + relativedelta(years=years)
    return Term(years, due_on, value.certainty)


def check_term_over(history: Sequence[Event], knowledge: Knowledge | None, today: date) -> None:
    """Refuse to erase a case because its term is over when it isn't, or nobody can tell.

    Args:
        history: everything that happened in the case, oldest first.
        knowledge: where the term stands; without it there is no telling.
        today: the day it is.

    Raises:
        RecordError: the term isn't over yet, there is none, or it isn't known.
    """
    opened = history[0].body
    if knowledge is None or not isinstance(opened, CaseOpened):
        raise unknown_term("De kennis is niet gelezen.")
    # Who only reads a case doesn't keep it for longer.
    last = max(event.at for event in history if event.kind != CaseRead.kind)
    try:
        found = term(opened.authority, last.astimezone(LOCAL).date(), knowledge)
    except NotCoveredError as error:
        raise unknown_term(str(error)) from error
    if found.due_on is None or opened.example:
        raise RecordError(
            "Voor deze casus is er geen bewaartermijn. Kies een andere grond. Er is niets gewist."
        )
    if today < found.due_on:
        raise RecordError(
            "De bewaartermijn van deze casus is nog niet voorbij. Die loopt tot "
            f"{date_in_words(found.due_on)}. Er is niets gewist."
        )


def unknown_term(why: str) -> RecordError:
    """Return the error for a case of which there is no telling whether its term is over."""
    return RecordError(
        f"{why} Dus is niet te zeggen of de bewaartermijn van deze casus voorbij is. Kies een "
        "andere grond. Er is niets gewist."
    )

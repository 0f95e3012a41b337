"""Notices a justification that was used before or says nothing; it asks, and never refuses.

A text that fits anywhere explains nothing here. Still, the same words can be right twice, so who
wrote them is asked and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.decisions.draft import MIN_TEXT
from engine.decisions.folding import fold
from engine.decisions.model import Deviation
from engine.decisions.views import StoredDecision
from engine.wording import date_in_words

FEWEST_WORDS = 3
"""Different words that say something in a text that says something."""

_SAY_NOTHING = """
aan af afgewogen afgezien afspraak afwijken afwijking akkoord al alle alles als ander andere
anders as besluit besloten besproken bij boven bovenstaand bovenstaande casus client conform daarom
dan dat de deze dezelfde die dit door dossier een eens en er gedaan geen gekeken gemaakt genoeg
geval gesprek gewoon had heb hebben heeft het hier hierboven hij idem ik in inschatting is ja kan
keuze maar maatwerk mee meer met mijn moet na naar nee niet niets noemt nvt of om onderbouwing ook
op over overleg passend professional professionele protocol reden redenen regel situatie spreekt te
toelichting toepassing tot uit uitleg van vanwege vanzelf verder via vindt volgens voor voldoende
waarom want was weging wel werd wijk wordt ze zich zie zij zijn zo zoals zonder
"""
_EMPTY = frozenset(_SAY_NOTHING.split())
"""Words that are in every justification, or stand in the place of one."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A text to ask about.

    Attributes:
        field: where it stands, as in the findings of a draft.
        message: the question, in Dutch.
    """

    field: str
    message: str


def same_words(text: str) -> str:
    """Return a text without what doesn't count: capitals, accents, punctuation, spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text).text.lower()))


def texts_in(deviation: Deviation) -> Iterator[tuple[str, str]]:
    """Return every text of a deviation with its field."""
    for element, text in deviation.elements.items():
        yield f"elements.{element.value}", text
    yield "instead", deviation.instead


def boilerplate(deviation: Deviation, earlier: Iterable[StoredDecision]) -> tuple[Noticed, ...]:
    """Find the texts of a deviation to ask about, in form order.

    Args:
        deviation: what is about to be recorded.
        earlier: what the same person recorded before, the newest first.
    """
    before = _before(earlier)
    noticed: list[Noticed] = []
    here: set[str] = set()
    for field, text in texts_in(deviation):
        words = same_words(text)
        if words in here:
            noticed.append(
                Noticed(field, "Deze uitleg staat hierboven ook al. Past die op beide plekken?")
            )
        elif words in before:
            noticed.append(
                Noticed(
                    field,
                    f"Deze uitleg stond al eerder bij {before[words]}; past die hier precies?",
                )
            )
        elif says_nothing(text):
            noticed.append(
                Noticed(
                    field,
                    "Hier staat nog weinig dat over deze cliënt gaat. Begrijpt een collega zo "
                    "waarom u dit doet?",
                )
            )
        here.add(words)
    return tuple(noticed)


def says_nothing(text: str) -> bool:
    """Whether a text could stand in any case: it has hardly a word that belongs to this one."""
    return len(set(same_words(text).split()) - _EMPTY) < FEWEST_WORDS


def _before(earlier: Iterable[StoredDecision]) -> dict[str, str]:
    """Return where each text was used last, in words."""
    found: dict[str, str] = {}
    for kept in earlier:
        if not isinstance(kept.decision, Deviation):
            continue
        where = f"casus {kept.case_id} ({date_in_words(kept.decision.decided_on)})"
        for _, text in texts_in(kept.decision):
            if len(words := same_words(text)) >= MIN_TEXT:
                found.setdefault(words, where)
    return found

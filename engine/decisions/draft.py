"""A deviation as it is being written: what is there, and everything that is still missing.

The app shows the findings when someone records it; the finished model refuses on the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from engine.decisions.advised import Advised
from engine.decisions.base import DecisionError, Finding
from engine.decisions.contract import DECIDERS, ELEMENTS, Contract, DeviationKind
from engine.words import Decider, Element

MIN_TEXT = 10
MAX_TEXT = 4000
INSTEAD = "Wat doet u in plaats daarvan?"

_MIN_LETTERS = 4
"""Different letters in a text that says something; dots, 'xxx' and 'n.v.t. n.v.t.' have less."""


class Draft(BaseModel):
    """A deviation that may still lack anything but the advice and its contract."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    advised: Advised
    contract: Contract
    kind: DeviationKind | None = None
    ground: str | None = None
    elements: Mapping[Element, str] = Field(default_factory=dict)
    instead: str | None = None
    decided_by: Decider | None = None
    decided_on: date | None = None
    review_on: date | None = None

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that the contract asks and that isn't there yet, in form order."""
        return (
            *self._choices(),
            *self._texts(),
            *lacking("instead", "wat u in plaats daarvan doet", INSTEAD, self.instead),
            *self._decider(),
            *self._dates(),
        )

    def check(self) -> None:
        """Refuse a draft that isn't complete.

        Raises:
            DecisionError: with everything that is missing.
        """
        if found := self.findings():
            raise DecisionError(found)

    def _choices(self) -> Iterable[Finding]:
        if self.kind is None:
            yield Finding("kind", "Kies wat voor afwijking dit is.")
        elif self.kind not in self.contract.kinds:
            yield Finding(
                "kind",
                f"Bij een {self.contract.norm} kan deze soort afwijking niet. Zoek de uitweg die "
                "de regel zelf geeft, en kies een andere soort.",
            )
        if not self.ground:
            yield Finding("ground", "Kies de grond om af te wijken.")
        elif self.ground not in self.contract.grounds:
            admitted = ", ".join(self.contract.grounds)
            yield Finding("ground", f"Deze grond past niet bij de regel. Kies uit: {admitted}.")

    def _texts(self) -> Iterable[Finding]:
        extra = [element for element in self.elements if element not in self.contract.required]
        for element in (*self.contract.required, *extra):
            asked = ELEMENTS[element]
            text = self.elements.get(element)
            yield from lacking(f"elements.{element}", f"'{asked.label}'", asked.question, text)

    def _decider(self) -> Iterable[Finding]:
        if self.decided_by is None:
            yield Finding("decided_by", "Kies wie dit besluit heeft genomen.")
        elif self.decided_by not in self.contract.deciders:
            who = " of ".join(DECIDERS[decider] for decider in self.contract.deciders)
            yield Finding("decided_by", f"Hierover beslist {who}. Leg het daar eerst voor.")

    def _dates(self) -> Iterable[Finding]:
        if self.decided_on is None:
            yield Finding("decided_on", "Vul in op welke dag dit is besloten.")
        if self.review_on is None:
            yield Finding("review_on", "Vul in wanneer u hier opnieuw naar kijkt.")
        if self.decided_on is None or self.review_on is None:
            return
        last = self.contract.review_by(self.decided_on)
        if self.review_on < self.decided_on:
            yield Finding(
                "review_on",
                "De dag waarop u opnieuw kijkt, ligt voor de dag van het besluit. Kies een latere "
                "dag.",
            )
        elif self.review_on > last:
            yield Finding(
                "review_on",
                f"Kijk hier uiterlijk op {last:%d-%m-%Y} opnieuw naar: de regel vraagt dat na "
                f"{self.contract.review_after}.",
            )


def lacking(place: str, label: str, question: str, text: str | None) -> Iterable[Finding]:
    """Find what is wrong with a text that someone else must be able to understand.

    Args:
        place: the field, for the finding.
        label: what the text is, in a sentence.
        question: what it answers.
        text: the text so far.
    """
    said = (text or "").strip()
    letters = {letter.casefold() for letter in said if letter.isalpha()}
    if not said:
        yield Finding(place, f"Vul in: '{question}'")
    elif len(said) < MIN_TEXT or len(letters) < _MIN_LETTERS:
        yield Finding(
            place, f"Schrijf bij {label} wat meer, zodat een collega het begrijpt: '{question}'"
        )
    elif len(said) > MAX_TEXT:
        yield Finding(place, f"Maak de tekst bij {label} korter: hoogstens {MAX_TEXT} tekens.")

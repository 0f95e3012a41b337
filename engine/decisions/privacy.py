"""The guard of the record: finds what says who someone is, or what they suffer from.

Numbers that identify are blocked: they have no place in the record whatever the reason. Words are
asked about, since a word can be innocent: the writer says it in terms of what the client can and
can't do, or confirms it with a reason that is kept. Articles 9 AVG and 30 UAVG are why health
stays out as far as it isn't needed. A BSN is never needed here, since the case has a pseudonym
(articles 5(1)(c) and 25 AVG), also where a public body may use one for its task (article 46 UAVG,
article 10 of the Act on the BSN; from memory).

This looks at text as it comes in. What was recorded earlier stays readable when the words change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from engine.decisions import identifiers
from engine.decisions.base import Frozen
from engine.decisions.folding import Folded, fold
from engine.diagnostics import KnowledgeError
from engine.reader import read_file
from engine.validation import build
from engine.words import Word

_WORDS = Path(__file__).with_name("privacy_words.yaml")
OLDEST_ADULT, YOUNGEST_ADULT = 1920, 2012
"""Years in which a client can be born; a whole date in between may well be a birth date."""


class Sort(Word):
    """What was found in a text."""

    BSN = "bsn"
    PHONE = "telefoon"
    EMAIL = "e_mail"
    IBAN = "iban"
    ADDRESS = "adres"
    BIRTH_DATE = "geboortedatum"
    STREET = "straat"
    POSTCODE = "postcode"
    DATE = "oude_datum"
    NAME = "naam"
    DIAGNOSIS = "diagnose"
    TREATMENT = "behandeling"


@dataclass(frozen=True, slots=True)
class _Said:
    what: str
    why: str
    hint: str


_WHO = "Zo is te zien om wie het gaat."
_HEALTH = "Een diagnose of behandeling hoort niet in dit dossier."
_FUNCTIONAL = (
    "Schrijf wat de cliënt wel en niet kan, bijvoorbeeld 'kan vier uur per dag werken, niet in een "
    "drukke ruimte'."
)
_SAID = {
    Sort.BSN: _Said("een burgerservicenummer", _WHO, "Het kenmerk van de casus is genoeg."),
    Sort.PHONE: _Said("een telefoonnummer", _WHO, "Zet het in uw eigen dossier."),
    Sort.EMAIL: _Said("een e-mailadres", _WHO, "Zet het in uw eigen dossier."),
    Sort.IBAN: _Said("een rekeningnummer", _WHO, "Zet het in uw eigen dossier."),
    Sort.ADDRESS: _Said("een adres", _WHO, "Schrijf hoogstens de plaats of de reistijd."),
    Sort.BIRTH_DATE: _Said("een geboortedatum", _WHO, "Schrijf de leeftijd in jaren."),
    Sort.STREET: _Said("een adres", _WHO, "Schrijf hoogstens de plaats of de reistijd."),
    Sort.POSTCODE: _Said("een postcode", _WHO, "Schrijf hoogstens de plaats of de reistijd."),
    Sort.DATE: _Said(
        "een datum die een geboortedatum kan zijn", _WHO, "Schrijf de leeftijd, of alleen het jaar."
    ),
    Sort.NAME: _Said("een naam", _WHO, "Schrijf 'de cliënt', 'de partner' of 'de werkgever'."),
    Sort.DIAGNOSIS: _Said("een diagnose", _HEALTH, _FUNCTIONAL),
    Sort.TREATMENT: _Said("een medicijn of behandeling", _HEALTH, _FUNCTIONAL),
}
_BLOCKED = frozenset({Sort.BSN, Sort.PHONE, Sort.EMAIL, Sort.IBAN, Sort.ADDRESS, Sort.BIRTH_DATE})


@dataclass(frozen=True, slots=True)
class Concern:
    """One part of a text that has no place in the record, or may not have.

    Attributes:
        said: that part, as it was typed.
        start: where it begins in the text, in characters from 0.
        end: where it ends; the first character after it.
    """

    sort: Sort
    said: str
    start: int
    end: int

    @property
    def blocked(self) -> bool:
        """Whether it can't be kept at all; otherwise it can be confirmed with a reason."""
        return self.sort in _BLOCKED

    @property
    def what(self) -> str:
        """What it is or looks like (Dutch)."""
        return _SAID[self.sort].what

    @property
    def why(self) -> str:
        """Why that is a concern (Dutch)."""
        return _SAID[self.sort].why

    @property
    def hint(self) -> str:
        """How to write it instead (Dutch)."""
        return _SAID[self.sort].hint

    @property
    def message(self) -> str:
        """All of that in two or three sentences; a number that identifies is not repeated."""
        if self.blocked:
            return (
                f"Hier staat {self.what} ('{self.said[:2]}…'). {self.why} Haal het weg. {self.hint}"
            )
        return f"'{self.said}' lijkt op {self.what}. {self.why} {self.hint}"


class Confirmed(Frozen):
    """A word that the guard asked about and the writer stands by.

    Attributes:
        field: where it stands, as in the findings.
        said: the word, as typed.
        reason: why it belongs there.
    """

    field: Annotated[str, StringConstraints(max_length=100)]
    said: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


Confirmations = Annotated[tuple[Confirmed, ...], Field(max_length=100)]


class _WordList(BaseModel):
    """``privacy_words.yaml``."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    diagnoses: Annotated[tuple[str, ...], Field(min_length=1)]
    treatments: Annotated[tuple[str, ...], Field(min_length=1, alias="behandelingen")]
    harmless: tuple[str, ...] = Field(alias="gewoon")
    surnames: tuple[str, ...] = Field(alias="achternamen")


@dataclass(frozen=True, slots=True)
class _Patterns:
    words: tuple[tuple[Sort, re.Pattern[str]], ...]
    harmless: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]


def screen(text: str) -> tuple[Concern, ...]:
    """Find everything in a text that the record must not hold, or not without a reason.

    Args:
        text: what someone typed.

    Returns:
        What was found, in the order of the text; where two overlap, the graver or longer one.
    """
    folded = fold(text)
    if not folded.text:
        return ()
    found = [(sort, span) for sort, look in _LOOKS for span in look(folded.text)]
    return tuple(_without_overlap(found, folded, text))


def _without_overlap(
    found: Iterable[tuple[Sort, identifiers.Span]], folded: Folded, text: str
) -> Iterator[Concern]:
    taken: list[identifiers.Span] = []
    kept: list[Concern] = []
    for sort, (start, end) in sorted(
        found, key=lambda item: (item[0] not in _BLOCKED, item[1][0] - item[1][1])
    ):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        first, last = folded.span(start, end)
        kept.append(Concern(sort, text[first:last], first, last))
    yield from sorted(kept, key=lambda concern: concern.start)


def _old_dates(text: str) -> Iterator[identifiers.Span]:
    for span, year in identifiers.dates(text):
        if OLDEST_ADULT <= year <= YOUNGEST_ADULT:
            yield span
    for span, said in identifiers.odd_dates(text):
        if said is None or OLDEST_ADULT <= said <= YOUNGEST_ADULT:
            yield span


def _names(text: str) -> Iterator[identifiers.Span]:
    for pattern in _patterns().names:
        yield from (found.span() for found in pattern.finditer(text))


def _words(sort: Sort) -> Callable[[str], Iterator[identifiers.Span]]:
    def look(text: str) -> Iterator[identifiers.Span]:
        patterns = _patterns()
        plain = [found.span() for found in patterns.harmless.finditer(text)]
        for kind, pattern in patterns.words:
            if kind is not sort:
                continue
            for found in pattern.finditer(text):
                if not any(start <= found.start() < end for start, end in plain):
                    yield found.span()

    return look


_LOOKS: tuple[tuple[Sort, Callable[[str], Iterator[identifiers.Span]]], ...] = (
    (Sort.BSN, identifiers.bsns),
    (Sort.PHONE, identifiers.phones),
    (Sort.EMAIL, identifiers.emails),
    (Sort.IBAN, identifiers.ibans),
    (Sort.ADDRESS, identifiers.addresses),
    (Sort.BIRTH_DATE, identifiers.birth_dates),
    (Sort.STREET, identifiers.streets),
    (Sort.POSTCODE, identifiers.postcodes),
    (Sort.DATE, _old_dates),
    (Sort.NAME, _names),
    (Sort.DIAGNOSIS, _words(Sort.DIAGNOSIS)),
    (Sort.TREATMENT, _words(Sort.TREATMENT)),
)

_PREFIXES = (
    r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]en|[Tt]er|[Ee]l|[Aa]l|[Bb]en|'t|[Oo]p|[Ii]n) ){0,3}"
)
_CAPITAL = r"[A-Z][A-Za-z'\-]+"
_INITIALS = r"(?:[A-Z]\. ?){1,5}"
_TITLE = (
    r"\b(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Mm]eneer|[Mm]ijnheer|[Dd]hr\.?|[Hh]eer|[Ff]amilie|"
    r"[Ff]am\.|[Dd]r\.|[Dd]rs\.|[Mm]r\.|[Ii]r\.|[Ii]ng\.|[Pp]rof\.)"
)
_RELATIVE = (
    r"\b(?i:zoon|dochter|echtgenoot|echtgenote|man|vrouw|broer|broertje|zus|zusje|partner|vriend|"
    r"vriendin|zoontje|dochtertje|ex-partner|ex-man|ex-vrouw|oom|tante|opa|oma|huisarts)"
)
_CALLED = (
    r"\b(?:(?:client|zij|ze|hij|partner|zoon|dochter|kind|moeder|vader|man|vrouw|ik) heet|"
    r"genaamd|[Rr]oepnaam:?|[Vv]oornaam:?|[Aa]chternaam:?|(?:mijn|haar|zijn) naam is|"
    r"luistert naar de naam)"
)
_NOT_A_NAME = (
    r"(?!(?:De|Het|Een|En|Dit|Dat|Die|Deze|Er|Hij|Zij|Ze|Ik|We|Wij|In|Op|Na|Bij|Met|Voor|Als|Om|"
    r"Daarna|Dan|Nu|Ook|Maar|Participatiewet|Wajong|Wmo|Nederlands|Nederlandse|Turks|Turkse|Pools|"
    r"Poolse|Syrisch|Syrische|Oekraiens|Oekraiense|Marokkaans|Marokkaanse|Engels|Engelse)\b)"
)


@cache
def _patterns() -> _Patterns:
    """Read the list of words, once.

    Raises:
        KnowledgeError: the list is damaged; nothing is let through unseen.
    """
    document = read_file(_WORDS, _WORDS.name)
    listed = build(document, _WordList)
    if listed is None:
        raise KnowledgeError(document.findings)
    surnames = "|".join(_spelled(name) for name in listed.surnames)
    return _Patterns(
        words=tuple(
            (sort, pattern)
            for sort, words in (
                (Sort.DIAGNOSIS, listed.diagnoses),
                (Sort.TREATMENT, listed.treatments),
            )
            for pattern in _listed(words)
        ),
        harmless=re.compile(r"\b(?:" + "|".join(map(_spelled, listed.harmless)) + r")\b", re.I),
        names=(
            re.compile(rf"{_TITLE} {{0,2}}(?:{_INITIALS})?{_PREFIXES}{_NOT_A_NAME}{_CAPITAL}"),
            re.compile(rf"{_TITLE} {{0,2}}(?:[A-Za-z]\. ?){{0,5}}(?:{surnames})\b", re.I),
            re.compile(
                r"\b(?:[A-Z]\. ?){1,5}(?:(?:van|de|den|der|ten|ter|el|al) ){1,3}" + _CAPITAL
            ),
            re.compile(r"\b(?:[A-Z]\.){2,5} ?" + _NOT_A_NAME + _CAPITAL),
            re.compile(
                rf"{_RELATIVE},? {_NOT_A_NAME}[A-Z][a-z]{{2,}}(?: {_PREFIXES}{_CAPITAL})?\b"
            ),
            re.compile(rf"{_CALLED} {_NOT_A_NAME}{_CAPITAL}"),
        ),
    )


def _listed(words: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Return the patterns of a list: words in capitals are met in capitals only."""
    listed = tuple(words)
    shouted = [word for word in listed if word.isupper()]
    others = [word for word in listed if not word.isupper()]
    if shouted:
        yield re.compile(r"\b(?:" + "|".join(map(_spelled, shouted)) + r")\b")
    if others:
        yield re.compile(r"\b(?:" + "|".join(map(_spelled, others)) + r")\b", re.IGNORECASE)


def _spelled(phrase: str) -> str:
    """Return a listed word or phrase as a pattern; a space may be a dash or more spaces."""
    words = (r"\w*".join(map(re.escape, word.split("*"))) for word in phrase.split())
    return r"[ \-]{1,3}".join(words)

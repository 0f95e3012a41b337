"""The words for what differs between two versions of the knowledge."""

from __future__ import annotations

from collections.abc import Mapping

from engine import labels
from engine.compare import Change
from engine.decisions import Shift
from engine.design.structure import Kind
from engine.library import Knowledge
from engine.reasons import step
from engine.words import AuthorityKind, Status

AUTHORITIES: Mapping[AuthorityKind, str] = {
    AuthorityKind.UWV: "UWV",
    AuthorityKind.MUNICIPALITY: "gemeenten",
}
"""The kinds of authority, as in "3 bij UWV"."""

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.VERSION: ("versie van een protocol", "versies van protocollen"),
    Kind.RULE: ("regel", "regels"),
    Kind.NOTION: ("begrip", "begrippen"),
    Kind.PARAMETER: ("grens", "grenzen"),
    Kind.OVERRIDE: ("eigen grens van een gemeente", "eigen grenzen van gemeenten"),
    Kind.FACT: ("feit", "feiten"),
    Kind.ACTION: ("handeling", "handelingen"),
    Kind.GROUND: ("afwijkgrond", "afwijkgronden"),
    Kind.SOURCE: ("bron", "bronnen"),
}
"""What one item of a kind is called, and several."""

_KEYS: Mapping[str, str] = {
    "afwijken": "wat nodig is om af te wijken",
    "als": "de voorwaarde",
    "anders": "de waarde als niets past",
    "bronnen": "de bronnen",
    "dan": "het advies",
    "geldig_tot_en_met": "de laatste dag",
    "geldig_vanaf": "de eerste dag",
    "naam": "de naam",
    "omdat": "de reden",
    "onderbouwing": "de onderbouwing",
    "opties": "de antwoorden om uit te kiezen",
    "regels": "de regels zelf",
    "soort": "de soort",
    "stellingen": "de stellingen uit het domeindossier",
    "tabel": "de tabel",
    "titel": "de titel",
    "toelichting": "de toelichting",
    "twijfel": "de twijfel",
    "uitzondering_op": "op welke regels dit een uitzondering is",
    "volgorde": "hoe dringend het is",
    "vraag": "de vraag",
    "waarden": "de waarden",
    "zekerheid": "de zekerheid",
    "zin": "de zin",
    "zin_niet": "de zin met niet",
}

SHIFTS: Mapping[Shift, str] = {
    Shift.FOLLOWS: "Was afwijken, past dan bij het advies",
    Shift.DEVIATES: "Paste bij het advies, is dan afwijken",
    Shift.UNDECIDED: "Dan is niet te zeggen of het past",
    Shift.DECIDED: "Dan is wel te zeggen of het past",
    Shift.SILENT: "Dan is er geen advies meer over de stap",
    Shift.ADVISED: "Dan komt er een advies over de stap",
    Shift.MIXED: "Meer dan een van deze dingen",
    Shift.UNREAD: "Niet te vergelijken",
    Shift.SAME: "Blijft gelijk",
}
"""What becomes of a decision, as a row of a table."""


def status_in_words(status: Status | None) -> str:
    """Say what became of an advice in one of the versions."""
    return "Geen advies" if status is None else labels.STATUS[status]


def step_in_words(change: Change, old: Knowledge, new: Knowledge) -> str:
    """Say what a rule advises; as the new version has it, unless the advice is gone there."""
    if change.after is not None:
        return step(change.after, new)
    return step(change.before, old) if change.before is not None else change.rule.title


def key_in_words(key: str) -> str:
    """Say what a key in a file holds; a rare key is named as it is written."""
    return _KEYS.get(key, key)

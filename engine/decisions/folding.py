"""Text in one plain spelling, with the way back to where each character came from.

Whoever looks for a number or a word must not be misled by how it was typed: wide digits, invisible
characters, accents, odd spaces and long dashes are all written in the one plain way.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN_DASH = "-"


@dataclass(frozen=True, slots=True)
class Folded:
    """Text in plain spelling.

    Attributes:
        text: the plain text: ASCII digits, no accents, one kind of space and dash.
        places: for each of its characters the place in the text as typed.
    """

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text stood in the text as typed."""
        return self.places[start], self.places[end - 1] + 1


def fold(typed: str) -> Folded:
    """Write a text in the one plain way; capitals stay."""
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(typed):
        for part in _plain(character):
            plain.append(part)
            places.append(place)
    return Folded("".join(plain), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character < "\x7f" and not character.isspace():
        return character
    parts = []
    for part in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf"):
            continue
        if part.isspace() or category == "Cc":
            parts.append(" ")
        elif category == "Pd" or part == "\u2212":
            parts.append(_PLAIN_DASH)
        elif category == "Nd":
            parts.append(str(unicodedata.decimal(part)))
        else:
            parts.append(part)
    return "".join(parts)

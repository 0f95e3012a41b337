"""What a note is made of; each renderer knows these parts and nothing else.

A part holds text as it was typed. A renderer passes it through :func:`printable` and then through
the escaping of its own format, so that nothing that was typed can be markup or code.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the text after them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is right under the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one or more lines.

    Attributes:
        lead: a few words in bold before it, such as "Norm:"; may be empty.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with the items under it."""

    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, as deep as needed."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header; the first cell of a row says what the row is about.

    Attributes:
        bars: for each row a share between 0 and 1, to draw as a bar beside the last cell where a
            format can; it says nothing that the cells don't.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that must not be missed."""

    text: str
    title: str


Part = Heading | Paragraph | Bullets | Table | Notice


@dataclass(frozen=True, slots=True)
class Document:
    """A note, for any renderer.

    Attributes:
        lang: the language of the text (BCP 47), such as ``nl-NL``.
        made_at: the moment of making; files take no other moment over.
    """

    title: str
    subtitle: str
    lang: str
    made_at: datetime
    parts: tuple[Part, ...]


def printable(text: str) -> str:
    """Return text that every format can hold and that stands as it was typed.

    Line breaks stay; tabs become spaces. What can't be seen or stored is left out.
    """
    lines = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    return "".join(letter for letter in lines if letter == "\n" or _is_printable(letter))


def _is_printable(letter: str) -> bool:
    """Whether a character can be in any file: no control, half a character or no character."""
    number = ord(letter)
    is_none = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    hidden = letter in _TURNING or unicodedata.category(letter) in ("Cc", "Cs")
    return not (is_none or hidden)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something, printable; one empty line if none does."""
    found = [line.strip() for line in printable(text).split("\n")]
    return [line for line in found if line] or [""]

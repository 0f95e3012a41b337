"""A note as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from engine.note.content import (
    Bullets,
    Document,
    Heading,
    Item,
    Notice,
    Paragraph,
    Part,
    Table,
    lines_of,
)

Escape = Callable[[str], str]

_ANYWHERE = re.compile(r"([\\`*_\[\]<>#|~$&])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_AT_THE_START = re.compile(r"^([-+=:])")


def escaped(text: str) -> str:
    """Return one line so that Markdown shows it as it was typed, and people can still read it."""
    safe = _ANYWHERE.sub(r"\\\1", text)
    safe = _NUMBERED.sub(r"\1\\\2", safe)
    return _AT_THE_START.sub(r"\\\1", safe)


def to_markdown(document: Document, *, top: int = 1, escape: Escape = escaped) -> str:
    """Write a note as Markdown.

    Args:
        document: the note.
        top: the level of heading for its title.
        escape: makes one line of text safe, for a reader that knows more than Markdown.
    """
    writer = _Writer(top, escape)
    blocks = [
        f"{'#' * top} {writer.line(document.title)}",
        writer.line(document.subtitle),
        *(writer.part(part) for part in document.parts),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


class _Writer:
    """Writes parts; every text goes through ``line`` or ``text``."""

    def __init__(self, top: int, escape: Escape) -> None:
        self._top = top
        self._escape = escape

    def line(self, text: str) -> str:
        """Write text on one line."""
        return self._escape(" ".join(lines_of(text)))

    def text(self, text: str) -> str:
        """Write text with its line breaks."""
        return "\\\n".join(self._escape(line) for line in lines_of(text))

    def part(self, part: Part) -> str:
        """Write one part."""
        match part:
            case Heading():
                return f"{'#' * min(6, self._top + part.level)} {self.line(part.text)}"
            case Paragraph():
                lead = f"**{self.line(part.lead)}** " if part.lead else ""
                return f"{lead}{self.text(part.text)}"
            case Bullets():
                return "\n".join(self._items(part.items, 0))
            case Table():
                return "\n".join(self._table(part))
            case Notice():
                said = "\\\n> ".join(self._escape(line) for line in lines_of(part.text))
                return f"> **{self.line(part.title)}**\\\n> {said}"

    def _items(self, items: tuple[Item, ...], depth: int) -> Iterator[str]:
        for item in items:
            yield f"{'  ' * depth}- {self.line(item.text)}"
            yield from self._items(item.items, depth + 1)

    def _table(self, table: Table) -> Iterator[str]:
        yield self._row(table.header)
        yield f"|{' --- |' * len(table.header)}"
        for row in table.rows:
            yield self._row(row)

    def _row(self, cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(self.line(cell) for cell in cells)} |"

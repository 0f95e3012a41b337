"""Reads what the tests need from a Markdown page: sections, tables, code and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_HEADING = re.compile(r"#{1,6} (.+)")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Block:
    """Code between fences; the info is what stands behind the opening fence."""

    info: str
    text: str
    line: int


def page(name: str) -> str:
    """The text of a page in ``docs/``."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block of code."""
    opened: int | None = None
    info, lines = "", list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```") and opened is None:
            opened, info, lines = number, line[3:].strip(), []
        elif line.startswith("```") and opened is not None:
            yield Block(info, "\n".join(lines) + "\n", opened)
            opened = None
        elif opened is not None:
            lines.append(line)
    assert opened is None, f"the block that opens on line {opened} is never closed"


def without_code(text: str) -> list[str]:
    """The lines outside code, fenced or indented."""
    fenced, lines = False, list[str]()
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            lines.append(line)
    return lines


def headings(text: str) -> list[str]:
    """Every heading, without its marks."""
    return [match[1] for line in without_code(text) if (match := _HEADING.fullmatch(line))]


def anchors(text: str) -> set[str]:
    """What a link can point at inside a page, as forges make it from the headings."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings(text))
    return {heading.replace(" ", "-") for heading in kept}


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    found, inside = list[str](), False
    for line in without_code(text):
        match = _HEADING.fullmatch(line)
        if match:
            inside = match[1] == title
        elif inside:
            found.append(line)
    assert found, f"there is no section {title!r}"
    return "\n".join(found)


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, as stripped cells, without the lines under the headers."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in without_code(text)
        if line.startswith("|")
    ]
    return [row for row in cells if not all(re.fullmatch(":?-+:?", cell) for cell in row)]


def codes(text: str) -> list[str]:
    """Every word in code style."""
    return _CODE.findall(text)


def links(text: str) -> list[str]:
    """The target of every link outside code."""
    return [target for line in without_code(text) for target in _LINK.findall(line)]

"""A note as a PDF that a screen reader can read, set by Typst.

The template is a file of its own and the content goes in as JSON: no text of a note is ever read as
markup or code. Only the fonts inside Typst are used, so that a note looks the same everywhere.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any

import typst

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
from engine.prose import LOCAL

TEMPLATE = "verslag.typ"


def to_pdf(document: Document) -> bytes:
    """Set a note as PDF, to the standard for accessible documents (PDF/UA-1).

    That standard forbids a character that no font inside Typst has, such as an emoji. A note with
    one is set as a tagged PDF without the mark of the standard, with a box for that character.
    """
    try:
        return _compile(document, ["ua-1"])
    except typst.TypstError:
        return _compile(document, [])


def _compile(document: Document, standards: list[Any]) -> bytes:
    with as_file(files("engine.note") / TEMPLATE) as template:
        made = typst.compile(
            str(template),
            root=str(template.parent),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs(document),
            pdf_standards=standards,
            timestamp=int(document.made_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst made more than one file.")
    return made


def inputs(document: Document) -> dict[str, str]:
    """Return what the template gets: the whole note as JSON, under one name."""
    made = document.made_at.astimezone(LOCAL)
    content = {
        "title": _line(document.title),
        "subtitle": _line(document.subtitle),
        "lang": document.lang.split("-")[0],
        "region": document.lang.partition("-")[2],
        "date": [made.year, made.month, made.day],
        "parts": [_part(part) for part in document.parts],
    }
    return {"content": json.dumps(content)}


def _line(text: str) -> str:
    return " ".join(lines_of(text))


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading", "level": part.level, "text": _line(part.text)}
        case Paragraph():
            return {"kind": "paragraph", "lead": _line(part.lead), "lines": lines_of(part.text)}
        case Bullets():
            return {"kind": "bullets", "items": [_item(item) for item in part.items]}
        case Table():
            rows = [[_line(cell) for cell in row] for row in part.rows]
            return {"kind": "table", "header": [_line(cell) for cell in part.header], "rows": rows}
        case Notice():
            return {"kind": "notice", "title": _line(part.title), "lines": lines_of(part.text)}


def _item(item: Item) -> dict[str, Any]:
    return {"text": _line(item.text), "items": [_item(below) for below in item.items]}

"""The files: whatever someone typed is in them as text, and nothing of it is markup or code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta, timezone
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
import typst
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from engine.note import NoteForm, NoteKind, render, to_markdown, write
from engine.note.content import (
    Bullets,
    Document,
    Heading,
    Item,
    Notice,
    Paragraph,
    Table,
    lines_of,
    printable,
)
from engine.note.pdf import TEMPLATE, inputs
from tests.counts import examples
from tests.note import world
from ui.text import plain

TEMPLATE_FILE = Path(__file__).parents[2] / "engine" / "note" / TEMPLATE
CASE = "maatregel-002-eerste-melding"

NASTY = [
    "#eval(\"1+1\") #read('/etc/passwd') $x$ @bron <label>",
    "# Kop\n- punt\n1. een\n> citaat\n```code```",
    "<script>alert(1)</script> &lt;b&gt; [link](http://x) ![a](b) :material/home: :red[x]",
    "| a | b |\n| --- | --- |\n*sterk* _schuin_ ~weg~ \\ `code`",
    "w" * 400,
    "😀 👩🏽‍🦽 中文 עברית \u202eomgekeerd",
    "\x00\x01\x07\x0b\x0c\x1b[31m \ufffe \u2028 \u0085 \ud800",
    "   ",
    "",
    "'; DROP TABLE events; --",
]
typed = st.one_of(st.sampled_from(NASTY), st.text(max_size=300))


def document(text: str) -> Document:
    """A note with one text in every place that a text can be."""
    return Document(
        text or "Titel",
        text,
        "nl-NL",
        world.NOW,
        (
            Heading(text or "Kop"),
            Paragraph(text, "Vooraf:"),
            Paragraph(text),
            Notice(text, "Let op"),
            Bullets((Item(text, (Item(text),)),)),
            Table(("Wat", text), ((text, "x"), ("y", text))),
        ),
    )


def said_in_word(content: bytes) -> str:
    word = docx.Document(BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def said_in_markdown(text: str) -> list[str]:
    """Return the text of every block, as a reader of Markdown sees it; no HTML among it."""
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert token.type != "html_block"
        for child in token.children or []:
            assert child.type in {"text", "strong_open", "strong_close", "hardbreak", "softbreak"}
        if token.type == "inline":
            parts = token.children or []
            found.append("".join("\n" if "break" in one.type else one.content for one in parts))
    return found


def strings(node: Any) -> Iterator[str]:
    """Yield the texts in what Typst tells of a document."""
    if isinstance(node, dict):
        if node.get("func") == "text":
            yield node["text"]
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def said_in_typst(note: Document, selector: str) -> list[str]:
    told = typst.query(
        str(TEMPLATE_FILE), selector, ignore_system_fonts=True, sys_inputs=inputs(note)
    )
    return list(strings(json.loads(told)))


@settings(max_examples=examples(500, 40), deadline=None)
@given(typed)
def test_what_was_typed_is_in_word_as_it_was(text: str) -> None:
    found = said_in_word(render(NoteForm.WORD, document(text)))
    assert found.count("\n".join(lines_of(text))) >= 3
    assert found.count(" ".join(lines_of(text))) >= 5


@settings(max_examples=examples(500, 60), deadline=None)
@given(typed)
@example("0\r=")
def test_what_was_typed_is_text_in_markdown(text: str) -> None:
    note = document(text)
    for written in (to_markdown(note), to_markdown(note, top=2, escape=plain)):
        found = [squeezed(block.replace("\u2060", "")) for block in said_in_markdown(written)]
        words = squeezed(" ".join(lines_of(text)).replace("\u2060", ""))
        assert sum(words in block for block in found) >= 9


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@settings(max_examples=examples(300, 25), deadline=None)
@given(typed)
def test_what_was_typed_makes_a_pdf(text: str) -> None:
    assert render(NoteForm.PDF, document(text)).startswith(b"%PDF-1.")


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()])
def test_what_was_typed_is_text_to_typst(text: str) -> None:
    found = said_in_typst(document(text), "par")
    for line in lines_of(text):
        assert squeezed(line) in squeezed("".join(found).replace("\u200b", ""))


@given(st.text(max_size=200))
@example("\r\n\x85\u2029")
def test_printable_text_stays_so_and_keeps_every_letter(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    assert [letter for letter in text if letter.isalnum()] == [
        letter for letter in once if letter.isalnum()
    ]


# What the files are like


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Document:
    with world.opened(tmp_path_factory.mktemp("dossier"), CASE) as record:
        world.decide(record, CASE, world.can_deviate(world.consulted(record, CASE))[:1])
        return write(NoteKind.FILE, world.material(record, CASE))


@pytest.fixture(scope="module")
def word(note: Document) -> WordDocument:
    return docx.Document(BytesIO(render(NoteForm.WORD, note)))


def test_word_has_real_headings_in_order(note: Document, word: WordDocument) -> None:
    names = [one.style.name for one in word.paragraphs if one.style is not None]
    levels = [int(name.split()[1]) for name in names if name.startswith("Heading")]
    assert levels == [part.level for part in note.parts if isinstance(part, Heading)]
    assert names[0] == "Title"
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_word_says_that_it_is_dutch_and_what_it_is(word: WordDocument) -> None:
    languages = {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    core = word.core_properties
    assert (core.title, core.author, core.language) == (
        "Verslag voor het dossier",
        "Leidraad",
        "nl-NL",
    )
    assert CASE in core.subject


def test_word_repeats_the_header_of_a_table_and_numbers_the_pages(word: WordDocument) -> None:
    assert word.tables
    for table in word.tables:
        header, *rows = table.rows
        assert header._tr.trPr is not None
        assert header._tr.trPr.find(qn("w:tblHeader")) is not None
        for row in rows:
            assert row._tr.trPr is None or row._tr.trPr.find(qn("w:tblHeader")) is None
    footer = word.sections[0].footer._element
    codes = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_parts_of_word_that_python_docx_does_not_check_stand_in_order(
    word: WordDocument,
) -> None:
    properties = word.styles["Let op"].element.pPr
    assert [child.tag for child in properties] == [qn("w:pBdr"), qn("w:shd")]


def test_the_pdf_is_for_everyone_and_says_what_it_is(note: Document) -> None:
    content = render(NoteForm.PDF, note)
    # The standard for accessible documents, the language, and the tags that a reader goes by.
    assert b"pdfuaid:part>1<" in content
    assert b"nl-NL" in content
    assert b"/StructTreeRoot" in content
    assert b"Verslag voor het dossier" in content


def test_the_pdf_has_every_heading_and_table(note: Document) -> None:
    headings = said_in_typst(note, "heading")
    assert [part.text for part in note.parts if isinstance(part, Heading)] == [
        text for text in headings if text != "Hoofdstuk"
    ]
    tables = [part for part in note.parts if isinstance(part, Table)]
    cells = "".join(said_in_typst(note, "table"))
    for table in tables:
        for cell in (cell for row in table.rows for cell in row):
            assert cell in cells


def test_a_character_that_no_font_has_costs_the_mark_and_not_the_note() -> None:
    assert b"pdfuaid:part" in render(NoteForm.PDF, document("gewone tekst"))
    with_emoji = render(NoteForm.PDF, document("gelukt 😀"))
    assert b"pdfuaid:part" not in with_emoji
    assert b"/StructTreeRoot" in with_emoji


@pytest.mark.parametrize("form", NoteForm)
def test_the_same_note_gives_the_same_bytes(note: Document, form: NoteForm) -> None:
    assert render(form, note) == render(form, note)


def test_the_moment_of_making_is_the_only_one_in_a_word_file(note: Document) -> None:
    with ZipFile(BytesIO(render(NoteForm.WORD, note))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {world.NOW.timetuple()[:6]}


def test_a_moment_means_the_same_in_every_zone(note: Document) -> None:
    there = world.NOW.astimezone(timezone(timedelta(hours=-8)))
    moved = Document(note.title, note.subtitle, note.lang, there, note.parts)
    for form in NoteForm:
        assert render(form, moved) == render(form, note)

"""A note as a Word document, with real headings, a language and headers that repeat."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

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

_ACCENT = RGBColor(0x0B, 0x55, 0x63)
_FONT = "Calibri"
_NOTICE = "Let op"
_WIDTH, _FIRST = 16.0, 4.2
"""Centimetres for a table, and for its first column."""

_MAX_PROPERTY = 255
"""Characters that Word keeps of a title."""

_LISTS = ("List Bullet", "List Bullet 2", "List Bullet 3")
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12}


def to_word(document: Document) -> bytes:
    """Write a note as .docx."""
    word = docx.Document()
    _dress(word, document)
    word.add_paragraph(style="Title").add_run(_line(document.title))
    word.add_paragraph(style="Subtitle").add_run(_line(document.subtitle))
    for part in document.parts:
        _add(word, part)
    _footer(word, document)
    made = BytesIO()
    word.save(made)
    return _dated(made, document.made_at)


def _line(text: str) -> str:
    return " ".join(lines_of(text))


def _add(word: WordDocument, part: Part) -> None:
    match part:
        case Heading():
            word.add_heading(_line(part.text), part.level)
        case Paragraph():
            _write(word.add_paragraph(), part.text, part.lead)
        case Bullets():
            for item in part.items:
                _bullet(word, item, 0)
        case Table():
            _table(word, part)
        case Notice():
            _write(word.add_paragraph(style=_NOTICE), f"{part.title}\n{part.text}")


def _write(paragraph: WordParagraph, text: str, lead: str = "") -> None:
    """Add text with its line breaks, after a few words in bold."""
    if lead:
        paragraph.add_run(f"{_line(lead)} ").bold = True
    for number, line in enumerate(lines_of(text)):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _bullet(word: WordDocument, item: Item, depth: int) -> None:
    style = _LISTS[min(depth, len(_LISTS) - 1)]
    _write(word.add_paragraph(style=style), _line(item.text))
    for below in item.items:
        _bullet(word, below, depth + 1)


def _table(word: WordDocument, part: Table) -> None:
    table = word.add_table(rows=0, cols=len(part.header), style="Table Grid")
    for number, cells in enumerate((part.header, *part.rows)):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            run = cell.paragraphs[0].add_run(_line(text))
            run.bold, run.font.size = number == 0, Pt(9.5)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    table.autofit = False
    for number, column in enumerate(table.columns):
        # The column for readers of the grid, the cells for Word.
        column.width = Cm((_WIDTH - _FIRST) / (len(table.columns) - 1) if number else _FIRST)
        for cell in column.cells:
            cell.width = column.width
    for row in table.rows:
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _dress(word: WordDocument, document: Document) -> None:
    """Set the language, the fonts and what Word knows of the file."""
    core = word.core_properties
    core.title = _line(document.title)[:_MAX_PROPERTY]
    core.subject = _line(document.subtitle)[:_MAX_PROPERTY]
    core.author = core.last_modified_by = "Leidraad"
    core.language, core.comments = document.lang, ""
    core.created = core.modified = document.made_at.astimezone(UTC).replace(tzinfo=None)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = word.styles["Normal"]
    _font(normal, 11, None)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in _SIZES.items():
        _font(word.styles[name], size, _ACCENT)
    _font(word.styles["Subtitle"], 12, RGBColor(0x40, 0x40, 0x40))
    for name in _LISTS:
        word.styles[name].paragraph_format.space_after = Pt(3)
    notice = word.styles.add_style(_NOTICE, WD_STYLE_TYPE.PARAGRAPH)
    notice.base_style = normal
    _frame(notice.element.get_or_add_pPr())
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for lang in defaults.iter(qn("w:lang")):
        lang.set(qn("w:val"), document.lang)


def _font(style: Any, size: int, color: RGBColor | None) -> None:
    """Set one font for all scripts; the template's theme would win otherwise."""
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    if color is not None:
        style.font.color.rgb = color
        style.font.italic = False


def _frame(properties: Any) -> None:
    """Give a notice a bar on its left and a ground of its own."""
    borders = OxmlElement("w:pBdr")
    _mark(borders, "w:left", val="single", sz="24", space="8", color="8A5A00")
    properties.append(borders)
    _mark(properties, "w:shd", val="clear", color="auto", fill="FBF3DF")


def _footer(word: WordDocument, document: Document) -> None:
    """Write what the note is about and the number of the page under every page."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{_line(document.subtitle)} · pagina ").font.size = Pt(9)
    _field(paragraph, "PAGE")
    paragraph.add_run(" van ").font.size = Pt(9)
    _field(paragraph, "NUMPAGES")


def _field(paragraph: WordParagraph, code: str) -> None:
    """Add a number that Word works out itself."""
    run = paragraph.add_run("1")
    run.font.size = Pt(9)
    field = _mark(paragraph._p, "w:fldSimple", instr=code)
    field.append(run._r)


def _mark(parent: Any, name: str, **attributes: str) -> Any:
    """Add an element of the file format that python-docx has no words for."""
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    parent.append(element)
    return element


def _dated(made: BytesIO, at: datetime) -> bytes:
    """Pack the parts anew with one date, so that the same note gives the same bytes."""
    packed = BytesIO()
    stamp = at.astimezone(UTC).timetuple()[:6]
    with ZipFile(made) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, date_time=stamp)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()

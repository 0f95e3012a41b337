"""The kinds of note and the kinds of file, by the names that users choose them with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from engine.note.client import client_note
from engine.note.content import Document
from engine.note.markdown import to_markdown
from engine.note.material import Material
from engine.note.pdf import to_pdf
from engine.note.professional import professional_note
from engine.note.word import to_word
from engine.prose import LOCAL


class NoteKind(StrEnum):
    """For whom a note is written."""

    FILE = "dossier"
    CLIENT = "client"


class NoteForm(StrEnum):
    """The kind of file, by its extension."""

    WORD = "docx"
    PDF = "pdf"
    MARKDOWN = "md"


_WRITERS: Mapping[NoteKind, Callable[[Material], Document]] = {
    NoteKind.FILE: professional_note,
    NoteKind.CLIENT: client_note,
}
_RENDERERS: Mapping[NoteForm, Callable[[Document], bytes]] = {
    NoteForm.WORD: to_word,
    NoteForm.PDF: to_pdf,
    NoteForm.MARKDOWN: lambda document: to_markdown(document).encode(),
}
_NAMES = {NoteKind.FILE: "verslag", NoteKind.CLIENT: "overzicht-client"}


def write(kind: NoteKind, material: Material) -> Document:
    """Write the note of one kind."""
    return _WRITERS[kind](material)


def render(form: NoteForm, document: Document) -> bytes:
    """Make the file of a note; the same note always gives the same bytes."""
    return _RENDERERS[form](document)


def file_name(kind: NoteKind, form: NoteForm, material: Material) -> str:
    """Name the file by the pseudonym of the case and the day of making, never by a person."""
    day = material.made_at.astimezone(LOCAL).date()
    return f"{_NAMES[kind]}-{material.stored.case.id}-{day.isoformat()}.{form}"

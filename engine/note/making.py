"""The kinds of note and the kinds of file, by the names that users choose them with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from uuid import UUID, uuid5

from engine.decisions import Access, CaseRead, Consulted, Occasion, Record
from engine.note.client import client_note
from engine.note.content import Document
from engine.note.markdown import to_markdown
from engine.note.material import Material, gather
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


_OCCASIONS = {NoteKind.FILE: Occasion.FILE_NOTE, NoteKind.CLIENT: Occasion.CLIENT_NOTE}
_SPACE = UUID("5f0c1f8e-7d38-5d0b-8f0a-2a6a0d1f5c13")


def write(kind: NoteKind, material: Material) -> Document:
    """Write the note of one kind."""
    return _WRITERS[kind](material)


def render(form: NoteForm, document: Document) -> bytes:
    """Make the file of a note; the same note always gives the same bytes."""
    return _RENDERERS[form](document)


def take_along(record: Record | Access, kind: NoteKind, material: Material, actor: str) -> Material:
    """Record that a note leaves Leidraad, and return what it is written from with the seal of then.

    The same note of the same case, with nothing recorded in between, is recorded once.

    Args:
        record: where the case is.
        kind: for whom the note is.
        material: what the note would be written from.
        actor: who takes it along.

    Raises:
        DecisionError: the answers or the protocols have changed since.
        RecordError: it can't be recorded.
    """
    last = [event for event in material.history if not isinstance(event.body, Consulted | CaseRead)]
    receipt = material.consultation.receipt.digest
    key = uuid5(_SPACE, f"{kind} {last[-1].id} {actor} {receipt}")
    known, consultation = material.knowledge, material.consultation
    if isinstance(record, Record):
        record.consulted(consultation, _OCCASIONS[kind], actor=actor, key=key, knowledge=known)
    else:
        record.consulted(consultation, _OCCASIONS[kind], key=key, knowledge=known)
    return gather(record, known, material.stored.case.id, material.made_at)


def file_name(kind: NoteKind, form: NoteForm, material: Material) -> str:
    """Name the file by the pseudonym of the case and the day of making, never by a person."""
    day = material.made_at.astimezone(LOCAL).date()
    return f"{_NAMES[kind]}-{material.stored.case.id}-{day.isoformat()}.{form}"

"""The note for the file, and the version for the client: as Word, PDF and Markdown.

``gather`` takes what there is from the record, ``write`` makes a document of it and ``render``
a file. A document is plain content: what it says is decided in one place for all files.
"""

from engine.note.content import Document
from engine.note.making import NoteForm, NoteKind, file_name, render, take_along, write
from engine.note.markdown import to_markdown
from engine.note.material import Material, gather

__all__ = [
    "Document",
    "Material",
    "NoteForm",
    "NoteKind",
    "file_name",
    "gather",
    "render",
    "take_along",
    "to_markdown",
    "write",
]

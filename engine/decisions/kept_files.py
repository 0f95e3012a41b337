"""Keeps the knowledge that consultations rested on, each file once, by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from engine.consult import Consultation
from engine.decisions.tables import knowledge_files
from engine.library import Knowledge

_MANY = 20


class KnowledgeFile(NamedTuple):
    """A file of knowledge as it was read.

    Attributes:
        digest: SHA-256 (hexadecimal) of the content.
        name: its path in the folder.
    """

    digest: str
    name: str
    content: bytes


def files_of(consultation: Consultation, knowledge: Knowledge | None) -> list[KnowledgeFile]:
    """Return the files that a consultation rested on, as far as the knowledge still has them."""
    contents = knowledge.contents if knowledge else {}
    return [
        KnowledgeFile(digest, name, contents[name])
        for name, digest in consultation.receipt.files.items()
        if name in contents and knowledge and knowledge.files[name] == digest
    ]


def keep_files(connection: Connection, files: Iterable[KnowledgeFile]) -> None:
    """Keep the files that aren't there yet; under the lock of the writer."""
    given = {file.digest: file for file in files}
    if not given:
        return
    known = select(knowledge_files.c.digest).where(knowledge_files.c.digest.in_(given))
    there = set(connection.execute(known).scalars())
    if new := [file._asdict() for digest, file in given.items() if digest not in there]:
        connection.execute(insert(knowledge_files), new)


def kept_files(connection: Connection, digests: Iterable[str]) -> Mapping[str, bytes]:
    """Return the content of the files that were kept and are as they were then, by digest."""
    asked = select(knowledge_files.c.digest, knowledge_files.c.content).where(
        knowledge_files.c.digest.in_(list(digests))
    )
    found = connection.execute(asked).all()
    return {row.digest: row.content for row in found if _digest(row.content) == row.digest}


def changed_files(connection: Connection) -> tuple[str, ...]:
    """Return the names of the files that are no longer as they were kept."""
    asked = select(knowledge_files).order_by(knowledge_files.c.name)
    asked = asked.execution_options(yield_per=_MANY)
    return tuple(
        row.name for row in connection.execute(asked) if _digest(row.content) != row.digest
    )


def _digest(content: object) -> str | None:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else None

"""The knowledge that the app works with: always the files of now, or the last that were good."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from engine.diagnostics import Diagnostic, KnowledgeError
from engine.library import Knowledge
from engine.loading import load
from engine.reader import yaml_files


@dataclass(frozen=True, slots=True)
class Reading:
    """What the folder gave.

    Attributes:
        knowledge: what to work with; ``None`` when there has been no good version yet.
        findings: what is wrong with the files as they are now; empty when they are fine.
    """

    knowledge: Knowledge | None
    findings: tuple[Diagnostic, ...] = ()


class Shelf:
    """Holds the knowledge of one folder; safe to share between sessions."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._content = ""
        self._reading = Reading(None)

    def take(self) -> Reading:
        """Return the knowledge in the files of this moment, read again only if they changed."""
        with self._lock:
            content = fingerprint(self._folder)
            if content != self._content:
                self._reading = self._read()
                self._content = content
            return self._reading

    def _read(self) -> Reading:
        try:
            return Reading(load(self._folder))
        except KnowledgeError as error:
            return Reading(self._reading.knowledge, error.diagnostics)


def fingerprint(folder: Path) -> str:
    """Return a hash over the names and the content of all knowledge files.

    Times and sizes would be faster but miss an edit within the clock's resolution.
    """
    digest = hashlib.sha256()
    for path in yaml_files(folder):
        try:
            content = path.read_bytes()
        except OSError as error:
            # The reader reports the file; here it only has to count as a different content.
            content = type(error).__name__.encode()
        # Bytes, because a name on disk need not be text.
        digest.update(os.fsencode(path) + b"\0%d\0" % len(content))
        digest.update(content)
    return digest.hexdigest()

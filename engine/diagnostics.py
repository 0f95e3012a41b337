"""One type for every finding about a file: where it is, what is wrong, how to mend it.

The reader, the checks and the case runner all report in this type, so that the command line, the
app and an editor show the same finding in the same words. Texts are Dutch: users read them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; only an error stops the knowledge from being used."""

    ERROR = "fout"
    WARNING = "let op"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding at one place in one file.

    Attributes:
        file: path as the user would type it.
        line: counted from 1; 0 when the file as a whole is meant.
        column: counted from 1; 0 when the file as a whole is meant.
        code: stable name of the kind of finding, such as ``sleutel-dubbel``.
        what: what is wrong, one Dutch sentence.
        hint: why it matters or how to mend it, Dutch; may be empty.
        suggestion: the name that was probably meant; empty when there is none.
        severity: error or warning.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    hint: str = ""
    suggestion: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Render as ``file:line:column  CODE  what  hint  (bedoelde u ...?)``.

        A warning says so behind its code.
        """
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        warning = f" ({self.severity})" if self.severity is Severity.WARNING else ""
        parts = [place, self.code.upper() + warning, self.what, self.hint]
        if self.suggestion:
            parts.append(f"(bedoelde u {self.suggestion!r}?)")
        return "  ".join(part for part in parts if part)


class KnowledgeError(Exception):
    """Files that cannot be used, with every finding at once.

    Attributes:
        diagnostics: all findings, in order of file and line.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


def closest(word: str, candidates: Collection[str]) -> str:
    """Return the candidate that ``word`` was probably meant to be, or an empty string."""
    matches = get_close_matches(word, candidates, n=1, cutoff=0.6)
    return matches[0] if matches else ""

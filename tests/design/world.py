"""A small knowledge base without any finding, and what becomes of it after one edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from engine.case_file import ReadCase, read_case
from engine.design.case_tests import run_cases
from engine.design.checks import check
from engine.design.checks.cases import gaps_in_coverage
from engine.design.claims import SECONDS
from engine.design.compilation import uncompilable
from engine.design.workbench import Finding, Workbench
from engine.diagnostics import Diagnostic, KnowledgeError
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import Document, read_text

HERE = Path(__file__).parent
KNOWLEDGE, CASES = HERE / "kennis", HERE / "casussen"

Edit = tuple[str, str, str]
"""A file, a passage that stands in it once, and what comes in its place.

Without a passage to look for, the text is a new file; with an empty new text the passage goes.
"""


@cache
def _texts(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def edited(edits: Iterable[Edit]) -> dict[str, str]:
    """The files by name, after some edits; cases have names that begin with their folder."""
    texts = {**_texts(KNOWLEDGE)}
    texts |= {f"{CASES.name}/{name}": text for name, text in _texts(CASES).items()}
    for name, old, new in edits:
        if not old:
            texts[name] = new
            continue
        assert texts[name].count(old) == 1, f"{old!r} stands {texts[name].count(old)} times"
        texts[name] = texts[name].replace(old, new)
    return texts


def is_case(name: str) -> bool:
    return name.startswith(f"{CASES.name}/")


def _read(name: str, text: str) -> Document:
    # A byte that is no UTF-8 is written as a lone surrogate.
    return read_text(text.encode("utf-8", "surrogateescape"), name)


def knowledge_after(*edits: Edit) -> Knowledge:
    """Assemble the knowledge after some edits."""
    files = edited(edits).items()
    return assemble([_read(name, text) for name, text in files if not is_case(name)])


def cases_for(knowledge: Knowledge, leave_out: Iterable[str] = ()) -> list[ReadCase]:
    """Read the cases that fit the knowledge, but for some of them."""
    files = edited(()).items()
    documents = [_read(*file) for file in files if is_case(file[0]) and file[0] not in leave_out]
    found = [read_case(document, knowledge) for document in documents]
    return [case for case in found if case is not None]


def refusals(*edits: Edit) -> list[Diagnostic]:
    """Everything but the checks of the workshop: what reading, trying and testing finds."""
    documents = [_read(name, text) for name, text in edited(edits).items() if is_case(name)]
    try:
        knowledge = knowledge_after(*edits)
    except KnowledgeError as error:
        return list(error.diagnostics)
    cases = [read_case(document, knowledge) for document in documents]
    found = [finding for document in documents for finding in document.findings]
    found += uncompilable(knowledge)
    if not found:
        tried = [case for case in cases if case is not None]
        outcome = run_cases(knowledge, tried)
        gaps = gaps_in_coverage(Workbench(knowledge, tried), outcome.coverage)
        found += [*outcome.findings, *(gap.diagnostic for gap in gaps)]
    return sorted(found)


def findings(
    *edits: Edit, leave_out: Iterable[str] = (), seconds: float = SECONDS
) -> list[Finding]:
    """Check the knowledge after some edits."""
    knowledge = knowledge_after(*edits)
    return check(knowledge, cases_for(knowledge, leave_out), seconds)

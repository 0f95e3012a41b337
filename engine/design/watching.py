"""Checks the knowledge again whenever a file was saved, and keeps what a change left alone.

Kept between turns are the files as they were read, the cases, and what the solver found. A turn
finds exactly what a check from scratch would find; a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.case_file import ReadCase, read_case, together
from engine.design.checks import run_checks
from engine.design.compilation import uncompilable_in
from engine.design.touched import answers, otherwise, touched
from engine.design.workbench import Finding, Memory, Workbench
from engine.diagnostics import Diagnostic, KnowledgeError
from engine.library import Knowledge
from engine.loading import assemble
from engine.program import parameters_of
from engine.reader import Document, read_file, yaml_files


@dataclass(frozen=True, slots=True)
class Turn:
    """What was found after some files were saved.

    Attributes:
        changed: the files that are new, gone or have another content.
        findings: everything there is to find now, by place.
        knowledge: what was read; ``None`` where it can't be.
    """

    changed: tuple[str, ...]
    findings: tuple[Finding, ...]
    knowledge: Knowledge | None


class Watch:
    """One folder with knowledge and one with cases, checked again and again."""

    def __init__(self, knowledge_folder: Path, cases_folder: Path) -> None:
        """Take the folders; nothing is read yet."""
        self._knowledge_files = _Files(knowledge_folder, knowledge_folder)
        self._case_files = _Files(cases_folder, cases_folder.parent)
        self._bench: Workbench | None = None
        self._memory: Memory = {}
        self._cases: dict[str, tuple[str, ReadCase]] = {}
        self._tried: dict[str, tuple[Diagnostic, ...]] = {}

    def turn(self) -> Turn:
        """Read what was saved since the last turn, and check everything."""
        first = self._knowledge_files.reread()
        changed = (*first, *self._case_files.reread())
        before = self._bench
        if before is not None and not first:
            knowledge = before.knowledge
        else:
            try:
                knowledge = assemble(list(self._knowledge_files.fresh().values()))
            except KnowledgeError as error:
                return Turn(changed, tuple(map(Finding, error.diagnostics)), None)
        cases, broken = self._read_cases(knowledge, before.knowledge if before else None)
        if before is not None and knowledge is before.knowledge:
            bench = before.with_cases(cases)
        else:
            read = self._knowledge_files.fresh()
            bench = Workbench(knowledge, cases, memory=self._memory, read=read)
            if before is not None:
                self._forget(before, bench)
        self._bench = bench
        found = [*map(Finding, broken), *map(Finding, self._try(knowledge)), *run_checks(bench)]
        return Turn(changed, tuple(sorted(found, key=lambda one: one.diagnostic)), knowledge)

    def _forget(self, before: Workbench, now: Workbench) -> None:
        """Forget what need not be so any more."""
        change = touched(before, now)
        for key, findings in list(self._memory.items()):
            if not change.spares(key[2], found=bool(findings)):
                del self._memory[key]
        for name, found in list(self._tried.items()):
            versions = now.knowledge.protocols.get(name, ())
            rules = [bound.rule.id for version in versions for bound in version.rules]
            if not change.spares(rules, found=bool(found)):
                del self._tried[name]

    def _try(self, knowledge: Knowledge) -> Iterator[Diagnostic]:
        for name in knowledge.protocols:
            if name not in self._tried:
                self._tried[name] = tuple(uncompilable_in(knowledge, name))
            yield from self._tried[name]

    def _read_cases(
        self, knowledge: Knowledge, before: Knowledge | None
    ) -> tuple[list[ReadCase], list[Diagnostic]]:
        """Read the cases that can be otherwise than they were, and keep the others."""
        if before is not None and before is not knowledge:
            self._cases = dict(_unaffected(self._cases, before, knowledge))
        read: list[tuple[Document, ReadCase | None]] = []
        for document in self._case_files.fresh().values():
            digest, case = self._cases.get(document.name, ("", None))
            if digest != document.digest or case is None:
                case = read_case(document, knowledge)
                if case is not None:
                    self._cases[document.name] = (document.digest, case)
            read.append((document, case))
        return together(read)


class _Files:
    """The YAML files of a folder, each read once for as long as it is the same."""

    def __init__(self, folder: Path, base: Path) -> None:
        self._folder = folder
        self._base = base
        self._read: dict[Path, tuple[tuple[int, ...], Document]] = {}

    def reread(self) -> list[str]:
        """Read what was saved; return the names of the files that hold something else now."""
        found: dict[Path, tuple[tuple[int, ...], Document]] = {}
        changed = []
        for path in yaml_files(self._folder):
            name = path.relative_to(self._base).as_posix()
            mark, known = _mark(path), self._read.get(path)
            if known is not None and known[0] == mark and mark:
                found[path] = known
                continue
            document = read_file(path, name)
            found[path] = (mark, document)
            if known is None or known[1].digest != document.digest or not document.digest:
                changed.append(name)
        gone = [path for path in self._read if path not in found]
        self._read = found
        return sorted(changed + [path.relative_to(self._base).as_posix() for path in gone])

    def fresh(self) -> dict[str, Document]:
        """Return the files by name as they were read, before anyone held them to anything."""
        return {
            document.name: replace(document, findings=[*document.findings])
            for _, document in self._read.values()
        }


def _mark(path: Path) -> tuple[int, ...]:
    """Return what differs when a file was saved; nothing when it is just being replaced."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _unaffected(
    cases: Mapping[str, tuple[str, ReadCase]], old: Knowledge, new: Knowledge
) -> Iterator[tuple[str, tuple[str, ReadCase]]]:
    """Yield the cases that the knowledge of now reads as that of before did."""
    if _shared_outline(old) != _shared_outline(new):
        return
    facts = otherwise(answers(old), answers(new))
    protocols = otherwise(_outlines(old), _outlines(new))
    for name, (digest, case) in cases.items():
        if facts.isdisjoint(case.file.facts) and protocols.isdisjoint(case.file.protocols):
            yield name, (digest, case)


def _outlines(knowledge: Knowledge) -> Mapping[str, object]:
    """Return of each protocol when which rules are in force."""
    return {
        name: [
            (one.protocol.valid_from, one.protocol.valid_until, [b.rule.id for b in one.rules])
            for one in versions
        ]
        for name, versions in knowledge.protocols.items()
    }


def _shared_outline(knowledge: Knowledge) -> object:
    """Return what any case can rest on: who there are, and which thresholds are needed and there.

    A case isn't read on a day on which a threshold that a rule needs has no value.
    """
    own = [values for group in knowledge.overrides.values() for values in group.values()]
    shared = [one.values for one in knowledge.parameters.values()]
    rules = [
        (bound.rule.id, bound.rule.exception_to, parameters_of(bound.condition))
        for versions in knowledge.protocols.values()
        for version in versions
        for bound in version.rules
    ]
    return (
        knowledge.authorities,
        {name: list(values) for name, values in knowledge.overrides.items()},
        list(knowledge.parameters),
        [[(one.since, one.until, one.applies_to) for one in values] for values in own + shared],
        set(knowledge.actions),
        set(knowledge.sources),
        set(knowledge.scripts),
        {
            name: set[str]().union(*(parameters_of(part) for _, part in notion.branches))
            for name, notion in knowledge.notions.items()
        },
        [one for one in rules if one[2] or any(_protocol(t) != _protocol(one[0]) for t in one[1])],
    )


def _protocol(rule: str) -> str:
    return rule.partition(".")[0]

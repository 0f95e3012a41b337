"""Cases as YAML: a fictional client, the facts, and what the protocols should say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from engine.case import AnswerError, Case
from engine.diagnostics import Diagnostic, KnowledgeError, closest
from engine.exercises import Exercise
from engine.knowledge import (
    AUTHORITY,
    CaseId,
    Model,
    Name,
    ProtocolId,
    RuleId,
    SourceRef,
    Text,
    Title,
    YesNo,
)
from engine.library import Knowledge, NotCoveredError
from engine.program import scope_of, values_needed
from engine.reader import Document, read_file, yaml_files
from engine.validation import build
from engine.words import Status


class Expectation(Model):
    """The status that each rule of the case should have; ``rest`` for rules not listed."""

    holds: tuple[RuleId, ...] = Field(default=(), alias="geldt")
    provisional: tuple[RuleId, ...] = Field(default=(), alias="voorlopig")
    defeated: tuple[RuleId, ...] = Field(default=(), alias="vervalt")
    open: tuple[RuleId, ...] = Field(default=(), alias="te_bepalen")
    does_not_hold: tuple[RuleId, ...] = Field(default=(), alias="geldt_niet")
    rest: Status | None = Field(
        default=None, alias="overig", description="De status van alle regels die er niet staan."
    )

    def listed(self) -> list[tuple[str, Status, str, int]]:
        """Return rule, status, key in the file and position for every rule that is listed."""
        groups = {
            Status.HOLDS: self.holds,
            Status.PROVISIONAL: self.provisional,
            Status.DEFEATED: self.defeated,
            Status.OPEN: self.open,
            Status.DOES_NOT_HOLD: self.does_not_hold,
        }
        return [
            (rule, status, status.value, index)
            for status, rules in groups.items()
            for index, rule in enumerate(rules)
        ]


class CaseFile(Model):
    """``cases/*/*.yaml``: one fictional client."""

    id: CaseId = Field(alias="casus")
    title: Title = Field(alias="titel")
    story: Text = Field(alias="verhaal", description="Twee of drie zinnen, zonder namen.")
    source: SourceRef | None = Field(default=None, alias="bron")
    reference_date: date = Field(alias="peildatum")
    authority: Name = Field(alias="instantie", description="'uwv' of de naam van een gemeente.")
    protocols: tuple[ProtocolId, ...] = Field(alias="protocollen", min_length=1)
    facts: dict[str, Any] = Field(
        default_factory=dict,
        alias="feiten",
        description="Antwoord per feit; 'onbekend', 'betwist' of {betwist: {partij: antwoord}}.",
    )
    expected: Expectation | None = Field(default=None, alias="verwacht")
    example: YesNo = Field(
        default=False, alias="voorbeeld", description="Ja: staat als voorbeeld in de app."
    )
    exercise: Exercise | None = Field(
        default=None,
        alias="intervisie",
        description="Een uitgewerkte bespreking als oefening.",
    )


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case that was read and fits the knowledge.

    Attributes:
        expected: status by rule, for every rule of the case; empty without expectations.
        lines: where each expectation stands, by rule; 0 for "the rest".
    """

    file: CaseFile
    case: Case
    name: str
    expected: Mapping[str, Status]
    lines: Mapping[str, int]


def read_case(
    document: Document, knowledge: Knowledge, *, expecting: bool = True
) -> ReadCase | None:
    """Make a case of a document; what is wrong becomes findings in the document.

    Args:
        document: the file.
        knowledge: what the facts of the case are held to.
        expecting: whether what the case expects, and its exercise, are read too. They are about
            one version of the knowledge, where the facts can be asked of any.
    """
    file = build(document, CaseFile)
    if file is None:
        return None
    case = Case(file.id, file.reference_date, file.authority, file.protocols)
    for name, raw in file.facts.items():
        try:
            case = case.answer(knowledge, name, raw)
        except AnswerError as error:
            unknown = name not in knowledge.facts or name == AUTHORITY
            code = "naam-onbekend" if unknown else "antwoord-onjuist"
            path = ("feiten", name)
            document.report(path, code, str(error), suggestion=error.suggestion, key=unknown)
    try:
        values_needed(knowledge, file.protocols, file.authority, file.reference_date)
    except NotCoveredError as error:
        document.report(_blamed(file, knowledge), "niet-gedekt", str(error))
        return None
    versions = scope_of(knowledge, file.protocols, file.reference_date).versions
    rules = [bound.rule.id for version in versions for bound in version.rules]
    expected, lines = _expectations(document, file, rules) if expecting else ({}, {})
    if expecting and file.exercise is not None:
        _check_exercise(document, file.exercise, case, knowledge, rules)
    if document.findings:
        return None
    return ReadCase(file, case, document.name, expected, lines)


def _check_exercise(
    document: Document,
    exercise: Exercise,
    case: Case,
    knowledge: Knowledge,
    rules: Sequence[str],
) -> None:
    """Report names that don't exist, and answers that their questions don't allow."""
    names: list[tuple[tuple[str | int, ...], str, Collection[str]]] = [
        (("feiten", index), name, knowledge.facts) for index, name in enumerate(exercise.asked)
    ]
    names += [
        (("stappen", index, "handeling"), step.action, knowledge.actions)
        for index, step in enumerate(exercise.steps)
    ]
    names += [
        (("bronnen", index), source.split("#")[0], knowledge.sources)
        for index, source in enumerate(exercise.sources)
    ]
    names.append((("vorm",), exercise.script, knowledge.scripts))
    names.append((("besluit", "regel"), exercise.decision.rule, rules))
    for index, group in enumerate(exercise.groups):
        if group.ruling.rule is not None:
            names.append((("groepen", index, "uitspraak", "regel"), group.ruling.rule, rules))
    for path, name, known in names:
        if name not in known:
            what = f"Er is hier niets dat {name!r} heet."
            document.report(
                ("intervisie", *path), "naam-onbekend", what, suggestion=closest(name, known)
            )
    for group_index, group in enumerate(exercise.groups):
        for index, answer in enumerate(group.answers):
            place = ("intervisie", "groepen", group_index, "antwoorden", index, "feiten")
            if set(answer.readings) != set(exercise.asked):
                what = "Hier horen de antwoorden op precies de feiten van deze bespreking."
                document.report(place, "antwoord-onjuist", what)
            for name, raw in answer.readings.items():
                try:
                    case.answer(knowledge, name, raw)
                except AnswerError as error:
                    document.report((*place, name), "antwoord-onjuist", str(error))


def _blamed(file: CaseFile, knowledge: Knowledge) -> tuple[str | int, ...]:
    """Point at the key that the knowledge doesn't cover."""
    if file.authority not in knowledge.authorities:
        return ("instantie",)
    for index, name in enumerate(file.protocols):
        if name not in knowledge.protocols:
            return ("protocollen", index)
    return ("peildatum",)


def _expectations(
    document: Document, file: CaseFile, rules: Sequence[str]
) -> tuple[dict[str, Status], dict[str, int]]:
    """Spell out what is expected of every rule; report unknown, double and forgotten rules."""
    if file.expected is None:
        return {}, {}
    expected: dict[str, Status] = {}
    lines: dict[str, int] = {}
    for rule, status, key, index in file.expected.listed():
        path = ("verwacht", key, index)
        if rule not in rules:
            what = f"De regel {rule!r} hoort niet bij de protocollen van deze casus."
            document.report(path, "naam-onbekend", what, suggestion=closest(rule, rules))
        if rule in expected:
            document.report(path, "verwacht-dubbel", f"De regel {rule!r} staat er twee keer.")
        expected[rule] = status
        lines[rule] = document.place(path)[0]
    forgotten = [rule for rule in rules if rule not in expected]
    if file.expected.rest is not None:
        rest = document.place(("verwacht", "overig"))[0]
        return (
            expected | dict.fromkeys(forgotten, file.expected.rest),
            lines | dict.fromkeys(forgotten, rest),
        )
    if forgotten:
        document.report(
            ("verwacht",),
            "verwacht-ontbreekt",
            f"Van deze regels is geen verwachting gegeven: {', '.join(forgotten)}.",
            "Zet ze erbij, of geef 'overig'.",
            key=True,
        )
    return expected, lines


def read_cases(folder: Path, knowledge: Knowledge) -> tuple[list[ReadCase], list[Diagnostic]]:
    """Read every case in a folder and the folders below it.

    Returns:
        The cases that can be used, in order of file name, and all findings.
    """
    documents = [
        read_file(path, path.relative_to(folder.parent).as_posix()) for path in yaml_files(folder)
    ]
    return together((document, read_case(document, knowledge)) for document in documents)


def together(
    read: Iterable[tuple[Document, ReadCase | None]],
) -> tuple[list[ReadCase], list[Diagnostic]]:
    """Put cases together; of two with the same id the second can't be used.

    Returns:
        The cases that can be used, and all findings.
    """
    found: list[ReadCase] = []
    findings: list[Diagnostic] = []
    ids: dict[str, str] = {}
    for document, case in read:
        if case is not None and case.case.id in ids:
            first = ids[case.case.id]
            document.report(("casus",), "id-dubbel", f"{case.case.id!r} staat al in {first}.")
        elif case is not None:
            ids[case.case.id] = document.name
            found.append(case)
        findings.extend(document.findings)
    return found, findings


def read_one(path: Path, knowledge: Knowledge) -> ReadCase:
    """Read a single case.

    Raises:
        KnowledgeError: with all findings of the file.
    """
    document = read_file(path, str(path))
    case = read_case(document, knowledge)
    if case is None:
        raise KnowledgeError(document.findings)
    return case

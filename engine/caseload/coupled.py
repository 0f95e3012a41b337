"""A coupling held against the knowledge: which names exist, and which columns may be used so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from engine.case import UNKNOWN
from engine.caseload.column_names import refusal_as_answer, refusal_as_group
from engine.caseload.columns import FILE, LINE, facts_in
from engine.caseload.values import CellReader, Reading
from engine.conditions import Value
from engine.coupling import CoupledColumn, Coupling
from engine.diagnostics import KnowledgeError, closest
from engine.library import Knowledge
from engine.reader import Document, PathKey, read_file
from engine.validation import build


def read_coupling(path: Path, knowledge: Knowledge) -> Coupling:
    """Read a coupling and check it.

    Raises:
        KnowledgeError: with all findings, each at its line.
    """
    return coupling_of(read_file(path, path.name), knowledge)


def coupling_of(document: Document, knowledge: Knowledge) -> Coupling:
    """Make a coupling of a document that was read.

    Raises:
        KnowledgeError: with all findings, each at its line.
    """
    coupling = build(document, Coupling)
    if coupling is not None:
        _check(document, coupling, knowledge)
    if coupling is None or document.findings:
        raise KnowledgeError(document.findings)
    return coupling


def readers(coupling: Coupling, knowledge: Knowledge) -> dict[str, CellReader]:
    """Return by column how its cells are read; only for columns with answers."""
    return {
        one.column: CellReader(
            knowledge.facts[one.fact], one.values, frozenset(one.unknown), coupling.decimal
        )
        for one in coupling.columns
        if one.fact is not None
    }


def same_for_all(coupling: Coupling, knowledge: Knowledge) -> dict[str, Value]:
    """Return the answers that every client has, by fact."""
    found = {name: _same_for_all(coupling, knowledge, name).value for name in coupling.for_all}
    return {name: value for name, value in found.items() if value is not None}


def _same_for_all(coupling: Coupling, knowledge: Knowledge, name: str) -> Reading:
    return CellReader(knowledge.facts[name]).read(str(coupling.for_all[name]))


def _check(document: Document, coupling: Coupling, knowledge: Knowledge) -> None:
    known = {fact.id for fact in facts_in(knowledge)}
    columns = Counter(one.column for one in coupling.columns)
    uses = Counter(one.fact or one.group for one in coupling.columns if not one.ignored)
    _refuse(document, ("dossier",), refusal_as_answer(coupling.dossier, ()))
    for name in coupling.for_all:
        path: PathKey = ("voor_iedereen", name)
        if name not in known:
            what = f"Er is geen feit dat {name!r} heet."
            document.report(path, "naam-onbekend", what, "", closest(name, known), key=True)
        elif uses[name]:
            what = f"Van {name!r} is er ook een kolom."
            document.report(path, "kolom-dubbel", what, "Kies er een.", key=True)
        elif reason := _same_for_all(coupling, knowledge, name).reason:
            document.report(path, "antwoord-onjuist", reason)
    for index, one in enumerate(coupling.columns):
        path = ("kolommen", index)
        if columns[one.column] > 1:
            what = f"De kolom {one.column!r} staat hier {columns[one.column]} keer."
            document.report((*path, "kolom"), "kolom-dubbel", what, "Laat er een staan.")
        if one.column == coupling.dossier:
            what = f"De kolom {one.column!r} is het kenmerk van het dossier."
            hint = "Dan kan hij niet ook iets anders zijn. Haal hem hier weg."
            document.report((*path, "kolom"), "kolom-dubbel", what, hint)
        if one.ignored:
            continue
        use, key = (one.fact, "feit") if one.fact is not None else (one.group, "groep")
        if uses[use] > 1:
            what = f"{use!r} krijgt hier meer dan één kolom."
            document.report((*path, key), "kolom-dubbel", what, "Kies er een.")
        if one.fact is not None and one.fact not in known:
            what = f"Er is geen feit dat {one.fact!r} heet."
            document.report((*path, key), "naam-onbekend", what, "", closest(one.fact, known))
        elif one.fact is not None:
            _refuse(document, (*path, "kolom"), refusal_as_answer(one.column, known))
            _check_values(document, path, one, knowledge)
        if one.group in known | {FILE, LINE}:
            what = f"{one.group!r} is al de naam van iets anders."
            document.report((*path, key), "kolom-dubbel", what, "Geef de groep een eigen naam.")
        elif one.group is not None:
            _refuse(document, (*path, "kolom"), refusal_as_group(one.column))


def _refuse(document: Document, path: PathKey, why: str) -> None:
    if why:
        document.report(path, "kolom-geweigerd", why, "Laat deze kolom weg, het liefst al eerder.")


def _check_values(
    document: Document, path: PathKey, one: CoupledColumn, knowledge: Knowledge
) -> None:
    """Report answers that the question doesn't allow."""
    reader = CellReader(knowledge.facts[one.fact or ""])
    for cell, answer in one.values.items():
        reading = reader.read(answer)
        if reading.reason or (reading.value is None and answer != UNKNOWN):
            why = reading.reason or "Een leeg antwoord hoort bij 'onbekend'."
            document.report((*path, "waarden", cell), "antwoord-onjuist", why)

"""What all commands share: options, exit codes and how they say that something is wrong."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from engine import paths
from engine.consult import Consultation
from engine.diagnostics import Diagnostic, KnowledgeError, Severity, closest
from engine.library import Knowledge
from engine.loading import load
from engine.report import as_json, as_text
from engine.wording import amount_in_words

FINDINGS = 1
FAILURE = 2

KnowledgeOption = Annotated[
    Path | None,
    typer.Option("--kennis", metavar="MAP", help="Map met kennis (anders LEIDRAAD_KENNIS)."),
]
CasesOption = Annotated[
    Path | None,
    typer.Option("--casussen", metavar="MAP", help="Map met casussen (anders LEIDRAAD_CASUSSEN)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Schrijf JSON, voor een machine.")]


def load_knowledge(folder: Path | None) -> Knowledge:
    """Load the knowledge, or say what is wrong with it and stop."""
    chosen = folder or paths.knowledge_folder()
    need_folder(chosen)
    try:
        return load(chosen)
    except KnowledgeError as error:
        show(error.diagnostics)
        nothing_read = any(finding.code == "kennis-leeg" for finding in error.diagnostics)
        raise typer.Exit(FAILURE if nothing_read else FINDINGS) from error


def cases_folder(folder: Path | None) -> Path:
    """Return the folder with cases, or say that it isn't there and stop."""
    chosen = folder or paths.cases_folder()
    need_folder(chosen)
    return chosen


def need_folder(path: Path) -> None:
    """Say that a folder isn't there, and stop."""
    if not path.is_dir():
        fail(f"{path} is geen map." if path.exists() else f"De map {path} bestaat niet.")


def need_parent(path: Path) -> None:
    """Say that the folder in which something would come isn't there, and stop."""
    if not path.absolute().parent.is_dir():
        fail(f"De map {path.parent} bestaat niet. Maak haar eerst.")


def refuse_present(path: Path, *, overwrite: bool) -> None:
    """Say that a file can't come at this place, or that there is one already, and stop."""
    if path.is_dir():
        fail(f"{path} is een map. Geef de naam van een bestand.")
    if path.exists() and not overwrite:
        fail(f"{path} bestaat al. Kies een andere naam, of gebruik --overschrijven.")
    need_parent(path)


def show(findings: Sequence[Diagnostic]) -> None:
    """List findings, and count them."""
    for finding in sorted(findings):
        typer.echo(str(finding), err=True)
    count(findings)


def count(findings: Sequence[Diagnostic]) -> None:
    """Say how many findings there are, if there are any."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if findings:
        warnings = amount_in_words(len(findings) - errors, "waarschuwing", "waarschuwingen")
        typer.echo(f"{amount_in_words(errors, 'fout', 'fouten')}, {warnings}.", err=True)


def tell(consultation: Consultation, knowledge: Knowledge, *, as_data: bool) -> None:
    """Write everything that a consultation says; an advice that is withheld is a finding."""
    if as_data:
        typer.echo(json.dumps(as_json(consultation, knowledge), ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(consultation, knowledge), nl=False)
    if consultation.withheld:
        raise typer.Exit(FINDINGS)


def fail(message: str) -> NoReturn:
    """Say in one line why Leidraad can't go on, and stop."""
    typer.echo(message, err=True)
    raise typer.Exit(FAILURE)


def unknown(kind: str, name: str, known: Collection[str]) -> NoReturn:
    """Say that there is nothing of that name, which name was probably meant, and stop.

    Args:
        kind: what there is not, with its pronoun: ``handeling die``.
        name: what was typed.
        known: the names that there are.
    """
    meant = closest(name, known)
    hint = f" Bedoelde u {meant!r}?" if meant else ""
    fail(f"Er is geen {kind} {name!r} heet.{hint}")

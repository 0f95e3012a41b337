"""What all commands share: options, exit codes and how they say that something is wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from engine import paths
from engine.diagnostics import Diagnostic, KnowledgeError, Severity, closest
from engine.library import Knowledge
from engine.loading import load
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

"""What ``controleer`` finds about the knowledge: shown, and saved as cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from engine.cli.shared import count, fail
from engine.design.witness import witness_yaml
from engine.design.workbench import Finding
from engine.library import Knowledge
from engine.productions import BoundsError
from engine.reader import os_error_in_words
from engine.wording import amount_in_words
from engine.writing import write_together


def show_findings(findings: Sequence[Finding], knowledge: Knowledge) -> None:
    """List findings by place, each with the client who shows it, and count them."""
    for finding in sorted(findings, key=lambda one: one.diagnostic):
        typer.echo(finding.told(knowledge), err=True)
    count([finding.diagnostic for finding in findings])


def save_witnesses(findings: Sequence[Finding], knowledge: Knowledge, folder: Path) -> None:
    """Write a case for every client who shows a finding; a case that is there already stays."""
    files: dict[Path, bytes] = {}
    for finding in findings:
        if finding.witness is None:
            continue
        try:
            name, text = witness_yaml(finding.witness, knowledge, finding.diagnostic)
        except BoundsError:
            continue  # Nobody can be advised by that protocol, which is a finding of its own.
        path = folder / f"{name}.yaml"
        if not path.exists():
            files[path] = text.encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_together(files)
    except OSError as error:
        fail(f"De getuigen kunnen niet worden opgeslagen: {os_error_in_words(error)} ({folder}).")
    many = amount_in_words(len(files), "getuige", "getuigen")
    typer.echo(f"{many} opgeslagen als casus in {folder}.")

"""The command for method designers: what groups propose about rules, to read and as tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.log import opened_record
from engine.cli.shared import FINDINGS, KnowledgeOption, fail, load_knowledge
from engine.course import agreed_in_words, verdict_in_words
from engine.decisions import RuleProposal, rule_proposals
from engine.intervisie import rule_test
from engine.library import Knowledge, NotCoveredError
from engine.note.content import lines_of
from engine.productions import BoundsError
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.wording import date_in_words


def voorstellen(
    naar: Annotated[
        Path | None,
        typer.Option("--naar", metavar="MAP", help="Zet elk voorstel als casus in deze map."),
    ] = None,
    kennis: KnowledgeOption = None,
) -> None:
    """Toon wat groepen bij intervisie over regels voorstellen, of bewaar het als toets."""
    knowledge = load_knowledge(kennis)
    with opened_record() as record:
        found = rule_proposals(record.meetings, knowledge)
    if not found:
        typer.echo("Er zijn nog geen voorstellen.")
        return
    if naar is None:
        for proposal in found:
            typer.echo(_told(proposal, knowledge))
        return
    try:
        naar.mkdir(parents=True, exist_ok=True)
        made = [_keep(proposal, knowledge, naar) for proposal in found]
    except OSError as error:
        fail(f"De voorstellen kunnen niet worden opgeslagen: {os_error_in_words(error)} ({naar}).")
    if not all(made):
        raise typer.Exit(FINDINGS)


def _told(proposal: RuleProposal, knowledge: Knowledge) -> str:
    """Write one proposal as text, without what can command a screen."""
    day = date_in_words(proposal.verdict.at.astimezone(LOCAL).date())
    lines = [f"{proposal.rule} ({day})"]
    for name, text in verdict_in_words(proposal.verdict, knowledge) + agreed_in_words(
        proposal.agreed
    ):
        first, *rest = lines_of(text)
        lines += [f"  {name}: {first}", *(f"    {line}" for line in rest)]
    return "\n".join(lines)


def _keep(proposal: RuleProposal, knowledge: Knowledge, folder: Path) -> bool:
    """Write the test of one proposal, unless it is there; say whether one could be made.

    Raises:
        OSError: it can't be written.
    """
    try:
        test = rule_test(proposal, knowledge)
    except (NotCoveredError, BoundsError) as error:
        typer.echo(f"Geen toets te maken van {proposal.rule}: {error}", err=True)
        return False
    path = folder / test.name
    try:
        # A designer may have changed it since.
        with path.open("x", encoding="utf-8") as file:
            file.write(test.text)
        typer.echo(f"gemaakt: {path}")
    except FileExistsError:
        typer.echo(f"stond er al: {path}")
    if test.now is None:
        typer.echo(f"  {proposal.rule} hoort niet meer bij deze casus; zij toetst het niet.")
    return True

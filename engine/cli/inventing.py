"""The command that makes up a caseload, to try a review with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.case_file import read_cases
from engine.cli.screening import DayOption, chosen_day
from engine.cli.shared import (
    CasesOption,
    KnowledgeOption,
    cases_folder,
    fail,
    load_knowledge,
    refuse_present,
)
from engine.library import NotCoveredError
from engine.reader import os_error_in_words
from engine.wording import amount_in_words, enumerate_dutch
from engine.words import AuthorityKind

DEFAULT_SIZE = 1_000
MOST = 10_000_000
ENDINGS = (".csv", ".parquet")


def verzin(
    bestand: Annotated[
        Path, typer.Argument(metavar="BESTAND", help="Waar het komt; .csv of .parquet.")
    ],
    aantal: Annotated[
        int, typer.Option("--aantal", metavar="N", min=0, max=MOST, help="Hoeveel cliënten.")
    ] = DEFAULT_SIZE,
    instantie: Annotated[
        str,
        typer.Option("--instantie", metavar="NAAM", help="'uwv' of de naam van een gemeente."),
    ] = "uwv",
    peildatum: DayOption = None,
    begingetal: Annotated[
        int,
        typer.Option(
            "--begingetal", metavar="N", min=0, help="Hetzelfde getal geeft dezelfde cliënten."
        ),
    ] = 1,
    overschrijven: Annotated[
        bool, typer.Option("--overschrijven", help="Vervang een bestand dat er al staat.")
    ] = False,
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
) -> None:
    """Verzin een bestand met cliënten, om mee te oefenen."""
    # Only here: what works with tables takes longer to load than most commands take.
    from engine.caseload.generate import caseload_schema, generate, write_generated
    from engine.caseload.shares import read_shares

    if bestand.suffix.lower() not in ENDINGS:
        fail(f"{bestand.name}: kies een naam op {enumerate_dutch(ENDINGS, 'of')}.")
    refuse_present(bestand, overwrite=overschrijven)
    knowledge = load_knowledge(kennis)
    try:
        kind = knowledge.authority(instantie).kind
    except NotCoveredError as error:
        fail(str(error))
    cases = [
        read.case
        for read in read_cases(cases_folder(casussen), knowledge)[0]
        if knowledge.authority(read.case.authority).kind is kind
    ]
    shares = read_shares("wga" if kind is AuthorityKind.UWV else "bijstand")
    try:
        tables = generate(
            knowledge, cases, aantal, seed=begingetal, on=chosen_day(peildatum), shares=shares
        )
        rows = write_generated(bestand, tables, caseload_schema(knowledge))
    except ValueError as error:
        fail(str(error))
    except OSError as error:
        fail(f"Het bestand kan niet worden opgeslagen: {os_error_in_words(error)} ({bestand}).")
    who = amount_in_words(rows, "verzonnen cliënt", "verzonnen cliënten")
    typer.echo(f"gemaakt: {bestand}, met {who}")

"""The command that reviews a whole caseload.

What works with tables is loaded only when it runs: that takes longer than most commands take.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.shared import JsonOption, KnowledgeOption, load_knowledge
from engine.prose import LOCAL


class TableForm(StrEnum):
    """In what format tables are written; the ending of the file is the same word."""

    PARQUET = "parquet"
    CSV = "csv"
    EXCEL = "xlsx"


DayOption = Annotated[
    datetime | None,
    typer.Option(
        "--peildatum",
        metavar="JJJJ-MM-DD",
        formats=["%Y-%m-%d"],
        help="De dag waarvan de regels gelden; anders vandaag.",
    ),
]


def doorlicht(
    bestand: Annotated[
        str,
        typer.Argument(
            metavar="BESTAND", help="CSV, Excel, Parquet, of een tabel in een database."
        ),
    ],
    instantie: Annotated[
        str | None,
        typer.Option("--instantie", metavar="NAAM", help="'uwv' of de naam van een gemeente."),
    ] = None,
    protocol: Annotated[
        list[str] | None,
        typer.Option(
            "--protocol",
            metavar="PROTOCOL",
            help="Kijk alleen naar dit protocol; mag vaker. Anders naar alle.",
        ),
    ] = None,
    peildatum: DayOption = None,
    koppeling: Annotated[
        Path | None,
        typer.Option("--koppeling", metavar="BESTAND.yaml", help="Welke kolom welk feit is."),
    ] = None,
    voorstel: Annotated[
        Path | None,
        typer.Option(
            "--koppeling-voorstel",
            metavar="BESTAND.yaml",
            help="Schrijf een voorstel voor de koppeling, en stop.",
        ),
    ] = None,
    blad: Annotated[
        str | None, typer.Option("--blad", metavar="BLAD", help="Het blad van een Excelbestand.")
    ] = None,
    tabel: Annotated[
        str | None, typer.Option("--tabel", metavar="TABEL", help="De tabel van een database.")
    ] = None,
    alleen_lezen: Annotated[
        bool, typer.Option("--alleen-lezen", help="Toon het leesverslag, en stop.")
    ] = False,
    client: Annotated[
        str | None,
        typer.Option("--client", metavar="KENMERK", help="Toon alleen het advies bij één cliënt."),
    ] = None,
    uit: Annotated[
        Path | None,
        typer.Option("--uit", metavar="MAP", help="Schrijf de tabellen en het overzicht hier."),
    ] = None,
    vorm: Annotated[
        TableForm, typer.Option("--vorm", help="Het soort bestand van de tabellen.")
    ] = TableForm.CSV,
    overschrijven: Annotated[
        bool, typer.Option("--overschrijven", help="Vervang wat er van een vorige keer staat.")
    ] = False,
    bewaar: Annotated[
        list[str] | None,
        typer.Option(
            "--bewaar",
            metavar="GROEP",
            help="Neem deze groep mee in de tabellen, ook al gaat hij over een beschermde grond.",
        ),
    ] = None,
    zonder_redenen: Annotated[
        bool,
        typer.Option(
            "--zonder-redenen", help="Sneller: alleen de status, niet waarom of wat ontbreekt."
        ),
    ] = False,
    kennis: KnowledgeOption = None,
    als_json: JsonOption = False,
) -> None:
    """Zeg bij een heel bestand wie u kunt bekijken, en waarom."""
    from engine.cli import screening_steps as steps

    wanted = steps.Wanted(
        source=bestand,
        sheet=blad,
        table=tabel,
        coupling=koppeling,
        authority=instantie,
        protocols=tuple(protocol or ()),
        day=chosen_day(peildatum),
        out=uit,
        ending=f".{vorm}",
        overwrite=overschrijven,
        keep=tuple(bewaar or ()),
        reasons=not zonder_redenen,
        as_data=als_json,
    )
    knowledge = load_knowledge(kennis)
    with steps.explained(voorstel or uit):
        if voorstel is not None:
            steps.propose(wanted, knowledge, voorstel)
        elif alleen_lezen:
            steps.only_read(wanted, knowledge)
        elif client is not None:
            steps.one_client(wanted, knowledge, client)
        else:
            steps.review_all(wanted, knowledge)


def chosen_day(chosen: datetime | None) -> date:
    """Return the reference date: the one that was chosen, or today."""
    return (chosen or datetime.now(LOCAL)).date()

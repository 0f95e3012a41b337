"""The command that compares two versions of the knowledge."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from engine import paths
from engine.cli.log import opened_record
from engine.cli.shared import (
    FAILURE,
    FINDINGS,
    CasesOption,
    JsonOption,
    KnowledgeOption,
    cases_folder,
    fail,
    load_knowledge,
    show,
)
from engine.consequences import Stage, Version, as_json, document, work_out
from engine.decisions import Event
from engine.design.versions import NoVersionError, read_version
from engine.diagnostics import KnowledgeError
from engine.note import to_markdown
from engine.note.html import to_html
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.wording import amount_in_words, digits

_STEP = 1000
"""Situations in the record between two lines that say how far it is."""


def vergelijk(
    oud: Annotated[
        str,
        typer.Argument(metavar="OUD", help="De versie van nu: een map, of een versie uit git."),
    ],
    nieuw: Annotated[
        str | None,
        typer.Argument(metavar="NIEUW", help="De versie die kan komen; anders de map met kennis."),
    ] = None,
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
    op_datum: Annotated[
        bool,
        typer.Option(
            "--op-datum", help="Vergelijk wat op de dag van elke casus geldt, niet het nieuwste."
        ),
    ] = False,
    dossier: Annotated[
        bool, typer.Option("--dossier", help="Bekijk ook de besluiten in het dossier opnieuw.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="BESTAND", help="Schrijf het verslag als webpagina."),
    ] = None,
    als_json: JsonOption = False,
) -> None:
    """Zeg wat een nieuwe versie van de kennis verandert, en voor welke cliënten."""
    folder = kennis or paths.knowledge_folder()
    old = _version("oude", oud, folder)
    new = (
        Version(str(folder), load_knowledge(kennis))
        if nieuw is None
        else _version("nieuwe", nieuw, folder)
    )
    now = datetime.now(LOCAL)
    found = work_out(
        old,
        new,
        cases_folder(casussen),
        now.date(),
        on_the_day=op_datum,
        events=_events() if dossier else None,
        progress=_progress,
    )
    report = document(found, now)
    if html is not None:
        try:
            html.write_text(to_html(report), encoding="utf-8")
        except OSError as error:
            fail(f"Het verslag kan niet worden opgeslagen: {os_error_in_words(error)} ({html}).")
        typer.echo(f"gemaakt: {html}", err=True)
    if als_json:
        typer.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    elif html is None:
        typer.echo(to_markdown(report), nl=False)


def _version(which: str, where: str, folder: Path) -> Version:
    """Read a version, or say what is wrong with it and stop."""
    try:
        return Version(where, read_version(where, folder))
    except NoVersionError as error:
        fail(str(error))
    except KnowledgeError as error:
        typer.echo(f"De {which} versie ({where}) kan niet worden gelezen:", err=True)
        show(error.diagnostics)
        nothing_read = any(finding.code == "kennis-leeg" for finding in error.diagnostics)
        raise typer.Exit(FAILURE if nothing_read else FINDINGS) from error


def _events() -> tuple[Event, ...]:
    with opened_record() as record:
        return record.everything()


def _progress(stage: Stage, done: int, total: int) -> None:
    """Say on the error output how far it is, where that takes long."""
    if stage is Stage.DECISIONS and done % _STEP == 0 and done < total:
        looked = amount_in_words(done, "situatie", "situaties")
        everything = digits(total)
        typer.echo(f"{looked} uit het dossier bekeken, van {everything}.", err=True)

"""The command line: consult a case, check the knowledge, run the cases.

Exit codes: 0 all is well; 1 findings; 2 wrong use, or Leidraad itself failed. Nothing checked is
not "all is well": an empty folder gives 2.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from engine import VERSION, paths, why_not_text
from engine.case_file import read_cases, read_one
from engine.consult import Consultation, consult
from engine.decisions import Record, RecordError
from engine.design.case_tests import Coverage, run_cases
from engine.design.compilation import uncompilable
from engine.diagnostics import Diagnostic, KnowledgeError, Severity, closest
from engine.dutch_typer import DutchCommand, DutchGroup, run
from engine.examples import fill_examples
from engine.library import Knowledge, NotCoveredError
from engine.loading import load
from engine.note import NoteForm, NoteKind, gather, render, write
from engine.productions import BoundsError
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.report import as_json, as_text
from engine.schema import write_schemas
from engine.why_not import why_not
from engine.wording import amount_in_words

FINDINGS = 1
FAILURE = 2

app = typer.Typer(
    name="leidraad",
    cls=DutchGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    epilog="Afsluitcodes: 0 in orde, 1 bevindingen, 2 verkeerd gebruik of een fout in Leidraad.",
)

KnowledgeOption = Annotated[
    Path | None,
    typer.Option("--kennis", metavar="MAP", help="Map met kennis (anders LEIDRAAD_KENNIS)."),
]
CasesOption = Annotated[
    Path | None,
    typer.Option("--casussen", metavar="MAP", help="Map met casussen (anders LEIDRAAD_CASUSSEN)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Schrijf JSON, voor een machine.")]


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--versie", help="Toon de versie en stop.")] = False,
) -> None:
    """Leidraad: pas toe of leg uit bij re-integratie."""
    if version:
        typer.echo(f"leidraad {VERSION}")
        raise typer.Exit


@app.command(
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad raadpleeg cases/scholing/02-wga-eerste-gesprek.yaml",
)
def raadpleeg(
    casus: Annotated[Path, typer.Argument(metavar="CASUS.yaml", help="De casus, als YAML.")],
    kennis: KnowledgeOption = None,
    als_json: JsonOption = False,
    waarom_niet: Annotated[
        str | None,
        typer.Option(
            "--waarom-niet",
            metavar="HANDELING",
            help="Zeg alleen waarom deze handeling niet wordt geadviseerd.",
        ),
    ] = None,
) -> None:
    """Geef advies bij een casus, met de redenen en wat er nog ontbreekt."""
    if not casus.is_file():
        _fail(f"{casus} is een map, geen casus." if casus.is_dir() else f"{casus} bestaat niet.")
    knowledge = _knowledge(kennis)
    try:
        consultation = consult(knowledge, read_one(casus, knowledge).case)
    except KnowledgeError as error:
        _show(error.diagnostics)
        raise typer.Exit(FINDINGS) from error
    except BoundsError as error:
        _fail(str(error))
    if waarom_niet is not None:
        _tell_why_not(consultation, knowledge, waarom_niet, as_data=als_json)
    elif als_json:
        typer.echo(json.dumps(as_json(consultation, knowledge), ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(consultation, knowledge), nl=False)
    if consultation.withheld:
        raise typer.Exit(FINDINGS)


def _tell_why_not(
    consultation: Consultation, knowledge: Knowledge, action: str, *, as_data: bool
) -> None:
    """Write why a step is not advised, or say that there is no such step and stop."""
    if action not in knowledge.actions:
        meant = closest(action, knowledge.actions)
        hint = f" Bedoelde u {meant!r}?" if meant else ""
        _fail(f"Er is geen handeling die {action!r} heet.{hint}")
    answer = why_not(consultation, knowledge, action)
    if as_data:
        told = why_not_text.as_json(answer, consultation)
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(why_not_text.as_text(answer, consultation), nl=False)


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad controleer --kennis knowledge")
def controleer(kennis: KnowledgeOption = None, casussen: CasesOption = None) -> None:
    """Lees en controleer alle kennis en alle casussen; meld alles wat niet klopt."""
    knowledge = _knowledge(kennis)
    folder = _cases(casussen)
    cases, findings = read_cases(folder, knowledge)
    findings += uncompilable(knowledge)
    _show(findings)
    if findings:
        raise typer.Exit(FINDINGS)
    if not cases:
        _fail(f"In {folder} staan geen casussen; die zijn niet gecontroleerd.")
    rules = sum(
        len(version.rules) for versions in knowledge.protocols.values() for version in versions
    )
    typer.echo(
        f"{amount_in_words(len(knowledge.files), 'bestand', 'bestanden')} gelezen: "
        f"{amount_in_words(len(knowledge.protocols), 'protocol', 'protocollen')}, "
        f"{amount_in_words(rules, 'regel', 'regels')}, "
        f"{amount_in_words(len(knowledge.facts), 'feit', 'feiten')}, "
        f"{amount_in_words(len(knowledge.notions), 'begrip', 'begrippen')}, "
        f"{amount_in_words(len(knowledge.parameters), 'parameter', 'parameters')} en "
        f"{amount_in_words(len(cases), 'casus', 'casussen')}. Alles is in orde."
    )


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad toets --dekking")
def toets(
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
    dekking: Annotated[
        bool, typer.Option("--dekking", help="Toon per regel hoe vaak casussen hem raken.")
    ] = False,
) -> None:
    """Raadpleeg alle casussen en vergelijk elk advies met wat de casus verwacht."""
    knowledge = _knowledge(kennis)
    folder = _cases(casussen)
    cases, findings = read_cases(folder, knowledge)
    findings += uncompilable(knowledge)
    if findings:
        _show(findings)
        raise typer.Exit(FINDINGS)
    outcome = run_cases(knowledge, cases)
    if not outcome.expectations:
        _fail(f"In {folder} staat geen casus met een verwachting; er is niets getoetst.")
    _show(outcome.findings)
    if dekking:
        _show_coverage(outcome.coverage)
    complete = sum(item.complete for item in outcome.coverage)
    typer.echo(
        f"{amount_in_words(outcome.cases, 'casus', 'casussen')}, "
        f"{amount_in_words(outcome.expectations, 'verwachting', 'verwachtingen')}, "
        f"{amount_in_words(len(outcome.findings), 'bevinding', 'bevindingen')}. Dekking: "
        f"{complete} van {len(outcome.coverage)} regels waar, onwaar en onbekend."
    )
    if outcome.findings:
        raise typer.Exit(FINDINGS)


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad voorbeelden")
def voorbeelden(kennis: KnowledgeOption = None, casussen: CasesOption = None) -> None:
    """Zet de verzonnen voorbeeldcasussen in het dossier, als ze er nog niet staan."""
    knowledge = _knowledge(kennis)
    try:
        with Record.open() as record:
            added = fill_examples(record, knowledge, _cases(casussen))
    except RecordError as error:
        _fail(str(error))
    added_cases = amount_in_words(added, "voorbeeldcasus", "voorbeeldcasussen")
    typer.echo(f"{added_cases} toegevoegd.")


@app.command(
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad verslag c-7kq2m9xw4d --soort client --vorm pdf --naar brief.pdf",
)
def verslag(
    kenmerk: Annotated[str, typer.Argument(metavar="KENMERK", help="De casus in het dossier.")],
    naar: Annotated[
        Path, typer.Option("--naar", metavar="BESTAND", help="Waar het komt te staan.")
    ],
    soort: Annotated[
        NoteKind, typer.Option("--soort", help="Voor uw dossier, of voor de cliënt.")
    ] = NoteKind.FILE,
    vorm: Annotated[NoteForm, typer.Option("--vorm", help="Het soort bestand.")] = NoteForm.WORD,
    kennis: KnowledgeOption = None,
) -> None:
    """Schrijf het verslag van een casus uit het dossier, met besluiten, redenen en zegel."""
    knowledge = _knowledge(kennis)
    try:
        with Record.open() as record:
            material = gather(record, knowledge, kenmerk, datetime.now(LOCAL))
        naar.write_bytes(render(vorm, write(soort, material)))
    except (RecordError, NotCoveredError, BoundsError) as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"Het verslag kan niet worden opgeslagen: {os_error_in_words(error)} ({naar}).")
    typer.echo(f"gemaakt: {naar}")


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad schema")
def schema(kennis: KnowledgeOption = None) -> None:
    """Maak de JSON-schema's opnieuw die een editor helpen bij het typen."""
    folder = kennis or paths.knowledge_folder()
    try:
        changed = write_schemas(_knowledge(kennis), folder / "schema")
    except OSError as error:
        why = os_error_in_words(error)
        _fail(f"De schema's kunnen niet worden opgeslagen: {why} ({error.filename}).")
    for path in changed:
        typer.echo(f"vernieuwd: {path}")
    if not changed:
        typer.echo("De schema's waren al bij.")


def _knowledge(folder: Path | None) -> Knowledge:
    """Load the knowledge, or say what is wrong with it and stop."""
    chosen = folder or paths.knowledge_folder()
    _need_folder(chosen)
    try:
        return load(chosen)
    except KnowledgeError as error:
        _show(error.diagnostics)
        nothing_read = any(finding.code == "kennis-leeg" for finding in error.diagnostics)
        raise typer.Exit(FAILURE if nothing_read else FINDINGS) from error


def _cases(folder: Path | None) -> Path:
    """Return the folder with cases, or say that it isn't there and stop."""
    chosen = folder or paths.cases_folder()
    _need_folder(chosen)
    return chosen


def _need_folder(path: Path) -> None:
    if not path.is_dir():
        _fail(f"{path} is geen map." if path.exists() else f"De map {path} bestaat niet.")


def _show(findings: Sequence[Diagnostic]) -> None:
    for finding in sorted(findings):
        typer.echo(str(finding), err=True)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if findings:
        warnings = amount_in_words(len(findings) - errors, "waarschuwing", "waarschuwingen")
        typer.echo(f"{amount_in_words(errors, 'fout', 'fouten')}, {warnings}.", err=True)


def _show_coverage(coverage: Sequence[Coverage]) -> None:
    width = max((len(item.rule) for item in coverage), default=0)
    typer.echo(f"{'regel':{width}}  waar  onwaar  onbekend")
    for item in coverage:
        typer.echo(f"{item.rule:{width}}  {item.holds:4}  {item.fails:6}  {item.open:8}")


def _fail(message: str) -> NoReturn:
    """Say in one line why Leidraad can't go on, and stop."""
    typer.echo(message, err=True)
    raise typer.Exit(FAILURE)


def main() -> None:
    """Run the command line; the entry point of ``leidraad``."""
    sys.exit(run(app))

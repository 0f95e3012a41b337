"""The command line: consult a case, check the knowledge, run the cases.

Exit codes: 0 all is well; 1 findings; 2 wrong use, or Leidraad itself failed. Nothing checked is
not "all is well": an empty folder gives 2.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from engine import VERSION, paths, why_not_text
from engine.case_file import read_cases, read_one
from engine.cli.checking import save_witnesses, show_findings
from engine.cli.comparing import vergelijk
from engine.cli.coverage import chosen, show_coverage
from engine.cli.exchange import log
from engine.cli.explaining import uitleg
from engine.cli.inventing import verzin
from engine.cli.log import ACTOR
from engine.cli.new import new
from engine.cli.people import people
from engine.cli.proposals import voorstellen
from engine.cli.screening import doorlicht
from engine.cli.shared import (
    FINDINGS,
    CasesOption,
    JsonOption,
    KnowledgeOption,
    cases_folder,
    fail,
    load_knowledge,
    show,
    tell,
    unknown,
)
from engine.cli.watching import watch
from engine.consult import Consultation, consult
from engine.decisions import DecisionError, Record, RecordError
from engine.design.case_tests import run_cases
from engine.design.checks import check
from engine.design.checks.cases import gaps_in_coverage
from engine.design.compilation import uncompilable
from engine.design.workbench import Finding, Workbench
from engine.diagnostics import KnowledgeError, Severity
from engine.dutch_typer import DutchCommand, DutchGroup, run
from engine.examples import fill_examples
from engine.library import Knowledge, NotCoveredError
from engine.note import NoteForm, NoteKind, gather, render, take_along, write
from engine.productions import BoundsError
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.schema import write_schemas
from engine.why_not import why_not
from engine.wording import amount_in_words

app = typer.Typer(
    name="leidraad",
    cls=DutchGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    epilog="Afsluitcodes: 0 in orde, 1 bevindingen, 2 verkeerd gebruik of een fout in Leidraad.",
)

app.add_typer(people)
app.add_typer(log, name="logboek")
app.add_typer(new, name="nieuw")

WitnessesOption = Annotated[
    Path | None,
    typer.Option(
        "--getuigen",
        metavar="MAP",
        help="Bewaar de verzonnen cliënten bij de meldingen hier als casus.",
    ),
]


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
        fail(f"{casus} is een map, geen casus." if casus.is_dir() else f"{casus} bestaat niet.")
    knowledge = load_knowledge(kennis)
    try:
        consultation = consult(knowledge, read_one(casus, knowledge).case)
    except KnowledgeError as error:
        show(error.diagnostics)
        raise typer.Exit(FINDINGS) from error
    except BoundsError as error:
        fail(str(error))
    if waarom_niet is None:
        tell(consultation, knowledge, as_data=als_json)
        return
    _tell_why_not(consultation, knowledge, waarom_niet, as_data=als_json)
    if consultation.withheld:
        raise typer.Exit(FINDINGS)


def _tell_why_not(
    consultation: Consultation, knowledge: Knowledge, action: str, *, as_data: bool
) -> None:
    """Write why a step is not advised, or say that there is no such step and stop."""
    if action not in knowledge.actions:
        unknown("handeling die", action, knowledge.actions)
    answer = why_not(consultation, knowledge, action)
    if as_data:
        told = why_not_text.as_json(answer, consultation)
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(why_not_text.as_text(answer, consultation), nl=False)


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad controleer --kennis knowledge")
def controleer(
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
    getuigen: WitnessesOption = None,
) -> None:
    """Lees en controleer alle kennis en alle casussen; meld alles wat niet klopt."""
    knowledge = load_knowledge(kennis)
    folder = cases_folder(casussen)
    cases, broken = read_cases(folder, knowledge)
    broken += uncompilable(knowledge)
    findings = [*map(Finding, broken), *check(knowledge, cases)]
    show_findings(findings, knowledge)
    if getuigen is not None:
        save_witnesses(findings, knowledge, getuigen)
    if any(finding.diagnostic.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(FINDINGS)
    if not cases:
        fail(f"In {folder} staan geen casussen; die zijn niet gecontroleerd.")
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
        f"{amount_in_words(len(cases), 'casus', 'casussen')}. "
        f"{'Er zijn geen fouten.' if findings else 'Alles is in orde.'}"
    )


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad toets --dekking")
def toets(
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
    dekking: Annotated[
        bool,
        typer.Option("--dekking", help="Toon per regel en deel wat casussen ervan raken."),
    ] = False,
    protocol: Annotated[
        str | None,
        typer.Option(
            "--protocol", metavar="PROTOCOL", help="Met --dekking: alle delen van dit protocol."
        ),
    ] = None,
    regel: Annotated[
        str | None,
        typer.Option(
            "--regel",
            metavar="ID",
            help="Met --dekking: alle delen van deze regel of dit begrip, met de casussen.",
        ),
    ] = None,
    getuigen: WitnessesOption = None,
) -> None:
    """Raadpleeg alle casussen en vergelijk elk advies met wat de casus verwacht."""
    if (protocol or regel) and not dekking:
        fail("Geef --protocol en --regel samen met --dekking.")
    knowledge = load_knowledge(kennis)
    about = chosen(knowledge, protocol, regel) if dekking else ()
    folder = cases_folder(casussen)
    cases, findings = read_cases(folder, knowledge)
    findings += uncompilable(knowledge)
    if findings:
        show(findings)
        raise typer.Exit(FINDINGS)
    outcome = run_cases(knowledge, cases)
    if not outcome.expectations:
        fail(f"In {folder} staat geen casus met een verwachting; er is niets getoetst.")
    bench = Workbench(knowledge, cases)
    found = [*map(Finding, outcome.findings), *gaps_in_coverage(bench, outcome.coverage)]
    if dekking:
        in_full = bool(protocol or regel)
        found += show_coverage(bench, about, in_full=in_full, with_cases=bool(regel))
    show_findings(found, knowledge)
    if getuigen is not None:
        save_witnesses(found, knowledge, getuigen)
    complete = sum(item.complete for item in outcome.coverage)
    typer.echo(
        f"{amount_in_words(outcome.cases, 'casus', 'casussen')}, "
        f"{amount_in_words(outcome.expectations, 'verwachting', 'verwachtingen')}, "
        f"{amount_in_words(len(found), 'bevinding', 'bevindingen')}. Dekking: "
        f"{complete} van {len(outcome.coverage)} regels waar, onwaar en onbekend."
    )
    if found:
        raise typer.Exit(FINDINGS)


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad voorbeelden")
def voorbeelden(kennis: KnowledgeOption = None, casussen: CasesOption = None) -> None:
    """Zet de verzonnen voorbeeldcasussen in het dossier, als ze er nog niet staan."""
    knowledge = load_knowledge(kennis)
    try:
        with Record.open() as record:
            added = fill_examples(record, knowledge, cases_folder(casussen))
    except RecordError as error:
        fail(str(error))
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
    knowledge = load_knowledge(kennis)
    try:
        with Record.open() as record:
            material = gather(record, knowledge, kenmerk, datetime.now(LOCAL))
            material = take_along(record, soort, material, ACTOR)
        naar.write_bytes(render(vorm, write(soort, material)))
    except (RecordError, DecisionError, NotCoveredError, BoundsError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"Het verslag kan niet worden opgeslagen: {os_error_in_words(error)} ({naar}).")
    typer.echo(f"gemaakt: {naar}")


app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad vergelijk main --html verschil.html")(
    vergelijk
)
app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad voorstellen --naar cases/voorstellen")(
    voorstellen
)


app.command(
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad doorlicht export.csv --instantie uwv --uit doorgelicht",
)(doorlicht)
app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad verzin oefenen.csv --aantal 25000")(
    verzin
)


app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad watch --kennis knowledge")(watch)


app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad uitleg deel-zonder-effect")(uitleg)


@app.command(cls=DutchCommand, epilog="Voorbeeld: leidraad schema")
def schema(kennis: KnowledgeOption = None) -> None:
    """Maak de JSON-schema's opnieuw die een editor helpen bij het typen."""
    folder = kennis or paths.knowledge_folder()
    try:
        changed = write_schemas(load_knowledge(kennis), folder / "schema")
    except OSError as error:
        why = os_error_in_words(error)
        fail(f"De schema's kunnen niet worden opgeslagen: {why} ({error.filename}).")
    for path in changed:
        typer.echo(f"vernieuwd: {path}")
    if not changed:
        typer.echo("De schema's waren al bij.")


def main() -> None:
    """Run the command line; the entry point of ``leidraad``."""
    sys.exit(run(app))

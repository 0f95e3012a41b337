"""The commands that write a correct start: a question, a rule, a protocol, a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from dateutil.relativedelta import relativedelta

from engine import paths
from engine.case import Case
from engine.cli.shared import (
    FINDINGS,
    CasesOption,
    KnowledgeOption,
    fail,
    load_knowledge,
    show,
    unknown,
)
from engine.design.scaffold import (
    NewFile,
    NewRule,
    ScaffoldError,
    added_rule,
    advised,
    cases_of,
    new_case,
    new_fact,
    new_protocol,
    new_version,
    with_file,
)
from engine.diagnostics import KnowledgeError
from engine.dutch_typer import DutchCommand, DutchGroup
from engine.library import Knowledge, NotCoveredError
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.words import Direction, FactKind
from engine.writing import write_together

new = typer.Typer(
    cls=DutchGroup,
    no_args_is_help=True,
    help="Begin een nieuw feit, een regel, een protocol of een casus.",
    epilog="Voorbeeld: leidraad nieuw feit taal_voldoende",
)

RuleArgument = Annotated[
    str, typer.Argument(metavar="PROTOCOL.REGEL", help="De id van de regel, met een punt erin.")
]
WhenOption = Annotated[
    str,
    typer.Option(
        "--als",
        metavar="VOORWAARDE",
        help="Een feit of begrip dat ja is, of een voorwaarde zoals 'duur: {meer_dan: 12}'.",
    ),
]
ActionOption = Annotated[
    str, typer.Option("--handeling", metavar="HANDELING", help="De id van de handeling.")
]
DirectionOption = Annotated[
    Direction, typer.Option("--richting", help="Raad de handeling aan of af.")
]
SourceOption = Annotated[
    str, typer.Option("--bron", metavar="BRON", help="De bron en de plaats, zoals 'pw#7a'.")
]
SinceOption = Annotated[
    datetime | None,
    typer.Option(
        "--vanaf",
        metavar="DATUM",
        formats=["%Y-%m-%d"],
        help="De dag waarop de versie ingaat; anders de eerste van een volgende maand.",
    ),
]


@new.command(cls=DutchCommand, epilog="Voorbeeld: leidraad nieuw feit taal_voldoende")
def feit(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="De id, zoals taal_voldoende.")],
    soort: Annotated[FactKind, typer.Option("--soort", help="Wat voor antwoord erop past.")] = (
        FactKind.YES_NO
    ),
    kennis: KnowledgeOption = None,
) -> None:
    """Begin een feit: een vraag over de cliënt of de situatie."""
    knowledge = load_knowledge(kennis)
    try:
        file = new_fact(knowledge, naam, soort)
        with_file(knowledge, file)
    except ScaffoldError as error:
        fail(str(error))
    except KnowledgeError as error:
        _refuse(error)
    _write([(kennis or paths.knowledge_folder(), file)])
    typer.echo("Maak daarna de hulp voor uw editor opnieuw: leidraad schema")


@new.command(
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad nieuw regel scholing.taal --als taal_voldoende "
    "--handeling scholing_inzetten --bron 'pw#7a'",
)
def regel(
    naam: RuleArgument,
    als: WhenOption,
    handeling: ActionOption,
    bron: SourceOption,
    richting: DirectionOption = Direction.DO,
    vanaf: SinceOption = None,
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
) -> None:
    """Begin een regel in de volgende versie van een protocol, met drie casussen."""
    knowledge = load_knowledge(kennis)
    rule = _rule(knowledge, naam, als, handeling, richting, bron)
    if rule.protocol not in knowledge.protocols:
        unknown("protocol dat", rule.protocol, knowledge.protocols)
    today = datetime.now(LOCAL).date()
    latest = knowledge.protocols[rule.protocol][-1].protocol.valid_from
    try:
        if vanaf is None and latest > today:
            file = added_rule(knowledge, rule)
        else:
            file = new_version(knowledge, rule, _since(vanaf, max(today, latest)))
        _write_rule(knowledge, rule, file, kennis, casussen)
    except ScaffoldError as error:
        fail(str(error))


@new.command(
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad nieuw protocol taal.cursus --als taal_voldoende "
    "--handeling scholing_inzetten --bron 'pw#7a'",
)
def protocol(
    naam: RuleArgument,
    als: WhenOption,
    handeling: ActionOption,
    bron: SourceOption,
    richting: DirectionOption = Direction.DO,
    vanaf: SinceOption = None,
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
) -> None:
    """Begin een protocol met een eerste regel en drie casussen."""
    knowledge = load_knowledge(kennis)
    rule = _rule(knowledge, naam, als, handeling, richting, bron)
    try:
        file = new_protocol(knowledge, rule, _since(vanaf, datetime.now(LOCAL).date()))
        _write_rule(knowledge, rule, file, kennis, casussen)
    except ScaffoldError as error:
        fail(str(error))


@new.command(
    cls=DutchCommand, epilog="Voorbeeld: leidraad nieuw casus taal-te-weinig --protocol scholing"
)
def casus(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="De naam, zoals taal-te-weinig.")],
    protocol: Annotated[
        str, typer.Option("--protocol", metavar="PROTOCOL", help="Het protocol om te toetsen.")
    ],
    regel: Annotated[
        str | None,
        typer.Option(
            "--regel", metavar="REGEL", help="Begin met een cliënt bij wie deze regel geldt."
        ),
    ] = None,
    instantie: Annotated[
        str, typer.Option("--instantie", metavar="INSTANTIE", help="Wie de casus behandelt.")
    ] = "uwv",
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
) -> None:
    """Begin een casus die verwacht wat Leidraad nu zegt."""
    knowledge = load_knowledge(kennis)
    if protocol not in knowledge.protocols:
        unknown("protocol dat", protocol, knowledge.protocols)
    if instantie not in knowledge.authorities:
        unknown("instantie die", instantie, knowledge.authorities)
    rules = [bound.rule.id for bound in knowledge.protocols[protocol][-1].rules]
    if regel is not None and regel not in rules:
        unknown("regel die", regel, rules)
    begun = knowledge.protocols[protocol][-1].protocol.valid_from
    day = max(datetime.now(LOCAL).date(), begun)
    try:
        start = Case(naam, day, instantie, (protocol,))
        if regel is not None:
            start = replace(advised(knowledge, regel), id=naam)
        file = new_case(knowledge, start, "Schrijf hier waar het om gaat")
    except (ScaffoldError, NotCoveredError) as error:
        fail(str(error))
    _write([(casussen or paths.cases_folder(), file)])


def _rule(
    knowledge: Knowledge, name: str, when: str, action: str, direction: Direction, source: str
) -> NewRule:
    """Take a rule with names that exist, or say which don't and stop."""
    if action not in knowledge.actions:
        unknown("handeling die", action, knowledge.actions)
    book = source.partition("#")[0]
    if book not in knowledge.sources:
        unknown("bron die", book, knowledge.sources)
    return NewRule(name, when, action, direction, source)


def _since(asked: datetime | None, after: date) -> date:
    """Return the day that was asked for, or else the first of the next month."""
    return after + relativedelta(months=1, day=1) if asked is None else asked.date()


def _write_rule(
    knowledge: Knowledge, rule: NewRule, file: NewFile, kennis: Path | None, casussen: Path | None
) -> None:
    """Write a protocol and the cases of its new rule; everything or nothing.

    Raises:
        ScaffoldError: there is such a file, or no client for one of the cases.
    """
    try:
        after = with_file(knowledge, file)
    except KnowledgeError as error:
        _refuse(error)
    cases = cases_of(after, rule.id)
    folder = casussen or paths.cases_folder()
    _write([(kennis or paths.knowledge_folder(), file), *((folder, case) for case in cases)])


def _refuse(error: KnowledgeError) -> NoReturn:
    """Say everything that would be wrong, and stop."""
    show(error.diagnostics)
    typer.echo("Er is niets gemaakt.", err=True)
    raise typer.Exit(FINDINGS) from error


def _write(files: Sequence[tuple[Path, NewFile]]) -> None:
    """Write files, all of them or none; what is there stays as it is."""
    targets = [(folder / file.name, file) for folder, file in files]
    for path, file in targets:
        if file.instead_of is None and path.exists():
            fail(f"{path} staat er al. Er is niets gemaakt.")
    try:
        write_together(
            {path: file.text.encode() for path, file in targets},
            {path: file.instead_of for path, file in targets if file.instead_of is not None},
        )
    except OSError as error:
        fail(f"Er is niets gemaakt: {os_error_in_words(error)} ({error.filename}).")
    for path, file in targets:
        here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        typer.echo(f"{'gemaakt' if file.instead_of is None else 'aangevuld'}: {here}")

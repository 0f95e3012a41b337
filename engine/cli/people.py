"""The command line about people: who has logged in, and which roles and teams they have.

Whoever can reach the database may do this; the first administrator gets their role here.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Annotated

import typer

from engine.cli.shared import fail
from engine.decisions import Person, Record, RecordError, Role
from engine.dutch_typer import DutchCommand, DutchGroup
from engine.prose import LOCAL
from engine.wording import date_in_words

people = typer.Typer(
    name="gebruiker",
    cls=DutchGroup,
    no_args_is_help=True,
    help="Geef mensen die zich aanmelden hun rollen en teams.",
    epilog="Voorbeeld: leidraad gebruiker toon",
)

Who = Annotated[
    str, typer.Argument(metavar="WIE", help="Het kenmerk of het e-mailadres van iemand.")
]
RoleName = Annotated[Role, typer.Argument(metavar="ROL", help="De rol.")]
TeamName = Annotated[str, typer.Argument(metavar="TEAM", help="De naam van het team.")]


@people.command(cls=DutchCommand, epilog="Voorbeeld: leidraad gebruiker toon")
def toon(
    wie: Annotated[
        str | None, typer.Argument(metavar="[WIE]", help="Toon wat iemand kreeg en verloor.")
    ] = None,
) -> None:
    """Toon iedereen die zich heeft aangemeld, of alles over één persoon."""

    def show(record: Record) -> None:
        if wie is not None:
            _one(record, record.people.look_up(wie))
            return
        everyone = record.people.everyone()
        for person in everyone:
            typer.echo(_line(person))
        if not everyone:
            typer.echo("Er heeft zich nog niemand aangemeld.")

    _with_record(show)


@people.command(
    "rol-geven",
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad gebruiker rol-geven an@example.org jurist",
)
def give_role(wie: Who, rol: RoleName) -> None:
    """Geef iemand een rol; die geldt vanaf de volgende klik."""
    _change(
        wie,
        lambda record, person: record.people.give_role(person, rol, by=_by()),
        f"is nu {rol}",
        f"was al {rol}",
    )


@people.command(
    "rol-nemen",
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad gebruiker rol-nemen an@example.org jurist",
)
def take_role(wie: Who, rol: RoleName) -> None:
    """Neem iemand een rol af; die geldt vanaf de volgende klik niet meer."""
    _change(
        wie,
        lambda record, person: record.people.take_role(person, rol, by=_by()),
        f"is niet meer {rol}",
        f"was geen {rol}",
    )


@people.command(
    "team-erbij",
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad gebruiker team-erbij an@example.org Noord",
)
def into_team(wie: Who, team: TeamName) -> None:
    """Zet iemand in een team; het team ontstaat met de eerste die erin zit."""
    _change(
        wie,
        lambda record, person: record.people.put_in_team(person, team, by=_by()),
        f"zit nu in team {team}",
        f"zat al in team {team}",
    )


@people.command(
    "team-eruit",
    cls=DutchCommand,
    epilog="Voorbeeld: leidraad gebruiker team-eruit an@example.org Noord",
)
def out_of_team(wie: Who, team: TeamName) -> None:
    """Haal iemand uit een team."""
    _change(
        wie,
        lambda record, person: record.people.take_from_team(person, team, by=_by()),
        f"zit niet meer in team {team}",
        f"zat niet in team {team}",
    )


def _change(wie: str, change: Callable[[Record, str], bool], done: str, already: str) -> None:
    """Change what someone may do, and say what was done, or that it was so already."""

    def act(record: Record) -> None:
        person = record.people.look_up(wie)
        typer.echo(f"{person.name} {done if change(record, person.id) else already}.")

    _with_record(act)


def _with_record(act: Callable[[Record], None]) -> None:
    """Do something with the record, or say in one line why that can't be done."""
    try:
        with Record.open() as record:
            act(record)
    except RecordError as error:
        fail(str(error))


def _line(person: Person) -> str:
    roles = ", ".join(sorted(person.roles)) or "nog geen rol"
    teams = f"; team {', '.join(sorted(person.teams))}" if person.teams else ""
    email = f" <{person.email}>" if person.email else ""
    return f"{person.id}  {person.name}{email}: {roles}{teams}"


def _one(record: Record, person: Person) -> None:
    typer.echo(_line(person))
    for change in record.people.course(person.id):
        done = "gegeven" if change.given else "genomen"
        day = date_in_words(change.at.astimezone(LOCAL).date())
        typer.echo(f"  {day}: {change.kind} {change.name} {done} door {change.by}")


def _by() -> str:
    """Return who gives the command, as the computer knows them."""
    try:
        return f"{getpass.getuser()} (opdrachtregel)"
    except (OSError, KeyError, ImportError):  # no such user on this computer
        return "opdrachtregel"

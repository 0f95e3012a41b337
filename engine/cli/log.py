"""The commands on the log: is it whole, what is due to be erased, and what does the client see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.shared import FINDINGS, KnowledgeOption, fail, load_knowledge
from engine.decisions import (
    Break,
    CaseRead,
    Consulted,
    Damage,
    Decided,
    DecisionError,
    ErasureGround,
    Inspected,
    Record,
    RecordError,
    Verified,
    verify_as_it_is,
)
from engine.disclosure import disclose
from engine.dutch_typer import DutchCommand, DutchGroup
from engine.library import NotCoveredError
from engine.prose import LOCAL, moment
from engine.reader import os_error_in_words
from engine.retention import BEFORE_ERASING, NOT_ERASED, Kept, terms
from engine.wording import amount_in_words, date_in_words
from engine.words import Certainty

ACTOR = "opdrachtregel"
"""Who did it, when it was done on the command line."""

_DAMAGE = {
    Damage.MISSING: "deze gebeurtenis ontbreekt",
    Damage.CONTENT: "de inhoud is niet meer zoals zij is vastgelegd",
    Damage.HASH: "de hash is veranderd; de inhoud past er niet meer bij",
}

log = typer.Typer(
    name="logboek",
    cls=DutchGroup,
    no_args_is_help=True,
    help="Controleer het logboek, bewaar niet te lang en geef inzage.",
    epilog="Voorbeeld: leidraad logboek verifieer",
)

CaseArgument = Annotated[str, typer.Argument(metavar="KENMERK", help="De casus in het dossier.")]


@contextmanager
def opened_record() -> Iterator[Record]:
    """Open the record, or say why that can't be and stop."""
    try:
        with Record.open() as record:
            yield record
    except (RecordError, DecisionError, NotCoveredError) as error:
        fail(str(error))


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek verifieer --zegel 3f0a...")
def verifieer(
    zegel: Annotated[
        str | None,
        typer.Option("--zegel", metavar="HASH", help="Het zegel uit een verslag."),
    ] = None,
) -> None:
    """Reken de keten van het hele logboek na, en zoek er zo nodig een zegel in."""
    wanted = None if zegel is None else zegel.strip().lower()
    if wanted is not None and not re.fullmatch(r"[0-9a-f]{64}", wanted):
        fail("Dit is geen zegel. Een zegel heeft 64 tekens: cijfers en de letters a tot en met f.")
    try:
        found = verify_as_it_is(seal=wanted)
    except RecordError as error:
        fail(str(error))
    wrong = _say_chain(found, wanted)
    if found.older:
        typer.echo(
            "Dit dossier is nog niet bijgewerkt voor deze Leidraad, en dat is nu ook niet gedaan. "
            "Alleen de keten is nagekeken.",
            err=True,
        )
    else:
        wrong = _say_rest() or wrong
    if wrong:
        raise typer.Exit(FINDINGS)


def _say_chain(found: Verified, wanted: str | None) -> bool:
    """Say whether the chain is whole, and has the seal in it; return whether something is wrong."""
    events = amount_in_words(found.events, "gebeurtenis", "gebeurtenissen")
    if found.broken:
        _say_break(found.broken, events)
    else:
        typer.echo(f"{events} nagerekend. De keten is heel. Het zegel van nu: {found.head}")
    if wanted and found.sealed:
        typer.echo(f"Dit zegel staat in de keten, bij gebeurtenis {found.sealed}.")
    elif wanted:
        typer.echo(
            "Dit zegel staat niet in de keten. Het hoort bij een ander dossier, of er is iets "
            "veranderd of weggehaald sinds het verslag is gemaakt.",
            err=True,
        )
    return bool(found.broken or (wanted and not found.sealed))


def _say_rest() -> bool:
    """Say what isn't as it should be besides the chain; return whether there is anything."""
    try:
        with Record.open() as record:
            found = record.inspect()
    except RecordError as error:
        typer.echo(f"De rest van het dossier is niet na te gaan. {error}", err=True)
        return True
    for finding in _findings(found):
        typer.echo(finding, err=True)
    return not found.sound


def _findings(found: Inspected) -> Iterator[str]:
    for case_id in found.locked:
        yield f"De sleutel van casus {case_id} ontbreekt; zij is niet te lezen."
    for seq in found.unreadable:
        yield (
            f"Gebeurtenis {seq} is niet te lezen: de sleutel past er niet op, of een nieuwere "
            "Leidraad heeft haar vastgelegd."
        )
    for case_id in found.look_ups:
        yield (
            f"Van casus {case_id} staat naast het logboek iets anders dan erin: met wie zij is "
            "gedeeld, of welke besluiten er zijn."
        )
    for name in found.files:
        yield (
            f"Het bewaarde kennisbestand {name} is veranderd: een raadpleging ermee is niet te "
            "herhalen."
        )


def _say_break(broken: Break, events: str) -> None:
    typer.echo(
        f"De keten is gebroken bij gebeurtenis {broken.seq}: {_DAMAGE[broken.damage]}. "
        f"Tot daar klopt zij ({events}).",
        err=True,
    )


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek herhaal c-7kq2m9xw4d")
def herhaal(kenmerk: CaseArgument, kennis: KnowledgeOption = None) -> None:
    """Doe elke raadpleging van een casus opnieuw, met de kennis van toen."""
    knowledge = load_knowledge(kennis)
    other = 0
    with opened_record() as record:
        for event in record.history(kenmerk):
            if not isinstance(event.body, Decided | Consulted):
                continue
            try:
                done = record.replay(kenmerk, event.id, knowledge)
                said = "hetzelfde advies" if done.same else "een ander advies"
                if done.differs:
                    said += f" ({', '.join(done.differs)})"
                other += not done.same
            except RecordError as error:
                said, other = str(error), other + 1
            typer.echo(f"gebeurtenis {event.seq}, {moment(event.at)}: {said}")
    if other:
        raise typer.Exit(FINDINGS)


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek bewaartermijnen")
def bewaartermijnen(
    alles: Annotated[
        bool, typer.Option("--alles", help="Toon ook casussen die nog niet aan de beurt zijn.")
    ] = False,
    kennis: KnowledgeOption = None,
) -> None:
    """Toon welke casussen zo lang zijn bewaard als mag."""
    knowledge = load_knowledge(kennis)
    today = datetime.now(LOCAL).date()
    with opened_record() as record:
        kept = terms(record.cases(), knowledge)
    due = [one for one in kept if one.is_due(today)]
    for one in kept:
        if alles or one in due or one.unknown:
            typer.echo(_term(one))
    typer.echo(
        f"{amount_in_words(len(due), 'casus', 'casussen')} van "
        f"{amount_in_words(len(kept), 'eigen casus', 'eigen casussen')} over de bewaartermijn."
    )
    if any(one.certainty is Certainty.DOUBT for one in kept):
        typer.echo(
            "Over deze termijn is twijfel: zij is een voorstel. Stel de termijn van uw organisatie "
            "vast in knowledge/parameters/dossier.yaml.",
            err=True,
        )


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek meelezers")
def meelezers() -> None:
    """Toon wie een casus las die niet van hem was en niet met hem was gedeeld."""
    with opened_record() as record:
        looks = [
            (event, ", ".join(event.body.roles))
            for event in record.everything()
            if isinstance(event.body, CaseRead)
        ]
        names = record.names()
    for event, roles in looks:
        who = names.get(event.actor, event.actor)
        typer.echo(f"{moment(event.at)}: {who} ({roles}), casus {event.case_id}")
    typer.echo(f"{amount_in_words(len(looks), 'keer', 'keer')} meegelezen.")


def _term(one: Kept) -> str:
    last = f"{one.case.id}: laatste gebeurtenis op {date_in_words(one.last_on)}"
    if one.unknown:
        return f"{last}, termijn onbekend: {one.unknown}"
    if one.due_on is None:
        return f"{last}, geen termijn"
    return f"{last}, bewaren tot {date_in_words(one.due_on)}"


@log.command(
    cls=DutchCommand, epilog="Voorbeeld: leidraad logboek inzage c-7kq2m9xw4d --naar i.zip"
)
def inzage(
    kenmerk: CaseArgument,
    naar: Annotated[
        Path, typer.Option("--naar", metavar="BESTAND.zip", help="Waar het komt te staan.")
    ],
    kennis: KnowledgeOption = None,
) -> None:
    """Schrijf alles wat over een casus is vastgelegd, voor de cliënt (AVG artikel 15)."""
    knowledge = load_knowledge(kennis)
    with opened_record() as record:
        packed = disclose(record, knowledge, kenmerk, datetime.now(LOCAL))
    try:
        naar.write_bytes(packed)
    except OSError as error:
        fail(f"Het overzicht kan niet worden opgeslagen: {os_error_in_words(error)} ({naar}).")
    typer.echo(f"gemaakt: {naar}")
    typer.echo(
        "Dit is een concept. Vul in het Word-bestand in wat ontbreekt, en lees na of er iets in "
        "staat over een ander dan de cliënt.",
        err=True,
    )


@log.command(
    cls=DutchCommand, epilog="Voorbeeld: leidraad logboek wis c-7kq2m9xw4d --grond termijn"
)
def wis(
    kenmerk: CaseArgument,
    grond: Annotated[ErasureGround, typer.Option("--grond", help="Waarom de casus weg moet.")],
    ja: Annotated[bool, typer.Option("--ja", help="Vraag niet of u het zeker weet.")] = False,
    kennis: KnowledgeOption = None,
) -> None:
    """Maak alles wat over een casus is vastgelegd voorgoed onleesbaar."""
    knowledge = load_knowledge(kennis) if grond is ErasureGround.TERM else None
    typer.echo(f"{BEFORE_ERASING[grond]}\n{NOT_ERASED}", err=True)
    if not ja and not typer.confirm(f"Casus {kenmerk} voorgoed wissen? Dit kan niet terug"):
        fail("Er is niets gewist.")
    with opened_record() as record:
        done = record.erase(kenmerk, grond, actor=ACTOR, knowledge=knowledge)
    typer.echo(f"Casus {kenmerk} is gewist op {moment(done.at)}. De keten blijft heel.")

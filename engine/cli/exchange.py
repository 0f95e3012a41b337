"""The commands that take decisions along: out of the record, into it, and as cards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from engine.cards import cards, feedback
from engine.cli.log import ACTOR, CaseArgument, log, opened_record
from engine.cli.shared import FINDINGS, KnowledgeOption, fail, load_knowledge
from engine.consult import consult
from engine.decisions import Record, RecordError
from engine.dutch_typer import DutchCommand
from engine.exchange import ExchangeError, Incoming, LineFinding, export_lines, read_lines
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.wording import amount_in_words

__all__ = ["log"]

MOST_BYTES = 500_000_000
"""The size of a file that is read at most."""


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek uitvoer --naar besluiten.jsonl")
def uitvoer(
    naar: Annotated[
        Path, typer.Option("--naar", metavar="BESTAND", help="Waar het komt te staan.")
    ],
) -> None:
    """Schrijf alle besluiten als JSON Lines, zonder namen van mensen."""
    with opened_record() as record:
        lines = list(export_lines(record.everything()))
    try:
        naar.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        fail(f"De besluiten kunnen niet worden opgeslagen: {os_error_in_words(error)} ({naar}).")
    typer.echo(f"{amount_in_words(len(lines), 'besluit', 'besluiten')} geschreven: {naar}")


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek invoer besluiten.jsonl")
def invoer(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Besluiten, als JSON Lines.")],
    kennis: KnowledgeOption = None,
) -> None:
    """Leg besluiten uit een ander dossier vast; alles of niets."""
    text = _text(bestand)
    knowledge = load_knowledge(kennis)
    try:
        found = read_lines(text.split("\n"), knowledge, datetime.now(LOCAL).date())
    except ExchangeError as error:
        _refuse(bestand, error.findings)
    with opened_record() as record:
        # All of them first: what can't be recorded must not leave half a file behind.
        if findings := list(_clashes(found, record)):
            _refuse(bestand, findings)
        new = sum(record.take_in(one.case, one.body, one.id, actor=ACTOR) for one in found)
    known = len(found) - new
    typer.echo(
        f"{amount_in_words(new, 'besluit', 'besluiten')} vastgelegd; "
        f"{amount_in_words(known, 'besluit', 'besluiten')} stonden er al."
    )


def _clashes(found: Sequence[Incoming], record: Record) -> Iterator[LineFinding]:
    """Find the decisions that can't be recorded beside what is there."""
    for one in found:
        try:
            record.is_new(one.case.id, one.body, one.id)
        except RecordError as error:
            yield LineFinding(one.number, str(error))


def _refuse(file: Path, findings: Sequence[LineFinding]) -> NoReturn:
    """Say everything that is wrong with a file, and stop."""
    for one in findings:
        place = f"{file}:{one.line}:{one.column}" if one.line else str(file)
        typer.echo(f"{place}: {one.message}", err=True)
    many = amount_in_words(len(findings), "bevinding", "bevindingen")
    typer.echo(f"{many}. Er is niets vastgelegd.", err=True)
    raise typer.Exit(FINDINGS)


@log.command(cls=DutchCommand, epilog="Voorbeeld: leidraad logboek kaarten c-7kq2m9xw4d")
def kaarten(kenmerk: CaseArgument, kennis: KnowledgeOption = None) -> None:
    """Toon de adviezen en besluiten van een casus zoals CDS Hooks ze schrijft."""
    knowledge = load_knowledge(kennis)
    with opened_record() as record:
        made = cards(consult(knowledge, record.load_case(kenmerk, knowledge).case), knowledge)
        made["feedback"] = [feedback(kept, knowledge) for kept in record.decisions(kenmerk)]
    typer.echo(_readable(json.dumps(made, ensure_ascii=False, indent=2)))


def _readable(text: str) -> str:
    """Write characters that can't be seen as JSON escapes: some command the screen."""
    return "".join(
        one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in text
    )


def _text(file: Path) -> str:
    """Read a file of ordinary size in UTF-8, or say why that can't be and stop."""
    try:
        if not file.is_file():
            fail(f"{file} is geen bestand." if file.exists() else f"{file} bestaat niet.")
        if file.stat().st_size > MOST_BYTES:
            fail(f"{file} is te groot: hoogstens {MOST_BYTES // 1_000_000} MB.")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file} is geen tekst in UTF-8.")
    except (OSError, ValueError) as error:
        reason = os_error_in_words(error) if isinstance(error, OSError) else "de naam kan niet"
        fail(f"{file} kan niet worden gelezen: {reason}.")

"""What ``doorlicht`` does: loaded only when it runs, for it loads much."""

from __future__ import annotations

import json
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import typer

from engine.caseload.coupled import read_coupling
from engine.caseload.intake import ASIDE_FILE, Intake, Progress, take_in
from engine.caseload.intake_report import IntakeReport, report_as_json, report_as_text
from engine.caseload.pace import Pace
from engine.caseload.results import TooLargeError, check_fits
from engine.caseload.review import ADVICES, STATUSES, one_case, review, unchanged
from engine.caseload.run import DisagreementError
from engine.caseload.source import Source, SourceError
from engine.caseload.sources import open_source
from engine.caseload.suggest import Suggestions, as_yaml, exact_coupling, suggest
from engine.caseload.summary import as_json, counted, document, in_short
from engine.caseload.writing import replacing, replacing_folder, workplace
from engine.cli.shared import (
    FAILURE,
    FINDINGS,
    fail,
    need_parent,
    refuse_present,
    show,
    tell,
    unknown,
)
from engine.conditions import names
from engine.consult import consult
from engine.coupling import Coupling
from engine.diagnostics import KnowledgeError
from engine.library import Knowledge, NotCoveredError
from engine.note import to_markdown
from engine.note.content import printable
from engine.note.html import to_html
from engine.productions import BoundsError
from engine.program import Program, build_program
from engine.prose import LOCAL, capital, count, first_of
from engine.reader import os_error_in_words
from engine.wording import enumerate_dutch
from engine.words import Likeness

SUMMARY_FILE, REPORT_FILE = "overzicht.html", "leesverslag.txt"
_ENDINGS = (".csv", ".parquet", ".xlsx")
_OURS = {SUMMARY_FILE, REPORT_FILE, ASIDE_FILE} | {
    f"{name}{ending}" for name in (STATUSES, ADVICES) for ending in _ENDINGS
}
"""What a review leaves in its folder; with anything else in it, a folder isn't replaced."""

EVERY = 2.0
"""Seconds between two lines that say how far it is."""

_NAMED = 5

_FEW = 10
"""Facts of which is shown before a run how often they are unknown; the file has all of them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line.

    Attributes:
        source: a path, or the address of a database.
        sheet: the sheet of an Excel file.
        table: the table of a database.
        coupling: the file that says which column is which fact.
        authority: whose rules apply; not every step needs one.
        protocols: what to ask of every client; all that are in force if empty.
        day: the reference date.
        out: the folder for what comes of it.
        ending: in what format the tables come.
        overwrite: whether what was made before may be replaced.
        keep: groups to hand on though they are about a protected ground.
        reasons: whether to say what decided and what is missing.
        as_data: whether to write JSON.
    """

    source: str
    sheet: str | None
    table: str | None
    coupling: Path | None
    authority: str | None
    protocols: tuple[str, ...]
    day: date
    out: Path | None
    ending: str
    overwrite: bool
    keep: tuple[str, ...]
    reasons: bool
    as_data: bool


@contextmanager
def explained(place: Path | None) -> Iterator[None]:
    """Say in Dutch what went wrong and that nothing was written, and stop.

    Args:
        place: where something would be written; else it is only a folder to work in.
    """
    # Who ends the program without force ends it as with Ctrl+C: no answers are left behind.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KnowledgeError as error:
        show(error.diagnostics)
        raise typer.Exit(FINDINGS) from error
    except (SourceError, NotCoveredError, TooLargeError, DisagreementError, BoundsError) as error:
        fail(printable(str(error)))
    except OSError as error:
        where = place or tempfile.gettempdir()
        why = os_error_in_words(error)
        fail(f"De uitkomst kan niet worden opgeslagen: {why} ({where}). Er is niets geschreven.")
    except KeyboardInterrupt as error:
        typer.echo("Afgebroken. Er is niets geschreven.", err=True)
        raise typer.Exit(FAILURE) from error
    finally:
        signal.signal(signal.SIGTERM, before)


def propose(wanted: Wanted, knowledge: Knowledge, place: Path) -> None:
    """Write a suggestion for the coupling, and say what to do with it."""
    refuse_present(place, overwrite=wanted.overwrite)
    source = open_source(wanted.source, sheet=wanted.sheet, table=wanted.table)
    text = as_yaml(suggest(source.sample(), knowledge), source.name)
    with replacing(place) as new:
        new.write_text(text, encoding="utf-8")
    typer.echo(f"gemaakt: {place}")
    typer.echo("Kijk het voorstel na, en geef het mee met --koppeling.")


def only_read(wanted: Wanted, knowledge: Knowledge) -> None:
    """Show what was met in a file; no rule runs."""
    program = _program(wanted, knowledge) if wanted.authority else None
    with workplace(Path(tempfile.gettempdir())) as place:
        report = _taken(wanted, knowledge, place).report
    if wanted.as_data:
        typer.echo(json.dumps(report_as_json(report), ensure_ascii=False, indent=2))
    else:
        typer.echo(_report(report, knowledge, program), nl=False)
    if report.aside or report.stops:
        raise typer.Exit(FINDINGS)


def one_client(wanted: Wanted, knowledge: Knowledge, dossier: str) -> None:
    """Show the advice about one client of a file, as ``raadpleeg`` shows it."""
    program = _program(wanted, knowledge)
    protocols = tuple(version.protocol.id for version in program.protocols)
    with workplace(Path(tempfile.gettempdir())) as place:
        taken = _taken(wanted, knowledge, place)
        files = _allowed(taken, knowledge, program)
        name = dossier.strip()
        case = one_case(files, name, knowledge, protocols, program.authority.id, wanted.day)
    if case is None:
        aside = taken.report.aside
        rows = capital(count(aside, "rij is", "rijen zijn"))
        more = f" {rows} opzij gezet: kijk met --alleen-lezen welke." if aside else ""
        fail(f"Er is geen cliënt met het kenmerk {name!r} om te bekijken.{more}")
    tell(consult(knowledge, case), knowledge, as_data=wanted.as_data)


def review_all(wanted: Wanted, knowledge: Knowledge) -> None:
    """Review every client of a file: say what was met, run the rules, and write it all down."""
    program = _program(wanted, knowledge)
    if wanted.out is not None:
        _refuse_folder(wanted.out, wanted.overwrite)
    with _place(wanted) as place:
        taken = _taken(wanted, knowledge, place)
        typer.echo(_report(taken.report, knowledge, program, _FEW), err=True)
        files = _allowed(taken, knowledge, program, said=True)
        check_fits(wanted.ending, taken.report.kept)
        keep = _kept(taken.report, wanted)
        reviewed = review(
            taken,
            knowledge,
            program,
            wanted.day,
            place,
            keep=keep,
            reasons=wanted.reasons,
            ending=wanted.ending,
            progress=_progress("cliënten bekeken"),
        )
        found = counted(reviewed, knowledge)
        paper = document(found, knowledge, datetime.now(LOCAL))
        (place / SUMMARY_FILE).write_text(to_html(paper), encoding="utf-8")
        report = _report(taken.report, knowledge, program)
        (place / REPORT_FILE).write_text(report, encoding="utf-8")
        # The answers themselves stay where they were: they are in the file that was read.
        files.unlink()
        if wanted.ending != reviewed.statuses.suffix:
            reviewed.statuses.unlink()
        made = sorted(one.name for one in place.iterdir())
    if wanted.as_data:
        typer.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    elif wanted.out is None:
        typer.echo(to_markdown(paper), nl=False)
    else:
        typer.echo("\n".join(in_short(found)))
    if wanted.out is not None:
        for name in made:
            typer.echo(f"gemaakt: {wanted.out / name}", err=True)
    if taken.report.aside or found.withheld:
        raise typer.Exit(FINDINGS)


def _program(wanted: Wanted, knowledge: Knowledge) -> Program:
    """Return what is asked of every client, or say what is wrong with it and stop."""
    if wanted.authority is None:
        known = enumerate_dutch(sorted(knowledge.authorities), "of")
        fail(f"Zeg met --instantie om wie het gaat: {known}.")
    for name in wanted.protocols:
        if name not in knowledge.protocols:
            unknown("protocol dat", name, knowledge.protocols)
    protocols = wanted.protocols or knowledge.protocols_on(wanted.day)
    return build_program(knowledge, tuple(dict.fromkeys(protocols)), wanted.authority, wanted.day)


def _taken(wanted: Wanted, knowledge: Knowledge, place: Path) -> Intake:
    """Read the whole source."""
    given = None if wanted.coupling is None else read_coupling(wanted.coupling, knowledge)
    sheet = wanted.sheet or (given.sheet if given else None)
    with unchanged(wanted.source):
        source = open_source(wanted.source, sheet=sheet, table=wanted.table)
        coupling = given or _same(suggest(source.sample(), knowledge), source)
        return take_in(source, coupling, knowledge, place, progress=_progress("rijen gelezen"))


def _same(found: Suggestions, source: Source) -> Coupling:
    """Couple a file whose columns are all called as the facts, or say what to do and stop."""
    if not found.is_complete:
        fail(
            f"{printable(source.name)} heeft {printable(_strange(found))}.\nMaak een voorstel met "
            "--koppeling-voorstel koppeling.yaml, kijk het na, en geef het mee met --koppeling "
            "koppeling.yaml."
        )
    return exact_coupling(found, source.name)


def _strange(found: Suggestions) -> str:
    """Say what keeps a file from being read without a coupling."""
    if not found.dossier:
        return "geen kolom met een kenmerk van de cliënt, zoals 'dossier'"
    other = [
        one.column
        for one in found.columns
        if one.likeness is not Likeness.SAME or one.values or one.unknown
    ]
    shown = [repr(name) for name in other or [found.dossier]]
    return f"kolommen die Leidraad niet zeker kent: {first_of(shown, _NAMED)}"


def _allowed(taken: Intake, knowledge: Knowledge, program: Program, *, said: bool = False) -> Path:
    """Return the files that rules may run on, or say why they may not and stop."""
    if taken.caseload is not None:
        return taken.caseload
    if not said:
        typer.echo(_report(taken.report, knowledge, program, _FEW), nl=False, err=True)
    raise typer.Exit(FINDINGS)


def _report(
    report: IntakeReport, knowledge: Knowledge, program: Program | None, most: int | None = None
) -> str:
    needed = None
    if program is not None:
        needed = {
            name
            for item in program.derivations.values()
            for _, condition in item.branches
            for name in names(condition)
        }
    return printable(report_as_text(report, knowledge, needed=needed, most=most))


def _kept(report: IntakeReport, wanted: Wanted) -> tuple[str, ...]:
    """Return the groups that come in the tables; one about a protected ground only if asked."""
    groups = {one.group: one for one in report.groups}
    for name in wanted.keep:
        if name not in groups:
            unknown("groep die", name, groups)
    left = [name for name, one in groups.items() if one.ground and name not in wanted.keep]
    if left:
        said = enumerate_dutch([repr(name) for name in left], "en")
        typer.echo(
            printable(f"Niet in de tabellen: {said}. Wilt u dat wel, gebruik --bewaar."), err=True
        )
    return tuple(name for name in groups if name not in left)


def _place(wanted: Wanted) -> AbstractContextManager[Path]:
    """Return the folder to work in; without one to keep, it is gone in the end."""
    if wanted.out is None:
        return workplace(Path(tempfile.gettempdir()))
    return replacing_folder(wanted.out)


def _refuse_folder(place: Path, overwrite: bool) -> None:
    """Stop where something would be lost."""
    if place.exists() and not place.is_dir():
        fail(f"{place} is een bestand. Geef de naam van een map.")
    need_parent(place)
    there = sorted(one.name for one in place.iterdir()) if place.is_dir() else []
    if there and not overwrite:
        fail(f"De map {place} is niet leeg. Kies een andere map, of gebruik --overschrijven.")
    other = [name for name in there if name not in _OURS]
    if other:
        fail(
            f"In de map {place} staat ook iets anders, zoals {other[0]!r}. Dat haalt Leidraad niet "
            "weg. Kies een andere map."
        )


def _progress(what: str) -> Progress:
    """Say on the error output how far it is, now and then."""
    pace, said = Pace(), time.monotonic()

    def progress(done: int, share: float | None) -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            typer.echo(pace.told(done, what, share), err=True)

    return progress

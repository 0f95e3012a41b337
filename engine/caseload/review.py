"""A whole review of a caseload: the rules over every file that was taken in, with what came of it.

The page and the command both go this way. All that a review writes is in one folder, which
whoever asked for it gives and takes away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from engine.case import Case
from engine.caseload.columns import FILE, LINE
from engine.caseload.figures.blocking import Blocked, Blocking
from engine.caseload.figures.counting import Results
from engine.caseload.intake import Intake, Progress
from engine.caseload.intake_report import IntakeReport
from engine.caseload.results import written
from engine.caseload.run import embedded_file, screen
from engine.caseload.source import SourceError
from engine.caseload.translate import Table
from engine.library import Knowledge
from engine.program import Program
from engine.prose import what_is_advised

STATUSES, ADVICES = "statussen", "adviezen"
"""How the two tables are called; the ending says in which format."""

_OWN = ".parquet"


@dataclass(frozen=True)
class Review:
    """What came of a review.

    Attributes:
        report: what was met when the files were read.
        program: what was asked of every file.
        reference: the day against which ages are counted.
        files: the facts of each file, as they were taken in (Parquet).
        statuses: what each rule says of each file (Parquet).
        blocked: what the advices wait for; ``None`` without reasons.
    """

    report: IntakeReport
    program: Program
    reference: date
    files: Path
    statuses: Path
    blocked: Blocked | None

    def facts(self) -> Table:
        """Return the facts of each file, to count in."""
        return embedded_file(self.files)

    def results(self) -> Results:
        """Return the statuses of each file, to count in."""
        return Results.written(self.program, embedded_file(self.statuses))


def review(
    taken: Intake,
    knowledge: Knowledge,
    program: Program,
    reference: date,
    folder: Path,
    *,
    keep: tuple[str, ...] = (),
    reasons: bool = True,
    ending: str = _OWN,
    size: int | None = None,
    progress: Progress | None = None,
) -> Review:
    """Apply the rules to every file of a caseload, and write down what they say.

    Args:
        taken: the caseload, as it was taken in without anything that stops it.
        knowledge: the questions.
        program: one authority, one day, one set of protocols.
        reference: the day against which ages are counted.
        folder: where the tables come. It must be one that goes when this fails halfway. The
            statuses are always there as Parquet, to count in.
        keep: columns to hand on beside the pseudonym and the line, such as a team.
        reasons: whether to say for every advice what decided and what is missing.
        ending: in what format the tables come, such as ``.csv``.
        size: how many clients are looked at between two reports of progress.
        progress: told after every batch; what it raises stops the work.

    Raises:
        OSError: a table can't be written.
        TooLargeError: there are more rows than Excel takes.
        ValueError: the ending is of no format that can be written, or no rule may run.
        DisagreementError: the two readers of the rules differ.
    """
    if taken.caseload is None:
        raise ValueError("No rule may run on this: see the report.")
    statuses = folder / f"{STATUSES}{_OWN}"
    batches = screen(
        program,
        embedded_file(taken.caseload),
        reference,
        keep=(LINE, *keep),
        grounds=reasons,
        size=size,
    )
    advices = folder / f"{ADVICES}{ending}" if reasons else None
    steps = {
        bound.rule.id: what_is_advised(
            knowledge.actions[bound.rule.advice.action], bound.rule.advice.direction
        )
        for bound in program.asked_rules()
    }
    told = written(batches, statuses=statuses, advices=advices, steps=steps)
    if ending != _OWN:
        told = written(told, statuses=folder / f"{STATUSES}{ending}")
    blocking = Blocking(knowledge) if reasons else None
    done, everyone = 0, taken.report.kept
    for batch in told:
        if blocking is not None:
            blocking.add(batch)
        done += len(batch.files)
        if progress is not None:
            progress(done, done / everyone if everyone else None)
    blocked = blocking.blocked() if blocking else None
    return Review(taken.report, program, reference, taken.caseload, statuses, blocked)


def one_case(
    files: Path,
    dossier: str,
    knowledge: Knowledge,
    protocols: tuple[str, ...],
    authority: str,
    reference: date,
) -> Case | None:
    """Return one client of a caseload as a case, to consult.

    Args:
        files: the facts of each file, as they were taken in (Parquet).
        dossier: the pseudonym.
        knowledge: where the questions are defined.
        protocols: what to consult.
        authority: whose thresholds apply.
        reference: the day whose rules apply.

    Returns:
        The case; ``None`` if there is no such client among those that were kept.
    """
    found = pl.scan_parquet(files).filter(pl.col(FILE) == dossier).collect()
    if not len(found):
        return None
    case = Case(dossier, reference, authority, protocols)
    for name, answer in found.row(0, named=True).items():
        if answer is not None and name in knowledge.facts:
            case = case.answer(knowledge, name, answer)
    return case


@contextmanager
def unchanged(place: str | Path) -> Iterator[None]:
    """Hold a file to what it was: what is read while someone saves it is of two files at once.

    Args:
        place: a path, or the address of a database, which keeps readers apart from writers.

    Raises:
        SourceError: the file was changed meanwhile.
    """
    before = _print_of(place)
    yield
    if _print_of(place) != before:
        raise SourceError(
            f"{Path(place).name} is veranderd terwijl Leidraad het las. Er is niets geschreven. "
            "Sluit het bestand in andere programma's, en lees het opnieuw in."
        )


def _print_of(place: str | Path) -> tuple[int, int, int] | None:
    """Return what changes when a file does."""
    if "://" in str(place):
        return None
    try:
        found = Path(place).stat()
    except OSError:
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino

"""Takes a source in: one pass over all rows, a report, and the files of a caseload.

No rule has run then. What goes on is a Parquet file with one row per client; what can't be read is
in a file beside it. Both are there when all went well, or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from engine.caseload.column_names import protected_ground, refusal_as_answer
from engine.caseload.columns import FILE, LINE
from engine.caseload.fitting import MAX_GROUPS, Aside, Fitter
from engine.caseload.intake_report import ColumnReport, GroupReport, IntakeReport
from engine.caseload.source import Source, SourceError
from engine.caseload.writing import parquet_writer, workplace
from engine.coupling import Coupling
from engine.decisions import Sort, screen
from engine.diagnostics import closest
from engine.library import Knowledge
from engine.table_file import MARK, write_rows

CASELOAD_FILE = "dossiers.parquet"
ASIDE_FILE = "opzij.csv"
_HEADINGS = ("kolom", "waarde", "reden")
_WHO = frozenset(
    {Sort.BSN, Sort.PHONE, Sort.EMAIL, Sort.IBAN, Sort.ADDRESS, Sort.BIRTH_DATE, Sort.NAME}
)

Progress = Callable[[int, float | None], None]
"""Told how many rows were read, and what part of the source that is (0 to 1, if known)."""


@dataclass(frozen=True)
class Intake:
    """A source that was taken in.

    Attributes:
        report: what was met, to show before any rule runs.
        caseload: the Parquet file, one row per client; ``None`` if rules must not run on it.
        aside: the CSV file with what was set aside; ``None`` if nothing was.
    """

    report: IntakeReport
    caseload: Path | None
    aside: Path | None


def take_in(
    source: Source,
    coupling: Coupling,
    knowledge: Knowledge,
    folder: Path,
    *,
    progress: Progress | None = None,
) -> Intake:
    """Read every row of a source, and write the caseload and what was set aside.

    Args:
        source: where the rows come from.
        coupling: how its columns say what Leidraad asks; checked against the same knowledge.
        knowledge: the facts.
        folder: where the files come; it must exist. What stands there stays until all went well.
        progress: told after every batch; what it raises stops the work, and leaves nothing.

    Raises:
        SourceError: the source doesn't have the columns, or can't be read to its end.
        OSError: the files can't be written.
    """
    missing = [
        name
        for name in (coupling.dossier, *(one.column for one in coupling.columns))
        if name not in source.columns
    ]
    if missing:
        meant = closest(missing[0], source.columns)
        hint = f" Bedoelde u {meant!r}?" if meant else ""
        raise SourceError(
            f"{source.name} heeft geen kolom {missing[0]!r}, die in de koppeling staat.{hint}"
        )
    fitter = Fitter(knowledge, coupling)
    with workplace(folder) as here:
        rough, aside = here / CASELOAD_FILE, here / ASIDE_FILE
        with aside.open("w", encoding="utf-8", newline="") as file:
            file.write(MARK)
            write_rows(file, [(source.line_word, *_HEADINGS)])
            counts = _pass(source, fitter, rough, file, progress)
            counts.doubles = _set_doubles_aside(rough, coupling.dossier, file)
        counts.kept -= counts.doubles
        report = _report(source, coupling, fitter, counts, _unknown(rough))
        if report.stops:
            return Intake(report, None, None)
        rough.replace(folder / CASELOAD_FILE)
        if not report.aside:
            (folder / ASIDE_FILE).unlink(missing_ok=True)
            return Intake(report, folder / CASELOAD_FILE, None)
        aside.replace(folder / ASIDE_FILE)
    return Intake(report, folder / CASELOAD_FILE, folder / ASIDE_FILE)


@dataclass(slots=True)
class _Counts:
    """Rows that were kept, that were set aside by themselves, and that were because of another."""

    kept: int = 0
    aside: int = 0
    doubles: int = 0


def _pass(
    source: Source, fitter: Fitter, place: Path, file: TextIO, progress: Progress | None
) -> _Counts:
    """Read everything once; write what fits, and why the rest doesn't."""
    counts = _Counts()
    malformed: list[Aside] = []

    def refuse(line: int, why: str) -> None:
        malformed.append(Aside(line, "", "", why))

    with parquet_writer(place, fitter.schema) as writer:
        for batch in source.batches(fitter.columns, refuse):
            fitted = fitter.fit(batch)
            writer.write_table(fitted.table)
            asides = sorted([*fitted.asides, *malformed], key=lambda one: one.line)
            malformed.clear()
            write_rows(file, [_row(one) for one in asides])
            counts.kept += fitted.table.num_rows
            counts.aside += len({one.line for one in asides})
            if progress is not None:
                progress(counts.kept + counts.aside, batch.done)
    write_rows(file, [_row(one) for one in malformed])
    counts.aside += len(malformed)
    return counts


def _row(aside: Aside) -> tuple[int, str, str, str]:
    return aside.line, aside.column, aside.value, aside.reason


def _set_doubles_aside(place: Path, column: str, file: TextIO) -> int:
    """Take out every client who stands there more than once: which row is right, nobody knows.

    Returns:
        How many rows were taken out.
    """
    # Beyond this it goes on on the disk.
    bounds: dict[str, Any] = {"memory_limit": "512MB", "temp_directory": str(place.parent)}
    try:
        with duckdb.connect(config=bounds) as connection:
            found = connection.execute(
                f"SELECT {FILE}, count(*) FROM read_parquet(?) GROUP BY 1 HAVING count(*) > 1",  # noqa: S608
                [str(place)],
            ).fetchall()
    except duckdb.Error as error:
        raise SourceError(
            "Er is te weinig ruimte op de schijf of in het geheugen om te zien of een kenmerk er "
            "vaker staat. Maak ruimte, en probeer het opnieuw."
        ) from error
    if not found:
        return 0
    times = dict(found)
    doubles = pa.array(times, pa.string())
    single, rows = place.with_suffix(".enkel"), 0
    with ExitStack() as stack:
        whole = stack.enter_context(pq.ParquetFile(place))
        writer = stack.enter_context(parquet_writer(single, whole.schema_arrow))
        for batch in whole.iter_batches():
            is_double = pc.is_in(batch.column(FILE), value_set=doubles)
            writer.write_batch(batch.filter(pc.invert(is_double)))
            for item in batch.select([FILE, LINE]).filter(is_double).to_pylist():
                rows += 1
                why = f"Dit kenmerk staat er {times[item[FILE]]} keer. Welke rij klopt?"
                write_rows(file, [(item[LINE], column, item[FILE], why)])
    single.replace(place)
    return rows


def _unknown(place: Path) -> dict[str, int]:
    """Count by column how many clients have nothing in it, from what the file says of itself."""
    with pq.ParquetFile(place) as file:
        counts = dict.fromkeys(file.schema_arrow.names, 0)
        for group in range(file.metadata.num_row_groups):
            part = file.metadata.row_group(group)
            if not part.num_rows:  # Every row of a batch was set aside: of nothing are no figures.
                continue
            for index in range(part.num_columns):
                chunk = part.column(index)
                counts[chunk.path_in_schema] += chunk.statistics.null_count
        return counts


def _report(
    source: Source, coupling: Coupling, fitter: Fitter, counts: _Counts, unknown: dict[str, int]
) -> IntakeReport:
    used = {one.column: one for one in coupling.columns}
    answered = {one.fact for one in coupling.columns if one.fact is not None} | {*fitter.for_all}
    columns = tuple(
        ColumnReport(
            name,
            used[name].fact or "",
            unknown[used[name].fact or ""],
            fitter.tallies[name].refused,
            tuple(fitter.tallies[name].examples.values()),
        )
        for name in fitter.columns
        if name in used and used[name].fact is not None
    )
    groups = tuple(
        GroupReport(one.column, one.group, fitter.tallies[one.column].groups, ground)
        for one in coupling.columns
        if one.group is not None
        for ground in [protected_ground(one.column) or protected_ground(one.group)]
    )
    others = [name for name in source.columns if name not in used and name != coupling.dossier]
    return IntakeReport(
        source=source.name,
        read_as=source.read_as,
        remarks=source.remarks,
        line_word=source.line_word,
        kept=counts.kept,
        aside=counts.aside + counts.doubles,
        doubles=counts.doubles,
        blank=fitter.blank,
        columns=columns,
        for_all={name: str(value) for name, value in fitter.for_all.items()},
        groups=groups,
        uncoupled=tuple(others),
        ignored=tuple(one.column for one in coupling.columns if one.ignored),
        unsafe=tuple(
            why for name in source.columns if (why := refusal_as_answer(name, fitter.facts))
        ),
        unanswered=tuple(
            name for name in fitter.schema.names if name in fitter.facts and name not in answered
        ),
        stops=tuple(_stops(fitter, groups, counts)),
    )


def _stops(fitter: Fitter, groups: tuple[GroupReport, ...], counts: _Counts) -> Iterator[str]:
    """Say why no rule may run on what was read."""
    told = sum(any(one.sort in _WHO for one in screen(name)) for name in fitter.dossiers)
    if told and told * 2 >= len(fitter.dossiers):
        yield (
            f"De kolom {fitter.coupling.dossier!r} lijkt te zeggen wie de cliënt is, zoals een "
            "naam of een BSN. Maak in uw eigen systeem een kenmerk dat alleen u begrijpt."
        )
    for group in groups:
        if len(group.values) > MAX_GROUPS:
            yield (
                f"De groep {group.group!r} heeft meer dan {MAX_GROUPS} verschillende waarden. Dan "
                "is het geen groep, maar iets van elke cliënt apart. Laat de kolom weg."
            )
        elif any(one.sort in _WHO for value in group.values for one in screen(value)):
            yield (
                f"In de groep {group.group!r} lijken namen of nummers van personen te staan. Laat "
                "de kolom weg."
            )
    if not counts.kept:
        yield "Er blijft geen enkele cliënt over om te bekijken."

"""Puts the fictional example clients in the record, so that there is something to try out."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid5

from engine.case_file import ReadCase, read_cases
from engine.decisions import PROGRAM, DecisionError, Record, RecordError
from engine.library import Knowledge

_NAMESPACE = UUID("6f1d2c1e-6a3b-5c0e-9a55-1c1d7a4a0001")


def fill_examples(record: Record, knowledge: Knowledge, cases_folder: Path) -> int:
    """Open every case marked ``voorbeeld: ja``, unless it is there or was erased.

    A case that can't be read is passed over: ``leidraad toets`` reports it, and one bad example
    is no reason to have none.

    Args:
        record: where the examples are put.
        knowledge: what the facts of the cases are checked against.
        cases_folder: the folder with the cases; one that isn't there has no examples.

    Returns:
        How many examples were added.

    Raises:
        RecordError: the record can't be read or written.
    """
    cases, unread = record.listed()
    there = {case.id for case in cases} | set(unread) | set(record.erased())
    found, _ = read_cases(cases_folder, knowledge)
    new = [read for read in found if read.file.example and read.case.id not in there]
    # The list of cases shows the last one first, so the first example goes in last.
    for read in reversed(new):
        _open(record, read)
    return len(new)


def _open(record: Record, read: ReadCase) -> None:
    try:
        record.open_case(
            read.case,
            title=read.file.title,
            story=read.file.story,
            actor=PROGRAM,
            example=True,
            # The same example always has the same key, so two programs at once add it once.
            key=uuid5(_NAMESPACE, read.case.id),
        )
    except DecisionError as error:
        raise RecordError(f"De voorbeeldcasus {read.case.id!r} past niet. {error}") from error

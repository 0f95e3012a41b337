"""Can every version of every protocol be consulted, by every authority, from its first day on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.diagnostics import Diagnostic
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError, compile_program
from engine.program import build_program


def uncompilable(knowledge: Knowledge) -> Iterator[Diagnostic]:
    """Find versions that miss a threshold for someone, or are too much for the rule engine."""
    changes = _days_of_change(knowledge)
    for name, versions in knowledge.protocols.items():
        for version in versions:
            start = version.protocol.valid_from
            for day in sorted({start, *(day for day in changes if day > start)}):
                if version not in knowledge.in_force(day):
                    continue
                for authority in knowledge.authorities:
                    yield from _attempt(knowledge, name, authority, day, version.file)


def _attempt(
    knowledge: Knowledge, protocol: str, authority: str, day: date, file: str
) -> Iterator[Diagnostic]:
    """Try one combination."""
    try:
        compile_program(build_program(knowledge, (protocol,), authority, day))
    except NotCoveredError as error:
        yield Diagnostic(file, 0, 0, "niet-gedekt", str(error))
    except BoundsError as error:
        yield Diagnostic(file, 0, 0, "te-ingewikkeld", str(error))


def _days_of_change(knowledge: Knowledge) -> set[date]:
    """Return every day on which a version or a value of a threshold begins, or has just ended."""
    days: set[date] = set()
    for versions in knowledge.protocols.values():
        for version in versions:
            days |= _edges(version.protocol.valid_from, version.protocol.valid_until)
    values = [value for item in knowledge.parameters.values() for value in item.values]
    values += [
        value for own in knowledge.overrides.values() for group in own.values() for value in group
    ]
    for value in values:
        days |= _edges(value.since, value.until)
    return days


def _edges(since: date, until: date | None) -> set[date]:
    return {since} if until is None or until == date.max else {since, until + timedelta(days=1)}

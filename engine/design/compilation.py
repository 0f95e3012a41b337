"""Can every version of every protocol be consulted, by every authority, from its first day on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.diagnostics import Diagnostic
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError, compile_program
from engine.program import build_program


def uncompilable(knowledge: Knowledge) -> Iterator[Diagnostic]:
    """Find versions that miss a threshold for someone, or are too much for the rule engine."""
    for name in knowledge.protocols:
        yield from uncompilable_in(knowledge, name)


def uncompilable_in(knowledge: Knowledge, protocol: str) -> Iterator[Diagnostic]:
    """Find the same in the versions of one protocol."""
    # What is too much is so for every authority and day, and said once.
    yield from dict.fromkeys(_attempts(knowledge, protocol))


def _attempts(knowledge: Knowledge, name: str) -> Iterator[Diagnostic]:
    for version in knowledge.protocols[name]:
        start = version.protocol.valid_from
        for day in sorted({start, *(day for day in knowledge.days_of_change if day > start)}):
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

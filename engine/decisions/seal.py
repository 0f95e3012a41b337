"""The seal of a case: one fingerprint over its events, so that a note can be held to the record.

Each event is hashed together with the hash of the one before it. Whoever changes, adds, removes or
reorders an event gets another seal. The form of one link, which a chain kept in the record itself
can take over as it is: SHA-256 over the canonical JSON of ``previous`` (hexadecimal; empty for the
first), ``seq``, ``id``, ``at`` (ISO 8601, UTC, six decimals), ``actor``, ``kind``, ``form`` and
``body`` (the text as it was written, so that a later reading of it changes nothing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from engine.canonical import digest


class Line(NamedTuple):
    """One event as it was written down.

    Attributes:
        form: the version of the form of its kind.
        body: canonical JSON.
    """

    seq: int
    id: UUID
    at: datetime
    actor: str
    kind: str
    form: int
    body: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What the record of a case came down to at a moment.

    Attributes:
        value: SHA-256 (hexadecimal) over all events, chained.
        events: how many events there were.
        last_at: when the last of them was recorded, in UTC.
    """

    value: str
    events: int
    last_at: datetime


def seal_of(lines: Iterable[Line]) -> Seal:
    """Chain the events of one case, oldest first.

    Raises:
        ValueError: there are none.
    """
    value, events, last = "", 0, None
    for line in lines:
        said = line._asdict() | {"id": str(line.id), "at": _moment(line.at), "previous": value}
        value, events, last = digest(said), events + 1, line.at
    if last is None:
        raise ValueError("A case without events has no seal.")
    return Seal(value, events, last)


def _moment(at: datetime) -> str:
    """Write a moment in one way, whatever zone the database gave it back in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")

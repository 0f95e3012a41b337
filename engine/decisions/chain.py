"""The chain through the record: every event is hashed together with the hash of the one before.

Whoever changes, removes or moves an event, or puts one in between, leaves a chain that no longer
fits. The form of one link is SHA-256 over the canonical JSON of an object with ``previous`` (the
hash of the event before, :data:`GENESIS` for the first), ``seq``, ``id``, ``case``, ``kind``,
``form``, ``at`` (ISO 8601, UTC, six decimals), ``actor`` and ``payload`` (SHA-256 of the payload
as it is stored). Because the payload is only in it by its digest, and as it is stored, the chain
can be proved by whoever may not or can no longer read it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from engine.canonical import digest

GENESIS = hashlib.sha256(b"leidraad logboek 1").hexdigest()
"""What the first event is chained to; says the form of the chain as well."""


class Line(NamedTuple):
    """One event as it was written down.

    Attributes:
        form: the version of the form of its kind.
        payload: as it is stored, so enciphered where it is.
    """

    seq: int
    id: UUID
    case: str
    kind: str
    form: int
    at: datetime
    actor: str
    payload: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What the whole record came down to when something was taken out of it.

    Attributes:
        value: the hash of the last event of the record (hexadecimal), so of all before it too.
        seq: the place of that event.
        events: how many events the case had.
        last_at: when the last event of the case was recorded, in UTC.
    """

    value: str
    seq: int
    events: int
    last_at: datetime


def link(previous: str, line: Line) -> str:
    """Return the hash (hexadecimal) of an event, chained to that of the event before it."""
    said = line._asdict() | {
        "id": str(line.id),
        "at": _moment(line.at),
        "payload": hashlib.sha256(line.payload.encode()).hexdigest(),
        "previous": previous,
    }
    return digest(said)


def _moment(at: datetime) -> str:
    """Write a moment in one way, whatever zone the database gave it back in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")

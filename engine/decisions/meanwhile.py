"""Two people on one case: whoever saves last must have seen what the other recorded."""

from __future__ import annotations

from collections.abc import Iterable

from engine.decisions.address import RecordError
from engine.decisions.escalation import Escalated
from engine.decisions.events import Decided, Event, FactsRecorded, ProtocolsChosen
from engine.decisions.later import Corrected, Reviewed

KINDS = frozenset(
    body.kind for body in (FactsRecorded, ProtocolsChosen, Decided, Escalated, Reviewed, Corrected)
)
"""What changes a case. A judgement of someone else must not steer one's own, and who reads or
shares a case changes nothing in it."""


class ChangedError(RecordError):
    """Someone recorded something that who wants to save has not seen; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            "Intussen is in deze casus iets veranderd. Er is nog niets opgeslagen. Kijk wat er nu "
            "staat. Past het nog, leg het dan nog een keer vast."
        )


def newer(history: Iterable[Event], seen: int) -> tuple[Event, ...]:
    """Return what changed in a case after the event at a place, oldest first.

    Args:
        history: everything that happened in the case.
        seen: the place of the last event that someone had seen.
    """
    return tuple(one for one in history if one.seq > seen and one.kind in KINDS)

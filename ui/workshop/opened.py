"""Which protocol is open, and the keys of what chooses a part of the work on it."""

from __future__ import annotations

from ui import service, state
from ui.address import Opened

OPEN = Opened("protocol")
PART = "Bewerken"
"""The part in which a protocol is changed."""
WAY = "formulier"
"""The way to change one rule by a form."""


@service.guarded()
def choose(protocol: str | None) -> None:
    """Open a protocol, or go back to the list."""
    OPEN.set(protocol)
    state.go_to_top()


def part_key(protocol: str) -> str:
    """Return the key of the choice of a part."""
    return f"werkplaats_delen_{protocol}"


def way_key(protocol: str) -> str:
    """Return the key of the choice of a way to change something."""
    return f"werkplaats_manier_{protocol}"


def rule_key(protocol: str) -> str:
    """Return the key of the choice of a rule to change."""
    return f"werkplaats_regel_{protocol}"

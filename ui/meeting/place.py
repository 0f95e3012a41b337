"""Which meeting the user is in. What has to last is in the record, not here."""

from __future__ import annotations

import streamlit as st

from ui import state
from ui.address import Opened

_OPEN = Opened("sessie")
SCREEN, FOR_GROUP = "scherm", "groep"
"""What the address says for the screen for a whole group."""

PREPARING = "bereidt_voor"
"""The key under which the session keeps what a facilitator prepares."""

_HALF_DONE = (PREPARING,)


def opened() -> str | None:
    """Return the meeting that is open: its pseudonym, or the code of one to take part in."""
    if _OPEN.moved:
        open_meeting(_OPEN.address)
    return _OPEN.current()


def is_code(name: str) -> bool:
    """Whether this is a code, and not the pseudonym of a meeting (``i-...``)."""
    return "-" not in name


def addressed() -> str | None:
    """Return the code that the address names; it names one for who is about to take part."""
    found = _OPEN.address
    return found if found and is_code(found) else None


def on_screen() -> bool:
    """Whether the address asks for the screen for a whole group, with nothing to click."""
    return st.query_params.get(SCREEN) == FOR_GROUP


def open_meeting(name: str | None) -> None:
    """Open a meeting, by pseudonym or code, or none."""
    _OPEN.set(name)
    state.forget(_HALF_DONE)

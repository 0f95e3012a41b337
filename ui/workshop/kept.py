"""What took seconds to find out, kept in memory for everyone until there is too much of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

_MOST = 12


@st.cache_resource(show_spinner=False)
def _shelf(kind: str) -> dict[str, Any]:
    return {}


def take(kind: str, mark: str) -> Any:
    """Return what was found out; none if nobody asked yet.

    Args:
        kind: what sort of thing it is.
        mark: another one for other knowledge, cases or text.
    """
    return _shelf(kind).get(mark)


def keep(kind: str, mark: str, found: Any) -> None:
    """Keep what was found out; what was kept longest makes room."""
    there = _shelf(kind)
    there[mark] = found
    for oldest in list(there)[:-_MOST]:
        there.pop(oldest, None)

"""What someone typed and did not send yet, so that loading the page again doesn't lose it.

It stays in the memory of the app, apart for each person: nobody else gets at it, nothing of it
reaches the disk, and it is gone after some hours or when the app stops. The record holds only what
was sent, which its guard has read by then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from engine.decisions import default_url


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in one form; by itself it is kept nowhere."""

    typed: dict[str, Any] = field(default_factory=dict)

    def key(self, name: str, begin: Any = None, among: Collection[Any] | None = None) -> str:
        """Return the key of a widget, which begins with what was typed in it before.

        The widget gets no value of its own. Call it right before the widget, on every run.

        Args:
            name: the key.
            begin: what the widget begins with if nothing was typed.
            among: what can be chosen; what can't be any more, is left out.
        """
        if name in st.session_state:
            self.typed[name] = st.session_state[name]
            return name
        value = self.typed[name] = _fitting(self.typed.get(name, begin), begin, among)
        # After a restart of the app the page still has what was typed in it, and gives it back to
        # the widget. A value from here would take its place, also one that is empty.
        if not _empty(value):
            st.session_state[name] = value
        return name

    def forget(self) -> None:
        """Throw it away: it was sent, or it isn't wanted any more."""
        self.typed.clear()


def draft(person: str, what: str) -> Draft:
    """Return what someone typed in a form; the same in every browser of theirs.

    Args:
        person: who typed it, by id.
        what: names the form, and what it is about.
    """
    return Draft(_kept(default_url(), person, what))


@st.cache_resource(ttl="12h", max_entries=1000, show_spinner=False)
def _kept(record: str, person: str, what: str) -> dict[str, Any]:
    return {}


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [])


def _fitting(value: Any, begin: Any, among: Collection[Any] | None) -> Any:
    if among is None or value is None:
        return value
    if isinstance(value, list):
        return [one for one in value if one in among]
    return value if value in among else begin

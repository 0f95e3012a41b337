"""What is open on a page, which its address names too.

So it survives loading the page again, and the back button of the browser works. A switch to another
page empties the address; then what the session knows counts.
"""

from __future__ import annotations

from typing import cast

import streamlit as st

_PAGE = "pagina"
_STAYED = "zelfde_pagina"


def arrive(page: str) -> None:
    """Note which page is drawn, to tell a switch of pages from the browser's back button."""
    st.session_state[_STAYED] = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page


def page() -> str | None:
    """Return the page that is drawn, as the address has it."""
    return cast("str | None", st.session_state.get(_PAGE))


class Opened:
    """One thing that can be open, by the name that it has in the address and in the session."""

    def __init__(self, name: str) -> None:
        """Name it.

        Args:
            name: as the address has it.
        """
        self._name = name
        self._written = f"adres_{name}"

    @property
    def address(self) -> str | None:
        """What the address names now."""
        return st.query_params.get(self._name)

    @property
    def moved(self) -> bool:
        """Whether the address names something else because the user went back or forward."""
        return (
            self._name in st.session_state
            and bool(st.session_state.get(_STAYED))
            and self.address != st.session_state.get(self._written)
        )

    def current(self) -> str | None:
        """Return what is open."""
        if self._name not in st.session_state:
            st.session_state[self._name] = self.address
        found = cast("str | None", st.session_state[self._name])
        self._write(found)
        return found

    def set(self, what: str | None) -> None:
        """Open something, or nothing."""
        st.session_state[self._name] = what
        self._write(what)

    def _write(self, what: str | None) -> None:
        if what is None:
            st.query_params.pop(self._name, None)
        elif self.address != what:
            st.query_params[self._name] = what
        st.session_state[self._written] = what

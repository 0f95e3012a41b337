"""Work that takes longer than a moment: begun on request, with how far it is and a way to stop.

Any click ends the work that a page does, because the page is drawn again for it. The button to stop
is there for who doesn't know that; nothing else waits for such work.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

Progress = Callable[[float, str], object]
"""Told how far it is, from 0 to 1, and what is being looked at."""


def asked(said: str, label: str, key: str, icon: str, *, first: bool = False) -> Progress | None:
    """Draw a button for the work; once it is pressed, how far it is takes the place of it.

    Args:
        said: what the work is, and how long it takes.
        label: of the button.
        key: of the button.
        icon: of the button.
        first: whether this is what the page is for now.

    Returns:
        What to tell how far it is; ``None`` as long as nobody asked.
    """
    place = st.empty()
    with place.container(key=f"{key}_vraag"):
        st.markdown(said)
        if not st.button(label, key=key, icon=icon, type="primary" if first else "secondary"):
            return None
    with place.container(key=f"{key}_bezig"):
        return working(key, "{what}: {percent}% klaar")


def working(key: str, said: str = "{what}") -> Progress:
    """Draw how far work is that goes on now, with a way to stop it.

    Args:
        key: of the work.
        said: how it is said: what is being looked at, and how many percent is done.

    Returns:
        What to tell how far it is.
    """
    with st.container(key=f"{key}_loopt"):
        bar = st.progress(0.0, "Leidraad begint.")
        st.button("Stop", key=f"{key}_stop", icon=":material/stop_circle:")
        st.caption(
            "Gaat u intussen naar iets anders, dan stopt het ook. U kunt later opnieuw beginnen."
        )
    shown = (-1, "")

    def tell(part: float, what: str) -> None:
        nonlocal shown
        percent = min(int(part * 100), 100)
        # The browser has to draw each of them.
        if (percent, what) != shown:
            shown = (percent, what)
            bar.progress(percent, said.format(what=what, percent=percent))

    return tell

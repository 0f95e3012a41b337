"""Parts of a page that show within two seconds what others did, without loading it again.

Streamlit draws such a part outside of the net under the page (:func:`ui.frame.guarded`), so that
net is stretched here as well: whatever fails has the whole page drawn, which says what it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

import streamlit as st

from engine.decisions import MeetingView
from engine.library import Knowledge
from ui import state
from ui.auth import access

P = ParamSpec("P")
_LOG = logging.getLogger(__name__)
_LATEST = "laatste_stand"

EVERY = 1.0
"""Seconds between two looks; what someone does must show within two."""


def live(draw: Callable[P, None]) -> Callable[P, None]:
    """Draw a part of the page again and again.

    Where it finds that the rest of the page no longer fits, it calls ``st.rerun``.
    """

    @wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        failed: list[Exception] = []
        whole = True

        @st.fragment(run_every=EVERY)
        def part() -> None:
            if not whole and state.notices_wait():
                st.rerun()
            try:
                draw(*args, **kwargs)
            except Exception as error:
                failed.append(error)
                if not whole:
                    _LOG.warning("A part of a page failed: %s", error)
                    st.rerun()

        part()
        whole = False
        if failed:
            raise failed[0]

    return run


def latest(view: MeetingView, knowledge: Knowledge) -> MeetingView:
    """Return a meeting as it is now; it is only read again when something happened in it.

    Args:
        view: the meeting as it was when the page was drawn.
        knowledge: where the questions are defined.

    Raises:
        RecordError: it is gone, or not for this user any more.
    """
    # A page can stay open for longer than a login or a role lasts.
    record = access()
    # What one person may see is never another's, also when they follow each other in one browser.
    who, kept = cast("tuple[str, MeetingView]", st.session_state.get(_LATEST, ("", view)))
    if who != record.actor.id or kept.id != view.id or kept.seq < view.seq:
        kept = view
    if record.meetings.head(view.id) != kept.seq:
        kept = record.meetings.view(view.id, knowledge)
    st.session_state[_LATEST] = (record.actor.id, kept)
    return kept

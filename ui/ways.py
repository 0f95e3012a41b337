"""What would change an advice, each way as a button that tries it out."""

from __future__ import annotations

import streamlit as st

from engine.case import Case
from engine.library import Knowledge
from engine.reasons import ways_in_words
from engine.search import Found
from ui.scratch import try_changes
from ui.text import plain, sentence

SHOWN = 5
"""Ways that are shown; more would be a list, not an explanation."""


def ways(
    found: Found, case: Case, knowledge: Knowledge, key: str, *, recorded: bool = True
) -> None:
    """Draw the ways that a search found, the smallest first; nothing when it found none.

    Args:
        found: what the search gave.
        case: the case to try them on.
        knowledge: where the questions have their words.
        key: tells these ways from others on the page.
        recorded: whether the case is in the record; one that isn't can't be tried on.
    """
    said = ways_in_words(found, knowledge)
    if not recorded:
        st.markdown("\n".join(f"- {plain(sentence(way.said))}" for way in said[:SHOWN]))
    with st.container(gap=None, key=f"manieren_{key}"):
        for number, way in enumerate(said[:SHOWN] if recorded else ()):
            st.button(
                plain(sentence(way.said)),
                key=f"probeer_{key}_{number}",
                type="tertiary",
                icon=":material/science:",
                wrap=True,
                on_click=try_changes,
                args=(case.id, way.answers),
            )
    if said and (not found.complete or len(said) > SHOWN):
        st.caption("Er kunnen meer manieren zijn.")

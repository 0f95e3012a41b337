"""Asks about words in a form that may say too much of who someone is or what they suffer from."""

from __future__ import annotations

import streamlit as st

from engine.decisions import Confirmed
from engine.wording import enumerate_dutch
from ui import state
from ui.components import field_error
from ui.text import plain


def field_concerns(form: state.Form, field: str) -> None:
    """Show what is wrong with a text, and let the user stand by a word that was asked about."""
    field_error(form, field)
    question, _ = state.noticed(form).get(field, ("", ""))
    if question:
        st.markdown(f":orange[:material/help: {plain(question)}]")
    words = state.questioned(form).get(field, ())
    if not words:
        return
    said = plain(enumerate_dutch([f"'{word}'" for word in words], "en"))
    with st.container(key=f"bevestigen_{form}_{field}", gap="small"):
        st.checkbox(
            f"{said} {'moet' if len(words) == 1 else 'moeten'} hier echt staan",
            key=_box(form, field),
        )
        st.text_input("Waarom? Uw reden wordt bewaard bij de tekst.", key=_reason(form, field))


def confirmed(form: state.Form) -> tuple[Confirmed, ...]:
    """Return the words of a form that the user stands by, each with the reason."""
    found = []
    for field, words in state.questioned(form).items():
        reason = str(st.session_state.get(_reason(form, field)) or "").strip()
        if st.session_state.get(_box(form, field)) and reason:
            found += [Confirmed(field=field, said=word, reason=reason[:500]) for word in words]
    return tuple(found)


def _box(form: state.Form, field: str) -> str:
    return f"bevestigd_{form}_{field}"


def _reason(form: state.Form, field: str) -> str:
    return f"reden_{form}_{field}"

"""What a case is about: its protocols, which can change while the work goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engine.case import Case
from engine.library import Knowledge
from ui import service, state
from ui.components import field_error
from ui.text import plain

EVERYTHING = "Alles wat nu speelt"


def titles_of(protocols: Sequence[str], knowledge: Knowledge) -> list[str]:
    """Return how users know these protocols; one that is gone keeps the name it had."""
    titles = knowledge.protocol_titles
    return [titles.get(name, name) for name in protocols]


def subjects_in_words(case: Case, knowledge: Knowledge) -> str:
    """Say what a case is about."""
    if set(case.protocols) >= {*knowledge.protocols_on(case.reference_date)}:
        return EVERYTHING.lower()
    return ", ".join(titles_of(case.protocols, knowledge))


def choose(knowledge: Knowledge, key: str, on: date, chosen: Sequence[str] = ()) -> None:
    """Draw the protocols to choose from, in the order in which the work goes."""
    titles = knowledge.protocol_titles
    st.markdown(":small[Waar gaat het over?]")
    st.checkbox(
        f"**{EVERYTHING}**: kijk in alle protocollen",
        bool(chosen) and set(chosen) >= {*knowledge.protocols_on(on)},
        key=state.box(key, state.EVERYTHING),
    )
    # Boxes and not pills: those are loaded late, and then push away the button below them.
    with st.grid(min_column_width=250, gap=None, key=f"{key}_vakjes"):
        for name, title in titles.items():
            st.checkbox(plain(title), name in chosen, key=state.box(key, name))


def change(case: Case, knowledge: Knowledge) -> None:
    """Let the user say that the case is about something else by now."""
    popover = st.popover(
        "Protocollen wijzigen",
        icon=":material/checklist:",
        type="tertiary",
        key=state.SUBJECTS,
        on_change="rerun",
    )
    # Made when it is opened: it would be a sixth of the elements of the page.
    if not popover.open:
        return
    act = state.token(f"protocollen:{case.id}")
    with popover, st.form("protocollen_form", enter_to_submit=False, border=False):
        # A key of its own for each choice that was kept: a widget remembers what it was last.
        key = f"casus_protocollen_{act}"
        choose(knowledge, key, case.reference_date, case.protocols)
        field_error("protocollen", key)
        st.caption(
            "Uw antwoorden en besluiten blijven bewaard, ook van een protocol dat u weghaalt."
        )
        st.form_submit_button(
            "Bewaar",
            key="protocollen_bewaren",
            type="primary",
            on_click=service.choose_protocols,
            args=(case.id, key, act),
        )


def take_along(protocol: str, case: Case, knowledge: Knowledge, rule: str) -> None:
    """Offer to take along the protocol that works out an advised step."""
    (title,) = titles_of([protocol], knowledge)
    st.button(
        f"Neem het protocol {plain(title)} erbij",
        key=f"erbij_{rule}",
        type="tertiary",
        icon=":material/add:",
        wrap=True,
        on_click=service.add_protocol,
        args=(case.id, protocol, state.token(f"protocollen:{case.id}")),
    )

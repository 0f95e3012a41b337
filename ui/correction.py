"""Putting right what was recorded, by adding to it: what was there stays, with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from engine.course import event_in_words
from engine.decisions import (
    CaseDiscussed,
    CaseOpened,
    Corrected,
    Decided,
    Escalated,
    Event,
    FactsRecorded,
    JudgementGiven,
    ProtocolsChosen,
    Reviewed,
)
from engine.library import Knowledge
from ui import privacy, service, state
from ui.auth import access
from ui.components import field_error
from ui.text import moment, plain

_FORM: state.Form = "verbetering"
_CORRECTABLE = (
    CaseOpened
    | FactsRecorded
    | ProtocolsChosen
    | Decided
    | Escalated
    | JudgementGiven
    | Reviewed
    | CaseDiscussed
    | Corrected
)
_LONGEST = 110
"""Characters of an event in the list; a phone shows some forty."""


def corrections_of(event: Event, events: Sequence[Event], names: Mapping[str, str]) -> list[str]:
    """Return what was added to put an event right, each as a line of Markdown."""
    return [
        f":material/edit_note: **Verbeterd op {moment(one.at)}** door "
        f"{plain(names.get(one.actor, one.actor))}: {plain(one.body.text)}"
        for one in events
        if isinstance(one.body, Corrected) and one.body.event == event.id
    ]


def correction_form(
    events: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> None:
    """Draw the way to put something right; it is folded away until someone needs it.

    Args:
        events: everything that happened in the case, oldest first.
        knowledge: where protocols, actions and facts have their names.
        names: what people are called, by id.
    """
    fold = st.expander(
        "Klopt er iets niet? Voeg een verbetering toe",
        key="verbetering_uitklap",
        icon=":material/edit_note:",
        on_change="rerun",
    )
    if not fold.open:
        return
    case_id = events[0].case_id
    act = state.token(f"verbetering:{case_id}")
    said = {
        event.id: _in_list(event, events, knowledge, names)
        for event in reversed(events)
        if isinstance(event.body, _CORRECTABLE)
    }
    with fold, st.form(f"verbetering_{act}", enter_to_submit=False, border=False):
        st.caption(
            "Wat er stond, blijft staan. Uw verbetering komt eronder, met uw naam en de dag. Is "
            "een antwoord veranderd? Wijzig dan het antwoord zelf: dan verandert ook het advies."
        )
        # The list shows text as it is, without reading it as Markdown.
        st.selectbox(
            "Wat klopt er niet?",
            list(said),
            index=None,
            format_func=said.__getitem__,
            placeholder="Kies wat niet klopt",
            key=_key(act, "event"),
        )
        field_error(_FORM, "event")
        st.text_area(
            "Wat moet er staan, en waarom?",
            key=_key(act, "text"),
            height=90,
        )
        privacy.field_concerns(_FORM, "text")
        st.caption("Schrijf zonder namen, burgerservicenummers of diagnoses.")
        st.form_submit_button(
            "Verbetering vastleggen",
            key="verbetering_vastleggen",
            type="primary",
            on_click=_keep,
            args=(case_id, act),
        )


def _in_list(
    event: Event, events: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> str:
    said = f"{moment(event.at)}: {event_in_words(event, events, knowledge, names)}"
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"


def _key(act: UUID, name: str) -> str:
    # A key of its own for each correction: a widget remembers what it was last.
    return f"verbetering_{name}_{act}"


@service.guarded(_FORM)
def _keep(case_id: str, act: UUID) -> None:
    """Record the correction as the form has it; once, also after a double click."""
    event = st.session_state.get(_key(act, "event"))
    if not isinstance(event, UUID):
        state.set_errors(_FORM, {"event": "Kies wat er niet klopt."})
        return
    text = str(st.session_state.get(_key(act, "text")) or "")
    access().correct(case_id, event, text, key=act, confirmed=privacy.confirmed(_FORM))
    state.spend(f"verbetering:{case_id}")
    state.close_form(_FORM)
    state.notify("De verbetering is vastgelegd. Wat er stond, is bewaard.")

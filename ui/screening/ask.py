"""The fourth step: which rules, on which day; and the run itself, with how far it is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engine.caseload.review import review
from engine.library import NotCoveredError
from engine.program import build_program
from ui import resources, service, state
from ui.components import field_error
from ui.new_case import choose_authority
from ui.screening.choose import AUTHORITY
from ui.screening.fit import told
from ui.screening.room import KEYS, OUTCOME_KEYS, SCREENING, Desk, Question, forget, own_room
from ui.screening.trouble import told_plainly
from ui.subjects import choose
from ui.workshop.waiting import working

_PROTOCOLS, _AUTHORITY, _DAY = f"{KEYS}protocollen", f"{KEYS}instantie", f"{KEYS}peildatum"
_FORM: state.Form = "doorlichten"
_AT_ONCE = 4_000
"""Clients between two reports of how far it is: some seconds, also where much is asked of them."""

_FIRST = "bestandsdoorlichting"
"""The protocol that is chosen at first for the made-up review of UWV."""


def ask(on: Desk) -> None:
    """Draw the choice of rules, once there is something to apply them to."""
    intake = on.work.intake
    if intake is None or intake.caseload is None:
        return
    st.header("Welke regels?", anchor=False)
    made_up = on.work.made_up
    first = (_FIRST,) if made_up == "wga" and _FIRST in on.knowledge.protocols else ()
    asked = on.work.question
    with st.form(f"{KEYS}vragen", enter_to_submit=False, border=False):
        choose(
            on.knowledge,
            _PROTOCOLS,
            on.work.on or service.today(),
            asked.protocols if asked else first,
        )
        field_error(_FORM, _PROTOCOLS)
        choose_authority(
            on.knowledge,
            _AUTHORITY,
            "Wie behandelt deze cliënten?",
            asked.authority if asked else AUTHORITY.get(made_up),
        )
        field_error(_FORM, _AUTHORITY)
        st.date_input(
            "Peildatum",
            value=asked.on if asked else on.work.on or service.today(),
            format="DD-MM-YYYY",
            key=_DAY,
            help="De dag waarop u kijkt. Meestal de dag waarop het bestand is gemaakt.",
        )
        field_error(_FORM, _DAY)
        st.form_submit_button(
            "Licht het bestand door",
            key=f"{KEYS}begin",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
        )


@service.guarded(_FORM)
def _begin() -> None:
    """Hold the form against the knowledge; only then the rules are applied."""
    work, knowledge = own_room().work, resources.working_knowledge()
    on, authority = st.session_state.get(_DAY), st.session_state.get(_AUTHORITY)
    protocols = service.chosen_protocols(_PROTOCOLS, knowledge, on)
    missing = {
        field: message
        for field, value, message in (
            (_PROTOCOLS, protocols, "Kies minstens een protocol."),
            (_AUTHORITY, authority, "Kies de instantie die deze cliënten behandelt."),
            (_DAY, on, "Vul de peildatum in."),
        )
        if not value
    }
    if missing or not isinstance(on, date) or not isinstance(authority, str):
        state.set_errors(_FORM, missing)
        return
    try:
        build_program(knowledge, protocols, authority, on)
    except NotCoveredError as error:
        state.set_errors(_FORM, {_DAY: str(error)})
        return
    work.question, work.going = Question(protocols, authority, on), SCREENING


def run(on: Desk) -> None:
    """Apply the rules to every client; a click stops it, and leaves nothing."""
    work = on.work
    if work.intake is None or work.question is None:
        return
    # A click ends this, and must not begin it again.
    work.going = ""
    progress = working(f"{KEYS}doorlichten")
    intake, asked = work.intake, work.question
    groups = tuple(one.group for one in intake.report.groups)
    with told_plainly():
        program = build_program(on.knowledge, asked.protocols, asked.authority, asked.on)
        found = on.room.attempt(
            lambda place: review(
                intake,
                on.knowledge,
                program,
                asked.on,
                place,
                keep=groups,
                size=_AT_ONCE,
                progress=told(progress, "cliënten bekeken"),
            )
        )
        if found is not None:
            work.take_back()
            forget(OUTCOME_KEYS)
            work.review = found
            state.go_to_top()
    st.rerun()

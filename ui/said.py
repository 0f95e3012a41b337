"""Where the answers come from: who says so, in which document, and on which day.

Nobody has to fill this in: an answer stays one click. What is filled in counts for every answer
that follows, until another case is opened.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from engine.case import Case, facts_of
from engine.course import said_by
from engine.decisions import DOCUMENT_LENGTH, Said, screen
from engine.labels import PARTY
from engine.words import Respondent
from ui import service, state
from ui.components import field_error
from ui.text import capital, plain

_FORM: state.Form = "bron"
_PANEL = "herkomst"
_SOURCE, _DOCUMENT, _DAY = "herkomst_wie", "herkomst_document", "herkomst_dag"


def who_says(fact: str, case: Case, *, answered: bool) -> None:
    """Draw the way to say where the answers come from; what is filled in shows on it.

    Args:
        fact: the question that is in front, by id.
        case: the answers so far.
        answered: whether the question has an answer, to which it can be added.
    """
    now = state.said()
    label = f"Bij elk antwoord: {said_by(now)}" if now.noted else "Wie zegt dit, en wanneer?"
    panel = st.popover(
        plain(label),
        key=_PANEL,
        type="tertiary",
        icon=":material/record_voice_over:",
        on_change="rerun",
    )
    # Made when it is opened: most answers go without.
    if not panel.open:
        return
    with panel, st.form("herkomst_formulier", enter_to_submit=False, border=False):
        st.caption("U hoeft dit niet in te vullen. Wat u invult, komt bij elk antwoord hierna.")
        # The list shows text as it is, without reading it as Markdown.
        st.selectbox(
            "Wie zegt dit?",
            list(Respondent),
            index=list(Respondent).index(now.source) if now.source else None,
            format_func=lambda one: capital(PARTY[one]),
            placeholder="Kies wie",
            key=_SOURCE,
        )
        st.text_input(
            "In welk document staat het?",
            value=now.document,
            max_chars=DOCUMENT_LENGTH,
            placeholder="Bijvoorbeeld: het plan van aanpak",
            key=_DOCUMENT,
        )
        field_error(_FORM, "document")
        st.date_input("Op welke dag?", value=now.said_on, format="DD-MM-YYYY", key=_DAY)
        field_error(_FORM, "said_on")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Gebruik dit vanaf nu", key="herkomst_bewaren", type="primary", on_click=_keep
            )
            if answered:
                st.form_submit_button(
                    "Zet dit bij dit antwoord",
                    key="herkomst_bij_antwoord",
                    on_click=_keep_with_answer,
                    args=(case, fact),
                )
            if now.noted:
                st.form_submit_button(
                    "Niet meer vermelden", key="herkomst_leeg", on_click=_say, args=(Said(),)
                )


def _typed() -> Said | None:
    """Return what the form says; ``None`` when something is wrong, which is shown then."""
    source, day = st.session_state.get(_SOURCE), st.session_state.get(_DAY)
    document = str(st.session_state.get(_DOCUMENT) or "").strip()
    wrong: dict[str, str] = {}
    if concerns := screen(document):
        wrong["document"] = concerns[0].message
    if isinstance(day, date) and day > service.today():
        wrong["said_on"] = "Deze dag ligt na vandaag."
    state.set_errors(_FORM, wrong)
    return None if wrong else Said(source, document, day)


@service.guarded(_FORM)
def _keep() -> None:
    """Use what the form says for the answers from now on."""
    said = _typed()
    if said is not None:
        _say(said)


@service.guarded(_FORM)
def _keep_with_answer(case: Case, fact: str) -> None:
    """Record the answer that is there again, with where it comes from."""
    said = _typed()
    if said is None:
        return
    _say(said)
    service.answer(case.id, fact, facts_of(case).get(fact))


def _say(said: Said) -> None:
    state.say(said)
    st.session_state[_PANEL] = False

"""The form for a new case."""

from __future__ import annotations

import streamlit as st

from engine.library import Knowledge
from engine.words import AuthorityKind
from ui import service, state
from ui.components import field_error
from ui.subjects import choose
from ui.text import capital


def new_case_form(knowledge: Knowledge) -> None:
    """Ask what decides which rules apply; never who the client is."""
    act = state.token("nieuwe-casus")
    with (
        st.container(border=True, key="formulier_nieuw"),
        st.form("nieuwe_casus_form", enter_to_submit=False, border=False),
    ):
        st.header("Nieuwe casus", anchor=False)
        st.caption(
            "De casus krijgt een kenmerk. Vul nergens een naam in: wie het is, staat in uw eigen "
            "dossier."
        )
        choose(knowledge, "nieuw_protocollen", service.today())
        field_error("nieuw", "nieuw_protocollen")
        choose_authority(knowledge, "nieuw_instantie")
        field_error("nieuw", "nieuw_instantie")
        _reference_date()
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Begin",
                key="nieuw_beginnen",
                type="primary",
                on_click=service.new_case,
                args=(act,),
            )
            st.form_submit_button(
                "Annuleren", key="nieuw_annuleren", on_click=state.make_case, args=(False,)
            )


def choose_authority(
    knowledge: Knowledge,
    key: str,
    label: str = "Wie behandelt deze casus?",
    chosen: str | None = None,
) -> None:
    """Draw the choice of who decides.

    Args:
        knowledge: with the authorities.
        key: of the widget.
        label: what is asked.
        chosen: the one that is filled in at first.
    """
    municipal = AuthorityKind.MUNICIPALITY
    order = sorted(
        knowledge.authorities.values(), key=lambda one: (one.kind is municipal, one.label)
    )
    labels = {authority.id: capital(authority.label) for authority in order}
    st.selectbox(
        label,
        list(labels),
        index=list(labels).index(chosen) if chosen in labels else None,
        format_func=labels.__getitem__,
        placeholder="Kies UWV of een gemeente",
        key=key,
    )


def _reference_date() -> None:
    st.date_input(
        "Peildatum",
        value=service.today(),
        format="DD-MM-YYYY",
        key="nieuw_peildatum",
        help="De dag waarop u de situatie beoordeelt. Meestal is dat vandaag.",
    )
    field_error("nieuw", "nieuw_peildatum")

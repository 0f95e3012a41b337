"""Putting an advice before someone with more authority: the form, and that it waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import streamlit as st

from engine.consult import Advice, Consultation
from engine.decisions import (
    DECIDERS,
    QUESTION,
    Contract,
    Escalated,
    Event,
    askable,
    contract_for,
    put_before,
)
from engine.wording import date_in_words
from engine.words import Decider
from ui import privacy, resources, service, state
from ui.auth import access
from ui.components import field_error
from ui.text import capital, moment, plain

_FORM: state.Form = "voorleggen"


def way_out(rule: str, contract: Contract) -> None:
    """Offer to put the advice before someone, where a professional can't decide to deviate."""
    if contract.decider is Decider.PROFESSIONAL:
        return
    st.button(
        "Geen uitweg, of twijfelt u? Leg het voor",
        key=f"voorleggen_{rule}",
        type="tertiary",
        icon=":material/forward_to_inbox:",
        on_click=state.escalate,
        args=(rule,),
    )


def escalation_form(advice: Advice, consultation: Consultation) -> None:
    """Ask before whom an advice is put, what the question is, and when the answer is needed."""
    rule = advice.rule.id
    contract = contract_for(consultation, rule)
    if contract is None:
        return
    act = state.token(f"voorleggen:{consultation.case.id}:{rule}")
    with (
        st.container(border=True, key=f"formulier_voorleggen_{rule}"),
        st.form(f"voorleggen_form_{act}", enter_to_submit=False, border=False),
    ):
        st.markdown(
            "#### Aan wie legt u dit voor?\n\nTot er een antwoord is, blijft het advies gelden. "
            "Zet intussen geen stap die u niet kunt terugdraaien. Leidraad verstuurt niets: u "
            "stelt de vraag zelf. Hier legt u vast dát u haar stelt."
        )
        st.radio(
            "Aan wie?",
            askable(contract),
            index=None,
            format_func=lambda one: capital(DECIDERS[one]),
            key=_key(rule, "to"),
            horizontal=True,
        )
        field_error(_FORM, "to")
        st.caption("Schrijf zonder namen, burgerservicenummers of diagnoses.")
        st.text_area(f"**{QUESTION}**", key=_key(rule, "question"), height=90)
        privacy.field_concerns(_FORM, "question")
        st.date_input(
            "Antwoord nodig op",
            value=None,
            min_value=service.today(),
            format="DD-MM-YYYY",
            key=_key(rule, "answer_by"),
        )
        field_error(_FORM, "answer_by")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Vastleggen",
                key=f"voorleggen_vastleggen_{rule}",
                type="primary",
                on_click=_keep,
                args=(consultation, rule, act),
            )
            st.form_submit_button(
                "Niet voorleggen",
                key=f"voorleggen_stoppen_{rule}",
                on_click=state.escalate,
                args=(None,),
            )


def is_waiting(found: tuple[Event, Escalated]) -> None:
    """Say on a card that an advice was put before someone, and that the decision waits."""
    event, escalated = found
    late = escalated.answer_by < service.today()
    icon, said = ("priority_high", "had er moeten zijn") if late else ("hourglass_top", "nodig")
    st.markdown(
        f":orange[:material/{icon}:] **Voorgelegd aan {DECIDERS[escalated.to]}** op "
        f"{moment(event.at)}. Antwoord {said} op {date_in_words(escalated.answer_by)}.  \n"
        f"{plain(escalated.question)}"
    )


def _key(rule: str, field: str) -> str:
    return f"voorleggen_{field}_{rule}"


@service.guarded(_FORM)
def _keep(consultation: Consultation, rule: str, act: UUID) -> None:
    """Record the question; once, also after a double click."""

    def field(name: str) -> Any:
        return st.session_state.get(_key(rule, name))

    escalated = put_before(
        consultation,
        rule,
        to=field("to"),
        question=field("question") or "",
        answer_by=field("answer_by"),
        confirmed=privacy.confirmed(_FORM),
    )
    access().escalate(consultation, escalated, key=act, knowledge=resources.working_knowledge())
    state.spend(f"voorleggen:{consultation.case.id}:{rule}")
    state.escalate(None)
    state.notify("Vastgelegd dat u dit voorlegt. Leg hier ook vast wat er besloten wordt.")

"""The form to deviate from an advice: it asks what the rule's contract requires, and no more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine.consult import Advice
from engine.decisions import DECIDERS, ELEMENTS, INSTEAD, Act, Contract, Needed, contract_for
from engine.knowledge import Rule
from engine.labels import NORM_MEANING
from engine.library import Knowledge
from engine.words import Decider, Element
from ui import service, state
from ui.components import field_error
from ui.desk import Desk
from ui.escalation import way_out
from ui.precedents import precedents
from ui.privacy import field_concerns
from ui.text import capital, plain, sentence
from ui.verdicts import found_on


def deviation_form(advice: Advice, desk: Desk, needed: Sequence[Needed]) -> None:
    """Draw the form; what was typed stays when something is missing.

    Args:
        advice: the advice that the user deviates from.
        desk: what the page is about.
        needed: what the protocol would have needed not to give the advice.
    """
    rule, consultation, knowledge = advice.rule, desk.consultation, desk.knowledge
    contract = contract_for(consultation, rule.id)
    if contract is None:
        return
    with st.container(border=True, key=f"formulier_afwijking_{rule.id}"):
        st.markdown("#### Waarom wijkt u af?")
        st.caption(NORM_MEANING[rule.norm])
        if needed:
            said = "\n".join(f"- {plain(sentence(item.said))}" for item in needed)
            st.markdown(f"**Het protocol zou dit niet adviseren als:**\n\n{said}")
        found_on(rule.id, desk.record, knowledge, where="afwijken", opened=True)
        precedents(advice, consultation, knowledge, desk.record)
        if Act.DECIDE in desk.acts:
            way_out(rule.id, contract)
        _form(rule, contract, desk)


def _form(rule: Rule, contract: Contract, desk: Desk) -> None:
    """Ask what the contract requires, and offer to record it or to leave it."""
    consultation = desk.consultation
    act = state.token(f"{consultation.case.id}:{rule.id}")
    with st.form(f"afwijking_{rule.id}", enter_to_submit=False, border=False):
        if state.errors("afwijking"):
            st.error(
                "Nog niet opgeslagen. Vul aan wat hieronder in rood staat; wat u typte, staat er "
                "nog.",
                icon=":material/error:",
            )
        elif state.noticed("afwijking"):
            st.warning(
                "Nog niet opgeslagen. Kijk naar de vraag bij uw tekst. Past de tekst hier? Sla dan "
                "nog een keer op.",
                icon=":material/help:",
            )
        _choices(rule, contract, desk.knowledge)
        _texts(rule, contract)
        _signature(rule, contract, desk.deciders(rule))
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Afwijking vastleggen",
                key=f"afwijking_vastleggen_{rule.id}",
                type="primary",
                on_click=service.deviate,
                args=(consultation, rule.id, act),
            )
            st.form_submit_button(
                "Toch niet afwijken",
                key=f"afwijking_stoppen_{rule.id}",
                on_click=state.deviate_from,
                args=(None,),
            )


def _choices(rule: Rule, contract: Contract, knowledge: Knowledge) -> None:
    """Ask what sort of deviation it is, and on what ground."""
    st.radio(
        "Wat voor afwijking is dit?",
        contract.kinds,
        index=None,
        format_func=lambda kind: kind.label,
        key=service.deviation_key(rule.id, "kind"),
    )
    field_error("afwijking", "kind")
    grounds = [knowledge.grounds[ground] for ground in contract.grounds]
    st.radio(
        "Op welke grond?",
        [ground.id for ground in grounds],
        index=None,
        format_func=lambda ground: plain(knowledge.grounds[ground].label),
        captions=[plain(ground.explanation) for ground in grounds],
        key=service.deviation_key(rule.id, "ground"),
    )
    field_error("afwijking", "ground")


def _texts(rule: Rule, contract: Contract) -> None:
    """Ask for each part of the justification, and what is done instead."""
    st.caption("Schrijf zonder namen, burgerservicenummers of diagnoses.")
    for element in contract.required:
        asked = ELEMENTS[element]
        st.text_area(
            f"**{asked.label}**  \n{asked.question}",
            key=service.deviation_key(rule.id, f"elements.{element.value}"),
            height=90,
        )
        field_concerns("afwijking", f"elements.{element.value}")
    if Element.EVIDENCE not in contract.required:
        asked = ELEMENTS[Element.EVIDENCE]
        st.text_input(
            f"**{asked.label}** (mag leeg blijven)  \n{asked.question}",
            key=service.deviation_key(rule.id, f"elements.{Element.EVIDENCE.value}"),
            help="Verwijs naar het stuk, bijvoorbeeld: brief van de opleider, 3 mei. Neem de "
            "inhoud niet over.",
        )
        field_concerns("afwijking", f"elements.{Element.EVIDENCE.value}")
    st.text_area(f"**{INSTEAD}**", key=service.deviation_key(rule.id, "instead"), height=90)
    field_concerns("afwijking", "instead")


def _signature(rule: Rule, contract: Contract, deciders: Sequence[Decider]) -> None:
    """Ask who decided, when, and when it is looked at again."""
    st.radio(
        "Wie heeft dit besloten?",
        deciders,
        index=0 if Decider.PROFESSIONAL in deciders[:1] else None,
        format_func=lambda decider: capital(DECIDERS[decider]),
        key=service.deviation_key(rule.id, "decided_by"),
        horizontal=True,
        help="Wie namens uw organisatie mag besluiten, staat in de regels over mandaat.",
    )
    field_error("afwijking", "decided_by")
    today = service.today()
    left, right = st.columns(2)
    with left:
        st.date_input(
            "Besloten op",
            value=today,
            format="DD-MM-YYYY",
            key=service.deviation_key(rule.id, "decided_on"),
        )
        field_error("afwijking", "decided_on")
    with right:
        st.date_input(
            "Opnieuw bekijken op",
            value=contract.review_by(today),
            format="DD-MM-YYYY",
            help=f"De regel vraagt dit uiterlijk na {contract.review_after}.",
            key=service.deviation_key(rule.id, "review_on"),
        )
        field_error("afwijking", "review_on")

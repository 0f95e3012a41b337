"""The consult page: choose a case, answer what matters, see what follows, follow or deviate."""

from collections.abc import Sequence

import streamlit as st

from engine.consult import consult
from engine.decisions import (
    Access,
    Act,
    Event,
    StoredCase,
    decisions_among,
    latest_by_rule,
    sources_of,
    waiting,
)
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.standing import flagged
from ui import resources, state
from ui.advice import next_steps
from ui.auth import access
from ui.cases import case_header, choose_case
from ui.components import not_consulted
from ui.decided import flags
from ui.desk import Desk
from ui.frame import knowledge_or_stop
from ui.history import history
from ui.judgement import ask_judgement, comes_first, own_judgement
from ui.meanwhile import changed_meanwhile
from ui.reasoning import after_judgement, picture, reasoning
from ui.situation import situation


def page() -> None:
    """Draw the list of cases, or the case that is open."""
    knowledge = knowledge_or_stop()
    resources.fill_once()
    chosen, record = state.case_id(), access()
    if chosen is not None and record.sees(chosen):
        one_case(chosen, record, knowledge)
        return
    # An address can name a case that is not in this record, or not for this user.
    if chosen is not None:
        st.warning("Deze casus staat niet in het dossier. Kies er een uit de lijst.")
        state.set_case(None)
    choose_case(record, knowledge)


def one_case(case_id: str, record: Access, knowledge: Knowledge) -> None:
    """Draw one case: the situation, the next steps and the course so far."""
    events = record.history(case_id)
    names, acts = record.names(), record.acts(case_id)
    to_me = {**names, record.actor.id: "u"}
    stored = StoredCase.of(events, knowledge)
    changed_meanwhile(record, events, knowledge, names)
    case_header(stored, record, knowledge, acts)
    consultation = None
    try:
        consultation = consult(knowledge, stored.case)
    except (NotCoveredError, BoundsError) as error:
        not_consulted(error)
    else:
        latest = latest_by_rule(decisions_among(events))
        desk = Desk(consultation, knowledge, latest, waiting(events), acts, to_me, record)
        _three_areas(desk, events)
    history(events, consultation, knowledge, to_me, acts)


def _three_areas(desk: Desk, events: Sequence[Event]) -> None:
    """Draw the situation, the next steps, and the reasoning of one of them."""
    consultation, knowledge = desk.consultation, desk.knowledge
    hidden = comes_first(consultation.case.id, events, desk.record)
    left, middle, right = st.columns([5, 6, 6], gap="medium")
    with left.container(key="vlak_situatie"):
        situation(
            consultation,
            knowledge,
            sources_of(events),
            blind=hidden,
            works=Act.ANSWER in desk.acts,
        )
    with middle.container(key="vlak_stappen"):
        if hidden:
            ask_judgement(consultation, knowledge)
        else:
            own_judgement(consultation, knowledge, events, desk.record.actor)
            flags(flagged(consultation, knowledge, desk.latest), desk)
            next_steps(desk)
    with right.container(key="vlak_redenering"):
        if hidden:
            after_judgement()
        else:
            reasoning(desk)
    if not hidden:
        picture(desk)


page()

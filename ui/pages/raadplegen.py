"""The consult page: choose a case, answer what matters, see what follows, follow or deviate."""

import streamlit as st

from engine.consult import consult
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from ui import resources, state
from ui.advice import next_steps
from ui.cases import case_header, choose_case
from ui.desk import Desk
from ui.frame import knowledge_or_stop
from ui.history import history
from ui.situation import situation
from ui.text import plain


def page() -> None:
    """Draw the list of cases, or the case that is open."""
    knowledge = knowledge_or_stop()
    resources.fill_once()
    chosen = state.case_id()
    if chosen is not None and state.found(chosen):
        one_case(chosen, knowledge)
        return
    cases = resources.record().cases()
    # An address can name a case that is not, or no longer, in this record.
    if chosen in {case.id for case in cases}:
        state.set_found(chosen)
        one_case(chosen, knowledge)
        return
    if chosen is not None:
        st.warning("Deze casus staat niet in het dossier. Kies er een uit de lijst.")
        state.set_case(None)
    choose_case(cases, knowledge)


def one_case(case_id: str, knowledge: Knowledge) -> None:
    """Draw one case: the situation, the next steps and the course so far."""
    record = resources.record()
    stored = record.load_case(case_id, knowledge)
    case_header(stored, knowledge)
    consultation = None
    try:
        consultation = consult(knowledge, stored.case)
    except NotCoveredError as error:
        st.error(
            f"**Voor deze casus is geen advies mogelijk.** {plain(str(error))} Open een nieuwe "
            "casus met een andere peildatum of instantie, of vraag de beheerder om de regels aan "
            "te vullen. Uw antwoorden blijven bewaard.",
            icon=":material/event_busy:",
        )
    except BoundsError as error:
        st.error(
            f"**De regels zijn te ingewikkeld om te berekenen.** {plain(str(error))} Meld dit aan "
            "de beheerder van de regels.",
            icon=":material/build:",
        )
    else:
        latest = {kept.decision.advised.rule: kept for kept in record.decisions(case_id)}
        left, right = st.columns([5, 7], gap="large")
        with left:
            situation(consultation, knowledge)
        with right:
            next_steps(Desk(consultation, knowledge, latest))
    history(record.history(case_id), consultation, knowledge)


page()

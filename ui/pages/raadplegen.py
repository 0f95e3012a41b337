"""The consult page: choose a case, answer what matters, see what follows, follow or deviate."""

from collections.abc import Sequence

import streamlit as st

from engine.consult import consult
from engine.decisions import Event
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.standing import flagged
from ui import resources, state
from ui.advice import next_steps
from ui.cases import case_header, choose_case
from ui.decided import flags
from ui.desk import Desk
from ui.frame import knowledge_or_stop
from ui.history import history
from ui.judgement import comes_first, judgement_first, own_judgement
from ui.reasoning import after_judgement, picture, reasoning
from ui.situation import situation
from ui.text import plain


def page() -> None:
    """Draw the list of cases, or the case that is open."""
    knowledge = knowledge_or_stop()
    resources.fill_once()
    chosen = state.case_id()
    if chosen is not None:
        if resources.has_case(chosen):
            one_case(chosen, knowledge)
            return
        st.warning("Deze casus staat niet in het dossier. Kies er een uit de lijst.")
        state.set_case(None)
    choose_case(resources.record().cases(), knowledge)


def one_case(case_id: str, knowledge: Knowledge) -> None:
    """Draw one case: the situation, the next steps and the course so far."""
    record = resources.record()
    stored = record.load_case(case_id, knowledge)
    events = record.history(case_id)
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
        _three_areas(Desk(consultation, knowledge, latest), events)
    history(events, consultation, knowledge)


def _three_areas(desk: Desk, events: Sequence[Event]) -> None:
    """Draw the situation, the next steps, and the reasoning of one of them."""
    consultation, knowledge = desk.consultation, desk.knowledge
    left, middle, right = st.columns([5, 6, 6], gap="medium")
    with left.container(key="vlak_situatie"):
        blind = comes_first(consultation.case.id, events)
        situation(consultation, knowledge, blind=blind)
    with middle.container(key="vlak_stappen"):
        hidden = judgement_first(consultation, knowledge, events)
        if not hidden:
            own_judgement(consultation, knowledge, events)
            flags(flagged(consultation, knowledge, desk.latest), consultation, knowledge)
            next_steps(desk)
    with right.container(key="vlak_redenering"):
        if hidden:
            after_judgement()
        else:
            reasoning(desk)
    if not hidden:
        picture(desk)


page()

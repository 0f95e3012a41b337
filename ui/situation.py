"""The client's situation: the question that matters most now, and every answer so far."""

from __future__ import annotations

import streamlit as st

from engine.case import Case
from engine.consult import Consultation
from engine.decisions import DECIDABLE
from engine.library import Knowledge
from engine.questions import Question
from ui import state
from ui.components import no_advice
from ui.question import current, is_answered, question_card
from ui.text import count, plain

_OTHER = "andere_vraag"


def situation(consultation: Consultation, knowledge: Knowledge) -> None:
    """Draw the left side of the page: ask, and show what is known."""
    case = consultation.case
    fresh = [item for item in consultation.questions if not (item.asked or item.disputed)]
    chosen = state.editing()
    st.header("De situatie van de cliënt", anchor=False)
    if chosen is not None and chosen in knowledge.facts:
        question_card(knowledge.facts[chosen], case, knowledge, len(fresh))
    elif fresh:
        question_card(fresh[0].fact, case, knowledge, len(fresh))
    else:
        _all_asked(consultation)
    shown = chosen or (fresh[0].fact.id if fresh else None)
    _other_questions([item for item in fresh if item.fact.id != shown])
    with st.container(key="naar_de_stappen"):
        st.markdown(f"[{_steps_so_far(consultation)}](#stappen)")
    _answers(case, knowledge)


def _steps_so_far(consultation: Consultation) -> str:
    """Say on a narrow screen, where the steps are out of sight, what the answers gave so far."""
    holding = sum(advice.status in DECIDABLE for advice in consultation.advices)
    if consultation.withheld:
        steps = f" · {count(holding, 'volgende stap', 'volgende stappen')}" if holding else ""
        return f"{no_advice(consultation)}: bekijk waarom{steps}"
    if not holding:
        return "Bekijk wat er nog te bepalen is"
    return f"Bekijk {count(holding, 'volgende stap', 'volgende stappen')}"


def _all_asked(consultation: Consultation) -> None:
    """Say that nothing is left to ask, and what was left open."""
    questions = consultation.questions
    with st.container(border=True, key="vraag_kaart_klaar"):
        if consultation.withheld:
            st.markdown("### Er is nu geen nieuwe vraag te stellen")
            st.markdown(
                f"{no_advice(consultation)}. Welke vragen daarvoor nog tellen, is dus niet te "
                "zeggen. Uw antwoorden blijven bewaard."
            )
        elif not questions:
            st.markdown("### Alle vragen die tellen zijn beantwoord")
            st.markdown("De volgende stappen veranderen alleen nog als een antwoord verandert.")
        else:
            st.markdown("### U hebt alle vragen gezien")
        if questions:
            st.markdown(
                "Deze antwoorden kunnen het advies nog veranderen. Kies er een zodra u meer weet."
            )
        for question in questions:
            _choose(question)


def _other_questions(others: list[Question]) -> None:
    """Let the user take another question first."""
    if not others:
        return
    names = {item.fact.id: plain(item.fact.question) for item in others}
    st.selectbox(
        f"Eerst een andere vraag ({len(others)})",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Kies of zoek een vraag",
        key=_OTHER,
        on_change=_take_other,
    )


def _take_other() -> None:
    """Put the chosen question in front, and empty the list for the next time."""
    state.edit(st.session_state.get(_OTHER))
    st.session_state[_OTHER] = None


def _choose(question: Question) -> None:
    mark = " (betwist)" if question.disputed else " (nog niet bekend)" if question.asked else ""
    st.button(
        f"{plain(question.fact.question)}{mark}",
        key=f"kies_vraag_{question.fact.id}",
        type="tertiary",
        icon=":material/arrow_forward:",
        wrap=True,
        on_click=state.edit,
        args=(question.fact.id,),
    )


def _answers(case: Case, knowledge: Knowledge) -> None:
    """List every answer as a sentence; a click changes it or takes it back."""
    names = [name for name in knowledge.facts if is_answered(name, case)]
    st.markdown(f"#### Wat we weten ({len(names)})")
    if not names:
        st.caption("Nog niets. Uw antwoorden komen hier te staan en blijven bewaard.")
        return
    st.caption("Klik op een antwoord om het te wijzigen of weg te halen.")
    with st.container(gap=None, key="antwoordenlijst"):
        for name in names:
            st.button(
                plain(current(knowledge.facts[name], case, knowledge)),
                key=f"wijzig_{name}",
                type="tertiary",
                icon=_answer_icon(name, case),
                wrap=True,
                on_click=state.edit,
                args=(name,),
            )


def _answer_icon(name: str, case: Case) -> str:
    if name in case.disputed:
        return ":material/forum:"
    return ":material/help:" if name in case.unknown else ":material/edit:"

"""The client's situation: the question that matters most now, and every answer so far."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine import labels
from engine.case import Case
from engine.consult import Consultation
from engine.course import said_by
from engine.decisions import Said
from engine.library import Knowledge
from engine.questions import Question
from engine.wording import enumerate_dutch
from ui import state
from ui.components import no_advice
from ui.question import current, is_answered, question_card
from ui.text import count, plain

_OTHER = "andere_vraag"


def situation(
    consultation: Consultation,
    knowledge: Knowledge,
    sources: Mapping[str, Said],
    *,
    blind: bool,
    works: bool,
) -> None:
    """Draw the left side of the page: ask, and show what is known.

    Args:
        consultation: the case as it is now.
        knowledge: where the questions are defined.
        sources: where answers come from, by fact, as far as that was noted.
        blind: whether the user judges first, and may not see yet what is advised.
        works: whether the user may answer; who reads along gets no buttons.
    """
    case = consultation.case
    fresh = [item for item in consultation.questions if item.fresh]
    chosen = state.editing() if works else None
    if chosen not in knowledge.facts:  # the question is gone while it was in front
        chosen = None
    st.header("De situatie van de cliënt", anchor=False)
    _progress(consultation, len(fresh))
    if chosen is not None:
        need = _need(chosen, consultation)
        question_card(knowledge.facts[chosen], case, knowledge, need, works=works)
    elif fresh:
        question_card(fresh[0].fact, case, knowledge, fresh[0], works=works)
    else:
        _all_asked(consultation, works=works)
    shown = chosen or (fresh[0].fact.id if fresh else None)
    if works:
        _other_questions([item for item in fresh if item.fact.id != shown])
    experts = [item for item in consultation.questions if item.expert]
    _for_experts(experts, knowledge, works=works)
    with st.container(key="naar_de_stappen"):
        said = "Naar uw eigen oordeel" if blind else _steps_so_far(consultation)
        st.markdown(f"[{said}](#stappen)")
    _answers(consultation, knowledge, sources, works=works)


def _progress(consultation: Consultation, fresh: int) -> None:
    """Say how many questions still matter, and how many the last answer made superfluous."""
    case = consultation.case
    answered = len(case.known) + len(case.unknown) + len(case.disputed)
    open_questions = [question.fact.id for question in consultation.questions]
    gone = state.no_longer_needed(case.id, open_questions, answered)
    said = f"{count(answered, 'antwoord', 'antwoorden')} · "
    said += (
        f"nog {count(fresh, 'vraag telt', 'vragen tellen')} mee" if fresh else "geen vragen meer"
    )
    if gone:
        said += f" · {count(gone, 'vraag is', 'vragen zijn')} niet meer nodig"
    st.caption(said)


def _need(fact: str, consultation: Consultation) -> Question | None:
    """Return what hangs on a question; nothing when its answer can't change an advice now."""
    return next((item for item in consultation.questions if item.fact.id == fact), None)


def _for_experts(questions: list[Question], knowledge: Knowledge, *, works: bool) -> None:
    """Say what only an expert can establish, and by which step; nobody is asked to guess it."""
    if not questions:
        return
    who = enumerate_dutch(
        [
            labels.RESPONDENT[one]
            for one in dict.fromkeys(one for item in questions for one in item.fact.respondents)
        ],
        "of",
    )
    steps = dict.fromkeys(action for item in questions for action in item.ordered_by)
    with st.container(border=True, key="kaart_deskundige"):
        lines = [
            f"#### Dit kan alleen {plain(who)} vaststellen",
            "Raad het antwoord niet. Is er nog geen advies over, vraag dat dan aan:",
            "\n".join(f"- {plain(knowledge.actions[name].title)}" for name in steps),
            "Ligt er al een advies? Kies dan de vraag en vul in wat erin staat.",
        ]
        if not steps:
            del lines[1:3]
        st.markdown("\n\n".join(lines))
        _choices(questions, works=works)


def _steps_so_far(consultation: Consultation) -> str:
    """Say on a narrow screen, where the steps are out of sight, what the answers gave so far."""
    holding = sum(advice.status.is_given for advice in consultation.advices)
    if consultation.withheld:
        steps = f" · {count(holding, 'volgende stap', 'volgende stappen')}" if holding else ""
        return f"{no_advice(consultation)}: bekijk waarom{steps}"
    if not holding:
        return "Bekijk wat er nog te bepalen is"
    return f"Bekijk {count(holding, 'volgende stap', 'volgende stappen')}"


def _all_asked(consultation: Consultation, *, works: bool) -> None:
    """Say that nothing is left to ask, and what was left open."""
    questions = consultation.questions
    # What only an expert can establish stands below, with the step that orders it.
    own = [question for question in questions if not question.expert]
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
        if own:
            choose = " Kies er een zodra u meer weet." if works else ""
            st.markdown(f"Deze antwoorden kunnen het advies nog veranderen.{choose}")
        elif questions:
            st.markdown("Wat het advies nog kan veranderen, vraagt u aan een deskundige.")
        _choices(own, works=works)


def _other_questions(others: list[Question]) -> None:
    """Let the user take another question first."""
    if not others:
        return
    # The options of a list are text, not Markdown.
    names = {item.fact.id: item.fact.question for item in others}
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


def _choices(questions: list[Question], *, works: bool) -> None:
    """List questions; each is a way to its answer for who may give it."""
    names = {
        item.fact.id: plain(item.fact.question)
        + (" (betwist)" if item.disputed else " (nog niet bekend)" if item.asked else "")
        for item in questions
    }
    if not works:
        st.markdown("\n".join(f"- {name}" for name in names.values()))
        return
    for fact, name in names.items():
        st.button(
            name,
            key=f"kies_vraag_{fact}",
            type="tertiary",
            icon=":material/arrow_forward:",
            wrap=True,
            on_click=state.edit,
            args=(fact,),
        )


def _answers(
    consultation: Consultation,
    knowledge: Knowledge,
    sources: Mapping[str, Said],
    *,
    works: bool,
) -> None:
    """List every answer as a sentence; a click changes it or takes it back."""
    case = consultation.case
    needed = {question.fact.id for question in consultation.questions}
    names = [name for name in knowledge.facts if is_answered(name, case)]
    st.markdown(f"#### Wat we weten ({len(names)})")
    if not names:
        st.caption("Nog niets. Uw antwoorden komen hier te staan en blijven bewaard.")
        return
    said = {
        name: plain(
            _with_source(current(knowledge.facts[name], case, knowledge), sources.get(name))
        )
        + ("" if name in case.known or name in needed else " (niet meer nodig)")
        for name in names
    }
    if not works:
        st.markdown("\n".join(f"- {one}" for one in said.values()))
        return
    st.caption("Klik op een antwoord om het te wijzigen of weg te halen.")
    with st.container(gap=None, key="antwoordenlijst"):
        for name in names:
            st.button(
                said[name],
                key=f"wijzig_{name}",
                type="tertiary",
                icon=_answer_icon(name, case),
                wrap=True,
                on_click=state.edit,
                args=(name,),
            )


def _with_source(said: str, source: Said | None) -> str:
    """Add to a sentence where the answer comes from, as far as that was noted."""
    if source is None:
        return said
    stop = "." if said.endswith(".") else ""
    return f"{said.removesuffix('.')} ({said_by(source)}){stop}"


def _answer_icon(name: str, case: Case) -> str:
    if name in case.disputed:
        return ":material/forum:"
    return ":material/help:" if name in case.unknown else ":material/edit:"

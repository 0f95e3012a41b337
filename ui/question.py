"""One question, large: why it is asked, who can answer it, and the widget for its answer."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine import labels
from engine.case import UNKNOWN, Case
from engine.conditions import Value
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.questions import Question
from engine.wording import enumerate_dutch, say_fact, say_value
from engine.words import FactKind, Sensitivity
from ui import service, state
from ui.components import field_error
from ui.dispute import dispute_form
from ui.fields import answer_label, value_input
from ui.said import who_says
from ui.text import capital, count, plain, sentence

_YES_NO = {"ja": ("Ja", ":material/check:"), "nee": ("Nee", ":material/close:")}


def question_card(
    fact: Fact, case: Case, knowledge: Knowledge, question: Question | None, *, works: bool
) -> None:
    """Draw one question large, with why it is asked, who can answer it and its inputs.

    Args:
        fact: the question.
        case: the answers so far.
        knowledge: how answers are said.
        question: what hangs on it; ``None`` when its answer can't change an advice now.
        works: whether the user may answer; who reads along only sees the question.
    """
    turn = (len(case.known) + len(case.unknown) + len(case.disputed)) % 2
    answered = is_answered(fact.id, case)
    with st.container(border=True, key=f"vraag_kaart_{turn}"):
        st.caption(_why_now(question, answered=answered))
        st.markdown(f"### {plain(fact.question)}")
        if fact.explanation:
            st.markdown(plain(fact.explanation))
        _hints(fact)
        if answered:
            st.markdown(f"Nu vastgelegd: **{plain(current(fact, case, knowledge))}**")
        if not works:
            return
        if state.disputing() == fact.id:
            dispute_form(fact, case)
            return
        _inputs(fact, case)
        field_error("antwoord", fact.id)
        _ways_out(fact, case, answered=answered)
        who_says(fact.id, case, answered=answered)


def _why_now(question: Question | None, *, answered: bool) -> str:
    """Say what hangs on the answer."""
    if question is None:
        return "Dit antwoord wijzigen" if answered else "Deze vraag is niet meer nodig"
    waits = count(question.advices, "advies wacht", "adviezen wachten")
    first = "Dit antwoord wijzigen" if answered else "Vraag nu eerst"
    return f"{first} · {waits} hierop"


def _hints(fact: Fact) -> None:
    """Say why this is asked, who knows it and what to be careful with."""
    who = enumerate_dutch([labels.RESPONDENT[one] for one in fact.respondents], "of")
    st.caption(f"**Waarom deze vraag:** {plain(fact.reason)}  \n**Wie dit weet:** {plain(who)}")
    if fact.sensitivity is not Sensitivity.ORDINARY:
        hint = capital(labels.SENSITIVITY[fact.sensitivity])
        st.markdown(f":violet[:material/shield_person: {plain(hint)}.]")


def _inputs(fact: Fact, case: Case) -> None:
    """Draw the widget that fits the kind of answer."""
    match fact.kind:
        case FactKind.YES_NO:
            _choices(fact, case, {name: label for name, (label, _) in _YES_NO.items()}, 2)
        case FactKind.CHOICE:
            _choices(fact, case, {one.id: one.button or one.label for one in fact.options}, 1)
        case FactKind.NUMBER | FactKind.DATE:
            _typed(fact, case)
        case FactKind.TEXT:
            st.caption("Op deze vraag rust geen advies. U hoeft hem niet te beantwoorden.")


def _choices(fact: Fact, case: Case, options: Mapping[str, str], columns: int) -> None:
    """Draw one big button for each possible answer."""
    current = case.known.get(fact.id)
    with st.grid(columns, min_column_width=120, gap="small", key=f"antwoorden_{fact.id}"):
        for name, label in options.items():
            icon = _YES_NO[name][1] if fact.kind is FactKind.YES_NO else None
            st.button(
                plain(capital(label)),
                key=f"antwoord_{fact.id}_{name}",
                icon=":material/radio_button_checked:" if current == name else icon,
                width="stretch",
                wrap=True,
                on_click=service.answer,
                args=(case.id, fact.id, name),
            )


def _typed(fact: Fact, case: Case) -> None:
    """Draw a field for a number or a date; Enter is enough to send it."""
    # One for each case, so that what was typed for one client never stands with another.
    key = f"invoer_{case.id}_{fact.id}"
    with st.form(f"formulier_{fact.id}", border=False):
        value_input(fact, answer_label(fact), case.known.get(fact.id), key)
        st.form_submit_button(
            "Vastleggen",
            key=f"vastleggen_{fact.id}",
            type="primary",
            on_click=service.answer_typed,
            args=(case.id, fact.id, key),
        )


def _ways_out(fact: Fact, case: Case, *, answered: bool) -> None:
    """Offer the answers that need no value, and the way back while changing one."""
    with st.container(horizontal=True, gap="small"):
        # As the answer to a question for text, these two would be kept as its text.
        if fact.kind is not FactKind.TEXT:
            st.button(
                "Weet ik niet",
                key=f"onbekend_{fact.id}",
                icon=":material/help:",
                on_click=service.answer,
                args=(case.id, fact.id, UNKNOWN),
            )
            st.button(
                "Partijen zijn het niet eens",
                key=f"betwist_{fact.id}",
                icon=":material/forum:",
                on_click=state.dispute,
                args=(fact.id,),
            )
        if answered:
            st.button(
                "Antwoord weghalen",
                key=f"weghalen_{fact.id}",
                icon=":material/undo:",
                on_click=service.answer,
                args=(case.id, fact.id, None),
            )
        if state.editing():
            st.button("Terug", key="wijzigen_stoppen", on_click=state.edit, args=(None,))


def is_answered(name: str, case: Case) -> bool:
    """Whether anything was recorded about a fact, be it that it is unknown."""
    return name in case.known or name in case.unknown or name in case.disputed


def current(fact: Fact, case: Case, knowledge: Knowledge) -> str:
    """Say how a fact stands now."""
    if fact.id in case.disputed:
        return f"Betwist: {fact.label}{_readings(fact.id, case.disputed[fact.id], knowledge)}"
    if fact.id in case.unknown:
        return f"Nog niet bekend: {fact.label}"
    return sentence(say_fact(fact.id, case.known[fact.id], knowledge.lexicon))


def _readings(name: str, readings: Mapping[str, Value], knowledge: Knowledge) -> str:
    """Say what each party holds, if that was recorded."""
    said = [
        f"{labels.party(party)} zegt {say_value(name, value, knowledge.lexicon)}"
        for party, value in readings.items()
    ]
    return f" ({enumerate_dutch(said, 'en')})" if said else ""

"""Trying another answer: which question, which answer, and the answers that are tried so far."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine.case import UNKNOWN, Case
from engine.conditions import names
from engine.consult import Consultation
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.wording import say_value
from engine.words import FactKind
from ui import scratch, state
from ui.components import field_error
from ui.fields import answer_label, value_input
from ui.question import current, is_answered
from ui.scratch import Laid
from ui.text import capital, count, plain

_YES_NO = {"ja": "Ja", "nee": "Nee"}


def what_if_link(key: str = "naar_wat_als") -> None:
    """Draw the way from a case to trying other answers on it.

    Args:
        key: tells it from another on the same page.
    """
    with st.container(key=key, width="content"):
        st.page_link(scratch.PAGE, label="Probeer andere antwoorden", icon=":material/science:")


def facts_that_matter(now: Consultation, tried: Consultation, knowledge: Knowledge) -> list[str]:
    """Return the facts that the protocols use: those answered, then those asked, then the rest."""
    used = {
        name
        for layer in now.program.layers
        for item in layer
        for _, condition in item.branches
        for name in names(condition)
    }
    answered = [name for name in knowledge.facts if name in used and is_answered(name, now.case)]
    asked = [question.fact.id for question in tried.questions]
    rest = [name for name in knowledge.facts if name in used and name not in now.facts]
    return list(dict.fromkeys([*answered, *asked, *rest]))


def choose_answer(case: Case, laid: Laid, facts: list[str], knowledge: Knowledge) -> None:
    """Draw the choice of a question and, for the one that is chosen, the answers to try."""
    said = {name: _in_list(knowledge.facts[name], case, knowledge) for name in facts}
    chosen = st.selectbox(
        "Welk antwoord wilt u anders proberen?",
        facts,
        index=None,
        format_func=said.__getitem__,
        placeholder="Kies of zoek een vraag",
        key=f"proef_feit_{case.id}",
        persist_state="session",
    )
    if chosen is None:
        st.caption(
            "Eerst staan de vragen die al beantwoord zijn, daarna de vragen die nog openstaan."
        )
        return
    fact = knowledge.facts[chosen]
    with st.container(border=True, key="proef_vraag"):
        lines = [f"### {plain(fact.question)}"]
        if fact.explanation:
            lines.append(plain(fact.explanation))
        lines.append(f"Nu: **{plain(stands(fact, case, knowledge))}**")
        if fact.id in laid.changes:
            lines.append(f"In de proef: **{plain(stands(fact, laid.case, knowledge))}**")
        st.markdown("\n\n".join(lines))
        _inputs(fact, case, laid)
        field_error("proef", fact.id)
        st.button(
            "Weet ik niet",
            key=f"proef_onbekend_{fact.id}",
            icon=":material/help:",
            on_click=scratch.change,
            args=(case, fact.id, UNKNOWN),
        )


def _in_list(fact: Fact, case: Case, knowledge: Knowledge) -> str:
    """Say a question in one line, with how it stands in the case; a list reads no Markdown."""
    if fact.id in case.known:
        now = f"nu: {say_value(fact.id, case.known[fact.id], knowledge.lexicon)}"
    elif fact.id in case.disputed:
        now = "nu betwist"
    else:
        now = "nog niet bekend" if fact.id in case.unknown else "nog niet gevraagd"
    return f"{fact.question} ({now})"


def stands(fact: Fact, case: Case, knowledge: Knowledge) -> str:
    """Say how a fact stands in a case, also when nothing was answered."""
    if is_answered(fact.id, case):
        return current(fact, case, knowledge)
    return f"Nog geen antwoord: {fact.label}"


def _inputs(fact: Fact, case: Case, laid: Laid) -> None:
    match fact.kind:
        case FactKind.YES_NO:
            _choices(fact, case, laid, _YES_NO, 2)
        case FactKind.CHOICE:
            _choices(fact, case, laid, {one.id: one.button or one.label for one in fact.options}, 1)
        case _:
            _typed(fact, case, laid)


def _choices(fact: Fact, case: Case, laid: Laid, options: Mapping[str, str], columns: int) -> None:
    """Draw a button for each answer; the one that counts in the trial is marked."""
    counts = laid.case.known.get(fact.id)
    with st.grid(columns, min_column_width=120, gap="small", key=f"proef_antwoorden_{fact.id}"):
        for name, label in options.items():
            marked = "checked" if counts == name else "unchecked"
            st.button(
                plain(capital(label)),
                key=f"proef_antwoord_{fact.id}_{name}",
                icon=f":material/radio_button_{marked}:",
                width="stretch",
                wrap=True,
                on_click=scratch.change,
                args=(case, fact.id, name),
            )


def _typed(fact: Fact, case: Case, laid: Laid) -> None:
    """Draw a field for a number or a date; Enter is enough to try it."""
    key = scratch.field(case.id, fact.id, laid.changes)
    with st.form(f"proef_formulier_{fact.id}", border=False):
        value_input(fact, answer_label(fact), laid.case.known.get(fact.id), key)
        st.form_submit_button(
            "Probeer dit antwoord",
            key=f"proef_probeer_{fact.id}",
            type="primary",
            on_click=scratch.change_typed,
            args=(case, fact.id, key),
        )


def tried_answers(case: Case, laid: Laid, knowledge: Knowledge, *, works: bool) -> None:
    """List the answers that are tried, each with a way back, and what can be done with all.

    Who reads along can try, and takes nothing over.
    """
    if not laid.changes:
        st.markdown("### Uw proef")
        st.markdown(
            "Nog leeg. Kies een vraag en geef een ander antwoord. U kunt meer antwoorden tegelijk "
            "proberen en elk antwoord weer terugnemen."
        )
        return
    st.markdown(f"### Uw proef ({count(len(laid.changes), 'ander antwoord', 'andere antwoorden')})")
    with st.container(gap="small", key="proef_lijst"):
        for name in laid.changes:
            fact = knowledge.facts[name]
            with st.container(border=True, key=f"proef_item_{name}"):
                st.markdown(_was_and_becomes(fact, case, laid.case, knowledge))
                st.button(
                    "Neem terug",
                    key=f"proef_terug_{name}",
                    type="tertiary",
                    icon=":material/undo:",
                    help=f"Niet meer proberen: {plain(fact.label)}",
                    on_click=scratch.take_back,
                    args=(case, name),
                )
    if works and scratch.confirming(case.id):
        _confirmation(case, laid, knowledge)
        return
    with st.container(horizontal=True, gap="small"):
        if works:
            st.button(
                "Neem deze antwoorden over",
                key="proef_overnemen_vragen",
                icon=":material/save:",
                on_click=scratch.confirm,
                args=(case.id,),
            )
        st.button(
            "Gooi de proef weg",
            key="proef_weggooien",
            icon=":material/delete:",
            on_click=scratch.throw_away,
            args=(case.id,),
        )


def _was_and_becomes(fact: Fact, case: Case, tried: Case, knowledge: Knowledge) -> str:
    return (
        f"**In de proef:** {plain(stands(fact, tried, knowledge))}  \n"
        f":small[Nu: {plain(stands(fact, case, knowledge))}]"
    )


def _confirmation(case: Case, laid: Laid, knowledge: Knowledge) -> None:
    """Say exactly what will be recorded, and ask whether that is what the user wants."""
    lines = [
        f"- {plain(stands(knowledge.facts[name], laid.case, knowledge))}" for name in laid.changes
    ]
    with st.container(border=True, key="proef_bevestigen"):
        one = len(laid.changes) == 1
        what = "dit antwoord" if one else f"deze {len(laid.changes)} antwoorden"
        st.markdown(
            f"#### Wilt u {what} vastleggen?\n\n" + "\n".join(lines) + "\n\nDit komt in het "
            "dossier van de casus, in plaats van wat er nu staat. Er wordt niets besloten."
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Ja, leg vast",
                key="proef_overnemen",
                type="primary",
                icon=":material/check:",
                on_click=scratch.take_over,
                args=(case, laid.changes, state.token(f"proef:{case.id}")),
            )
            st.button(
                "Toch niet", key="proef_niet_overnemen", on_click=scratch.confirm, args=(None,)
            )

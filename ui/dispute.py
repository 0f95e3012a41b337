"""Who says what about a fact on which the parties differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine import labels
from engine.case import DISPUTED, AnswerError, Case, check_answer
from engine.conditions import Value
from engine.knowledge import Fact
from engine.words import FactKind, Respondent
from ui import resources, service, state
from ui.components import field_error
from ui.fields import value_input
from ui.text import capital, plain

SILENT = "zegt_niets"
_SAYS_NOTHING = "Zegt niets"

FEWER_THAN_TWO = (
    "Vul in wat minstens twee partijen zeggen. Weet u niet wie wat zegt? Kies dan 'Alleen "
    "vastleggen dat dit betwist is'."
)
THE_SAME = (
    "Iedereen zegt hier hetzelfde; dan is er geen verschil van mening. Kijk het na, of geef dit "
    "gewoon als antwoord."
)


def parties(fact: Fact) -> tuple[Respondent, ...]:
    """Return who may say something about a fact: who can answer it, the client and the user."""
    own = {*fact.respondents, Respondent.CLIENT, Respondent.PROFESSIONAL}
    return tuple(one for one in Respondent if one in own)


def gather(fact: Fact, said: Mapping[Respondent, Any]) -> tuple[dict[str, Value], dict[str, str]]:
    """Put together who says what; ``None`` says nothing.

    Returns:
        The readings by party, and what is wrong with them by field. Where nothing is wrong, the
        readings are a dispute: two parties at least, of whom two at least differ.
    """
    readings: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for party, raw in said.items():
        if raw is None:
            continue
        try:
            readings[party.value] = check_answer(fact, raw)
        except AnswerError as error:
            wrong[_place(fact, party)] = str(error)
    if not wrong and len(readings) < 2:
        wrong[fact.id] = FEWER_THAN_TWO
    elif not wrong and len(set(readings.values())) < 2:
        wrong[fact.id] = THE_SAME
    return readings, wrong


def dispute_form(fact: Fact, case: Case) -> None:
    """Ask what each party says about a fact."""
    before = case.disputed.get(fact.id, {})
    with st.form(f"betwist_{fact.id}_formulier", enter_to_submit=False, border=False):
        st.markdown(
            "**Wie zegt wat?** Vul in wat u weet. Zolang partijen verschillen, telt dit als niet "
            "bekend: Leidraad kiest geen kant."
        )
        for party in parties(fact):
            _says(fact, party, before.get(party.value))
            field_error("antwoord", _place(fact, party))
        field_error("antwoord", fact.id)
        st.form_submit_button(
            "Leg vast wie wat zegt",
            key=f"betwist_vastleggen_{fact.id}",
            type="primary",
            on_click=_keep,
            args=(case.id, fact.id),
        )
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Alleen vastleggen dat dit betwist is",
                key=f"betwist_alleen_{fact.id}",
                on_click=service.answer,
                args=(case.id, fact.id, DISPUTED),
            )
            st.form_submit_button(
                "Terug naar de vraag",
                key=f"betwist_stoppen_{fact.id}",
                on_click=state.dispute,
                args=(None,),
            )


def _says(fact: Fact, party: Respondent, before: Value | None) -> None:
    """Draw the field for what one party says; left as it is, that party says nothing."""
    who = f"{capital(labels.party(party))} zegt"
    key = _key(fact, party)
    match fact.kind:
        case FactKind.YES_NO:
            options = ["ja", "nee", SILENT]
            names = {"ja": "Ja", "nee": "Nee", SILENT: _SAYS_NOTHING}
            st.radio(
                who,
                options,
                index=options.index(before if isinstance(before, str) else SILENT),
                format_func=names.__getitem__,
                key=key,
                horizontal=True,
            )
        case FactKind.CHOICE:
            # The list shows text as it is, without reading it as Markdown.
            labelled = {one.id: capital(one.button or one.label) for one in fact.options}
            options = list(labelled)
            st.selectbox(
                who,
                options,
                index=options.index(str(before)) if before in options else None,
                format_func=labelled.__getitem__,
                placeholder=_SAYS_NOTHING,
                key=key,
            )
        case FactKind.NUMBER:
            unit = plain(fact.unit.many if fact.unit else "aantal")
            value_input(fact, f"{who} ({unit})", before, key, _SAYS_NOTHING)
        case FactKind.DATE:
            value_input(fact, f"{who} (dag-maand-jaar)", before, key)
        case FactKind.TEXT:
            return


def _key(fact: Fact, party: Respondent) -> str:
    return f"betwist_{fact.id}_{party.value}"


def _place(fact: Fact, party: Respondent) -> str:
    """Name the field of one party, to show what is wrong with it there."""
    return f"{fact.id}.{party.value}"


@service.guarded("antwoord")
def _keep(case_id: str, name: str) -> None:
    """Record who says what, or say what is missing."""
    fact = resources.working_knowledge().facts[name]
    typed = {party: st.session_state.get(_key(fact, party)) for party in parties(fact)}
    readings, wrong = gather(
        fact, {party: None if raw == SILENT else raw for party, raw in typed.items()}
    )
    if wrong:
        state.set_errors("antwoord", wrong)
        return
    service.answer(case_id, name, {DISPUTED: readings})

"""The form in which someone judges a case alone: the facts, the next step, why, and how sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from engine.case import UNKNOWN
from engine.decisions import DecisionError, Finding, MeetingView, Step
from engine.intervisie import SURENESS, disputed_in_words, step_in_words
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.words import FactKind, Sureness
from ui import state
from ui.components import field_error
from ui.drafts import Draft
from ui.fields import answer_label, value_input
from ui.privacy import field_concerns
from ui.text import capital, plain, sentence

FORM: state.Form = "groepsantwoord"
OTHER = "anders"
"""Names the choice for a step that isn't in the list."""

DONT_KNOW = "Weet ik niet"
_YES_NO = {"ja": "Ja", "nee": "Nee"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form.

    Attributes:
        step: the place of the step among the options; ``None`` for another one.
    """

    readings: Mapping[str, Any]
    step: Step | None
    other: str
    why: str
    sure: Sureness


def answer_form(
    view: MeetingView,
    knowledge: Knowledge,
    draft: Draft,
    *,
    button: str,
    send: Callable[..., None],
    args: Any,
) -> None:
    """Draw the form, with what was typed or answered before.

    Args:
        view: the meeting as this person may see it.
        knowledge: where questions and steps have their words.
        draft: what was typed and not sent.
        button: what the button says.
        send: what sends the form.
        args: what that is called with.
    """
    own = view.own
    with st.container(border=True, key="formulier_groepsantwoord"):
        asked = [knowledge.facts[name] for name in view.asked if name in knowledge.facts]
        if asked:
            st.markdown("### Hoe ziet u deze feiten?")
        for fact in asked:
            _reading(fact, view, knowledge, draft)
        st.markdown("### Wat zou u doen?")
        _step(view, knowledge, draft)
        st.text_area(
            "Waarom kiest u dit?",
            key=draft.key(field(view, "why"), own.why if own else ""),
            max_chars=2000,
            height=120,
        )
        field_concerns(FORM, "why")
        st.radio(
            "Hoe zeker bent u?",
            list(Sureness),
            index=None,
            format_func=SURENESS.__getitem__,
            horizontal=True,
            key=draft.key(field(view, "sure"), own.sure if own else None),
        )
        field_error(FORM, "sure")
        st.caption("Schrijf zonder namen, burgerservicenummers of diagnoses.")
        if state.errors(FORM):
            st.markdown(
                ":red[:material/error: Uw antwoord is nog niet verstuurd. Vul eerst aan wat "
                "hierboven in het rood staat.]"
            )
        st.button(button, key="groepsantwoord_versturen", type="primary", on_click=send, args=args)


def field(view: MeetingView, name: str) -> str:
    """Return the key of one field of the form; each meeting has its own."""
    return f"groep_{name}_{view.id}"


def typed(view: MeetingView, knowledge: Knowledge) -> Typed:
    """Return what stands in the form.

    Raises:
        DecisionError: something is missing.
    """
    readings = {name: _read(view, knowledge, name) for name in view.asked}
    chosen, sure = _value(view, "step"), _value(view, "sure")
    other = str(_value(view, "other") or "").strip() if chosen == OTHER else ""
    why = str(_value(view, "why") or "").strip()
    found = [
        Finding(f"readings.{name}", f"Kies een antwoord, of '{DONT_KNOW}'.")
        for name, raw in readings.items()
        if raw is None and name in knowledge.facts
    ]
    if chosen is None:
        found.append(Finding("step", "Kies wat u zou doen."))
    elif chosen == OTHER and not other:
        found.append(Finding("other", "Schrijf wat u zou doen."))
    if not why:
        found.append(Finding("why", "Schrijf in een of twee zinnen waarom."))
    if not isinstance(sure, Sureness):
        found.append(Finding("sure", "Kies hoe zeker u bent."))
        raise DecisionError(found)
    if found:
        raise DecisionError(found)
    step = view.options[chosen] if isinstance(chosen, int) else None
    return Typed(
        {name: raw for name, raw in readings.items() if raw is not None}, step, other, why, sure
    )


def _reading(fact: Fact, view: MeetingView, knowledge: Knowledge, draft: Draft) -> None:
    """Draw one disputed fact: the question, who says what, and the answers."""
    before = view.own.readings.get(fact.id) if view.own else None
    question = f"**{plain(fact.question)}**"
    with st.container(key=f"groepsvraag_{fact.id}", gap="small"):
        match fact.kind:
            case FactKind.YES_NO:
                _choose(fact, view, question, _YES_NO, draft, before)
            case FactKind.CHOICE:
                options = {one.id: capital(one.button or one.label) for one in fact.options}
                _choose(fact, view, question, options, draft, before)
            case _:
                label = f"{question}  \n{answer_label(fact)}"
                value = None if before == UNKNOWN else before
                value_input(fact, label, None, draft.key(field(view, fact.id), value))
                ticked = field(view, f"{fact.id}.onbekend")
                st.checkbox(DONT_KNOW, key=draft.key(ticked, before == UNKNOWN))
        if readings := view.case.disputed.get(fact.id):
            st.caption(plain(sentence(disputed_in_words(fact.id, readings, knowledge))))
        field_error(FORM, f"readings.{fact.id}")


def _choose(
    fact: Fact,
    view: MeetingView,
    question: str,
    options: Mapping[str, str],
    draft: Draft,
    before: Any,
) -> None:
    words = {**options, UNKNOWN: DONT_KNOW}
    st.radio(
        question,
        list(words),
        index=None,
        format_func=lambda name: plain(words[name]),
        key=draft.key(field(view, fact.id), before if before in words else None, words),
    )


def _step(view: MeetingView, knowledge: Knowledge, draft: Draft) -> None:
    words: dict[int | str, str] = {
        number: step_in_words(step, knowledge) for number, step in enumerate(view.options)
    }
    words[OTHER] = "Iets anders"
    own, before = view.own, None
    if own is not None:
        before = OTHER if own.step is None else view.options.index(own.step)
    chosen = st.radio(
        "Wat zou u doen?",
        list(words),
        index=None,
        format_func=lambda one: plain(words[one]),
        key=draft.key(field(view, "step"), before, words),
        label_visibility="collapsed",
    )
    field_error(FORM, "step")
    if chosen == OTHER:
        st.text_input(
            "Wat zou u dan doen?",
            key=draft.key(field(view, "other"), own.other if own else ""),
            max_chars=500,
        )
        field_concerns(FORM, "other")


def _read(view: MeetingView, knowledge: Knowledge, name: str) -> Any:
    fact = knowledge.facts.get(name)
    typed_in = fact is not None and fact.kind not in (FactKind.YES_NO, FactKind.CHOICE)
    return UNKNOWN if typed_in and _value(view, f"{name}.onbekend") else _value(view, name)


def _value(view: MeetingView, name: str) -> Any:
    return st.session_state.get(field(view, name))

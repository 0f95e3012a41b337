"""Looking back on a decision: what came of it so far, and the form to say what happened since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from engine.course import EFFECT, VERDICT
from engine.decisions import (
    Decided,
    DecisionError,
    Event,
    Finding,
    Reviewed,
    Skip,
    due_since,
    moment_of,
)
from engine.wording import date_in_words
from ui import privacy, service, state
from ui.auth import access
from ui.components import field_error
from ui.text import plain

_FORM: state.Form = "terugblik"
_ASKED = "Schrijf wat er sindsdien is gebeurd."


def unfold(seq: int) -> None:
    """Unfold the form to look back on the decision at a place in the record."""
    st.session_state[_fold(seq)] = True


def _fold(seq: int) -> str:
    return f"terugblik_{seq}"


def looks_back(event: Event, body: Decided, events: Sequence[Event]) -> None:
    """Say what came of a decision, as far as someone looked back on it.

    Args:
        event: the event that recorded the decision.
        body: the decision.
        events: everything that happened in the case.
    """
    lines = [
        f"- **Terugblik van {date_in_words(one.reviewed_on)}**"
        f"{_counts(body, one.reviewed_on, ', die na {} maanden')}: {plain(one.happened)} "
        f"{EFFECT[one.effect]}. {VERDICT[one.verdict]}."
        for one in _reviews(event, events)
    ]
    if lines:
        st.markdown("\n".join(lines))


def _counts(body: Decided, day: date, said: str) -> str:
    """Say as which of the looks back one on this day counts; empty if as none."""
    months = moment_of(body.decision.decided_on, day)
    return said.format(months) if months else ""


def _reviews(event: Event, events: Sequence[Event]) -> list[Reviewed]:
    return [
        one.body
        for one in events
        if isinstance(one.body, Reviewed) and one.body.decision == event.id
    ]


def look_back(event: Event, body: Decided, events: Sequence[Event]) -> None:
    """Ask what came of a decision, once that is due or when the user wants to; folded away.

    Nobody looks back on a consideration that was left aside.

    Args:
        event: the event that recorded the decision.
        body: the decision.
        events: everything that happened in the case.
    """
    if isinstance(body.decision, Skip):
        return
    since = due_since(body.decision, _reviews(event, events), service.today())
    label = "Nu al terugblikken"
    if since is not None:
        label = f"Terugblik: wat kwam hiervan? (vanaf {plain(date_in_words(since))})"
    act = state.token(f"terugblik:{event.id}")
    fold = st.expander(
        label,
        key=_fold(event.seq),
        icon=":material/event_repeat:",
        type="compact" if since is None else "default",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold, st.form(f"terugblik_form_{act}", enter_to_submit=False, border=False):
        counts = _counts(body, service.today(), "Dit telt als de terugblik na {} maanden. ")
        st.caption(f"{counts}Schrijf zonder namen, burgerservicenummers of diagnoses.")
        st.text_area("Wat is er sindsdien gebeurd?", key=_key(event, "happened"), height=90)
        privacy.field_concerns(_FORM, _place(event, "happened"))
        _choice("Is het doel bereikt?", EFFECT, event, "effect")
        _choice("Wat gebeurt er nu?", VERDICT, event, "verdict")
        st.date_input(
            "Opnieuw kijken op (mag leeg blijven)",
            value=None,
            format="DD-MM-YYYY",
            key=_key(event, "review_on"),
        )
        field_error(_FORM, _place(event, "review_on"))
        st.form_submit_button(
            "Terugblik vastleggen",
            key=f"terugblik_vastleggen_{event.seq}",
            type="primary",
            on_click=_keep,
            args=(event, act),
        )


def _choice(question: str, options: Any, event: Event, name: str) -> None:
    st.radio(
        question, list(options), index=None, format_func=options.__getitem__, key=_key(event, name)
    )
    field_error(_FORM, _place(event, name))


def _place(event: Event, name: str) -> str:
    # More than one decision can be due: what is wrong is shown with the right one.
    return f"{name}_{event.seq}"


def _key(event: Event, name: str) -> str:
    return f"terugblik_{_place(event, name)}"


@service.guarded(_FORM)
def _keep(event: Event, act: UUID) -> None:
    """Record the look back as the form has it; once, also after a double click."""

    def field(name: str) -> Any:
        return st.session_state.get(_key(event, name))

    effect, verdict = field("effect"), field("verdict")
    missing = [
        Finding(_place(event, name), said)
        for name, value, said in (
            ("happened", (field("happened") or "").strip() or None, _ASKED),
            ("effect", effect, "Kies of het doel is bereikt."),
            ("verdict", verdict, "Kies wat er nu gebeurt."),
        )
        if value is None
    ]
    if missing:
        raise DecisionError(missing)
    confirmed = [
        one.model_copy(update={"field": "happened"})
        for one in privacy.confirmed(_FORM)
        if one.field == _place(event, "happened")
    ]
    try:
        access().review(
            event.case_id,
            event.id,
            happened=field("happened") or "",
            effect=effect,
            verdict=verdict,
            reviewed_on=service.today(),
            review_on=field("review_on"),
            key=act,
            confirmed=confirmed,
        )
    except DecisionError as error:
        raise error.moved(lambda name: _place(event, name)) from None
    state.spend(f"terugblik:{event.id}")
    st.session_state[_fold(event.seq)] = False
    state.close_form(_FORM)
    state.notify("De terugblik is vastgelegd.")

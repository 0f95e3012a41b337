"""One advice as a card: what, why, on what ground, and what the user decides on it."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from engine.consult import Advice
from engine.decisions import Act
from engine.reasons import step
from engine.words import Norm
from ui import service, state
from ui.components import badges
from ui.decided import decided
from ui.desk import Desk
from ui.deviation import deviation_form
from ui.escalation import escalation_form, is_waiting
from ui.subjects import take_along
from ui.text import plain


def card(advice: Advice, desk: Desk, *, chosen: bool, again: bool = False) -> None:
    """Draw one advice that can be decided on.

    Args:
        advice: what is advised.
        desk: what the page is about.
        chosen: whether the reasoning of this advice is the one that is shown.
        again: whether a card above is about the same step, by another rule.
    """
    rule = advice.rule
    with st.container(border=True, key=f"kaart_{advice.status.value}_{rule.id.replace('.', '-')}"):
        # One element: every element more is a message more before the page is complete.
        parts = [
            " ".join(filter(None, (badges(rule, advice.status), desk.protocol_badge(rule.id)))),
            f"### {plain(step(advice, desk.knowledge))}",
            plain(rule.because),
        ]
        if again:
            parts.insert(2, ":small[Dezelfde stap als hierboven, om een andere reden.]")
        st.markdown("\n\n".join(parts))
        _decision(advice, desk, chosen=chosen)
        other = desk.knowledge.actions[rule.advice.action].leads_to
        if Act.ANSWER in desk.acts and other and other not in desk.consultation.case.protocols:
            take_along(other, desk.consultation.case, desk.knowledge, rule.id)


def _decision(advice: Advice, desk: Desk, *, chosen: bool) -> None:
    """Show what was decided, or offer the choices."""
    rule = advice.rule
    kept = desk.latest.get(rule.id)
    able = desk.decides_on(rule)
    if kept is not None and not (able and state.reconsidering() == rule.id):
        decided(kept, desk, again=able)
        _why(advice, chosen=chosen)
        return
    if able and state.escalating() == rule.id:
        escalation_form(advice, desk.consultation)
        return
    if able and state.deviating() == rule.id:
        needed = service.needed_in(desk.consultation, rule.id)
        deviation_form(advice, desk, needed)
        return
    if not able:
        _why(advice, chosen=chosen)
        return
    if rule.id in desk.waiting:
        is_waiting(desk.waiting[rule.id])
    act = state.token(f"{desk.consultation.case.id}:{rule.id}")
    with st.container(horizontal=True, gap="small"):
        if Act.DECIDE in desk.acts:
            st.button(
                "Volgen",
                key=f"volgen_{rule.id}",
                type="primary",
                icon=":material/check:",
                on_click=service.follow,
                args=(desk.consultation, rule.id, act),
            )
        _other_way(advice, desk, act)
        _why(advice, chosen=chosen)
        if kept is not None:
            st.button(
                "Laat het besluit staan",
                key=f"besluit_houden_{rule.id}",
                type="tertiary",
                on_click=state.reconsider,
                args=(None,),
            )


def _other_way(advice: Advice, desk: Desk, act: UUID) -> None:
    """Offer to skip what may be skipped without a word, and to deviate from all else."""
    rule = advice.rule
    if rule.norm is Norm.CONSIDERATION and rule.deviation is None:
        st.button(
            "Overslaan",
            key=f"overslaan_{rule.id}",
            icon=":material/skip_next:",
            on_click=service.skip,
            args=(desk.consultation, rule.id, act),
        )
        return
    if not desk.deciders(rule):
        return
    st.button(
        "Afwijken",
        key=f"afwijken_{rule.id}",
        icon=":material/alt_route:",
        on_click=state.deviate_from,
        args=(rule.id,),
    )


def _why(advice: Advice, *, chosen: bool) -> None:
    """Offer the reasoning; the card of which it is shown is marked, in words too."""
    with st.container(key="gekozen_kaart" if chosen else None, width="content"):
        st.button(
            "Waarom: staat open" if chosen else "Waarom",
            key=f"waarom_{advice.rule.id}",
            type="tertiary",
            icon=":material/lightbulb:" if chosen else ":material/help:",
            on_click=state.choose_step,
            args=(advice.rule.id,),
        )

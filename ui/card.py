"""One advice as a card: what, why, on what ground, and what the user decides on it."""

from __future__ import annotations

import streamlit as st

from engine import labels
from engine.consult import Advice
from engine.reasons import Reason, questions_of, reasons_of, step, thresholds_of
from engine.words import Norm
from ui import service, state
from ui.components import badges, doubt, sources
from ui.decided import decided
from ui.desk import Desk
from ui.deviation import deviation_form
from ui.subjects import take_along
from ui.text import bullets, capital, plain


def card(advice: Advice, desk: Desk) -> None:
    """Draw one advice that can be decided on."""
    rule = advice.rule
    with st.container(border=True, key=f"kaart_{advice.status.value}_{rule.id.replace('.', '-')}"):
        reasons = reasons_of(advice, desk.consultation, desk.knowledge)
        # One element: every element more is a message more before the page is complete.
        parts = [
            " ".join(filter(None, (badges(rule, advice.status), desk.protocol_badge(rule.id)))),
            f"### {plain(step(advice, desk.knowledge))}",
            plain(rule.because),
            f"**Dit gaf de doorslag**\n\n{bullets(reasons, deepest=0)}",
        ]
        if advice.open_exceptions:
            parts.append(f"**Dit kan het advies nog wegnemen**\n\n{_open_exceptions(advice, desk)}")
        if uncertain := doubt(rule):
            parts.append(f":orange[:material/priority_high:] {uncertain}")
        st.markdown("\n\n".join(parts))
        st.caption(f"**Bron:** {sources(rule, desk.knowledge)}")
        _decision(advice, desk)
        if other := desk.knowledge.actions[rule.advice.action].leads_to:
            take_along(other, desk.consultation.case, desk.knowledge, rule.id)
        _reasoning(advice, reasons, desk)
        _more(advice, desk)


def _reasoning(advice: Advice, reasons: tuple[Reason, ...], desk: Desk) -> None:
    """Fold away the whole reasoning, with the thresholds that decided and their source."""
    limits = [
        f"- {plain(capital(limit))}"
        for limit in thresholds_of(advice, desk.consultation, desk.knowledge)
    ]
    if not limits and not any(reason.because for reason in reasons):
        return
    with st.expander("De hele redenering", key=f"redenering_{advice.rule.id}", type="compact"):
        st.markdown(bullets(reasons))
        if limits:
            st.markdown("**Grenzen die hier gelden**\n\n" + "\n".join(limits))


def _open_exceptions(advice: Advice, desk: Desk) -> str:
    lines = [f"- {plain(desk.title(rule))}" for rule in advice.open_exceptions]
    asked = [f"  - {plain(item)}" for item in questions_of(advice.missing, desk.knowledge)]
    return "\n".join([*lines, *asked])


def _decision(advice: Advice, desk: Desk) -> None:
    """Show what was decided, or offer the choices."""
    rule = advice.rule
    kept = desk.latest.get(rule.id)
    if kept is not None and state.reconsidering() != rule.id:
        decided(kept, desk.consultation, desk.knowledge)
        return
    if state.deviating() == rule.id:
        deviation_form(advice, desk.consultation, desk.knowledge)
        return
    case = desk.consultation.case.id
    act = state.token(f"{case}:{rule.id}")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Volgen",
            key=f"volgen_{rule.id}",
            type="primary",
            icon=":material/check:",
            on_click=service.follow,
            args=(desk.consultation, rule.id, act),
        )
        if rule.norm is Norm.CONSIDERATION and rule.deviation is None:
            st.button(
                "Overslaan",
                key=f"overslaan_{rule.id}",
                icon=":material/skip_next:",
                on_click=service.skip,
                args=(desk.consultation, rule.id, act),
            )
        else:
            st.button(
                "Afwijken",
                key=f"afwijken_{rule.id}",
                icon=":material/alt_route:",
                on_click=state.deviate_from,
                args=(rule.id,),
            )
        if kept is not None:
            st.button(
                "Laat het besluit staan",
                key=f"besluit_houden_{rule.id}",
                type="tertiary",
                on_click=state.reconsider,
                args=(None,),
            )


def _more(advice: Advice, desk: Desk) -> None:
    """Fold away what only some readers want."""
    rule = advice.rule
    action = desk.knowledge.actions[rule.advice.action]
    with st.expander("Meer over deze stap", key=f"meer_{rule.id}", type="compact"):
        lines = [f"- **Regel:** {plain(rule.title)}"]
        if action.explanation:
            lines.append(f"- **De stap:** {plain(action.explanation)}")
        if action.legal_effect:
            lines.append("- **Rechtsgevolg:** hier hoort een besluit bij")
        lines += [
            f"- **Status:** {plain(labels.STATUS_MEANING[advice.status])}",
            f"- **{labels.NORM[rule.norm]}:** {plain(labels.NORM_MEANING[rule.norm])}",
            f"- **Onderbouwing:** {plain(labels.STRENGTH[rule.strength])}",
            f"- **Zekerheid:** {plain(labels.CERTAINTY[rule.certainty])}",
        ]
        st.markdown("\n".join(lines))
        st.caption(f"Kenmerk van de regel: {plain(rule.id)}")

"""The reasoning behind one chosen step: what decided, what it rests on, what would change it."""

from __future__ import annotations

import streamlit as st

from engine.consult import Advice
from engine.flips import flips
from engine.reasons import (
    questions_of,
    reasons_of,
    step,
    thresholds_of,
)
from ui import state
from ui.desk import Desk
from ui.pictures import map_of
from ui.reasoning_tree import whole_tree
from ui.strength import strength
from ui.text import bullets, capital, plain
from ui.verdicts import found_on
from ui.ways import ways
from ui.why_not import why_not_panel


def reasoning(desk: Desk) -> None:
    """Draw the third area of the page: the reasoning of the step that was chosen."""
    st.header("De redenering", anchor="redenering")
    with st.container(key="terug_naar_stap"):
        st.markdown("[Terug naar de stappen](#stappen)")
    advice = chosen(desk)
    if advice is None:
        st.caption("Kies bij een stap 'Waarom', dan staat hier waarom die stap past.")
        _another_step(desk)
        return
    parts = [f"### {plain(step(advice, desk.knowledge))}"]
    if advice.open_exceptions:
        parts.append(_open_exceptions(advice, desk))
    parts.append(_what_decided(advice, desk))
    parts.append(_what_it_rests_on(advice, desk))
    st.markdown("\n\n".join(parts))
    found_on(advice.rule.id, desk.record, desk.knowledge, where="redenering", opened=False)
    _what_would_change_it(advice, desk)
    whole_tree(advice, desk.consultation, desk.knowledge)
    _another_step(desk)


def picture(desk: Desk) -> None:
    """Fold away the map of the reasoning, below the three areas: it takes the width of the page."""
    advice = chosen(desk)
    if advice is None:
        return
    fold = st.expander(
        "De redenering als kaart",
        key="redenering_kaart",
        icon=":material/account_tree:",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            map_of(desk.consultation, desk.knowledge, advice.rule.id)


def after_judgement() -> None:
    """Say that the reasoning is there once the user has given a judgement of their own."""
    st.header("De redenering", anchor="redenering")
    st.caption("Die ziet u zodra u zelf hebt gekozen.")


def chosen(desk: Desk) -> Advice | None:
    """Return the advice that the user chose, or else the most urgent one."""
    given = desk.given()
    wanted = state.chosen_step()
    return next(
        (advice for advice in given if advice.rule.id == wanted), given[0] if given else None
    )


def _open_exceptions(advice: Advice, desk: Desk) -> str:
    """Say first what can still take the advice away."""
    lines = [f"- {plain(desk.title(rule))}" for rule in advice.open_exceptions]
    asked = [f"- {plain(item)}" for item in questions_of(advice.missing, desk.knowledge)]
    return (
        "**Voorlopig: dit kan het advies nog wegnemen**\n\n"
        + "\n".join(lines)
        + "\n\nHet hangt af van:\n\n"
        + "\n".join(asked)
    )


def _what_decided(advice: Advice, desk: Desk) -> str:
    """Say which facts and notions made the rule hold; the card says why there is such a rule."""
    reasons = reasons_of(advice, desk.consultation, desk.knowledge)
    return f"#### Dit gaf de doorslag\n\n{bullets(reasons, deepest=0)}"


def _what_it_rests_on(advice: Advice, desk: Desk) -> str:
    """Say the kind of norm, how strong the ground is and the source, with the limits that count."""
    limits = thresholds_of(advice, desk.consultation, desk.knowledge)
    parts = ["#### Waarop dit rust", strength(advice.rule, desk.knowledge)]
    if limits:
        said = "\n".join(f"- {plain(capital(limit))}" for limit in limits)
        parts.append(f"**Grenzen die hier gelden**\n\n{said}")
    return "\n\n".join(parts)


def _another_step(desk: Desk) -> None:
    """Fold away why a step that the user had in mind isn't there; made when it is opened."""
    fold = st.expander(
        "Waarom niet een andere stap?",
        key="waarom_niet",
        type="compact",
        icon=":material/alt_route:",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            why_not_panel(desk.consultation, desk.knowledge, recorded=desk.recorded)


def _what_would_change_it(advice: Advice, desk: Desk) -> None:
    """Offer the smallest changes after which this advice is no longer given, to try them out."""
    found = flips(desk.consultation, desk.knowledge, advice.rule.id)
    st.markdown("#### Wat dit zou veranderen")
    if found.sets:
        how = " Klik om te proberen." if desk.recorded else ""
        st.caption(f"Het advies geldt niet meer als een van deze dingen zo is.{how}")
        case = desk.consultation.case
        ways(found, case, desk.knowledge, "advies", recorded=desk.recorded)
        return
    st.caption(
        "Wat nog kan veranderen, verandert dit advies niet, ook geen drie dingen tegelijk."
        if found.complete
        else "In de tijd die daarvoor is, is niets gevonden dat dit advies verandert."
    )

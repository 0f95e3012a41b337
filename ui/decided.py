"""A decision as it was recorded: on the card of its advice and in the history of the case."""

from __future__ import annotations

import streamlit as st

from engine.consult import Consultation
from engine.decisions import (
    DECIDERS,
    ELEMENTS,
    INSTEAD,
    Deviation,
    Follow,
    Skip,
    StoredDecision,
)
from engine.library import Knowledge
from engine.wording import date_in_words
from ui import state
from ui.standing import changes
from ui.text import moment, plain

_OUTCOME = {
    "volgen": ("check_circle", "U volgt dit advies"),
    "afwijken": ("alt_route", "U wijkt af van dit advies"),
    "overslaan": ("skip_next", "U slaat deze overweging over"),
}


def outcome(decision: Follow | Deviation | Skip) -> str:
    """Return what was decided as a line of Markdown, with an icon."""
    icon, said = _OUTCOME[decision.outcome]
    return f":material/{icon}: **{said}**"


def decided(kept: StoredDecision, consultation: Consultation, knowledge: Knowledge) -> None:
    """Show the last decision on a card, with the way to decide again."""
    rule = kept.decision.advised.rule
    with st.container(key=f"besluit_{rule.replace('.', '-')}", gap="small"):
        st.markdown(f"{outcome(kept.decision)}  \nVastgelegd op {moment(kept.at)}")
        if changed := changes(kept.decision.advised, kept.receipt, consultation, knowledge):
            no_longer_the_same(changed)
        if isinstance(kept.decision, Deviation):
            with st.expander("Hoe u dit uitlegde", key=f"uitleg_{rule}", type="compact"):
                justification(kept.decision, knowledge)
        st.button(
            "Opnieuw besluiten",
            key=f"herzien_{rule}",
            type="tertiary",
            icon=":material/edit:",
            on_click=state.reconsider,
            args=(rule,),
        )


def no_longer_the_same(changed: str) -> None:
    """Say that the advice under a decision has changed, and how."""
    st.markdown(
        f":orange[:material/priority_high: **Kijk of dit besluit nog past.** {plain(changed)}]"
    )


def justification(decision: Deviation, knowledge: Knowledge) -> None:
    """Show how a deviation was justified; what someone typed is shown as typed."""
    ground = knowledge.grounds.get(decision.ground)
    st.markdown(
        f"**Soort:** {plain(decision.kind.label)}  \n"
        f"**Grond:** {plain(ground.label if ground else decision.ground)}"
    )
    for element, said in decision.elements.items():
        st.markdown(f"**{ELEMENTS[element].label}**")
        st.text(said)
    st.markdown(f"**{INSTEAD}**")
    st.text(decision.instead)
    st.caption(
        f"Besloten door {DECIDERS[decision.decided_by]} op {date_in_words(decision.decided_on)}. "
        f"Opnieuw bekijken op {date_in_words(decision.review_on)}."
    )

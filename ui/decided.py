"""A decision as it was recorded: on the card of its advice and in the history of the case."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine.consult import Consultation
from engine.decisions import (
    DECIDERS,
    ELEMENTS,
    INSTEAD,
    Deviation,
    Follow,
    Needed,
    Skip,
    StoredDecision,
)
from engine.library import Knowledge
from engine.reasons import questions_of, reasons_of
from engine.recorded import advised_step
from engine.standing import Flag, changes
from engine.wording import date_in_words
from engine.words import Status
from ui import state
from ui.desk import Desk
from ui.text import bullets, capital, moment, plain, sentence

_OUTCOME = {
    "volgen": ("check_circle", "volgt dit advies"),
    "afwijken": ("alt_route", "wijkt af van dit advies"),
    "overslaan": ("skip_next", "slaat deze overweging over"),
}


def outcome(decision: Follow | Deviation | Skip, who: str) -> str:
    """Return who decided what as a line of Markdown, with an icon.

    Args:
        decision: what was decided.
        who: the name of who decided, or "u".
    """
    icon, said = _OUTCOME[decision.outcome]
    return f":material/{icon}: **{plain(capital(who))} {said}**"


def decided(kept: StoredDecision, desk: Desk, *, again: bool) -> None:
    """Show the last decision on a card, with the way to decide again for who may."""
    consultation, knowledge = desk.consultation, desk.knowledge
    rule = kept.decision.advised.rule
    with st.container(key=f"besluit_{rule.replace('.', '-')}", gap="small"):
        st.markdown(
            f"{outcome(kept.decision, desk.who(kept.actor))}  \nVastgelegd op {moment(kept.at)}"
        )
        if changed := changes(kept.decision.advised, kept.receipt, consultation, knowledge):
            no_longer_the_same(changed)
        if isinstance(kept.decision, Deviation):
            with st.expander("De uitleg", key=f"uitleg_{rule}", type="compact"):
                justification(kept.decision, knowledge, kept.needed)
        if again:
            st.button(
                "Opnieuw besluiten",
                key=f"herzien_{rule}",
                type="tertiary",
                icon=":material/edit:",
                on_click=state.reconsider,
                args=(rule,),
            )


def flags(found: Sequence[Flag], desk: Desk) -> None:
    """List every decision that no longer matches the advice, each with what can be done about it.

    Args:
        found: the decisions, as :func:`engine.standing.flagged` gives them; may be empty.
        desk: what the page is about.
    """
    if not found:
        return
    consultation, knowledge = desk.consultation, desk.knowledge
    with st.container(border=True, key="kaart_vlaggen", gap="small"):
        many = "een besluit" if len(found) == 1 else f"{len(found)} besluiten"
        st.markdown(
            f"### :orange[:material/flag:] Kijk {many} na\n\nEr is iets veranderd sinds u dit "
            "besloot."
        )
        for flag in found:
            advised = flag.kept.decision.advised
            said = outcome(flag.kept.decision, desk.who(flag.kept.actor))
            said = f"{said}: {plain(advised_step(advised, knowledge))}"
            st.markdown(f"{said}  \n{plain(flag.said)}")
            if flag.decidable:
                if desk.decides_on(consultation.advice(advised.rule).rule):
                    st.button(
                        "Opnieuw besluiten",
                        key=f"vlag_herzien_{advised.rule}",
                        icon=":material/edit:",
                        on_click=state.reconsider,
                        args=(advised.rule,),
                    )
            else:
                _why_gone(advised.rule, consultation, knowledge)


def _why_gone(rule: str, consultation: Consultation, knowledge: Knowledge) -> None:
    """Fold away why an advice is no longer given; drawn when it is opened."""
    try:
        advice = consultation.advice(rule)
    except KeyError:
        return  # withheld or gone: what has changed says so already
    fold = st.expander(
        "Waarom dit advies nu niet geldt",
        key=f"vlag_waarom_{rule}",
        type="compact",
        on_change="rerun",
    )
    if not fold.open:
        return
    rules = consultation.program.rules
    match advice.status:
        case Status.DEFEATED:
            lines = [f"- Dit gaat voor: {plain(rules[by].rule.title)}" for by in advice.defeated_by]
        case Status.OPEN:
            asked = questions_of(advice.missing, knowledge)
            lines = [f"- Nog te beantwoorden: {plain(question)}" for question in asked]
        case _:
            lines = [bullets(reasons_of(advice, consultation, knowledge))]
    with fold:
        st.markdown("\n".join(lines))


def no_longer_the_same(changed: str) -> None:
    """Say that the advice under a decision has changed, and how."""
    st.markdown(
        f":orange[:material/priority_high: **Kijk of dit besluit nog past.** {plain(changed)}]"
    )


def justification(decision: Deviation, knowledge: Knowledge, needed: Sequence[Needed] = ()) -> None:
    """Show how a deviation was justified; what someone typed is shown as typed.

    Args:
        decision: the deviation.
        knowledge: where grounds have their names.
        needed: what the protocol would have needed to advise the same.
    """
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
    if needed:
        st.markdown(
            "**Het protocol had dit niet geadviseerd als:**\n\n"
            + "\n".join(f"- {plain(sentence(item.said))}" for item in needed)
        )
    st.caption(
        f"Besloten door {DECIDERS[decision.decided_by]} op {date_in_words(decision.decided_on)}. "
        f"Opnieuw bekijken op {date_in_words(decision.review_on)}."
    )

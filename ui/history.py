"""Everything that happened in a case, the last first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from engine.case import DISPUTED, UNKNOWN
from engine.consult import Consultation
from engine.decisions import DECIDERS, CaseOpened, Decided, Deviation, Event, ProtocolsChosen
from engine.library import Knowledge
from engine.wording import enumerate_dutch, say_fact
from ui.decided import justification, no_longer_the_same, outcome
from ui.standing import changes
from ui.subjects import titles_of
from ui.text import count, moment, plain, sentence

SHOWN = 50


def history(
    events: Sequence[Event], consultation: Consultation | None, knowledge: Knowledge
) -> None:
    """Draw the decisions and the course of a case.

    Args:
        events: everything that happened, oldest first.
        consultation: the case as it is now; ``None`` when no advice is possible.
        knowledge: where actions, grounds and facts have their names.
    """
    decisions = [(event, event.body) for event in events if isinstance(event.body, Decided)]
    st.header("Verloop van deze casus", anchor=False)
    if not decisions:
        st.caption("Nog geen besluiten. Volgt u een stap of wijkt u af, dan staat dat hier.")
    decided_again: set[str] = set()
    for event, body in reversed(decisions):
        rule = body.decision.advised.rule
        _decision(event, body, None if rule in decided_again else consultation, knowledge)
        decided_again.add(rule)
    with st.expander(f"Alles wat is vastgelegd ({len(events)})", key="verloop"):
        lines = [_line(event, knowledge) for event in reversed(events[-SHOWN:])]
        st.markdown("\n".join(lines))
        if len(events) > SHOWN:
            st.caption(f"De laatste {SHOWN} staan hier; de rest is bewaard in het dossier.")


def _decision(
    event: Event, body: Decided, consultation: Consultation | None, knowledge: Knowledge
) -> None:
    """Draw one decision, held against the advice of now unless there is no need to."""
    decision = body.decision
    action = knowledge.actions.get(decision.advised.action)
    step = plain(decision.advised.title)
    if action is not None:
        step = plain(action.title if decision.advised.direction == "doen" else action.title_not)
    with st.container(border=True, key=f"kaart_besluit_{event.seq}", gap="small"):
        st.markdown(f"{outcome(decision)}: {step}")
        st.caption(f"{moment(event.at)} · {plain(event.actor)} · {plain(decision.advised.title)}")
        if consultation and (
            changed := changes(decision.advised, body.receipt, consultation, knowledge)
        ):
            no_longer_the_same(changed)
        if isinstance(decision, Deviation):
            with st.expander("De uitleg", key=f"verloop_uitleg_{event.seq}", type="compact"):
                justification(decision, knowledge)


def _line(event: Event, knowledge: Knowledge) -> str:
    """Say one event as an item of a list."""
    when = moment(event.at)
    match event.body:
        case CaseOpened() as opened:
            known = count(len(opened.facts), "antwoord", "antwoorden")
            return f"- **{when}:** casus geopend met {known}"
        case Decided() as decided:
            who = ""
            if isinstance(decided.decision, Deviation):
                who = f", besloten door {DECIDERS[decided.decision.decided_by]}"
            title = plain(decided.decision.advised.title)
            return f"- **{when}:** {decided.decision.outcome}{who}: {title}"
        case ProtocolsChosen() as chosen:
            titles = enumerate_dutch(titles_of(chosen.protocols, knowledge), "en")
            return f"- **{when}:** de casus gaat vanaf nu over {plain(titles)}"
        case body:
            said = enumerate_dutch(
                [_answer(name, raw, knowledge) for name, raw in body.facts.items()], "en"
            )
            return f"- **{when}:** {said}"


def _answer(name: str, raw: Any, knowledge: Knowledge) -> str:
    """Say one answer that was recorded, also about a fact that no longer exists."""
    fact = knowledge.facts.get(name)
    label = plain(fact.label if fact else name)
    if raw is None:
        return f"antwoord weggehaald over {label}"
    if raw == UNKNOWN:
        return f"nog niet bekend: {label}"
    if raw == DISPUTED or isinstance(raw, Mapping):
        return f"betwist: {label}"
    if fact is None:
        return f"antwoord op een vraag die er niet meer is: {label}"
    return plain(sentence(say_fact(name, raw, knowledge.lexicon)).rstrip("."))

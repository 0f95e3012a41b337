"""Everything that happened in a case, the last first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine.consult import Consultation
from engine.decisions import (
    DECIDERS,
    CaseOpened,
    Decided,
    Deviation,
    Event,
    JudgementGiven,
    ProtocolsChosen,
)
from engine.library import Knowledge
from engine.recorded import advised_step, answer_in_words
from engine.standing import changes
from engine.wording import enumerate_dutch
from ui.decided import justification, no_longer_the_same, outcome
from ui.judgement import judgement_in_words
from ui.pictures import case_timeline
from ui.subjects import titles_of
from ui.text import count, moment, plain

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
    fold = st.expander(
        "Tijdlijn", key="tijdlijn_uitklap", icon=":material/timeline:", on_change="rerun"
    )
    # Made when it is opened: the picture takes longer than all the rest of the page.
    if fold.open:
        with fold:
            case_timeline(events, knowledge)
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
    with st.container(border=True, key=f"kaart_besluit_{event.seq}", gap="small"):
        st.markdown(f"{outcome(decision)}: {plain(advised_step(decision.advised, knowledge))}")
        st.caption(f"{moment(event.at)} · {plain(event.actor)} · {plain(decision.advised.title)}")
        if consultation and (
            changed := changes(decision.advised, body.receipt, consultation, knowledge)
        ):
            no_longer_the_same(changed)
        if isinstance(decision, Deviation):
            with st.expander("De uitleg", key=f"verloop_uitleg_{event.seq}", type="compact"):
                justification(decision, knowledge, body.needed)


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
        case JudgementGiven() as judgement:
            said = judgement_in_words(judgement, knowledge)
            return f"- **{when}:** eigen oordeel van {plain(event.actor)}: {said}"
        case ProtocolsChosen() as chosen:
            titles = enumerate_dutch(titles_of(chosen.protocols, knowledge), "en")
            return f"- **{when}:** de casus gaat vanaf nu over {plain(titles)}"
        case body:
            said = enumerate_dutch(
                [answer_in_words(name, raw, knowledge) for name, raw in body.facts.items()], "en"
            )
            return f"- **{when}:** {plain(said)}"

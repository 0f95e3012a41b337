"""Everything that happened in a case, the last first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from engine.consult import Consultation
from engine.course import event_in_words
from engine.decisions import Act, CaseDiscussed, Decided, Deviation, Event
from engine.library import Knowledge
from engine.recorded import advised_step
from engine.standing import changes
from ui.correction import correction_form, corrections_of
from ui.decided import justification, no_longer_the_same, outcome
from ui.look_back import look_back, looks_back
from ui.pictures import case_timeline
from ui.text import moment, plain
from ui.verdicts import discussed

SHOWN = 50


def history(
    events: Sequence[Event],
    consultation: Consultation | None,
    knowledge: Knowledge,
    names: Mapping[str, str],
    acts: frozenset[Act],
) -> None:
    """Draw the decisions and the course of a case.

    Args:
        events: everything that happened, oldest first.
        consultation: the case as it is now; ``None`` when no advice is possible.
        knowledge: where actions, grounds and facts have their names.
        names: what the people who recorded something are called, by id; the user is "u".
        acts: what the user may do in the case.
    """
    st.header("Verloop van deze casus", anchor=False)
    _discussions(None, events, knowledge, names)
    _decisions(events, consultation, knowledge, names, acts)
    fold = st.expander(
        "Tijdlijn", key="tijdlijn_uitklap", icon=":material/timeline:", on_change="rerun"
    )
    # Made when it is opened: the picture takes longer than all the rest of the page.
    if fold.open:
        with fold:
            case_timeline(events, knowledge)
    with st.expander(f"Alles wat is vastgelegd ({len(events)})", key="verloop"):
        lines = [_line(event, events, knowledge, names) for event in reversed(events[-SHOWN:])]
        st.markdown("\n".join(lines))
        if len(events) > SHOWN:
            st.caption(f"De laatste {SHOWN} staan hier; de rest is bewaard in het dossier.")
    if Act.CORRECT in acts:
        correction_form(events, knowledge, names)


def _decisions(
    events: Sequence[Event],
    consultation: Consultation | None,
    knowledge: Knowledge,
    names: Mapping[str, str],
    acts: frozenset[Act],
) -> None:
    """Draw every decision, the last first, each with what came after it."""
    decisions = [(event, event.body) for event in events if isinstance(event.body, Decided)]
    if not decisions:
        st.caption("Nog geen besluiten. Volgt u een stap of wijkt u af, dan staat dat hier.")
    decided_again: set[str] = set()
    for event, body in reversed(decisions):
        rule = body.decision.advised.rule
        stands = rule not in decided_again
        with st.container(border=True, key=f"kaart_besluit_{event.seq}", gap="small"):
            _decision(event, body, consultation if stands else None, knowledge, names)
            _corrections(event, events, names)
            looks_back(event, body, events)
            _discussions(event.id, events, knowledge, names)
            # Who decided again has no need to look back on what was decided first.
            if stands and Act.REVIEW in acts:
                look_back(event, body, events)
        decided_again.add(rule)


def _discussions(
    decision: UUID | None,
    events: Sequence[Event],
    knowledge: Knowledge,
    names: Mapping[str, str],
) -> None:
    """Draw what groups came to about a decision, or about the case where there was none."""
    for event in reversed(events):
        body = event.body
        if isinstance(body, CaseDiscussed) and body.decision == decision:
            with st.container(border=True, key=f"kaart_bespreking_{event.seq}", gap="small"):
                discussed(event, body, knowledge)
                _corrections(event, events, names)


def _corrections(event: Event, events: Sequence[Event], names: Mapping[str, str]) -> None:
    """Draw what was added to put an event right."""
    if corrected := corrections_of(event, events, names):
        st.markdown("  \n".join(corrected))


def _decision(
    event: Event,
    body: Decided,
    consultation: Consultation | None,
    knowledge: Knowledge,
    names: Mapping[str, str],
) -> None:
    """Draw one decision, held against the advice of now unless there is no need to."""
    decision = body.decision
    # Who has no name here is known by their id.
    who = names.get(event.actor, event.actor)
    st.markdown(f"{outcome(decision, who)}: {plain(advised_step(decision.advised, knowledge))}")
    st.caption(f"{moment(event.at)} · {plain(decision.advised.title)}")
    if consultation and (
        changed := changes(decision.advised, body.receipt, consultation, knowledge)
    ):
        no_longer_the_same(changed)
    if isinstance(decision, Deviation):
        with st.expander("De uitleg", key=f"verloop_uitleg_{event.seq}", type="compact"):
            justification(decision, knowledge, body.needed)


def _line(
    event: Event, events: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> str:
    """Say one event as an item of a list, with what was added to put it right under it."""
    said = plain(event_in_words(event, events, knowledge, names))
    under = "".join(f"\n  - {one}" for one in corrections_of(event, events, names))
    return f"- **{moment(event.at)}:** {said}{under}"

"""The meeting for who leads it: who is there, what is shown, the talk and the verdict."""

from __future__ import annotations

from uuid import UUID, uuid5

import streamlit as st

from engine.decisions import FEWEST_ANSWERS, Access, MeetingView, Phase
from engine.intervisie import PHASE
from engine.library import Knowledge
from engine.words import Stage
from ui import resources, state
from ui.auth import access
from ui.live import latest, live
from ui.meeting import take_over
from ui.meeting.added import additions
from ui.meeting.case import frozen_case, heading
from ui.meeting.files import hand_out, minutes_of
from ui.meeting.reveal import folded, verdict
from ui.meeting.room import still_needed, way_in, who
from ui.meeting.screen import to_screen
from ui.meeting.talk import case, noted, talk
from ui.service import guarded


def lead(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw a meeting for the facilitator.

    Args:
        view: the meeting as they may see it now.
        record: the record as this user may use it.
        knowledge: where the questions are defined.
    """
    heading(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{PHASE[view.phase]} · u begeleidt", width="content")
        to_screen(view)
    take_over.who_leads(view)
    match view.phase:
        case Phase.ALONE:
            _alone(view, record, knowledge)
        case Phase.TOGETHER:
            talk(view, record, knowledge)
        case Phase.CLOSED:
            _closed(view, record, knowledge)


def _alone(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw the way in beside who is there, and what the group reads below it."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Zo doet de groep mee", anchor=False)
        way_in(view)
    with right:
        st.header("Wie er is", anchor=False)
        _waiting(view)
    fold = st.expander(
        "Wat de groep leest", key="bijeenkomst_casus_lezen", on_change="rerun", type="compact"
    )
    if fold.open:
        with fold:
            frozen_case(view, knowledge)
    hand_out(view, record, knowledge)


@live
def _waiting(drawn: MeetingView) -> None:
    """Draw who is there, and the way to the first reveal."""
    view = latest(drawn, resources.working_knowledge())
    if (view.phase, view.facilitates) != (drawn.phase, drawn.facilitates):
        st.rerun()
    who(view)
    if said := still_needed(view):
        st.caption(said)
    st.button(
        "Toon de keuzes en begin het gesprek",
        key="bijeenkomst_begin",
        type="primary",
        icon=":material/visibility:",
        disabled=view.answered < FEWEST_ANSWERS,
        on_click=_begin,
        args=(view.id, state.token(f"begin:{view.id}")),
    )


@guarded()
def _begin(meeting: str, act: UUID) -> None:
    """Show the choices and begin the first step of the script."""
    meetings = access().meetings
    meetings.reveal(meeting, Stage.CHOICES, key=act)
    # Another window may have begun already; then the group doesn't go back.
    if meetings.view(meeting, resources.working_knowledge()).begun is None:
        meetings.begin_step(meeting, 0, key=uuid5(act, "stap"))
    state.spend(f"begin:{meeting}")


def _closed(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw what came of it, with the minutes right below it."""
    verdict(view, knowledge)
    minutes_of(view, record, knowledge)
    folded(view, view.revealed, knowledge)
    case(view, knowledge)
    if view.notes:
        st.header("Aantekeningen", anchor=False)
        noted(view)
    additions(view, record, knowledge)

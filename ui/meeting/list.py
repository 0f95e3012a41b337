"""The first page of intervisie: take part with a code, go on with a meeting, or prepare one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine.decisions import Access, Login, MeetingSummary, Phase
from engine.intervisie import PHASE
from engine.library import Knowledge
from ui.meeting import pick, place, practice
from ui.meeting.agreement import agreement
from ui.meeting.join import join
from ui.service import guarded
from ui.text import moment, plain

_LOOK = {
    Phase.ALONE: ("blue", "edit_note"),
    Phase.TOGETHER: ("green", "forum"),
    Phase.CLOSED: ("gray", "check_circle"),
}


def overview(record: Access, knowledge: Knowledge) -> None:
    """Draw the way into a meeting, and the meetings of this user."""
    st.title("Intervisie", anchor=False)
    st.markdown(
        "Beoordeel een casus eerst alleen, bespreek hem daarna samen, en leg vast wat de groep "
        "vindt."
    )
    meetings = record.meetings
    if meetings.can_prepare:
        st.button(
            "Nieuwe bijeenkomst",
            key="nieuwe_bijeenkomst",
            type="primary",
            icon=":material/add:",
            on_click=pick.start,
        )
        pick.go_on(record, knowledge)
        _list(meetings.mine())
    if meetings.can_join:
        st.header("Meedoen", anchor=False)
        join(None, primary=not meetings.can_prepare)
    if not meetings.can_prepare:
        _list(meetings.mine())
    if record.actor.login is not Login.GUEST:
        practice.offer(knowledge)
    agreement(record, knowledge)


def _list(found: Sequence[MeetingSummary]) -> None:
    st.header("Uw bijeenkomsten", anchor=False)
    if not found:
        st.caption("U hebt nog geen bijeenkomst.")
        return
    going_on = [one for one in found if one.phase is not Phase.CLOSED]
    over = [one for one in found if one.phase is Phase.CLOSED]
    if going_on:
        _cards(going_on, "lijst_bijeenkomsten")
    if not over:
        return
    fold = st.expander(
        "Afgeronde bijeenkomsten", key="bijeenkomsten_afgerond", type="compact", on_change="rerun"
    )
    if fold.open:
        with fold:
            _cards(over, "lijst_afgerond")


def _cards(found: Sequence[MeetingSummary], key: str) -> None:
    with st.grid(min_column_width=320, gap="medium", key=key):
        for one in found:
            _card(one)


def _card(one: MeetingSummary) -> None:
    with st.container(border=True, key=f"casus_kaart_{one.id}", height="stretch"):
        color, icon = _LOOK[one.phase]
        st.markdown(
            f":{color}-badge[:material/{icon}: {PHASE[one.phase]}]\n\n### {plain(one.title)}\n\n"
            f"{plain(one.question)}"
        )
        role = "U begeleidt" if one.facilitates else "U doet mee"
        st.caption(f"{role} · voorbereid op {moment(one.prepared_at)}")
        st.space("stretch")
        st.button(
            "Open deze bijeenkomst",
            key=f"bijeenkomst_{one.id}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=_open,
            args=(one.id,),
        )


@guarded()
def _open(meeting: str) -> None:
    """Go to a meeting."""
    place.open_meeting(meeting)

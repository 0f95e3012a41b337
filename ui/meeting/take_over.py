"""Who leads a meeting, and the way for a colleague to lead it on when who led it can't."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from engine.decisions import Access, MeetingView, Phase
from ui import state
from ui.auth import access
from ui.service import guarded
from ui.text import moment, plain


def who_leads(view: MeetingView) -> None:
    """Say since when a colleague leads it; nothing while who prepared it does.

    Args:
        view: the meeting as this person may see it now.
    """
    if view.taken_over_at is None:
        return
    who = "U nam" if view.facilitates else f"{plain(view.leader)} nam"
    st.caption(f":material/swap_horiz: {who} de begeleiding over op {moment(view.taken_over_at)}.")


def offer(view: MeetingView, record: Access) -> None:
    """Draw the way to take over, for who may lead a group and doesn't lead this one.

    Args:
        view: the meeting as this person may see it now.
        record: the record as this user may use it.
    """
    if view.facilitates or view.phase is Phase.CLOSED or not record.meetings.can_prepare:
        return
    fold = st.expander(
        "Is de begeleider uitgevallen?",
        key="bijeenkomst_uitgevallen",
        type="compact",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.markdown(
            "U mag intervisie begeleiden en kunt het dus overnemen. Iedereen in de bijeenkomst "
            "ziet dat u dat doet. U ziet daarna niet eerder iets dan de groep. Zelf antwoorden "
            "kan dan niet meer; een antwoord dat u al verstuurde, telt mee."
        )
        st.button(
            "Neem de begeleiding over",
            key="bijeenkomst_overnemen",
            icon=":material/swap_horiz:",
            on_click=_take_over,
            args=(view.id, state.token(f"overnemen:{view.id}")),
        )


@guarded()
def _take_over(meeting: str, act: UUID) -> None:
    """Lead the meeting from now on; once, also after a double click."""
    access().meetings.take_over(meeting, key=act)
    state.spend(f"overnemen:{meeting}")
    state.notify("U begeleidt deze bijeenkomst nu. Ga verder waar de groep was.")
    state.go_to_top()

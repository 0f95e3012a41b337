"""Intervisie: a group judges one case, each alone and then together, and comes to a verdict."""

import streamlit as st

from engine.decisions import Login, NoMeetingError
from ui import resources
from ui.auth import access
from ui.frame import knowledge_or_stop
from ui.meeting import pick, place, practice, screen
from ui.meeting.join import join
from ui.meeting.lead import lead
from ui.meeting.list import overview
from ui.meeting.prepare import prepare
from ui.meeting.take_part import participant
from ui.service import guarded


def page() -> None:
    """Draw the meeting that is open, as who leads it or takes part in it sees it; or the list."""
    knowledge = knowledge_or_stop()
    resources.fill_once()
    record, chosen = access(), place.opened()
    # A guest is here for one case; an exercise can be on the same.
    exercise = None if record.actor.login is Login.GUEST else practice.opened()
    if chosen is None and exercise is not None:
        practice.practice(exercise, knowledge)
        return
    if chosen is None and not pick.picking():
        overview(record, knowledge)
        return
    if not place.on_screen():
        _back()
    if chosen is None:
        made = pick.preparing()
        if made is None:
            pick.pick(record, knowledge)
        else:
            prepare(made, record, knowledge)
        return
    if place.is_code(chosen):
        st.title("Meedoen aan intervisie", anchor=False)
        join(chosen)
        return
    try:
        view = record.meetings.view(chosen, knowledge)
    except NoMeetingError as error:
        st.title("Intervisie", anchor=False)
        st.warning(str(error), icon=":material/help:")
        return
    # A screen on the wall goes on when a colleague takes over.
    if view.has_led and place.on_screen():
        screen.screen(view, knowledge)
        return
    draw = lead if view.facilitates else participant
    draw(view, record, knowledge)


def _back() -> None:
    st.button(
        "Alle bijeenkomsten",
        key="alle_bijeenkomsten",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=_leave,
    )


@guarded()
def _leave() -> None:
    """Go back to the list of meetings."""
    place.open_meeting(None)


page()

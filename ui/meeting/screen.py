"""The screen that a whole group looks at: the same as the pages show, large, and nothing to click.

It follows the meeting by itself. Whoever leads opens it in a window of its own, so what it shows
is what they may see; who answered what is not in that before the reveal.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from engine.decisions import MeetingView, Phase
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from ui.live import latest, live
from ui.meeting.charts import ON_SCREEN
from ui.meeting.place import FOR_GROUP, SCREEN
from ui.meeting.reveal import differences, one_stage, verdict
from ui.meeting.room import link_to, spelled
from ui.meeting.talk import place_in_script, time_left
from ui.text import count, plain


def to_screen(view: MeetingView) -> None:
    """Draw the way to the screen for the group, in a window of its own.

    Args:
        view: the meeting as who leads it may see it.
    """
    st.link_button(
        "Scherm voor de groep",
        f"?{urlencode({'sessie': view.id, SCREEN: FOR_GROUP})}",
        type="tertiary",
        icon=":material/tv:",
        help="Opent een venster zonder knoppen, met grote letters. Zet dat op de beamer.",
    )


def screen(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the meeting for everyone in the room.

    Args:
        view: the meeting as who leads it may see it now.
        knowledge: where facts, steps and scripts have their words.
    """
    with st.container(key="groepsscherm"):
        st.title(plain(view.title), anchor=False)
        st.markdown(plain(view.question))
        if view.phase is Phase.ALONE:
            _way_in(view)
            _so_far(view, knowledge)
            return
        if view.conclusion is not None:
            _follow(view, knowledge)
            verdict(view, knowledge)
            return
        left, right = st.columns([3, 2], gap="large")
        with left:
            one_stage(view, view.revealed[-1], knowledge, size=ON_SCREEN)
        with right:
            _why(view, knowledge)
            _step(view, knowledge)
            _follow(view, knowledge)


def _way_in(view: MeetingView) -> None:
    st.header("Doe mee", anchor=False)
    st.markdown("Ga in Leidraad naar **Intervisie** en typ deze code:")
    with st.container(key="bijeenkomst_code"):
        st.markdown(f"**{spelled(view.code)}**")
    if link := link_to(view.code):
        st.markdown("Of open:")
        # As it is: as Markdown a link would have its dots and marks escaped.
        st.text(link)


@live
def _so_far(view: MeetingView, knowledge: Knowledge) -> None:
    now = latest(view, knowledge)
    if now.phase is not view.phase:
        st.rerun()
    if not now.joined:
        st.header("Er is nog niemand", anchor=False)
        return
    people = count(now.joined, "deelnemer", "deelnemers")
    marks = ":material/check_box: " * now.answered
    marks += ":material/check_box_outline_blank: " * (now.joined - now.answered)
    st.header(f"{now.answered} van de {people} klaar", anchor=False)
    st.markdown(marks.strip())


def _why(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw why choices differ from what is shown; where that fails, what is shown says so."""
    with suppress(NotCoveredError, BoundsError):
        differences(view, view.revealed[-1], knowledge, size=ON_SCREEN)


def _step(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the questions of the step of the script that the group is at."""
    if view.begun is None or not knowledge.scripts:
        return
    script, number = place_in_script(view, knowledge)
    step = script.steps[number]
    st.header(plain(step.title), anchor=False)
    st.markdown("\n".join(f"- {plain(text)}" for text in step.questions))


@live
def _follow(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the time left, and all of it again when the group is shown something else."""
    now = latest(view, knowledge)
    then = (view.phase, view.revealed, view.begun, view.conclusion)
    if (now.phase, now.revealed, now.begun, now.conclusion) != then:
        st.rerun()
    if now.begun is not None and now.conclusion is None and knowledge.scripts:
        script, number = place_in_script(now, knowledge)
        minutes = script.steps[number].minutes
        left = time_left(now.begun.at, minutes, datetime.now(UTC))
        st.markdown(f":material/timer: **{left}**")

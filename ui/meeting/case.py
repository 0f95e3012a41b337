"""The case that a group judges: frozen, redacted, and without how the colleague saw the facts."""

from __future__ import annotations

import streamlit as st

from engine.decisions import MeetingView
from engine.intervisie import disputed_in_words
from engine.library import Knowledge
from engine.wording import date_in_words, say_fact
from ui.text import plain, sentence


def heading(view: MeetingView) -> None:
    """Draw what the meeting is about, and what the group is asked."""
    st.title(plain(view.title), anchor=False)
    st.markdown(f"**De vraag aan de groep:** {plain(view.question)}")


def frozen_case(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the case as a participant reads it.

    Args:
        view: the meeting as they may see it.
        knowledge: where the questions have their words.
    """
    case = view.case
    st.header("De casus", anchor=False)
    if view.story:
        st.markdown(plain(view.story))
    st.caption(f"Zoals bekend op {date_in_words(case.reference_date)}.")
    known = [
        sentence(say_fact(name, raw, knowledge.lexicon))
        for name, raw in case.known.items()
        if name in knowledge.facts
    ]
    known += [
        sentence(text) for name, text in view.texts.items() if text and name not in view.asked
    ]
    disputed = [
        sentence(disputed_in_words(name, readings, knowledge))
        for name, readings in case.disputed.items()
        if name in knowledge.facts and name not in view.asked
    ]
    unknown = [
        sentence(knowledge.facts[name].label)
        for name in sorted(case.unknown)
        if name in knowledge.facts
    ]
    for title, found in (
        ("Wat bekend is", known),
        ("Waarover partijen het niet eens zijn", disputed),
        ("Wat nog niet bekend is", unknown),
    ):
        if found:
            st.markdown(f"### {title}\n\n" + "\n".join(f"- {plain(one)}" for one in found))

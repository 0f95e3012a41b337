"""The files of a meeting: the hand-out on paper, and the minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from engine.decisions import Access, MeetingView
from engine.intervisie import file_name, handout, minutes
from engine.library import Knowledge
from engine.note import NoteForm, render
from engine.note.content import Document
from ui.downloads import download
from ui.note import MIME
from ui.text import LOCAL

_FORMS = (NoteForm.WORD, NoteForm.PDF)
Writer = Callable[[MeetingView, Access, Knowledge], Document]


def hand_out(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw the ways to take the case along on paper, for who can't work on a screen."""
    _files("uitdeelblad", "Uitdeelblad", _handout, view, record, knowledge)


def minutes_of(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw the ways to take the minutes along."""
    _files("verslag", "Verslag", _minutes, view, record, knowledge)


def _handout(view: MeetingView, record: Access, knowledge: Knowledge) -> Document:
    return handout(view, knowledge, datetime.now(LOCAL))


def _minutes(view: MeetingView, record: Access, knowledge: Knowledge) -> Document:
    """Write the minutes with the seal of the moment at which they are made."""
    return minutes(view, knowledge, datetime.now(LOCAL), record.meetings.seal(view.id))


def _files(
    kind: str, label: str, write: Writer, view: MeetingView, record: Access, knowledge: Knowledge
) -> None:
    with st.container(horizontal=True, key=f"bijeenkomst_bestanden_{kind}"):
        for form in _FORMS:
            said, mime = MIME[form]
            download(
                f"{label} als {said}",
                partial(_made, form, write, view.id, record, knowledge),
                file_name(kind, view, datetime.now(LOCAL), form),
                mime,
                key=f"bijeenkomst_{kind}_{form}",
            )


def _made(
    form: NoteForm, write: Writer, meeting: str, record: Access, knowledge: Knowledge
) -> bytes:
    """Make a file of what this user may see now: the page can be older than their login or role.

    Raises:
        RecordError: the meeting is gone, or not for this user any more.
    """
    now = record.renewed(time.time())
    return render(form, write(now.meetings.view(meeting, knowledge), now, knowledge))

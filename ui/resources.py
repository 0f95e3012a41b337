"""What all sessions share: the knowledge, the record and the examples. The only cache there is."""

from __future__ import annotations

import logging

import streamlit as st

from engine.decisions import Access, Learned, Record, RecordError, default_url
from engine.examples import fill_examples
from engine.library import Knowledge
from engine.paths import cases_folder, knowledge_folder
from ui.collector import spare
from ui.shelf import Reading, Shelf

_LOG = logging.getLogger(__name__)


class NoKnowledgeError(Exception):
    """There is no good version of the knowledge to work with."""


@st.cache_resource(show_spinner=False)
def _shelf(folder: str) -> Shelf:
    """Keep one shelf for each folder; the shelf itself sees when a file changes."""
    return Shelf(knowledge_folder())


def reading() -> Reading:
    """Return the knowledge in the files of this moment, or the last that was good."""
    return _shelf(str(knowledge_folder())).take()


def working_knowledge() -> Knowledge:
    """Return the knowledge to work with.

    Raises:
        NoKnowledgeError: there has been no good version yet.
    """
    knowledge = reading().knowledge
    if knowledge is None:
        raise NoKnowledgeError
    return knowledge


@st.cache_resource(show_spinner=False)
def _record(url: str) -> Record:
    return Record.open(url)


def record() -> Record:
    """Return the record.

    Raises:
        RecordError: it can't be reached or written; tried again at every call.
    """
    return _record(default_url())


def learned(record: Access) -> Learned:
    """Return what the team can learn, worked out once for as long as nothing is recorded."""
    return _learned(default_url(), record.size(), record)


@st.cache_resource(show_spinner=False, max_entries=4)
def _learned(place: str, size: int, _record: Access) -> Learned:
    return _record.learned()


@st.cache_resource(show_spinner=False)
def spare_the_collector() -> None:
    """Let Python's garbage collector pass over what stays: the modules and the knowledge.

    Streamlit collects all garbage at the end of every run. With everything that is loaded here
    that took half of the time between an answer and the new advice (110 of 230 ms).
    """
    spare()


@st.cache_resource(show_spinner=False)
def _examples(url: str) -> int:
    return fill_examples(record(), working_knowledge(), cases_folder())


def fill_once() -> None:
    """Put the examples in the record, once for each start of the app."""
    try:
        _examples(default_url())
    except RecordError as error:
        # The page shows what is there; without examples it is still of use.
        _LOG.warning("No examples: %s", error)

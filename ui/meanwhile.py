"""What changed in a case since the user saw it last, so that nobody decides on what is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from engine.course import event_in_words
from engine.decisions import Access, Event, newer
from engine.library import Knowledge
from ui import state
from ui.text import count, moment, plain

SHOWN = 5


def changed_meanwhile(
    record: Access, events: Sequence[Event], knowledge: Knowledge, names: Mapping[str, str]
) -> None:
    """Say who recorded what since the user saw the case, and count that as seen from now on.

    Args:
        record: the record as this user may use it.
        events: everything that happened in the case, oldest first.
        knowledge: where protocols, actions and facts have their names.
        names: what people are called, by id.
    """
    case_id, last = events[-1].case_id, events[-1].seq
    found = newer(events, state.seen().get(case_id, last))
    record.saw(case_id, last)
    if not found:
        return
    lines = [
        f"- **{plain(_who(event, record, names))}**, {moment(event.at)}: "
        f"{plain(event_in_words(event, events, knowledge, names))}"
        for event in found[-SHOWN:]
    ]
    if len(found) > SHOWN:
        more = count(len(found) - SHOWN, "eerdere verandering", "eerdere veranderingen")
        lines.append(f"- en {more}; die staan in het verloop")
    st.info(
        "**Dit is veranderd sinds u deze casus het laatst zag:**\n\n" + "\n".join(lines),
        icon=":material/group:",
    )


def _who(event: Event, record: Access, names: Mapping[str, str]) -> str:
    if event.actor == record.actor.id:
        return "U, in een ander venster"
    return names.get(event.actor, event.actor)

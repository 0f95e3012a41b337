"""The pictures on the page: drawn with their text beside them, for who cannot see or tap them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import streamlit as st

from engine.consult import Consultation
from engine.decisions import Event
from engine.library import Knowledge
from engine.reasoning_map import EdgeKind, ReasoningMap, reasoning_map
from ui.charts import CONFIG, Moment, marks, timeline
from ui.map_chart import MAP_CONFIG, map_figure
from ui.map_tree import tree_figure, tree_rows
from ui.moments import moments_of
from ui.text import LOCAL, capital, plain, sentence

AS_TEXT = "Als tekst"


def case_timeline(events: Sequence[Event], knowledge: Knowledge) -> None:
    """Draw the timeline of a case, with the same as a list.

    Args:
        events: everything that happened, oldest first.
        knowledge: where actions and facts have their names.
    """
    moments = list(moments_of(events, knowledge))
    if not moments:
        st.caption("Er is nog niets vastgelegd. Na uw eerste antwoord begint hier een tijdlijn.")
        return
    today = datetime.now(LOCAL).date()
    st.plotly_chart(
        timeline(moments, today), key="tijdlijn", config=CONFIG, theme=None, width="stretch"
    )
    fold = st.expander(AS_TEXT, key="als_tekst_tijdlijn", type="compact", on_change="rerun")
    if fold.open:
        fold.markdown(timeline_in_words(moments, today))


def timeline_in_words(moments: Iterable[Moment], today: date) -> str:
    """Write a timeline as a Markdown list, in order of time."""
    found = sorted(marks(moments, today), key=lambda mark: mark.day)
    lines = []
    for mark in found:
        said = [plain(sentence(one.text)) for one in mark.moments]
        first = f"- **{plain(capital(mark.when))}, {mark.lane.value.lower()}:**"
        lines += (
            [f"{first} {said[0]}"] if len(said) == 1 else [first, *(f"  - {one}" for one in said)]
        )
    return "\n".join(lines)


def map_of(consultation: Consultation, knowledge: Knowledge, rule: str | None) -> None:
    """Draw the map of the reasoning: of one advice, or of all that hold.

    Args:
        consultation: the case, with the advices that were given.
        knowledge: the words for all of it.
        rule: the rule whose advice to map; ``None`` for all that hold.
    """
    try:
        drawn = reasoning_map(consultation, knowledge, rule)
    except KeyError:
        st.caption("Over deze stap is nu geen advies gegeven, dus er is ook geen kaart.")
        return
    if not drawn.nodes:
        st.caption(
            "Er is nu geen advies dat geldt, dus ook geen redenering om te laten zien. Beantwoord "
            "eerst de vragen die openstaan."
        )
        return
    draw_map(drawn, (rule or "alles").replace(".", "-"))


def draw_map(drawn: ReasoningMap, name: str) -> None:
    """Draw a map with the same as text.

    There are two figures and the style sheet shows the one that fits: columns need room.

    Args:
        drawn: the map.
        name: tells it from another on the same page.
    """
    if drawn.left_out:
        st.caption(plain(drawn.left_out))
    wide = map_figure(drawn)
    # The style sheet shows the columns where they fit, in steps of a hundred pixels.
    hundreds = -(-int(wide.layout.width) // 100)
    with st.container(key=f"redekaart_plek_{name}"):
        _figure(wide, f"redekaart_breed_{hundreds}_{name}", f"figuur_breed_{name}")
        _figure(tree_figure(drawn), f"redekaart_smal_{hundreds}_{name}", f"figuur_smal_{name}")
    fold = st.expander(AS_TEXT, key=f"als_tekst_kaart_{name}", type="compact", on_change="rerun")
    if fold.open:
        fold.markdown(map_in_words(drawn))


def _figure(figure: Any, place: str, key: str) -> None:
    with st.container(key=place):
        st.plotly_chart(figure, key=key, config=MAP_CONFIG, theme=None, width="content")


def map_in_words(drawn: ReasoningMap) -> str:
    """Write a map as a Markdown list: each step, and below it what it rests on."""
    lines = []
    for row in tree_rows(drawn):
        does = ""
        if row.kind not in (None, EdgeKind.SUPPORTS):
            does = f"{capital(row.kind.value)}: "
        word = f"**{row.node.word}.** " if row.node.word else ""
        label = plain(sentence(row.node.label))
        lines.append(f"{'  ' * row.depth}- {does}{word}{label}")
    return "\n".join(lines)

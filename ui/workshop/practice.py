"""What practice says of the rules, at the place where a rule can change.

Groups propose something about a rule in intervisie, and decisions of the whole team give signals.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from engine.decisions import Access, Signal
from engine.library import Knowledge
from ui import resources, service, state
from ui.learning_words import SIGN, said
from ui.proposals import proposals
from ui.text import plain
from ui.workshop.desk import VERSION, desk, rules_in
from ui.workshop.opened import OPEN, PART, WAY, part_key, rule_key, way_key


def signals_of(record: Access, protocol: str) -> list[Signal]:
    """Return the signals about the rules of one protocol."""
    return [
        one for one in resources.learned(record).signals if one.rule.partition(".")[0] == protocol
    ]


def practice(record: Access, knowledge: Knowledge, protocol: str = "") -> None:
    """Draw what groups propose and what stands out in decisions.

    Args:
        record: the record as this user may use it.
        knowledge: where rules have their names.
        protocol: the only one that it is about; empty for all.
    """
    proposals(record, knowledge, protocol, partial(_take_up_button, record, knowledge))
    (st.subheader if protocol else st.header)("Signalen uit besluiten", anchor=False)
    found = resources.learned(record).signals
    if protocol:
        found = tuple(signals_of(record, protocol))
    if not found:
        st.caption("Geen enkele regel valt op in wat het team besluit.")
    for number, one in enumerate(found):
        what, _ = SIGN[one.sign]
        with st.container(border=True, key=f"kaart_signaal_{number}", gap="small"):
            st.markdown(f"**{plain(what)}:** {plain(said(one))}.")
            _take_up_button(record, knowledge, one.rule, f"signaal_{number}")
    with st.container(key="werkplaats_naar_leren"):
        st.page_link(
            "ui/pages/leren.py", label="Naar de cijfers van het team", icon=":material/insights:"
        )


def _take_up_button(record: Access, knowledge: Knowledge, rule: str, key: str) -> None:
    if record.can_design and rule in _now(knowledge):
        st.button(
            "Verander deze regel",
            key=f"oppakken_{key}",
            icon=":material/edit:",
            on_click=_take_up,
            args=(rule, knowledge, record),
        )


def _now(knowledge: Knowledge) -> set[str]:
    return {
        bound.rule.id for versions in knowledge.protocols.values() for bound in versions[-1].rules
    }


@service.guarded()
def _take_up(rule: str, knowledge: Knowledge, record: Access) -> None:
    """Open the form of a rule, as it is in the version that is worked on."""
    protocol = rule.partition(".")[0]
    text = desk(knowledge, protocol, record).text(VERSION)
    ids = [str(one.get("id")) for one in rules_in(text)]
    OPEN.set(protocol)
    st.session_state[part_key(protocol)] = PART
    st.session_state[way_key(protocol)] = WAY
    if rule in ids:
        st.session_state[rule_key(protocol)] = ids.index(rule)
    state.go_to_top()

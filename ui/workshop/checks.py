"""What is known of one protocol: what the checks find, its cases, and what practice says."""

from __future__ import annotations

import streamlit as st

from ui.text import count
from ui.workshop.coverage import coverage
from ui.workshop.desk import Desk
from ui.workshop.findings import about
from ui.workshop.health import cases, examined
from ui.workshop.practice import practice


def checks(desk: Desk) -> None:
    """Draw how the released version of a protocol is doing."""
    there = cases(desk.knowledge)
    own = there.of(desk.protocol)
    found = examined(there.mark)
    st.subheader("Wat de controles vinden", anchor=False)
    if found is None:
        st.caption("Dit is nog niet nagekeken. Dat doet u in de lijst met alle protocollen.")
    else:
        health = found.of(desk.protocol)
        if health.findings:
            about(health.findings, desk.knowledge, desk.protocol)
        else:
            st.success("De controles vinden niets.", icon=":material/check_circle:")
    st.subheader("Casussen", anchor=False)
    st.markdown(f"{count(len(own), 'casus gaat', 'casussen gaan')} over dit protocol.")
    if found is not None:
        health = found.of(desk.protocol)
        st.markdown(
            f"Van {health.covered} van de {count(health.rules, 'regel', 'regels')} is er een casus "
            "waarin de voorwaarde waar is, een waarin zij onwaar is, en een waarin zij nog open is."
        )
    coverage(desk, there)
    practice(desk.record, desk.knowledge, desk.protocol)

"""What a change does for one client: the advices of now beside those of the new version."""

from __future__ import annotations

import streamlit as st

from engine.case_file import ReadCase
from engine.compare import compare
from engine.consult import consult
from engine.design.versions import newest
from engine.library import NotCoveredError
from engine.productions import BoundsError
from engine.wording import date_in_words
from ui.components import not_consulted
from ui.differences import side_by_side, what_changes
from ui.text import capital, plain
from ui.workshop.desk import Desk
from ui.workshop.effects import touched_cases
from ui.workshop.health import cases

_TOUCHED = " (hier verandert iets)"


def preview(desk: Desk) -> None:
    """Draw the choice of a client, and what the new version changes for this client."""
    there = cases(desk.knowledge).of(desk.protocol)
    if not there:
        st.info("Er zijn nog geen casussen bij dit protocol.", icon=":material/inbox:")
        return
    # Whom the change touches comes first, once that was found out.
    touched = touched_cases(desk)
    by_name = {case.name: case for case in sorted(there, key=lambda one: one.name not in touched)}
    chosen = st.selectbox(
        "Kies een cliënt (een verzonnen casus)",
        list(by_name),
        format_func=lambda name: f"{by_name[name].file.title}{_TOUCHED if name in touched else ''}",
        key=f"werkplaats_client_{desk.protocol}",
        persist_state="session",
    )
    if chosen is None:
        return
    _client(by_name[chosen], desk)
    trial = desk.trial
    if not desk.changed:
        st.info(
            "U hebt nog niets veranderd. Verander iets bij Bewerken; hier ziet u dan voor en na.",
            icon=":material/edit:",
        )
        return
    if trial.knowledge is None:
        st.warning(
            "In uw versie zit nog een fout. Herstel die eerst bij Bewerken.",
            icon=":material/build:",
        )
        return
    # As if the last version of everything was in force already: that is what changes.
    old, new = newest(desk.knowledge), newest(trial.knowledge)
    try:
        before = consult(old, by_name[chosen].case)
        after = consult(new, by_name[chosen].case)
    except (NotCoveredError, BoundsError) as error:
        not_consulted(error)
        return
    found = compare(before, after, new, old)
    st.subheader("Wat er voor deze cliënt verandert", anchor=False)
    if found.is_empty:
        st.markdown("Niets: alle adviezen en vragen blijven gelijk.")
    else:
        what_changes(found, new)
    side_by_side(found, new, ("Nu", "Met uw versie"))


def _client(case: ReadCase, desk: Desk) -> None:
    who = desk.knowledge.authority(case.case.authority).label
    st.markdown(
        f"{plain(case.file.story)}\n\n:small[{plain(capital(who))} · "
        f"{date_in_words(case.case.reference_date)} · {plain(case.name)}]"
    )

"""What the checks found, with the client who shows it, and that client as a case to keep."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from engine.design.explained import explained
from engine.design.witness import in_words, witness_yaml
from engine.design.workbench import Finding
from engine.diagnostics import Severity
from engine.library import Knowledge
from engine.productions import BoundsError
from ui.text import plain, sentence
from ui.workshop.editor import in_words as said

SHOWN = 40
_SEVERITY = re.compile(r"^Ernst: .*$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def about(findings: Sequence[Finding], knowledge: Knowledge, key: str) -> None:
    """List findings: what, where, and for whom.

    Args:
        findings: what was found.
        knowledge: in which; the words for the clients come from it.
        key: tells this list from another on the page.
    """
    worst = sorted(findings, key=lambda one: (one.diagnostic.severity is not Severity.ERROR,))
    for number, finding in enumerate(worst[:SHOWN]):
        found = finding.diagnostic
        error = found.severity is Severity.ERROR
        mark = (
            ":red-badge[:material/error: Fout]"
            if error
            else ":orange-badge[:material/priority_high: Let op]"
        )
        place = f"{found.file}, regel {found.line}" if found.line else found.file
        with st.container(border=True, key=f"kaart_melding_{key}_{number}", gap="small"):
            st.markdown(f"{mark} {plain(said(found))}  \n:small[{plain(place)}]")
            _meaning(found.code, f"{key}_{number}")
            if finding.witness is not None:
                _witness(finding, knowledge, f"{key}_{number}")
    if len(worst) > SHOWN:
        st.caption(
            f"De eerste {SHOWN} staan hier. Alle {len(worst)} ziet u met de opdracht "
            "`leidraad controleer`."
        )


def _meaning(code: str, key: str) -> None:
    """Offer what the page about a code says: a mistake, how it is right, and why."""
    known = explained().get(code)
    if known is None:
        return
    fold = st.expander(
        "Wat dit betekent",
        key=f"melding_uitleg_{key}",
        type="compact",
        icon=":material/menu_book:",
        on_change="rerun",
    )
    if fold.open:
        said = f"**Wat er is:** {known.meaning}.\n\n**Herstel:** {known.mend}."
        # The page has headings of its own, which don't fit in those of this page.
        page = _HEADING.sub(r"**\1**", _SEVERITY.sub("", known.page.partition("\n")[2]))
        fold.markdown(f"{page or said}\n\n:small[Code: {code}]")


def _witness(finding: Finding, knowledge: Knowledge, key: str) -> None:
    witness = finding.witness
    if witness is None:
        return
    fold = st.expander(
        "Voor wie dit zo is",
        key=f"melding_client_{key}",
        type="compact",
        icon=":material/person_search:",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        first, *rest = in_words(witness, knowledge)
        lines = [f"- {plain(sentence(line.removeprefix('- ')))}" for line in rest]
        st.markdown("\n".join([plain(first), "", *lines]))
        try:
            name, text = witness_yaml(witness, knowledge, finding.diagnostic)
        except BoundsError as error:
            st.caption(plain(str(error)))
            return
        st.download_button(
            "Bewaar deze cliënt als casus (YAML)",
            text,
            f"{name}.yaml",
            "application/yaml; charset=utf-8",
            key=f"melding_bewaren_{key}",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            "Zet het bestand in de map met casussen, en schrijf erbij wat u verwacht. Dan blijft "
            "dit bewaakt."
        )

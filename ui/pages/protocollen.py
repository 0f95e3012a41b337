"""Read a protocol as a document: every rule, in words, with its source and the way out."""

import streamlit as st

from engine.library import Authority, Knowledge, NotCoveredError
from engine.program import build_program
from ui import service
from ui.frame import knowledge_or_stop
from ui.protocol import document
from ui.text import capital, plain


def page() -> None:
    """Draw the choice of a protocol, and the protocol itself."""
    knowledge = knowledge_or_stop()
    st.title("Protocollen", anchor=False)
    st.markdown(
        "Alles waar een advies op rust, regel voor regel. Grenzen kunnen per instantie en per dag "
        "verschillen; kies waarvoor u ze wilt lezen."
    )
    titles = knowledge.protocol_titles
    if not titles:
        st.info("Er zijn nog geen protocollen in de map met kennis.", icon=":material/info:")
        return
    left, middle, right = st.columns(3)
    name = left.selectbox(
        "Protocol",
        list(titles),
        format_func=titles.__getitem__,
        key="protocol_keuze",
        persist_state="session",
    )
    authority = middle.selectbox(
        "Instantie",
        _authorities(knowledge),
        format_func=lambda one: capital(one.label),
        key="protocol_instantie",
    )
    on = right.date_input(
        "Op welke dag", value=service.today(), format="DD-MM-YYYY", key="protocol_dag"
    )
    if on is None:
        st.info("Kies ook een dag.", icon=":material/info:")
        return
    try:
        version = knowledge.protocol(name, on)
        program = build_program(knowledge, (name,), authority.id, on)
    except NotCoveredError as error:
        st.warning(
            f"**Voor deze dag of instantie zijn er geen regels.** {plain(str(error))} Kies een "
            "andere dag.",
            icon=":material/event_busy:",
        )
        return
    st.header(plain(version.protocol.title), anchor=False)
    document(version, program, knowledge)


def _authorities(knowledge: Knowledge) -> list[Authority]:
    """Return UWV first, then the municipalities by name."""
    return sorted(knowledge.authorities.values(), key=lambda one: (one.id != "uwv", one.label))


page()

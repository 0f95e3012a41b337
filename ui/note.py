"""The page with the note: for whom it is, what it says, and the files to take home."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial

import streamlit as st

from engine.decisions import Access, Act
from engine.disclosure import disclose
from engine.library import Knowledge, NotCoveredError
from engine.note import (
    Material,
    NoteForm,
    NoteKind,
    file_name,
    gather,
    render,
    take_along,
    to_markdown,
    write,
)
from engine.productions import BoundsError
from ui import resources, state
from ui.auth import access
from ui.downloads import download
from ui.frame import knowledge_or_stop
from ui.judgement import comes_first
from ui.text import LOCAL, plain

CASES_PAGE = "ui/pages/raadplegen.py"
NOTE_PAGE = "ui/pages/verslag.py"

_KINDS = {NoteKind.FILE: "Voor uw dossier", NoteKind.CLIENT: "Voor de cliënt"}
_MEANING = {
    NoteKind.FILE: "Alles wat is geadviseerd en besloten, met de redenen, de bronnen en het zegel.",
    NoteKind.CLIENT: "Wat u doet en waarom, in gewone woorden. Lees het na voordat u het geeft.",
}
MIME = {
    NoteForm.WORD: (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    NoteForm.PDF: ("PDF", "application/pdf"),
    NoteForm.MARKDOWN: ("Markdown", "text/markdown"),
}


def note_link(key: str = "naar_verslag") -> None:
    """Draw the way from a case to its note.

    Args:
        key: tells it from another on the same page.
    """
    with st.container(key=key, width="content"):
        st.page_link(NOTE_PAGE, label="Maak een verslag", icon=":material/description:")


def page() -> None:
    """Draw the note on the case that is open, or the way to the cases."""
    knowledge = knowledge_or_stop()
    resources.fill_once()
    st.title("Verslag", anchor=False)
    case_id, record = state.case_id(), access()
    # An address can name a case that is not, or no longer, in this record.
    if case_id is None or not record.sees(case_id):
        _no_case()
        return
    try:
        material = gather(record, knowledge, case_id, datetime.now(LOCAL))
    except (NotCoveredError, BoundsError) as error:
        st.error(
            f"**Bij deze casus is geen verslag mogelijk.** {plain(str(error))} Uw antwoorden en "
            "besluiten blijven bewaard.",
            icon=":material/event_busy:",
        )
        return
    if comes_first(case_id, material.history, record):
        st.info(
            "U wilt eerst zelf oordelen. In het verslag staat het advies al. Geef eerst uw oordeel "
            "bij de casus; maak daarna het verslag.",
            icon=":material/psychology:",
        )
        _back()
        return
    _note(material, record)


def _no_case() -> None:
    """Say what the page is for, and where to begin."""
    st.markdown(
        "Hier maakt u een verslag van een casus: wat is geadviseerd, wat u besloot en waarom. Er "
        "is ook een versie voor de cliënt. U kunt beide opslaan als Word, PDF of Markdown."
    )
    st.info("Er is nog geen casus open. Kies eerst een casus.", icon=":material/info:")
    with st.container(key="naar_casussen"):
        st.page_link(CASES_PAGE, label="Naar de casussen", icon=":material/arrow_forward:")


def _back() -> None:
    with st.container(key="terug_naar_casus"):
        st.page_link(
            CASES_PAGE,
            label="Terug naar de casus",
            icon=":material/arrow_back:",
        )


def _file(record: Access, kind: NoteKind, form: NoteForm, material: Material) -> bytes:
    """Make the file, and record that it was taken along; its seal counts that in."""
    kept = take_along(record.renewed(time.time()), kind, material, record.actor.id)
    return render(form, write(kind, kept))


def _note(material: Material, record: Access) -> None:
    _back()
    kind = st.radio(
        "Voor wie is het verslag?",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        captions=[_MEANING[kind] for kind in _KINDS],
        horizontal=True,
        key="verslag_soort",
    )
    document = write(kind, material)
    acts = record.acts(material.stored.case.id)
    if Act.NOTE in acts:
        _files(record, kind, material)
    if Act.DISCLOSE in acts:
        disclosure(record, material.knowledge, material.stored.case.id)
    st.caption("In de naam van het bestand staat alleen het kenmerk van de casus, geen naam.")
    with st.container(border=True, key="verslag_voorbeeld"):
        st.markdown(to_markdown(document, top=2, escape=plain))


def _files(record: Access, kind: NoteKind, material: Material) -> None:
    """Draw the files to take home."""
    with st.container(horizontal=True, key="verslag_bestanden"):
        for form, (label, mime) in MIME.items():
            download(
                f"Opslaan als {label}",
                partial(_file, record, kind, form, material),
                file_name(kind, form, material),
                mime,
                key=f"verslag_{form}",
            )


def _disclose(record: Access, knowledge: Knowledge, case_id: str) -> bytes:
    return disclose(record.renewed(time.time()), knowledge, case_id, datetime.now(LOCAL))


def disclosure(record: Access, knowledge: Knowledge, case_id: str) -> None:
    """Draw the way to everything that is kept about one case, for the client."""
    download(
        "Alles over deze casus, voor de cliënt",
        partial(_disclose, record, knowledge, case_id),
        f"inzage-{case_id}.zip",
        "application/zip",
        key=f"inzage_{case_id}",
        explained="Voor een cliënt die om inzage vraagt: alles wat is vastgelegd, om te lezen en "
        "voor een computer. Het is een concept. Vul in wat ontbreekt en lees het na voordat u het "
        "geeft: staat er iets in over een ander?",
        icon=":material/folder_zip:",
        look="tertiary",
    )

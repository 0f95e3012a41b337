"""The last step: what the rules say of all clients, and files to take along."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from engine.caseload.picking import advices_of
from engine.caseload.results import copied, rows_in
from engine.caseload.review import Review
from engine.caseload.summary import document
from engine.note.html import to_html
from engine.wording import digits
from ui.downloads import download
from ui.screening.clients import clients
from ui.screening.figures import asking, flows, in_sum, silence, sums
from ui.screening.groups import groups
from ui.screening.room import KEYS, PART, Desk
from ui.text import LOCAL

_TABS = {
    "Wie bekijken": clients,
    "Wie valt waar af": flows,
    "Wat eerst vragen": asking,
    "Groepen": groups,
    "Stil": silence,
}
_TAKE = "Meenemen"
_MOST = 500_000
"""Rows of a table that the page makes a file of in memory; the command makes larger ones."""

_MIME = {
    ".parquet": ("Parquet", "application/vnd.apache.parquet"),
    ".csv": ("CSV", "text/csv; charset=utf-8"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def results(on: Desk, review: Review) -> None:
    """Draw what came of the review, a part at a time."""
    in_sum(on, review)
    parts = {**_TABS, _TAKE: _files}
    first = on.work.part if on.work.part in parts else None
    tabs = st.tabs(list(parts), default=first, key=PART, on_change="rerun")
    for tab, part in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                part(on, review)


def _files(on: Desk, review: Review) -> None:
    """Offer the tables and the summary."""
    st.header("Meenemen", anchor=False)
    st.markdown(
        "Een bestand dat u bewaart, blijft bij u. Bewaar het waar ook uw andere gegevens van "
        "cliënten staan, en gooi het weg als u klaar bent. Groepen over een beschermde grond staan "
        "er niet in."
    )
    knowledge, found = on.knowledge, sums(on, review)
    download(
        "De samenvatting (webpagina)",
        lambda: to_html(document(found, knowledge, datetime.now(LOCAL))).encode(),
        "doorlichten.html",
        "text/html; charset=utf-8",
        key=f"{KEYS}samenvatting",
    )
    _table("Per cliënt de uitkomst van elke regel", review.statuses, "statussen", review)
    _table("Per advies wat besliste en wat ontbreekt", advices_of(review), "adviezen", review)
    aside = on.work.intake.aside if on.work.intake else None
    if aside is not None:
        download(
            "De rijen die opzij staan (CSV)",
            aside.read_bytes,
            "opzij.csv",
            "text/csv; charset=utf-8",
            key=f"{KEYS}opzij_meenemen",
        )


def _table(title: str, place: Path, name: str, review: Review) -> None:
    st.subheader(title, anchor=False)
    rows = rows_in(place)
    if rows > _MOST:
        st.caption(
            f"Deze tabel heeft {digits(rows)} rijen. Dat is te veel voor de pagina. Gebruik "
            "de opdracht `leidraad doorlicht`."
        )
        return
    without = frozenset(one.group for one in review.report.groups if one.ground)
    with st.container(horizontal=True, gap="small"):
        for ending, (said, mime) in _MIME.items():
            download(
                said,
                partial(_copy, place, ending, without),
                f"{name}{ending}",
                mime,
                key=f"{KEYS}{name}_{said.lower()}",
            )


def _copy(place: Path, ending: str, without: frozenset[str]) -> bytes:
    """Make a file of a table in another format."""
    made = place.with_name(f"mee{ending}")
    copied(place, made, without)
    try:
        return made.read_bytes()
    finally:
        made.unlink(missing_ok=True)

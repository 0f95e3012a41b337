"""Changing the next version of a protocol: as text, as a form for one rule, or one threshold."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from engine.design.rewriting import RewriteError, with_value
from engine.diagnostics import Severity
from engine.reader import read_text
from ui import service, state
from ui.components import notices
from ui.frame import netted
from ui.text import count, plain
from ui.workshop.desk import VERSION, Desk
from ui.workshop.editor import editor, listed
from ui.workshop.field import Field, choose_text
from ui.workshop.limits import new_limit
from ui.workshop.opened import WAY, way_key
from ui.workshop.rule_form import rule_form

_WAYS = {
    "tekst": "Tekst (YAML)",
    WAY: "Eén regel",
    "grens": "Een grens",
}


def edit(desk: Desk) -> None:
    """Draw the ways to change something."""
    way = st.segmented_control(
        "Wat wilt u veranderen?",
        list(_WAYS),
        format_func=_WAYS.__getitem__,
        default="tekst",
        required=True,
        key=way_key(desk.protocol),
        persist_state="session",
    )
    if way == "tekst":
        _text(desk)
        return
    if way == WAY:
        rule_form(desk)
    else:
        new_limit(desk)
    _state(desk)


@st.fragment
def _text(desk: Desk) -> None:
    """Draw the text of one file; only this part is drawn again while someone types."""
    netted(partial(_one_text, desk))


def _one_text(desk: Desk) -> None:
    notices()
    slots = [VERSION, *desk.limit_files]
    slot = st.selectbox(
        "Bestand",
        slots,
        format_func=lambda one: _slot_in_words(one, desk),
        key=f"werkplaats_bestand_{desk.protocol}",
        persist_state="session",
    )
    if slot is None:
        return
    field = Field(desk, slot, f"werkplaats_tekst_{desk.protocol}_{slots.index(slot)}")
    field.receive()
    if slot == VERSION:
        _day(field)
    name = desk.name(slot)
    if field.is_apart:
        choose_text(field)
    found = None if field.is_apart else [one for one in desk.findings if one.file == name]
    editor(f"Tekst van {name}", field.text, found, field.key)
    _state(desk, name)


def _slot_in_words(slot: str, desk: Desk) -> str:
    if slot == VERSION:
        return "De nieuwe versie van het protocol"
    number = count(len(desk.limit_files[slot].names), "grens", "grenzen")
    return f"{slot} ({number} van dit protocol)"


def _day(field: Field) -> None:
    """Draw the day on which the next version begins, which is also the name of its file."""
    desk = field.desk
    data = read_text(desk.text(VERSION).encode(), "").data
    day = data.get("geldig_vanaf") if isinstance(data, dict) else None
    key = f"werkplaats_ingang_{desk.protocol}_{desk.revision}_{day}"
    left, right = st.columns(2, vertical_alignment="bottom")
    left.date_input(
        "De nieuwe versie gaat in op",
        value=day if isinstance(day, date) else None,
        format="DD-MM-YYYY",
        key=key,
        on_change=_set_day,
        args=(field, key),
    )
    right.caption(f"Bestand: {plain(desk.name(VERSION))}")


@service.guarded()
def _set_day(field: Field, key: str) -> None:
    chosen = st.session_state.get(key)
    # What was typed a moment ago comes with this click.
    field.receive()
    desk = field.desk
    if isinstance(chosen, date) and not field.is_apart:
        try:
            desk.put(VERSION, with_value(desk.text(VERSION), ("geldig_vanaf",), chosen))
        except RewriteError as error:
            state.notify(str(error), "fout")


def _state(desk: Desk, shown: str = "") -> None:
    """Say how far the work is: what was changed, and what is wrong because of it.

    Args:
        desk: what was changed.
        shown: the file of which it is said already.
    """
    files = desk.changed
    if not files:
        st.caption("U hebt nog niets veranderd ten opzichte van wat geldt.")
        return
    others = [one for one in desk.findings if one.file != shown]
    wrong = [one for one in others if one.severity is Severity.ERROR]
    if wrong:
        where = " elders" if shown else ""
        st.error(f"**Door uw verandering klopt{where} iets niet.**\n\n{listed(wrong)}")
    if hints := [one for one in others if one not in wrong]:
        st.warning(f"**Let op bij wat u veranderde.**\n\n{listed(hints)}")
    with st.container(horizontal=True, vertical_alignment="center", key="werkplaats_stand"):
        st.markdown(f"U veranderde {count(len(files), 'bestand', 'bestanden')}.", width="content")
        with st.popover("Begin opnieuw", icon=":material/restart_alt:", key="werkplaats_opnieuw"):
            st.markdown("Alles wat u hier veranderde, gaat weg. Wat is uitgebracht, blijft.")
            st.button(
                "Ja, gooi mijn veranderingen weg",
                key="werkplaats_weggooien",
                on_click=_clear,
                args=(desk,),
            )


@service.guarded()
def _clear(desk: Desk) -> None:
    desk.clear()

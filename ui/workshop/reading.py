"""A protocol to read: as a document, and as a picture of what each rule rests on."""

from __future__ import annotations

import streamlit as st

from engine.library import Knowledge, NotCoveredError
from engine.program import Program, build_program
from engine.rule_map import rule_map
from ui.pictures import draw_map
from ui.protocol import document
from ui.text import capital, plain
from ui.workshop.desk import Desk


def read(desk: Desk) -> None:
    """Draw the protocol as a document, as released or as it is being changed."""
    knowledge, program = _chosen(desk, "lezen")
    if program is not None:
        document(program.protocols[0], program, knowledge)


def picture(desk: Desk) -> None:
    """Draw what one rule asks, what goes before it, and what it advises."""
    knowledge, program = _chosen(desk, "kaart")
    if program is None:
        return
    titles = {bound.rule.id: bound.rule.title for bound in program.asked_rules()}
    rule = st.selectbox(
        "Regel",
        list(titles),
        format_func=titles.__getitem__,
        key=f"werkplaats_kaart_regel_{desk.protocol}",
        persist_state="session",
    )
    if rule is None:
        return
    st.caption(
        "De lijnen lopen van wat de regel vraagt naar wat de regel adviseert. Wat voor de regel "
        "gaat, staat erbij als uitzondering. Hoe voorwaarden samenhangen (en, of, minstens), leest "
        "u bij Lezen."
    )
    draw_map(rule_map(program, knowledge, rule), f"regel_{rule.replace('.', '-')}")


def _chosen(desk: Desk, where: str) -> tuple[Knowledge, Program | None]:
    """Let the reader choose an authority, and the version that is worked on once there is one."""
    left, right = st.columns(2, vertical_alignment="bottom")
    authorities = sorted(
        desk.knowledge.authorities.values(), key=lambda one: (one.id != "uwv", one.label)
    )
    authority = left.selectbox(
        "Voor welke instantie",
        authorities,
        format_func=lambda one: capital(one.label),
        key=f"werkplaats_{where}_instantie",
        persist_state="session",
    )
    knowledge = desk.knowledge
    if desk.may_design and desk.changed:
        own = right.toggle("De versie waar u aan werkt", key=f"werkplaats_{where}_nieuw")
        trial = desk.trial
        if own and trial.knowledge is None:
            st.warning("In uw versie zit nog een fout. U leest de versie die geldt.")
        elif own and trial.knowledge is not None:
            knowledge = trial.knowledge
    # What begins later than today is read as it will be.
    day = max(desk.today, knowledge.protocols[desk.protocol][-1].protocol.valid_from)
    try:
        return knowledge, build_program(knowledge, (desk.protocol,), authority.id, day)
    except NotCoveredError as error:
        st.warning(f"**Deze versie is zo niet te lezen.** {plain(str(error))}")
        return knowledge, None

"""One client of a file up close: all that a consultation says, and nothing is recorded."""

from __future__ import annotations

import streamlit as st

from engine.caseload.review import Review, one_case
from engine.consult import consult
from engine.library import NotCoveredError
from engine.productions import BoundsError
from engine.wording import date_in_words, say_fact
from ui.advice import next_steps
from ui.components import not_consulted
from ui.desk import Desk as CaseDesk
from ui.reasoning import picture, reasoning
from ui.screening.clients import look_at
from ui.screening.room import KEYS, Desk
from ui.text import capital, plain, sentence


def client(on: Desk, review: Review, dossier: str) -> None:
    """Draw one client as the page with cases would, without anything to record."""
    st.button(
        "Terug naar het overzicht",
        key=f"{KEYS}terug",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=look_at,
        args=(None,),
    )
    program = review.program
    protocols = tuple(version.protocol.id for version in program.protocols)
    authority, day = program.authority.id, review.reference
    case = one_case(review.files, dossier, on.knowledge, protocols, authority, day)
    if case is None:
        st.warning("Deze cliënt staat niet in het bestand.", icon=":material/search_off:")
        return
    st.header(f"Cliënt {plain(dossier)}", anchor=False)
    st.caption(
        f"{plain(capital(program.authority.label))} · {date_in_words(day)} · dit staat niet in het "
        "dossier van Leidraad en u legt hier niets vast"
    )
    try:
        consultation = consult(on.knowledge, case)
    except (NotCoveredError, BoundsError) as error:
        not_consulted(error)
        return
    desk = CaseDesk(consultation, on.knowledge, {}, {}, frozenset(), {}, on.record, recorded=False)
    left, middle, right = st.columns([5, 6, 6], gap="medium")
    with left.container(key="vlak_situatie"):
        _known(desk)
    with middle.container(key="vlak_stappen"):
        next_steps(desk)
    with right.container(key="vlak_redenering"):
        reasoning(desk)
    picture(desk)


def _known(desk: CaseDesk) -> None:
    """Draw what the file says, and what is worth asking."""
    case, lexicon = desk.consultation.case, desk.knowledge.lexicon
    st.header("Wat het bestand zegt", anchor=False)
    asked = [one.fact.question for one in desk.consultation.questions[:3]]
    if asked:
        lines = "\n".join(f"- {plain(one)}" for one in asked)
        st.markdown(f"**Vraag dit het eerst**\n\n{lines}")
    said = [
        f"- {plain(sentence(say_fact(name, told, lexicon)))}" for name, told in case.known.items()
    ]
    fold = st.expander(f"Alle antwoorden ({len(said)})", key=f"{KEYS}antwoorden", on_change="rerun")
    if fold.open:
        fold.markdown("\n".join(said) if said else "Van deze cliënt is niets bekend.")

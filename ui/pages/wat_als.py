"""What if: try other answers on a case, see what would follow, and record nothing."""

import streamlit as st

from engine.compare import compare
from engine.consult import Consultation, consult
from engine.decisions import Act, StoredCase
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from ui import resources, scratch, state
from ui.auth import access
from ui.components import not_consulted
from ui.differences import side_by_side, what_changes
from ui.frame import knowledge_or_stop
from ui.judgement import comes_first
from ui.meanwhile import changed_meanwhile
from ui.text import plain
from ui.what_if import choose_answer, facts_that_matter, tried_answers

CASES_PAGE = "ui/pages/raadplegen.py"


def page() -> None:
    """Draw the trial for the case that is open, or the way to one."""
    knowledge = knowledge_or_stop()
    resources.fill_once()
    st.title("Wat als", anchor=False)
    chosen, record = state.case_id(), access()
    if chosen is None or not record.sees(chosen):
        _no_case()
        return
    events = record.history(chosen)
    stored = StoredCase.of(events, knowledge)
    changed_meanwhile(record, events, knowledge, record.names())
    _banner(stored)
    if comes_first(chosen, events, record):
        st.info(
            "U wilt eerst zelf oordelen. In een proef ziet u het advies al. Geef eerst uw oordeel "
            "bij de casus; probeer daarna andere antwoorden.",
            icon=":material/psychology:",
        )
        return
    laid = scratch.lay(stored.case, knowledge)
    _changed_meanwhile(laid, knowledge)
    now, tried = _consult(stored, laid, knowledge)
    if now is None or tried is None:
        return
    found = compare(now, tried, knowledge)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.header("Wat wilt u proberen?", anchor=False)
        choose_answer(stored.case, laid, facts_that_matter(now, tried, knowledge), knowledge)
        works = record.can(Act.ANSWER, chosen)
        tried_answers(stored.case, laid, knowledge, works=works)
    with right:
        st.header("Wat er verandert", anchor=False)
        if laid.changes:
            what_changes(found, knowledge)
        else:
            st.markdown("Nog niets: de proef is gelijk aan de casus.")
        side_by_side(found, knowledge)


def _no_case() -> None:
    st.info(
        "**Er is geen casus open.** Open eerst een casus. Hier probeert u daarna andere "
        "antwoorden uit, zonder dat er iets verandert in de casus zelf.",
        icon=":material/science:",
    )
    with st.container(key="naar_casussen"):
        st.page_link(CASES_PAGE, label="Naar de casussen", icon=":material/arrow_forward:")


def _banner(stored: StoredCase) -> None:
    st.info(
        "**Dit is een proef. Niets hiervan wordt vastgelegd.** U kunt hier geen besluiten nemen.",
        icon=":material/science:",
    )
    with st.container(horizontal=True, vertical_alignment="center", key="proef_casus"):
        st.markdown(f"Casus: **{plain(stored.title)}**", width="content")
        st.page_link(CASES_PAGE, label="Terug naar de casus", icon=":material/arrow_back:")


def _changed_meanwhile(laid: scratch.Laid, knowledge: Knowledge) -> None:
    """Say that the case moved under the trial, and which answers could not come along."""
    if laid.moved:
        rest = "" if laid.changes else " Wat u probeerde, staat er nu al in; de proef is leeg."
        st.warning(
            "**De casus zelf is intussen veranderd.** Uw proef ligt nu op de nieuwe antwoorden."
            f"{rest}",
            icon=":material/sync:",
        )
    for name in laid.dropped:
        fact = knowledge.facts.get(name)
        said = fact.label if fact else "een vraag die er niet meer is"
        st.warning(
            f"Een antwoord in uw proef past niet meer bij de vragen van nu: {plain(said)}. Het is "
            "uit de proef gehaald.",
            icon=":material/history:",
        )


def _consult(
    stored: StoredCase, laid: scratch.Laid, knowledge: Knowledge
) -> tuple[Consultation | None, Consultation | None]:
    """Consult the case and the trial; say so when no rules cover them."""
    try:
        now = consult(knowledge, stored.case)
        return now, consult(knowledge, laid.case) if laid.changes else now
    except (NotCoveredError, BoundsError) as error:
        not_consulted(error, also=", dus ook geen proef")
    return None, None


page()

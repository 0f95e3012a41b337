"""The list of cases, and the top of the one that is open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine.decisions import CaseSummary, StoredCase
from engine.library import Knowledge
from engine.wording import date_in_words
from ui import service, state
from ui.judgement import preference
from ui.new_case import new_case_form
from ui.note import note_link
from ui.subjects import change, subjects_in_words, titles_of
from ui.text import capital, count, moment, plain
from ui.what_if import what_if_link

SHOWN = 12
EXAMPLE_BADGE = ":violet-badge[:material/theater_comedy: Fictief voorbeeld]"


def choose_case(cases: Sequence[CaseSummary], knowledge: Knowledge) -> None:
    """Draw the first page: whose situation is this about?"""
    st.title("Over welke cliënt gaat het?", anchor=False)
    st.markdown(
        "Beantwoord een paar vragen en zie meteen welke stappen passen, waarom, en op welke bron "
        "dat rust. U beslist: volgen of uitleggen waarom niet."
    )
    if state.making_case():
        new_case_form(knowledge)
    else:
        st.button(
            "Nieuwe casus",
            key="nieuwe_casus",
            type="primary",
            icon=":material/add:",
            on_click=state.make_case,
            args=(True,),
        )
    own = [case for case in cases if not case.example]
    examples = _in_order_of_work([case for case in cases if case.example], knowledge)
    st.header("Uw casussen", anchor=False)
    if own:
        _find(own)
        _cards(own[:SHOWN], knowledge)
    else:
        st.caption("U hebt nog geen eigen casus. Begin er een, of kijk eerst bij een voorbeeld.")
    st.header("Voorbeelden om te proberen", anchor=False)
    if examples:
        st.caption("Deze cliënten bestaan niet. U kunt er niets mee kapotmaken.")
        _cards(examples, knowledge)
    else:
        st.caption("Er zijn geen voorbeelden gevonden in de map met casussen.")


def _in_order_of_work(cases: Sequence[CaseSummary], knowledge: Knowledge) -> Sequence[CaseSummary]:
    """Order examples as the work goes, from the first talk to aftercare, whatever was opened."""
    places = {name: place for place, name in enumerate(knowledge.protocol_titles)}

    def place(case: CaseSummary) -> tuple[int, str]:
        return min(places.get(name, len(places)) for name in case.protocols), case.id

    return sorted(cases, key=place)


def _find(own: Sequence[CaseSummary]) -> None:
    """Let the user look up a case by its reference when there are more than fit."""
    if len(own) <= SHOWN:
        return
    st.caption(f"De laatste {SHOWN} van {len(own)} casussen. Zoek een andere op kenmerk.")
    titles = {case.id: case.title for case in own}
    st.selectbox(
        "Zoek een casus",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Typ een deel van het kenmerk",
        key="casus_zoeken",
        on_change=service.open_found_case,
        args=("casus_zoeken",),
    )


def _cards(cases: Sequence[CaseSummary], knowledge: Knowledge) -> None:
    with st.grid(min_column_width=320, gap="medium", key=f"lijst_{cases[0].example}"):
        for case in cases:
            _card(case, knowledge)


def _card(case: CaseSummary, knowledge: Knowledge) -> None:
    with st.container(border=True, key=f"casus_kaart_{case.id}", height="stretch"):
        if case.example:
            st.markdown(EXAMPLE_BADGE)
        st.markdown(f"### {plain(case.title)}")
        if case.story:
            st.markdown(plain(case.story))
        st.caption(
            f"{plain(_authority(case.authority, knowledge))} · "
            f"{plain(', '.join(titles_of(case.protocols, knowledge)))}  \n{_last_change(case)}"
        )
        st.space("stretch")
        st.button(
            "Open deze casus",
            key=f"open_{case.id}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=service.open_case,
            args=(case.id,),
        )


def _last_change(case: CaseSummary) -> str:
    decisions = count(case.decisions, "besluit", "besluiten")
    if case.opened_at == case.changed_at:
        return "Nog niets vastgelegd" if case.example else f"Geopend op {moment(case.opened_at)}"
    return f"Laatst gewijzigd op {moment(case.changed_at)} · {decisions}"


def _authority(name: str, knowledge: Knowledge) -> str:
    authority = knowledge.authorities.get(name)
    return capital(authority.label) if authority else name


def case_header(stored: StoredCase, knowledge: Knowledge) -> None:
    """Draw the top of an open case: what it is about, and the ways to other pages."""
    case = stored.case
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key="casus_wegen"
    ):
        st.button(
            "Alle casussen",
            key="alle_casussen",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=service.close_case,
        )
        change(case, knowledge)
        what_if_link()
        note_link()
        preference()
    st.title(plain(stored.title), anchor=False)
    marks = f"{EXAMPLE_BADGE} " if stored.example else ""
    said = (
        f"{marks}{plain(_authority(case.authority, knowledge))} · peildatum "
        f"{date_in_words(case.reference_date)} · {plain(subjects_in_words(case, knowledge))}"
    )
    story = plain(stored.story) or (
        f":small[Kenmerk {plain(case.id)}. Noteer dit in uw eigen dossier; hier staat geen naam.]"
    )
    st.markdown(f"{said}\n\n{story}")
    for dropped in stored.dropped:
        fact = knowledge.facts.get(dropped.fact)
        name = fact.label if fact else "een vraag die er niet meer is"
        st.warning(
            f"Een eerder antwoord past niet meer bij de vragen van nu: {plain(name)}. Het telt nu "
            "niet mee. Geef zo nodig een nieuw antwoord.",
            icon=":material/history:",
        )

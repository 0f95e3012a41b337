"""The list of cases, and the top of the one that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from engine.decisions import Access, Act, CaseSummary, StoredCase
from engine.library import Knowledge
from engine.wording import date_in_words, enumerate_dutch
from ui import service, state
from ui.due_list import due_list
from ui.judgement import preference
from ui.new_case import new_case_form
from ui.note import note_link
from ui.share import share
from ui.subjects import change, subjects_in_words, titles_of
from ui.text import capital, count, moment, plain
from ui.what_if import what_if_link

SHOWN = 12
EXAMPLE_BADGE = ":violet-badge[:material/theater_comedy: Fictief voorbeeld]"


def choose_case(record: Access, knowledge: Knowledge) -> None:
    """Draw the first page: whose situation is this about?"""
    cases = record.cases()
    st.title("Over welke cliënt gaat het?", anchor=False)
    st.markdown(
        "Beantwoord een paar vragen en zie meteen welke stappen passen, waarom, en op welke bron "
        "dat rust. U beslist: volgen of uitleggen waarom niet."
    )
    if state.making_case():
        new_case_form(knowledge)
    elif record.can_open:
        st.button(
            "Nieuwe casus",
            key="nieuwe_casus",
            type="primary",
            icon=":material/add:",
            on_click=state.make_case,
            args=(True,),
        )
    names = record.names()
    examples = _in_order_of_work(cases.examples, knowledge)
    due_list(record, [*cases.own, *cases.shared])
    if cases.own or record.can_open:
        st.header("Uw casussen", anchor=False)
    if cases.own:
        _group("eigen", cases.own, knowledge, {})
    elif record.can_open:
        st.caption("U hebt nog geen eigen casus. Begin er een, of kijk eerst bij een voorbeeld.")
    if cases.shared:
        st.header("Met u gedeeld", anchor=False)
        _group("gedeeld", cases.shared, knowledge, names)
    if cases.others:
        st.header("Casussen van anderen", anchor=False)
        st.caption(
            "U kunt deze casussen lezen vanwege uw rol. Open er alleen een als dat voor uw werk "
            "nodig is: het staat dan in het verloop van die casus. Titel en verhaal ziet u daarna."
        )
        _group("anderen", cases.others, knowledge, names)
    _unread(cases.unread)
    st.header("Voorbeelden om te proberen", anchor=False)
    if examples:
        st.caption("Deze cliënten bestaan niet. U kunt er niets mee kapotmaken.")
        _cards("voorbeelden", examples, knowledge, {})
    else:
        st.caption("Er zijn geen voorbeelden gevonden in de map met casussen.")


def _unread(cases: Sequence[str]) -> None:
    """Name the cases that can't be read; the others go on."""
    if not cases:
        return
    more = f" en nog {len(cases) - SHOWN}" if len(cases) > SHOWN else ""
    st.warning(
        f"**{count(len(cases), 'casus', 'casussen')} niet te lezen:** "
        f"{plain(', '.join(cases[:SHOWN]))}{more}. De sleutel ontbreekt, of er is iets beschadigd. "
        "Vraag de beheerder om het logboek te controleren.",
        icon=":material/broken_image:",
    )


def _in_order_of_work(cases: Sequence[CaseSummary], knowledge: Knowledge) -> Sequence[CaseSummary]:
    """Order examples as the work goes, from the first talk to aftercare, whatever was opened."""
    places = {name: place for place, name in enumerate(knowledge.protocol_titles)}

    def place(case: CaseSummary) -> tuple[int, str]:
        return min(places.get(name, len(places)) for name in case.protocols), case.id

    return sorted(cases, key=place)


def _group(
    name: str, cases: Sequence[CaseSummary], knowledge: Knowledge, names: Mapping[str, str]
) -> None:
    """Draw the last cases of a group, and a way to the others."""
    _find(name, cases)
    _cards(name, cases[:SHOWN], knowledge, names)


def _find(name: str, cases: Sequence[CaseSummary]) -> None:
    """Let the user look up a case by its reference when there are more than fit."""
    if len(cases) <= SHOWN:
        return
    st.caption(f"De laatste {SHOWN} van {len(cases)} casussen. Zoek een andere op kenmerk.")
    titles = {case.id: case.title for case in cases}
    key = f"casus_zoeken_{name}"
    st.selectbox(
        "Zoek een casus",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Typ een deel van het kenmerk",
        key=key,
        on_change=service.open_found_case,
        args=(key,),
    )


def _cards(
    group: str, cases: Sequence[CaseSummary], knowledge: Knowledge, names: Mapping[str, str]
) -> None:
    with st.grid(min_column_width=320, gap="medium", key=f"lijst_{group}"):
        for case in cases:
            _card(case, knowledge, names.get(case.opened_by, ""))


def _card(case: CaseSummary, knowledge: Knowledge, opener: str) -> None:
    """Draw one case; who opened it is said where that is someone else."""
    with st.container(border=True, key=f"casus_kaart_{case.id}", height="stretch"):
        if case.example:
            st.markdown(EXAMPLE_BADGE)
        st.markdown(f"### {plain(case.title)}")
        if case.story:
            st.markdown(plain(case.story))
        said = (
            f"Van {opener}" if opener else "",
            _authority(case.authority, knowledge),
            ", ".join(titles_of(case.protocols, knowledge)),
        )
        st.caption(f"{' · '.join(plain(part) for part in said if part)}  \n{_last_change(case)}")
        st.space("stretch")
        st.button(
            "Open deze casus",
            key=f"open_{case.id}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=service.open_case,
            args=(case.id,),
        )


def _still(acts: frozenset[Act]) -> str:
    """Say what someone who reads along may still do in a case."""
    able = [
        said
        for said, needed in (
            ("uw eigen oordeel geven", Act.JUDGE),
            ("een afwijking vastleggen waarover een leidinggevende besloot", Act.DECIDE_AS_MANAGER),
            ("een afwijking vastleggen waarover een jurist besloot", Act.DECIDE_AS_LAWYER),
            ("een verbetering toevoegen", Act.CORRECT),
        )
        if needed in acts
    ]
    if not able:
        return "U kunt in deze casus niets vastleggen."
    return f"U kunt hier wel {enumerate_dutch(able, 'en')}; antwoorden geeft de professional."


def _last_change(case: CaseSummary) -> str:
    decisions = count(case.decisions, "besluit", "besluiten")
    if case.opened_at == case.changed_at:
        return "Nog niets vastgelegd" if case.example else f"Geopend op {moment(case.opened_at)}"
    return f"Laatst gewijzigd op {moment(case.changed_at)} · {decisions}"


def _authority(name: str, knowledge: Knowledge) -> str:
    authority = knowledge.authorities.get(name)
    return capital(authority.label) if authority else name


def case_header(
    stored: StoredCase, record: Access, knowledge: Knowledge, acts: frozenset[Act]
) -> None:
    """Draw the top of an open case: what it is about, and the ways to other pages.

    Args:
        stored: the case.
        record: the record as this user may use it.
        knowledge: where protocols and facts have their names.
        acts: what the user may do in the case.
    """
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
        if Act.ANSWER in acts:
            change(case, knowledge)
        what_if_link()
        note_link()
        if Act.JUDGE in acts:
            preference()
        if Act.SHARE in acts:
            share(case.id, record)
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
    if Act.ANSWER not in acts:
        st.info(f"**U leest mee.** {_still(acts)}", icon=":material/visibility:")
    for dropped in stored.dropped:
        fact = knowledge.facts.get(dropped.fact)
        name = fact.label if fact else "een vraag die er niet meer is"
        st.warning(
            f"Een eerder antwoord past niet meer bij de vragen van nu: {plain(name)}. Het telt nu "
            "niet mee. Geef zo nodig een nieuw antwoord.",
            icon=":material/history:",
        )

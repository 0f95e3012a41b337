"""A new value for a threshold, without YAML: which, how much, from when, on what ground."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from engine import labels
from engine.design.proposal import with_limit
from engine.design.rewriting import RewriteError
from engine.knowledge import ParameterValue
from engine.reasons import sources_in_words
from engine.wording import amount_in_words, date_in_words
from engine.words import AuthorityKind, Certainty
from ui import service, state
from ui.components import field_error
from ui.text import capital, plain
from ui.workshop.desk import Desk

_WHO = {None: "iedereen", AuthorityKind.UWV: "UWV", AuthorityKind.MUNICIPALITY: "gemeenten"}


def new_limit(desk: Desk) -> None:
    """Draw the form for one more value of a threshold."""
    knowledge = desk.knowledge
    choices = [(file, name) for file, there in desk.limit_files.items() for name in there.names]
    if not choices:
        st.info("Dit protocol gebruikt geen grenzen.", icon=":material/info:")
        return
    chosen = st.selectbox(
        "Grens",
        choices,
        format_func=lambda one: _in_words(one, desk),
        key=f"werkplaats_grens_{desk.protocol}",
        persist_state="session",
    )
    if chosen is None:
        return
    file, name = chosen
    parameter = knowledge.parameters[name]
    owner = desk.limit_files[file].owner
    values = knowledge.overrides[owner][name] if owner else parameter.values
    st.markdown(
        f"**{plain(capital(parameter.label))}**\n\n"
        + "\n".join(f"- {plain(_value_in_words(one, desk, name))}" for one in values)
    )
    st.caption("Deze waarden blijven staan. U zet er een waarde bij die later ingaat.")
    key = f"werkplaats_grens_{name}_{owner or 'landelijk'}_{desk.revision}"
    with st.form(f"{key}_formulier", border=True):
        st.number_input(
            f"Nieuwe waarde, in {plain(parameter.unit.many)}",
            step=1,
            value=None,
            key=f"{key}_waarde",
        )
        field_error("grens", "waarde")
        st.date_input("Vanaf", value=_begin(desk), format="DD-MM-YYYY", key=f"{key}_vanaf")
        field_error("grens", "vanaf")
        if not owner:
            st.radio(
                "Voor wie",
                list(_WHO),
                index=_index(values),
                format_func=_WHO.__getitem__,
                key=f"{key}_voor",
                horizontal=True,
            )
        sources = {one.id: one.title for one in knowledge.sources.values()}
        st.selectbox(
            "Bron",
            sorted(sources, key=lambda one: sources[one].lower()),
            index=None,
            format_func=lambda one: f"{sources[one]} ({one})",
            key=f"{key}_bron",
        )
        field_error("grens", "bron")
        st.text_input(
            "Plaats in de bron",
            key=f"{key}_plaats",
            max_chars=90,
            placeholder="bijvoorbeeld: 18 lid 5",
        )
        field_error("grens", "plaats")
        st.selectbox(
            "Hoe zeker is dit?",
            list(Certainty),
            key=f"{key}_zekerheid",
            format_func=lambda one: capital(labels.CERTAINTY[one]),
        )
        st.text_area("Waarom deze waarde", key=f"{key}_toelichting", max_chars=1000)
        field_error("grens", "toelichting")
        st.form_submit_button(
            "Zet deze waarde erbij",
            key=f"{key}_erbij",
            type="primary",
            on_click=_add,
            args=(desk, file, name, key),
        )


def _in_words(choice: tuple[str, str], desk: Desk) -> str:
    file, name = choice
    owner = desk.limit_files[file].owner
    own = f", eigen waarde van {desk.knowledge.authorities[owner].label}" if owner else ""
    return f"{capital(desk.knowledge.parameters[name].label)}{own}"


def _value_in_words(value: ParameterValue, desk: Desk, name: str) -> str:
    unit = desk.knowledge.parameters[name].unit
    amount = "geen grens"
    if value.value is not None:
        amount = amount_in_words(value.value, unit.one, unit.many)
    who = f", voor {_WHO[value.applies_to]}" if value.applies_to else ""
    until = f" tot en met {date_in_words(value.until)}" if value.until else ""
    sources = "; ".join(sources_in_words(value.sources, desk.knowledge, with_version=False))
    return f"{amount} vanaf {date_in_words(value.since)}{until}{who}. Bron: {sources}."


def _begin(desk: Desk) -> date:
    return (desk.today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _index(values: tuple[ParameterValue, ...]) -> int:
    return list(_WHO).index(values[0].applies_to)


@service.guarded("grens")
def _add(desk: Desk, file: str, name: str, key: str) -> None:
    """Write the value in the file; what isn't filled in is said at its field."""
    if f"{key}_waarde" not in st.session_state:
        # The second of two clicks: the first was dealt with, and the form is another now.
        return
    given = {
        part: st.session_state.get(f"{key}_{part}")
        for part in ("waarde", "vanaf", "voor", "bron", "plaats", "zekerheid", "toelichting")
    }
    wrong = {}
    if not isinstance(given["waarde"], int):
        wrong["waarde"] = "Vul een heel getal in."
    if not isinstance(given["vanaf"], date) or given["vanaf"] <= desk.today:
        wrong["vanaf"] = "Kies een dag die nog komt. Wat al geldt, verandert niet."
    if not given["bron"]:
        wrong["bron"] = "Kies waar deze waarde staat."
    place = " ".join(str(given["plaats"] or "").split())
    if not place:
        wrong["plaats"] = "Schrijf op waar in de bron, zoals een artikel of een pagina."
    said = str(given["toelichting"] or "").strip()
    if not said:
        wrong["toelichting"] = "Schrijf op waarom de grens verandert."
    if wrong:
        state.set_errors("grens", wrong)
        return
    value: dict[str, object] = {"vanaf": given["vanaf"]}
    if given["voor"]:
        value["voor"] = str(given["voor"])
    value |= {"waarde": given["waarde"], "bronnen": [f"{given['bron']}#{place}"]}
    value |= {"zekerheid": str(given["zekerheid"]), "toelichting": " ".join(said.split())}
    try:
        desk.put(file, with_limit(file, desk.text(file), name, value))
    except RewriteError as error:
        state.notify(str(error), "fout")
        return
    state.notify("De nieuwe waarde staat in uw voorstel. Bekijk bij Gevolgen wie dit raakt.")

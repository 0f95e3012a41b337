"""Columns that the user couples without a suggestion, and answers that everyone has."""

from __future__ import annotations

import streamlit as st

from engine.caseload.column_names import protected_ground, refusal_as_answer, refusal_as_group
from engine.caseload.columns import facts_in, options_of
from engine.caseload.drafting import CouplingDraft, Use, group_name, suggest_answers
from engine.knowledge import Fact
from ui import resources, service, state
from ui.screening.room import KEYS, Desk, own_room
from ui.text import plain

_COLUMN, _TO, _GROUP = f"{KEYS}kolom", f"{KEYS}kolom_wordt", "(een groep om te vergelijken)"
_NOTHING = "(niet gebruiken)"
_FACT, _SAME = f"{KEYS}zelfde_feit", f"{KEYS}zelfde_antwoord"
_ASIDE, _UNKNOWN = "(geen antwoord: de rij gaat opzij)", "(onbekend)"


def by_hand(on: Desk, draft: CouplingDraft) -> None:
    """Draw the choice of one column and what it is."""
    fold = st.expander(
        "Zelf een kolom koppelen",
        key=f"{KEYS}zelf",
        icon=":material/edit:",
        on_change="rerun",
    )
    if not fold.open:
        return
    columns = [name for name in draft.uses if name != draft.dossier]
    with fold:
        column = st.selectbox(
            "Welke kolom?", columns, index=None, placeholder="Kies een kolom", key=_COLUMN
        )
        if column is None:
            return
        facts = {fact.id: fact for fact in facts_in(on.knowledge)}
        if why := refusal_as_answer(column, facts):
            st.warning(plain(why))
            return
        now = draft.uses[column]
        choices = [_NOTHING, _GROUP, *sorted(facts, key=lambda name: facts[name].label.lower())]
        chosen = st.selectbox(
            "Wat is het?",
            choices,
            index=choices.index(now.fact or (_GROUP if now.group else _NOTHING)),
            format_func=lambda name: facts[name].label if name in facts else name,
            key=f"{_TO}_{columns.index(column)}",
        )
        use = Use()
        if chosen == _GROUP:
            use = Use(group=group_name(column))
            if why := refusal_as_group(column):
                st.warning(plain(why))
                return
            if ground := protected_ground(column):
                st.warning(plain(ground.warning), icon=":material/balance:")
        elif chosen in facts:
            use = _answers(on, column, facts[chosen], now)
        st.button(
            "Gebruik de kolom zo",
            key=f"{KEYS}kolom_zet",
            icon=":material/check:",
            disabled=use == now,
            on_click=_use,
            args=(column, use),
        )


def _answers(on: Desk, column: str, fact: Fact, now: Use) -> Use:
    """Let the user say which cell is which answer, beginning with what seems likely."""
    source = on.work.source
    if source is None:
        return Use(fact.id)
    found, unread = suggest_answers(source.sample(), column, fact.id, on.knowledge)
    values = dict(now.values if now.fact == fact.id else found.values)
    unknown = list(now.unknown if now.fact == fact.id else found.unknown)
    labels = {option.id: option.label for option in fact.options}
    if values or unknown:
        said = [
            f"'{plain(cell)}' is {plain(labels.get(answer, answer))}"
            for cell, answer in values.items()
        ]
        said += [f"'{plain(cell)}' is onbekend" for cell in unknown]
        st.caption(f"Leidraad leest: {'; '.join(said)}.")
    if not (options := options_of(fact)):
        return Use(fact.id, "", values, tuple(unknown))
    for number, cell in enumerate(cell for cell in unread if cell not in values):
        meant = st.selectbox(
            f"Wat betekent '{plain(cell)}'?",
            [_ASIDE, _UNKNOWN, *options],
            format_func=lambda name: labels.get(name, name),
            key=f"{KEYS}cel_{fact.id}_{number}",
        )
        if meant == _UNKNOWN:
            unknown.append(cell)
        elif meant != _ASIDE:
            values[cell] = meant
    return Use(fact.id, "", values, tuple(unknown))


@service.guarded()
def _use(column: str, use: Use) -> None:
    draft = own_room().work.draft
    if draft is not None:
        draft.uses[column] = use
        state.notify("De kolom is gekoppeld." if not use.is_nothing else "De kolom telt niet mee.")


def for_all(on: Desk, draft: CouplingDraft) -> None:
    """Draw the answers that are the same for every client and stand in no column."""
    fold = st.expander(
        "Een antwoord dat bij elke cliënt hetzelfde is",
        key=f"{KEYS}zelfde",
        icon=":material/done_all:",
        on_change="rerun",
    )
    if not fold.open:
        return
    facts = {fact.id: fact for fact in facts_in(on.knowledge)}
    with fold:
        st.markdown("Alleen als u het van iedereen weet, en het niet in uw bestand staat.")
        for name, answer in draft.for_all.items():
            st.button(
                f"{plain(facts[name].label)}: {plain(answer)}. Haal weg",
                key=f"{KEYS}zelfde_weg_{name}",
                type="tertiary",
                icon=":material/close:",
                wrap=True,
                on_click=_no_longer,
                args=(name,),
            )
        taken = {use.fact for use in draft.uses.values()} | set(draft.for_all)
        free = [name for name in facts if name not in taken and options_of(facts[name])]
        chosen = st.selectbox(
            "Welk feit?",
            free,
            index=None,
            placeholder="Kies een feit",
            format_func=lambda name: facts[name].label,
            key=_FACT,
        )
        if chosen is None:
            return
        labels = {option.id: option.label for option in facts[chosen].options}
        st.selectbox(
            "Welk antwoord?",
            options_of(facts[chosen]),
            format_func=lambda name: labels.get(name, name),
            key=f"{_SAME}_{chosen}",
        )
        st.button(
            "Geldt voor iedereen",
            key=f"{KEYS}zelfde_zet",
            icon=":material/check:",
            on_click=_same,
            args=(chosen,),
        )


@service.guarded()
def _same(name: str) -> None:
    draft = own_room().work.draft
    answer = st.session_state.get(f"{_SAME}_{name}")
    if draft is not None and answer and name in resources.working_knowledge().facts:
        draft.for_all[name] = str(answer)
        st.session_state[_FACT] = None


@service.guarded()
def _no_longer(name: str) -> None:
    draft = own_room().work.draft
    if draft is not None:
        draft.for_all.pop(name, None)

"""Which case a facilitator makes ready for a group: one that the record proposes, or another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from engine.decisions import Access, CaseSummary, default_url
from engine.intervisie import Proposed, propose
from engine.library import Knowledge
from engine.prose import capital, sentence
from engine.wording import enumerate_dutch
from ui import drafts, state
from ui.auth import access
from ui.meeting import place
from ui.service import guarded
from ui.subjects import titles_of
from ui.text import count, plain

_OTHER = "bijeenkomst_casus"
_CHOSEN = "gekozen"
SHOWN = 4
"""Cases that are proposed at once; who wants another looks it up."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is made ready.

    Attributes:
        decision: the event that recorded the decision; ``None`` for the case as it is now.
    """

    case: str
    decision: UUID | None


def preparing() -> Chosen | None:
    """Return what the user makes ready; ``None`` if nothing."""
    found = st.session_state.get(place.PREPARING)
    return found if isinstance(found, Chosen) else None


def picking() -> bool:
    """Whether the user looks for a case to make ready."""
    return place.PREPARING in st.session_state


@guarded()
def start() -> None:
    """Look for a case to make ready."""
    st.session_state[place.PREPARING] = None


@guarded()
def stop() -> None:
    """Go back to the list of meetings; what was not recorded is gone."""
    forget()
    place.open_meeting(None)


@guarded()
def choose(case: str, decision: UUID | None) -> None:
    """Make a case ready."""
    state.go_to_top()
    state.close_form("bijeenkomst")
    chosen = Chosen(case, decision)
    unfinished(access()).typed[_CHOSEN] = chosen
    st.session_state[place.PREPARING] = chosen


def go_on(record: Access, knowledge: Knowledge) -> None:
    """Draw the way back to what this user was making ready, if anything.

    Args:
        record: the record as this user may use it.
        knowledge: where the questions are defined.
    """
    chosen = unfinished(record).typed.get(_CHOSEN)
    if not isinstance(chosen, Chosen):
        return
    if not record.sees(chosen.case):
        unfinished(record).forget()
        return
    title = record.load_case(chosen.case, knowledge).title
    with st.container(border=True, key="kaart_verder_voorbereiden"):
        st.markdown(f"**U was een bijeenkomst aan het voorbereiden over:** {plain(title)}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Ga verder met voorbereiden",
                key="verder_voorbereiden",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=choose,
                args=(chosen.case, chosen.decision),
            )
            st.button(
                "Niet meer nodig",
                key="voorbereiden_vergeten",
                type="tertiary",
                on_click=_not_needed,
            )


def forget() -> None:
    """Forget what this user was making ready."""
    unfinished(access()).forget()


@guarded()
def _not_needed() -> None:
    """Forget it, and stay on the list."""
    forget()


def unfinished(record: Access) -> drafts.Draft:
    """Return what this person filled in for a group and did not make ready."""
    return drafts.draft(record.actor.id, "voorbereiden")


@st.cache_resource(show_spinner="Leidraad zoekt casussen uit…", max_entries=8)
def _proposed(
    place: str, size: int, person: str, roles: str, _record: Access, _knowledge: Knowledge
) -> tuple[Proposed, ...]:
    """Work it out once while nothing is added to the record and nobody gets another role."""
    return propose(_record, _knowledge)


def pick(record: Access, knowledge: Knowledge) -> None:
    """Draw the cases to choose from.

    Args:
        record: the record as this user may use it.
        knowledge: what the cases are consulted with.
    """
    st.title("Welke casus bespreekt u?", anchor=False)
    st.markdown(
        "Leidraad maakt een kopie van de casus, zoals die bekend was toen de collega besloot. Wat "
        "er daarna verandert, komt niet in de kopie."
    )
    actor = record.actor
    roles = f"{sorted(actor.roles)} {sorted(actor.teams)}"
    found = _proposed(default_url(), record.size(), actor.id, roles, record, knowledge)
    if found:
        st.header("Voorgesteld uit het dossier", anchor=False)
        with st.grid(min_column_width=320, gap="medium", key="lijst_voorgesteld"):
            for one in found[:SHOWN]:
                _card(one, knowledge)
    st.header("Een andere casus" if found else "Kies een casus", anchor=False)
    _another(record, knowledge)


def _card(one: Proposed, knowledge: Knowledge) -> None:
    case = one.case
    why = enumerate_dutch([ground.label for ground in one.grounds], "en")
    with st.container(border=True, key=f"casus_kaart_{case.id}", height="stretch"):
        st.markdown(
            f"### {plain(case.title)}\n\n**Waarom deze casus?** {plain(sentence(why))}\n\n"
            f":small[{plain(', '.join(titles_of(case.protocols, knowledge)))}]"
        )
        st.space("stretch")
        st.button(
            "Kies deze casus",
            key=f"kies_casus_{case.id}",
            icon=":material/arrow_forward:",
            icon_position="right",
            help=plain(case.title),
            on_click=choose,
            args=(case.id, one.decision),
        )


def _another(record: Access, knowledge: Knowledge) -> None:
    """Let the user look up any case that they may read."""
    listed = record.cases()
    cases = [*listed.own, *listed.shared, *listed.examples]
    if not cases:
        st.caption("Er is geen casus van u of met u gedeeld. Vraag een collega om er een te delen.")
        return
    titles = {case.id: _in_list(case) for case in cases}
    # The list shows text as it is, without reading it as Markdown.
    chosen = st.selectbox(
        "Zoek een casus",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Kies of zoek een casus",
        key=_OTHER,
    )
    if chosen is not None:
        case = next(one for one in cases if one.id == chosen)
        about = plain(capital(", ".join(titles_of(case.protocols, knowledge))))
        st.caption(f"{about} · {count(case.decisions, 'besluit', 'besluiten')}")
    st.button(
        "Kies deze casus",
        key="kies_andere_casus",
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        disabled=chosen is None,
        on_click=_choose_other,
    )


def _in_list(case: CaseSummary) -> str:
    return f"{case.title} (fictief voorbeeld)" if case.example else case.title


@guarded()
def _choose_other() -> None:
    """Make the case ready that was looked up."""
    if found := st.session_state.get(_OTHER):
        choose(str(found), None)

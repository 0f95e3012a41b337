"""For how long cases are kept: what is due, why, what the client may see, and erasing for good."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from engine.course import ERASURE_GROUND
from engine.decisions import TERM, Access, Act, Erased, ErasureGround
from engine.library import Knowledge
from engine.retention import BEFORE_ERASING, NOT_ERASED, Kept, terms
from engine.wording import date_in_words
from engine.words import Certainty
from ui import resources, service, state
from ui.auth import access
from ui.components import field_error
from ui.frame import knowledge_or_stop
from ui.note import disclosure
from ui.text import capital, count, moment, plain

_FORM: state.Form = "wissen"
_CHOSEN = "bewaren_casus"
SHOWN = 25


def page() -> None:
    """Draw what is due, and what can be done with one case."""
    knowledge, record = knowledge_or_stop(), access()
    st.title("Bewaren en wissen", anchor=False)
    if not record.keeps_terms:
        st.info(
            "Deze pagina is voor de beheerder en de jurist. Vraag hen als een cliënt inzage wil, "
            "of wil dat een casus wordt gewist.",
            icon=":material/lock:",
        )
        return
    st.markdown(
        "Een casus blijft niet langer bewaard dan nodig is. Hier ziet u welke casussen aan de "
        "beurt zijn. Van een casus staan hier alleen het kenmerk en de dagen."
    )
    resources.fill_once()
    kept = terms(record.retained(), knowledge)
    _assumed(kept, knowledge)
    _overview(kept)
    _one_case(record, kept, knowledge)
    _gone(record)


def _assumed(kept: Sequence[Kept], knowledge: Knowledge) -> None:
    """Say that a term is only an assumption, as long as the organisation has set none."""
    doubted = sorted({one.years for one in kept if one.years and one.certainty is Certainty.DOUBT})
    if not doubted:
        return
    said = " of ".join(f"{years} jaar" for years in doubted)
    st.warning(
        f"**De termijn van {said} is een aanname.** Er is geen wet of selectielijst bij gevonden. "
        "Uw organisatie moet de termijn zelf vaststellen, met de archivaris en de "
        "privacyfunctionaris. De beheerder van de regels zet hem bij de parameter "
        f"'{plain(knowledge.parameters[TERM].label)}'.",
        icon=":material/priority_high:",
    )


def _overview(kept: Sequence[Kept]) -> None:
    """List the cases that are due, and after those the ones that are not."""
    today = service.today()
    due = [one for one in kept if one.is_due(today)]
    st.header(f"Nu aan de beurt ({len(due)})", anchor=False)
    if due:
        st.markdown(_lines(due))
    else:
        st.caption("Van geen enkele casus is de termijn voorbij.")
    unknown = [one for one in kept if one.unknown]
    if unknown:
        st.warning(
            f"**Van {count(len(unknown), 'casus', 'casussen')} is de termijn onbekend.** Leidraad "
            f"kan niet zeggen wanneer die aan de beurt zijn.\n\n{_lines(unknown)}",
            icon=":material/event_busy:",
        )
    rest = [one for one in kept[len(due) :] if not one.unknown]
    with st.expander(f"Nog niet aan de beurt ({len(rest)})", key="bewaren_later"):
        st.markdown(_lines(rest) if rest else "Geen.")


def _lines(kept: Sequence[Kept]) -> str:
    lines = [f"- **{plain(one.case.id)}**: {plain(_why(one))}" for one in kept[:SHOWN]]
    if len(kept) > SHOWN:
        lines.append(f"- en nog {count(len(kept) - SHOWN, 'casus', 'casussen')}")
    return "\n".join(lines)


def _why(one: Kept) -> str:
    """Say until when a case is kept, and why."""
    last = f"de laatste gebeurtenis, op {date_in_words(one.last_on)}"
    if one.unknown:
        return f"termijn onbekend. {one.unknown}"
    if one.due_on is None or one.years is None:
        return f"geen termijn na {last}"
    return f"bewaren tot {date_in_words(one.due_on)}, {one.years} jaar na {last}"


def _one_case(record: Access, kept: Sequence[Kept], knowledge: Knowledge) -> None:
    """Draw the choice of one case, and what can be done with it."""
    st.header("Eén casus", anchor=False)
    by_id = {one.case.id: one for one in kept}
    if not by_id:
        st.caption("Er zijn nog geen eigen casussen; voorbeelden tellen niet mee.")
        return
    chosen = st.selectbox(
        "Welke casus?",
        list(by_id),
        index=None,
        placeholder="Kies of typ het kenmerk",
        key=_CHOSEN,
    )
    if chosen is None:
        return
    case, acts = by_id[chosen].case, record.acts(chosen)
    authority = knowledge.authorities.get(case.authority)
    with st.container(border=True, key="kaart_bewaren"):
        st.markdown(
            f"### Casus {plain(case.id)}\n\n{plain(capital(_why(by_id[chosen])).rstrip('.'))}. "
            f"{plain(capital(authority.label) if authority else case.authority)}, "
            f"{count(case.decisions, 'besluit', 'besluiten')}."
        )
        if Act.DISCLOSE in acts:
            disclosure(record, knowledge, chosen)
        if Act.ERASE in acts:
            _erasure(chosen)
        else:
            st.caption("Alleen de beheerder kan een casus wissen.")


def _erasure(case_id: str) -> None:
    """Draw the form to erase a case; the user types which, so that it is never a slip."""
    act = state.token(f"wissen:{case_id}")
    with st.form(f"wissen_{act}", enter_to_submit=False, border=False):
        st.markdown(
            "#### Voorgoed wissen\n\nAlles wat over deze casus is vastgelegd, is daarna niet meer "
            f"te lezen. Dit kan niet terug. {NOT_ERASED}"
        )
        st.radio(
            "Waarom wist u deze casus?",
            list(ErasureGround),
            index=None,
            format_func=lambda ground: capital(ERASURE_GROUND[ground]),
            captions=[BEFORE_ERASING[ground] for ground in ErasureGround],
            key=_key(act, "ground"),
        )
        field_error(_FORM, "ground")
        st.text_input(
            "Typ het kenmerk van de casus om te bevestigen",
            key=_key(act, "typed"),
            autocomplete="off",
        )
        field_error(_FORM, "typed")
        st.form_submit_button(
            "Wis deze casus voorgoed",
            key="wissen",
            type="primary",
            icon=":material/delete_forever:",
            on_click=_erase,
            args=(case_id, act),
        )


def _gone(record: Access) -> None:
    """Say which cases were erased, so that it can be accounted for."""
    names = record.names()
    lines = [
        f"- **{plain(event.case_id)}**, {moment(event.at)}, door "
        f"{plain(names.get(event.actor, event.actor))}: {ERASURE_GROUND[event.body.ground]}"
        for event in record.erasures()
        if isinstance(event.body, Erased)
    ]
    with st.expander(f"Gewist ({len(lines)})", key="bewaren_gewist"):
        st.markdown("\n".join(lines) if lines else "Er is nog geen casus gewist.")


def _key(act: UUID, name: str) -> str:
    # A key of its own for each case: what was typed for one never stands with another.
    return f"wissen_{name}_{act}"


@service.guarded(_FORM)
def _erase(case_id: str, act: UUID) -> None:
    """Erase a case for good, once the reason is chosen and the case is typed."""
    ground = st.session_state.get(_key(act, "ground"))
    typed = str(st.session_state.get(_key(act, "typed")) or "").strip()
    wrong: dict[str, str] = {}
    if not isinstance(ground, ErasureGround):
        wrong["ground"] = "Kies waarom u deze casus wist."
    if typed != case_id:
        wrong["typed"] = f"Typ precies het kenmerk: {case_id}"
    if wrong or not isinstance(ground, ErasureGround):
        state.set_errors(_FORM, wrong)
        return
    access().erase(case_id, ground, resources.working_knowledge())
    state.spend(f"wissen:{case_id}")
    st.session_state[_CHOSEN] = None
    if state.case_id() == case_id:
        state.set_case(None)
    state.notify(f"Casus {case_id} is voorgoed gewist.")

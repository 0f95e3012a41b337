"""Sharing a case: with whom it is shared now, with whom else, and how to stop."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from engine.decisions import Access, Party
from ui import state
from ui.auth import access
from ui.service import guarded
from ui.text import plain

_WITH = "delen_met"


def share(case_id: str, record: Access) -> None:
    """Draw the way to share a case, where there can be someone to share it with.

    Args:
        case_id: the case that is open, which the user may share.
        record: the record as this user may use it.
    """
    if record.actor.alone:
        return
    shared = record.shared_with(case_id)
    label = f"Delen ({len(shared)})" if shared else "Delen"
    panel = st.popover(
        label, key="delen", type="tertiary", icon=":material/group:", on_change="rerun"
    )
    # Drawn when it is opened: most of the time nobody looks at it.
    if not panel.open:
        return
    names = record.parties()
    with panel:
        # No heading: where the browser puts this, it would come before that of the page.
        st.markdown(
            "**Met wie deelt u deze casus?**  \n"
            "Wie u kiest, kan de hele casus lezen. Een professional kan er ook in werken. Het "
            "staat in het verloop."
        )
        for number, party in enumerate(shared):
            _one(case_id, party, names.get(party, "Iemand zonder rol"), number)
        _another(case_id, [party for party in names if party not in shared], names)


def _one(case_id: str, party: Party, name: str, number: int) -> None:
    """Draw one with whom the case is shared, and the way to stop."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"gedeeld_{number}"):
        st.markdown(plain(name), width="stretch")
        st.button(
            "Stop met delen",
            key=f"deel_niet_{party.kind}_{party.name}",
            icon=":material/person_remove:",
            on_click=_end,
            args=(case_id, party, state.token(f"deel_niet:{case_id}:{party}")),
        )


def _another(case_id: str, parties: list[Party], names: dict[Party, str]) -> None:
    """Draw the choice of someone else to share the case with."""
    if not parties:
        st.caption("Er is niemand anders om mee te delen.")
        return
    # The list shows text as it is, without reading it as Markdown.
    st.selectbox(
        "Collega of team",
        parties,
        index=None,
        format_func=names.__getitem__,
        placeholder="Kies een collega of team",
        key=_WITH,
    )
    st.button(
        "Deel de casus",
        key="deel",
        type="primary",
        on_click=_share,
        args=(case_id, state.token(f"deel:{case_id}")),
    )


@guarded()
def _share(case_id: str, act: UUID) -> None:
    """Share a case with who was chosen."""
    party = st.session_state.get(_WITH)
    if not isinstance(party, Party):
        state.notify("Kies eerst een collega of team.", "fout")
        return
    access().share(case_id, party, key=act)
    state.spend(f"deel:{case_id}")
    state.notify("De casus is gedeeld.")


@guarded()
def _end(case_id: str, party: Party, act: UUID) -> None:
    """Stop sharing a case with someone."""
    access().end_sharing(case_id, party, key=act)
    state.spend(f"deel_niet:{case_id}:{party}")
    state.notify("U deelt de casus niet meer met deze collega of dit team.")

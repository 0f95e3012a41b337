"""What is added after the reveal: answers stay as they were, words come beside them."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from engine.decisions import Access, DifferenceKind, MeetingView, Phase
from engine.intervisie import DIFFERENCE
from engine.library import Knowledge
from engine.words import Stage
from ui import drafts, state
from ui.auth import access
from ui.live import latest, live
from ui.privacy import confirmed, field_concerns
from ui.service import guarded
from ui.text import moment, plain

_FORM: state.Form = "aanvulling"
_BEGIN = "text"
_REASONS = (DifferenceKind.WEIGHED, DifferenceKind.RULE_WRONG, DifferenceKind.SILENT)
"""What only someone themselves can say; that facts are read otherwise shows from the answers."""


def additions(view: MeetingView, record: Access, knowledge: Knowledge) -> None:
    """Draw what was added, and the form to add something while the meeting goes on.

    Args:
        view: the meeting as this person may see it.
        record: the record as this user may use it.
        knowledge: where the questions are defined.
    """
    st.header("Aanvullingen", anchor=False)
    _added(view, knowledge)
    if view.phase is not Phase.TOGETHER:
        return
    if not view.facilitates:
        _form(view, record)
        return
    fold = st.expander(
        "Vul zelf iets aan, of schrijf op voor wie geen scherm heeft",
        key="aanvulling_begeleider",
        type="compact",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            _form(view, record)


@live
def _added(view: MeetingView, knowledge: Knowledge) -> None:
    now = latest(view, knowledge)
    if not now.additions:
        if now.phase is not Phase.TOGETHER:
            st.caption("Er is niets aangevuld.")
            return
        rest = "" if now.facilitates else " Uw antwoord verandert niet meer; aanvullen kan wel."
        st.caption(f"Er is nog niets aangevuld.{rest}")
        return
    lines = []
    for one in now.additions:
        view_of_few = " **Andere mening:**" if one.minority else ""
        who = f" · {plain(one.by)}" if one.by else ""
        lines.append(f"-{view_of_few} {plain(one.text)} :small[({moment(one.at)}{who})]")
    st.markdown("\n".join(lines))


def begin_with(meeting: str, record: Access, text: str) -> None:
    """Put a text in the form to begin with, also after loading the page again.

    Args:
        meeting: the meeting.
        record: the record as this user may use it.
        text: what stands in the form at first.
    """
    _draft(meeting, record).typed[_BEGIN] = text


def _draft(meeting: str, record: Access) -> drafts.Draft:
    return drafts.draft(record.actor.id, f"{_FORM}:{meeting}")


def _form(view: MeetingView, record: Access) -> None:
    act = state.token(f"aanvulling:{view.id}")
    # A form sends its text with the click. Otherwise the page could be drawn in between, because
    # the group is shown something, and the click would find no text.
    with (
        st.container(border=True, key="formulier_aanvulling"),
        st.form(f"aanvulling_form_{act}", enter_to_submit=False, border=False),
    ):
        st.text_area(
            "Wat wilt u aanvullen?",
            value=_draft(view.id, record).typed.get(_BEGIN, ""),
            key=_field(act, "text"),
            max_chars=2000,
            height=90,
        )
        field_concerns(_FORM, "text")
        if Stage.ADVICE in view.revealed and view.own is not None:
            st.selectbox(
                "Kiest u anders dan anderen of dan de regel? Zeg dan waardoor (mag leeg blijven)",
                _REASONS,
                index=None,
                format_func=DIFFERENCE.__getitem__,
                placeholder="Kies een reden",
                key=_field(act, "reason"),
            )
        st.checkbox(
            "Dit is een andere mening dan die van de groep. Bewaar hem in mijn woorden.",
            key=_field(act, "minority"),
        )
        st.caption(
            "Een andere mening komt in het dossier van de casus. Wie later van deze regel afwijkt, "
            "leest hem ook, zonder uw naam. Schrijf zo dat niemand de cliënt herkent."
        )
        st.form_submit_button(
            "Vul aan", key="aanvullen", type="primary", on_click=_add, args=(view.id, act)
        )


@guarded(_FORM)
def _add(meeting: str, act: UUID) -> None:
    """Record what was typed; once, also after a double click."""
    access().meetings.add(
        meeting,
        str(st.session_state.get(_field(act, "text")) or ""),
        minority=bool(st.session_state.get(_field(act, "minority"))),
        reason=st.session_state.get(_field(act, "reason")),
        confirmed=confirmed(_FORM),
        key=act,
    )
    state.spend(f"aanvulling:{meeting}")
    state.close_form(_FORM)
    _draft(meeting, access()).forget()


def _field(act: UUID, name: str) -> str:
    # A key of its own for each addition: a widget remembers what it was last.
    return f"aanvulling_{name}_{act}"

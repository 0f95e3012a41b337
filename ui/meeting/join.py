"""Coming in to a meeting with its code: as who is logged in, or as a guest on this machine."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import streamlit as st

from ui import auth, guests, state
from ui.auth import access
from ui.components import field_error
from ui.meeting import place
from ui.service import guarded
from ui.text import plain

_CODE, _NAME, _NAMES = "meedoen_code", "meedoen_naam", "meedoen_namen"
_ALONE = (
    "U beoordeelt de casus eerst zelf. De begeleider ziet dat u meedoet en of u hebt geantwoord. "
    "Wat u antwoordt, toont Leidraad aan niemand totdat de begeleider alle antwoorden tegelijk "
    "toont."
)


def join(code: str | None, *, primary: bool = True) -> None:
    """Ask for the code of a meeting, or confirm the one in the address.

    Args:
        code: what the address names; ``None`` if nothing.
        primary: whether this is the first thing to do on the page.
    """
    look: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if auth.current_actor().alone:
        _ask_code(look)
        return
    if code:
        st.markdown(_ALONE)
    with st.form("meedoen_form", border=False, width=480):
        _code_field(code)
        _agree_to_names()
        st.form_submit_button(
            "Doe mee", key="meedoen", type=look, on_click=_join, args=(state.token("meedoen"),)
        )


def _ask_code(look: Literal["primary", "secondary"]) -> None:
    """Ask who owns this machine for a code only: they take part as a guest of their own record."""
    with st.form("meedoen_form", border=False, width=480):
        _code_field(None)
        st.form_submit_button("Verder", key="meedoen", type=look, on_click=_open_code)


def take_seat() -> None:
    """Ask someone without a login, on this machine, who they are and which meeting they come to."""
    code, before = place.addressed(), guests.left_behind()
    st.title("Meedoen aan intervisie", anchor=False)
    st.markdown(_ALONE)
    if known := auth.guest_name(before):
        st.button(
            f"Ga verder als {plain(known)}",
            key="verder_als",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=_go_on,
            args=(before,),
        )
        st.caption("Bent u iemand anders? Vul dan uw eigen naam in.")
    with st.form("meedoen_form", border=False, width=480):
        st.text_input("Uw naam", key=_NAME, max_chars=60)
        field_error("meedoen", "name")
        _code_field(code)
        _agree_to_names()
        st.form_submit_button(
            "Doe mee",
            key="meedoen",
            type="secondary" if known else "primary",
            on_click=_take_seat,
            args=(guests.fresh(), state.token("meedoen")),
        )
    st.caption(
        "Deed u al mee, maar bent u uw eigen adres kwijt? Dan krijgt u een nieuwe plek. Een "
        "antwoord dat u al verstuurde, blijft staan en telt mee. Zeg het tegen de begeleider."
    )
    fold = st.expander(
        "Ik doe niet mee: ik werk zelf op deze computer",
        key="bijeenkomst_werkt_zelf",
        type="compact",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            st.markdown(
                "U opent dan het dossier van wie op deze computer werkt. Daarin staat ook wat voor "
                "de deelnemers nog blind is. Is dit niet uw dossier? Doe dit dan niet."
            )
            st.button("Open mijn dossier", key="werkt_zelf", on_click=_work_here)


def _code_field(code: str | None) -> None:
    st.text_input("Code van de bijeenkomst", value=code or "", key=_CODE, max_chars=20)


def _agree_to_names() -> None:
    st.checkbox("Mijn naam mag straks bij mijn antwoord staan", key=_NAMES)
    st.caption("Namen staan er alleen bij als de begeleider daarom vroeg en iedereen dit aanvinkt.")


@guarded("meedoen")
def _join(act: UUID) -> None:
    """Take part in the meeting with the code that was typed."""
    meeting = access().meetings.join(_typed_code(), names=_agrees(), key=act)
    state.spend("meedoen")
    place.open_meeting(meeting)


@guarded("meedoen")
def _open_code() -> None:
    """Go to the door of a meeting, which asks for a name."""
    if code := _typed_code():
        place.open_meeting(code)


@guarded("meedoen")
def _take_seat(token: str, act: UUID) -> None:
    """Take part as a guest, in the meeting with the code that was typed."""
    name = str(st.session_state.get(_NAME) or "")
    if not name.strip():
        state.set_errors("meedoen", {"name": "Vul de naam in waarmee u meedoet."})
        return
    meeting = auth.take_seat(name, _typed_code(), names=_agrees(), token=token, key=act)
    state.spend("meedoen")
    place.open_meeting(meeting)


@guarded()
def _go_on(token: str) -> None:
    """Go on as the guest that this browser took part as."""
    guests.sit_down(token)
    mine = access().meetings.mine()
    place.open_meeting(mine[0].id if mine else None)
    state.go_to("ui/pages/intervisie.py")


@guarded()
def _work_here() -> None:
    """Let who owns this machine work in this browser again."""
    guests.work_here()
    place.open_meeting(None)


def _typed_code() -> str:
    return str(st.session_state.get(_CODE) or "").strip().replace("-", "")


def _agrees() -> bool:
    return bool(st.session_state.get(_NAMES))

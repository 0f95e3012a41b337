"""Guests: who takes part in a meeting in a browser of their own, on a machine where nobody logs in.

What makes someone the same guest after loading the page again is a token in the address, which
only their own browser has; the record knows no more of it than a fingerprint. The browser keeps it
as well until it is closed, so that another tab doesn't turn a guest into who owns the machine, and
so that who lost the address finds the way back.

Where people log in, none of this counts: then the login says who someone is.
"""

from __future__ import annotations

import re
import secrets
from typing import cast

import streamlit as st

from ui.meeting.place import addressed

_SEAT = "plek"
_FRESH = "nieuwe_plek"
_OWN = "werkt_zelf_op_deze_computer"
_COOKIE = "leidraad_plek"
_TOKEN = re.compile(r"[\w-]{22,64}", re.ASCII)


def seat() -> str | None:
    """Return the token of the guest whose page this is; a session never has another person's."""
    if said := _checked(st.query_params.get(_SEAT)):
        st.session_state[_SEAT] = said
    kept = cast("str | None", st.session_state.get(_SEAT))
    if kept and not said:
        # Going to another page empties the address.
        st.query_params[_SEAT] = kept
    return kept


def arriving() -> bool:
    """Whether the address is the link to a meeting that someone is going to take part in."""
    return addressed() is not None


def left_behind() -> str | None:
    """Return the token that this browser took part with, for who has no seat in the address."""
    return None if st.session_state.get(_OWN) else _checked(st.context.cookies.get(_COOKIE))


def fresh() -> str:
    """Return the token for who is about to take part; the same for both clicks of a double one."""
    return cast("str", st.session_state.setdefault(_FRESH, secrets.token_urlsafe(16)))


def sit_down(token: str) -> None:
    """Go on as the guest with a token."""
    st.session_state[_SEAT] = token
    st.session_state.pop(_FRESH, None)
    st.query_params[_SEAT] = token


def work_here() -> None:
    """Stop being a guest in this browser: who owns the machine takes over."""
    st.session_state[_OWN] = True
    st.session_state.pop(_SEAT, None)
    st.query_params.pop(_SEAT, None)


def keep_in_browser() -> None:
    """Have the browser remember which guest it belongs to, or that it belongs to none."""
    token = cast("str | None", st.session_state.get(_SEAT))
    if token:
        _set_cookie(token)
    elif st.session_state.get(_OWN) and st.context.cookies.get(_COOKIE):
        _set_cookie("; Max-Age=0")


def _set_cookie(value: str) -> None:
    cookie = f"{_COOKIE}={value}; Path=/; SameSite=Strict"
    # Only a token that was checked, or nothing, gets here; there is nothing in it to break out of.
    st.html(f"<script>document.cookie = '{cookie}';</script>", unsafe_allow_javascript=True)


def _checked(said: object) -> str | None:
    return said if isinstance(said, str) and _TOKEN.fullmatch(said) else None

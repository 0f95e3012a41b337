"""Who is in a meeting: the way in, big enough to read aloud, and who answered; never what."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from engine.decisions import FEWEST_ANSWERS, MOST_PARTICIPANTS, MeetingView, Seat
from ui.text import count, plain


def way_in(view: MeetingView) -> None:
    """Draw the code and the link with which participants come in."""
    with st.container(border=True, key="kaart_code", gap="small"):
        st.markdown("Ga in Leidraad naar **Intervisie** en typ deze code:")
        with st.container(key="bijeenkomst_code"):
            st.markdown(f"**{spelled(view.code)}**")
        if link := link_to(view.code):
            st.markdown(":small[Of deel deze link:]")
            st.code(link, language=None, wrap_lines=True)
        st.caption(f"Er kunnen {MOST_PARTICIPANTS} mensen meedoen. U begeleidt en doet niet mee.")


def spelled(code: str) -> str:
    """Write a code in two halves, to read it aloud."""
    return f"{code[:4]} {code[4:]}"


def link_to(code: str) -> str:
    """Return the address that opens a meeting; empty if this page doesn't know its own."""
    here = urlsplit(st.context.url or "")
    if not here.netloc:
        return ""
    return urlunsplit((here.scheme, here.netloc, here.path, urlencode({"sessie": code}), ""))


def who(view: MeetingView) -> None:
    """Draw who takes part and who answered."""
    joined = count(view.joined, "deelnemer", "deelnemers")
    st.markdown(f"**{joined}, {view.answered} met een antwoord**")
    if not view.seats:
        st.caption("Nog niemand. Noem de code, of stuur de link.")
        return
    st.markdown("\n".join(_line(seat) for seat in view.seats))


def _line(seat: Seat) -> str:
    name = plain(seat.name)
    if seat.late:
        return f"- :gray[:material/visibility:] {name} kwam later en luistert mee"
    if seat.answered:
        return f"- :green[:material/check_circle:] {name} heeft geantwoord"
    return f"- :orange[:material/hourglass_top:] {name} is nog bezig"


def still_needed(view: MeetingView) -> str:
    """Say what is still waited for before the first reveal; empty if everyone answered."""
    if view.answered < FEWEST_ANSWERS:
        return f"U kunt de antwoorden tonen als er minstens {FEWEST_ANSWERS} zijn."
    waiting = sum(not seat.answered and not seat.late for seat in view.seats)
    if waiting:
        return (
            f"{count(waiting, 'deelnemer is', 'deelnemers zijn')} nog bezig. Na het tonen kan "
            "niemand nog antwoorden of een antwoord veranderen."
        )
    return ""

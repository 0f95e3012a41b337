"""What stands at the door: who you are and the way out, or why you can't come in."""

from __future__ import annotations

import streamlit as st

from engine.decisions import Actor, Login, RecordError
from engine.wording import enumerate_dutch
from ui import address, auth, guests
from ui.auth import Hurdle
from ui.meeting import place
from ui.meeting.join import take_seat
from ui.meeting.room import spelled
from ui.service import guarded
from ui.text import plain

_NAME = "uw_naam"
MEETING_PAGE = "intervisie"
"""Where a guest belongs, as the address has it."""

SOON = 10 * 60
"""Seconds before the end of a login in which the page says that it ends."""


def admit() -> bool:
    """Draw who is here, and say whether they may see the page; if not, draw why.

    Raises:
        RecordError: the record can't be read, so that there is no telling who is there.
    """
    try:
        found = auth.look()
    except RecordError:
        # A page that needs the record says itself what is wrong with it.
        if auth.can_do_without_record():
            return True
        raise
    match found:
        case Actor(login=Login.GUEST):
            return _guest(found)
        case Actor():
            guests.keep_in_browser()
            if not place.on_screen():
                _who(found)
            return True
        case Hurdle.GUEST:
            take_seat()
        case Hurdle.NAMELESS:
            _ask_name()
        case Hurdle.OUT:
            _log_in()
        case Hurdle.EXPIRED:
            _log_in_again()
        case Hurdle.UNKNOWN:
            _unknown()
        case _:
            st.error(found.value, icon=":material/lock:")
    return False


def _who(actor: Actor) -> None:
    """Draw who works here, and the way out."""
    with st.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        gap="small",
        key="wie_bent_u",
    ):
        if actor.alone:
            said = "alleen op deze computer, met alle rollen"
        else:
            said = enumerate_dutch([str(role) for role in sorted(actor.roles)], "en")
        st.markdown(
            f":small[:material/person: **{plain(actor.name)}** · {plain(said)}]", width="content"
        )
        if not actor.alone:
            _log_out_button()
    if actor.login is Login.EXPIRED:
        st.warning(
            "**Uw aanmelding is verlopen.** U kunt nog even lezen en kopiëren wat u typte, maar "
            "niets meer vastleggen. Meld u daarna opnieuw aan.",
            icon=":material/timer_off:",
        )
        _log_in_button("Opnieuw aanmelden")
    elif actor.login is Login.VALID and auth.seconds_left() < SOON:
        st.info(
            "Uw aanmelding verloopt binnen tien minuten. Leg vast wat u typte en meld u daarna "
            "opnieuw aan.",
            icon=":material/timer:",
        )


def _guest(guest: Actor) -> bool:
    """Draw who takes part, and lead them back from where a guest has no business."""
    guests.keep_in_browser()
    st.markdown(
        f":small[:material/person: **{plain(guest.name)}** · doet mee als deelnemer]",
        text_alignment="right",
    )
    if address.page() == MEETING_PAGE:
        return True
    st.title("U doet mee aan een bijeenkomst", anchor=False)
    st.markdown("Met deze browser doet u alleen mee aan de intervisie. De rest ziet u hier niet.")
    st.page_link(
        "ui/pages/intervisie.py", label="Terug naar de bijeenkomst", icon=":material/arrow_back:"
    )
    return False


def _ask_name() -> None:
    """Ask once what the person on this machine is called."""
    st.title("Wie bent u?", anchor=False)
    st.markdown(
        "Leidraad bewaart bij elk besluit wie het vastlegde. U werkt hier alleen, op deze "
        "computer. Vul uw naam in; u hoeft dit maar één keer te doen."
    )
    name_form("Begin")


def name_form(button: str, value: str = "") -> None:
    """Draw the form for the name of whoever works alone on this machine."""
    with st.form("formulier_naam", border=False, width=420):
        st.text_input("Uw naam", value=value, key=_NAME, max_chars=100)
        st.form_submit_button(button, key="naam_bewaren", type="primary", on_click=_keep_name)


@guarded()
def _keep_name() -> None:
    """Keep the name that stands in the form."""
    auth.name_me(str(st.session_state.get(_NAME) or ""))


def _log_in() -> None:
    st.title("Meld u aan", anchor=False)
    st.markdown(
        "Leidraad is voor mensen die hier werken. Meld u aan met het account van uw organisatie."
    )
    if code := place.addressed():
        # Logging in leads back to the first page, without what the address says now.
        st.markdown(
            "Komt u meedoen aan intervisie? Open na het aanmelden de link opnieuw. Of kies "
            f"**Intervisie** en typ de code **{plain(spelled(code))}**."
        )
    _log_in_button("Aanmelden")


def _log_in_again() -> None:
    st.title("Meld u opnieuw aan", anchor=False)
    st.markdown("Uw aanmelding is verlopen. Wat u vastlegde, is bewaard.")
    _log_in_button("Opnieuw aanmelden")


def _unknown() -> None:
    """Explain to someone without a role what has to happen, and show nothing else."""
    person = auth.me()
    st.title("U hebt nog geen rol", anchor=False)
    st.markdown(
        "U bent aangemeld, maar Leidraad weet nog niet wat uw werk is. Daarom ziet u geen "
        "casussen. Vraag uw beheerder om u een rol te geven. Geef dan dit kenmerk door:"
    )
    st.code(person.id if person else "", language=None)
    _log_out_button()


def _log_in_button(label: str) -> None:
    if st.button(label, key="aanmelden", type="primary", icon=":material/login:"):
        st.login()


def _log_out_button() -> None:
    if st.button("Afmelden", key="afmelden", type="tertiary", icon=":material/logout:"):
        _forget()
        st.logout()


def _forget() -> None:
    """Leave nothing of this person's work in the session."""
    for key in list(st.session_state):
        del st.session_state[key]

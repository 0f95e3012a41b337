"""Who works here: the only reader of what the login says, and the door in front of every page.

Without ``[auth]`` in ``.streamlit/secrets.toml`` one person works alone on their own machine
(local mode); with it people log in with the organisation's identity provider (OpenID Connect).
Who someone is comes from the login and the record, never from what a page or a session keeps.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine.decisions import (
    LOCAL_ID,
    Access,
    AccessError,
    Act,
    Actor,
    Login,
    Person,
    RecordError,
    Role,
    guest_id,
    may_somewhere,
    may_try_screening,
    person_id,
)
from ui import guests, resources, state
from ui.loopback import only_this_machine
from ui.meeting import place

_LOG = logging.getLogger(__name__)

NAME_VARIABLE = "LEIDRAAD_GEBRUIKER"
_WAS_IN = "aangemeld_als"
GRACE = 15 * 60
"""Seconds after the end of a login in which a page stays readable, so that text can be copied."""


class Hurdle(Enum):
    """Why someone can't come in; the value is what they are told (Dutch)."""

    ELSEWHERE = (
        "Leidraad start niet: zonder aanmelden werkt het alleen op deze computer zelf "
        "(127.0.0.1). Stel aanmelden in; docs/rechten.md zegt hoe."
    )
    BROKEN = (
        "Leidraad start niet: het bestand .streamlit/secrets.toml kan niet worden gelezen. "
        "Herstel het bestand."
    )
    TEAM = (
        "Leidraad start niet: in dit dossier werken mensen die zich aanmelden, en aanmelden is "
        "hier niet ingesteld. docs/rechten.md zegt hoe het moet."
    )
    GUEST = "U bent hier nog geen deelnemer. Er is niets vastgelegd. Doe eerst mee met de code."
    NAMELESS = "Leidraad weet nog niet wie u bent. Vul uw naam in."
    OUT = "U bent niet aangemeld. Er is niets vastgelegd. Meld u aan."
    EXPIRED = (
        "Uw aanmelding is verlopen. Er is niets vastgelegd. Kopieer wat u wilt bewaren en meld u "
        "opnieuw aan."
    )
    UNKNOWN = "U hebt in Leidraad nog geen rol. Vraag de beheerder om een rol."


def current_actor() -> Actor:
    """Return who acts now, with their roles of this moment.

    Raises:
        AccessError: nobody does: they are not logged in, not known or not on this machine.
        RecordError: the record can't be read.
    """
    found = look()
    if isinstance(found, Hurdle):
        raise AccessError(found.value)
    return found


def access() -> Access:
    """Return the record as the person who acts now may use it; pages and callbacks use this.

    Raises:
        RecordError: it can't be reached, or nobody acts.
    """
    return Access(resources.record(), current_actor(), _session(), state.seen())


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways may show to who is looking.

    Attributes:
        pages: those to the pages.
        terms: the one to how long cases are kept.
        screening: the one to looking through a whole file of clients.
    """

    pages: bool
    terms: bool = False
    screening: bool = False


def ways() -> Ways:
    """Say which ways may show, from one look at who is there; pages say themselves what is wrong.

    A guest, a screen for a group and who is not known here see no way to anything.
    """
    if place.on_screen():
        return Ways(pages=False)
    try:
        found = look()
    except RecordError:
        return Ways(pages=can_do_without_record())
    except Exception:
        _LOG.exception("Who is there can't be told.")
        return Ways(pages=False)
    if isinstance(found, Hurdle) or found.login is Login.GUEST:
        return Ways(pages=False)
    return Ways(
        pages=True,
        terms=may_somewhere(found, Act.RETENTION),
        screening=may_try_screening(found),
    )


def can_do_without_record() -> bool:
    """Whether the pages that hold no cases may be read while the record fails.

    Nobody logs in on this machine, so there is nobody to tell from anyone else.
    """
    return logs_in() is False and only_this_machine()


def look() -> Actor | Hurdle:
    """Return who is there, or what keeps them out.

    Raises:
        RecordError: the record can't be read.
    """
    configured = logs_in()
    if configured is None:
        return Hurdle.BROKEN
    return _logged_in() if configured else _local()


def logs_in() -> bool | None:
    """Whether people log in here; ``None`` if the file that says so can't be read.

    A broken file must not open the door to whoever is there.
    """
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    files = st.get_option("secrets.files") or []
    return None if any(Path(name).exists() for name in files) else False


def claims() -> Mapping[str, Any]:
    """Return what the identity provider said of who is there; empty when nobody logged in."""
    said = st.user.to_dict()
    return said if said.get("is_logged_in") is True else {}


def me() -> Person | None:
    """Note who is logged in, also without a role, so that one can be given to them."""
    said = claims()
    issuer, subject = said.get("iss"), said.get("sub")
    if not (isinstance(issuer, str) and issuer and isinstance(subject, str) and subject):
        return None
    person = person_id(issuer, subject)
    # With an address that anyone can give themselves, anyone could be given someone's role.
    email = _printable(said.get("email")) if said.get("email_verified") is True else ""
    name = _printable(said.get("name")) or _printable(said.get("preferred_username")) or email
    return resources.record().people.meet(person, name or person, email)


def name_me(name: str) -> None:
    """Keep the name of whoever works alone on this machine.

    Raises:
        RecordError: it can't be a name, or someone logs in here.
    """
    if look() is not Hurdle.NAMELESS and not current_actor().alone:
        raise AccessError("Uw naam komt van uw aanmelding en kan hier niet worden veranderd.")
    resources.record().people.meet(LOCAL_ID, name)


def name_is_given() -> bool:
    """Whether the name of whoever works alone comes from outside of Leidraad."""
    return bool(_printable(os.environ.get(NAME_VARIABLE)))


def seconds_left() -> float:
    """Return how long the login is still good for; negative when it has ended.

    A login that doesn't say until when counts as ended.
    """
    until = claims().get("exp")
    # True is a number to Python, and "not a number" is never later than now.
    if isinstance(until, bool) or not isinstance(until, int | float):
        return -float("inf")
    left = float(until) - time.time()
    return left if left == left else -float("inf")


def take_seat(name: str, code: str, *, names: bool, token: str, key: UUID) -> str:
    """Let someone without a login take part in a meeting, on this machine; return its pseudonym.

    Args:
        name: what the others may call them.
        code: of the meeting.
        names: whether they agree that names stand with the answers.
        token: what only their own browser will have.
        key: names the event, so that it can be sent twice and be recorded once.

    Raises:
        RecordError: people log in here, there is no name, or no open meeting with that code.
    """
    said, found = _printable(name), look()
    if not (isinstance(found, Actor) and found.login is Login.GUEST) and found is not Hurdle.GUEST:
        raise AccessError("Meedoen zonder aanmelden kan hier niet.")
    if not said:
        raise RecordError("Vul de naam in waarmee u meedoet.")
    guest = Actor(guest_id(token), said, frozenset(), login=Login.GUEST)
    own = Access(resources.record(), guest, _session())
    meeting = own.meetings.join(code, names=names, key=key)
    resources.record().people.meet(guest.id, said)
    guests.sit_down(token)
    return meeting


def guest_name(token: str | None) -> str | None:
    """Return the name of the guest with a token; ``None`` if there is none."""
    found = resources.record().people.find(guest_id(token)) if token else None
    return found.name if found else None


def _logged_in() -> Actor | Hurdle:
    """Return who is logged in, if their login is still good and they have a role."""
    person = me() if claims() else None
    if person is None:
        return Hurdle.OUT
    left = seconds_left()
    login = Login.VALID if left > 0 else Login.EXPIRED
    if login is Login.VALID:
        st.session_state[_WAS_IN] = person.id
    elif left < -GRACE or st.session_state.get(_WAS_IN) != person.id:
        return Hurdle.EXPIRED
    if not person.roles:
        return Hurdle.UNKNOWN
    until = max(0.0, time.time() + left)
    return Actor(person.id, person.name, person.roles, person.teams, login, until)


def _local() -> Actor | Hurdle:
    """Return who works alone on this machine."""
    if not only_this_machine():
        return Hurdle.ELSEWHERE
    people = resources.record().people
    if people.has_team():
        return Hurdle.TEAM
    if (token := guests.seat()) or guests.arriving() or guests.left_behind():
        guest = people.find(guest_id(token)) if token else None
        if guest is None:
            return Hurdle.GUEST
        return Actor(guest.id, guest.name, frozenset(), login=Login.GUEST)
    known = people.find(LOCAL_ID)
    given = _printable(os.environ.get(NAME_VARIABLE))
    if given and (known is None or known.name != given):
        known = people.meet(LOCAL_ID, given)
    if known is None:
        return Hurdle.NAMELESS
    return Actor(known.id, known.name, frozenset(Role), login=Login.LOCAL)


def _printable(said: object) -> str:
    """Return a text as it can be kept: without unseen characters, and not too long."""
    if not isinstance(said, str):
        return ""
    return " ".join("".join(char if char.isprintable() else " " for char in said).split())[:200]


def _session() -> UUID:
    """Name the session of this browser tab, as the server knows it."""
    context = get_script_run_ctx()
    return uuid5(NAMESPACE_URL, context.session_id) if context else uuid4()

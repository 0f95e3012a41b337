"""Who works with the record: people, what they are in the organisation, and what that makes them.

A person is known by a pseudonym of their own (``id``), because a name can change and an address
can be given to someone else. What was recorded keeps that pseudonym; the name is looked up.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from engine.words import Word

PROGRAM = "Leidraad"
"""Who opens the examples: the program itself, not a person."""

LOCAL_ID = "professional"
"""Who works alone on their own machine, where nobody logs in."""


class Role(Word):
    """What someone is in the organisation; one person can be several."""

    PROFESSIONAL = "professional"
    FACILITATOR = "intervisiebegeleider"
    DESIGNER = "methodeontwikkelaar"
    MANAGER = "leidinggevende"
    LAWYER = "jurist"
    ADMINISTRATOR = "beheerder"


class PartyKind(Word):
    """With whom a case is shared: with one person, or with everyone in a team."""

    PERSON = "persoon"
    TEAM = "team"


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """A person or team that a case is shared with.

    Attributes:
        name: the id of the person, or the name of the team.
    """

    kind: PartyKind
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has been here.

    Attributes:
        name: how colleagues know them.
        email: the address that they logged in with; may be empty.
        seen_at: when they first came, in UTC.
    """

    id: str
    name: str
    email: str
    seen_at: datetime
    roles: frozenset[Role]
    teams: frozenset[str]


class Login(Enum):
    """How someone showed who they are."""

    LOCAL = "local"
    GUEST = "guest"
    VALID = "valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with all that decides on what they may do.

    Attributes:
        id: what is recorded as who did it.
        name: how colleagues know them.
        login: ``LOCAL`` for whoever works alone on their own machine: everything in the record
            is theirs. ``GUEST`` is for whoever takes part in a meeting from another browser on that
            machine: they have no role, and can do nothing else. With ``EXPIRED`` nothing can be
            recorded.
        until: when the login ends, in seconds of Unix time; 0 where there is no telling.
    """

    id: str
    name: str
    roles: frozenset[Role]
    teams: frozenset[str] = frozenset()
    login: Login = Login.VALID
    until: float = 0.0

    @property
    def alone(self) -> bool:
        """Whether there is nobody else on this record."""
        return self.login is Login.LOCAL

    @property
    def parties(self) -> frozenset[Party]:
        """The names under which a case can be shared with them."""
        teams = {Party(PartyKind.TEAM, name) for name in self.teams}
        return frozenset({Party(PartyKind.PERSON, self.id), *teams})


def guest_id(token: str) -> str:
    """Return the pseudonym of a guest, which does not give away the token.

    Args:
        token: what only their own browser has.
    """
    return f"g-{hashlib.sha256(token.encode()).hexdigest()[:20]}"


def person_id(issuer: str, subject: str) -> str:
    """Return the pseudonym of someone whom an identity provider vouches for.

    A subject is unique with its issuer only (OpenID Connect Core 1.0, section 2).

    Args:
        issuer: the claim ``iss``.
        subject: the claim ``sub``.
    """
    # The length keeps two pairs apart that would be the same when written behind each other.
    said = f"{len(issuer)}:{issuer}{subject}".encode()
    return f"p-{hashlib.sha256(said).hexdigest()[:20]}"

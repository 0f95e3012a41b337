"""The people in the database: who has been here, and which roles and teams they have.

A role that is given or taken adds a row, so that it stays known who gave what to whom and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from engine.decisions.address import RecordError
from engine.decisions.database import Database
from engine.decisions.people import Party, PartyKind, Person, Role
from engine.decisions.tables import memberships, people

_ROLE, _TEAM = "rol", "team"
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A role or team that someone was given or lost.

    Attributes:
        kind: ``rol`` or ``team``.
        name: the role, or the name of the team.
        by: who did it.
    """

    at: datetime
    kind: str
    name: str
    given: bool
    by: str


class Register:
    """Who is who; threads may share one."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def meet(self, person: str, name: str, email: str = "") -> Person:
        """Note that someone is here, under the name that they have now.

        Raises:
            RecordError: the name is empty or holds unseen characters.
        """
        said = {"name": checked_name(name), "email": email.strip()[:_MAX_NAME]}
        known = self.find(person)
        if known is not None and said == {"name": known.name, "email": known.email}:
            return known
        with self._database.writing() as connection:
            own = people.c.id == person
            if connection.execute(select(people.c.id).where(own)).first():
                connection.execute(update(people).where(own).values(**said))
            else:
                at = self._clock().astimezone(UTC)
                connection.execute(insert(people).values(id=person, seen_at=at, **said))
        found = self.find(person)
        if found is None:
            raise RecordError("Wie u bent, kan niet worden vastgelegd. Probeer het opnieuw.")
        return found

    def find(self, person: str) -> Person | None:
        """Return someone by their id; ``None`` if they have never been here."""
        found = self._people(select(people).where(people.c.id == person))
        return found[0] if found else None

    def look_up(self, said: str) -> Person:
        """Return the one person with this id or this e-mail address.

        Raises:
            RecordError: nobody has it, or more than one has.
        """
        found = [one for one in self.everyone() if said in (one.id, one.email)]
        if not found:
            raise RecordError(
                f"Niemand met het kenmerk of e-mailadres {said!r} heeft zich hier ooit aangemeld. "
                "Laat deze persoon zich eerst aanmelden."
            )
        if len(found) > 1:
            raise RecordError(
                f"Het e-mailadres {said!r} is van meer mensen. Gebruik het kenmerk: "
                f"{', '.join(one.id for one in found)}."
            )
        return found[0]

    def everyone(self) -> tuple[Person, ...]:
        """Return everyone who has been here, by name."""
        return self._people(select(people).order_by(people.c.name, people.c.id))

    def has_team(self) -> bool:
        """Whether roles were ever given, so that people work here who log in."""
        with self._database.reading() as connection:
            return connection.execute(select(memberships.c.seq).limit(1)).first() is not None

    def give_role(self, person: str, role: Role, *, by: str) -> bool:
        """Give someone a role; say whether that changed anything."""
        return self._change(person, _ROLE, role.value, by, given=True)

    def take_role(self, person: str, role: Role, *, by: str) -> bool:
        """Take a role from someone; say whether that changed anything."""
        return self._change(person, _ROLE, role.value, by, given=False)

    def put_in_team(self, person: str, team: str, *, by: str) -> bool:
        """Put someone in a team, by its name; say whether that changed anything.

        Raises:
            RecordError: it can't be the name of a team.
        """
        return self._change(person, _TEAM, team, by, given=True)

    def take_from_team(self, person: str, team: str, *, by: str) -> bool:
        """Take someone out of a team; say whether that changed anything."""
        return self._change(person, _TEAM, team, by, given=False)

    def course(self, person: str) -> tuple[Change, ...]:
        """Return every role and team that someone was given or lost, oldest first."""
        own = select(memberships).where(memberships.c.person == person)
        with self._database.reading() as connection:
            rows = connection.execute(own.order_by(memberships.c.seq)).all()
        return tuple(Change(row.at, row.kind, row.name, row.given, row.by) for row in rows)

    def parties(self) -> dict[Party, str]:
        """Return who a case can be shared with: everyone with a role, and every team."""
        able = [one for one in self.everyone() if one.roles]
        found = {Party(PartyKind.PERSON, one.id): one.name for one in able}
        teams = sorted({team for one in able for team in one.teams})
        return {**found, **{Party(PartyKind.TEAM, team): f"Team {team}" for team in teams}}

    def names(self) -> dict[str, str]:
        """Return the name of everyone who has been here, by id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(people.c.id, people.c.name)).all()
        return {row.id: row.name for row in rows}

    def _change(self, person: str, kind: str, name: str, by: str, *, given: bool) -> bool:
        name = checked_name(name)
        with self._database.writing() as connection:
            has = name in _standing(connection, person).get(person, {}).get(kind, set())
            if has is given:
                return False
            last = connection.execute(select(func.max(memberships.c.seq))).scalar() or 0
            connection.execute(
                insert(memberships).values(
                    seq=last + 1,
                    at=self._clock().astimezone(UTC),
                    person=person,
                    kind=kind,
                    name=name,
                    given=given,
                    by=checked_name(by),
                )
            )
        return True

    def _people(self, wanted: Select[Any]) -> tuple[Person, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
            only = rows[0].id if len(rows) == 1 else None
            standing = _standing(connection, only) if rows else {}
        return tuple(_person(row, standing.get(row.id, {})) for row in rows)


def checked_name(name: str) -> str:
    """Return a name without space around it.

    Raises:
        RecordError: it is empty, too long or holds unseen characters.
    """
    name = " ".join(name.split())
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise RecordError("Vul een naam in van hoogstens 200 gewone tekens.")
    return name


def _standing(connection: Connection, person: str | None) -> dict[str, dict[str, set[str]]]:
    """Return what people have by now, by person and kind; of all when no person is named."""
    wanted = select(memberships).order_by(memberships.c.seq)
    if person is not None:
        wanted = wanted.where(memberships.c.person == person)
    found: dict[str, dict[str, set[str]]] = {}
    for row in connection.execute(wanted):
        names = found.setdefault(row.person, {}).setdefault(row.kind, set())
        (names.add if row.given else names.discard)(row.name)
    return found


def _person(row: Row[Any], standing: dict[str, set[str]]) -> Person:
    roles = frozenset(_known_roles(standing.get(_ROLE, ())))
    teams = frozenset(standing.get(_TEAM, ()))
    return Person(row.id, row.name, row.email, row.seen_at, roles, teams)


def _known_roles(names: Iterable[str]) -> Iterable[Role]:
    """Pass over a role that this version doesn't have: it gives no rights."""
    return (Role(name) for name in names if name in set(Role))

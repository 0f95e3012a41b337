"""How someone likes to work: kept by name, changed at will, and no part of the events."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from engine.decisions.database import Database
from engine.decisions.tables import preferences


def read_preference(database: Database, actor: str, name: str) -> str | None:
    """Return what someone chose, or ``None`` if they never did.

    Raises:
        RecordError: the record can't be read.
    """
    chosen = select(preferences.c.value).where(
        preferences.c.actor == actor, preferences.c.name == name
    )
    with database.reading() as connection:
        return connection.execute(chosen).scalar()


def keep_preference(database: Database, actor: str, name: str, value: str) -> None:
    """Keep what someone chose, in place of what they chose before.

    Raises:
        RecordError: the record can't be written.
    """
    with database.writing() as connection:
        connection.execute(
            delete(preferences).where(preferences.c.actor == actor, preferences.c.name == name)
        )
        connection.execute(insert(preferences).values(actor=actor, name=name, value=value))

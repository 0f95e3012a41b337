"""Has a record be opened with its own keys only.

With the keys of another record nothing would be readable, and new cases would get keys there.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, select

from engine.decisions.address import RecordError
from engine.decisions.connecting import transaction
from engine.decisions.events import CaseOpened
from engine.decisions.keyring import OTHER_KEYS, Keyring
from engine.decisions.migrating import migrate
from engine.decisions.rows import ERASED, keys_in
from engine.decisions.tables import events, keyrings


def prepare(engine: Engine, keyring: Keyring) -> None:
    """Bring a record up to date, see whether these are its keys, and lock those that aren't yet.

    Raises:
        RecordError: they aren't, or the record is from a newer Leidraad, or it refused.
    """
    # First, so that a wrong master key changes nothing.
    identity = keyring.identity()
    migrate(engine, keyring)
    with transaction(engine) as connection:
        known = connection.execute(select(keyrings.c.id)).scalar()
    if known is None:
        with transaction(engine, writes=True) as connection:
            # Another process may have been first.
            known = connection.execute(select(keyrings.c.id)).scalar()
            if known is None and _fits(connection, keyring):
                known = identity
                connection.execute(insert(keyrings).values(id=identity))
    if known != identity:
        raise RecordError(OTHER_KEYS)
    # Not sooner: they could be the keys of someone else's record.
    keyring.lock()


def _fits(connection: Connection, keyring: Keyring) -> bool:
    """Whether the key of any case is there, or there is none to look for."""
    opened = select(events.c.payload).where(
        events.c.kind == CaseOpened.kind, events.c.case_id.not_in(ERASED)
    )
    wanted = keys_in(connection.execute(opened))
    return not wanted or bool(keyring.fetch(wanted))

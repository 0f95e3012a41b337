"""Every event is enciphered with the key of its case and chained to the one before.

Also what was recorded earlier: it is enciphered first, because the chain is over what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.decisions.chain import GENESIS, Line, link
from engine.decisions.cipher import Place, encipher
from engine.decisions.keyring import Key, Keyring
from engine.decisions.tables import UtcDateTime

revision = "0003"
down_revision: str | None = "0002"

_MANY = 500

_EVENTS = sa.table(
    "events",
    sa.column("seq", sa.Integer()),
    sa.column("id", sa.Uuid()),
    sa.column("case_id", sa.String()),
    sa.column("kind", sa.String()),
    sa.column("at", UtcDateTime()),
    sa.column("actor", sa.String()),
    sa.column("schema", sa.Integer()),
    sa.column("payload", sa.Text()),
    sa.column("hash", sa.String()),
)
_DECIDED = sa.table("decided", sa.column("rule", sa.Text()))

_GUARD = """CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events can only be added'); END"""

_LINKED_IN_FILE = """CREATE TRIGGER events_linked BEFORE INSERT ON events
WHEN length(NEW.hash) <> 64
BEGIN SELECT RAISE(ABORT, 'events are linked to the one before'); END"""
_LINKED = "ALTER TABLE events ADD CONSTRAINT events_linked CHECK (length(hash) = 64)"


def upgrade() -> None:
    """Encipher and chain every event, blind the lookups, and make room for the knowledge."""
    connection = op.get_bind()
    op.add_column("events", sa.Column("hash", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "knowledge_files",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    in_file = connection.dialect.name == "sqlite"
    op.execute(
        "DROP TRIGGER events_no_update"
        if in_file
        else "ALTER TABLE events DISABLE TRIGGER events_no_change"
    )
    keyring = op.get_context().config.attributes["keyring"]  # type: ignore[union-attr]
    _chain(connection, keyring)
    _blind(connection, keyring)
    op.execute(_GUARD if in_file else "ALTER TABLE events ENABLE TRIGGER events_no_change")
    # A process of an older Leidraad that is still at work must not get an event in.
    op.execute(_LINKED_IN_FILE if in_file else _LINKED)


def _chain(connection: sa.Connection, keyring: Keyring) -> None:
    fill = (
        sa.update(_EVENTS)
        .where(_EVENTS.c.seq == sa.bindparam("place"))
        .values(hash=sa.bindparam("made"), payload=sa.bindparam("sealed"))
    )
    head, keys = GENESIS, dict[str, Key]()
    for rows in _batches(connection):
        filled = []
        for row in rows:
            if row.case_id not in keys:
                keys[row.case_id] = keyring.make()
            place = Place(row.id, row.case_id, row.kind, row.schema)
            sealed = encipher(keys[row.case_id], place, row.payload)
            head = link(head, Line(row.seq, *place, row.at, row.actor, sealed))
            filled.append({"place": row.seq, "made": head, "sealed": sealed})
        connection.execute(fill, filled)


def _batches(connection: sa.Connection) -> Iterator[list[sa.Row[Any]]]:
    earlier, last = sa.select(_EVENTS).order_by(_EVENTS.c.seq).limit(_MANY), 0
    while rows := list(connection.execute(earlier.where(_EVENTS.c.seq > last))):
        yield rows
        last = rows[-1].seq


def _blind(connection: sa.Connection, keyring: Keyring) -> None:
    for rule in connection.execute(sa.select(_DECIDED.c.rule).distinct()).scalars().all():
        same = sa.update(_DECIDED).where(_DECIDED.c.rule == rule)
        connection.execute(same.values(rule=keyring.blind(rule)))

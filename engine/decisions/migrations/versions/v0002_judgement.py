"""How someone likes to work, and which rule each decision is about."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

_MANY = 500


def upgrade() -> None:
    """Create the two tables, and look up the rule of every decision that is there."""
    op.create_table(
        "preferences",
        sa.Column("actor", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(200), nullable=False),
    )
    decided = op.create_table(
        "decided",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(60), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
    )
    op.create_index("decided_by_rule", "decided", ["rule", "case_id", "seq"])
    events = sa.table("events", *map(sa.column, ("seq", "case_id", "kind", "payload")))
    earlier = (
        sa.select(events.c.seq, events.c.case_id, events.c.payload)
        .where(events.c.kind == "decided")
        .order_by(events.c.seq)
        .limit(_MANY)
    )
    connection, last = op.get_bind(), 0
    while rows := connection.execute(earlier.where(events.c.seq > last)).all():
        found = [(row, json.loads(row.payload)["decision"]) for row in rows]
        op.bulk_insert(
            decided,
            [
                {
                    "seq": row.seq,
                    "case_id": row.case_id,
                    "rule": decision["advised"]["rule"],
                    "outcome": decision["outcome"],
                }
                for row, decision in found
            ],
        )
        last = rows[-1].seq

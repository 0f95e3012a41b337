"""The events, which can be added and read, and never changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

_SQLITE = (
    """CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events can only be added'); END""",
    """CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events can only be added'); END""",
    # INSERT OR REPLACE removes the old row without the trigger above.
    """CREATE TRIGGER events_no_replace BEFORE INSERT ON events
    WHEN EXISTS (
        SELECT 1 FROM events WHERE seq = NEW.seq OR id = NEW.id
        OR (kind = 'case_opened' AND NEW.kind = kind AND case_id = NEW.case_id)
    )
    BEGIN SELECT RAISE(ABORT, 'events can only be added'); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'events can only be added'; END $$""",
    """CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION events_refuse()""",
    """CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse()""",
)


def upgrade() -> None:
    """Create the table of events and guard it."""
    op.create_table(
        "events",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("case_id", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
    )
    op.create_index("events_by_case", "events", ["case_id", "seq"])
    op.create_index(
        "events_open_once",
        "events",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'case_opened'"),
        postgresql_where=sa.text("kind = 'case_opened'"),
    )
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.execute(statement)

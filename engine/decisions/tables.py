"""The tables of the record, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, with microseconds; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring a moment to UTC for the database.

        Raises:
            ValueError: the time has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time in the record has a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite doesn't keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

events = Table(
    "events",
    metadata,
    # Given out by the writer, under the write lock, so that the numbers have no gaps.
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("id", Uuid, nullable=False, unique=True),
    Column("case_id", String(60), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(200), nullable=False),
    # The version of the payload's own form, per kind of event.
    Column("schema", Integer, nullable=False),
    # Canonical JSON as text: its bytes stay as written, so they can be hashed or enciphered.
    Column("payload", Text, nullable=False),
    Index("events_by_case", "case_id", "seq"),
    Index(
        "events_open_once",
        "case_id",
        unique=True,
        sqlite_where=text("kind = 'case_opened'"),
        postgresql_where=text("kind = 'case_opened'"),
    ),
)

decided = Table(
    "decided",
    metadata,
    # Which rule each decision is about. It says nothing that the events don't say, and is filled
    # with them; it is there because a payload can't be searched.
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("rule", Text, nullable=False),
    Column("case_id", String(60), nullable=False),
    Column("outcome", String(40), nullable=False),
    Index("decided_by_rule", "rule", "case_id", "seq"),
)

preferences = Table(
    "preferences",
    metadata,
    # How someone likes to work. It is no part of what happened, so it can be changed.
    Column("actor", String(200), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

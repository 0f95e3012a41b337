"""The tables of the record, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
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
    # As engine.decisions.cipher writes it; text, so that its bytes stay as written.
    Column("payload", Text, nullable=False),
    # The link to the event before, as engine.decisions.chain makes it.
    Column("hash", String(64), nullable=False, server_default=""),
    Index("events_by_case", "case_id", "seq"),
    Index(
        "events_open_once",
        "case_id",
        unique=True,
        sqlite_where=text("kind = 'case_opened'"),
        postgresql_where=text("kind = 'case_opened'"),
    ),
    Index(
        "events_erased",
        "case_id",
        sqlite_where=text("kind = 'erased'"),
        postgresql_where=text("kind = 'erased'"),
    ),
)

decided = Table(
    "decided",
    metadata,
    # Which rule each decision is about. It says nothing that the events don't say, and is filled
    # with them; it is there because a payload can't be searched. The rule is blinded by the
    # keyring, so that it can be found by who has the keys, and read by nobody.
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

knowledge_files = Table(
    "knowledge_files",
    metadata,
    # Every file of knowledge that a recorded consultation rested on, once, by its content.
    Column("digest", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    # How someone likes to work. It is no part of what happened, so it can be changed.
    Column("actor", String(200), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

people = Table(
    "people",
    metadata,
    # Who has been here. The events name people by id only.
    Column("id", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("email", String(200), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    # Every role or team that was given or taken; the last row on it says how things stand.
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", UtcDateTime, nullable=False),
    Column("person", String(200), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("name", String(200), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("by", String(200), nullable=False),
    Index("memberships_by_person", "person", "seq"),
)

shared = Table(
    "shared",
    metadata,
    # With whom each case is shared now. Like ``decided`` it is filled with the events.
    Column("case_id", String(60), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("name", String(200), primary_key=True),
    Index("shared_by_party", "kind", "name", "case_id"),
)

keyrings = Table(
    "keyring",
    metadata,
    # Which keys are those of this record; one row.
    Column("id", String(64), primary_key=True),
)

"""The record knows which keys are its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Make the table; it is filled when the record is opened with its keys."""
    op.create_table("keyring", sa.Column("id", sa.String(64), primary_key=True))

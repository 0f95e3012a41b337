"""An index of the cases that were erased: every reader looks whether there are more by now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Create the index."""
    erased = sa.text("kind = 'erased'")
    op.create_index(
        "events_erased", "events", ["case_id"], sqlite_where=erased, postgresql_where=erased
    )

"""What a signed evaluation carried from earlier visits unconfirmed, and what to re-test next.

Columns are added in place: on SQLite too, so that the table keeps its triggers.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add both, empty for the evaluations that are there."""
    for name in ("carried", "retest"):
        op.add_column(
            "evaluations",
            sa.Column(name, _JSON, nullable=False, server_default=sa.text("'{}'")),
        )

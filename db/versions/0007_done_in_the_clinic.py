"""What was done in the clinic at a signed visit: exercises and treatments with their dose.

The column is added in place: on SQLite too, so that the table keeps its triggers.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add it, empty for the evaluations that are there."""
    op.add_column(
        "evaluations",
        sa.Column("done", _JSON, nullable=False, server_default=sa.text("'{}'")),
    )

"""What a signed evaluation was reckoned with of the person: birth date, its known part, sex.

A birth date that is corrected later would else change what a signed visit shows. The column is
added in place: on SQLite too, so that the table keeps its triggers.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add it, empty for the evaluations that are there: what is known today stands for them."""
    op.add_column(
        "evaluations",
        sa.Column("person", _JSON, nullable=False, server_default=sa.text("'{}'")),
    )

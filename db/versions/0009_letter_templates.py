"""The practice's own letter templates: every version is a row, written once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLE = "letter_templates"
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_CLOSED = "A version of a letter template cannot be changed."


def upgrade() -> None:
    """Make the table, and close its rows for ever: issued letters name them."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", _JSON, nullable=True),
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f(f"ck_{_TABLE}_revision_counts")),
        sa.ForeignKeyConstraint(
            ["clinician_id"],
            ["clinicians.id"],
            name=op.f(f"fk_{_TABLE}_clinician_id_clinicians"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("kind", "revision", name=op.f(f"uq_{_TABLE}_kind_revision")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER closed_{_TABLE}_{act} BEFORE {act.upper()} ON {_TABLE} "
                f"BEGIN SELECT RAISE(ABORT, 'clinic-desk: {_CLOSED}'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER closed_{_TABLE} BEFORE UPDATE OR DELETE ON {_TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{_CLOSED}')"
        )
        op.execute(
            f"CREATE TRIGGER closed_{_TABLE}_truncate BEFORE TRUNCATE ON {_TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('These records cannot be emptied.')"
        )

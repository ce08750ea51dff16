"""Returned tick grids of home programs, written once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLE = "returned_sheets"
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_CLOSED = "A returned sheet cannot be changed."


def upgrade() -> None:
    """Make the table, and close its rows for ever."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("times_per_day", sa.Integer(), nullable=False),
        sa.Column("days_per_week", sa.Integer(), nullable=False),
        sa.Column("days", _JSON, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{other}.id"],
                name=op.f(f"fk_{_TABLE}_{column}_{other}"),
                ondelete="RESTRICT",
            )
            for column, other in (
                ("case_id", "cases"),
                ("program_id", "programs"),
                ("clinician_id", "clinicians"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_case_id"), _TABLE, ["case_id"])
    op.create_index(op.f(f"ix_{_TABLE}_program_id"), _TABLE, ["program_id"])
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
            "FOR EACH STATEMENT EXECUTE FUNCTION "
            "refuse_change('These records cannot be emptied.')"
        )

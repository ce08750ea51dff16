"""Decisions that were changed or taken back before their visit was signed are kept beside those
that stand, and are closed for ever with the visit.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLE = "superseded_decisions"
_TEXT = "clinic-desk: A signed visit cannot be changed."
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table with the same triggers as that of the standing decisions."""
    bind = op.get_bind()
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("suggested", sa.Text(), nullable=True),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("superseded_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visits.id"],
            name=op.f("fk_superseded_decisions_visit_id_visits"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superseded_decisions")),
    )
    op.create_index(op.f("ix_superseded_decisions_visit_id"), _TABLE, ["visit_id"], unique=False)
    statements = _sqlite() if bind.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        bind.exec_driver_sql(statement)


def _sqlite() -> Iterator[str]:
    def signed(row: str) -> str:
        return f"EXISTS (SELECT 1 FROM visits WHERE id = {row}.visit_id AND status = 'signed')"  # noqa: S608

    for act, when in (
        ("INSERT", signed("NEW")),
        ("UPDATE", f"{signed('OLD')} OR {signed('NEW')}"),
        ("DELETE", signed("OLD")),
    ):
        yield (
            f"CREATE TRIGGER closed_{_TABLE}_{act.lower()} BEFORE {act} ON {_TABLE} "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{_TEXT}'); END"
        )


def _postgresql() -> Iterator[str]:
    yield (
        f"CREATE TRIGGER closed_{_TABLE} BEFORE INSERT OR UPDATE OR DELETE ON {_TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_on_signed_visit()"
    )
    yield (
        f"CREATE TRIGGER closed_{_TABLE}_truncate BEFORE TRUNCATE ON {_TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('These records cannot be emptied.')"
    )

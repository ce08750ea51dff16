"""Several people in one practice: roles, supervisors, who still works here; co-signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_SUPERVISOR = "fk_clinicians_supervisor_id_clinicians"
_CLOSED = "What was said about a note under supervision cannot be changed."


def upgrade() -> None:
    """Roles for who works here, and the acts on notes under supervision."""
    _people()
    _acts()
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            bind.exec_driver_sql(
                f"CREATE TRIGGER closed_cosign_acts_{act.lower()} BEFORE {act} ON cosign_acts "
                f"BEGIN SELECT RAISE(ABORT, 'clinic-desk: {_CLOSED}'); END"
            )
        return
    bind.exec_driver_sql(
        "CREATE TRIGGER closed_cosign_acts BEFORE UPDATE OR DELETE ON cosign_acts "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{_CLOSED}')"
    )
    bind.exec_driver_sql(
        "CREATE TRIGGER closed_cosign_acts_truncate BEFORE TRUNCATE ON cosign_acts "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('These records cannot be emptied.')"
    )


def _people() -> None:
    op.add_column(
        "clinicians",
        sa.Column("role", sa.Text(), nullable=False, server_default=sa.text("'physiotherapist'")),
    )
    op.add_column(
        "clinicians",
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )
    # a reference needs the table written anew on SQLite; it has no triggers that could be lost
    with op.batch_alter_table("clinicians") as batch:
        batch.add_column(sa.Column("supervisor_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f(_SUPERVISOR), "clinicians", ["supervisor_id"], ["id"], ondelete="RESTRICT"
        )
    # whoever came only as an author of an imported record never opened this practice
    op.execute(
        "UPDATE clinicians SET active = false WHERE id NOT IN (SELECT actor_id FROM audit) "
        "AND EXISTS (SELECT 1 FROM audit)"
    )


def _acts() -> None:
    table = "cosign_acts"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(visit_id IS NULL) <> (contact_id IS NULL)", name=op.f("ck_cosign_acts_note")
        ),
        sa.CheckConstraint(
            "act IN ('asked', 'cosigned') OR (act = 'returned' AND remark <> '')",
            name=op.f("ck_cosign_acts_act"),
        ),
        _key(table, "visit_id", "visits"),
        _key(table, "contact_id", "contact_entries"),
        _key(table, "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosign_acts")),
    )
    for column in ("visit_id", "contact_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")

"""The day list, tasks and recalls."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SAYS = "clinic-desk:"
_KEPT = {
    "appointments": "An appointment is cancelled, never deleted.",
    "todos": "A task is done or withdrawn, never deleted.",
    "todo_moves": "The days that a task was put off from cannot be deleted.",
}
_MOVED = "The days that a task was put off from cannot be changed."


def upgrade() -> None:
    """Make the tables, and let nothing fall off them."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        for table, text in _KEPT.items():
            _sqlite_trigger(table, "DELETE", text)
        _sqlite_trigger("todo_moves", "UPDATE", _MOVED)
        return
    for table, text in _KEPT.items():
        _postgresql_trigger(table, "DELETE", text)
        op.execute(
            f"CREATE TRIGGER closed_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION "
            "refuse_change('These records cannot be emptied.')"
        )
    _postgresql_trigger("todo_moves", "UPDATE", _MOVED)


def _sqlite_trigger(table: str, act: str, text: str) -> None:
    op.execute(
        f"CREATE TRIGGER closed_{table}_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS} {text}'); END"
    )


def _postgresql_trigger(table: str, act: str, text: str) -> None:
    op.execute(
        f"CREATE TRIGGER closed_{table}_{act.lower()} BEFORE {act} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{text}')"
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _id(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=False)


def _to(table: str, column: str, other: str, gone: str = "RESTRICT") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=gone
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _tables() -> None:
    op.create_table(
        "appointments",
        _id("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _day("day"),
        _text("time"),
        _id("patient_id"),
        _id("case_id", nullable=True),
        _text("kind"),
        _text("note"),
        sa.Column("made_at", _MOMENT, nullable=False),
        _text("made_by"),
        _id("clinician_id"),
        sa.Column("arrived_at", _MOMENT, nullable=True),
        sa.Column("cancelled_at", _MOMENT, nullable=True),
        _text("cancelled_by"),
        _id("visit_id", nullable=True),
        sa.CheckConstraint("length(time) = 5", name=op.f("ck_appointments_time")),
        _to("appointments", "patient_id", "patients"),
        _to("appointments", "case_id", "cases"),
        _to("appointments", "clinician_id", "clinicians"),
        _to("appointments", "visit_id", "visits", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    _indexed("appointments", "patient_id", "case_id", "visit_id")
    op.create_index("ix_appointments_day_time", "appointments", ["day", "time"])
    op.create_table(
        "todos",
        _id("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recall", sa.Boolean(), nullable=False),
        _text("what"),
        _id("patient_id", nullable=True),
        _id("case_id", nullable=True),
        _day("due_on"),
        _day("first_due_on"),
        _id("owner_id"),
        sa.Column("every", sa.Integer(), nullable=False),
        _text("unit"),
        _id("follows_id", nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        _text("made_by"),
        _id("clinician_id"),
        _text("outcome"),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _text("ended_by"),
        sa.CheckConstraint("NOT recall OR patient_id IS NOT NULL", name=op.f("ck_todos_recall")),
        sa.CheckConstraint(
            "(every = 0 AND unit = '') OR (every > 0 AND unit IN ('day', 'week', 'month'))",
            name=op.f("ck_todos_repeat"),
        ),
        sa.CheckConstraint(
            "(outcome = '' AND ended_at IS NULL) OR "
            "(outcome IN ('done', 'withdrawn') AND ended_at IS NOT NULL)",
            name=op.f("ck_todos_ending"),
        ),
        _to("todos", "patient_id", "patients"),
        _to("todos", "case_id", "cases"),
        _to("todos", "owner_id", "clinicians"),
        _to("todos", "follows_id", "todos"),
        _to("todos", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_todos")),
    )
    _indexed("todos", "patient_id", "case_id", "follows_id")
    still = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_todos_open", "todos", ["due_on"], sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "todo_moves",
        _id("id"),
        _id("todo_id"),
        _day("from_on"),
        _day("to_on"),
        sa.Column("at", _MOMENT, nullable=False),
        _text("by"),
        _id("clinician_id"),
        _to("todo_moves", "todo_id", "todos"),
        _to("todo_moves", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_todo_moves")),
    )
    _indexed("todo_moves", "todo_id")

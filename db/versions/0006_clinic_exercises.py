"""What the clinic made of the exercise library, its photos, and each clinician's marks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the three tables. Nothing of them is ever closed: a library is work in hand."""
    op.create_table(
        "clinic_exercises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("content", _JSON, nullable=True),
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        _to_clinician("clinic_exercises"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_exercises")),
        sa.UniqueConstraint("exercise", name=op.f("uq_clinic_exercises_exercise")),
    )
    op.create_table(
        "exercise_photos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.CheckConstraint("place IN (0, 1)", name=op.f("ck_exercise_photos_place_known")),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["clinic_exercises.id"],
            name=op.f("fk_exercise_photos_exercise_id_clinic_exercises"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_photos")),
        sa.UniqueConstraint(
            "exercise_id", "place", name=op.f("uq_exercise_photos_exercise_id_place")
        ),
    )
    op.create_table(
        "exercise_marks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("favourite", sa.Boolean(), nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("dosage", _JSON, nullable=True),
        _to_clinician("exercise_marks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_marks")),
        sa.UniqueConstraint(
            "clinician_id", "exercise", name=op.f("uq_exercise_marks_clinician_id_exercise")
        ),
    )


def _to_clinician(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["clinician_id"],
        ["clinicians.id"],
        name=op.f(f"fk_{table}_clinician_id_clinicians"),
        ondelete="RESTRICT",
    )

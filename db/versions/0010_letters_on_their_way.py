"""Letterhead and signature, separate copies, how a document went out, and what corrects what.

Copies, ways out and corrections are written once, like the documents they belong to.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WRITTEN_ONCE = {
    "document_copies": "An issued copy cannot be changed.",
    "sendings": "How a document went out cannot be changed.",
    "corrections": "A correction cannot be changed.",
}


def upgrade() -> None:
    """Add the practice's columns in place and make the tables with their triggers."""
    for name, default in (("website", ""), ("registrations", ""), ("envelope", "none")):
        op.add_column(
            "practice",
            sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(f"'{default}'")),
        )
    op.create_table(
        "letterhead_images",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=True),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        _key("letterhead_images", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead_images")),
        sa.UniqueConstraint("clinician_id", name=op.f("uq_letterhead_images_clinician_id")),
    )
    op.create_table(
        "document_copies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_document_copies_sha256")),
        _key("document_copies", "document_id", "documents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_copies")),
        sa.UniqueConstraint(
            "document_id", "place", name=op.f("uq_document_copies_document_id_place")
        ),
    )
    op.create_table(
        "sendings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=True),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_sendings_sha256")),
        _key("sendings", "document_id", "documents"),
        _key("sendings", "copy_id", "document_copies"),
        _key("sendings", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sendings")),
    )
    op.create_index(op.f("ix_sendings_document_id"), "sendings", ["document_id"])
    op.create_index(op.f("ix_sendings_sha256"), "sendings", ["sha256"])
    op.create_table(
        "corrections",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("document_id <> corrects_id", name=op.f("ck_corrections_another")),
        _key("corrections", "document_id", "documents"),
        _key("corrections", "corrects_id", "documents"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_corrects_id"), "corrections", ["corrects_id"])
    bind = op.get_bind()
    statements = _sqlite() if bind.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        bind.exec_driver_sql(statement)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def _sqlite() -> Iterator[str]:
    for table, text in _WRITTEN_ONCE.items():
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER closed_{table}_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'clinic-desk: {text}'); END"
            )


def _postgresql() -> Iterator[str]:
    for table, text in _WRITTEN_ONCE.items():
        yield (
            f"CREATE TRIGGER closed_{table} BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{text}')"
        )
        yield (
            f"CREATE TRIGGER closed_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('These records cannot be emptied.')"
        )

"""Snippets, with a few to begin with; what a note, a contact and a case hold besides."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# A practice changes or drops them as it likes, so they are rows from the first day.
_EXAMPLES = (
    (
        "hep",
        "Home exercise program reviewed with {given_name}: each exercise shown, done once under "
        "supervision and understood. Handout given. Stop signs explained.",
    ),
    (
        "consent",
        "Findings, plan, alternatives and risks were explained in plain words. {given_name} "
        "asked questions, understood and agreed to examination and treatment.",
    ),
    (
        "reassess",
        "Re-test the main signs at the next visit and compare with today ({today}).",
    ),
    (
        "load",
        "Load advice: pain up to 3 of 10 while exercising is accepted if it is back to its usual "
        "level by the next morning; more than that, one step down.",
    ),
    (
        "warn",
        "Told to get in touch the same day, or to go to emergency care, with new numbness, "
        "weakness, swelling or change of colour of the limb, or pain at rest that grows.",
    ),
)
_TEMPLATES = (
    ("Free note", [("Note", "subjective")]),
    (
        "Treatment note",
        [
            ("Since the last visit", "subjective"),
            ("Treatment today", "objective"),
            ("Response", "assessment"),
            ("Next time", "plan"),
        ],
    ),
)
_WRITTEN_ONCE = {
    "contact_entries": "A signed contact cannot be changed.",
    "contact_addenda": "An addendum cannot be changed.",
}
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make what is new; nothing that is there is rebuilt, so no trigger is lost."""
    _snippets()
    _note_templates()
    _cases()
    _contacts()
    bind = op.get_bind()
    statements = _sqlite() if bind.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        bind.exec_driver_sql(statement)


def _contacts() -> None:
    """Written once, like all that is signed."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "contact_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("with_whom", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed_at", moment, nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        _key("contact_entries", "case_id", "cases"),
        _key("contact_entries", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_entries")),
    )
    op.create_index(op.f("ix_contact_entries_case_id"), "contact_entries", ["case_id"])
    op.create_table(
        "contact_addenda",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _key("contact_addenda", "entry_id", "contact_entries"),
        _key("contact_addenda", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_addenda")),
    )
    op.create_index(op.f("ix_contact_addenda_entry_id"), "contact_addenda", ["entry_id"])


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


def _cases() -> None:
    """Goals become rows; the text of them all stays with the case."""
    op.add_column("cases", sa.Column("hold_since", sa.Date(), nullable=True))
    op.add_column(
        "cases",
        sa.Column("hold_reason", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column("cases", sa.Column("planned_visits", sa.Integer(), nullable=True))
    goals = op.create_table(
        "case_goals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_goals_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_goals")),
        sa.UniqueConstraint("case_id", "place", name=op.f("uq_case_goals_case_id_place")),
    )
    cases = sa.table("cases", sa.column("id", sa.Uuid()), sa.column("goal", sa.Text()))
    held = op.get_bind().execute(sa.select(cases.c.id, cases.c.goal).where(cases.c.goal != ""))
    rows = [
        {"id": uuid4(), "case_id": case, "place": 1, "text": goal, "target": ""}
        for case, goal in held
    ]
    if rows:
        op.bulk_insert(goals, rows)


def _note_templates() -> None:
    op.add_column(
        "visits", sa.Column("layout", _JSON, nullable=False, server_default=sa.text("'{}'"))
    )
    templates = op.create_table(
        "note_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_templates")),
        sa.UniqueConstraint("name", name=op.f("uq_note_templates_name")),
    )
    op.bulk_insert(
        templates,
        [
            {
                "id": UUID(int=0x19_7100_8000_0000_0000_0000 + place),
                "name": name,
                "content": {
                    "kinds": [],
                    "sections": [{"title": title, "part": part} for title, part in sections],
                },
            }
            for place, (name, sections) in enumerate(_TEMPLATES)
        ],
    )


def _snippets() -> None:
    snippets = op.create_table(
        "snippets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippets")),
        sa.UniqueConstraint("key", name=op.f("uq_snippets_key")),
    )
    op.bulk_insert(
        snippets,
        [
            {"id": UUID(int=0x19_7000_8000_0000_0000_0000 + place), "key": key, "text": text}
            for place, (key, text) in enumerate(_EXAMPLES)
        ],
    )

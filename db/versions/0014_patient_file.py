"""The patient's whole file: names, numbers, addresses, phones, allergies, consents, closed parts
and mergers.

Columns are added in place: on SQLite too, so that the patients keep the triggers of their search.
What was typed as allergies and consent becomes the first line of its own table; the short
columns stay.
"""

from collections.abc import Iterator
from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ONCE = "clinic-desk: Who looked into a closed part cannot be changed."
_TEXTS = (
    "preferred_name", "birth_part", "gender", "pronouns", "phone_kind", "interpreter",
    "interpreter_language", "emergency_name", "emergency_relation", "emergency_phone", "funding",
    "claim_number", "dominant_hand", "dominant_leg", "history", "hold_reason",
)  # fmt: skip


def upgrade() -> None:
    """Add the columns and tables, and carry over what was there."""
    bind = op.get_bind()
    for name in _TEXTS:
        op.add_column("patients", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("patients", sa.Column("search_more", _KEY, nullable=False, server_default=""))
    op.add_column(
        "patients",
        sa.Column("no_allergies", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("patients", sa.Column("archived_on", sa.Date(), nullable=True))
    op.add_column("patients", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_patients_merged_into"), "patients", ["merged_into"], unique=False)
    op.add_column("practice", sa.Column("country", sa.Text(), nullable=False, server_default=""))
    op.drop_index(op.f("ix_patients_family_key"), "patients")
    op.create_index(
        op.f("ix_patients_family_key_patients_given_key"), "patients", ["family_key", "given_key"]
    )
    _lists()
    _acts()
    _carry_over(bind)
    statements = _sqlite() if bind.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        bind.exec_driver_sql(statement)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="RESTRICT"
    )


def _list(table: str, *columns: sa.Column, keyed: bool = False) -> None:
    op.create_table(
        table,
        *columns,
        *([sa.Column("key", _KEY, nullable=False)] if keyed else []),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        _key(table, "patient_id", "patients"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_patient_id"), table, ["patient_id"], unique=False)
    if keyed:
        op.create_index(op.f(f"ix_{table}_key"), table, ["key"], unique=False)


def _lists() -> None:
    def text(name: str) -> sa.Column:
        return sa.Column(name, sa.Text(), nullable=False)

    def day(name: str, nullable: bool = True) -> sa.Column:
        return sa.Column(name, sa.Date(), nullable=nullable)

    _list("patient_names", text("family_name"), text("given_name"), text("kind"), keyed=True)
    _list("patient_identifiers", text("system"), text("value"), text("note"), keyed=True)
    _list("patient_addresses", text("address"), text("kind"), day("since"), day("until"))
    _list("patient_phones", text("number"), text("kind"), keyed=True)
    _list("patient_allergies", text("substance"), text("reaction"), text("severity"))
    _list(
        "patient_consents",
        text("what"),
        day("given_on", nullable=False),
        text("how"),
        text("by_whom"),
        day("withdrawn_on"),
    )
    _list(
        "patient_contacts",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        text("role"),
        _key("patient_contacts", "contact_id", "contacts"),
    )
    op.create_index(
        op.f("ix_patient_contacts_contact_id"), "patient_contacts", ["contact_id"], unique=False
    )


def _acts() -> None:
    op.create_table(
        "patient_locks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", _MOMENT, nullable=True),
        _key("patient_locks", "patient_id", "patients"),
        _key("patient_locks", "case_id", "cases"),
        _key("patient_locks", "closed_by", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_locks")),
    )
    op.create_table(
        "lock_openings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lock_id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _key("lock_openings", "lock_id", "patient_locks"),
        _key("lock_openings", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_openings")),
    )
    op.create_table(
        "patient_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("before", _JSON, nullable=False),
        sa.Column("after", _JSON, nullable=False),
        sa.Column("undone_at", _MOMENT, nullable=True),
        _key("patient_merges", "kept_id", "patients"),
        _key("patient_merges", "merged_id", "patients"),
        _key("patient_merges", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_merges")),
    )
    op.create_table(
        "merge_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        _key("merge_moves", "merge_id", "patient_merges"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_moves")),
    )
    for table, column in (
        ("patient_locks", "patient_id"),
        ("patient_locks", "case_id"),
        ("lock_openings", "lock_id"),
        ("patient_merges", "kept_id"),
        ("patient_merges", "merged_id"),
        ("merge_moves", "merge_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_patient_merges_standing",
        "patient_merges",
        ["merged_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _carry_over(bind: sa.Connection) -> None:
    patients = sa.table(
        "patients",
        sa.column("id", sa.Uuid()),
        sa.column("allergies", sa.Text()),
        sa.column("consent_on", sa.Date()),
    )
    allergies = sa.table(
        "patient_allergies",
        sa.column("id", sa.Uuid()),
        sa.column("place", sa.Integer()),
        sa.column("patient_id", sa.Uuid()),
        sa.column("substance", sa.Text()),
        sa.column("reaction", sa.Text()),
        sa.column("severity", sa.Text()),
    )
    consents = sa.table(
        "patient_consents",
        sa.column("id", sa.Uuid()),
        sa.column("place", sa.Integer()),
        sa.column("patient_id", sa.Uuid()),
        sa.column("what", sa.Text()),
        sa.column("given_on", sa.Date()),
        sa.column("how", sa.Text()),
        sa.column("by_whom", sa.Text()),
    )
    for who, text, _day in bind.execute(
        sa.select(patients).where(sa.func.trim(patients.c.allergies) != "")
    ).all():
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:  # only line ends and tabs, which the database does not take for empty
            continue
        bind.execute(
            sa.insert(allergies),
            [
                {
                    "id": uuid4(),
                    "place": place,
                    "patient_id": who,
                    "substance": line,
                    "reaction": "",
                    "severity": "",
                }
                for place, line in enumerate(lines)
            ],
        )
    for who, _text, day in bind.execute(
        sa.select(patients).where(patients.c.consent_on.is_not(None))
    ).all():
        bind.execute(
            sa.insert(consents),
            {
                "id": uuid4(),
                "place": 0,
                "patient_id": who,
                "what": "record",
                "given_on": day,
                "how": "",
                "by_whom": "",
            },
        )


def _sqlite() -> Iterator[str]:
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER closed_lock_openings_{act.lower()} BEFORE {act} ON lock_openings "
            f"BEGIN SELECT RAISE(ABORT, '{_ONCE}'); END"
        )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE TRIGGER closed_lock_openings BEFORE UPDATE OR DELETE ON lock_openings "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{_ONCE.partition(': ')[2]}')"
    )
    yield (
        "CREATE TRIGGER closed_lock_openings_truncate BEFORE TRUNCATE ON lock_openings "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('These records cannot be emptied.')"
    )

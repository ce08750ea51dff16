"""The address book: more of a contact, the contacts of a case, and merged entries.

The columns are added in place. What stood in `address` and `phone` stays there, and is written
out once more in the new form: the address as a postal one, the phone as the first number.
"""

import re

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TITLES = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|miss|mx|sir|dame)\s+)+(?=\S)")


def upgrade() -> None:
    """Add the columns and tables, and fill the new columns from the old."""
    for name in ("title", "fax", "preferred", "note"):
        op.add_column("contacts", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("addresses", "phones"):
        empty = sa.text("'{}'")
        op.add_column("contacts", sa.Column(name, _JSON, nullable=False, server_default=empty))
    op.add_column("contacts", sa.Column("name_key", _KEY, nullable=False, server_default=""))
    op.add_column("contacts", sa.Column("archived_at", _MOMENT, nullable=True))
    op.create_index(op.f("ix_contacts_name_key"), "contacts", ["name_key"], unique=False)
    _fill()
    op.create_table(
        "case_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        _to("case_contacts", "case_id", "cases"),
        _to("case_contacts", "contact_id", "contacts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_contacts")),
        sa.UniqueConstraint(
            "case_id", "contact_id", "role", name=op.f("uq_case_contacts_case_id_contact_id_role")
        ),
    )
    for name in ("case_id", "contact_id"):
        op.create_index(op.f(f"ix_case_contacts_{name}"), "case_contacts", [name], unique=False)
    op.create_table(
        "contact_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("winner_id", sa.Uuid(), nullable=False),
        sa.Column("loser_id", sa.Uuid(), nullable=False),
        sa.Column("before", _JSON, nullable=False),
        sa.Column("merged_at", _MOMENT, nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("undone_at", _MOMENT, nullable=True),
        _to("contact_merges", "winner_id", "contacts"),
        _to("contact_merges", "loser_id", "contacts"),
        _to("contact_merges", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_merges")),
    )
    op.create_index(op.f("ix_contact_merges_winner_id"), "contact_merges", ["winner_id"])
    op.create_index(
        "uq_contact_merges_loser_id_standing",
        "contact_merges",
        ["loser_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "contacts_apart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        _to("contacts_apart", "one_id", "contacts"),
        _to("contacts_apart", "other_id", "contacts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts_apart")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_contacts_apart_one_id_other_id")),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="RESTRICT"
    )


def _fill() -> None:
    contacts = sa.table(
        "contacts",
        sa.column("id", sa.Uuid()),
        *(sa.column(name, sa.Text()) for name in ("name", "address", "phone", "search_text")),
        sa.column("email", sa.Text()),
        sa.column("name_key", sa.Text()),
        sa.column("addresses", _JSON),
        sa.column("phones", _JSON),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(contacts)).all():
        address = {
            "kind": "postal",
            "lines": row.address,
            "postcode": "",
            "town": "",
            "country": "",
        }
        digits = re.sub("[^0-9]", "", anyascii(row.phone))
        phone = {"label": "", "number": row.phone, "key": digits}
        name = _folded(row.name)
        connection.execute(
            contacts.update()
            .where(contacts.c.id == row.id)
            .values(
                name_key=_TITLES.sub("", name),
                addresses={"all": [address] if row.address else []},
                phones={"all": [phone] if row.phone else []},
                search_text=" ".join(
                    part
                    for part in (row.search_text, _folded(row.address), digits, _folded(row.email))
                    if part
                ),
            )
        )


def _folded(text: str) -> str:
    """Small ASCII words, as the program folds names."""
    readable = re.sub("['’ʼ`´]", "", text.encode("utf-8", "replace").decode())
    return " ".join(re.findall("[a-z0-9]+", anyascii(readable).casefold()))

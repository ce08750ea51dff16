"""The words of signed notes and issued letters, to be found while typing.

`search_texts` holds them folded, as the program folds names: no database folds every script. The
index above it is kept by the database. What was signed and issued before is taken in.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_AT_ONCE = 500  # rows that are written together
_NO_SPACES = re.compile("([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")


def upgrade() -> None:
    """Make the table and its index, fill both, and put the list of all patients in order."""
    op.create_table(
        "search_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("opens_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_search_texts_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_texts")),
        sa.UniqueConstraint("source_id", name=op.f("uq_search_texts_source_id")),
    )
    op.create_index(op.f("ix_search_texts_case_id"), "search_texts", ["case_id"], unique=False)
    bind = op.get_bind()
    for statement in _sqlite() if bind.dialect.name == "sqlite" else _postgresql():
        op.execute(statement)
    _fill(bind)
    # nearly nobody is merged: an index of all who are not would only lead the planner astray
    op.drop_index(op.f("ix_patients_merged_into"), table_name="patients")
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        op.f("ix_patients_merged_into"),
        "patients",
        ["merged_into"],
        sqlite_where=merged,
        postgresql_where=merged,
    )
    standing = sa.text("merged_into IS NULL")
    op.create_index(
        "ix_patients_in_order",
        "patients",
        ["family_key", "given_key", "serial"],
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _sqlite() -> Iterator[str]:
    """Only which row holds which word is indexed: neither places nor how often."""
    yield (
        "CREATE VIRTUAL TABLE notes_search USING fts5("
        "words, content='search_texts', content_rowid='id', detail=none, prefix='2 3 4', "
        "tokenize='ascii')"
    )
    add = "INSERT INTO notes_search(rowid, words) VALUES (NEW.id, NEW.words);"
    drop = (
        "INSERT INTO notes_search(notes_search, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
    )
    yield f"CREATE TRIGGER search_texts_insert AFTER INSERT ON search_texts BEGIN {add} END"
    yield f"CREATE TRIGGER search_texts_delete AFTER DELETE ON search_texts BEGIN {drop} END"
    yield (
        "CREATE TRIGGER search_texts_update AFTER UPDATE OF id, words ON search_texts "
        f"BEGIN {drop} {add} END"
    )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE INDEX notes_search ON search_texts "
        "USING gin (to_tsvector('simple'::regconfig, words))"
    )


def _fill(bind: sa.Connection) -> None:
    texts = sa.table(
        "search_texts",
        sa.column("kind", sa.Text()),
        *(sa.column(name, sa.Uuid()) for name in ("source_id", "opens_id", "case_id")),
        sa.column("at", _MOMENT),
        sa.column("words", sa.Text()),
    )
    waiting: list[dict[str, object]] = []
    for row in _texts(bind):
        waiting.append(row)
        if len(waiting) == _AT_ONCE:
            bind.execute(texts.insert(), waiting)
            waiting.clear()
    if waiting:
        bind.execute(texts.insert(), waiting)


def _texts(bind: sa.Connection) -> Iterator[dict[str, object]]:
    visits = sa.table(
        "visits",
        *(sa.column(name, sa.Uuid()) for name in ("id", "case_id")),
        sa.column("care_at", _MOMENT),
        *(
            sa.column(name, sa.Text())
            for name in ("status", "subjective", "objective", "assessment", "plan")
        ),
    )
    signed = sa.select(visits).where(visits.c.status == "signed")
    for row in bind.execute(signed.order_by(visits.c.care_at)).partitions(_AT_ONCE):
        for one in row:
            text = "\n".join((one.subjective, one.objective, one.assessment, one.plan))
            yield _row("visit", one.id, one.id, one.case_id, one.care_at, text)
    addenda = sa.table(
        "addenda",
        *(sa.column(name, sa.Uuid()) for name in ("id", "visit_id")),
        sa.column("at", _MOMENT),
        sa.column("text", sa.Text()),
    )
    added = sa.select(addenda, visits.c.case_id).join_from(
        addenda, visits, visits.c.id == addenda.c.visit_id
    )
    for one in bind.execute(added.order_by(addenda.c.at)).all():
        yield _row("addendum", one.id, one.visit_id, one.case_id, one.at, one.text)
    documents = sa.table(
        "documents",
        *(sa.column(name, sa.Uuid()) for name in ("id", "case_id")),
        sa.column("issued_at", _MOMENT),
        *(sa.column(name, sa.Text()) for name in ("kind", "title", "recipient")),
        sa.column("content", _JSON),
    )
    letters = sa.select(documents).where(documents.c.kind == "letter")
    for one in bind.execute(letters.order_by(documents.c.issued_at)).all():
        text = "\n".join((one.title, one.recipient, *_parts(one.content)))
        yield _row("letter", one.id, one.id, one.case_id, one.issued_at, text)


def _parts(content: Mapping[str, Any]) -> Iterator[str]:
    """What stands in a letter: the texts of its included parts."""
    draft = content.get("draft")
    parts = draft.get("parts") if isinstance(draft, Mapping) else None
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, Mapping) and part.get("included"):
            yield str(part.get("text") or "")


def _row(
    kind: str, source: object, opens: object, case: object, at: object, text: str
) -> dict[str, object]:
    return {
        "kind": kind,
        "source_id": source,
        "opens_id": opens,
        "case_id": case,
        "at": at,
        "words": " ".join(sorted(set(_folded(text)))),
    }


def _folded(text: str) -> list[str]:
    """Small ASCII words, as the program folds names; a sign of a script without spaces is one."""
    readable = re.sub("['’ʼ`´]", "", text.encode("utf-8", "replace").decode())
    return re.findall("[a-z0-9]+", anyascii(_NO_SPACES.sub(r" \1 ", readable)).casefold())

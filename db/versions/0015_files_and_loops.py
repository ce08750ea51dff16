"""Files of a patient, what waits for an answer, and what imaging showed.

A referral that was issued before waits for its answer too: it gets its loop here.
"""

import json
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SAYS = "clinic-desk:"
_ONCE = {
    "file_contents": "A filed content cannot be changed.",
    "file_pieces": "A filed content cannot be changed.",
    "loop_chases": "A record of chasing cannot be changed.",
    "imaging_results": "A result cannot be changed; correct it by a new one.",
}
_KEPT = {
    "files": "A file is archived, never deleted.",
    "loops": "What waits for an answer cannot be deleted.",
}
_LOOP_CLOSED = "This answer is signed off."
_FILE_MOVED = "A file keeps its content, and an answer that is signed off its files."
_ROUTINE_DAYS = 42  # as the program reckons for a routine referral


def upgrade() -> None:
    """Make the tables, close what is closed, and open the loops of issued referrals."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _close_on_sqlite()
    else:
        _close_on_postgresql()
    _open_for_issued()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _maybe_id(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=True)


def _id(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete="RESTRICT",
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _tables() -> None:
    op.create_table(
        "loops",
        _id("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _id("case_id"),
        _maybe_id("document_id"),
        _text("kind"),
        _text("title"),
        _text("recipient"),
        _text("urgency"),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("note"),
        sa.Column("opened_at", _MOMENT, nullable=False),
        _text("opened_by"),
        _id("clinician_id"),
        _text("outcome"),
        _text("summary"),
        sa.Column("closed_at", _MOMENT, nullable=True),
        _text("closed_by"),
        _maybe_id("closed_by_id"),
        sa.CheckConstraint(
            "(outcome = '' AND closed_at IS NULL AND closed_by_id IS NULL) OR "
            "(outcome IN ('answered', 'no_answer') AND summary <> '' AND closed_at IS NOT NULL "
            "AND closed_by_id IS NOT NULL)",
            name=op.f("ck_loops_closing"),
        ),
        _to("loops", "case_id", "cases"),
        _to("loops", "document_id", "documents"),
        _to("loops", "clinician_id", "clinicians"),
        _to("loops", "closed_by_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loops")),
        sa.UniqueConstraint("document_id", name=op.f("uq_loops_document_id")),
    )
    _indexed("loops", "case_id")
    waiting = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_loops_open", "loops", ["due_on"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "loop_chases",
        _id("id"),
        _id("loop_id"),
        _text("way"),
        _text("text"),
        sa.Column("at", _MOMENT, nullable=False),
        _text("by"),
        _id("clinician_id"),
        _to("loop_chases", "loop_id", "loops"),
        _to("loop_chases", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_chases")),
    )
    _indexed("loop_chases", "loop_id")
    op.create_table(
        "file_contents",
        _id("id"),
        _text("sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("media"),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_file_contents_sha256")),
        sa.CheckConstraint("size > 0", name=op.f("ck_file_contents_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_contents")),
        sa.UniqueConstraint("sha256", name=op.f("uq_file_contents_sha256")),
    )
    op.create_table(
        "file_pieces",
        _id("content_id"),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        _to("file_pieces", "content_id", "file_contents"),
        sa.PrimaryKeyConstraint("content_id", "place", name=op.f("pk_file_pieces")),
    )
    op.create_table(
        "files",
        _id("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _id("patient_id"),
        _maybe_id("case_id"),
        _maybe_id("loop_id"),
        _id("content_id"),
        _text("name"),
        _text("kind"),
        _text("title"),
        sa.Column("dated_on", sa.Date(), nullable=True),
        _text("source"),
        _text("note"),
        sa.Column("added_at", _MOMENT, nullable=False),
        _text("added_by"),
        _id("clinician_id"),
        sa.Column("archived_at", _MOMENT, nullable=True),
        _text("archived_by"),
        _to("files", "patient_id", "patients"),
        _to("files", "case_id", "cases"),
        _to("files", "loop_id", "loops"),
        _to("files", "content_id", "file_contents"),
        _to("files", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    _indexed("files", "patient_id", "case_id", "loop_id", "content_id")
    op.create_table(
        "imaging_results",
        _id("id"),
        _id("case_id"),
        _maybe_id("loop_id"),
        _maybe_id("file_id"),
        _maybe_id("corrects_id"),
        _text("modality"),
        sa.Column("studied_on", sa.Date(), nullable=False),
        _text("site"),
        sa.Column("side", sa.Text(), nullable=True),
        *(_text(name) for name in ("conclusion", "bamic", "munich", "peetrons", "tendon")),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("retraction_mm", sa.Integer(), nullable=True),
        _text("text"),
        sa.Column("entered_at", _MOMENT, nullable=False),
        _text("entered_by"),
        _id("clinician_id"),
        _to("imaging_results", "case_id", "cases"),
        _to("imaging_results", "loop_id", "loops"),
        _to("imaging_results", "file_id", "files"),
        _to("imaging_results", "corrects_id", "imaging_results"),
        _to("imaging_results", "clinician_id", "clinicians"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imaging_results")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_imaging_results_corrects_id")),
    )
    _indexed("imaging_results", "case_id", "loop_id", "file_id")


def _close_on_sqlite() -> None:
    def trigger(table: str, act: str, when: str, text: str) -> None:
        op.execute(
            f"CREATE TRIGGER closed_{table}_{act.lower()} BEFORE {act} ON {table} "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{_SAYS} {text}'); END"
        )

    for table, text in _ONCE.items():
        trigger(table, "UPDATE", "1", text)
        trigger(table, "DELETE", "1", text)
    for table, text in _KEPT.items():
        trigger(table, "DELETE", "1", text)
    trigger("loops", "UPDATE", "OLD.closed_at IS NOT NULL", _LOOP_CLOSED)
    signed = "SELECT 1 FROM loops WHERE id IN (OLD.loop_id, NEW.loop_id) AND closed_at IS NOT NULL"
    moved = f"OLD.loop_id IS NOT NEW.loop_id AND EXISTS ({signed})"
    trigger("files", "UPDATE", f"OLD.content_id IS NOT NEW.content_id OR ({moved})", _FILE_MOVED)


def _close_on_postgresql() -> None:
    for table, text in _ONCE.items():
        op.execute(
            f"CREATE TRIGGER closed_{table} BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{text}')"
        )
    for table, text in _KEPT.items():
        op.execute(
            f"CREATE TRIGGER closed_{table}_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{text}')"
        )
    op.execute(
        "CREATE TRIGGER closed_loops_update BEFORE UPDATE ON loops FOR EACH ROW "
        f"WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change('{_LOOP_CLOSED}')"
    )
    op.execute(
        f"""
        CREATE FUNCTION refuse_moving_file() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.content_id IS DISTINCT FROM NEW.content_id
               OR (OLD.loop_id IS DISTINCT FROM NEW.loop_id AND EXISTS (
                   SELECT 1 FROM loops
                   WHERE id IN (OLD.loop_id, NEW.loop_id) AND closed_at IS NOT NULL))
            THEN
                RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
                    MESSAGE = '{_SAYS} {_FILE_MOVED}';
            END IF;
            RETURN NEW;
        END $$"""  # noqa: S608  (our own words)
    )
    op.execute(
        "CREATE TRIGGER closed_files_update BEFORE UPDATE ON files "
        "FOR EACH ROW EXECUTE FUNCTION refuse_moving_file()"
    )
    for table in (*_ONCE, *_KEPT):
        op.execute(
            f"CREATE TRIGGER closed_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION "
            "refuse_change('These records cannot be emptied.')"
        )


def _open_for_issued() -> None:
    """One loop for each referral that was issued before; it is known by its letter's id."""
    bind = op.get_bind()
    documents = sa.table(
        "documents",
        *(sa.column(name, sa.Uuid()) for name in ("id", "case_id", "clinician_id")),
        *(
            sa.column(name, sa.Text())
            for name in ("kind", "template", "title", "recipient", "issued_by")
        ),
        sa.column("content", sa.JSON()),
        sa.column("issued_at", _MOMENT),
    )
    loops = sa.table(
        "loops",
        *(sa.column(name, sa.Uuid()) for name in ("id", "case_id", "document_id", "clinician_id")),
        *(
            sa.column(name, sa.Text())
            for name in (
                *("kind", "title", "recipient", "urgency", "note", "opened_by"),
                *("outcome", "summary", "closed_by"),
            )
        ),
        *(sa.column(name, sa.Date()) for name in ("ordered_on", "due_on")),
        sa.column("opened_at", _MOMENT),
        sa.column("version", sa.Integer()),
    )
    referral = documents.c.template.like("referral%")
    for row in bind.execute(sa.select(documents).where(documents.c.kind == "letter", referral)):
        issued: datetime = row.issued_at
        by = _see_by(row.content)
        bind.execute(
            loops.insert().values(
                id=row.id,
                version=1,
                case_id=row.case_id,
                document_id=row.id,
                clinician_id=row.clinician_id,
                kind="referral",
                title=row.title,
                recipient=row.recipient,
                urgency="urgent_2w" if by else "routine_gp",
                ordered_on=issued.date(),
                due_on=by or issued.date() + timedelta(days=_ROUTINE_DAYS),
                note="",
                opened_at=issued,
                opened_by=row.issued_by,
                outcome="",
                summary="",
                closed_by="",
            )
        )


def _see_by(content: object) -> date | None:
    """The day by which the letter asked that the patient be seen."""
    held = json.loads(content) if isinstance(content, str) else content
    draft = held.get("draft") if isinstance(held, dict) else None
    day = draft.get("see_by") if isinstance(draft, dict) else None
    try:
        return date.fromisoformat(day) if isinstance(day, str) else None
    except ValueError:
        return None

"""What is signed, issued, prescribed or audited is closed for ever; patients are indexed.

A later revision that rebuilds one of these tables on SQLite (batch mode) loses the table's
triggers and must make them again.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What a trigger says begins with this; the program tells a refusal from a fault by it.
_SAYS = "clinic-desk:"
_WRITTEN_ONCE = {
    "addenda": "An addendum cannot be changed.",
    "documents": "An issued document cannot be changed.",
    "programs": "A prescribed program cannot be changed.",
    "audit": "The audit trail cannot be changed.",
}
_OF_A_VISIT = ("evaluations", "decisions", "flag_actions")
_VISIT_CLOSED = "A signed visit cannot be changed."
_NOT_SIGNED = "Only a signed visit can have an addendum."


def upgrade() -> None:
    """Make the triggers and the patients' index for the database at hand."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for statement in _sqlite():
            bind.exec_driver_sql(statement)
    else:
        for statement in _postgresql():
            bind.exec_driver_sql(statement)
        _trigram_index(bind)


def _sqlite() -> Iterator[str]:
    def trigger(table: str, act: str, when: str, text: str) -> str:
        return (
            f"CREATE TRIGGER closed_{table}_{act.lower()} BEFORE {act} ON {table} "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{_SAYS} {text}'); END"
        )

    def signed(row: str) -> str:
        return f"EXISTS (SELECT 1 FROM visits WHERE id = {row}.visit_id AND status = 'signed')"  # noqa: S608

    for act in ("UPDATE", "DELETE"):
        yield trigger("visits", act, "OLD.status = 'signed'", _VISIT_CLOSED)
        for table, text in _WRITTEN_ONCE.items():
            yield trigger(table, act, "1", text)
    for table in _OF_A_VISIT:
        yield trigger(table, "INSERT", signed("NEW"), _VISIT_CLOSED)
        yield trigger(table, "UPDATE", f"{signed('OLD')} OR {signed('NEW')}", _VISIT_CLOSED)
        yield trigger(table, "DELETE", signed("OLD"), _VISIT_CLOSED)
    yield trigger("addenda", "INSERT", f"NOT {signed('NEW')}", _NOT_SIGNED)

    # Three letters of a folded name anywhere in it; the row is the patient's serial number.
    yield (
        "CREATE VIRTUAL TABLE patients_search USING fts5("
        "search_text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')"
    )
    add = "INSERT INTO patients_search(rowid, search_text) VALUES (NEW.serial, NEW.search_text);"
    drop = "DELETE FROM patients_search WHERE rowid = OLD.serial;"
    yield f"CREATE TRIGGER search_patients_insert AFTER INSERT ON patients BEGIN {add} END"
    yield f"CREATE TRIGGER search_patients_delete AFTER DELETE ON patients BEGIN {drop} END"
    yield (
        "CREATE TRIGGER search_patients_update AFTER UPDATE OF search_text, serial ON patients "
        f"BEGIN {drop} {add} END"
    )


def _postgresql() -> Iterator[str]:
    refuse = "RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = "
    yield (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {refuse} '{_SAYS} ' || TG_ARGV[0]; END $$"
    )
    # FOR SHARE waits for a signature that is being written at this moment.
    yield f"""
        CREATE FUNCTION refuse_on_signed_visit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                PERFORM 1 FROM visits WHERE id = OLD.visit_id FOR SHARE;
                IF EXISTS (SELECT 1 FROM visits WHERE id = OLD.visit_id AND status = 'signed') THEN
                    {refuse} '{_SAYS} {_VISIT_CLOSED}';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            PERFORM 1 FROM visits WHERE id = NEW.visit_id FOR SHARE;
            IF EXISTS (SELECT 1 FROM visits WHERE id = NEW.visit_id AND status = 'signed') THEN
                {refuse} '{_SAYS} {_VISIT_CLOSED}';
            END IF;
            RETURN NEW;
        END $$"""  # noqa: S608  (our own words)
    yield f"""
        CREATE FUNCTION refuse_on_open_visit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM visits WHERE id = NEW.visit_id AND status = 'signed') THEN
                {refuse} '{_SAYS} {_NOT_SIGNED}';
            END IF;
            RETURN NEW;
        END $$"""  # noqa: S608  (our own words)
    yield (
        "CREATE TRIGGER closed_visits BEFORE UPDATE OR DELETE ON visits FOR EACH ROW "
        f"WHEN (OLD.status = 'signed') EXECUTE FUNCTION refuse_change('{_VISIT_CLOSED}')"
    )
    for table, text in _WRITTEN_ONCE.items():
        yield (
            f"CREATE TRIGGER closed_{table} BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{text}')"
        )
    for table in _OF_A_VISIT:
        yield (
            f"CREATE TRIGGER closed_{table} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_on_signed_visit()"
        )
    yield (
        "CREATE TRIGGER closed_addenda_insert BEFORE INSERT ON addenda "
        "FOR EACH ROW EXECUTE FUNCTION refuse_on_open_visit()"
    )
    for table in ("visits", *_OF_A_VISIT, *_WRITTEN_ONCE):
        yield (
            f"CREATE TRIGGER closed_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('These records cannot be emptied.')"
        )


def _trigram_index(bind: sa.Connection) -> None:
    """An index for parts of names, where the server has pg_trgm and lets us use it."""
    has = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"
    if not bind.exec_driver_sql(has).scalar():
        return
    try:
        with bind.begin_nested():
            bind.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except sa.exc.ProgrammingError:
        return  # no right to add it: searching works without, only slower
    bind.exec_driver_sql(
        "CREATE INDEX patients_search ON patients USING gin (search_text gin_trgm_ops)"
    )

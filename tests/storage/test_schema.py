"""The schema in the database is the one that the classes describe, and moves up whole or not."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from clinic_desk import paths
from clinic_desk.errors import StorageUnavailable
from clinic_desk.storage import Store, schema
from clinic_desk.storage.keys import Keys
from clinic_desk.storage.models import Base, Draft, Patient
from clinic_desk.storage.visit_acts import keep_draft
from tests.support.records import ACTOR, NOW, PASSPHRASE, QUICK, add_clinician, add_patient

SHIPPED = schema.HEAD  # before a test brings a later one

NEXT = '''"""A later revision."""
from alembic import op
import sqlalchemy as sa
revision = "0099"
down_revision = "{head}"
def upgrade():
    with op.batch_alter_table("clinicians") as batch:
        batch.add_column(sa.Column("room", sa.Text(), nullable=True))
    op.execute("CREATE TABLE extra (id INTEGER)")
    {last}
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "practice"
    store, _ = Store.create(place, PASSPHRASE, ACTOR, QUICK)
    add_clinician(store)
    add_patient(store)
    with store.unit(ACTOR) as unit:  # a row that hangs on the clinician
        keep_draft(unit.session, "visit", ACTOR, ACTOR, {}, NOW)
        unit.commit(drafts_only=True)
    store.close()
    return place


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Migrations with one revision more, as a later program would bring them."""
    scripts = tmp_path / "db"
    (scripts / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", *(f"versions/{p.name}" for p in _revisions())):
        (scripts / name).write_bytes((paths.migrations() / name).read_bytes())
    monkeypatch.setattr(schema.paths, "migrations", lambda: scripts)
    return scripts / "versions" / "0099_later.py"


def _revisions() -> list[Path]:
    return sorted((paths.migrations() / "versions").glob("*.py"))


def _state(folder: Path) -> tuple[str | None, list[str], int]:
    key = Keys.parse((folder / "clinic.keys").read_bytes()).unlock(PASSPHRASE)[1]
    engine = schema.sqlite_schema_engine(folder / "clinic.db", key)
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        patients = connection.execute(text("SELECT count(*) FROM patients")).scalar_one()
    return schema.stored_revision(engine), tables, patients


def test_head_is_the_newest_revision() -> None:
    script = ScriptDirectory(str(paths.migrations()))
    assert script.get_current_head() == schema.HEAD


def test_no_revision_knows_the_program() -> None:
    for path in (*_revisions(), paths.migrations() / "env.py"):
        assert "clinic_desk" not in path.read_text(encoding="utf-8")


def test_the_schema_is_what_the_classes_describe(either: Store) -> None:
    with either._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda item, name, kind, reflected, other: (
                    not (
                        name.startswith(("patients_search", "notes_search", "search_words"))
                        or name == "alembic_version"
                    )
                )
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_opening_what_is_up_to_date_writes_nothing(folder: Path) -> None:
    before = (folder / "clinic.db").read_bytes()
    Store.open(folder, PASSPHRASE).close()
    assert (folder / "clinic.db").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["clinic.db", "clinic.keys"]


def test_a_newer_schema_is_refused_and_nothing_is_written(
    folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.write_text(NEXT.format(head=schema.HEAD, last="pass"))
    with monkeypatch.context() as newer:
        newer.setattr(schema, "HEAD", "0099")
        Store.open(folder, PASSPHRASE).close()
    later.unlink()
    before = (folder / "clinic.db").read_bytes()
    with pytest.raises(StorageUnavailable, match="newer"):
        Store.open(folder, PASSPHRASE)
    assert (folder / "clinic.db").read_bytes() == before


def test_a_migration_keeps_the_rows_and_a_copy_from_before(
    folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.write_text(NEXT.format(head=schema.HEAD, last="pass"))
    monkeypatch.setattr(schema, "HEAD", "0099")
    store = Store.open(folder, PASSPHRASE)
    with store.reading() as session:
        assert session.scalars(select(Patient.family_name)).all() == ["Example"]
        assert session.scalars(select(Draft.kind)).all() == ["visit"]
    store.close()
    assert _state(folder)[0] == "0099"
    copy = folder / "clinic.before-0099.db"
    assert sorted(p.name for p in folder.iterdir()) == [copy.name, "clinic.db", "clinic.keys"]
    assert b"Example" not in copy.read_bytes()
    copy.replace(folder / "clinic.db")
    revision, tables, patients = _state(folder)
    assert (revision, "extra" in tables, patients) == (SHIPPED, False, 1)


@pytest.mark.parametrize(
    "last", ["raise ValueError('cut')", "op.execute('DELETE FROM clinicians')"]
)
def test_a_migration_that_fails_leaves_the_old_schema_whole(
    folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    later.write_text(NEXT.format(head=schema.HEAD, last=last))
    monkeypatch.setattr(schema, "HEAD", "0099")
    with pytest.raises((ValueError, RuntimeError)):
        Store.open(folder, PASSPHRASE)
    revision, tables, patients = _state(folder)
    assert (revision, "extra" in tables, patients) == (SHIPPED, False, 1)


def test_a_server_migration_that_fails_leaves_nothing(
    pg: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.write_text(NEXT.format(head=SHIPPED, last="raise ValueError('cut')"))
    monkeypatch.setattr(schema, "HEAD", "0099")
    with pytest.raises(ValueError, match="cut"):
        schema.migrate_postgresql(pg._engine, SHIPPED)
    assert schema.stored_revision(pg._engine) == SHIPPED
    assert not inspect(pg._engine).has_table("extra")


def test_a_server_that_ends_the_connection_in_a_migration_keeps_the_old_schema(
    pg: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = "op.execute('SELECT pg_terminate_backend(pg_backend_pid())')"
    later.write_text(NEXT.format(head=SHIPPED, last=ended))
    monkeypatch.setattr(schema, "HEAD", "0099")
    with pytest.raises(StorageUnavailable, match="as it was before"):
        schema.migrate_postgresql(pg._engine, SHIPPED)
    assert schema.stored_revision(pg._engine) == SHIPPED
    assert not inspect(pg._engine).has_table("extra")


def test_a_server_with_a_newer_schema_is_refused_and_nothing_is_written(pg: Store) -> None:
    with pg._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    url = pg._engine.url.render_as_string(hide_password=False)
    with pytest.raises(StorageUnavailable, match="newer"):
        Store.on_postgresql(url.replace("+psycopg", ""), b"k" * 32)
    assert schema.stored_revision(pg._engine) == "0999"

"""A practice of an older program comes up step by step: what is closed stays as it is, byte for
byte, and every record opens with today's program.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_desk import paths
from clinic_desk.library import Library
from clinic_desk.storage import Store, audit, schema
from clinic_desk.storage.engine import create_file, postgresql_engine
from clinic_desk.storage.keys import Keys
from clinic_desk.usecases import exporting, find, letters, loops, papers, patients, today, visits
from clinic_desk.usecases.desk import Actor, Desk
from tests.support import old_store, postgresql

OLD = "0007"
NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)

# Rows that can neither be changed nor deleted.
ONCE = (
    "addenda",
    "documents",
    "programs",
    "audit",
    "returned_sheets",
    "letter_templates",
    "document_copies",
    "sendings",
    "corrections",
    "lock_openings",
    "loop_chases",
    "file_contents",
    "file_pieces",
    "imaging_results",
    "todo_moves",
    "contact_entries",
    "contact_addenda",
    "cosign_acts",
)
OF_A_VISIT = ("evaluations", "decisions", "superseded_decisions", "flag_actions")
KEPT = ("files", "loops", "appointments", "todos")  # changed, but never deleted
SIGNED = "SELECT id FROM visits WHERE status = 'signed'"


@dataclass
class Old:
    """A database of the older program, and what is to stay in it."""

    engine: Engine
    audit_key: bytes
    folder: Path | None = None
    url: str = ""
    kept: dict[str, tuple[list[str], list[tuple[object, ...]]]] = field(default_factory=dict)

    def store(self) -> Store:
        if self.folder is not None:
            return Store.open(self.folder, old_store.held()["passphrase"])
        return Store.on_postgresql(self.url, self.audit_key)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Old]:
    made = old_store.held()
    key = Keys.parse(made["keys"].encode()).unlock(made["passphrase"])[1]
    if request.param == "sqlite":
        (tmp_path / "clinic.keys").write_text(made["keys"], encoding="utf-8")
        create_file(tmp_path / "clinic.db")
        engine = schema.sqlite_schema_engine(tmp_path / "clinic.db", key)
        yield _laid(Old(engine, audit.audit_key(key), tmp_path), made["tables"])
        return
    with postgresql.database(request.getfixturevalue("pg_server")) as url:
        engine = postgresql_engine(url)
        yield _laid(Old(engine, audit.audit_key(key), url=url), made["tables"])
        engine.dispose()


def _laid(old: Old, tables: dict[str, list[dict]]) -> Old:
    old_store.raised(old.engine, OLD)
    with old.engine.begin() as connection:
        old_store.lay(connection, tables)
    assert all(tables.values())  # a row in each table of that time
    return old


def _closed(connection: Connection) -> Iterator[tuple[str, str]]:
    """The tables of what is closed in the database, and which of their rows."""
    there = set(inspect(connection).get_table_names())
    yield "visits", "status = 'signed'"
    for table in (*ONCE, *OF_A_VISIT):
        if table in there:
            yield table, f"visit_id IN ({SIGNED})" if table in OF_A_VISIT else "1 = 1"


def _remember(old: Old) -> None:
    """Note what is closed and not noted yet, in the columns that there are."""
    with old.engine.connect() as connection:
        for table, which in _closed(connection):
            columns = [one["name"] for one in inspect(connection).get_columns(table)]
            known = old.kept.get(table)
            found = old_store.rows(connection, f"{table} WHERE {which}", columns)
            if found and known is None:
                old.kept[table] = (columns, found)


def _refused(engine: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="clinic-desk:"), engine.begin() as connection:
        connection.exec_driver_sql(statement)


def _holds(connection: Connection, table: str) -> bool:
    """Whether the table is there and has rows that could be deleted."""
    if not inspect(connection).has_table(table):
        return False
    return bool(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar())


def _whole(old: Old) -> None:
    """Nothing closed is other than it was, nothing hangs loose, no trigger fell off."""
    sqlite = old.engine.dialect.name == "sqlite"
    with old.engine.connect() as connection:
        for table, (columns, before) in old.kept.items():
            which = dict(_closed(connection))[table]
            assert old_store.rows(connection, f"{table} WHERE {which}", columns) == before, table
        for pdf, digest in connection.execute(text("SELECT bytes, sha256 FROM documents")):
            assert hashlib.sha256(pdf).hexdigest() == digest
        if sqlite:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA quick_check").all() == [("ok",)]
        with Session(connection) as session:
            assert audit.first_broken(session, old.audit_key) is None
        closed = [(table, which) for table, which in _closed(connection) if table in old.kept]
        columns = {table: old.kept[table][0] for table, _which in closed}
        there = {name for name in KEPT if _holds(connection, name)}
    for table, which in closed:
        one = columns[table][-1]
        _refused(old.engine, f"UPDATE {table} SET {one} = {one} WHERE {which}")
        _refused(old.engine, f"DELETE FROM {table} WHERE {which}")
        if sqlite:
            _refused(old.engine, f"REPLACE INTO {table} SELECT * FROM {table} WHERE {which}")
        else:
            _refused(old.engine, f"TRUNCATE {table} CASCADE")
    for table in there:
        _refused(old.engine, f"DELETE FROM {table}")


def _steps() -> list[str]:
    script = ScriptDirectory(str(paths.migrations()))
    found = [one.revision for one in script.walk_revisions()][::-1]
    return found[found.index(OLD) + 1 :]


def test_each_step_keeps_what_is_closed_and_at_the_end_every_record_opens(
    old: Old, tmp_path: Path, library: Library
) -> None:
    _remember(old)
    _whole(old)
    for revision in _steps():
        old_store.raised(old.engine, revision)
        _whole(old)
        if revision in ("0012", "0015", "0019", schema.HEAD):
            with old.engine.begin() as connection:
                old_store.fill_empty(connection)
            _remember(old)
            _whole(old)
    assert {"visits", *ONCE, *OF_A_VISIT} == set(old.kept)
    old.engine.dispose()
    store = old.store()
    try:
        _every_record_opens(_at_desk(store, library), tmp_path / "out")
        assert store.verify_audit() is None
    finally:
        store.close()


def _at_desk(store: Store, library: Library) -> Desk:
    with store.reading() as session:
        person = session.execute(text("SELECT id FROM clinicians ORDER BY name LIMIT 1")).scalar()
    who = person if isinstance(person, UUID) else UUID(person)
    return Desk(store, library, Actor(who, "Dana Demo"), now=lambda: NOW)


def _every_record_opens(desk: Desk, out: Path) -> None:
    made = old_store.held()["tables"]
    people = [UUID(row["id"]) for row in made["patients"]]
    for person in people:
        file = patients.open_file(desk, person)
        for entry in file.journal:
            if entry.kind == "visit":
                visits.open_visit(desk, entry.id)
    for row in made["documents"]:
        shown = papers.open_document(desk, UUID(row["id"]))
        assert hashlib.sha256(shown.pdf).hexdigest() == row["sha256"]
        if row["kind"] == "letter":
            assert letters.open_letter(desk, UUID(row["id"]))
    assert [one.family_name for one in find.patients(desk, "ozturk luc").rows] == ["Nuñez-Öztürk"]
    assert find.patients(desk, "+49 89 555-0199") is not None
    for word, kind in (("overpulled", "visit"), ("undisturb", "addendum"), ("zygomorph", "letter")):
        assert kind in {one.kind for one in find.everything(desk, word).notes}, word
    assert find.everything(desk, "unsigned").notes == ()
    (doctor,) = find.everything(desk, "lukasz beispiel").contacts
    assert doctor.entry
    page = today.today(desk)
    assert page.needs
    assert {one.recipient for one in loops.waiting(desk)} >= {"Dr. Łukasz Beispiel"}
    assert exporting.export(desk, out).patients >= len(people)


def test_what_was_typed_as_allergies_goal_address_and_referral_has_its_place(old: Old) -> None:
    with old.engine.begin() as connection:  # empty lines were typed, and nothing else
        connection.execute(
            text("UPDATE patients SET allergies = :blank WHERE family_name = 'Emptyfile'"),
            {"blank": " \n\t"},
        )
    old_store.raised(old.engine, "head")
    with old.engine.connect() as connection:

        def one(statement: str) -> list[object]:
            return list(connection.execute(text(statement)).scalars())

        mine = "WHERE patient_id = (SELECT id FROM patients WHERE given_name = 'Łucja')"
        assert one(f"SELECT substance FROM patient_allergies {mine} ORDER BY place") == [
            "latex",
            "nickel",
        ]
        assert one(
            "SELECT count(*) FROM patient_allergies WHERE patient_id = "
            "(SELECT id FROM patients WHERE family_name = 'Emptyfile')"
        ) == [0]
        assert len(one(f"SELECT what FROM patient_consents {mine}")) == 1
        goals = one("SELECT text FROM case_goals WHERE text LIKE 'Walk the dog for%'")
        assert goals == ["Walk the dog for an hour\nBack to dancing"]
        key = "SELECT name_key FROM contacts WHERE email = 'praxis@clinic.example'"
        assert one(key) == ["lukasz beispiel"]
        assert one("SELECT count(*) FROM loops") == one(
            "SELECT count(*) FROM documents WHERE template LIKE 'referral%'"
        )
        assert set(one("SELECT active FROM clinicians")) in ({True}, {1})


def test_every_trigger_that_closes_a_table_is_known_here(either: Store) -> None:
    if either._engine.dialect.name == "sqlite":
        asked = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' "
        asked += "AND name LIKE 'closed%'"
    else:
        asked = "SELECT DISTINCT event_object_table FROM information_schema.triggers "
        asked += "WHERE trigger_name LIKE 'closed%'"
    with either.reading() as session:
        found = set(session.execute(sa.text(asked)).scalars())
    assert found == {"visits", *ONCE, *OF_A_VISIT, *KEPT}

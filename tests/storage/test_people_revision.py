"""A practice of one, and an author who came with an archive, before several people came."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from clinic_desk import paths
from clinic_desk.storage import schema
from clinic_desk.storage.engine import create_file

KEY = bytes(range(32))


@pytest.fixture
def engine(tmp_path: Path):
    place = tmp_path / "clinic.db"
    create_file(place)
    made = schema.sqlite_schema_engine(place, KEY)
    yield made
    made.dispose()


def _to(engine, revision: str) -> None:
    with engine.begin() as connection:
        config = schema._config(paths.migrations())
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_who_opened_the_practice_works_there_and_an_imported_author_does_not(engine) -> None:
    _to(engine, "0019")
    with engine.begin() as connection:
        for key, name in (("a" * 32, "Dana Demo"), ("b" * 32, "Robin Other")):
            connection.execute(
                text(
                    "INSERT INTO clinicians (id, version, name, profession, registration)"
                    " VALUES (:id, 1, :name, 'physiotherapist', 'PH-1')"
                ),
                {"id": key, "name": name},
            )
        connection.execute(
            text(
                "INSERT INTO drafts (id, kind, ref_id, clinician_id, payload, started_at, kept_at)"
                " VALUES (:id, 'visit', :id, :who, '{}', '2026-02-03', '2026-02-03')"
            ),
            {"id": "c" * 32, "who": "a" * 32},
        )
        connection.execute(
            text(
                "INSERT INTO audit (sequence, at, actor_id, act, subject, details, previous, hash)"
                " VALUES (1, '2026-02-03', :who, 'set_up', 'practice', '{}', '', '')"
            ),
            {"who": "a" * 32},
        )
    _to(engine, "0020")
    with engine.connect() as connection:
        people = connection.execute(
            text("SELECT name, registration, role, active, supervisor_id FROM clinicians")
        ).all()
        drafts = connection.execute(text("SELECT clinician_id FROM drafts")).all()
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    assert sorted(map(tuple, people)) == [
        ("Dana Demo", "PH-1", "physiotherapist", 1, None),
        ("Robin Other", "PH-1", "physiotherapist", 0, None),
    ]
    assert [tuple(row) for row in drafts] == [("a" * 32,)]
    assert broken == []


def test_an_act_on_a_note_is_of_one_note_and_a_return_has_its_remark(engine) -> None:
    from sqlalchemy.exc import IntegrityError

    _to(engine, "0020")
    insert = text(
        "INSERT INTO cosign_acts (id, visit_id, contact_id, act, clinician_id, by, at, remark)"
        " VALUES (:id, NULL, NULL, 'asked', :id, 'Dana Demo', '2026-02-03', '')"
    )
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert, {"id": "a" * 32})

"""What stood in one column before the whole file came is carried over, word for word."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from clinic_desk import paths
from clinic_desk.storage import schema
from clinic_desk.storage.engine import create_file

KEY = bytes(range(32))
PATIENT = (
    "INSERT INTO patients (id, version, serial, number, family_name, given_name, birth_date, sex,"
    " phone, email, address, allergies, alerts, medicines, occupation, sport, language,"
    " consent_on, registered_at, family_key, given_key, search_text, phone_key) VALUES"
    " (:id, 1, :serial, :number, 'Example', 'Alex', NULL, 'unknown', '', '', '', :allergies, '',"
    " '', '', '', 'en', :consent, '2026-01-23 09:00:00', 'example', 'alex', ' example alex', '')"
)


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


def test_allergies_and_consent_become_lines_and_nothing_is_lost(engine) -> None:
    _to(engine, "0007")
    rows = [
        {"id": "a" * 32, "serial": 1, "number": "CD-00001", "consent": "2026-01-23",
         "allergies": "zinc-oxide tape\n\n penicillin "},
        {"id": "b" * 32, "serial": 2, "number": "CD-00002", "consent": None, "allergies": " "},
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(text(PATIENT), rows)
    _to(engine, "0014")
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT patient_id, place, substance FROM patient_allergies ORDER BY place")
        ).all()
        consents = connection.execute(
            text("SELECT patient_id, what, given_on FROM patient_consents")
        ).all()
        short = connection.execute(text("SELECT allergies, merged_into FROM patients")).all()
        found = connection.execute(
            text("SELECT rowid FROM patients_search WHERE patients_search MATCH 'alex'")
        ).all()
    assert kept == [("a" * 32, 0, "zinc-oxide tape"), ("a" * 32, 1, "penicillin")]
    assert consents == [("a" * 32, "record", "2026-01-23")]
    assert short == [("zinc-oxide tape\n\n penicillin ", None), (" ", None)]
    assert len(found) == 2

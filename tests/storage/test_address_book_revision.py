"""The revision of the address book keeps what stood in the contacts before it."""

from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from alembic import command

from clinic_desk import paths
from clinic_desk.storage import schema
from clinic_desk.storage.engine import create_file


def test_contacts_from_before_keep_their_address_and_number(tmp_path: Path) -> None:
    create_file(tmp_path / "clinic.db")
    engine = schema.sqlite_schema_engine(tmp_path / "clinic.db", bytes(32))
    key = uuid4()
    with engine.begin() as connection:
        config = schema._config(paths.migrations())
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        connection.execute(
            sa.text(
                "INSERT INTO contacts (id, version, name, salutation, role, organisation, address,"
                " phone, email, search_text) VALUES (:id, 3, 'Dr Zoë Sample', 'Dr Sample', 'gp',"
                " 'Surgery', '9 Road\nTown EX1', '555-0160', 'z@x.example',"
                " 'dr zoe sample surgery')"
            ),
            {"id": key.hex},
        )
        command.upgrade(config, "0012")
        row = connection.execute(sa.text("SELECT * FROM contacts")).mappings().one()
    assert (row["address"], row["phone"], row["version"]) == ("9 Road\nTown EX1", "555-0160", 3)
    assert '"lines": "9 Road\\nTown EX1"' in row["addresses"]
    assert '"number": "555-0160"' in row["phones"]
    assert row["name_key"] == "zoe sample"
    assert row["search_text"] == "dr zoe sample surgery 9 road town ex1 5550160 z x example"
    assert row["archived_at"] is None

"""A FHIR file as the people that an import takes."""

from pathlib import Path

from clinic_desk.exchange import csv_tables, fhir_in
from clinic_desk.usecases import import_files
from clinic_desk.usecases.import_files import People


def people_of(path: Path) -> People:
    """The people of a bundle or of one resource. Raises InvalidInput by place, NotFound."""
    data = csv_tables.from_file(path)
    found = fhir_in.read(data)
    how: dict[str, object] = {"version": "R4 (4.0.1)", "resources": dict(found.resources)}
    return People(
        import_files.source("fhir", path, data),
        found.people,
        found.problems,
        found.notes,
        how,
        found.contacts,
        found.files,
    )

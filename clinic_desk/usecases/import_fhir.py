"""A FHIR file as the people that an import takes."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from clinic_desk.exchange import csv_tables, fhir_bulk, fhir_in
from clinic_desk.exchange.fhir_in import FhirFile
from clinic_desk.usecases import import_files
from clinic_desk.usecases.import_files import People


def people_of(path: Path) -> People:
    """The people of a bundle, of one resource, or of a folder or ZIP of files of lines. Raises
    InvalidInput by place, NotFound, StorageUnavailable.
    """
    if path.is_dir() or (path.is_file() and _is_zip(path)):
        found, parts = fhir_bulk.of_path(path)
        return _people(path, _digest(parts), found)
    data = csv_tables.from_file(path)
    return _people(path, data, fhir_in.read(data))


def people_of_files(paths: Sequence[Path]) -> People:
    """The people of several files of lines that were chosen together. Raises the same."""
    found, parts = fhir_bulk.of_files(paths)
    return _people(paths[0].parent, _digest(parts), found)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _digest(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """What says whether the same files come again."""
    return "\n".join(f"{name} {sha256(data).hexdigest()}" for name, data in parts).encode()


def _people(path: Path, content: bytes, found: FhirFile) -> People:
    how: dict[str, object] = {"version": "R4 (4.0.1)", "resources": dict(found.resources)}
    return People(
        import_files.source("fhir", path, content),
        found.people,
        found.problems,
        found.notes,
        how,
        found.contacts,
        found.files,
    )

"""FHIR as servers hand out much of it: a file of lines for each kind (Patient.ndjson,
Condition.ndjson), in a folder or in a ZIP. Together they are one import.
"""

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

from clinic_desk.errors import InvalidInput, StorageUnavailable
from clinic_desk.exchange import fhir_in, members
from clinic_desk.exchange.archive_out import FORMAT, MANIFEST
from clinic_desk.exchange.fhir_in import FhirFile
from clinic_desk.exchange.members import Members
from clinic_desk.exchange.records import Problem
from clinic_desk.i18n import _

LINES = ".ndjson"
_LOOKED_AT = 10_000  # names in a folder, before it is said to hold none
_HEAD = 4096  # bytes in which an archive says what it is
_ENCRYPTED = 0x1
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError)


def is_one(path: Path) -> bool:
    """Whether a folder or a ZIP holds such files, and is no archive of Clinic Desk."""
    if path.is_dir():
        manifest = path / MANIFEST
        if manifest.is_file():
            with manifest.open("rb") as file:
                if _is_ours(file.read(_HEAD)):
                    return False
        return _has_lines(path)
    try:
        with zipfile.ZipFile(path) as zipped:
            infos = zipped.infolist()
            ours = False
            for info in infos[:_LOOKED_AT]:
                folders, _slash, name = info.filename.rpartition("/")
                if name == MANIFEST and "/" not in folders:
                    with zipped.open(info) as file:
                        ours = ours or _is_ours(file.read(_HEAD))
    except _UNREADABLE:
        return False  # what opens it says why
    sealed = any(info.flag_bits & _ENCRYPTED for info in infos)
    return not (ours or sealed) and any(_is_lines(info.filename) for info in infos)


def _is_ours(head: bytes) -> bool:
    return FORMAT.encode() in head


def _has_lines(folder: Path) -> bool:
    count = 0
    for _folder, _folders, names in os.walk(folder):
        if any(_is_lines(name) for name in names):
            return True
        count += len(names)
        if count > _LOOKED_AT:
            return False
    return False


def _is_lines(name: str) -> bool:
    return name.lower().endswith(LINES)


def of_path(path: Path) -> tuple[FhirFile, tuple[tuple[str, bytes], ...]]:
    """What a folder or a ZIP holds, and the files that were read. Raises InvalidInput by name,
    StorageUnavailable.
    """
    try:
        if path.is_dir():
            return _read(path.name, members.of_folder(path))
        if path.stat().st_size > fhir_in.MOST_BYTES:
            raise _too_much(path.name)
        return _read(path.name, members.rooted(members.of_zip(path.name, path.read_bytes())))
    except OSError as error:
        raise _unreadable(path.name, error) from error


def of_files(paths: Sequence[Path]) -> tuple[FhirFile, tuple[tuple[str, bytes], ...]]:
    """The same of files that were chosen together. Raises as `of_path` does."""
    by_name: dict[str, Path] = {}
    for path in paths:
        if path.name in by_name:
            raise InvalidInput({path.name: _("two of the files have this name")})
        by_name[path.name] = path
    try:
        sizes = {name: path.stat().st_size for name, path in by_name.items()}
        return _read("", Members(sizes, lambda name: by_name[name].read_bytes()))
    except OSError as error:
        raise _unreadable(", ".join(by_name)[:200], error) from error


def _unreadable(name: str, error: OSError) -> StorageUnavailable:
    said = _("{name} cannot be read: {why}.")
    return StorageUnavailable(said.format(name=name, why=error.strerror or type(error).__name__))


def _read(name: str, held: Members) -> tuple[FhirFile, tuple[tuple[str, bytes], ...]]:
    wanted = sorted(one for one in held.sizes if _is_lines(one))
    if not wanted:
        raise InvalidInput({name: _("there is no file of FHIR lines (.ndjson) in it")})
    if sum(held.sizes[one] for one in wanted) > fhir_in.MOST_BYTES:
        raise _too_much(name or wanted[0])
    parts = tuple((one, held.load(one)) for one in wanted)
    said = _("not taken: of a folder or ZIP of FHIR only .ndjson files are read")
    others = [Problem(one[:200], "", said) for one in sorted(held.sizes.keys() - set(wanted))]
    found = fhir_in.read_parts(parts, others)
    meant = any(one.place.startswith("Patient") for one in found.problems)
    if not found.resources.get("Patient") and not meant:
        said = _("none of its files has a Patient: nobody is known whom the rest is about")
        raise InvalidInput({name or wanted[0]: said})
    return found, parts


def _too_much(name: str) -> InvalidInput:
    said = _("at most {most} MB are read").format(most=fhir_in.MOST_BYTES // 1024**2)
    return InvalidInput({name: said})

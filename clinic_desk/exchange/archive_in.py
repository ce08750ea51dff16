"""An archive as it is read: folder, ZIP or sealed file, every member held to its manifest.

Nothing is unpacked onto the disk. A member is named by the manifest, lies inside the archive, is
no link, and has the length and the SHA-256 that the manifest says; anything else is refused.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from clinic_desk.errors import InvalidInput, StorageUnavailable
from clinic_desk.exchange import aes_zip, members, sealed
from clinic_desk.exchange.archive_json import parsed
from clinic_desk.exchange.archive_out import FORMAT, MANIFEST
from clinic_desk.exchange.members import MOST_BYTES, Members
from clinic_desk.i18n import _

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose manifest was read; each member is checked when it is read."""

    name: str
    sha256: str  # of the manifest: the archive is the same when it is the same
    about: Mapping[str, object]
    files: Mapping[str, tuple[int, str]]  # bytes and SHA-256 by path
    load: Callable[[str], bytes]

    def read(self, path: str) -> bytes:
        """A member. Raises InvalidInput when it is not what the manifest says."""
        if path not in self.files:
            raise InvalidInput({path[:200]: _("this file is not in the archive's manifest")})
        size, digest = self.files[path]
        data = self.load(path)
        if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
            raise InvalidInput({path[:200]: _("this file is not as the manifest says: damaged")})
        return data


def is_sealed(path: Path) -> bool:
    """Whether it asks for a passphrase."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(sealed.MAGIC)) == sealed.MAGIC or aes_zip.is_one(file)


def open_archive(path: Path, passphrase: str = "") -> Archive:
    """Open an archive. Raises InvalidInput by member, AccessDenied, StorageUnavailable."""
    try:
        if path.is_dir():
            return _with_manifest(path.name, members.of_folder(path))
        if path.stat().st_size > MOST_BYTES:
            raise InvalidInput({path.name: _("an archive of more than 4 GB is not read")})
        data = path.read_bytes()
    except OSError as error:
        said = _("{name} cannot be read: {why}.")
        why = error.strerror or type(error).__name__
        raise StorageUnavailable(said.format(name=path.name, why=why)) from error
    if data.startswith(sealed.MAGIC):
        data = sealed.opened(data, passphrase)
    elif aes_zip.is_one(BytesIO(data)):
        data = aes_zip.opened(data, passphrase, MOST_BYTES)
    return _with_manifest(path.name, members.rooted(members.of_zip(path.name, data), MANIFEST))


def _with_manifest(name: str, held: Members) -> Archive:
    names, load = held.names, held.load
    if MANIFEST not in names:
        raise InvalidInput({name: _("it has no manifest.json: this is no archive")})
    data = load(MANIFEST)
    said = parsed(data, MANIFEST)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise InvalidInput({MANIFEST: _("this is no archive of Clinic Desk")})
    if said.get("version") != 1:
        raise InvalidInput({MANIFEST: _("an archive of a newer program is not read here")})
    listed = said.get("files")
    files: dict[str, tuple[int, str]] = {}
    for one in listed if isinstance(listed, list) else ():
        path, size, digest = (
            (one.get("path"), one.get("bytes"), one.get("sha256"))
            if isinstance(one, dict)
            else (None, None, None)
        )
        right = isinstance(path, str) and isinstance(size, int) and isinstance(digest, str)
        if not right or _HASH.fullmatch(str(digest)) is None:
            raise InvalidInput({MANIFEST: _("a line of its list of files is not right")})
        members.refuse_path(str(path))
        files[str(path)] = (int(str(size)), str(digest))
    wrong = {one[:200]: _("this file is missing") for one in files.keys() - set(names)}
    extra = set(names) - files.keys() - {MANIFEST}
    wrong |= {one[:200]: _("this file is not in the manifest") for one in extra}
    if wrong:
        raise InvalidInput(dict(sorted(wrong.items())[:50]))
    return Archive(name, hashlib.sha256(data).hexdigest(), said, files, load)

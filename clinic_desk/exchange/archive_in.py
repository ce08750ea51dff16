"""An archive as it is read: folder, ZIP or sealed file, every member held to its manifest.

Nothing is unpacked onto the disk. A member is named by the manifest, lies inside the archive, is
no link, and has the length and the SHA-256 that the manifest says; anything else is refused.
"""

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path, PurePosixPath

from clinic_desk.errors import InvalidInput, StorageUnavailable
from clinic_desk.exchange import aes_zip, sealed
from clinic_desk.exchange.archive_json import parsed
from clinic_desk.exchange.archive_out import FORMAT, MANIFEST
from clinic_desk.i18n import _

MOST_BYTES = 4 * 1024**3
_MOST_FILES = 200_000
_MOST_IN_A_FILE = 1024**3
_MOST_RATIO = 100  # unpacked bytes for one packed
_SMALL = 1024**2  # below it a ratio says nothing
# encrypted members and unknown ways of packing are RuntimeError and NotImplementedError
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
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
            return _of_folder(path)
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
    return _of_zip(path.name, data)


def _of_folder(folder: Path) -> Archive:
    root = folder.resolve()
    names = []
    for place in sorted(root.rglob("*")):
        name = place.relative_to(root).as_posix()
        if place.is_symlink():
            raise InvalidInput({name: _("a link is not read")})
        if place.is_file():
            names.append(name)
        elif not place.is_dir():
            raise InvalidInput({name: _("this is no plain file")})
        if len(names) > _MOST_FILES:
            raise InvalidInput({folder.name: _("too many files for an archive")})

    def load(name: str) -> bytes:
        place = root / name
        if place.stat().st_size > _MOST_IN_A_FILE:
            raise InvalidInput({name: _("this file is too large")})
        return place.read_bytes()

    return _with_manifest(folder.name, names, load)


def _of_zip(name: str, data: bytes) -> Archive:
    try:
        zipped = zipfile.ZipFile(BytesIO(data))
        infos = zipped.infolist()
    except _BROKEN:
        raise InvalidInput({name: _("this is no ZIP file, or it is damaged")}) from None
    by_name: dict[str, zipfile.ZipInfo] = {}
    total, reach = 0, []
    if len(infos) > _MOST_FILES:
        raise InvalidInput({name: _("too many files for an archive")})
    if any(info.filename == "[Content_Types].xml" for info in infos):
        raise InvalidInput({name: _("this is a workbook or another office file; save it as CSV")})
    for info in infos:
        if info.is_dir():
            continue
        member = info.filename
        _refuse_path(member)
        if member in by_name:
            raise InvalidInput({member: _("this name stands in the archive twice")})
        if stat.S_ISLNK(info.external_attr >> 16):
            raise InvalidInput({member: _("a link is not read")})
        total += info.file_size
        packed = max(info.compress_size, 1)
        if info.file_size > _MOST_IN_A_FILE or total > MOST_BYTES:
            raise InvalidInput({member: _("unpacked, this is too large")})
        if info.file_size > _SMALL and info.file_size / packed > _MOST_RATIO:
            raise InvalidInput({member: _("this is packed too tightly to be a record")})
        reach.append((info.header_offset, info.header_offset + info.compress_size))
        by_name[member] = info
    reach.sort()
    if any(end > begin for (_b, end), (begin, _e) in pairwise(reach)):
        raise InvalidInput({name: _("files in it lie over each other")})

    def load(member: str) -> bytes:
        info = by_name[member]
        try:
            with zipped.open(info) as stream:
                content = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            EOFError,
            NotImplementedError,
            OSError,
        ):
            raise InvalidInput({member: _("this file is damaged")}) from None
        return content

    names = list(by_name)
    # a ZIP of the folder has the folder's name before every member
    inside = {PurePosixPath(one).parts[0] for one in names}
    if MANIFEST not in by_name and len(inside) == 1:
        (root,) = inside
        shorter = [one.removeprefix(f"{root}/") for one in names]
        return _with_manifest(name, shorter, lambda member: load(f"{root}/{member}"))
    return _with_manifest(name, names, load)


def _refuse_path(member: str) -> None:
    path = PurePosixPath(member)
    wrong = path.is_absolute() or ".." in path.parts or "\\" in member or ":" in member
    if wrong or not member.strip() or "\0" in member:
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in member)[:200]
        raise InvalidInput({shown: _("this name leads out of the archive")})


def _with_manifest(name: str, names: list[str], load: Callable[[str], bytes]) -> Archive:
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
        _refuse_path(str(path))
        files[str(path)] = (int(str(size)), str(digest))
    wrong = {one[:200]: _("this file is missing") for one in files.keys() - set(names)}
    extra = set(names) - files.keys() - {MANIFEST}
    wrong |= {one[:200]: _("this file is not in the manifest") for one in extra}
    if wrong:
        raise InvalidInput(dict(sorted(wrong.items())[:50]))
    return Archive(name, hashlib.sha256(data).hexdigest(), said, files, load)

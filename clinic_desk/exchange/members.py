"""The files in a folder or in a ZIP, named before any of them is read.

Nothing is unpacked onto the disk. A name that leads out, a link, a file that unpacks to far too
much, or one that lies over another is refused.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path, PurePosixPath

from clinic_desk.errors import InvalidInput
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


@dataclass(frozen=True, slots=True)
class Members:
    """The bytes of each file by its name; `load` raises InvalidInput where one is damaged."""

    sizes: Mapping[str, int]
    load: Callable[[str], bytes]

    @property
    def names(self) -> list[str]:
        return list(self.sizes)


def of_folder(folder: Path) -> Members:
    """Every file below a folder. Raises InvalidInput by name."""
    root = folder.resolve()
    sizes = {}
    for place in sorted(root.rglob("*")):
        name = place.relative_to(root).as_posix()
        if place.is_symlink():
            raise InvalidInput({name: _("a link is not read")})
        if place.is_file():
            sizes[name] = place.stat().st_size
        elif not place.is_dir():
            raise InvalidInput({name: _("this is no plain file")})
        if len(sizes) > _MOST_FILES:
            raise InvalidInput({folder.name: _("too many files for an archive")})

    def load(name: str) -> bytes:
        place = root / name
        if place.stat().st_size > _MOST_IN_A_FILE:
            raise InvalidInput({name: _("this file is too large")})
        return place.read_bytes()

    return Members(sizes, load)


def of_zip(name: str, data: bytes) -> Members:
    """Every file of a ZIP. Raises InvalidInput by name."""
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
        refuse_path(member)
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
        except _BROKEN:
            raise InvalidInput({member: _("this file is damaged")}) from None
        return content

    return Members({one: info.file_size for one, info in by_name.items()}, load)


def rooted(held: Members, mark: str = "") -> Members:
    """Without the folder's name that stands before every file of a ZIP of a folder, unless the file
    `mark` stands outside it.
    """
    inside = {PurePosixPath(one).parts[0] for one in held.sizes}
    if mark in held.sizes or len(inside) != 1 or inside & held.sizes.keys():
        return held
    (root,) = inside
    sizes = {one.removeprefix(f"{root}/"): size for one, size in held.sizes.items()}
    return Members(sizes, lambda member: held.load(f"{root}/{member}"))


def refuse_path(member: str) -> None:
    """Raises InvalidInput for a name that leads out of what it stands in."""
    path = PurePosixPath(member)
    wrong = path.is_absolute() or ".." in path.parts or "\\" in member or ":" in member
    if wrong or not member.strip() or "\0" in member:
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in member)[:200]
        raise InvalidInput({shown: _("this name leads out of the archive")})

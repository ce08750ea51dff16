"""A file on its way in: read once to know what it is, its size and its fingerprint.

Only its bytes are looked at; nothing is opened by another program, and nothing is written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.usecases import file_kinds, words

LIMIT = 200_000_000
"""Bytes that a file may have (working value): a long scan passes, and a backup stays small."""
PIECE = 256 * 1024
Going = Callable[[int, int], bool]
"""Told how many bytes of how many are done; False stops."""


class Stopped(ClinicError):
    """The person stopped it; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file on the disk, read once."""

    path: Path
    name: str
    size: int
    sha256: str
    media: str


def examine(path: Path, going: Going | None = None) -> Examined:
    """Read a file for its fingerprint. Needs no store: runs in the papers lane.

    Raises InvalidInput, field `file`, for what is none, empty, too large or cannot be read;
    Stopped.
    """
    name = file_kinds.safe_name(path.name)
    size = _size(path, name)
    digest, head, done = sha256(), b"", 0
    for piece in read(path, name):
        if not done:
            head = piece[: file_kinds.HEAD]
        done += len(piece)
        if done > LIMIT:
            raise _too_large(name, done)  # it grew while it was read
        digest.update(piece)
        go_on(going, done, size)
    if not done:
        raise _empty(name)
    return Examined(path, name, done, digest.hexdigest(), file_kinds.sniff(head, name))


def said_size(size: int) -> str:
    """A size as a person says it: "340 kB"."""
    if size < 1000:
        return words.counted(size, "byte", "bytes")
    unit, factor = next(
        (one for one in (("kB", 1_000), ("MB", 1_000_000)) if size < 1000 * one[1]),
        ("GB", 1_000_000_000),
    )
    return f"{size / factor:.{0 if size >= 10 * factor else 1}f} {unit}"


def _size(path: Path, name: str) -> int:
    try:
        about = path.stat()
    except OSError as error:
        raise _unreadable(name, error) from error
    if not S_ISREG(about.st_mode):
        said = _("{name} is a folder or a device, not a file. Nothing was added.")
        raise InvalidInput({"file": said.format(name=name)})
    if about.st_size > LIMIT:
        raise _too_large(name, about.st_size)
    if not about.st_size:
        raise _empty(name)
    return about.st_size


def read(path: Path, name: str) -> Iterator[bytes]:
    """A file piece by piece. Raises InvalidInput."""
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise _unreadable(name, error) from error


def go_on(going: Going | None, done: int, size: int) -> None:
    """Say how far it is. Raises Stopped where the person wants no more."""
    if going is not None and not going(done, size):
        raise Stopped(_("Stopped. Nothing was kept."))


def _empty(name: str) -> InvalidInput:
    said = _("{name} is empty (0 bytes). Nothing was added; look whether it was saved whole.")
    return InvalidInput({"file": said.format(name=name)})


def _too_large(name: str, size: int) -> InvalidInput:
    said = _(
        "{name} has {size}; a file may have {most}. Nothing was added. Keep it where it is, and "
        "note in the record where that is."
    )
    return InvalidInput(
        {"file": said.format(name=name, size=said_size(size), most=said_size(LIMIT))}
    )


def _unreadable(name: str, error: OSError) -> InvalidInput:
    said = _("{name} could not be read: {why}. Nothing was added.")
    why = error.strerror or type(error).__name__
    return InvalidInput({"file": said.format(name=name, why=why)})

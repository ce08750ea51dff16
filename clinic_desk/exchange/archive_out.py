"""An archive as it is written: a folder, or a ZIP that is sealed, with a manifest of every file.

A folder gets its name last, so that what bears the name is whole.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from clinic_desk.errors import StorageUnavailable
from clinic_desk.exchange import aes_zip
from clinic_desk.i18n import _

MANIFEST = "manifest.json"
FORMAT = "clinic-desk-archive"
SUFFIX = ".zip"  # of an encrypted archive
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # one time for every member: the bytes say nothing of the clock

Files = Iterable[tuple[str, bytes]]


def _manifest(about: Mapping[str, object], listed: list[dict[str, object]]) -> bytes:
    plain = {"format": FORMAT, "version": 1, **about, "files": listed}
    return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


def _kept(files: Files, about: Mapping[str, object], keep: Callable[[str, bytes], None]) -> int:
    listed: list[dict[str, object]] = []
    for path, data in files:
        keep(path, data)
        listed.append(
            {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        )
    keep(MANIFEST, _manifest(about, listed))
    return len(listed)


def write_folder(target: Path, files: Files, about: Mapping[str, object]) -> int:
    """Write a folder that must not be there yet; returns how many files it holds."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(dir=target.parent, prefix=".", suffix=".partial"))
    except OSError as error:
        raise _unwritten(target, error) from error
    try:

        def keep(path: str, data: bytes) -> None:
            place = partial / path
            place.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(place, data)

        count = _kept(files, about, keep)
        if target.exists():
            raise FileExistsError(17, _("it is there already"))
        partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise _unwritten(target, error) from error
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return count


def _write_synced(place: Path, data: bytes) -> None:
    with place.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_sealed(target: Path, files: Files, about: Mapping[str, object], passphrase: str) -> int:
    """Write one encrypted file; nothing of it stands on the disk in the clear meanwhile."""
    aes_zip.refuse_weak(passphrase)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise FileExistsError(17, _("it is there already"))
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".partial")
    except OSError as error:
        raise _unwritten(target, error) from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:

            def fill(zipped: zipfile.ZipFile) -> int:
                def keep(path: str, data: bytes) -> None:
                    zipped.writestr(zipfile.ZipInfo(path, _EARLIEST), data, zipfile.ZIP_DEFLATED)

                return _kept(files, about, keep)

            count = aes_zip.write(out, passphrase, fill)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise _unwritten(target, error) from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return count


def _unwritten(target: Path, error: OSError) -> StorageUnavailable:
    said = _("{name} could not be written: {why}.")
    why = error.strerror or type(error).__name__
    return StorageUnavailable(said.format(name=target.name, why=why))


_BEGINNINGS = ((b"%PDF", ".pdf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".png"))
_MEDIA = {
    "text/plain": ".txt",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/webp": ".webp",
    "application/dicom": ".dcm",
}


def suffix(data: bytes, media: str = "") -> str:
    """The ending by which anybody's computer knows how to open a file."""
    by_bytes = next((ending for begin, ending in _BEGINNINGS if data.startswith(begin)), "")
    return by_bytes or _MEDIA.get(media, ".bin")

"""A PDF as a file, whole or not at all, and the name it is saved under."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from clinic_desk.errors import DocumentFailed
from clinic_desk.i18n import _

_LONGEST = 80  # characters of a name; every file system takes that


def write(pdf: bytes, target: Path) -> None:
    """Write a PDF; an old file stays until the new one is whole. Raises DocumentFailed."""
    with writing(target) as file:
        file.write(pdf)


@contextmanager
def writing(target: Path) -> Iterator[BinaryIO]:
    """A file to write into that gets its name only when all went well. Raises DocumentFailed."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".partial")
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        said = _("{name} could not be saved: {why}.")
        why = error.strerror or type(error).__name__
        raise DocumentFailed(said.format(name=target.name, why=why)) from error


def name_for(*parts: str) -> str:
    """A file name that says what it is and that every system takes: "H-2026-014 Example.pdf"."""
    words = " ".join(part for part in parts if part)
    clean = re.sub(r"\s+", " ", re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", words)).strip(" .")
    return f"{clean[:_LONGEST].strip(' .') or 'document'}.pdf"

"""A PDF as a file, whole or not at all, and the name it is saved under."""

import os
import re
import tempfile
from pathlib import Path

from clinic_desk.errors import DocumentFailed
from clinic_desk.i18n import _

_LONGEST = 80  # characters of a name; every file system takes that


def write(pdf: bytes, target: Path) -> None:
    """Write a PDF; an old file stays until the new one is whole. Raises DocumentFailed."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".partial")
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except OSError:
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

"""The demo clinic: plausible, clearly invented patients with histories, made in a folder of
its own. It never touches the person's data."""

from datetime import datetime
from pathlib import Path

from clinic_desk.library import Library
from clinic_desk.usecases.desk import Desk

PASSPHRASE = "demo clinic"  # noqa: S105 (invented data, meant to be known)


def make(folder: Path, library: Library, now: datetime | None = None) -> Desk:
    """Fill a new store in `folder` with the demo clinic and return its desk."""
    raise NotImplementedError

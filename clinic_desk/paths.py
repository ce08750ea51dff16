"""Where things are: what ships with the program, and what belongs to the person.

Nothing else in the project knows a folder. Only the standard library is imported at the
top, because the first window waits for this module.
"""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
DATABASE = "clinic.db"
KEYS = "clinic.keys"


def _shipped(name: str) -> Path:
    """A folder that ships inside the wheel, or stands at the top of a checkout."""
    inside = _PACKAGE / name
    if inside.is_dir():
        return inside
    return _CHECKOUT / name


def resources() -> Path:
    """The folder of protocols, exercises, programs, letters, fonts and icons."""
    return _shipped("resources")


def migrations() -> Path:
    """The folder of the Alembic environment."""
    return _shipped("db")


def default_data_folder() -> Path:
    """The person's own data folder; CLINIC_DESK_DATA overrides the system's place for it."""
    given = os.environ.get("CLINIC_DESK_DATA")
    if given:
        return Path(given)
    from platformdirs import user_data_path  # heavy enough to wait until a window needs it

    return user_data_path("Clinic Desk", appauthor=False)


def holds_practice(folder: Path) -> bool:
    """Whether both files of a practice are in the folder; the first window asks this."""
    return (folder / DATABASE).is_file() and (folder / KEYS).is_file()


def found(folder: Path) -> tuple[bool, bool]:
    """Whether the data file and the key file are there."""
    return (folder / DATABASE).exists(), (folder / KEYS).exists()


def half_made(folder: Path) -> bool:
    """Whether a set-up ended before the data file got its name; it held nothing yet."""
    return (folder / f"{DATABASE}.new").exists()

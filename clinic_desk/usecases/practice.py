"""The practice: first set-up, unlocking, letterhead, clinician, settings."""

from dataclasses import dataclass
from pathlib import Path

from clinic_desk.library import Library
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class PracticeDetails:
    name: str
    subtitle: str = ""
    address: str = ""  # lines
    phone: str = ""
    email: str = ""
    paper: str = "a4"
    emergency_number: str = "112"


@dataclass(frozen=True, slots=True)
class ClinicianDetails:
    name: str
    profession: str = "physiotherapist"
    registration: str = ""


@dataclass(frozen=True, slots=True)
class PracticeView:
    version: int
    practice: PracticeDetails
    clinician: ClinicianDetails


def is_set_up(folder: Path) -> bool:
    """Whether this data folder already holds a practice (both files are there)."""
    raise NotImplementedError


def set_up(
    folder: Path,
    library: Library,
    practice: PracticeDetails,
    clinician: ClinicianDetails,
    passphrase: str,
) -> tuple[Desk, str]:
    """Make the encrypted store; returns the open desk and the recovery code.

    Raises InvalidInput (empty names, a passphrase under 8 characters), StorageUnavailable.
    """
    raise NotImplementedError


def unlock(folder: Path, library: Library, passphrase: str) -> Desk:
    """Open with the passphrase. AccessDenied: it is wrong. StorageDamaged: a file is damaged."""
    raise NotImplementedError


def unlock_with_recovery(folder: Path, library: Library, code: str, new_passphrase: str) -> Desk:
    """Open with the recovery code and set a new passphrase."""
    raise NotImplementedError


def recovery_sheet(desk: Desk, code: str, folder: Path) -> bytes:
    """The recovery sheet as a PDF, to print and lock away; kept nowhere."""
    raise NotImplementedError


def change_passphrase(desk: Desk, folder: Path, old: str, new: str) -> None:
    """Wrap the data key anew. Raises AccessDenied, InvalidInput."""
    raise NotImplementedError


def view(desk: Desk) -> PracticeView:
    """Practice and clinician."""
    raise NotImplementedError


def correct(
    desk: Desk, version: int, practice: PracticeDetails, clinician: ClinicianDetails
) -> int:
    """Save changed letterhead and clinician; returns the new version."""
    raise NotImplementedError

"""The errors that a person is told about.

Each carries a message (what happened, what is safe) and a hint (what to do). Anything
that is not a ClinicError is a bug and ends in the crash sheet, with the draft safe.
"""

from collections.abc import Mapping


class ClinicError(Exception):
    """Something a person can understand and act on."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidInput(ClinicError):
    """Given values cannot be taken; `fields` maps each field's name to what is wrong with it."""

    def __init__(self, fields: Mapping[str, str], hint: str = "") -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in fields.items()), hint)
        self.fields = dict(fields)


class NotFound(ClinicError):
    """What was asked for is not in the record."""


class EditConflict(ClinicError):
    """Somebody else changed the same thing first; nothing was overwritten."""


class Locked(ClinicError):
    """The act waits for something else: a signed record, an open red flag, a running copy."""


class AccessDenied(ClinicError):
    """The passphrase is wrong, or this person may not do that."""


class StorageDamaged(ClinicError):
    """The data file or its key file cannot be trusted; nothing was written."""


class StorageUnavailable(ClinicError):
    """The data cannot be reached now: disk full, read-only folder, server away."""


class DocumentFailed(ClinicError):
    """A page could not be made; nothing was issued."""


class LibraryInvalid(ClinicError):
    """A file in resources/ breaks its format; the message names file, key and reason."""

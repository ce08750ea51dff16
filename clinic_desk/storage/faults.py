"""The one place where the drivers' errors become errors that a person understands."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from clinic_desk.errors import (
    ClinicError,
    EditConflict,
    Locked,
    StorageDamaged,
    StorageUnavailable,
)

REFUSED = "clinic-desk:"  # what our triggers' messages begin with


def damaged() -> StorageDamaged:
    return StorageDamaged(
        "The data file clinic.db is damaged, or belongs to another clinic.keys.",
        "Put back both files together from a backup. Nothing was written.",
    )


def _from_sqlite(error: BaseException) -> ClinicError | None:
    code = getattr(error, "sqlite_errorcode", None)
    match code & 0xFF if isinstance(code, int) else None:
        case 11 | 26:
            return damaged()
        case 13:
            return StorageUnavailable(
                "The disk is full; this was not saved.", "Free some space and try again."
            )
        case 8:
            return StorageUnavailable(
                "The data folder is read-only; this was not saved.", "Check its permissions."
            )
        case 5 | 6:
            return StorageUnavailable(
                "The data file is in use by another program; this was not saved.", "Try again."
            )
        case 10 | 14:
            return StorageUnavailable(
                "The data file cannot be reached now; this was not saved.",
                "Check the disk and the data folder.",
            )
    return None


def _from_postgresql(state: str) -> ClinicError | None:
    if state in ("40001", "40P01"):
        return EditConflict(
            "Somebody else changed this at the same moment; nothing was overwritten.",
            "Look again and repeat the change.",
        )
    if state in ("XX001", "XX002"):
        return damaged()
    if state[:2] in ("08", "53", "57", "58", "28", "3D"):
        return StorageUnavailable(
            "The database server cannot be reached now; this was not saved.",
            "Check the network and the server, then try again.",
        )
    return None


def _constraint(error: BaseException) -> str:
    """The rule that was broken, never the values that broke it."""
    diagnosis = getattr(error, "diag", None)
    if diagnosis is not None:
        names = (diagnosis.constraint_name, diagnosis.column_name, diagnosis.table_name)
        return next((name for name in names if name), f"state {diagnosis.sqlstate}")
    return str(error)  # SQLite names tables and columns only


def _translate(error: DBAPIError) -> Exception:
    cause = error.orig
    if cause is None:
        return error
    text = str(cause)
    if REFUSED in text:
        said = text.split(REFUSED, 1)[1].splitlines()[0].strip()
        return Locked(said, "Add an addendum or a new version instead.")
    state = getattr(cause, "sqlstate", None)
    if isinstance(cause, sqlcipher.Error):
        known = _from_sqlite(cause)
    elif state is None and isinstance(error, OperationalError | InterfaceError):
        known = _from_postgresql("08006")  # the connection broke before the server could answer
    else:
        known = _from_postgresql(state or "")
    if known is not None and not isinstance(error, IntegrityError):
        return known
    if isinstance(error, IntegrityError) and (state == "23505" or "UNIQUE" in text):
        return EditConflict(
            "The same was saved a moment ago; nothing was overwritten.", "Look again."
        )
    # A bug. The driver's own text may quote the row, so only the rule's name is passed on.
    return RuntimeError(f"the database refused a statement: {_constraint(cause)}")


@contextmanager
def translated() -> Iterator[None]:
    """Raise ClinicError for what the drivers and the ORM raise inside."""
    try:
        yield
    except StaleDataError:
        raise EditConflict(
            "Somebody else changed this first; nothing was overwritten.",
            "Look at the newer text and repeat your change.",
        ) from None
    except DBAPIError as error:
        raise _translate(error) from None
    except sqlcipher.Error as error:
        raise _from_sqlite(error) or RuntimeError(f"the database failed: {error}") from None

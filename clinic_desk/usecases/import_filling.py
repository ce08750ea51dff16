"""What a file says about a person, as it would be typed; and what of it a known person lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange.records import PatientRecord
from clinic_desk.storage.folding import fold, phone_digits
from clinic_desk.storage.patient_file_queries import identifier_key
from clinic_desk.usecases.patient_details import CareContact, PatientDetails
from clinic_desk.usecases.patient_rows import LINE_OF

_EMPTY = ("", None, (), Sex.UNKNOWN)
# By what two lines of a list are held to be the same.
_SAME: Mapping[str, Callable[..., object]] = {
    "names": lambda one: (fold(one.family_name), fold(one.given_name), one.kind),
    "identifiers": lambda one: (fold(one.system), identifier_key(one.value)),
    "addresses": lambda one: fold(one.address),
    "phones": lambda one: phone_digits(one.number),
    "contacts": lambda one: (one.contact_id, one.role),
}
_GOES_WITH = {"phone_kind": "phone"}


def details_of(record: PatientRecord, gp: CareContact | None = None) -> PatientDetails:
    """What a record says, as it would be typed; what it leaves out keeps the usual value."""
    said: dict[str, object] = {}
    for name in PatientDetails.__slots__:
        value = getattr(record, name, None)
        if value in _EMPTY and value is not Sex.UNKNOWN:
            continue
        kind = LINE_OF.get(name)
        said[name] = tuple(kind(*line) for line in value) if kind and value else value
    if gp is not None:
        said["contacts"] = (gp,)
    return PatientDetails(**({"family_name": "", "given_name": ""} | said))  # type: ignore[arg-type]


def filled(
    before: PatientDetails, details: PatientDetails, record: PatientRecord
) -> tuple[PatientDetails, tuple[str, ...], tuple[str, ...]]:
    """The known person's details with their gaps filled; which fields, and which ones differ."""
    fills: dict[str, object] = {}
    differs = []
    for name in PatientDetails.__slots__:
        old, new = getattr(before, name), getattr(details, name)
        if name in _SAME:
            if more := _missing(name, before, new):
                fills[name] = (*old, *more)
            continue
        if getattr(record, name, None) in ("", None):
            continue
        if name in _GOES_WITH:
            if _GOES_WITH[name] in fills:
                fills[name] = new
            continue
        if old in _EMPTY and not _said_otherwise(before, name):
            if new not in _EMPTY:
                fills[name] = new
        elif old != new:
            differs.append(name)
    return replace(before, **fills), tuple(fills), tuple(differs)  # type: ignore[arg-type]


def _missing(name: str, before: PatientDetails, new: Sequence[object]) -> list[object]:
    """The lines of a list that the record does not have in any writing."""
    same = _SAME[name]
    seen = {same(one) for one in getattr(before, name)}
    if name == "phones":
        seen.add(phone_digits(before.phone))
    elif name == "addresses":
        seen.add(fold(before.address))
    elif name == "names":
        seen.add((fold(before.family_name), fold(before.given_name), "also"))
    found = []
    for one in new:
        if same(one) not in seen:
            seen.add(same(one))
            found.append(one)
    return found


def _said_otherwise(before: PatientDetails, name: str) -> bool:
    """Whether the record says in another field what this one leaves empty."""
    if name == "allergies":
        return before.no_allergies
    if name == "birth_part":
        return before.birth_date is not None
    return name == "birth_date" and bool(before.birth_part)

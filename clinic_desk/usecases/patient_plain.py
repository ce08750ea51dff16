"""A patient's details as plain values for JSON, and back: exactly the same both ways."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.usecases.patient_details import PatientDetails
from clinic_desk.usecases.patient_rows import LINE_OF

_DAYS = {"birth_date", "consent_on", "since", "until", "given_on", "withdrawn_on"}
_KEYS = {"contact_id"}


def to_plain(details: PatientDetails) -> dict[str, object]:
    """Text, truth values and lists of them."""
    return {field.name: _plain(getattr(details, field.name)) for field in fields(details)}


def from_plain(plain: Mapping[str, object]) -> PatientDetails:
    """The details again. Raises ValueError or TypeError for what `to_plain` did not write."""
    found: dict[str, object] = {}
    for name, value in plain.items():
        kind = LINE_OF.get(name)
        if kind is None:
            found[name] = _value(name, value)
            continue
        if not isinstance(value, list):
            raise TypeError(f"{name} is no list")
        found[name] = tuple(kind(**{k: _value(k, v) for k, v in line.items()}) for line in value)
    return PatientDetails(**found)  # type: ignore[arg-type]  # (names and values were checked)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [
            {field.name: _plain(getattr(line, field.name)) for field in fields(line)}
            for line in value
        ]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (UUID, Sex)) else value


def _value(name: str, value: object) -> object:
    if value is None or not isinstance(value, str):
        return value
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _KEYS:
        return UUID(value)
    return Sex(value) if name == "sex" else value

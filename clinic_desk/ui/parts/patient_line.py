"""How a patient stands in a list."""

from clinic_desk.i18n import _
from clinic_desk.usecases.patients import PatientRow


def family_first(family: str, given: str) -> str:
    """EXAMPLE, Alex."""
    return f"{family.upper()}, {given}".rstrip(", ")


def list_name(row: PatientRow) -> str:
    """EXAMPLE, Alex (Sandy)."""
    name = family_first(row.family_name, row.given_name)
    if row.preferred_name:
        name = f"{name} ({row.preferred_name})"
    return _("{name}, archived").format(name=name) if row.archived else name

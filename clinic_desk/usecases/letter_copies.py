"""Separate copies of a letter: who gets one and where they live."""

from collections.abc import Sequence

from clinic_desk.documents.content import Identity
from clinic_desk.storage.folding import fold
from clinic_desk.usecases import typed
from clinic_desk.usecases.contacts import ContactDetails


def addressed(
    names: Sequence[str], contacts: Sequence[ContactDetails], patient: Identity
) -> tuple[str, ...]:
    """Each name with its address in the lines below it, from the contacts or the patient's page.

    A name that nobody or more than one has stays as it was written: its copy goes without an
    address rather than to a wrong one.
    """
    book: dict[str, ContactDetails | None] = {}
    for one in contacts:
        key = fold(one.name)
        book[key] = None if key in book else one
    return tuple(_addressed(name.strip(), book, patient) for name in names if name.strip())


def _addressed(name: str, book: dict[str, ContactDetails | None], patient: Identity) -> str:
    if "\n" in name:
        return name
    plain = fold(name.split("(")[0])
    known = book.get(fold(name)) or book.get(plain)
    if known is not None:
        organisation = (known.organisation,) if known.organisation else ()
        return "\n".join((name, *organisation, *typed.lines(known.address)))
    if plain == fold(patient.name) and plain not in book and patient.address:
        return "\n".join((name, *patient.address.split(", ")))
    return name

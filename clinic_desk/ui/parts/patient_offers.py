"""What the patient form offers from the record: the address book, the languages of handouts."""

from dataclasses import dataclass

from clinic_desk.usecases import contacts, registrations
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Offers:
    contacts: tuple[tuple[str, str], ...]  # id, name
    languages: tuple[tuple[str, str], ...]  # code, name


def offers(desk: Desk) -> Offers:
    """Read them; runs on the lane of the records."""
    book = tuple((str(key), name) for key, name in contacts.named(desk))
    return Offers(book, registrations.languages(desk))

"""One contact, as the address book, a vCard and a line of CSV hold it alike."""

import re
from dataclasses import dataclass

ROLES = (
    "gp",
    "orthopaedics",
    "emergency",
    "radiology",
    "vascular",
    "rheumatology",
    "neurology",
    "oncology",
    "physiotherapist",
    "employer",
    "club",
    "insurer",
    "other",
)
WAYS = ("post", "email", "fax", "hand")  # how they want their letters
POSTAL, VISITING = "postal", "visiting"
ADDRESS_KINDS = (POSTAL, VISITING)


@dataclass(frozen=True, slots=True)
class Address:
    kind: str = POSTAL
    lines: str = ""  # street and what stands above it
    postcode: str = ""
    town: str = ""
    country: str = ""  # empty at home

    @property
    def filled(self) -> bool:
        return any((self.lines, self.postcode, self.town, self.country))

    @property
    def written(self) -> str:
        """As it stands on an envelope. A postcode with a letter in it follows the town."""
        pair = [self.postcode, self.town]
        if re.search("[A-Za-z]", self.postcode):
            pair.reverse()
        place = " ".join(part for part in pair if part)
        return "\n".join(part for part in (self.lines, place, self.country) if part)


@dataclass(frozen=True, slots=True)
class Phone:
    number: str  # as it is shown: formatted where it was understood, else as it was typed
    label: str = ""  # "work", "mobile"
    key: str = ""  # its digits, with the country's where it is known: by them it is compared


@dataclass(frozen=True, slots=True)
class Entry:
    name: str  # "Robin Sample", or whatever stands for a name
    title: str = ""  # "Dr"
    salutation: str = ""  # how a letter calls them: "Dr Sample"
    role: str = "gp"
    organisation: str = ""
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    fax: str = ""
    email: str = ""
    preferred: str = ""  # one of WAYS, or empty
    note: str = ""

    @property
    def written_name(self) -> str:
        """Dr Robin Sample."""
        return f"{self.title} {self.name}".strip()

    def address(self, kind: str) -> Address:
        """The first address of a kind; an empty one where there is none."""
        return next((one for one in self.addresses if one.kind == kind), Address(kind))

    @property
    def postal(self) -> str:
        """The address that letters go to: the postal one, else the one to visit."""
        return self.address(POSTAL).written or self.address(VISITING).written

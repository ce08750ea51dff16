"""What a person types about a patient: plain frozen values, with nothing that had to be guessed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.clinical.measures import Sex


@dataclass(frozen=True, slots=True)
class OtherName:
    """A former name, or one that the patient is also known by."""

    family_name: str
    given_name: str = ""
    kind: str = "former"  # former | also


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number given by somebody else: "Insurer", "H-2231", "from the card"."""

    system: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OtherAddress:
    address: str  # lines
    kind: str = "other"  # home | work | post | other
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OtherPhone:
    number: str  # as typed
    kind: str = "other"  # mobile | home | work | other


@dataclass(frozen=True, slots=True)
class Allergy:
    substance: str
    reaction: str = ""
    severity: str = ""  # mild | moderate | severe; "" not known


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to. Withdrawn from that day on."""

    what: str  # record | letters | reminders | photos | teaching | other words
    given_on: date
    how: str = ""  # written | spoken | electronic
    by_whom: str = ""  # a parent or guardian; "" the patient
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class CareContact:
    """Somebody of the address book who cares for the patient."""

    contact_id: UUID
    role: str = "gp"


@dataclass(frozen=True, slots=True)
class PatientDetails:
    """What a person types when registering; a birth date may be known in part or not at all.

    `allergies` and `consent_on` say in short what `allergy_list` and `consents` hold: whoever
    knows only the short form gives that, and it becomes the list.
    """

    family_name: str
    given_name: str
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    phone: str = ""
    email: str = ""
    address: str = ""  # lines
    allergies: str = ""
    alerts: str = ""
    medicines: str = ""
    occupation: str = ""
    sport: str = ""
    language: str = "en"
    consent_on: date | None = None
    preferred_name: str = ""
    birth_part: str = ""  # 1991 or 1991-06, where the day is not known
    gender: str = ""
    pronouns: str = ""
    phone_kind: str = ""
    interpreter: str = ""  # yes | no; "" not asked
    interpreter_language: str = ""
    emergency_name: str = ""
    emergency_relation: str = ""
    emergency_phone: str = ""
    funding: str = ""
    claim_number: str = ""
    dominant_hand: str = ""  # left | right | both; "" not asked
    dominant_leg: str = ""
    history: str = ""
    no_allergies: bool = False  # asked, and there are none
    names: tuple[OtherName, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[OtherAddress, ...] = ()
    phones: tuple[OtherPhone, ...] = ()
    allergy_list: tuple[Allergy, ...] = ()
    consents: tuple[Consent, ...] = ()
    contacts: tuple[CareContact, ...] = ()

"""People as FHIR R4: the patient, the practice's clinicians, and who else cares for them."""

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange.records import (
    BEYOND_FHIR,
    SYSTEM,
    ClinicianRecord,
    ContactRecord,
    PatientRecord,
)

_GENDER = {
    Sex.FEMALE: "female",
    Sex.MALE: "male",
    Sex.OTHER: "other",
    Sex.UNKNOWN: "unknown",
    None: "unknown",
}
_USES = ("home", "work", "mobile")

Plain = dict[str, object]


def filled(**values: object) -> Plain:
    """Only what says something: FHIR has no empty texts and no empty lists."""
    return {
        name.rstrip("_"): value for name, value in values.items() if value not in ("", None, [], {})
    }


def patient(key: str, one: PatientRecord, gp: str) -> Plain:
    """The patient; `gp` is the id of the practitioner who is their general practitioner."""
    language = [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": one.language}]}}]
    beyond: list[Plain] = [
        {"url": f"{SYSTEM}:patient-{name}", "valueString": said}
        for name in BEYOND_FHIR
        if (said := getattr(one, name))
    ]
    if one.consent_on:
        beyond.append(
            {"url": f"{SYSTEM}:patient-consent_on", "valueDate": one.consent_on.isoformat()}
        )
    own = [{"system": f"{SYSTEM}:patient", "value": one.number}] if one.number else []
    return {
        "resourceType": "Patient",
        "id": key,
        **filled(
            extension=beyond,
            identifier=[
                *own,
                *({"type": {"text": whose}, "value": value} for whose, value in one.identifiers),
            ],
            name=_names(one),
            telecom=[
                *_phones([(one.phone, one.phone_kind), *one.phones]),
                *([{"system": "email", "value": one.email}] if one.email else []),
            ],
            gender=_GENDER[one.sex],
            birthDate=one.birth_date.isoformat() if one.birth_date else one.birth_part,
            address=[
                _address(text, kind) for text, kind in ((one.address, ""), *one.addresses) if text
            ],
            contact=_emergency(one),
            communication=language if one.language else [],
            generalPractitioner=[{"reference": f"urn:uuid:{gp}"}] if gp else [],
        ),
    }


def _names(one: PatientRecord) -> list[Plain]:
    names = [_name("official", one.family_name, one.given_name)]
    if one.preferred_name:
        names.append(_name("nickname", "", one.preferred_name))
    for family, given, kind in one.names:
        names.append(_name("old" if kind == "former" else "anonymous", family, given))
    return names


def _name(use: str, family: str, given: str) -> Plain:
    return filled(use=use, family=family, given=[given] if given else [])


def _phones(numbers: list[tuple[str, str]]) -> list[Plain]:
    return [
        filled(system="phone", value=number, use=kind if kind in _USES else "", rank=rank)
        for rank, (number, kind) in enumerate((one for one in numbers if one[0]), 1)
    ]


def _address(text: str, kind: str) -> Plain:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return filled(use=kind if kind in _USES else "", text="\n".join(lines), line=lines)


def _emergency(one: PatientRecord) -> list[Plain]:
    said = filled(
        relationship=[{"text": one.emergency_relation}] if one.emergency_relation else [],
        name={"text": one.emergency_name} if one.emergency_name else {},
        telecom=_phones([(one.emergency_phone, "")]),
    )
    return [said] if said else []


def clinician(one: ClinicianRecord) -> Plain:
    """A clinician of the practice, marked as one, so that nobody takes them for a contact."""
    registration = {"system": f"{SYSTEM}:registration", "value": one.registration}
    return {
        "resourceType": "Practitioner",
        "id": one.id,
        **filled(
            identifier=[
                {"system": f"{SYSTEM}:clinician", "value": one.id},
                *([registration] if one.registration else []),
            ],
            name=[{"text": one.name}],
            qualification=[{"code": {"text": one.profession}}] if one.profession else [],
        ),
    }


def contact(one: ContactRecord) -> list[Plain]:
    """Somebody of the address book, with the part that they have."""
    practitioner: Plain = {
        "resourceType": "Practitioner",
        "id": one.id,
        **filled(
            name=[filled(text=one.name, prefix=[one.title] if one.title else [])],
            telecom=[
                *_phones(list(one.phones)),
                *([{"system": "email", "value": one.email}] if one.email else []),
            ],
            address=[
                filled(
                    line=[line for line in lines.splitlines() if line],
                    postalCode=postcode,
                    city=town,
                    country=country,
                )
                for lines, postcode, town, country in one.addresses
            ],
        ),
    }
    role: Plain = {
        "resourceType": "PractitionerRole",
        "id": f"{one.id}-r",
        "practitioner": {"reference": f"urn:uuid:{one.id}"},
        **filled(
            organization={"display": one.organisation} if one.organisation else {},
            code=[{"text": one.role}],
        ),
    }
    return [practitioner, role]

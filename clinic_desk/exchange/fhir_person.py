"""A FHIR Patient as the neutral record: what this record has a place for, and notes on the rest."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange import fhir_checks
from clinic_desk.exchange.fhir_words import (
    concept_text,
    dicts,
    lines_of_address,
    name_of,
    other_names,
    telecom,
)
from clinic_desk.exchange.records import BEYOND_FHIR, SYSTEM, PatientRecord
from clinic_desk.i18n import _

_GENDER = {"female": Sex.FEMALE, "male": Sex.MALE, "other": Sex.OTHER, "unknown": Sex.UNKNOWN}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PART = re.compile(r"\d{4}(-\d{2})?")
_KINDS = {"mobile": "mobile", "home": "home", "work": "work"}
_UNTAKEN = ("link", "photo", "maritalStatus", "managingOrganization", "contained")

Plain = Mapping[str, object]
Note = Callable[[str, str], None]  # the element, and why it was not taken


def patient(place: str, one: Plain, note: Note, gp: str) -> PatientRecord:
    """The person of a resource. `gp` is the name of the general practitioner, where known."""
    family, given, _rest = name_of(one)
    preferred, names = other_names(one)
    numbers = _numbers(one)
    phones, emails, rest = telecom(one)
    for name, values in (("email", emails[1:]), ("telecom", rest)):
        if values:
            note(name, _("not taken: {values}").format(values=", ".join(values)[:200]))
    addresses = [
        (text, _KINDS.get(str(each.get("use")), "other"))
        for each in dicts(one.get("address"))
        if each.get("use") != "old" and (text := lines_of_address(each))
    ]
    said = one.get("birthDate")
    born = said if isinstance(said, str) else ""
    if one.get("deceasedBoolean") is True or "deceasedDateTime" in one:
        note("deceased", _("the sender says that this person has died; the record does not say it"))
    if one.get("active") is False:
        note("active", _("the sender no longer uses this entry"))
    for name in _UNTAKEN:
        if name in one:
            note(name, _("this part of the patient is not taken"))
    spoken = sorted(dicts(one.get("communication")), key=lambda each: not each.get("preferred"))
    codes = fhir_checks.codes_of(spoken[0].get("language")) if spoken else []
    own, consent = _own(one, note)
    return PatientRecord(
        place=place,
        number=numbers[0][1] if numbers else "",
        family_name=family,
        given_name=given,
        preferred_name=preferred,
        names=tuple(names),
        identifiers=tuple(numbers[1:]),
        birth_date=date.fromisoformat(born) if _DAY.fullmatch(born) else None,
        birth_part=born if _PART.fullmatch(born) else "",
        sex=_GENDER.get(str(one.get("gender"))),
        phone=phones[0][0] if phones else "",
        phone_kind=_KINDS.get(phones[0][1], "") if phones else "",
        phones=tuple((number, _KINDS.get(use, "other")) for number, use in phones[1:]),
        email=emails[0] if emails else "",
        address=addresses[0][0] if addresses else "",
        addresses=tuple(addresses[1:]),
        language=codes[0][:20] if codes else "",
        gp=gp,
        consent_on=consent,
        **_emergency(one, note),
        **own,
    )


def _numbers(one: Plain) -> list[tuple[str, str]]:
    """Whose number it is, and the number: the sender's own first."""
    found = []
    for each in dicts(one.get("identifier")):
        value = each.get("value")
        if not isinstance(value, str) or not value.strip() or each.get("use") == "old":
            continue
        assigner = each.get("assigner")
        named = concept_text(each.get("type")) or (
            str(assigner.get("display") or "") if isinstance(assigner, Mapping) else ""
        )
        own = each.get("system") == f"{SYSTEM}:patient"
        found.append((not own, named or str(each.get("system") or _("Number")), value))
    return [(named[:200], value) for _rank, named, value in sorted(found, key=lambda each: each[0])]


def _emergency(one: Plain, note: Note) -> dict[str, str]:
    """The first contact of the patient; more than one has no place here."""
    contacts = dicts(one.get("contact"))
    if len(contacts) > 1:
        said = _("only the first of {count} contacts is taken")
        note("contact", said.format(count=len(contacts)))
    if not contacts:
        return {}
    first = contacts[0]
    family, given, _rest = name_of({"name": [first["name"]]}) if "name" in first else ("", "", [])
    phones, _emails, _other = telecom(first)
    relations = (concept_text(each) for each in dicts(first.get("relationship")))
    return {
        "emergency_name": f"{given} {family}".strip(),
        "emergency_relation": ", ".join(text for text in relations if text),
        "emergency_phone": phones[0][0] if phones else "",
    }


def _own(one: Plain, note: Note) -> tuple[dict[str, str], date | None]:
    """What this program's own bundles say beyond FHIR; other extensions are named."""
    found: dict[str, str] = {}
    consent = None
    for each in dicts(one.get("extension")):
        url, value = str(each.get("url")), each.get("valueString")
        name = url.removeprefix(f"{SYSTEM}:patient-")
        if name == "consent_on" and _DAY.fullmatch(str(each.get("valueDate"))):
            consent = date.fromisoformat(str(each["valueDate"]))
        elif name in BEYOND_FHIR and isinstance(value, str):
            found[name] = value
        else:
            note("extension", _("{url} is not understood").format(url=url[:120]))
    return found, consent

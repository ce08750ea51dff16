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
    over,
    telecom,
    texts,
)
from clinic_desk.exchange.records import BEYOND_FHIR, SYSTEM, PatientRecord
from clinic_desk.i18n import _

_GENDER = {"female": Sex.FEMALE, "male": Sex.MALE, "other": Sex.OTHER, "unknown": Sex.UNKNOWN}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PART = re.compile(r"\d{4}(-\d{2})?")
_KINDS = {"mobile": "mobile", "home": "home", "work": "work"}
_UNTAKEN = (
    "link",
    "photo",
    "maritalStatus",
    "managingOrganization",
    "contained",
    "multipleBirthBoolean",
    "multipleBirthInteger",
)
# The parts of its elements that are taken or only order; the others are named.
_PARTS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"use", "family", "given", "text", "period"}),
    "identifier": frozenset({"use", "system", "value", "type", "assigner", "period"}),
    "telecom": frozenset({"use", "system", "value", "rank", "period"}),
    "address": frozenset(
        {"use", "type", "text", "line", "city", "district", "state", "postalCode", "country"}
        | {"period"}
    ),
    "communication": frozenset({"language", "preferred"}),
    "contact": frozenset({"name", "relationship", "telecom", "period"}),
}

# Extensions of FHIR itself that this record has a field for.
_CORE = "http://hl7.org/fhir/StructureDefinition/"
_EXTENSIONS = {
    f"{_CORE}individual-genderIdentity": "gender",
    f"{_CORE}patient-genderIdentity": "gender",
    f"{_CORE}individual-pronouns": "pronouns",
    f"{_CORE}patient-interpreterRequired": "interpreter",
}

Plain = Mapping[str, object]
Note = Callable[[str, str], None]  # the element, and why it was not taken


def patient(place: str, one: Plain, note: Note, gp: str) -> PatientRecord:
    """The person of a resource. `gp` is the name of the general practitioner, where known."""
    family, given = name_of(one)
    if family and not given and not any(each.get("family") for each in dicts(one.get("name"))):
        note("name", _("the whole name stands in the family name; part it"))
    if given and not family:
        note("name", _("there is no family name; the given name stands in its place"))
        family, given = given, ""
    preferred, names = other_names(one)
    numbers = _numbers(one, note)
    reached = telecom(one)
    phones = reached.phones
    emails = [email for email in reached.emails if _EMAIL.fullmatch(email)]
    if wrong := [email for email in reached.emails if email not in emails]:
        note(
            "email", _("no e-mail address, so not taken: {values}").format(values=", ".join(wrong))
        )
    for name, values in (("email", emails[1:]), ("telecom", reached.faxes + reached.rest)):
        if values:
            note(name, _not_taken(values))
    if reached.old:
        note("telecom", _no_longer(reached.old))
    addresses = _addresses(one, note)
    said = one.get("birthDate")
    born = said if isinstance(said, str) else ""
    if one.get("active") is False:
        note("active", _("the sender no longer uses this entry"))
    _name_the_rest(one, note)
    own, consent = _own(one, note)
    if died := _died(one):
        own["alerts"] = "\n".join(part for part in (own.get("alerts"), died) if part)
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
        language=_language(one, note),
        gp=gp,
        consent_on=consent,
        **_emergency(one, note),
        **own,
    )


def _not_taken(values: list[str]) -> str:
    return _("not taken: {values}").format(values=", ".join(values)[:200])


def _no_longer(values: list[str]) -> str:
    said = _("no longer used, so not taken: {values}")
    return said.format(values=", ".join(values)[:200])


def _died(one: Plain) -> str:
    """A line for the alerts where the sender says that the person is dead."""
    when = one.get("deceasedDateTime")
    if isinstance(when, str):
        return _("Died on {day}, as the sender says").format(day=when[:10])
    return _("Has died, as the sender says") if one.get("deceasedBoolean") is True else ""


def _language(one: Plain, note: Note) -> str:
    """The language that they prefer, or the first; the others are named."""
    spoken = sorted(dicts(one.get("communication")), key=lambda each: not each.get("preferred"))
    found = [fhir_checks.codes_of(each.get("language")) for each in spoken]
    words = [concept_text(each.get("language")) for each in spoken[1:]]
    if said := [word for word in words if word]:
        note("communication", _not_taken(said))
    return found[0][0][:20] if found and found[0] else ""


def _addresses(one: Plain, note: Note) -> list[tuple[str, str]]:
    """The addresses and their kinds, those that are no longer used left out."""
    found, gone = [], []
    for each in dicts(one.get("address")):
        if not (text := lines_of_address(each)):
            continue
        if over(each):
            gone.append(text.replace("\n", ", "))
        else:
            found.append((text, _KINDS.get(str(each.get("use")), "other")))
    if gone:
        note("address", _no_longer(gone))
    return found


def _name_the_rest(one: Plain, note: Note) -> None:
    """Note every part of the resource that has no place in the record."""
    for name in one:
        if name in _UNTAKEN or name.startswith("_"):
            note(name, _("this part of the patient is not taken"))
    for name, taken in _PARTS.items():
        left: dict[str, list[str]] = {}
        for each in dicts(one.get(name)):
            for part, value in each.items():
                if part not in taken:
                    shown = texts(value) or ([value] if isinstance(value, str) else [])
                    left.setdefault(part, []).extend(shown)
        for part, values in left.items():
            said = _not_taken(values) if values else _("this part of the patient is not taken")
            note(f"{name}.{part}", said)


def _numbers(one: Plain, note: Note) -> list[tuple[str, str]]:
    """Whose number it is, and the number: the sender's own first."""
    found, gone = [], []
    for each in dicts(one.get("identifier")):
        value = each.get("value")
        if not isinstance(value, str) or not value.strip():
            continue
        if over(each):
            gone.append(value)
            continue
        assigner = each.get("assigner")
        named = concept_text(each.get("type")) or (
            str(assigner.get("display") or "") if isinstance(assigner, Mapping) else ""
        )
        own = each.get("system") == f"{SYSTEM}:patient"
        found.append((not own, named or str(each.get("system") or _("Number")), value))
    if gone:
        note("identifier", _no_longer(gone))
    return [(named[:200], value) for _rank, named, value in sorted(found, key=lambda each: each[0])]


def _emergency(one: Plain, note: Note) -> dict[str, str]:
    """The first contact of the patient; more than one has no place here."""
    contacts = sorted(dicts(one.get("contact")), key=over)
    if len(contacts) > 1:
        said = _("only the first of {count} contacts is taken")
        note("contact", said.format(count=len(contacts)))
    if not contacts:
        return {}
    first = contacts[0]
    family, given = name_of({"name": [first["name"]]}) if "name" in first else ("", "")
    reached = telecom(first)
    relations = (concept_text(each) for each in dicts(first.get("relationship")))
    phones = [number for number, _use in reached.phones]
    rest = [*phones[1:], *reached.emails, *reached.faxes, *reached.rest, *reached.old]
    if rest:
        note("contact.telecom", _not_taken(rest))
    return {
        "emergency_name": f"{given} {family}".strip(),
        "emergency_relation": ", ".join(text for text in relations if text),
        "emergency_phone": phones[0] if phones else "",
    }


def _said(extension: Plain) -> str:
    """The value of an extension in words: its own, or that of its part named "value"."""
    value = extension.get("valueBoolean")
    if isinstance(value, bool):
        return "yes" if value else "no"
    parts = [each for each in dicts(extension.get("extension")) if each.get("url") == "value"]
    return concept_text((parts or [extension])[0].get("valueCodeableConcept"))


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
        elif (named := _EXTENSIONS.get(url)) and named not in found and (text := _said(each)):
            found[named] = text
        else:
            note("extension", _("{url} is not understood").format(url=url[:120]))
    return found, consent

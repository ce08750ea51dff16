"""Which FHIR a file is written in: by what it says of itself, else by elements that only one has.

R4 (4.0.1) is read. The others are named, so that the sender knows what to change.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

_NAMES = (
    (re.compile(r"0\.|1\.0"), "DSTU2"),
    (re.compile(r"1\.[1-9]|3\."), "STU3"),
    (re.compile(r"4\.0"), "R4"),
    (re.compile(r"4\.[13]"), "R4B"),
    (re.compile(r"4\.[2456]|5\."), "R5"),
    (re.compile(r"6\."), "R6"),
)
_IN_TEXT = re.compile(r"fhirVersion[\"'=:\s/]+(\d+\.\d+(?:\.\d+)?)|\|(\d+\.\d+\.\d+)$")
R4 = "R4"
_EITHER = "DSTU2 or STU3"

Plain = Mapping[str, object]


def _text(key: str) -> Callable[[Plain], bool]:
    return lambda one: isinstance(one.get(key), str)


def _object(key: str) -> Callable[[Plain], bool]:
    return lambda one: isinstance(one.get(key), Mapping)


def _list(key: str) -> Callable[[Plain], bool]:
    return lambda one: isinstance(one.get(key), list)


def _family_list(one: Plain) -> bool:
    names = one.get("name")
    return isinstance(names, list) and any(
        isinstance(name, Mapping) and isinstance(name.get("family"), list) for name in names
    )


def _carries(key: str, inner: str) -> Callable[[Plain], bool]:
    """Whether an object, or the first of a list of them, has an element."""

    def check(one: Plain) -> bool:
        value = one.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        return isinstance(value, Mapping) and inner in value

    return check


# Elements that only that version has, by resource; R4 has none of them.
_ELEMENTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Patient", "DSTU2"): ("careProvider",),
    ("Patient", _EITHER): ("animal",),
    ("Practitioner", "DSTU2"): ("practitionerRole",),
    ("Practitioner", "R5"): ("deceasedBoolean", "deceasedDateTime"),
    ("PractitionerRole", "R5"): ("availability", "characteristic", "contact"),
    ("Organization", "R5"): ("description", "qualification"),
    ("Condition", "DSTU2"): ("patient", "dateRecorded", "notes"),
    ("Condition", "STU3"): ("context", "assertedDate"),
    ("Condition", "R5"): ("participant",),
    ("Encounter", "DSTU2"): ("patient", "indication"),
    ("Encounter", _EITHER): ("incomingReferral",),
    ("Encounter", "R5"): (
        "actualPeriod",
        "admission",
        "careTeam",
        "dietPreference",
        "plannedEndDate",
        "plannedStartDate",
        "specialArrangement",
        "specialCourtesy",
        "subjectStatus",
        "virtualService",
    ),
    ("Observation", "DSTU2"): ("comments",),
    ("Observation", "STU3"): ("context", "comment"),
    ("Observation", _EITHER): ("related",),
    ("Observation", "R5"): (
        "triggeredBy",
        "instantiatesCanonical",
        "instantiatesReference",
        "bodyStructure",
        "valueAttachment",
        "valueReference",
    ),
    ("MedicationStatement", "DSTU2"): ("patient", "wasNotTaken", "supportingInformation"),
    ("MedicationStatement", "STU3"): ("taken",),
    ("MedicationStatement", _EITHER): ("reasonNotTaken",),
    ("MedicationStatement", "R5"): (
        "medication",
        "adherence",
        "reason",
        "encounter",
        "relatedClinicalInformation",
        "renderedDosageInstruction",
    ),
    ("MedicationRequest", "STU3"): ("context", "definition"),
    ("MedicationRequest", "R5"): (
        "medication",
        "device",
        "effectiveDosePeriod",
        "informationSource",
        "reason",
        "renderedDosageInstruction",
        "reported",
        "statusChanged",
    ),
    ("Medication", _EITHER): ("isBrand", "package"),
    ("Medication", "DSTU2"): ("product",),
    ("Medication", "R5"): ("definition", "doseForm", "marketingAuthorizationHolder"),
    ("AllergyIntolerance", "DSTU2"): ("substance", "reporter", "lastOccurence"),
    ("AllergyIntolerance", "STU3"): ("assertedDate",),
    ("AllergyIntolerance", "R5"): ("participant",),
    ("DocumentReference", _EITHER): ("indexed", "class", "created"),
    ("DocumentReference", "R5"): (
        "attester",
        "basedOn",
        "bodySite",
        "event",
        "facilityType",
        "modality",
        "period",
        "practiceSetting",
        "version",
    ),
}
# Elements that every version has, but not alike.
_SIGNS: tuple[tuple[str, str, Callable[[Plain], bool]], ...] = (
    ("Patient", "DSTU2", _family_list),
    ("Practitioner", "DSTU2", _object("name")),
    ("Organization", "DSTU2", _object("type")),
    ("Condition", "STU3", _text("clinicalStatus")),
    ("Condition", "STU3", _text("verificationStatus")),
    ("Encounter", "DSTU2", _text("class")),
    (
        "Encounter",
        "STU3",
        lambda one: _list("reason")(one) and not _carries("reason", "value")(one),
    ),
    ("Encounter", "R5", _list("class")),
    ("Encounter", "R5", _carries("reason", "value")),
    ("Observation", "DSTU2", _object("category")),
    ("Observation", _EITHER, _object("interpretation")),
    ("MedicationRequest", "STU3", _carries("requester", "agent")),
    ("MedicationRequest", "STU3", _object("category")),
    ("AllergyIntolerance", "DSTU2", lambda one: _text("category")(one) and "substance" in one),
    ("AllergyIntolerance", "STU3", _text("clinicalStatus")),
    ("AllergyIntolerance", "STU3", _text("verificationStatus")),
    ("AllergyIntolerance", "R5", _object("type")),
    ("DocumentReference", "R5", _list("context")),
)
_ONLY = {
    "MedicationOrder": "DSTU2",
    "DiagnosticOrder": "DSTU2",
    "Conformance": "DSTU2",
    "ReferralRequest": "STU3",
    "ProcessRequest": "STU3",
    "ActorDefinition": "R5",
    "ArtifactAssessment": "R5",
    "BiologicallyDerivedProductDispense": "R5",
    "InventoryItem": "R5",
    "Transport": "R5",
}


def of(resources: Iterable[Plain]) -> tuple[str, str]:
    """The version's name and what it was known by; R4 where nothing speaks against it."""
    vague = ("", "")
    for one in resources:
        kind = str(one.get("resourceType", ""))
        if kind in _ONLY:
            return _ONLY[kind], kind
        told = _told(one)
        if told and told != R4:
            return told, f"{kind}.fhirVersion"
        for version in _seen_by(kind, one):
            known_by = (version, f"{kind}/{one.get('id', '')}".rstrip("/"))
            if version != _EITHER:
                return known_by
            vague = vague if vague[0] else known_by
    return vague if vague[0] else (R4, "")


def _seen_by(kind: str, one: Plain) -> Iterator[str]:
    for (of_kind, version), names in _ELEMENTS.items():
        if kind == of_kind and any(name in one for name in names):
            yield version
    for of_kind, version, has in _SIGNS:
        if kind == of_kind and has(one):
            yield version


def _told(one: Plain) -> str:
    """What a resource says of its version itself."""
    said = [one.get("fhirVersion")]
    meta = one.get("meta")
    if isinstance(meta, Mapping):
        said.append(meta.get("fhirVersion"))
        profiles = meta.get("profile")
        if isinstance(profiles, list):
            said += [
                match[1] or match[2]
                for profile in profiles
                if isinstance(profile, str)
                and "/fhir/StructureDefinition/" in profile
                and (match := _IN_TEXT.search(profile))
            ]
    for value in said:
        if isinstance(value, str):
            for pattern, name in _NAMES:
                if pattern.match(value):
                    return name
    return ""

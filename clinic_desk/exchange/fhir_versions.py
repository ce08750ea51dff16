"""Which FHIR a file is written in: by what it says of itself, else by elements that only one has.

R4 (4.0.1) is read. The others are named, so that the sender knows what to change.
"""

import re
from collections.abc import Callable, Iterator, Mapping

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

Plain = Mapping[str, object]


def _text(key: str) -> Callable[[Plain], bool]:
    return lambda one: isinstance(one.get(key), str)


def _object(key: str) -> Callable[[Plain], bool]:
    return lambda one: isinstance(one.get(key), Mapping)


def _list(key: str) -> Callable[[Plain], bool]:
    return lambda one: isinstance(one.get(key), list)


def _has(*keys: str) -> Callable[[Plain], bool]:
    return lambda one: any(key in one for key in keys)


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


# What only that version has, by resource; R4 has none of it.
_SIGNS: tuple[tuple[str, str, Callable[[Plain], bool]], ...] = (
    ("Patient", "DSTU2", _family_list),
    ("Practitioner", "DSTU2", _object("name")),
    ("Practitioner", "DSTU2", _has("practitionerRole")),
    ("Condition", "DSTU2", _has("dateRecorded")),
    ("Condition", "DSTU2", lambda one: _text("verificationStatus")(one) and "patient" in one),
    ("Condition", "STU3", _has("assertedDate")),
    ("Condition", "STU3", _text("clinicalStatus")),
    ("Condition", "R5", _has("participant")),
    ("Encounter", "DSTU2", _text("class")),
    ("Encounter", "DSTU2", _has("patient", "indication")),
    (
        "Encounter",
        "STU3",
        lambda one: _list("reason")(one) and not _carries("reason", "value")(one),
    ),
    ("Encounter", "R5", _list("class")),
    ("Encounter", "R5", _has("actualPeriod", "plannedStartDate")),
    ("Encounter", "R5", _carries("reason", "value")),
    ("Observation", "DSTU2", _object("category")),
    ("Observation", "STU3", _has("context")),
    ("Observation", "R5", _has("triggeredBy", "instantiatesCanonical", "bodyStructure")),
    ("MedicationStatement", "DSTU2", _has("patient", "wasNotTaken", "reasonNotTaken")),
    ("MedicationStatement", "STU3", _has("taken")),
    ("MedicationStatement", "R5", _has("medication", "adherence", "reason")),
    ("MedicationRequest", "STU3", _has("context", "definition")),
    ("MedicationRequest", "STU3", _carries("requester", "agent")),
    ("MedicationRequest", "R5", _has("medication", "renderedDosageInstruction")),
    ("AllergyIntolerance", "DSTU2", _has("substance")),
    ("AllergyIntolerance", "STU3", _text("clinicalStatus")),
    ("AllergyIntolerance", "STU3", _has("assertedDate")),
    ("AllergyIntolerance", "R5", _object("type")),
    ("AllergyIntolerance", "R5", _has("participant")),
    ("DocumentReference", "DSTU2 or STU3", _has("indexed", "class", "created")),
    ("DocumentReference", "R5", _list("context")),
    ("DocumentReference", "R5", _has("attester", "version", "modality")),
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


def of(resources: Iterator[Plain] | list[Plain]) -> tuple[str, str]:
    """The version's name and what it was known by; R4 where nothing speaks against it."""
    for one in resources:
        kind = str(one.get("resourceType", ""))
        if kind in _ONLY:
            return _ONLY[kind], kind
        told = _told(one)
        if told and told != R4:
            return told, f"{kind}.fhirVersion"
        for of_kind, version, has in _SIGNS:
            if kind == of_kind and has(one):
                return version, f"{kind}/{one.get('id', '')}".rstrip("/")
    return R4, ""


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

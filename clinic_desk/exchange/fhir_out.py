"""A record as an HL7 FHIR R4 (4.0.1) bundle for other programs.

Each resource is checked by the library's R4B classes, which for these resources differ from R4
in nothing that is used here; the codes of required value sets are written from fixed tables.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange.records import (
    CaseRecord,
    ClinicianRecord,
    MeasureRecord,
    PaperRecord,
    PatientRecord,
    VisitRecord,
    WholeRecord,
)

SYSTEM = "urn:clinic-desk"
_TERMS = "http://terminology.hl7.org/CodeSystem"
_GENDER = {
    Sex.FEMALE: "female",
    Sex.MALE: "male",
    Sex.OTHER: "other",
    Sex.UNKNOWN: "unknown",
    None: "unknown",
}
_UCUM = {
    "deg": "deg",
    "°": "deg",
    "%": "%",
    "kg": "kg",
    "N": "N",
    "Nm": "N.m",
    "s": "s",
    "sec": "s",
    "min": "min",
    "h": "h",
    "days": "d",
    "weeks": "wk",
    "cm": "cm",
    "mm": "mm",
    "m": "m",
    "bpm": "/min",
    "mmHg": "mm[Hg]",
}
_SITES = {"left": "Left side", "right": "Right side", "both": "Both sides"}

Plain = dict[str, object]


def bundle(record: WholeRecord, made_at: datetime) -> bytes:
    """The bundle as JSON; the same record and moment give the same bytes."""
    from fhir.resources.R4B.bundle import Bundle  # a third of a second, and seldom needed

    entries = [
        {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        for resource in _resources(record)
    ]
    plain: Plain = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": _instant(made_at),
        "entry": entries,
    }
    Bundle.model_validate(plain)
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _resources(record: WholeRecord) -> Iterator[Plain]:
    yield _patient(record.id, record.patient)
    for clinician in record.clinicians:
        yield _practitioner(clinician)
    about = {"subject": _reference(record.id)}
    for case in record.cases:
        yield _condition(case) | about
    for visit in record.visits:
        yield _encounter(visit) | about
    for measure in record.measures:
        yield _observation(measure) | about
    for number, line in enumerate(record.patient.medicines.splitlines()):
        if line.strip():
            yield _medication(f"{record.id}-m{number}", line.strip()) | about
    for number, line in enumerate(record.patient.allergies.splitlines()):
        if line.strip():
            yield _allergy(f"{record.id}-a{number}", line.strip(), record.id)
    for one in record.papers:
        yield _document(one) | about


def _reference(key: str) -> Plain:
    return {"reference": f"urn:uuid:{key}"}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _filled(**values: object) -> Plain:
    """Only what says something: FHIR has no empty texts and no empty lists."""
    return {
        name.rstrip("_"): value for name, value in values.items() if value not in ("", None, [])
    }


def _concept(system: str, code: str) -> Plain:
    return {"coding": [{"system": system, "code": code}]}


def _patient(key: str, one: PatientRecord) -> Plain:
    telecom = []
    if one.phone:
        telecom.append({"system": "phone", "value": one.phone})
    if one.email:
        telecom.append({"system": "email", "value": one.email})
    name = _filled(
        use="official",
        family=one.family_name,
        given=[one.given_name] if one.given_name else [],
    )
    lines = [line.strip() for line in one.address.splitlines() if line.strip()]
    address = [{"text": "\n".join(lines), "line": lines}] if lines else []
    language = [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": one.language}]}}]
    return {
        "resourceType": "Patient",
        "id": key,
        **_filled(
            identifier=[{"system": f"{SYSTEM}:patient", "value": one.number}] if one.number else [],
            name=[name],
            telecom=telecom,
            gender=_GENDER[one.sex],
            birthDate=one.birth_date.isoformat() if one.birth_date else "",
            address=address,
            communication=language if one.language else [],
        ),
    }


def _practitioner(one: ClinicianRecord) -> Plain:
    number = {"system": f"{SYSTEM}:registration", "value": one.registration}
    return {
        "resourceType": "Practitioner",
        "id": one.id,
        **_filled(
            identifier=[number] if one.registration else [],
            name=[{"text": one.name}],
            qualification=[{"code": {"text": one.profession}}] if one.profession else [],
        ),
    }


def _condition(one: CaseRecord) -> Plain:
    status = "inactive" if one.closed_on else "active"
    return {
        "resourceType": "Condition",
        "id": one.id,
        **_filled(
            clinicalStatus=_concept(f"{_TERMS}/condition-clinical", status),
            code={"text": one.title},
            bodySite=[{"text": _SITES[one.side]}] if one.side in _SITES else [],
            onsetDateTime=one.onset_on.isoformat() if one.onset_on else "",
            recordedDate=one.opened_on.isoformat() if one.opened_on else "",
        ),
    }


def _encounter(one: VisitRecord) -> Plain:
    return {
        "resourceType": "Encounter",
        "id": one.id,
        "status": "finished" if one.signed else "in-progress",
        "class": {
            "system": f"{_TERMS}/v3-ActCode",
            "code": "AMB",
            "display": "ambulatory",
        },
        "type": [{"text": one.title}],
        "participant": [{"individual": _reference(one.clinician_id)}],
        "period": {"start": _instant(one.at)},
        "reasonReference": [_reference(one.case_id)],
    }


def _observation(one: MeasureRecord) -> Plain:
    value: Plain
    if one.number is not None:
        number = int(one.number) if one.number.is_integer() else one.number
        quantity = {"value": number, **_filled(unit=one.unit)}
        if code := _UCUM.get(one.unit):
            quantity |= {"system": "http://unitsofmeasure.org", "code": code}
        value = {"valueQuantity": quantity}
    else:
        value = {"valueString": one.text}
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": {
            "coding": [{"system": one.system, "code": one.code, "display": one.label}],
            "text": one.label,
        },
        "encounter": _reference(one.visit_id),
        "effectiveDateTime": _instant(one.at),
        **value,
        **_filled(bodySite={"text": _SITES[one.site]} if one.site in _SITES else None),
    }


def _medication(key: str, line: str) -> Plain:
    return {
        "resourceType": "MedicationStatement",
        "id": key,
        "status": "active",
        "medicationCodeableConcept": {"text": line},
    }


def _allergy(key: str, line: str, patient: str) -> Plain:
    return {
        "resourceType": "AllergyIntolerance",
        "id": key,
        "clinicalStatus": _concept(f"{_TERMS}/allergyintolerance-clinical", "active"),
        "verificationStatus": _concept(f"{_TERMS}/allergyintolerance-verification", "unconfirmed"),
        "code": {"text": line},
        "patient": _reference(patient),
    }


def _document(one: PaperRecord) -> Plain:
    held: Mapping[str, object] = (
        {"url": one.path} if one.path else {"data": base64.b64encode(one.data).decode()}
    )
    # FHIR R4 asks for SHA-1 here; what counts is the SHA-256 in the archive's manifest
    digest = hashlib.sha1(one.data, usedforsecurity=False).digest()
    context = {"context": {"encounter": [_reference(one.visit_id)]}} if one.visit_id else {}
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "status": "current",
        "docStatus": "final",
        "type": {"text": one.title},
        "date": _instant(one.at),
        "author": [_reference(one.clinician_id)],
        "content": [
            {
                "attachment": {
                    "contentType": one.media_type,
                    **held,
                    "size": len(one.data),
                    "hash": base64.b64encode(digest).decode(),
                    "title": one.title,
                }
            }
        ],
        **context,
    }

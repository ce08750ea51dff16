"""A record as an HL7 FHIR R4 (4.0.1) bundle for other programs.

Each resource is checked by the library's R4B classes, which for these resources differ from R4
in nothing that is used here; the codes of required value sets are written from fixed tables.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from clinic_desk.exchange import fhir_out_person
from clinic_desk.exchange.fhir_out_person import filled
from clinic_desk.exchange.records import (
    CaseRecord,
    MeasureRecord,
    PaperRecord,
    VisitRecord,
    WholeRecord,
)

_TERMS = "http://terminology.hl7.org/CodeSystem"
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
    yield fhir_out_person.patient(record.id, record.patient, record.gp)
    for clinician in record.clinicians:
        yield fhir_out_person.clinician(clinician)
    for contact in record.contacts:
        yield from fhir_out_person.contact(contact)
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


def _concept(system: str, code: str) -> Plain:
    return {"coding": [{"system": system, "code": code}]}


def _condition(one: CaseRecord) -> Plain:
    status = "inactive" if one.closed_on else "active"
    return {
        "resourceType": "Condition",
        "id": one.id,
        **filled(
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
        quantity = {"value": number, **filled(unit=one.unit)}
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
        **filled(bodySite={"text": _SITES[one.site]} if one.site in _SITES else None),
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
    author = [{"display": one.author} if one.author else _reference(one.clinician_id)]
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "status": "current",
        "docStatus": "final",
        "type": {"text": one.title},
        "date": _instant(one.at),
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
        **filled(author=author),
    }

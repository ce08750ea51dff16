"""FHIR R4 as others send it: taken, listed, or refused by name and place."""

import json
from datetime import date

import pytest

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import fhir_in
from clinic_desk.exchange.fhir_in import FhirFile

TERMS = "http://terminology.hl7.org/CodeSystem"
Plain = dict[str, object]


def _patient(**more: object) -> Plain:
    return {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": "urn:oid:1.2.3", "value": "MRN-7"}],
        "name": [
            {"use": "nickname", "given": ["Lex"]},
            {"use": "official", "family": "Example", "given": ["Alex", "B."]},
        ],
        "gender": "female",
        "birthDate": "1991-06-14",
        "telecom": [
            {"system": "phone", "value": "555-0142", "rank": 1},
            {"system": "phone", "value": "555-0000", "use": "old"},
            {"system": "email", "value": "alex@clinic.example"},
        ],
        "address": [{"line": ["7 Sample Lane"], "postalCode": "EX1 4AB", "city": "Sampletown"}],
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "de"}]}}],
        **more,
    }


ABOUT = {"subject": {"reference": "Patient/p1"}}


def _concept(system: str, code: str) -> Plain:
    return {"coding": [{"system": f"{TERMS}/{system}", "code": code}]}


def _condition(**more: object) -> Plain:
    return {
        "resourceType": "Condition",
        "id": "c1",
        "clinicalStatus": _concept("condition-clinical", "active"),
        "code": {"text": "Hypertension"},
        "onsetDateTime": "2019-03",
        **ABOUT,
        **more,
    }


REST: tuple[Plain, ...] = (
    _condition(),
    {
        "resourceType": "AllergyIntolerance",
        "id": "a1",
        "clinicalStatus": _concept("allergyintolerance-clinical", "active"),
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "Latex"}]},
        "reaction": [{"manifestation": [{"text": "rash"}]}],
        "patient": {"reference": "urn:uuid:aa"},
    },
    {
        "resourceType": "MedicationStatement",
        "id": "m1",
        "status": "active",
        "medicationCodeableConcept": {"text": "Ramipril 5 mg"},
        "dosage": [{"text": "1-0-0"}],
        **ABOUT,
    },
    {
        "resourceType": "MedicationRequest",
        "id": "m2",
        "status": "stopped",
        "intent": "order",
        "medicationCodeableConcept": {"text": "Ibuprofen"},
        **ABOUT,
    },
    {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"text": "Body weight"},
        "valueQuantity": {"value": 71.5, "unit": "kg"},
        "effectiveDateTime": "2024-01-05T10:00:00Z",
        **ABOUT,
    },
    {
        "resourceType": "Encounter",
        "id": "e1",
        "status": "finished",
        "class": {"system": f"{TERMS}/v3-ActCode", "code": "AMB"},
        "type": [{"text": "Check-up"}],
        "period": {"start": "2024-01-05T10:00:00Z"},
        **ABOUT,
    },
    {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Sample", "given": ["Pat"]}]},
    {
        "resourceType": "DocumentReference",
        "id": "r1",
        "status": "current",
        "type": {"text": "Discharge letter"},
        "content": [{"attachment": {"contentType": "application/pdf"}}],
        **ABOUT,
    },
    {"resourceType": "Procedure", "id": "x1", "status": "completed", **ABOUT},
)


def _bundle(*resources: Plain, **more: object) -> bytes:
    entries = [
        {
            "resource": one,
            **({"fullUrl": "urn:uuid:aa"} if one["resourceType"] == "Patient" else {}),
        }
        for one in resources
    ]
    plain = {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}
    return json.dumps(plain).encode()


def _read(*resources: Plain) -> FhirFile:
    return fhir_in.read(_bundle(*resources))


def test_a_bundle_is_a_person_and_a_list_of_what_was_not_taken() -> None:
    found = _read(_patient(), *REST)
    (who,) = found.people
    assert (who.number, who.family_name, who.given_name) == ("MRN-7", "Example", "Alex B.")
    assert (who.birth_date, who.sex, who.language) == (date(1991, 6, 14), Sex.FEMALE, "de")
    assert (who.phone, who.email) == ("555-0142", "alex@clinic.example")
    assert who.address == "7 Sample Lane\nEX1 4AB Sampletown"
    assert who.allergies == "Latex (rash)"
    assert who.medicines == "Ramipril 5 mg (1-0-0)\nIbuprofen [stopped]"
    assert who.history.splitlines() == [
        "2019-03 Hypertension",
        "2024-01-05 Body weight: 71.5 kg",
        "2024-01-05 Check-up",
    ]
    assert found.problems == ()
    assert [one.place for one in found.notes] == [
        "Procedure/x1",
        "Patient/p1",  # a phone that is no longer used
        "DocumentReference/r1",
    ]
    assert who.preferred_name == "Lex"
    assert [one.entry.name for one in found.contacts if one.entry] == ["Pat Sample"]


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        ({"resourceType": "MedicationOrder", "id": "1"}, "DSTU2"),
        (_patient(name=[{"family": ["Example"]}]), "DSTU2"),
        (_condition(clinicalStatus="active"), "STU3"),
        (_condition(assertedDate="2019-01-01"), "STU3"),
        ({"resourceType": "Encounter", "status": "finished", "class": "outpatient"}, "DSTU2"),
        ({"resourceType": "Encounter", "status": "completed", "class": [{"text": "x"}]}, "R5"),
        (
            {
                "resourceType": "MedicationStatement",
                "status": "recorded",
                "medication": {"concept": {"text": "x"}},
                **ABOUT,
            },
            "R5",
        ),
        ({"resourceType": "MedicationStatement", "status": "active", "taken": "y"}, "STU3"),
        ({"resourceType": "AllergyIntolerance", "type": {"text": "x"}}, "R5"),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "3.0.2"}, "STU3"),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"}, "R5"),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "4.3.0"}, "R4B"),
        (
            _patient(meta={"profile": ["http://hl7.org/fhir/StructureDefinition/Patient|5.0.0"]}),
            "R5",
        ),
    ],
)
def test_other_versions_are_refused_by_name(resource: Plain, version: str) -> None:
    with pytest.raises(InvalidInput, match=rf"FHIR {version} "):
        _read(_patient(), resource)


def test_4_0_1_is_not_taken_for_another_version() -> None:
    meta = {"profile": ["http://hl7.org/fhir/StructureDefinition/Patient|4.0.1"]}
    assert len(_read(_patient(meta=meta)).people) == 1


@pytest.mark.parametrize(
    ("resource", "field"),
    [
        (_patient(gender="w"), "gender"),
        (_patient(birthDate="14.06.1991"), "birthDate"),
        (_patient(birthDate="1991-02-31"), "birthDate"),
        (_patient(shoeSize=42), "shoeSize"),
        (_patient(modifierExtension=[{"url": "urn:x", "valueBoolean": True}]), "modifierExtension"),
        (_condition(clinicalStatus=_concept("condition-clinical", "fine")), "clinicalStatus"),
        (_condition(clinicalStatus={"text": "active"}), "clinicalStatus"),
        ({**REST[4], "status": "finall"}, "status"),
        ({**REST[3], "intent": "wish"}, "intent"),
        ({**REST[2], "status": "taken"}, "status"),
        ({**REST[7], "status": "old"}, "status"),
        ({**REST[5], "status": "done"}, "status"),
        ({**REST[1], "criticality": "very"}, "criticality"),
        (_condition(subject={"reference": "Patient/nobody"}), "subject"),
        (_condition(subject={}), "subject"),
    ],
)
def test_what_breaks_the_rules_of_r4_is_refused_with_its_element(
    resource: Plain, field: str
) -> None:
    others = () if resource["resourceType"] == "Patient" else (_patient(),)
    found = _read(*others, resource)
    assert len(found.people) == len(others)
    assert field in {one.field.split(".")[0] for one in found.problems}
    assert all(one.place.startswith(str(resource["resourceType"])) for one in found.problems)


def test_what_was_entered_in_error_is_not_taken() -> None:
    gone = _condition(verificationStatus=_concept("condition-ver-status", "entered-in-error"))
    found = _read(_patient(), gone)
    assert found.people[0].history == ""
    assert any("entered in error" in one.why for one in found.notes)


def test_a_partial_birth_date_stays_partial() -> None:
    (who,) = _read(_patient(birthDate="1991-06")).people
    assert (who.birth_date, who.birth_part) == (None, "1991-06")


def test_a_patient_brings_every_name_number_phone_and_contact() -> None:
    found = _read(
        _patient(
            identifier=[
                {"type": {"text": "MRN"}, "value": "7"},
                {"assigner": {"display": "Insurer"}, "value": "H-1"},
                {"value": "gone", "use": "old"},
            ],
            name=[
                {"use": "official", "family": "Example", "given": ["Alex"]},
                {"use": "usual", "given": ["Lex"]},
                {"use": "maiden", "family": "Before", "given": ["Alex"]},
            ],
            telecom=[
                {"system": "phone", "value": "1111111", "use": "work", "rank": 2},
                {"system": "phone", "value": "2222222", "use": "mobile", "rank": 1},
            ],
            contact=[
                {
                    "relationship": [{"text": "partner"}],
                    "name": {"family": "Near", "given": ["Jo"]},
                    "telecom": [{"system": "phone", "value": "3333333"}],
                }
            ],
            generalPractitioner=[{"reference": "Practitioner/d9"}],
            photo=[{"contentType": "image/png"}],
        ),
        {
            "resourceType": "Practitioner",
            "id": "d9",
            "name": [{"family": "Sample", "given": ["Robin"], "prefix": ["Dr"]}],
        },
        {
            "resourceType": "PractitionerRole",
            "id": "r9",
            "practitioner": {"reference": "Practitioner/d9"},
            "organization": {"reference": "Organization/o9"},
            "specialty": [{"text": "General practitioner"}],
        },
        {"resourceType": "Organization", "id": "o9", "name": "Sample Surgery"},
    )
    (who,) = found.people
    assert (who.number, who.identifiers) == ("7", (("Insurer", "H-1"),))
    assert (who.preferred_name, who.names) == ("Lex", (("Before", "Alex", "former"),))
    assert (who.phone, who.phone_kind, who.phones) == ("2222222", "mobile", (("1111111", "work"),))
    assert (who.emergency_name, who.emergency_relation, who.emergency_phone) == (
        "Jo Near",
        "partner",
        "3333333",
    )
    assert who.gp == "Robin Sample"
    (doctor,) = (one.entry for one in found.contacts)
    assert doctor is not None
    assert (doctor.title, doctor.role, doctor.organisation) == ("Dr", "gp", "Sample Surgery")
    assert [(one.place, one.field) for one in found.notes] == [
        ("Patient/p1", "identifier"),
        ("Patient/p1", "photo"),
    ]


@pytest.mark.parametrize(
    ("attachment", "says"),
    [
        ({"url": "http://x.example/a.pdf"}, "only a link"),
        ({"data": "!"}, "base64"),
        ({"data": "aGk=", "hash": "aGk="}, "hash"),
        ({}, "no document"),
    ],
)
def test_a_document_that_is_not_there_whole_is_listed(attachment: Plain, says: str) -> None:
    found = _read(
        _patient(),
        {
            "resourceType": "DocumentReference",
            "id": "r1",
            "status": "current",
            "content": [{"attachment": {"contentType": "application/pdf", **attachment}}],
            **ABOUT,
        },
    )
    assert found.files == ()
    assert says in " ".join(one.why for one in (*found.notes, *found.problems))


def test_whom_a_resource_is_about_can_be_said_by_a_number_alone() -> None:
    number = {"system": "urn:oid:1.2.3", "value": "MRN-7"}
    found = _read(_patient(), _condition(subject={"identifier": number}))
    assert found.people[0].history == "2019-03 Hypertension"


def test_twins_are_taken_once_and_those_at_odds_not_at_all() -> None:
    found = _read(_patient(), _patient(), _condition())
    assert (len(found.people), found.people[0].history) == (1, "2019-03 Hypertension")
    found = _read(_patient(), _patient(gender="male"))
    assert (found.people, len(found.problems)) == ((), 1)


def test_a_history_that_is_too_long_is_listed_line_by_line() -> None:
    many = [_condition(id=f"c{n}", code={"text": f"Condition {n} " + "x" * 180}) for n in range(20)]
    found = _read(_patient(), *many)
    assert len(found.people[0].history) <= 2_000
    kept = len(found.people[0].history.splitlines())
    assert kept + sum("no room" in one.why for one in found.notes) == 20


def test_a_single_patient_needs_no_bundle() -> None:
    assert fhir_in.read(json.dumps(_patient()).encode()).people[0].family_name == "Example"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Expecting value"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "XML"),
        (b"[]", "no resourceType"),
        (b'{"a": 1}', "no resourceType"),
        (b'{"resourceType": "Bundle", "type": "history"}', "history"),
        (b'{"resourceType": "Bundle", "type": "collection", "entry": {}}', "list"),
        (b'{"resourceType": "Patient", "id": NaN}', "NaN"),
        (b'{"resourceType": "Patient", "x": -Infinity}', "Infinity"),
        (b'{"resourceType": "Patient", "x": 1e999}', "too large"),
        (b'{"resourceType": "Patient", "x": 1' + b"0" * 5000 + b"}", "digits"),
        (b'{"resourceType": "Patient", "resourceType": "Bundle"}', "twice"),
        (b'{"resourceType": "Patient", "id": "\\ud800"}', "surrogate"),
        (b'{"resourceType": "Patient", "\\udc00": 1}', "surrogate"),
        (b'{"resourceType": "Patient", "id": "a\\u0000"}', "NUL"),
        (b'{"resourceType": "Patient", "id": "\xff"}', "UTF-8"),
        (b'{"resourceType": ' + b"[" * 100_000, "deep"),
        (b'{"resourceType": "P", "x": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, "deep"),
        (b'{"resourceType": "Patient"} {"resourceType": "Patient"}', "Extra data"),
        (b'{"resourceType": "Patient",}', "property name"),
        (b'{resourceType: "Patient"}', "property name"),
        (b"{'resourceType': 'Patient'}", "property name"),
        (b'{"resourceType": "Patient"', "delimiter"),
        (b'{"resourceType": "Patient" // note\n}', "delimiter"),
        (b'{"resourceType": "Pat\nient"}', "control character"),
        (b'{"resourceType": "Patient", "x": 01}', "delimiter"),
        (b'{"resourceType": "Patient", "x": .5}', "value"),
        (b'{"resourceType": "Patient", "x": +1}', "value"),
        (b'{"resourceType": "Patient", "x": "\\x41"}', "escape"),
        (b'{"resourceType": "Patient", "x": tru}', "value"),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", "BOM"),
        ('{"resourceType": "Patient"}'.encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_no_json_of_a_record_is_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        fhir_in.read(data)
    assert says.casefold() in str(refused.value).casefold()


@pytest.mark.parametrize(
    "odd", [None, True, 0, 1.5, "x", [], {}, [[]], [None], {"a": None}, [1], {"resourceType": 1}]
)
@pytest.mark.parametrize("place", ["name", "telecom", "identifier", "address", "communication"])
def test_a_value_of_the_wrong_kind_is_a_problem_and_no_crash(place: str, odd: object) -> None:
    found = _read(_patient(**{place: odd}))
    assert len(found.people) + bool(found.problems) >= 1


@pytest.mark.parametrize("odd", [None, True, 0, "x", [], {}, {"resource": 1}, {"resource": {}}])
def test_an_entry_of_the_wrong_kind_is_a_problem(odd: object) -> None:
    plain = {"resourceType": "Bundle", "type": "collection", "entry": [odd]}
    found = fhir_in.read(json.dumps(plain).encode())
    assert found.problems[0].place == "entry[1]"


def test_more_than_a_hundred_megabytes_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_in, "MOST_BYTES", 10)
    with pytest.raises(InvalidInput, match="at most"):
        fhir_in.read(_bundle(_patient()))


def test_requests_to_delete_are_listed_and_not_followed() -> None:
    entry = {"request": {"method": "DELETE", "url": "Patient/p1"}, "resource": _patient()}
    plain = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
    found = fhir_in.read(json.dumps(plain).encode())
    assert (found.people, found.notes[0].why) == ((), "a request to DELETE is not followed")

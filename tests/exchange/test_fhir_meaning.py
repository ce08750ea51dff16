"""What FHIR resources mean in the record: doubts, prohibitions, references, and what is left."""

import base64
import json

import pytest

from clinic_desk.exchange import fhir_in
from clinic_desk.exchange.fhir_in import FhirFile

Plain = dict[str, object]
TERMS = "http://terminology.hl7.org/CodeSystem"
ABOUT: Plain = {"subject": {"reference": "Patient/p1"}}


def _patient(**more: object) -> Plain:
    return {"resourceType": "Patient", "id": "p1", "name": [{"family": "Example"}], **more}


def _read(*resources: Plain, **urls: str) -> FhirFile:
    entries = [
        {"resource": one, **({"fullUrl": urls[key]} if (key := str(one.get("id"))) in urls else {})}
        for one in resources
    ]
    plain = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return fhir_in.read(json.dumps(plain).encode())


def _state(system: str, *codes: str) -> Plain:
    return {"coding": [{"system": f"{TERMS}/{system}", "code": code} for code in codes]}


def _condition(**more: object) -> Plain:
    return {"resourceType": "Condition", "id": "c", "code": {"text": "Gout"}, **ABOUT, **more}


def _request(**more: object) -> Plain:
    return {
        "resourceType": "MedicationRequest",
        "id": "m",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "Ibuprofen"},
        **ABOUT,
        **more,
    }


def _statement(**more: object) -> Plain:
    said = {one: held for one, held in _request().items() if one != "intent"}
    return {**said, "resourceType": "MedicationStatement", **more}


def _observation(**more: object) -> Plain:
    said = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "X"}}
    return {**said, **ABOUT, **more}


def _allergy(**more: object) -> Plain:
    about = {"patient": {"reference": "Patient/p1"}}
    return {"resourceType": "AllergyIntolerance", "code": {"text": "Latex"}, **about, **more}


def _encounter(**more: object) -> Plain:
    said = {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}}
    return {**said, **ABOUT, **more}


VERIFIED = "condition-ver-status"
BY_NUMBER: Plain = {"reference": "Medication/d"}
DRUG: Plain = {"resourceType": "Medication", "id": "d", "code": {"text": "Warfarin"}}


@pytest.mark.parametrize(
    ("block", "resource", "line"),
    [
        ("history", _condition(verificationStatus=_state(VERIFIED, "provisional")),
         "Gout [provisional]"),
        ("history", _condition(verificationStatus={"coding": [
            {"system": f"{TERMS}/{VERIFIED}", "code": "confirmed"},
            {"system": "urn:x:tumour-register", "code": "7"}]}), "Gout"),
        ("history", _condition(
            clinicalStatus=_state("condition-clinical", "resolved"),
            onsetDateTime="2019-03", abatementDateTime="2019-09-01T10:00:00Z",
            severity={"text": "severe"}, bodySite=[{"text": "left toe"}]),
         "2019-03 Gout (severe, left toe) [resolved, until 2019-09-01]"),
        ("history", _condition(onsetAge={"value": 40, "unit": "years"}),
         "Gout [since the age of 40 years]"),
        ("history", _condition(code={"coding": [
            {"system": "urn:x", "code": "A"}, {"system": "urn:y", "display": "Gicht"}]}), "Gicht"),
        ("history", _condition(code={"coding": [
            {"system": "http://snomed.info/sct", "code": "9"}]}), "SNOMED CT 9"),
        ("medicines", _request(intent="plan"), "Ibuprofen [plan]"),
        ("medicines", _request(status="draft"), "Ibuprofen [draft]"),
        ("alerts", _request(doNotPerform=True), "Must not be given: Ibuprofen"),
        ("medicines", _request(dosageInstruction=[{
            "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablets"}}],
            "timing": {"code": {"text": "daily"}}, "asNeededBoolean": True}]),
         "Ibuprofen (2 tablets daily as needed)"),
        ("medicines", _request(dosageInstruction=[{
            "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
            "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}}]),
         "Ibuprofen (1 tablet 2×/d)"),
        ("medicines", _request(dosageInstruction=[{
            "doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": 2}}}],
            "timing": {"repeat": {"frequency": 1, "frequencyMax": 3, "period": 4,
                                  "periodMax": 6, "periodUnit": "h"}}}]),
         "Ibuprofen (1 – 2 1–3×/4–6 h)"),
        ("medicines", _statement(effectivePeriod={"start": "2019-01", "end": "2020-01-31"}),
         "Ibuprofen [until 2020-01-31]"),
        ("allergies", _allergy(criticality="high"), "Latex [high risk]"),
        ("allergies", _allergy(
            verificationStatus=_state("allergyintolerance-verification", "unconfirmed")),
         "Latex [unconfirmed]"),
        ("allergies", _allergy(reaction=[
            {"manifestation": [{"text": "hives"}], "severity": "severe"}]),
         "Latex (hives (severe))"),
        ("history", _encounter(status="cancelled", type=[{"text": "Check-up"}]),
         "Check-up [cancelled]"),
        ("history", _observation(valueBoolean=False), "X: no"),
        ("history", _observation(valueRange={"low": {"value": 2}, "high": {"value": 3}}),
         "X: 2 – 3"),
        ("history", _observation(valueRatio={
            "numerator": {"value": 1}, "denominator": {"value": 8}}), "X: 1 : 8"),
        ("history", _observation(status="preliminary", valueString="a",
                                 interpretation=[{"text": "High"}]), "X: a [High, preliminary]"),
    ],
)  # fmt: skip
def test_a_line_carries_every_doubt_of_its_resource(block: str, resource: Plain, line: str) -> None:
    found = _read(_patient(), resource)
    assert (found.problems, getattr(found.people[0], block)) == ((), line)
    for other in {"alerts", "allergies", "medicines", "history"} - {block}:
        assert getattr(found.people[0], other) == ""


@pytest.mark.parametrize(
    ("reference", "urls", "drug"),
    [
        ("Medication/d", {}, DRUG),
        ("Medication/d/_history/3", {}, DRUG),
        ("urn:uuid:1", {"d": "urn:uuid:1"}, DRUG),
        ("http://a.example/Medication/d", {"d": "http://a.example/Medication/d"}, DRUG),
        ("http://a.example/Medication/d", {}, DRUG),
        ("Medication/d", {"m": "http://a.example/MedicationRequest/m",
                          "d": "http://a.example/Medication/d"}, DRUG),
        ("Medication?identifier=urn:n|7", {},
         {**DRUG, "identifier": [{"system": "urn:n", "value": "7"}]}),
    ],
)  # fmt: skip
def test_a_medicine_is_found_by_every_way_of_referring_to_it(
    reference: str, urls: dict[str, str], drug: Plain
) -> None:
    asked = _request(medicationReference={"reference": reference})
    del asked["medicationCodeableConcept"]
    found = _read(_patient(), asked, drug, **urls)
    assert (found.people[0].medicines, found.problems, found.notes) == ("Warfarin", (), ())


def test_a_medicine_may_stand_inside_its_request() -> None:
    asked = _request(medicationReference={"reference": "#d"}, contained=[DRUG])
    del asked["medicationCodeableConcept"]
    assert _read(_patient(), asked).people[0].medicines == "Warfarin"


def test_a_reference_never_reaches_somebody_of_another_server() -> None:
    ours, theirs = _patient(), _patient(name=[{"family": "Other"}])
    entries = [
        {"fullUrl": "http://a.example/Patient/p1", "resource": ours},
        {"fullUrl": "http://b.example/Patient/p1", "resource": theirs},
        {"fullUrl": "http://b.example/Condition/c", "resource": _condition()},
        {"fullUrl": "urn:uuid:2", "resource": _condition(id="c2", code={"text": "Whose"})},
        {"fullUrl": "urn:uuid:3", "resource": _condition(
            id="c3", subject={"reference": "http://c.example/Patient/p1"})},
    ]  # fmt: skip
    plain = {"resourceType": "Bundle", "type": "searchset", "entry": entries}
    found = fhir_in.read(json.dumps(plain).encode())
    assert [(one.family_name, one.history) for one in found.people] == [
        ("Example", ""),
        ("Other", "Gout"),
    ]
    assert [one.place for one in found.problems] == ["Condition/c2", "Condition/c3"]


def test_what_is_current_and_new_comes_first_and_what_has_no_room_is_filed_whole() -> None:
    old = [
        _encounter(id=f"e{n}", type=[{"text": "Visit " + "x" * 80}], period={"start": f"19{n}-01"})
        for n in range(10, 60)
    ]
    stopped = _request(id="m2", status="stopped", medicationCodeableConcept={"text": "Old"})
    found = _read(_patient(), *old, _condition(onsetDateTime="1950"), stopped, _request())
    (who,) = found.people
    assert who.medicines == "Ibuprofen\nOld [stopped]"
    assert who.history.splitlines()[:2] == ["1950 Gout", f"1959-01 Visit {'x' * 80}"]
    (whole,) = found.files
    assert (whole.about, whole.media) == ("Patient/p1", "text/plain")
    assert whole.data.decode().count("Visit") == 50
    assert sum("no room" in one.why for one in found.notes) == 51 - len(who.history.splitlines())


@pytest.mark.parametrize(
    ("resource", "element"),
    [
        (_condition(note=[{"text": "ask"}]), "note"),
        (_condition(extension=[{"url": "urn:e", "valueBoolean": True}]), "extension urn:e"),
        (_observation(valueString="a", referenceRange=[{"text": "b"}]), "referenceRange"),
        (_encounter(participant=[{"individual": {"display": "Dr"}}]), "participant"),
        (_allergy(reaction=[{"manifestation": [{"text": "a"}], "onset": "2020"}]),
         "reaction.onset"),
        (_request(dosageInstruction=[{"text": "1", "site": {"text": "arm"}}]),
         "dosageInstruction.site"),
        (_request(dosageInstruction=[{"timing": {"repeat": {"when": ["HS"]}}}]),
         "dosageInstruction.timing.repeat.when"),
        (_request(dosageInstruction=[{"doseAndRate": [{"rateQuantity": {"value": 1}}]}]),
         "dosageInstruction.doseAndRate.rateQuantity"),
        (_request(contained=[{"resourceType": "Device", "id": "x"}]), "contained Device"),
        (_patient(name=[{"family": "E", "prefix": ["Dr"]}]), "name.prefix"),
        (_patient(_birthDate={"extension": [{"url": "urn:t", "valueString": "x"}]}), "_birthDate"),
        (_patient(telecom=[{"system": "phone", "value": "1", "period": {"end": "2001"}}]),
         "telecom"),
        (_patient(address=[{"text": "A", "use": "old"}]), "address"),
        (_patient(telecom=[{"system": "email", "value": "none"}]), "email"),
        (_patient(multipleBirthBoolean=True), "multipleBirthBoolean"),
        (_patient(communication=[{"language": {"text": "Deutsch"}},
                                 {"language": {"text": "Français"}}]), "communication"),
        ({"resourceType": "Organization", "id": "h", "name": "Hospital"}, ""),
        ({"resourceType": "Binary", "id": "b", "contentType": "text/plain"}, ""),
    ],
)  # fmt: skip
def test_every_element_that_is_not_taken_is_listed(resource: Plain, element: str) -> None:
    others = () if resource["resourceType"] == "Patient" else (_patient(),)
    found = _read(*others, resource)
    assert found.problems == ()
    assert element in [one.field for one in found.notes]


def test_a_person_is_read_as_the_sender_means_it() -> None:
    genders = "http://hl7.org/fhir/StructureDefinition/individual-genderIdentity"
    found = _read(
        _patient(
            name=[
                {"use": "official", "family": "Before", "period": {"end": "2002"}},
                {"use": "usual", "family": "Now", "given": ["Kim"]},
            ],
            deceasedDateTime="2020-05-01T10:00:00Z",
            extension=[
                {"url": genders, "extension": [
                    {"url": "value", "valueCodeableConcept": {"text": "non-binary"}}]},
            ],
        ),
        _patient(id="p2", name=[{"text": "Muster, Anna"}]),
        _patient(id="p3", name=[{"given": ["Suharto"]}]),
    )  # fmt: skip
    one, two, three = found.people
    assert (one.family_name, one.names) == ("Now", (("Before", "", "former"),))
    assert (one.alerts, one.gender) == ("Died on 2020-05-01, as the sender says", "non-binary")
    assert (two.family_name, two.given_name) == ("Muster", "Anna")
    assert (three.family_name, three.given_name) == ("Suharto", "")
    assert [note.place for note in found.notes] == ["Patient/p3"]


def test_each_content_of_a_document_is_taken_or_said_to_be_missing() -> None:
    plain = base64.b64encode(b"hello").decode()
    binary = {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": plain}
    papers: list[Plain] = [
        {"data": plain, "contentType": "text/plain", "title": "A"},
        {"url": "Binary/b", "title": "B"},
        {"url": "http://x.example/c.pdf", "title": "C"},
        {"data": "!!", "title": "D"},
    ]
    paper: Plain = {
        "resourceType": "DocumentReference",
        "id": "r",
        "status": "superseded",
        "content": [{"attachment": one} for one in papers],
        **ABOUT,
    }
    found = _read(_patient(), paper, binary)
    assert [(one.title, one.data, one.note) for one in found.files] == [
        ("A", b"hello", "superseded"),
        ("B", b"hello", "superseded"),
    ]
    assert [one.field for one in found.notes] == ["content.2"]
    assert [one.field for one in found.problems] == ["content.3"]


def test_lines_of_resources_are_read_each_by_itself() -> None:
    lines = [json.dumps(_patient()), "", json.dumps(_condition()), '{"resourceType": ']
    found = fhir_in.read("\r\n".join(lines).encode())
    assert [one.history for one in found.people] == ["Gout"]
    assert [one.place for one in found.problems] == ["line 4"]


def test_a_request_that_only_asks_is_listed_and_not_refused() -> None:
    entries = [
        {"request": {"method": "GET", "url": "Patient"}},
        {"resource": _patient()},
        {"resource": {"resourceType": "Device", "id": "x"}},
        {"resource": {"resourceType": "Device", "id": "x", "lotNumber": "2"}},
    ]
    plain = {"resourceType": "Bundle", "type": "batch", "entry": entries}
    found = fhir_in.read(json.dumps(plain).encode())
    assert (len(found.people), found.problems) == (1, ())
    assert [one.place for one in found.notes] == ["entry[1]", "Device/x", "Device/x"]


def test_what_is_about_somebody_who_is_refused_says_so() -> None:
    found = _read(_patient(gender="w"), _condition(), _condition(id="c2", subject={}))
    said = {one.place: one.why for one in found.problems}
    assert said["Condition/c"] == "it is about Patient/p1, who is refused"
    assert "not in this file" in said["Condition/c2"]


def test_a_whole_address_of_another_server_is_nobody_of_this_file() -> None:
    elsewhere = _condition(subject={"reference": "http://b.example/Patient/p1"})
    found = _read(_patient(), elsewhere, p1="http://a.example/Patient/p1")
    assert (found.people[0].history, [one.place for one in found.problems]) == ("", ["Condition/c"])


def test_a_short_reference_of_another_server_is_nobody_of_this_file() -> None:
    found = _read(
        _patient(),
        _condition(),
        p1="http://a.example/Patient/p1",
        c="http://b.example/Condition/c",
    )
    assert (found.people[0].history, [one.place for one in found.problems]) == ("", ["Condition/c"])


def test_one_address_of_two_people_is_neither_of_them() -> None:
    whose = _condition(subject={"reference": "urn:uuid:1"})
    found = _read(_patient(), _patient(id="p2"), whose, p1="urn:uuid:1", p2="urn:uuid:1")
    assert [one.history for one in found.people] == ["", ""]
    assert [one.place for one in found.problems] == ["Condition/c"]


def test_a_person_with_one_value_for_two_numbers_is_found_by_it() -> None:
    numbers = [{"system": f"urn:x:{one}", "value": "7"} for one in ("a", "b")]
    whose = _condition(subject={"identifier": {"value": "7"}})
    assert _read(_patient(identifier=numbers), whose).people[0].history == "Gout"

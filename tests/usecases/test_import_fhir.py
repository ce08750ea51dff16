"""A bundle into the record, and the record as a bundle that is read again."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.exchange import fhir_in
from clinic_desk.usecases import exporting, files, import_any, import_undo, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import (
    CareContact,
    Identifier,
    OtherAddress,
    OtherName,
    OtherPhone,
    PatientDetails,
)
from tests.usecases.records import keep_draft_of
from tests.usecases.test_archive import other

__all__ = ["other"]


def test_a_bundle_is_taken_in_and_its_rest_is_listed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    entries = [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": "Muster"}]}},
        {"resource": {"resourceType": "Patient", "id": "p2", "gender": "w"}},
        {"resource": {"resourceType": "Procedure", "id": "x"}},
    ]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    report = import_any.take(desk, path)
    assert (report.kind, report.new, report.read) == ("fhir", 1, 2)
    assert [(one.place, one.field) for one in report.refused] == [("Patient/p2", "gender")]
    assert [one.place for one in report.notes] == ["Procedure/x"]
    assert [row.family_name for row in patients.find(desk, "")] == ["Muster"]


def test_the_bundle_of_a_record_is_valid_and_read_again(
    desk: Desk, alex: UUID, surgeon: UUID, tmp_path: Path
) -> None:
    keep_draft_of(desk, alex, surgeon)
    report = exporting.export(desk, tmp_path / "out", alex, "fhir")
    (path,) = report.out.glob("*.fhir.json")
    found = fhir_in.read(path.read_bytes())
    assert found.problems == ()
    (who,) = found.people
    assert (who.number, who.family_name, who.allergies) == (
        "CD-00001",
        "Example",
        "zinc-oxide tape",
    )
    assert found.resources["Encounter"] == 2
    assert found.resources["Observation"] == 3  # both sides of a pair, and the pain
    again = import_any.take(desk, path)
    assert (again.new, again.refused) == (0, ())


def test_a_record_goes_out_as_a_bundle_and_comes_back_the_same(
    desk: Desk, other: Desk, surgeon: UUID, tmp_path: Path
) -> None:
    said = PatientDetails(
        "Whole",
        "Kim",
        birth_part="1980-05",
        sex=Sex.OTHER,
        phone="555-0101",
        phone_kind="mobile",
        email="kim@clinic.example",
        address="7 Sample Lane\nSampletown",
        allergies="latex\npenicillin",
        alerts="Uses a wheelchair",
        medicines="Ramipril 5 mg",
        occupation="nurse",
        sport="rowing",
        language="pt",
        consent_on=date(2026, 1, 2),
        preferred_name="Kimmy",
        gender="non-binary",
        pronouns="they",
        interpreter="yes",
        interpreter_language="Arabic",
        emergency_name="Jo Near",
        emergency_relation="partner",
        emergency_phone="555-0199",
        funding="Sample Health",
        claim_number="C-7",
        dominant_hand="left",
        dominant_leg="both",
        history="Knee in 2010\nAnkle in 2012",
        names=(OtherName("Before", "Kim"), OtherName("Stage", "", "also")),
        identifiers=(Identifier("Insurer", "H-1"), Identifier("Ministry", "99")),
        addresses=(OtherAddress("1 Work Road", "work"),),
        phones=(OtherPhone("555-0177", "work"), OtherPhone("555-0188", "other")),
        contacts=(CareContact(surgeon, "gp"),),
    )
    who = patients.register(desk, said)
    scan = tmp_path / "MRI report.txt"
    scan.write_text("Nothing broken.")
    added = files.add(desk, who, files.examine(scan))
    row = files.one(desk, added.id)
    details = replace(row.details, kind="report", dated_on=date(2026, 1, 5), source="Hospital")
    files.describe(desk, row.id, row.version, details)
    report = exporting.export(desk, tmp_path / "out", who, "fhir")
    (path,) = report.out.glob("*.fhir.json")
    taken = import_any.take(other, path)
    assert (taken.refused, taken.new) == ((), 3)  # a person, a doctor, a scan
    assert ["a clinician of" in one.why for one in taken.notes] == [True]
    (found,) = patients.find(other, "Whole")
    before, after = (
        patients.open_file(desk, who).details,
        patients.open_file(other, found.id).details,
    )
    assert replace(after, contacts=before.contacts) == before
    assert patients.open_file(other, found.id).care_team == (("gp", "Dr Robin Sample"),)
    (scanned,) = files.listed(other, found.id)
    assert (scanned.sha256, scanned.details.dated_on, scanned.details.source) == (
        row.sha256,
        date(2026, 1, 5),
        "Hospital",
    )
    again = import_any.take(other, path)
    assert (again.new, again.changed, again.known) == (0, 0, 3)
    assert taken.run is not None
    import_undo.undo(other, taken.run)
    assert [one.archived for one in patients.find(other, "Whole")] in ([], [True])
    (scanned,) = files.listed(other, found.id)
    assert scanned.archived_at is not None

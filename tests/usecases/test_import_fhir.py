"""A bundle into the record, and the record as a bundle that is read again."""

import json
from pathlib import Path
from uuid import UUID

from clinic_desk.exchange import fhir_in
from clinic_desk.usecases import exporting, import_any, patients
from clinic_desk.usecases.desk import Desk
from tests.usecases.records import keep_draft_of


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
    assert (again.new, again.known + again.changed) == (0, 1)

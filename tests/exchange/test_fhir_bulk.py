"""FHIR in several files of lines: a folder, a ZIP or files together are one import."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import fhir_bulk, fhir_in
from clinic_desk.usecases import import_any, import_assistant, import_files
from clinic_desk.usecases.desk import Desk

ALEX = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": "Example", "given": ["Alex"]}],
    "birthDate": "1991-06-14",
    "generalPractitioner": [{"reference": "Practitioner/d1"}],
}
DOCTOR = {"resourceType": "Practitioner", "id": "d1", "name": [{"text": "Dr Sample"}]}
PRESSURE = {
    "resourceType": "Condition",
    "id": "c1",
    "code": {"text": "Hypertension"},
    "subject": {"reference": "Patient/p1"},
}
Files = dict[str, bytes]


def _lines(*resources: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in resources)


WHOLE: Files = {
    "Condition.ndjson": _lines(PRESSURE),
    "Patient.ndjson": _lines(ALEX),
    "Practitioner.ndjson": _lines(DOCTOR),
    "log.txt": b"done",
}


def _folder(place: Path, files: Files) -> Path:
    place.mkdir()
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


def _zip(place: Path, files: Files, *more: zipfile.ZipInfo) -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
        for info in more:
            zipped.writestr(info, b"/etc/passwd")
    place.write_bytes(held.getvalue())
    return place


def test_references_lead_from_file_to_file_and_what_is_no_fhir_is_listed(
    desk: Desk, tmp_path: Path
) -> None:
    inside = {f"export/{name}": data for name, data in WHOLE.items()}
    folder = _folder(tmp_path / "export", WHOLE)
    several = tuple(folder / name for name in sorted(WHOLE) if name.endswith(".ndjson"))
    for intake in (
        import_assistant.open_file(folder),
        import_assistant.open_file(_zip(tmp_path / "export.zip", inside)),
        import_assistant.open_files(several),
    ):
        assert intake.people is not None
        (alex,) = intake.people.records
        assert (alex.history, alex.gp, intake.people.problems) == (
            "Hypertension",
            "Dr Sample",
            (),
        )
    report = import_any.take(desk, folder, dry_run=True)
    assert (report.kind, report.new) == ("fhir", 2 if report.rows[1:] else 1)
    assert "log.txt" in {one.place for one in report.notes}


def test_a_bad_line_or_file_costs_only_itself(tmp_path: Path) -> None:
    files = WHOLE | {
        "Condition.ndjson": b"{broken\n" + _lines(PRESSURE, {"resourceType": 7}),
        "Encounter.ndjson": b"",
        "Observation.ndjson": b"\xff\xfe",
    }
    found, _parts = fhir_bulk.of_path(_folder(tmp_path / "export", files))
    assert [one.history for one in found.people] == ["Hypertension"]
    assert [one.place for one in found.problems] == [
        "Condition.ndjson, line 1",
        "Condition.ndjson, line 3",
        "Observation.ndjson, line 1",
    ]
    assert "Encounter.ndjson" in {one.place for one in found.notes}


def test_two_files_that_differ_about_one_id_bring_neither(tmp_path: Path) -> None:
    twice = {"Patient.ndjson": _lines(ALEX), "Patient-2.ndjson": _lines(ALEX)}
    found, _parts = fhir_bulk.of_path(_folder(tmp_path / "same", twice))
    assert len(found.people) == 1
    twice["Patient-2.ndjson"] = _lines(ALEX | {"birthDate": "1990-01-01"})
    found, _parts = fhir_bulk.of_path(_folder(tmp_path / "other", twice))
    assert (found.people, [one.place for one in found.problems]) == ((), ["Patient/p1"])


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"Condition.ndjson": _lines(PRESSURE)}, "none of its files has a Patient"),
        (WHOLE | {"../Patient.ndjson": _lines(ALEX)}, "leads out"),
        (WHOLE | {"/etc/Patient.ndjson": _lines(ALEX)}, "leads out"),
        (WHOLE | {"Bomb.ndjson": b"0" * 50_000_000}, "tightly"),
        (WHOLE | {"Old.ndjson": _lines({**ALEX, "id": "q", "animal": {}})}, "only R4"),
    ],
)
def test_what_is_unsafe_or_of_nobody_is_refused_with_its_place(
    tmp_path: Path, files: Files, says: str
) -> None:
    path = _zip(tmp_path / "export.zip", files)
    assert import_files.kind_of(path) == "fhir"
    with pytest.raises(InvalidInput, match=says):
        fhir_bulk.of_path(path)


def test_a_link_in_a_folder_or_a_zip_is_not_followed(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "export", WHOLE)
    (folder / "Secret.ndjson").symlink_to("/etc/passwd")
    link = zipfile.ZipInfo("Link.ndjson")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    for path in (folder, _zip(tmp_path / "export.zip", WHOLE, link)):
        with pytest.raises(InvalidInput, match="link"):
            fhir_bulk.of_path(path)


def test_all_files_together_are_no_larger_than_one_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fhir_in, "MOST_BYTES", 300)
    assert all(len(data) < 300 for data in WHOLE.values())
    with pytest.raises(InvalidInput, match="at most"):
        fhir_bulk.of_path(_folder(tmp_path / "export", WHOLE))


def test_an_archive_of_the_program_stays_one_though_lines_are_filed_in_it(tmp_path: Path) -> None:
    manifest = json.dumps({"format": "clinic-desk-archive", "version": 1}).encode()
    ours = {"manifest.json": manifest, "files/Patient.ndjson": _lines(ALEX)}
    assert import_files.kind_of(_folder(tmp_path / "ours", ours)) == "archive"
    assert import_files.kind_of(_zip(tmp_path / "ours.zip", ours)) == "archive"
    assert import_files.kind_of(_folder(tmp_path / "empty", {})) == "archive"

"""An archive needs no software to be read, and gives the same record back."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.errors import AccessDenied, InvalidInput, Locked, StorageUnavailable
from clinic_desk.exchange import archive_in
from clinic_desk.library import Library
from clinic_desk.storage import whole_records
from clinic_desk.storage.models import Base
from clinic_desk.usecases import (
    cosign,
    exporting,
    import_archive,
    import_undo,
    patients,
    people,
    practice,
    visits,
)
from clinic_desk.usecases.cosign import NoteRef
from clinic_desk.usecases.desk import Actor, Desk
from clinic_desk.usecases.exporting import ExportReport
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.people import PersonDetails
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.support.desk import Clock
from tests.support.records import (
    PASSPHRASE,
    QUICK,
)
from tests.support.sealed_out import SealedOut
from tests.usecases.records import keep_draft_of


@pytest.fixture
def other(tmp_path: Path, clock: Clock, library: Library) -> Iterator[Desk]:
    """Another practice, without a patient."""
    opened, _code = practice.set_up(
        tmp_path / "other",
        library,
        practice.PracticeDetails("Other Lane Physiotherapy"),
        practice.ClinicianDetails("Robin Other"),
        PASSPHRASE,
        QUICK,
    )
    yield Desk(opened.store, opened.library, opened.actor, now=clock)
    opened.store.close()


@pytest.fixture
def full(desk: Desk, alex: UUID, surgeon: UUID) -> UUID:
    """A patient with a row in every table that hangs on one."""
    keep_draft_of(desk, alex, surgeon)
    return alex


def _records(report: ExportReport) -> dict[str, bytes]:
    return {
        path.relative_to(report.out).as_posix(): path.read_bytes()
        for path in sorted(report.out.rglob("*"))
        if path.name == "record.json" or path.parent.name in ("documents", "file_contents")
    }


def test_an_archive_holds_the_record_in_every_form(desk: Desk, full: UUID, tmp_path: Path) -> None:
    report = exporting.export(desk, tmp_path / "out", full)
    folder = report.out / "patients" / "CD-00001"
    assert {path.name for path in folder.iterdir()} == {
        "record.json",
        "record.html",
        "record.pdf",
        "summary.pdf",
        "fhir.json",
        "documents",
        "file_contents",
    }
    assert (report.out / "README.txt").is_file()
    text = "".join(page.extract_text() for page in PdfReader(folder / "record.pdf").pages)
    assert "Alex EXAMPLE" in text
    assert "Pulled up while sprinting." in text
    assert len(PdfReader(folder / "summary.pdf").pages) == 1
    assert "zinc-oxide tape" in (folder / "record.html").read_text()
    manifest = json.loads((report.out / "manifest.json").read_text())
    assert len(manifest["files"]) == report.files


def test_every_table_is_part_of_a_record_or_said_to_stand_apart(
    desk: Desk, full: UUID, tmp_path: Path
) -> None:
    with desk.store.reading() as session:
        of_patient = set(whole_records.of_patients(session, [full]))
        of_practice = set(whole_records.of_practice(session))
    belonging = whole_records.belonging_to_patients()
    assert of_patient - of_practice <= belonging
    assert set(Base.metadata.tables) == belonging | of_practice | whole_records.APART


def test_an_archive_gives_the_same_record_back(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    first = exporting.export(desk, tmp_path / "out")
    report = import_archive.take(other, first.out)
    assert (report.new, report.refused) == (1, ())
    again = exporting.export(other, tmp_path / "again")
    assert _records(again) == _records(first)  # ids, numbers, moments, signatures, papers
    assert other.store.verify_audit() is None
    who = patients.register(other, PatientDetails("Next", ""))
    assert patients.open_file(other, who).banner.number == "CD-00002"


def test_authors_supervisors_and_co_signatures_come_back_with_a_record(
    desk: Desk, other: Desk, full: UUID, strain: UUID, tmp_path: Path
) -> None:
    details = PersonDetails("Sam Student", "student", "", "student", desk.actor.id)
    key = people.add(desk, details, PASSPHRASE, "the student's own words")
    student = replace(desk, actor=Actor(key, "Sam Student", "student"))
    for _count in range(2):
        visit = visits.start(student, strain)
        visits.sign(student, visit, VisitContent(Note(subjective="Better.")))
    cosign.give_back(desk, NoteRef(visit), "Say which tests were done.")
    visits.add_addendum(student, visit, "Resisted flexion.")
    cosign.co_sign(desk, NoteRef(visit))
    first = exporting.export(desk, tmp_path / "out", full)
    assert import_archive.take(other, first.out).new == 1
    again = exporting.export(other, tmp_path / "again", full)
    assert _records(again) == _records(first)
    seen = visits.open_visit(other, visit)
    assert seen.cosigning is not None
    assert (seen.signed_by, seen.cosigning.last.by) == ("Sam Student", "Dana Demo")
    came = {one.details.name: one for one in people.people(other)}
    assert [came[name].active for name in ("Dana Demo", "Sam Student", "Robin Other")] == [
        False,
        False,
        True,
    ]
    assert came["Sam Student"].supervisor == "Dana Demo"


def test_a_practice_with_patients_gives_numbers_of_its_own(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    patients.register(other, PatientDetails("Earlier", ""))
    first = exporting.export(desk, tmp_path / "out")
    assert import_archive.take(other, first.out).new == 1
    (row,) = patients.find(other, "Example")
    assert row.number == "CD-00002"
    titles = [one.summary for one in patients.open_file(other, row.id).journal]
    assert any("(taken over)" in title for title in titles)


def test_a_record_that_is_here_already_is_left_alone(
    desk: Desk, full: UUID, tmp_path: Path
) -> None:
    first = exporting.export(desk, tmp_path / "out")
    report = import_archive.take(desk, first.out)
    assert (report.new, report.known, report.run) == (0, 1, None)


def test_somebody_alike_waits_for_a_word(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    seen = patients.open_file(desk, full).details
    patients.register(other, seen)
    first = exporting.export(desk, tmp_path / "out")
    report = import_archive.take(other, first.out)
    assert (report.new, len(report.refused)) == (0, 1)
    place = report.rows[0].place
    assert import_archive.take(other, first.out, settled={place: "new"}).new == 1


def test_a_dry_run_of_an_archive_writes_nothing(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    first = exporting.export(desk, tmp_path / "out")
    assert import_archive.take(other, first.out, dry_run=True).new == 1
    assert patients.find(other, "") == ()


def test_signed_records_of_an_archive_are_never_taken_back(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    report = import_archive.take(other, exporting.export(desk, tmp_path / "out").out)
    assert report.run is not None
    with pytest.raises(Locked, match="never removed"):
        import_undo.undo(other, report.run)
    assert len(patients.find(other, "")) == 1


def test_an_archive_of_a_bare_registration_is_taken_back(
    desk: Desk, other: Desk, alex: UUID, tmp_path: Path
) -> None:
    report = import_archive.take(other, exporting.export(desk, tmp_path / "out").out)
    assert report.run is not None
    import_undo.undo(other, report.run)
    assert patients.find(other, "") == ()


def test_a_sealed_archive_opens_with_its_passphrase_only(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    report = exporting.export(desk, tmp_path / "out", passphrase="a long passphrase")
    data = report.out.read_bytes()
    assert b"Example" not in data
    with pytest.raises(AccessDenied):
        import_archive.take(other, report.out, "another passphrase")
    assert report.out.suffix == ".zip"
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(data[:500] + bytes([data[500] ^ 1]) + data[501:])
    with pytest.raises((InvalidInput, AccessDenied)):
        import_archive.take(other, damaged, "a long passphrase")
    assert import_archive.take(other, report.out, "a long passphrase").new == 1
    with pytest.raises(InvalidInput, match="at least 12"):
        exporting.export(desk, tmp_path / "short", passphrase="short")
    assert not (tmp_path / "short").exists()


def test_an_archive_that_was_sealed_by_an_earlier_version_is_read(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    folder = exporting.export(desk, tmp_path / "out").out
    plain = _zipped(folder, tmp_path / "a.zip").read_bytes()
    with (tmp_path / "old.cdarchive").open("wb") as file:
        out = SealedOut(file, "a passphrase")
        out.write(plain)
        out.close()
    assert archive_in.is_sealed(tmp_path / "old.cdarchive")
    assert import_archive.take(other, tmp_path / "old.cdarchive", "a passphrase").new == 1


def _zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(folder.rglob("*")):
            zipped.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    return target


def test_a_zip_of_the_folder_is_read_too(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    first = exporting.export(desk, tmp_path / "out")
    assert import_archive.take(other, _zipped(first.out, tmp_path / "a.zip")).new == 1


def _without_manifest_line(folder: Path) -> None:
    (folder / "patients" / "CD-00001" / "record.html").unlink()


def _changed_record(folder: Path) -> None:
    path = folder / "patients" / "CD-00001" / "record.json"
    path.write_bytes(path.read_bytes().replace(b"Example", b"Exampla"))


def _changed_page(folder: Path) -> None:
    path = folder / "patients" / "CD-00001" / "record.html"
    path.write_bytes(path.read_bytes() + b" ")


def _foreign_file(folder: Path) -> None:
    (folder / "extra.exe").write_bytes(b"MZ")


def _link(folder: Path) -> None:
    (folder / "link").symlink_to("/etc/hosts")


def _no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    "harm",
    [
        _without_manifest_line,
        _changed_record,
        _changed_page,
        _foreign_file,
        _link,
        _no_manifest,
    ],
)
def test_an_archive_that_is_not_as_its_manifest_says_is_refused(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path, harm: object
) -> None:
    first = exporting.export(desk, tmp_path / "out")
    harm(first.out)  # type: ignore[operator]
    with pytest.raises(InvalidInput):
        import_archive.take(other, first.out)
    assert patients.find(other, "") == ()


def test_nothing_is_written_over_and_nothing_half_written_stays(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    place = tmp_path / "out"
    exporting.export(desk, place)
    with pytest.raises(StorageUnavailable):
        exporting.export(desk, place)
    assert len(list(place.iterdir())) == 1
    with pytest.raises(exporting.Stopped):
        exporting.export(desk, tmp_path / "stopped", progress=lambda _done, _of: False)
    assert list((tmp_path / "stopped").iterdir()) == []

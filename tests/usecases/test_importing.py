"""Lists of people: who is new, who is known, what is refused; whole or not at all, and undone."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from clinic_desk import settings
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.exchange.records import PatientRecord
from clinic_desk.storage.models import ImportRun, Patient
from clinic_desk.usecases import (
    cases,
    contacts,
    import_any,
    import_undo,
    importing,
    patient_rows,
    patients,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_views import ImportReport, Verdict
from clinic_desk.usecases.importing import Source
from clinic_desk.usecases.patients import PatientDetails

HEADER = "Nr;Nachname;Vorname;Geburtsdatum;Geschlecht;Telefon;Allergien\n"
SOURCE = Source("csv", "list.csv", "0" * 64)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(
        HEADER
        + "A1;Muster;Jo;25.12.1980;w;555-0101;\n"
        + "A2;Sonst;Kim;01.02.1990;m;555-0102;Latex\n"
        + "A3;Fehler;Max;31.02.1990;m;555-0103;\n"
        + "A4;Kurz;Ida\n",
        encoding="utf-8",
    )
    return path


def _names(desk: Desk) -> set[str]:
    return {row.family_name for row in patients.find(desk, "")}


def test_a_list_is_taken_in_and_what_cannot_be_is_said(desk: Desk, listed: Path) -> None:
    report = import_any.take(desk, listed)
    assert (report.read, report.new, report.dry_run) == (4, 2, False)
    assert [(one.place, one.field) for one in report.refused] == [
        ("line 4", "birth_date"),
        ("line 5", ""),
    ]
    assert _names(desk) == {"Muster", "Sonst"}
    (row,) = patients.find(desk, "Sonst")
    seen = patients.open_file(desk, row.id).details
    assert (seen.birth_date, seen.sex.value, seen.allergies) == (date(1990, 2, 1), "male", "Latex")


def test_who_comes_without_a_language_begins_with_that_of_the_settings(
    desk: Desk, listed: Path
) -> None:
    assert desk.store.folder is not None
    settings.save(desk.store.folder, settings.Settings(language="de"))
    import_any.take(desk, listed)
    (row,) = patients.find(desk, "Sonst")
    assert patients.open_file(desk, row.id).details.language == "de"


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk, listed: Path) -> None:
    dry = import_any.take(desk, listed, dry_run=True)
    assert (dry.dry_run, dry.run, _names(desk), importing.runs(desk)) == (True, None, set(), ())
    real = import_any.take(desk, listed)
    assert (dry.read, dry.new, dry.refused) == (real.read, real.new, real.refused)


def test_a_second_run_of_the_same_list_finds_everyone_known(desk: Desk, listed: Path) -> None:
    import_any.take(desk, listed)
    again = import_any.take(desk, listed)
    assert (again.new, again.changed, again.known) == (0, 0, 2)
    assert len(importing.runs(desk)) == 1


def _take(desk: Desk, *records: PatientRecord, **settled: str | UUID) -> ImportReport:
    return importing.run(
        desk, SOURCE, records, settled={k.replace("_", " "): v for k, v in settled.items()}
    )


BORN = date(1991, 6, 14)


def test_a_known_person_gets_what_is_missing_and_keeps_what_is_there(
    desk: Desk, alex: UUID
) -> None:
    report = _take(
        desk,
        PatientRecord(
            "line 2",
            family_name="EXÁMPLE",
            given_name="alex",
            birth_date=BORN,
            phone="555-9999",
            occupation="baker",
        ),
    )
    assert (report.new, report.changed) == (0, 1)
    assert report.rows[0].fills == ("occupation",)
    assert [one.field for one in report.notes] == ["family_name", "given_name", "phone"]
    seen = patients.open_file(desk, alex).details
    assert (seen.family_name, seen.phone, seen.occupation) == ("Example", "555-0142", "baker")


@pytest.mark.parametrize(
    "record",
    [
        PatientRecord("line 2", family_name="Example", given_name="A.", birth_date=BORN),
        PatientRecord("line 2", family_name="Exampel", given_name="Alex", birth_date=BORN),
        PatientRecord("line 2", family_name="Example", given_name="Alex"),
        PatientRecord("line 2", family_name="Example", given_name="Sam", phone="5550142"),
        PatientRecord("line 2", number="CD-00001", family_name="Other", birth_date=BORN),
    ],
)
def test_who_may_be_known_waits_for_a_word(desk: Desk, alex: UUID, record: PatientRecord) -> None:
    if record.number:  # our own number with another name is no match: the number is not theirs
        assert _take(desk, record).new == 1
        return
    report = _take(desk, record)
    assert (report.new, len(report.refused)) == (0, 1)
    assert "may be CD-00001" in report.refused[0].why
    assert [one.id for one in report.rows[0].alike] == [alex]
    assert _take(desk, record, line_2=alex).new == 0
    assert _take(desk, record, line_2=importing.NEW).new == 1


def test_the_same_person_twice_in_a_file_is_taken_once(desk: Desk) -> None:
    one = {"family_name": "Twin", "given_name": "Kim", "birth_date": BORN}
    report = _take(desk, PatientRecord("line 2", **one), PatientRecord("line 3", **one))
    assert report.new == 1
    assert "the same person as line 2" in report.refused[0].why


def test_a_number_from_elsewhere_is_known_again(desk: Desk) -> None:
    _take(desk, PatientRecord("line 2", number="K-7", family_name="Muster", given_name="Jo"))
    again = _take(desk, PatientRecord("line 2", number="k-7", family_name="Muster"))
    assert (again.new, again.known) == (0, 1)
    other = _take(desk, PatientRecord("line 2", number="K-7", family_name="Anders"))
    assert "same number" in other.refused[0].why


def test_a_stopped_run_leaves_nothing(desk: Desk) -> None:
    people = [PatientRecord(f"line {n}", family_name=f"Person{n}x") for n in range(1200)]
    with pytest.raises(importing.Stopped):
        importing.run(desk, SOURCE, people, progress=lambda done, _of: done < 500)
    assert (_names(desk), importing.runs(desk)) == (set(), ())
    who = patients.register(desk, PatientDetails("After", ""))
    assert patients.open_file(desk, who).banner.number == "CD-00001"


def test_a_run_is_taken_back_whole(desk: Desk, alex: UUID) -> None:
    report = _take(
        desk,
        PatientRecord("line 2", family_name="Muster", given_name="Jo"),
        PatientRecord(
            "line 3",
            family_name="Example",
            given_name="Alex",
            birth_date=BORN,
            occupation="baker",
            sport="rowing",
        ),
    )
    assert report.run is not None
    assert import_undo.undo(desk, report.run) == 2
    assert _names(desk) == {"Example"}
    assert patients.open_file(desk, alex).details.occupation == ""
    assert importing.runs(desk)[0].undone_at is not None
    with pytest.raises(Locked, match="already"):
        import_undo.undo(desk, report.run)
    assert desk.store.verify_audit() is None


def test_what_was_built_on_a_run_keeps_it(desk: Desk) -> None:
    report = _take(desk, PatientRecord("line 2", family_name="Muster"))
    assert report.run is not None
    (row,) = patients.find(desk, "Muster")
    cases.open_case(desk, row.id, cases.CaseDetails("strain", Side.LEFT))
    with pytest.raises(Locked, match="1 entry"):
        import_undo.undo(desk, report.run)
    assert _names(desk) == {"Muster"}


def test_a_row_that_was_corrected_since_keeps_its_run(desk: Desk) -> None:
    report = _take(desk, PatientRecord("line 2", family_name="Muster"))
    assert report.run is not None
    (row,) = patients.find(desk, "Muster")
    seen = patients.open_file(desk, row.id)
    patients.correct(desk, row.id, seen.version, PatientDetails("Muster", "Jo"))
    with pytest.raises(Locked, match="changed since"):
        import_undo.undo(desk, report.run)


NAUGHTY = (
    "",
    " ",
    "\u200b",
    "undefined",
    "NULL",
    "nil",
    "true",
    "0",
    "-1",
    "NaN",
    "1e1000",
    "../../etc/passwd",
    "'; DROP TABLE patients; --",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "${7*7}",
    "%s%n%x",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+1-1",
    "﷽",
    "Ω≈ç√∫˜µ≤≥÷",
    "田中さん",
    "المثال",
    "עִבְרִית",
    "\u202etest\u202d",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "a\0b",
    "\ud800",
    "x\udfffy",
    "\x1b[31m",
    "\ufffe\uffff",
    "line\r\nbreak",
    "x" * 100_000,
)
FIELDS = tuple(PatientRecord.__slots__)


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_any_text_in_any_field_is_kept_as_text_or_refused(desk: Desk, text: str) -> None:
    for number, name in enumerate(FIELDS):
        if name in ("place", "birth_date", "consent_on", "sex"):
            continue
        value = {
            "names": ((text, text, "former"),),
            "identifiers": ((text, text),),
            "addresses": ((text, text),),
            "phones": ((text, text),),
        }.get(name, text)
        said = {"family_name": f"Plain{number}", name: value}
        report = _take(desk, PatientRecord(f"line {number}", **said))  # type: ignore[arg-type]
        assert report.new + report.known + len(report.refused) == 1
        assert all(one.why and one.place for one in report.refused)
    with desk.store.reading() as session:
        for row in session.query(Patient):
            for name in patient_rows.PLAIN:
                str(getattr(row, name)).encode()  # no half of a pair reached the record
            repr(patient_rows.details(session, row)).encode()
        assert session.query(ImportRun).count() <= len(FIELDS)


def test_the_verdict_on_each_row_can_be_shown(desk: Desk, listed: Path) -> None:
    rows = import_any.take(desk, listed, declared=None, dry_run=True).rows
    assert [(row.name, row.verdict) for row in rows] == [
        ("Muster, Jo", Verdict.NEW),
        ("Sonst, Kim", Verdict.NEW),
    ]


def test_a_list_without_a_family_name_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "shoes.csv"
    path.write_text("Shoe;Size\nA;42\n")
    with pytest.raises(InvalidInput, match="family name"):
        import_any.take(desk, path)


def test_every_field_of_the_file_of_a_patient_can_come_from_a_list(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "all.csv"
    path.write_text(
        "Surname;First name;DOB;Phone;Mobile;Work phone;NHS number;Policy number;GP;"
        "Emergency contact;Emergency phone;Relationship;Maiden name;Dominant hand;Notes;Insurer;"
        "Interpreter;Preferred name\n"
        "Full;Kim;1980;;0151 1234567;030 99;943 476;P-1;Dr Robin Sample;Jo Full;555-0199;"
        "partner;Before;links;Knee in 2010;Sample Health;Arabic;Kimmy\n"
    )
    report = import_any.take(desk, path)
    assert (report.new, report.refused, report.how["columns_not_taken"]) == (1, (), [])
    assert [one.why for one in report.notes] == ["added to the address book: Dr Robin Sample"]
    (row,) = patients.find(desk, "Full")
    seen = patients.open_file(desk, row.id)
    said = seen.details
    assert (said.birth_date, said.birth_part) == (None, "1980")
    assert (said.phone_kind, said.phones[0].kind) == ("mobile", "work")
    assert [(one.system, one.value) for one in said.identifiers] == [
        ("NHS number", "943 476"),
        ("Policy number", "P-1"),
    ]
    assert (said.emergency_name, said.emergency_relation) == ("Jo Full", "partner")
    assert (said.names[0].family_name, said.dominant_hand) == ("Before", "left")
    assert (said.history, said.funding, said.preferred_name) == (
        "Knee in 2010",
        "Sample Health",
        "Kimmy",
    )
    assert (said.interpreter, said.interpreter_language) == ("yes", "Arabic")
    assert seen.care_team == (("gp", "Dr Robin Sample"),)
    assert report.run is not None
    import_undo.undo(desk, report.run)
    assert patients.find(desk, "Full") == ()
    assert contacts.listed(desk, "Sample") == ()


def test_lines_that_a_known_person_lacks_are_added_and_taken_back(desk: Desk, alex: UUID) -> None:
    before = patients.open_file(desk, alex).details
    report = _take(
        desk,
        PatientRecord(
            "line 2",
            family_name="Example",
            given_name="Alex",
            birth_date=BORN,
            phones=(("555 0142", "home"), ("555-0777", "mobile")),
            identifiers=(("Insurer", "H-2231"),),
            emergency_name="Jo",
        ),
    )
    assert (report.changed, report.rows[0].fills) == (
        1,
        ("emergency_name", "identifiers", "phones"),
    )
    after = patients.open_file(desk, alex).details
    assert [(one.number, one.kind) for one in after.phones] == [("555-0777", "mobile")]
    assert patients.find(desk, "H2231")[0].id == alex
    assert report.run is not None
    import_undo.undo(desk, report.run)
    assert patients.open_file(desk, alex).details == before


def test_a_dry_run_over_known_people_asks_the_store_by_the_hundred(desk: Desk) -> None:
    people = [
        PatientRecord(
            f"line {n}", family_name=f"Kin{n}", birth_date=BORN - timedelta(n), occupation="x"
        )
        for n in range(600)
    ]
    importing.run(desk, SOURCE, people)
    asked: list[str] = []
    with desk.store.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append(a[2]))
    assert importing.plan(desk, SOURCE, people).known == 600
    assert len(asked) < 40

"""Day lists by CSV: booked for patients who are known, doubtful lines refused, taken back."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.usecases import (
    appointments,
    day_list,
    import_any,
    import_assistant,
    import_files,
    import_undo,
    importing,
    mergers,
    patients,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_views import ImportReport, Verdict
from clinic_desk.usecases.patients import PatientDetails

DAY = date(2026, 2, 3)  # the desk's own


def _list(folder: Path, text: str, name: str = "list-2026-02-03.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _booked(desk: Desk, day: date = DAY) -> list[tuple[str, str, str, str]]:
    rows = day_list.day_list(desk, day).rows
    return [(row.time, row.patient, row.kind, row.state) for row in rows]


def _why(report: ImportReport) -> dict[str, str]:
    return {one.place: one.why for one in report.refused}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "Time,Patient,DOB,Type,Arrived",
            '10:30,"Example, Alex",1991-06-14,Initial assessment,yes',
        ),
        (
            "Uhrzeit;Nachname;Vorname;Geburtsdatum;Art;Angekommen",
            "10.30 Uhr;Example;Alex;14.06.1991;Erstbefund;ja",
        ),
        ("Heure;Nom;Prénom;Né le;Motif;Arrivé", "10h30;Example;Alex;14/06/1991;Bilan initial;oui"),
        (
            "Hora\tApellidos\tNombre\tFecha de nacimiento\tTipo de cita\tAsistió",
            "10:30\tExample\tAlex\t14/06/1991\tPrimera visita\tsí",
        ),
        (
            "Horário|Sobrenome|Nome|Data de nascimento|Tipo|Chegou",
            "10:30|Example|Alex|14/06/1991|Primeira consulta|sim",
        ),
        (
            "الوقت,اسم العائلة,الاسم الأول,تاريخ الميلاد,نوع الزيارة,الحضور",
            "10:30,Example,Alex,1991-06-14,زيارة أولى,نعم",
        ),
    ],
    ids=["en", "de", "fr", "es", "pt", "ar"],
)
def test_a_day_list_in_any_language_is_booked(
    desk: Desk, alex: UUID, tmp_path: Path, head: str, row: str
) -> None:
    report = import_any.take(desk, _list(tmp_path, f"{head}\n{row}\n"))
    assert (report.kind, report.new, report.refused) == ("day", 1, ())
    assert _booked(desk) == [("10:30", "EXAMPLE, Alex", "first_visit", "arrived")]


def test_a_number_says_who_comes_and_an_unknown_kind_stays_in_the_note(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    path = _list(
        tmp_path, "Date;Time;Patient ID;Type\n2026-02-05;09:00:00;CD-00001;Physio 20 min\n"
    )
    report = import_any.take(desk, path)
    assert [one.field for one in report.notes] == ["visit_kind"]
    (row,) = day_list.day_list(desk, date(2026, 2, 5)).rows
    assert (row.time, row.kind, row.note, row.state) == (
        "09:00",
        "follow_up",
        "Physio 20 min",
        "booked",
    )


def test_doubtful_lines_are_refused_and_can_be_mended_and_decided(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    path = _list(
        tmp_path,
        "Time,Surname,First name,DOB,Arrived\n"
        "08:00,Example,Alex,,\n"
        "25:00,Example,Alex,1991-06-14,\n"
        "09:00,Nobody,Kim,1990-01-01,\n"
        "09:30,Example,Alex,1991-06-14,perhaps\n"
        "10:00,,,,\n",
    )
    intake = import_assistant.open_file(path)
    assert import_assistant.is_day_list(intake)
    report = import_assistant.look(desk, intake, {}, {})
    assert {place: why.split(":")[0] for place, why in _why(report).items()} == {
        "line 2": "may be CD-00001",
        "line 3": "“25",
        "line 4": "nobody of this name is registered; register them first",
        "line 5": "“perhaps” does not say whether they are here",
        "line 6": "neither a number nor a name says who it is",
    }
    rows = import_assistant.problem_rows(intake, report, {})
    assert [one.shown for one in rows[0].alike] == ["CD-00001"]
    mended = {3: ("11:00", "Example", "Alex", "1991-06-14", "")}
    report = import_assistant.take(desk, intake, mended, {"line 2": alex})
    assert report.new == 2
    assert [one[0] for one in _booked(desk)] == ["08:00", "11:00"]


def test_a_list_taken_again_only_marks_who_arrived(desk: Desk, alex: UUID, tmp_path: Path) -> None:
    text = "Time,Number,Arrived\n09:00,CD-00001,\n10:00,CD-00001,\n10:00,CD-00001,\n"
    first = import_any.take(desk, _list(tmp_path, text))
    assert (first.new, first.known) == (2, 1)
    again = import_any.take(desk, _list(tmp_path, text.replace("09:00,CD-00001,", "9,CD-00001,x")))
    assert [row.verdict for row in again.rows] == [Verdict.CHANGED, Verdict.KNOWN, Verdict.KNOWN]
    assert [one[3] for one in _booked(desk)] == ["arrived", "booked"]


def test_a_day_list_is_taken_back_by_cancelling(desk: Desk, alex: UUID, tmp_path: Path) -> None:
    path = _list(tmp_path, "Time,Number\n09:00,CD-00001\n10:00,CD-00001\n")
    report = import_any.take(desk, path)
    assert report.run is not None
    assert import_undo.undo(desk, report.run) == 2
    assert [one[3] for one in _booked(desk)] == ["cancelled", "cancelled"]
    assert importing.runs(desk)[0].undone_at is not None
    again = import_any.take(desk, path)
    assert again.new == 2


def test_a_day_list_that_was_worked_on_is_not_taken_back(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    report = import_any.take(desk, _list(tmp_path, "Time,Number\n09:00,CD-00001\n"))
    (row,) = day_list.day_list(desk, DAY).rows
    assert row.appointment_id is not None
    appointments.arrive(desk, row.appointment_id)
    assert report.run is not None
    with pytest.raises(Locked):
        import_undo.undo(desk, report.run)


def test_the_day_is_never_guessed(desk: Desk, alex: UUID, tmp_path: Path) -> None:
    path = _list(tmp_path, "Time,Number\n09:00,CD-00001\n", "list.csv")
    assert "which day" in _why(import_any.take(desk, path))["line 2"]
    intake = import_assistant.of_day(import_assistant.open_file(path), DAY)
    kept = tmp_path / "map.toml"
    import_assistant.save_map(intake, kept)
    report = import_any.take(desk, path, declared=import_files.read_map(kept))
    assert (report.new, report.how["day"]) == (1, "2026-02-03")


def test_nobody_has_arrived_on_a_day_to_come(desk: Desk, alex: UUID, tmp_path: Path) -> None:
    path = _list(tmp_path, "Time,Number,Arrived\n2026-03-01T09:00:00Z,CD-00001,yes\n")
    assert "still to come" in _why(import_any.take(desk, path))["line 2"]


def test_a_merged_registration_is_refused_with_the_one_in_use(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    twin = patients.register(desk, PatientDetails("Example", "Alexa", birth_date=date(1991, 6, 14)))
    mergers.merge(desk, alex, twin)
    report = import_any.take(desk, _list(tmp_path, "Time,Number\n09:00,CD-00002\n"))
    assert "merged into CD-00001" in _why(report)["line 2"]


def test_a_list_that_says_neither_time_nor_who_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="says who"):
        import_any.take(desk, _list(tmp_path, "Time,Room\n09:00,2\n"))


def test_any_text_in_any_cell_is_booked_or_refused_with_its_line(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    usual = ["10:30", "CD-00001", "Example", "Alex", "1991-06-14", "2026-02-03", "", "", ""]
    texts = ["=1+1", "\u202e", "٣:٣٠", "9999-99-99", "24:00", "x" * 5000, "'", "ﷺ", "0", "-1:00"]
    lines = ["Time,Number,Surname,First name,DOB,Date,Type,Arrived,Note"]
    for place in range(len(usual)):
        for text in texts:
            cells = list(usual)
            cells[place] = text
            lines.append(",".join(cells))
    report = import_any.take(desk, _list(tmp_path, "\n".join(lines)))
    assert report.read == report.new + report.known + len({one.place for one in report.refused})
    assert all(one.place and one.why for one in report.refused)
    assert report.new >= 1


@pytest.mark.parametrize(
    ("head", "good", "stray"),
    [
        ("Time,Number,Note", '10:30,"CD-00001",x', '11:00,"CD-00001","says "ow", so"'),
        ("Surname,First name,Note", '"Other","Sam",x', '"Third","Kim","says "ow", so"'),
    ],
)
def test_a_row_read_with_care_is_taken_and_said_in_the_dry_run_and_the_report(
    desk: Desk, alex: UUID, tmp_path: Path, head: str, good: str, stray: str
) -> None:
    path = _list(tmp_path, f'{head}\n{good}\n{stray}\n"Open,x,y\n')
    for dry_run in (True, False):
        report = import_any.take(desk, path, dry_run=dry_run)
        assert (report.new, [one.place for one in report.refused]) == (2, ["line 4"])
        assert [one.place for one in report.notes if "with care" in one.why] == ["line 3"]

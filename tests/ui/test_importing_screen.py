"""The import assistant on a real store: from a file to the record and back again."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.parts.import_export import ExportCard, ExportMenu, SealDialog
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.importing import COLUMNS, PROBLEMS, START, SUMMARY, ImportingScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.usecases import day_list, exporting, importing, patients, record_print
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press

LIST = (
    "Nr;Nachname;Vorname;Geburtsdatum;Geschlecht;Schuhe\n"
    "1;Muster;Jo;03/04/1980;w;42\n"
    "2;Sonst;Kim;05/06/1990;m;43\n"
    "3;Fehler;Max;31/02/1990;m;44\n"
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(LIST, encoding="cp1252")
    return path


@pytest.fixture
def at(stage) -> Stage:
    made = stage(ImportingScreen)
    made.open(Place.IMPORT)
    return made


def _take(at: Stage, path: Path) -> ImportingScreen:
    screen = at.screen
    assert isinstance(screen, ImportingScreen)
    screen.take(path)
    at.settle()
    return screen


def test_a_list_is_taken_in_step_by_step(at: Stage, desk: Desk, people: Path) -> None:
    people.write_text(LIST.replace("03/04", "25/04").replace("31/02", "30/01"))
    screen = _take(at, people)
    assert screen.pages.currentIndex() == COLUMNS
    press(screen.next)
    at.settle()
    assert screen.pages.currentIndex() == SUMMARY
    assert screen.next.text() == "Take in 3"
    assert patients.find(desk, "") == ()  # so far it was only looked at
    press(screen.next)
    at.settle()
    assert {row.family_name for row in patients.find(desk, "")} == {"Muster", "Sonst", "Fehler"}
    assert screen.summary.done.text() == "Taken in: 3 new, 0 completed."
    press(screen.summary.undo)
    at.settle()
    assert patients.find(desk, "") == ()
    assert screen.pages.currentIndex() == START
    assert importing.runs(desk)[0].undone_at is not None


def test_a_date_that_could_be_two_is_asked_about(at: Stage, desk: Desk, people: Path) -> None:
    people.write_text(LIST.replace("3;Fehler;Max;31/02/1990;m;44\n", ""))
    screen = _take(at, people)
    (question,) = screen.columns._asked.values()
    assert not screen.columns.questions.isHidden()
    assert screen.next.text() == "Continue without an answer"
    question.set_value("dmy")
    question.chosen.emit("dmy")
    assert screen.next.text() == "Continue"
    assert [str(one.birth_date) for one in screen.columns.model.rows()] == [
        "1980-04-03",
        "1990-06-05",
    ]


def test_a_day_list_is_taken_in_for_the_day_that_is_typed(
    at: Stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "day.csv"
    path.write_text("Time,Surname,First name,DOB\n10:30,Example,Alex,\n")
    screen = _take(at, path)
    columns = screen.columns
    assert columns.of.value() == "day"
    assert columns.day.isVisible()
    assert columns.day_rows.isVisible()
    QTest.keyClicks(columns.day.field, "4 feb 2026")
    press(screen.next)
    at.settle()
    assert screen.pages.currentIndex() == PROBLEMS
    offered = [button.text() for button, _place, _word in screen.problems._offers]
    assert offered == ["It is CD-00001"]
    screen.problems._offers[0][0].click()
    assert screen.problems.settled == {"line 2": alex}
    press(screen.again)
    at.settle()
    assert screen.pages.currentIndex() == SUMMARY
    press(screen.next)
    at.settle()
    (row,) = day_list.day_list(desk, date(2026, 2, 4)).rows
    assert (row.time, row.patient) == ("10:30", "EXAMPLE, Alex")
    press(screen.summary.undo)
    at.settle()
    (row,) = day_list.day_list(desk, date(2026, 2, 4)).rows
    assert row.state == "cancelled"


def test_a_list_is_said_to_be_of_something_else(at: Stage, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Surname,Hour\nExample,10:30\n")
    screen = _take(at, path)
    assert screen.columns.of.value() == "people"
    screen.columns.of.set_value("day")
    screen.columns.of.chosen.emit("day")
    at.settle()
    assert screen.columns.day_rows.isVisible()
    assert screen.columns._fields["Hour"].findData("time") >= 0


def test_a_broken_row_is_mended_in_the_table(at: Stage, desk: Desk, people: Path) -> None:
    people.write_text(LIST.replace("03/04", "25/04"))
    screen = _take(at, people)
    press(screen.next)
    at.settle()
    assert screen.pages.currentIndex() == PROBLEMS
    model = screen.problems.model
    assert [row.place for row in model.rows] == ["line 4"]
    place = model.index(0, 2 + 3)
    assert model.flags(place) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(place, "28/02/1990")
    press(screen.again)
    at.settle()
    assert screen.pages.currentIndex() == SUMMARY
    press(screen.next)
    at.settle()
    assert len(patients.find(desk, "")) == 3


def test_somebody_who_may_be_known_is_decided_with_a_button(
    at: Stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("Surname,First name,DOB,Occupation\nExampel,Alex,1991-06-14,baker\n")
    screen = _take(at, path)
    press(screen.next)
    at.settle()
    assert screen.pages.currentIndex() == PROBLEMS
    offered = [
        screen.problems._line.itemAt(n).widget()
        for n in range(screen.problems._line.count())
        if screen.problems._line.itemAt(n).widget() is not None
    ]
    assert [one.text() for one in offered] == ["It is CD-00001", "It is a new person"]
    offered[0].click()
    assert screen.problems.settled == {"line 2": alex}
    press(screen.again)
    at.settle()
    press(screen.next)
    at.settle()
    assert patients.open_file(desk, alex).details.occupation == "baker"
    assert len(patients.find(desk, "")) == 1


def test_a_column_is_given_another_field_and_the_mapping_is_kept(
    at: Stage, desk: Desk, people: Path, tmp_path: Path
) -> None:
    screen = _take(at, people)
    box = screen.columns._fields["Schuhe"]
    box.set_value("sport")
    box.chosen.emit("sport")
    screen.save_map(tmp_path / "map.toml")
    again = _take(at, people)
    again.load_map(tmp_path / "map.toml")
    at.settle()
    assert again.columns._fields["Schuhe"].value() == "sport"
    again.columns._fields["Schuhe"].set_value("family_name")
    again.columns.declared.emit()
    assert at.said[-1][1] == "problem"


def test_a_file_that_cannot_be_read_says_where_and_why(at: Stage, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text('a,"b\n1,2\n')
    screen = _take(at, path)
    assert screen.pages.currentIndex() == START
    assert "line 1" in screen.start.problem.text()
    assert not screen.start.problem.isHidden()
    _take(at, tmp_path / "none.csv")
    assert "none.csv" in screen.start.problem.text()


def test_a_sealed_archive_asks_for_its_passphrase(
    at: Stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    report = exporting.export(desk, tmp_path / "out", passphrase="a long passphrase")
    screen = _take(at, report.out)
    assert not screen.start.secret.isHidden()
    screen.start.passphrase.set_value("wrong passphrase")
    screen.start._open_sealed()
    at.settle()
    assert (
        "does not open" in " ".join(text for text, _kind in at.said) + screen.start.problem.text()
    )
    screen.start.passphrase.set_value("a long passphrase")
    screen.start._open_sealed()
    at.settle()
    assert screen.pages.currentIndex() == SUMMARY
    assert [row.verdict for row in screen.summary.model.rows()] == ["known"]


def test_an_earlier_import_is_taken_back_from_its_list(at: Stage, desk: Desk, people: Path) -> None:
    people.write_text("Surname\nMuster\n")
    screen = _take(at, people)
    press(screen.next)
    at.settle()
    press(screen.next)
    at.settle()
    press(screen.next)  # another file
    at.settle()
    assert screen.start.undo.isEnabled()
    press(screen.start.undo)
    at.settle()
    assert patients.find(desk, "") == ()
    assert not screen.start.undo.isEnabled()


def test_a_run_is_stopped_and_leaves_nothing(at: Stage, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Surname\n" + "".join(f"Person{n}x\n" for n in range(1500)))
    screen = _take(at, path)
    press(screen.next)
    at.settle()
    screen.course.moved.connect(lambda *_numbers: screen.course.stop())
    press(screen.next)
    at.settle()
    assert ("Stopped. Nothing was taken in.", "info") in at.said
    assert patients.find(desk, "") == ()
    assert screen.next.isEnabled()


def test_a_record_is_handed_out_from_the_patients_page(
    stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    at = stage(PatientScreen)
    menu = at.screen.hand_out
    assert isinstance(menu, ExportMenu)
    assert not menu.isEnabled()
    at.open(Place.PATIENT, alex)
    assert menu.isEnabled()
    menu.save_pdf(tmp_path / "summary", record_print.summary)
    menu.export(tmp_path / "out", "fhir")
    at.settle()
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "out").rglob("*.fhir.json"))
    assert [kind for _text, kind in at.said] == ["done", "done"]


def test_the_practice_is_exported_from_the_settings(
    stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    card = at.screen.exchange
    assert isinstance(card, ExportCard)
    card.export(tmp_path / "out")
    at.settle()
    assert list((tmp_path / "out").rglob("record.json"))
    assert at.said[-1][1] == "done"
    (tmp_path / "file").touch()
    card.export(tmp_path / "file" / "out")
    at.settle()
    assert at.said[-1][1] == "problem"
    assert card.out.isEnabled()
    press(card.into)
    assert at.asked[-1].place is Place.IMPORT


def test_a_passphrase_is_asked_for_twice(shown) -> None:
    dialog = shown(SealDialog())
    dialog.first.set_value("short")
    dialog.check()
    assert list(dialog.form.problems()) == ["first"]
    dialog.first.set_value("long enough words")
    dialog.second.set_value("another one")
    dialog.check()
    assert list(dialog.form.problems()) == ["second"]
    dialog.second.set_value("long enough words")
    dialog.check()
    assert (dialog.result(), dialog.passphrase()) == (
        SealDialog.DialogCode.Accepted,
        "long enough words",
    )

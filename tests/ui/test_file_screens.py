"""Files: dropped or added on the patient's page, looked at, described, archived, copied out."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from clinic_desk.clinical.measures import Side
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.file import FileScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.usecases import files, imaging_results, loops
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press
from tests.usecases.test_files import PDF


def drop(target: QWidget, *urls: QUrl) -> bool:
    """Drag onto a widget and let go, as the window system tells it."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, no)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, left, no))
    return True


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "MRI report.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def page(stage, alex: UUID, strain: UUID) -> Stage:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex, case=strain)
    return at


def titles(desk: Desk, alex: UUID) -> list[str]:
    return [row.details.title for row in files.listed(desk, alex) if row.archived_at is None]


def test_a_dropped_file_is_filed_with_the_case_in_hand_and_can_be_undone(
    page: Stage, desk: Desk, alex: UUID, strain: UUID, scan: Path
) -> None:
    offered: list[tuple[str, object]] = []
    page.screen.undoable.connect(lambda text, undo: offered.append((text, undo)))
    assert drop(page.screen, QUrl.fromLocalFile(str(scan)))
    page.settle()
    assert titles(desk, alex) == ["MRI report"]
    assert files.listed(desk, alex)[0].details.case_id == strain
    assert scan.read_bytes() == PDF
    ((text, undo),) = offered
    assert text == "Filed: MRI report. Open it to say what it is."
    undo()
    page.settle()
    assert titles(desk, alex) == []
    assert not page.screen.files.adding.busy


def test_a_link_is_not_taken(page: Stage) -> None:
    assert not drop(page.screen, QUrl("https://example.org/report.pdf"))


def test_several_files_are_added_and_what_cannot_be_is_said_in_words(
    page: Stage, desk: Desk, alex: UUID, scan: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    notes = tmp_path / "notes.txt"
    notes.write_text("Phoned.")
    page.screen.files.add([scan, empty, notes, tmp_path])
    page.settle()
    assert sorted(titles(desk, alex)) == ["MRI report", "notes"]
    problems = [text for text, kind in page.said if kind == "problem"]
    assert "empty (0 bytes)" in problems[0]
    assert "not a file" in problems[1]
    page.screen.files.add([scan])
    page.settle()
    assert page.said[-1][0] == "Filed already, nothing was added twice: MRI report."


def test_adding_says_what_it_does_and_stops_when_asked(
    page: Stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    adding = page.screen.files.adding
    for name in ("a.bin", "b.bin"):
        (tmp_path / name).write_bytes(name.encode() * files.PIECE)
    page.screen.files.add([tmp_path / "a.bin", tmp_path / "b.bin"])
    assert adding.isVisible()
    assert adding.words.text() == "Reading a.bin, 1 more after it"
    press(adding.stop)
    page.settle()
    assert titles(desk, alex) == []
    assert not adding.isVisible()
    assert ("Stopped. Nothing was kept.", "info") in page.said
    page.screen.files.add([tmp_path / "b.bin"])
    page.settle()
    assert titles(desk, alex) == ["b"]


def test_the_dialog_adds_too(
    page: Stage, desk: Desk, alex: UUID, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(scan)], ""))
    press(page.screen.files.card.add_files)
    page.settle()
    assert titles(desk, alex) == ["MRI report"]


def test_the_card_opens_a_file_and_folds_a_long_list(
    page: Stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    paths = []
    for number in range(9):
        paths.append(tmp_path / f"note {number}.txt")
        paths[-1].write_text(f"number {number}")
    page.screen.files.add(paths)
    page.settle()
    card = page.screen.files.card
    assert len(card._lines) == 6
    assert card.more.text() == "Show 3 more"
    card.more.click()
    assert len(card._lines) == 9
    newest = files.listed(desk, alex)[0]
    button = next(b for b in card.findChildren(QWidget) if b.property("file") == str(newest.id))
    button.click()
    assert page.asked == [Ref(Place.FILE, newest.id)]


@pytest.fixture
def one(stage, desk: Desk, alex: UUID, strain: UUID, scan: Path) -> tuple[Stage, UUID]:
    """A filed report, open."""
    file = files.add(desk, alex, files.examine(scan), strain).id
    at = stage(FileScreen)
    at.open(Place.FILE, file)
    return at, file


def test_a_file_is_shown_by_its_pages_and_described(one: tuple[Stage, UUID], desk: Desk) -> None:
    at, file = one
    pages = at.screen.preview.pages
    at.until(lambda: pages.page_image(0) is not None)
    assert pages.info.text() == "page 1 of 1"
    sheet = pages._sheets[0]
    assert abs(sheet.width() / sheet.height() - 300 / 400) < 0.01  # its own shape, not A4
    at.screen.form.title.setText("")
    press(at.screen.save)
    at.settle()
    assert "title" in at.screen.form.problems()
    QTest.keyClicks(at.screen.form.title, "MRI left thigh")
    at.screen.form.kind.set_value("report")
    at.screen.form.dated.field.setText("02 feb 2026")
    press(at.screen.save)
    at.settle()
    details = files.one(desk, file).details
    assert (details.title, details.kind) == ("MRI left thigh", "report")
    assert details.dated_on == date(2026, 2, 2)


def test_leaving_keeps_what_was_said(one: tuple[Stage, UUID], desk: Desk) -> None:
    at, file = one
    QTest.keyClicks(at.screen.form.source, "Sample Imaging")
    assert not at.screen.unkept()
    at.screen.leave()
    at.settle()
    assert files.one(desk, file).details.source == "Sample Imaging"
    at.screen.form.title.setText(" ")
    assert at.screen.unkept()


def test_archiving_is_undone_from_the_message(one: tuple[Stage, UUID], desk: Desk) -> None:
    at, file = one
    offered: list[object] = []
    at.screen.undoable.connect(lambda _text, undo: offered.append(undo))
    press(at.screen.put_by)
    at.settle()
    assert files.one(desk, file).archived_at is not None
    assert at.screen.put_by.text() == "Bring back"
    offered[0]()  # type: ignore[operator]
    at.settle()
    assert files.one(desk, file).archived_at is None


def test_a_copy_says_that_it_is_no_longer_encrypted(
    one: tuple[Stage, UUID], tmp_path: Path
) -> None:
    at, _file = one
    at.screen.save_to(tmp_path / "copy.pdf")
    at.settle()
    assert (tmp_path / "copy.pdf").read_bytes() == PDF
    assert at.said == [("Saved as copy.pdf. That copy is no longer encrypted.", "done")]
    at.screen.save_to(tmp_path / "missing" / "copy.pdf")
    at.settle()
    assert at.said[-1][1] == "problem"


def test_a_program_is_named_before_anything_else(
    stage, desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "setup.pdf"
    path.write_bytes(b"MZ\x90\0" * 20)
    at = stage(FileScreen)
    at.open(Place.FILE, files.add(desk, alex, files.examine(path)).id)
    assert "This is a program" in at.screen.warning.text()
    assert at.screen.warning.isVisible()
    assert at.screen.preview.nothing.sentence.text() == "A program is never opened here."


def test_a_file_can_be_filed_as_the_answer_to_a_request(
    one: tuple[Stage, UUID], desk: Desk, strain: UUID
) -> None:
    at, file = one
    loop = loops.order(desk, strain, loops.OrderDetails("imaging", "MRI left thigh"))
    at.open(Place.FILE, file)
    press(at.screen.take)
    at.settle()
    assert [row.state for row in loops.waiting(desk)] == ["unread"]
    assert at.screen.answers.text() == "MRI left thigh, not signed off yet."
    press(at.screen.open_request)
    assert at.asked == [Ref(Place.LOOP, loop)]


def test_a_report_that_nobody_asked_for_is_entered_and_corrected(
    one: tuple[Stage, UUID], desk: Desk, strain: UUID
) -> None:
    at, file = one
    card = at.screen.report
    assert card.line.text() == "Not entered in fields yet."
    card.begin.click()
    card.form.modality.set_value("mri")
    card.keep.click()
    at.settle()
    assert {"studied_on", "conclusion"} <= set(card.form.problems())
    card.form.on.field.setText("02 feb 2026")
    card.form.grades["conclusion"].set_value("partial_tear")
    card.keep.click()
    at.settle()
    assert card.line.text() == "MRI of 02 Feb 2026, left: Partial tear"
    card.begin.click()
    card.form.grades["conclusion"].set_value("complete_tear")
    card.keep.click()
    at.settle()
    (result,) = imaging_results.of_file(desk, file).results
    assert (result.details.conclusion, result.details.side) == ("complete_tear", Side.LEFT)

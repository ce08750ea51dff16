"""The first start, page by page, on a folder that does not exist yet; and the demo clinic."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from clinic_desk.ui.first_run import CLINICIAN, PASSPHRASE, RECOVERY, FirstRunPages
from clinic_desk.ui.screens.today import TodayScreen
from tests.app.conftest import Running

WORDS = "three plain words"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there" / "yet"


def pages_of(program: Running) -> FirstRunPages:
    assert program.desk.first_run is not None
    return program.desk.first_run


def set_up(program: Running) -> FirstRunPages:
    """Up to the page with the recovery code, by keyboard."""
    pages = pages_of(program)
    name = pages.practice.rows["name"].control
    program.type(name, "Example Street Physiotherapy")
    program.type(pages.practice.rows["address"].control, "12 Example Street")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert pages.pages.currentIndex() == CLINICIAN
    program.type(pages.clinician.rows["name"].control, "Dana Demo")
    program.press(pages.next_button)
    assert pages.pages.currentIndex() == PASSPHRASE
    program.type(pages.passphrase, WORDS)
    program.type(pages.again, WORDS)
    program.press(pages.next_button)
    program.until(lambda: pages.pages.currentIndex() == RECOVERY)
    return pages


def test_the_set_up_ends_on_today_with_two_unreadable_files(started, empty: Path) -> None:
    program = started(empty)
    pages = set_up(program)
    code = pages.code.text()
    assert len(code.split("-")) == 8

    program.type(pages.confirm, "WRONG")
    program.press(pages.next_button)
    assert "last group" in pages.problem.text
    assert program.desk.navigator is None

    pages.confirm.clear()
    program.type(pages.confirm, code.split("-")[-1].lower())
    program.press(pages.next_button)
    assert isinstance(program.screen, TodayScreen)
    assert program.window.shell_shown

    program.desk.end()
    there = {path.name: path.read_bytes() for path in empty.iterdir()}
    assert {"clinic.db", "clinic.keys"} <= set(there)
    for name, raw in there.items():
        for secret in (b"Example Street", b"Dana", b"SQLite", WORDS.encode(), code.encode()):
            assert secret not in raw, name


def test_the_next_start_asks_for_the_passphrase_that_was_chosen(started, empty: Path) -> None:
    first = started(empty)
    set_up(first)
    first.desk.end()  # even before the code was confirmed
    again = started(empty)
    again.unlock(WORDS)
    assert isinstance(again.screen, TodayScreen)


def test_the_saved_sheet_is_a_pdf_that_holds_the_code(
    started, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(empty)
    pages = set_up(program)
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    program.press(pages.save_button)
    raw = target.read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    signs = "".join(sign for sign in text if sign.isalnum())
    assert pages.code.text().replace("-", "") in signs
    assert WORDS not in text
    assert pages.problem.text == ""


def test_a_sheet_that_cannot_be_saved_says_so(
    started, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(empty)
    pages = set_up(program)
    target = tmp_path / "no such folder" / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    program.press(pages.save_button)
    assert "sheet.pdf" in pages.problem.text


def test_a_set_up_in_a_folder_that_takes_no_files_says_so_and_can_be_repeated(
    started, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "in the way"
    in_the_way.write_text("a file, not a folder")
    program = started(in_the_way)
    pages = pages_of(program)
    program.type(pages.practice.rows["name"].control, "Example Street Physiotherapy")
    program.press(pages.next_button)
    program.type(pages.clinician.rows["name"].control, "Dana Demo")
    program.press(pages.next_button)
    program.type(pages.passphrase, WORDS)
    program.type(pages.again, WORDS)
    program.press(pages.next_button)
    assert "could not be made" in pages.problem.text
    assert pages.next_button.isEnabled()
    assert in_the_way.read_text() == "a file, not a folder"


def test_the_demo_clinic_leaves_the_persons_folder_untouched(started, empty: Path) -> None:
    program = started(empty)
    program.press(pages_of(program).demo)
    program.until(lambda: program.desk.navigator is not None)
    program.settle()
    assert isinstance(program.screen, TodayScreen)
    assert program.navigator.desk.demo
    assert program.window.demo_strip.isVisible()
    said = [label.text() for label in program.window.demo_strip.findChildren(QLabel)]
    assert any("demo clinic" in words.lower() for words in said)
    place = program.desk.folder
    assert (place / "clinic.db").is_file()
    program.desk.end()
    assert not place.exists()
    assert not empty.exists()


def test_a_demo_clinic_that_cannot_be_made_says_so(
    started, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinic_desk.errors import StorageUnavailable
    from clinic_desk.usecases import demo

    def full(*_: object) -> object:
        raise StorageUnavailable("The disk is full; this was not saved.", "Free some space.")

    monkeypatch.setattr(demo, "make", full)
    program = started(empty)
    program.press(pages_of(program).demo)
    pages = pages_of(program)
    assert pages.isVisible()
    assert "disk is full" in pages.problem.text
    assert pages.demo.isEnabled()

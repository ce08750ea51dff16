"""A fault in the program itself: it says so, lives on, and loses nothing (F31)."""

import logging
import sys
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from clinic_desk import log
from clinic_desk.errors import StorageUnavailable
from clinic_desk.ui.problems import CrashSheet, DataDialog, UnkeptDialog
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import visits
from tests.app.conftest import Running
from tests.app.people import ALLERGY, FAMILY

SECRET = f"{FAMILY}, Alex has {ALLERGY}"


def broken() -> None:
    raise RuntimeError(SECRET)


def at_the_note(program: Running, visit: UUID) -> VisitScreen:
    program.unlock()
    program.navigator.go(Ref(Place.VISIT, visit))
    program.settle()
    assert isinstance(program.screen, VisitScreen)
    assert program.screen.draft is not None
    return program.screen


def crash_sheet(program: Running) -> CrashSheet:
    program.until(lambda: "sheet" in program.troubles)
    program.troubles.clear()
    sheet = program.window.findChild(CrashSheet)
    assert isinstance(sheet, CrashSheet)
    assert sheet.isVisible()
    return sheet


@pytest.fixture
def logged(tmp_path: Path):
    """What the program's own log says."""
    logger = logging.getLogger("clinic_desk")
    before = list(logger.handlers)
    log.start(tmp_path / "log")
    yield lambda: (tmp_path / "log" / log.FILE).read_text(encoding="utf-8")
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()


def test_a_fault_in_a_slot_keeps_the_draft_and_the_program(
    started, folder: Path, visit: UUID, kept, logged
) -> None:
    program = started(folder)
    note = at_the_note(program, visit).note
    program.type(note.areas["subjective"], "Felt a pull")
    QTimer.singleShot(0, broken)
    sheet = crash_sheet(program)
    for told in (sheet.words, logged()):
        assert "RuntimeError" in told
        assert "broken" in told  # the place in the code
        for secret in (FAMILY, ALLERGY, "Felt a pull", str(folder)):
            assert secret not in told
    sheet.copy()
    assert QGuiApplication.clipboard().text() == sheet.words
    sheet.accept()

    program.window.activateWindow()
    program.type(note.areas["subjective"], " on day 2")
    program.window.close()
    program.desk.end()
    view = kept(visit)
    assert view.content.note.subjective == "Felt a pull on day 2"
    assert view.signed_at is None


def test_a_fault_in_the_background_shows_the_same_sheet(
    started, folder: Path, visit: UUID, logged
) -> None:
    program = started(folder)
    at_the_note(program, visit)
    program.desk.lanes.run(broken)
    sheet = crash_sheet(program)
    assert "broken" in sheet.words
    assert FAMILY not in sheet.words + logged()
    program.desk.lanes.run(broken)  # one sheet at a time
    program.settle()
    assert len(program.window.findChildren(CrashSheet)) == 1
    program.troubles.clear()


def test_a_draft_that_a_fault_kept_from_the_file_is_kept_on_leaving(
    started, folder: Path, visit: UUID, kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(folder)
    screen = at_the_note(program, visit)
    with monkeypatch.context() as patch:
        patch.setattr(visits, "keep", lambda *_: broken())
        program.type(screen.note.areas["plan"], "Isometrics")
        assert screen.draft is not None
        screen.draft.flush()
        program.settle()
        crash_sheet(program).accept()
    program.window.close()
    program.desk.end()
    assert kept(visit).content.note.plan == "Isometrics"


def test_a_full_disk_is_said_and_the_draft_is_kept_when_there_is_space(
    started, folder: Path, visit: UUID, kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(folder)
    screen = at_the_note(program, visit)
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise StorageUnavailable("The disk is full; this was not saved.", "Free some space.")

        patch.setattr(visits, "keep", full)
        program.type(screen.note.areas["plan"], "Isometrics")
        assert screen.draft is not None
        screen.draft.flush()
        program.settle()
        assert "disk is full" in program.window.message_bar.text
        assert screen.note.areas["plan"].value() == "Isometrics"
    program.until(lambda: not screen.draft.sheet.unsaved)
    program.desk.end()
    assert kept(visit).content.note.plan == "Isometrics"


def test_closing_while_nothing_can_be_kept_stays_open_until_the_person_knows(
    started, folder: Path, visit: UUID, kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(folder)
    screen = at_the_note(program, visit)

    def full(*_: object) -> None:
        raise StorageUnavailable("The disk is full; this was not saved.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(visits, "keep", full)
        program.type(screen.note.areas["plan"], "Isometrics")
        assert not program.window.close()
        dialog = program.window.findChild(UnkeptDialog)
        assert dialog.isVisible()
        dialog.accept()  # stay
        assert program.window.isVisible()
        assert screen.note.areas["plan"].value() == "Isometrics"
    assert program.window.close()  # there is room again
    program.desk.end()
    assert kept(visit).content.note.plan == "Isometrics"


def test_closing_all_the_same_is_the_persons_choice(
    started, folder: Path, visit: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(folder)
    screen = at_the_note(program, visit)

    def full(*_: object) -> None:
        raise StorageUnavailable("The disk is full; this was not saved.", "Free some space.")

    monkeypatch.setattr(visits, "keep", full)
    program.type(screen.note.areas["plan"], "Isometrics")
    assert not program.window.close()
    program.window.findChild(UnkeptDialog).lose_asked.emit()
    assert not program.window.isVisible()


def test_data_that_turns_out_damaged_is_said_in_a_dialog(
    started, folder: Path, visit: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinic_desk.errors import StorageDamaged
    from clinic_desk.usecases import today

    def damaged(*_: object) -> None:
        raise StorageDamaged("The data file clinic.db is damaged.", "Put back a backup.")

    program = started(folder)
    program.unlock()
    monkeypatch.setattr(today, "today", damaged)
    program.navigator.go(Ref(Place.PATIENTS))
    program.navigator.go(Ref(Place.TODAY))
    program.until(lambda: program.troubles == ["dialog"])
    program.troubles.clear()
    dialog = program.window.findChild(DataDialog)
    assert dialog.isVisible()
    dialog.accept()


def test_the_hooks_of_python_lead_to_the_sheet(started, folder: Path) -> None:
    program = started(folder)
    try:
        broken()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert FAMILY not in crash_sheet(program).words

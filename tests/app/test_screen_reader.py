"""What a screen reader is told: every control that takes the keyboard has a name, everywhere."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from clinic_desk.ui.first_run import RECOVERY
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.usecases import patients
from tests.app.conftest import Running

WITHOUT_ID = (Place.TODAY, Place.PATIENTS, Place.NEW_PATIENT, Place.LETTERS, Place.SETTINGS)


def nameless(widget: QWidget) -> list[str]:
    """The visible controls in the order of Tab that a screen reader would call nothing."""
    QAccessible.setActive(True)
    found = []
    for one in (widget, *widget.findChildren(QWidget)):
        takes = one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if not takes or one.focusProxy() is not None or not one.isVisibleTo(widget):
            continue
        told = QAccessible.queryAccessibleInterface(one)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            inside = one.parentWidget().objectName() if one.parentWidget() else ""
            found.append(f"{type(one).__name__} {one.objectName()} in {inside}")
    return found


@pytest.fixture
def at_desk(started, folder: Path, visit: UUID) -> Running:
    program: Running = started(folder)
    program.unlock()
    return program


def only_patient(program: Running) -> patients.PatientFile:
    (row,) = patients.find(program.navigator.desk, "")
    return patients.open_file(program.navigator.desk, row.id)


def test_the_first_pages(started, folder: Path, tmp_path: Path) -> None:
    program = started(folder)
    assert nameless(program.window) == []
    program.press(program.unlock_page.lost)
    assert nameless(program.window) == []
    new = started(tmp_path / "new")
    pages = new.desk.first_run
    assert pages is not None
    for page in range(RECOVERY + 1):
        pages._show(page)
        assert nameless(new.window) == [], page


def test_the_general_screens(at_desk: Running) -> None:
    for place in WITHOUT_ID:
        at_desk.navigator.go(Ref(place))
        at_desk.settle()
        assert nameless(at_desk.window) == [], place


def test_a_patients_page_and_its_forms(at_desk: Running) -> None:
    at_desk.navigator.go(Ref(Place.PATIENT, only_patient(at_desk).banner.patient_id))
    at_desk.settle()
    assert nameless(at_desk.window) == []
    assert isinstance(at_desk.screen, PatientScreen)
    at_desk.screen._edit()
    at_desk.settle()
    assert nameless(at_desk.window) == []


def test_every_step_of_the_evaluation(at_desk: Running, visit: UUID) -> None:
    at_desk.navigator.go(Ref(Place.EVALUATION, visit))
    at_desk.settle()
    screen = at_desk.screen
    assert isinstance(screen, EvaluationScreen)
    assert screen.draft is not None
    seen = [one.step.id for one in screen.draft.progress()]
    for step in seen:
        screen.go_to_step(step)
        at_desk.settle()
        assert nameless(at_desk.window) == [], step
    assert len(seen) >= 4


def test_the_visit_the_program_and_the_letter(at_desk: Running, visit: UUID) -> None:
    case = only_patient(at_desk).cases[0].id
    for place, id in ((Place.VISIT, visit), (Place.PROGRAM, case), (Place.LETTER, case)):
        at_desk.navigator.go(Ref(place, id))
        at_desk.settle()
        assert nameless(at_desk.window) == [], place


def test_an_issued_document(started) -> None:
    program = started(None)
    program.until(lambda: program.desk.navigator is not None)
    desk = program.navigator.desk
    entries = [
        entry
        for row in patients.find(desk, "")
        for entry in patients.open_file(desk, row.id).journal
        if entry.kind == "handout"
    ]
    program.navigator.go(Ref(Place.DOCUMENT, entries[0].id))
    program.settle()
    assert nameless(program.window) == []

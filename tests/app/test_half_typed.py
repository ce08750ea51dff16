"""What is typed into a form and not saved yet: going away, locking and closing do not drop it."""

from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from clinic_desk.ui import theme
from clinic_desk.ui.problems import UnkeptDialog
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.tasks import TasksScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import visits
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.app.conftest import Running


@pytest.fixture
def program(started, folder) -> Running:
    running = started(folder)
    running.unlock()
    return running


def _go(program: Running, ref: Ref) -> None:
    program.navigator.go(ref)
    program.settle()


def _stays_open(program: Running) -> None:
    """Neither the lock command nor closing takes the screen away without a word."""
    program.press(program.window.bar.lock)
    assert program.desk.navigator is not None
    assert "Not locked" in program.window.message_bar.text
    program.window.close()
    assert program.window.isVisible()
    dialog = program.window.findChild(UnkeptDialog)
    assert dialog is not None
    dialog.reject()


def test_changed_details_of_a_patient_are_saved_or_dropped_only_by_the_person(
    program: Running, visit: UUID
) -> None:
    view = visits.open_visit(program.navigator.desk, visit)
    _go(program, Ref(Place.PATIENT, view.patient_id))
    page = program.screen
    assert isinstance(page, PatientScreen)
    program.press(page.edit)
    program.until(lambda: page.details.isVisible())
    _go(program, Ref(Place.TODAY))  # nothing was changed
    assert program.screen is not page
    _go(program, Ref(Place.PATIENT, view.patient_id))
    program.press(page.edit)
    field = page.form.controls["given_name"]
    program.type(field, "Baker")
    _go(program, Ref(Place.TODAY))
    assert program.screen is page
    assert "Not saved yet" in program.window.message_bar.text
    _stays_open(program)
    program.press(page.details.save)
    _go(program, Ref(Place.TODAY))
    assert program.screen is not page


def test_a_half_typed_addendum_outlives_locking_closing_and_another_text_size(
    program: Running, visit: UUID
) -> None:
    desk = program.navigator.desk
    visits.sign(desk, visit, VisitContent(note=Note("Felt a pull")))
    _go(program, Ref(Place.VISIT, visit))
    page = program.screen
    assert isinstance(page, VisitScreen)
    program.type(page.addenda.text, "Phoned: no fever")
    _stays_open(program)
    _go(program, Ref(Place.SETTINGS))
    theme.apply(QApplication.instance(), "light", 150)
    _go(program, Ref(Place.VISIT, visit))
    assert isinstance(program.screen, VisitScreen)
    assert program.screen.addenda.text.value() == "Phoned: no fever"
    program.press(program.screen.add)
    assert program.screen.addenda.text.value() == ""
    theme.apply(QApplication.instance(), "light", 100)
    program.press(program.window.bar.lock)
    assert program.desk.navigator is None


def test_a_half_typed_task_is_there_again(program: Running) -> None:
    _go(program, Ref(Place.TASKS))
    assert isinstance(program.screen, TasksScreen)
    program.screen._begin()
    program.type(program.screen.form.what, "Call the surgeon")
    _go(program, Ref(Place.SETTINGS))
    theme.apply(QApplication.instance(), "light", 150)
    _go(program, Ref(Place.TASKS))
    theme.apply(QApplication.instance(), "light", 100)
    assert program.screen.form.isVisible()
    assert program.screen.form.what.value() == "Call the surgeon"

"""What is typed into a form and not saved yet: going away, locking and closing do not drop it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic_desk.clinical.findings import Urgency
from clinic_desk.ui import theme
from clinic_desk.ui.problems import UnkeptDialog
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.tasks import TasksScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import form_drafts, loops, visits
from clinic_desk.usecases.loops import OrderDetails
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.app.conftest import Running
from tests.usecases.answers import STRAIN

Stands = Callable[[Screen], object]  # what stands in a form of a screen


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


def _unlock_again(program: Running) -> None:
    """Lock, which loses nothing, and unlock."""
    program.press(program.window.bar.lock)
    assert program.desk.navigator is None, program.window.message_bar.text
    program.unlock()


def test_a_half_typed_addendum_outlives_another_text_size_and_a_lock(
    program: Running, visit: UUID
) -> None:
    visits.sign(program.navigator.desk, visit, VisitContent(note=Note("Felt a pull")))
    _go(program, Ref(Place.VISIT, visit))
    page = program.screen
    assert isinstance(page, VisitScreen)
    program.type(page.addenda.text, "Phoned: no fever")
    _go(program, Ref(Place.SETTINGS))
    theme.apply(QApplication.instance(), "light", 150)
    _go(program, Ref(Place.VISIT, visit))
    theme.apply(QApplication.instance(), "light", 100)
    assert program.screen.addenda.text.value() == "Phoned: no fever"
    _unlock_again(program)
    _go(program, Ref(Place.VISIT, visit))
    assert program.screen.addenda.text.value() == "Phoned: no fever"
    program.press(program.screen.add)
    assert program.screen.addenda.text.value() == ""
    _unlock_again(program)
    _go(program, Ref(Place.VISIT, visit))
    assert program.screen.addenda.text.value() == ""


def test_a_half_typed_task_is_there_again_also_after_locking_in_another_screen(
    program: Running, visit: UUID
) -> None:
    def as_typed() -> bool:
        form = program.screen.form
        typed = (form.what.value(), form.kind.value(), form.every.value())
        return form.isVisible() and typed == ("Call the surgeon", "recall", "2")

    _go(program, Ref(Place.TASKS))
    assert isinstance(program.screen, TasksScreen)
    program.screen._begin()
    form = program.screen.form
    form.kind.setFocus()
    QTest.keyClick(form.kind, Qt.Key.Key_Down)
    program.type(form.every, "2")
    program.type(form.who.words, "quill")
    program.until(lambda: form.who.value() is not None)
    chosen = form.who.value()
    program.type(form.what, "Call the surgeon")
    _go(program, Ref(Place.SETTINGS))
    theme.apply(QApplication.instance(), "light", 150)
    _go(program, Ref(Place.TASKS))
    theme.apply(QApplication.instance(), "light", 100)
    assert as_typed()
    _go(program, Ref(Place.SETTINGS))
    _unlock_again(program)
    _go(program, Ref(Place.TASKS))
    assert as_typed()
    program.until(lambda: program.screen.form.who.value() == chosen)
    program.press(program.screen.form.note)
    _unlock_again(program)
    _go(program, Ref(Place.TASKS))
    assert not program.screen.form.isVisible()


def test_a_half_typed_case_is_there_again_after_leaving_escape_another_text_size_and_a_lock(
    program: Running, visit: UUID
) -> None:
    patient = visits.open_visit(program.navigator.desk, visit).patient_id
    here = Ref(Place.PATIENT, patient)
    _go(program, here)
    page = program.screen
    assert isinstance(page, PatientScreen)
    program.press(page.cases.new)
    program.type(page.case_form.complaint, "calf strain")
    program.type(page.case_form.onset.field, "3 f")
    page.case_form.side.set_value("left")
    QTest.keyClick(page.case_form.complaint, Qt.Key.Key_Escape)
    assert page.case_form.isVisible()
    assert "Not saved yet" in program.window.message_bar.text

    def as_typed() -> bool:
        form = program.screen.case_form
        typed = (form.complaint.value(), form.onset.field.text(), form.side.value())
        return form.isVisible() and typed == ("calf strain", "3 f", "left")

    _go(program, Ref(Place.TODAY))
    _go(program, here)
    assert as_typed()
    assert "what you had typed" in program.window.message_bar.text
    _go(program, Ref(Place.SETTINGS))
    theme.apply(QApplication.instance(), "light", 150)
    _go(program, here)
    theme.apply(QApplication.instance(), "light", 100)
    assert as_typed()
    _unlock_again(program)
    _go(program, here)
    assert as_typed()
    program.press(program.screen.case_form.cancel)
    assert not program.screen.case_form.isVisible()
    program.press(program.window.message_bar.action)
    assert as_typed()
    _go(program, Ref(Place.TODAY))


def _type_contact(program: Running, _visit: UUID) -> Stands:
    _go(program, Ref(Place.CONTACTS))
    program.screen._add()
    program.type(program.screen.form.texts["name"], "Dr Sample")
    number = program.screen.form.phones._lines[0][2]
    program.until(number.isVisible)
    program.type(number, "555-0162")
    return lambda screen: (screen.editing, screen.form.draft.values())


def _type_snippet(program: Running, _visit: UUID) -> Stands:
    _go(program, Ref(Place.SETTINGS))
    card = program.screen.snippets
    card.new.click()
    program.type(card.key, "hep")
    program.type(card.text, "Home exercises")
    return lambda screen: (
        screen.snippets.panel.isVisibleTo(screen),
        screen.snippets.key.value(),
        screen.snippets.text.value(),
    )


def _type_person(program: Running, _visit: UUID) -> Stands:
    _go(program, Ref(Place.SETTINGS))
    card = program.screen.people
    card.new.click()
    program.type(card.form.name, "Kim Student")
    program.type(card.form.fresh, "a secret of theirs")
    return lambda screen: (
        screen.people.form.isVisibleTo(screen),
        screen.people.form.name.value(),
        "secret" in str(form_drafts.kept(screen.desk, [("person", screen.desk.actor.id)])),
    )


def _type_booking(program: Running, _visit: UUID) -> Stands:
    _go(program, Ref(Place.TODAY))
    program.screen.day.begin_booking()
    program.settle()
    program.type(program.screen.day.booking.who.words, "10:30 quill")
    return lambda screen: (
        screen.day.booking.isVisibleTo(screen),
        screen.day.booking.who.words.value(),
    )


def _type_order(program: Running, visit: UUID) -> Stands:
    view = visits.open_visit(program.navigator.desk, visit)
    _go(program, Ref(Place.PATIENT, view.patient_id, case=view.case_id))
    program.screen.loops.card.order.click()
    program.type(program.screen.loops.form.title, "MRI left thigh")
    program.screen.case_part.card.rest.click()
    program.type(program.screen.case_part.hold_form.outcome, "Waits for the scan")
    return lambda screen: (
        screen.loops.form.isVisibleTo(screen),
        screen.loops.form.details(),
        screen.case_part.hold_form.isVisibleTo(screen),
        screen.case_part.hold_form.outcome.value(),
    )


def _type_goal(program: Running, visit: UUID) -> Stands:
    view = visits.open_visit(program.navigator.desk, visit)
    _go(program, Ref(Place.PATIENT, view.patient_id, case=view.case_id))
    program.screen.case_part.card.edit.click()
    form = program.screen.case_part.form
    form.goals.add_button.click()
    goal = form.goals._rows[0]
    program.until(goal["text"].isVisible)
    program.type(goal["text"], "Run 10 km")
    program.type(goal["due_on"].field, "3 Mar")
    program.type(form.planned, "8")
    return lambda screen: (
        screen.case_part.form.isVisibleTo(screen),
        screen.case_part.form.draft.values(),
    )


def _type_action(program: Running, visit: UUID) -> Stands:
    desk = program.navigator.desk
    visits.keep(desk, visit, VisitContent(answers=STRAIN | {"rf_dvt_gate": "yes"}))
    _go(program, Ref(Place.VISIT, visit))
    program.screen.record_action("rf_dvt_gate")
    QTest.keyClick(program.screen.panel.kind, Qt.Key.Key_Down)
    program.type(program.screen.panel.text, "Spoke to the ward")
    return lambda screen: (screen.panel.flag, screen._action.values())


def _type_addressee(program: Running, visit: UUID) -> Stands:
    view = visits.open_visit(program.navigator.desk, visit)
    _go(program, Ref(Place.LETTER, view.case_id))
    program.screen.head.ask_contact()
    program.type(program.screen.head.form.name, "Dr Sample")
    return lambda screen: (
        screen.head.card.isVisibleTo(screen),
        screen.head.form.details(),
    )


def _type_chase(program: Running, visit: UUID) -> Stands:
    desk = program.navigator.desk
    case = visits.open_visit(desk, visit).case_id
    wanted = OrderDetails("imaging", "MRI", "", Urgency.ROUTINE_GP, desk.today())
    _go(program, Ref(Place.LOOP, loops.order(desk, case, wanted)))
    program.type(program.screen.chasing.text, "Nobody answers")
    return lambda screen: (screen.chasing.isVisibleTo(screen), screen.chasing.text.value())


@pytest.mark.parametrize(
    "begin",
    [
        _type_contact,
        _type_snippet,
        _type_person,
        _type_booking,
        _type_order,
        _type_goal,
        _type_action,
        _type_addressee,
        _type_chase,
    ],
)
def test_what_is_half_typed_waits_for_its_screen_through_the_idle_lock_on_another(
    program: Running, visit: UUID, begin: Callable[[Running, UUID], Stands]
) -> None:
    stands = begin(program, visit)
    typed = stands(program.screen)
    here = program.navigator.here
    _go(program, Ref(Place.RETENTION))
    idle = program.desk.door.idle
    idle._last = tuple(then - 86_400 for then in idle._last)
    idle.look()
    assert program.desk.navigator is None
    program.unlock()
    _go(program, Ref(Place.RETENTION))
    _go(program, here)
    assert stands(program.screen) == typed


def test_what_cannot_be_kept_on_a_screen_left_behind_stays_the_lock_and_is_shown(
    program: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(program, Ref(Place.CONTACTS))
    left = program.screen
    _go(program, Ref(Place.SETTINGS))
    monkeypatch.setattr(left, "unkept", lambda: True)
    program.press(program.window.bar.lock)
    assert program.desk.navigator is not None
    assert program.screen is left
    assert "Not locked" in program.window.message_bar.text

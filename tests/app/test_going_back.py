"""Where Esc leads."""

from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import visits


def test_esc_leads_from_a_signed_call_to_the_patient_and_begins_no_other_call(
    started, folder, visit: UUID
) -> None:
    program = started(folder)
    program.unlock()
    view = visits.open_visit(program.navigator.desk, visit)
    program.navigator.go(Ref(Place.PATIENT, view.patient_id, case=view.case_id))
    program.settle()
    program.navigator.go(Ref(Place.CONTACT_ENTRY, case=view.case_id))
    program.settle()
    call = program.screen
    assert isinstance(call, ContactEntryScreen)
    program.type(call.whom, "the patient")
    program.type(call.text, "Fewer cramps.")
    program.press(call.sign)
    program.until(lambda: call.add.isVisible())
    assert program.window.message_bar.isVisible()  # says that it is signed
    for _press in range(2):  # the message first
        QTest.keyClick(program.window, Qt.Key.Key_Escape)
        program.settle()
    here = program.navigator.here
    assert here is not None
    assert here.place is Place.PATIENT


def test_who_unlocks_where_nothing_is_left_of_what_they_had_open_begins_on_today(
    started, folder, visit: UUID
) -> None:
    program = started(folder)
    program.unlock()
    for place in (Place.VISIT, Place.PATIENT, Place.PROGRAM, Place.LETTER, Place.DOCUMENT,
                  Place.CONTACT_ENTRY, Place.FILE, Place.LOOP, Place.PATIENT_FILE):  # fmt: skip
        program.navigator.here = Ref(place, uuid4())  # of a folder put back from a copy since
        QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        program.settle()
        program.unlock()
        program.until(lambda: isinstance(program.screen, TodayScreen))
        assert "is not in the record" in program.window.message_bar.accessibleName()
        assert program.window.message_bar.isVisible()


def test_esc_passes_over_a_visit_that_was_discarded(started, folder, visit: UUID) -> None:
    program = started(folder)
    program.unlock()
    view = visits.open_visit(program.navigator.desk, visit)
    for ref in (Ref(Place.PATIENTS), Ref(Place.VISIT, visit)):
        program.navigator.go(ref)
        program.settle()
    visits.discard(program.navigator.desk, visit)
    program.navigator.go(Ref(Place.PATIENT, view.patient_id))
    program.settle()
    QTest.keyClick(program.window, Qt.Key.Key_Escape)
    program.until(lambda: isinstance(program.screen, PatientsScreen))
    assert "may have been discarded" in program.window.message_bar.accessibleName()

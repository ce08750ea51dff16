"""Where Esc leads."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
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

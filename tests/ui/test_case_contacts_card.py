"""The contacts of the case on the patient's page."""

from uuid import UUID

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.usecases import case_contacts
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import press


def test_a_contact_is_given_a_part_in_the_case_and_taken_out_with_undo(
    stage, desk: Desk, alex: UUID, strain: UUID, surgeon: UUID
) -> None:
    at = stage(PatientScreen)
    undos = []
    at.screen.undoable.connect(lambda _text, undo: undos.append(undo))
    at.open(Place.PATIENT, alex)
    card = at.screen.contacts
    press(card.more)
    at.settle()
    card.form.part.set_value("surgeon")
    QTest.keyClicks(card.form.chooser.words, "robin")
    at.until(lambda: card.form.chooser.value() == surgeon)
    press(card.form.put)
    at.settle()
    assert [row.part for row in case_contacts.of_case(desk, strain)] == ["surgeon"]
    press(card.findChild(QPushButton, "dropCaseContact"))
    at.settle()
    assert case_contacts.of_case(desk, strain) == ()
    undos[-1]()
    at.settle()
    assert [row.name for row in case_contacts.of_case(desk, strain)] == ["Dr Robin Sample"]

"""The stage gates on the patient's page lead to the question that settles what is open."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import Stage, press
from tests.usecases.test_outcomes import visited
from tests.usecases.test_stage_gates import EARLY


def test_an_open_gate_opens_its_question_in_a_visit(
    stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    at: Stage = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    assert at.screen.gates.card is None  # nothing was evaluated yet
    visited(desk, strain, EARLY)
    at.open(Place.PATIENT, alex)
    card = at.screen.gates.card
    assert card.isVisibleTo(at.screen)
    words = [one.accessibleName() for one in card.findChildren(QWidget)]
    assert any("not asked yet" in one for one in words)
    asks = next(one for one in card.buttons if one.text() == "Ask or test")
    press(asks)
    at.settle()
    assert at.asked[-1].place is Place.EVALUATION
    assert at.asked[-1].extra


def test_the_gates_go_with_the_case(stage, desk: Desk, alex: UUID, strain: UUID) -> None:
    visited(desk, strain, EARLY)
    at: Stage = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    assert not at.screen.gates.card.isHidden()
    at.screen.gates.show_case(None)
    assert at.screen.gates.card.isHidden()

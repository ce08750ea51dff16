"""Each thing that stands in a letter's way leads to what mends it, with the focus there."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts.evaluation_page import StepPage
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.document import DocumentScreen
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import letters, patients, preflight_safety
from clinic_desk.usecases.desk import Desk
from tests.ui.paper_stage import PaperStage, evaluated
from tests.usecases.answers import STRAIN

KIND = "referral-orthopaedics"
# field and check of each problem, and the name of the widget that has the focus then
HERE = {
    ("recipient", "recipient"): "letterTo",
    ("recipient", "role"): "letterTo",
    ("recipient", "address"): "Address",
    ("recipient", "place"): "Address",
    ("see_by", "see_by"): "See patient by",
    ("enclosures", "enclosure"): "letterEnclosures",
    ("copies", "length:copies"): "letterCopies",
    ("record", "side_case"): "takeChanges",
    ("question", "question"): "partText",
    ("history", "gap:history"): "partText",
    ("red_flags", "flag"): "partText",
}
# and the field of another screen
THERE = {
    ("consent", "consent"): (Place.PATIENT, "consents"),
    ("patient", "birth_date"): (Place.PATIENT, "birth_date"),
    ("patient", "identity"): (Place.PATIENT, "family_name"),
    ("patient", "sign"): (Place.PATIENT, "family_name"),
    ("patient", "address"): (Place.PATIENT, "address"),
    ("patient", "reminders"): (Place.PATIENT, "consents"),
    ("patient", "contact:withdrawn"): (Place.PATIENT, "consents"),
    ("side", "side:title"): (Place.PATIENT, "recordTitle"),
    ("side", "onset"): (Place.PATIENT, "recordTitle"),
    (preflight_safety.NEXT_VISIT, "safety:safety_mri"): (Place.PATIENT, "startVisit"),
    ("answer:mri_pacemaker", "safety:safety_mri"): (Place.EVALUATION, "mri_pacemaker"),
    ("visit", "visit"): (Place.VISIT, ""),
    ("visit", "cosign"): (Place.VISIT, ""),
    ("practice", "sign"): (Place.SETTINGS, "practiceName"),
}
SCREENS: dict[Place, Callable[[Desk, Lanes], Screen]] = {
    Place.PATIENT: PatientScreen,
    Place.EVALUATION: EvaluationScreen,
    Place.VISIT: VisitScreen,
    Place.SETTINGS: SettingsScreen,
}


@pytest.fixture
def lanes():
    made = Lanes()
    errors: list[object] = []
    made.unhandled.connect(errors.append)
    yield made
    made.wait_idle(10_000)
    made.stop()
    assert errors == []


@pytest.fixture
def case(desk: Desk, strain: UUID) -> UUID:
    evaluated(desk, strain, STRAIN, sign=False)
    return strain


def test_every_problem_leads_to_the_field_that_mends_it(
    shown, qtbot: QtBot, desk: Desk, lanes: Lanes, case: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, case, KIND, surgeon)
    letters.keep(desk, case, replace(draft, side="right"))
    screen = LetterScreen(desk, lanes)
    shown(screen, 1310, 640)
    at = PaperStage(screen, lanes, qtbot)
    at.open(Place.LETTER, case)
    at.until(lambda: screen.news.isVisible())
    wrong = {}
    at.press("firstProblem")
    assert [ref.place for ref in at.asked] == [Place.VISIT], "the first that stops it"
    at.asked.clear()
    for (field, check), name in HERE.items():
        screen.pages.setFocus()
        screen.jump(field, check)
        QApplication.processEvents()
        focus = QApplication.focusWidget()
        if (
            focus is None
            or name not in (focus.objectName(), focus.accessibleName())
            or not focus.isVisible()
        ):
            wrong[field, check] = focus and (focus.objectName() or focus.accessibleName())
    assert wrong == {}
    for (field, check), (place, _name) in THERE.items():
        screen.jump(field, check)
        assert at.asked[-1].place is place, (field, check)
    assert len(at.asked) == len(THERE)
    asked = {ref: name for ref, (_place, name) in zip(at.asked, THERE.values(), strict=True)}
    screen.leave()
    screen.hide()
    for ref, name in asked.items():
        other = SCREENS[ref.place](desk, lanes)
        shown(other, 1310, 640)
        there = PaperStage(other, lanes, qtbot)
        other.open(ref)
        there.settle()
        focus = QApplication.focusWidget()
        assert focus is not None, ref
        if name:
            assert _named(other, name, focus), (ref, focus.objectName(), focus.accessibleName())
        other.leave()
        other.hide()


def _named(screen: Screen, name: str, focus: QWidget) -> bool:
    """Whether the focus is in the field of that name."""
    match screen:
        case PatientScreen() if name in screen.form.controls:
            held = screen.form.controls[name]
        case EvaluationScreen():
            (held,) = [
                page.rows[name] for page in screen.findChildren(StepPage) if name in page.rows
            ]
        case SettingsScreen():
            held = screen.letterhead.name
        case _:
            found = screen.findChild(QWidget, name)
            assert found is not None, name
            held = found
    return held is focus or held.isAncestorOf(focus)


def test_what_a_reason_set_aside_is_read_on_the_issued_letter(
    shown, qtbot: QtBot, desk: Desk, lanes: Lanes, alex: UUID, strain: UUID, surgeon: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    file = patients.open_file(desk, alex, strain)
    patients.correct(desk, alex, file.version, replace(file.details, consents=(), consent_on=None))
    draft = letters.compose(desk, strain, KIND, surgeon)
    (stopped,) = [one for one in letters.preview(desk, strain, draft).problems if one.blocking]
    draft = letters.set_aside(desk, draft, "consent", "Agreed on the phone", stopped.text)
    draft = letters.set_aside(desk, draft, "evaluation", "Needed no more", "Nothing evaluated.")
    issued = letters.issue(desk, strain, draft)
    screen = DocumentScreen(desk, lanes)
    shown(screen, 1310, 640)
    at = PaperStage(screen, lanes, qtbot)
    screen.open(Ref(Place.DOCUMENT, issued.id))
    at.settle()
    said = "\n".join(one.text() for one in screen.facts.findChildren(Label) if one.isVisible())
    assert f"{stopped.text}\nAgreed on the phone\nDana Demo, 03 Feb 2026" in said
    assert "Needed no more" not in said

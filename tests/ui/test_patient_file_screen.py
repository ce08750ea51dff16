"""Closing parts, merging, archiving and the retention list, on their screens."""

from datetime import date
from uuid import UUID

from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.patient_file import PatientFileScreen
from clinic_desk.ui.screens.retention import RetentionScreen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.usecases import lockbox, patients, retention
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import PatientDetails
from tests.support.desk import Clock
from tests.ui.desk_stage import Stage, press


def _button(at: Stage, within, words: str) -> Button:
    def shown() -> list[Button]:
        return [b for b in within.findChildren(Button) if b.text() == words and b.isVisible()]

    at.until(lambda: len(shown()) == 1)
    return shown()[0]


def test_a_case_is_closed_and_opens_with_a_reason(
    stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    at = stage(PatientFileScreen)
    at.open(Place.PATIENT_FILE, alex)
    at.screen.closed.part.set_value(("case", strain))
    press(at.screen.closed.close_part)
    at.settle()
    assert at.banners[-1].closed_parts == 1
    press(_button(at, at.screen.closed, "Open"))
    at.settle()
    assert at.said[-1][1] == "problem"  # without a reason
    (reason,) = at.screen.closed.reasons.values()
    QTest.keyClicks(reason, "The patient asked for a copy\r")
    at.settle()
    assert at.banners[-1].case_title == "Left hamstring strain"
    assert "The patient asked for a copy" in at.screen.closed.seen.text()
    press(_button(at, at.screen.closed, "No longer closed"))
    at.settle()
    assert patients.open_file(desk, alex).closed == ()


def test_a_closed_case_on_the_page_leads_to_where_it_opens(
    stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    press(at.screen.cases.buttons[0])
    assert at.asked == [Ref(Place.PATIENT_FILE, alex)]


def test_two_registrations_are_compared_merged_and_taken_apart(
    stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    twin = PatientDetails("Exampel", "Alex", birth_date=date(1991, 6, 14), alerts="Pacemaker")
    other = patients.register(desk, twin)
    at = stage(PatientFileScreen)
    undo: list[object] = []
    at.screen.undoable.connect(lambda _text, act: undo.append(act))
    at.open(Place.PATIENT_FILE, alex)
    press(_button(at, at.screen.twice.found, "Compare"))
    at.settle()
    press(at.screen.findChild(Button, "mergeNow"))
    at.settle()
    assert at.banners[-1].alerts == "Pacemaker"
    assert len(at.screen.merged.rows) == 1
    undo[-1]()
    at.settle()
    assert at.banners[-1].alerts == ""
    assert patients.open_file(desk, other).id == other


def test_the_other_one_is_found_by_its_number(stage, desk: Desk, alex: UUID) -> None:
    patients.register(desk, PatientDetails("Someone", "Else"))
    at = stage(PatientFileScreen)
    at.open(Place.PATIENT_FILE, alex)
    QTest.keyClicks(at.screen.twice.field, "CD-00002")
    at.settle()
    assert len(at.screen.twice.found.rows) == 1


def test_archiving_and_a_hold_can_be_taken_back(stage, desk: Desk, alex: UUID) -> None:
    at = stage(PatientFileScreen)
    undo: list[object] = []
    at.screen.undoable.connect(lambda _text, act: undo.append(act))
    at.open(Place.PATIENT_FILE, alex)
    press(at.screen.keeping.archive)
    at.settle()
    assert patients.find(desk, "") == ()
    undo[-1]()
    at.settle()
    assert len(patients.find(desk, "")) == 1
    QTest.keyClicks(at.screen.keeping.reason, "Claim 1")
    press(at.screen.keeping.hold)
    at.settle()
    assert "Claim 1" in at.screen.keeping.held.text()
    press(at.screen.keeping.hold)
    at.settle()
    undo[-1]()
    at.settle()
    assert patients.open_file(desk, alex).hold_reason == "Claim 1"


def test_the_retention_list_follows_the_country(
    stage, desk: Desk, clock: Clock, alex: UUID
) -> None:
    clock.move(days=366 * 11)
    at = stage(RetentionScreen)
    at.open(Place.RETENTION)
    assert at.screen.pages.currentWidget() is at.screen.empty
    at.screen.country.set_value("DE")
    at.screen.country.chosen.emit("DE")
    at.settle()
    assert "630f" in at.screen.rule.text()
    press(at.screen.open_file)
    assert at.asked == [Ref(Place.PATIENT_FILE, alex)]
    assert len(retention.listed(desk).due) == 1

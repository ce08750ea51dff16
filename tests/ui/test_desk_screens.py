"""Today, Patients, New patient, the patient's page and Settings, on a real encrypted store."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.new_patient import NewPatientScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import cases, patients, visits
from clinic_desk.usecases.cases import CaseDetails
from clinic_desk.usecases.desk import Desk
from tests.ui.desk_stage import press


def test_an_empty_today_leads_to_the_first_patient(stage) -> None:
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    assert at.screen.next_card.isHidden()
    assert at.screen.day.empty.sentence.text() == "Nobody is registered yet."
    assert at.screen.day.book_first.isHidden()
    assert at.screen.primary().hasFocus()
    press(at.screen.primary())
    assert at.asked == [Ref(Place.NEW_PATIENT)]


def test_today_offers_the_unsigned_visit_first(stage, desk: Desk, alex: UUID, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    assert at.screen.next_card.name.text() == "EXAMPLE, Alex"
    assert len(at.screen.day.model.rows()) == 1
    press(at.screen.primary())
    assert at.asked == [Ref(Place.VISIT, visit)]


def test_the_list_finds_while_typing_and_enter_opens(stage, alex: UUID) -> None:
    at = stage(PatientsScreen)
    at.open(Place.PATIENTS)
    QTest.keyClicks(at.screen.field, "exa")
    at.until(lambda: at.screen.card.header.title.text() == "Found")
    assert [row.family_name for row in at.screen.model.rows()] == ["Example"]
    QTest.keyClick(at.screen.field, Qt.Key.Key_Return)
    assert at.asked == [Ref(Place.PATIENT, alex)]


def test_nobody_found_offers_to_register_with_the_name_typed(stage) -> None:
    at = stage(PatientsScreen)
    at.open(Place.PATIENTS)
    QTest.keyClicks(at.screen.field, "Kim Neu")
    at.until(lambda: "Kim Neu" in at.screen.empty.sentence.text())
    assert at.screen.pages.currentWidget() is at.screen.empty
    press(at.screen.empty.button)
    assert at.asked == [Ref(Place.NEW_PATIENT, extra="Kim Neu")]


def test_registering_opens_the_new_patient(stage, desk: Desk) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT, extra="Kim Neu")
    assert at.screen.form.family_name.value() == "Neu"
    QTest.keyClicks(at.screen.form.birth_date.field, "3 feb 1990")
    press(at.screen.register)
    at.settle()
    place = at.asked[-1]
    assert place.place is Place.PATIENT
    kept = patients.open_file(desk, place.id).details
    assert (kept.family_name, kept.given_name, kept.birth_date) == ("Neu", "Kim", date(1990, 2, 3))
    assert kept.sex is Sex.UNKNOWN


def test_details_half_typed_wait_until_somebody_else_is_begun(stage) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    QTest.keyClicks(at.screen.form.family_name, "Neu")
    at.screen.leave()
    at.open(Place.NEW_PATIENT)
    assert at.screen.form.family_name.value() == "Neu"
    assert at.said[-1][1] == "info"
    press(at.screen.afresh)
    assert at.screen.form.family_name.value() == ""
    QTest.keyClicks(at.screen.form.family_name, "Alt")
    at.open(Place.NEW_PATIENT, extra="Kim Neu")  # a search that found nobody: somebody else
    assert at.screen.form.family_name.value() == "Neu"
    assert at.screen.afresh.isHidden()


def test_after_registering_the_next_form_is_empty(stage) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT, extra="Kim Neu")
    QTest.keyClicks(at.screen.form.phone, "555")
    press(at.screen.register)
    at.settle()
    at.open(Place.NEW_PATIENT)
    assert at.screen.form.family_name.value() == ""
    assert at.screen.form.phone.value() == ""


def test_a_name_that_is_missing_is_said_beside_its_field(stage) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    press(at.screen.register)
    at.settle()
    assert at.asked == []
    assert not at.screen.form._who.rows["family_name"].problem.isHidden()


def test_a_date_that_means_two_days_is_refused_and_nothing_is_registered(
    stage,
    desk: Desk,
) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT, extra="Kim Neu")
    QTest.keyClicks(at.screen.form.birth_date.field, "03/02/1990")
    press(at.screen.register)
    at.settle()
    assert at.asked == []
    assert patients.find(desk, "Neu") == ()
    assert at.screen.form._who.rows["birth_date"].problem.text


def test_somebody_registered_already_is_shown_while_typing(stage, alex: UUID) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT, extra="Alex Example")
    QTest.keyClicks(at.screen.form.birth_date.field, "14 jun 1991")
    at.until(lambda: len(at.screen.same.rows) == 1)
    at.screen.same.rows[0].findChild(type(at.screen.cancel)).click()
    assert at.asked == [Ref(Place.PATIENT, alex)]


def test_a_patient_without_a_case_is_asked_for_one_and_then_a_visit_starts(
    stage,
    desk: Desk,
    alex: UUID,
) -> None:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    form = at.screen.case_form
    assert not form.isHidden()
    assert not at.screen.start.isEnabled()
    QTest.keyClicks(form.complaint, "hamstring strain")
    press(form.open_case)
    assert form.form.problems() == {"side": "Choose the side; Both where it is both."}
    form.side.set_value("left")
    QTest.keyClicks(form.onset.field, "21 jan 2026")
    press(at.screen.primary())
    at.settle()
    file = patients.open_file(desk, alex)
    assert [(row.title, row.side) for row in file.cases] == [("hamstring strain", Side.LEFT)]
    assert form.isHidden()
    assert at.screen.start.text() == "Start visit 1"
    press(at.screen.primary())
    at.settle()
    assert at.asked[-1].place is Place.VISIT


def test_a_region_is_asked_for_only_where_there_is_more_than_one(
    stage, desk: Desk, alex: UUID
) -> None:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    form = at.screen.case_form
    form.offer([("posterior-thigh", "Posterior thigh and knee")])
    assert form._region.isHidden()
    form.offer([("a-shin", "Shin"), ("posterior-thigh", "Posterior thigh and knee")])
    assert not form._region.isHidden()
    assert form.details().protocol == "posterior-thigh"
    form.region.set_value("a-shin")
    assert form.details().protocol == "a-shin"


def test_the_page_shows_the_journal_and_a_running_visit(
    stage,
    desk: Desk,
    alex: UUID,
    strain: UUID,
) -> None:
    visit = visits.start(desk, strain)
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    assert at.screen.start.text() == "Continue visit 1"
    assert at.banners[-1].family_name == "Example"
    at.screen.journal.rows.choose(0)
    QTest.keyClick(at.screen.journal.rows, Qt.Key.Key_Return)
    assert at.asked == [Ref(Place.VISIT, visit)]


def test_details_are_corrected_in_place(stage, desk: Desk, alex: UUID) -> None:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    press(at.screen.edit)
    at.screen.form.phone.set_value("555-0199")
    press(at.screen.primary())
    at.settle()
    assert patients.open_file(desk, alex).details.phone == "555-0199"
    assert at.said[-1][1] == "done"


def test_details_changed_by_somebody_else_meanwhile_are_not_overwritten(
    stage,
    desk: Desk,
    alex: UUID,
) -> None:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    press(at.screen.edit)
    theirs = patients.open_file(desk, alex)
    changed = patients.PatientDetails("Example", "Alexandra", birth_date=date(1991, 6, 14))
    patients.correct(desk, alex, theirs.version, changed)
    at.screen.form.phone.set_value("555-0199")
    press(at.screen.primary())
    at.settle()
    assert at.said[-1][1] == "problem"
    assert patients.open_file(desk, alex).details.given_name == "Alexandra"
    assert at.screen.form.phone.value() == "555-0199"


def test_a_case_with_an_unsigned_visit_is_not_closed(
    stage,
    desk: Desk,
    alex: UUID,
    strain: UUID,
) -> None:
    visits.start(desk, strain)
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    press(at.screen.case_part.card.end)
    at.screen.case_part.close_form.outcome.set_value("Back to running")
    at.screen.case_part.close_form.asked.emit("Back to running")
    at.settle()
    assert at.said[-1][1] == "problem"
    assert patients.open_file(desk, alex).cases[0].closed_on is None


def test_esc_never_drops_what_was_typed_of_a_patient(stage, desk: Desk, alex: UUID) -> None:
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    press(at.screen.edit)
    at.screen.form.phone.set_value("555-0179")
    QTest.keyClick(at.screen.form.phone, Qt.Key.Key_Escape)
    assert at.screen.form.isVisible()
    assert "Not saved yet" in at.said[-1][0]
    new = stage(NewPatientScreen)
    new.open(Place.NEW_PATIENT)
    QTest.keyClicks(new.screen.form.family_name, "Half")
    QTest.keyClick(new.screen.form.family_name, Qt.Key.Key_Escape)
    assert "Not registered yet" in new.said[-1][0]


def test_a_narrow_today_keeps_names_legible_and_its_button_whole(
    stage, desk: Desk, strain: UUID
) -> None:
    visits.start(desk, strain)
    at = stage(TodayScreen)
    at.open(Place.TODAY)
    at.screen.resize(968, 500)
    name = at.screen.next_card.name
    at.until(lambda: name.width() >= name.sizeHint().width())
    place = [column.title for column in at.screen.day.model.columns].index("Patient")
    assert at.screen.day.rows.columnWidth(place) >= 120
    assert at.screen.next_card.proceed.width() >= at.screen.next_card.proceed.sizeHint().width()


def test_a_long_case_title_stays_in_its_column_with_every_sign(
    stage, desk: Desk, alex: UUID
) -> None:
    title = "hamstring <b>strain</b> & " + "x" * 150
    cases.open_case(desk, alex, CaseDetails(title, side=Side.LEFT))
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    (button,) = at.screen.cases.buttons
    assert button.geometry().right() < at.screen.left.viewport().width()
    assert "&" in button._plain_text()
    assert button.toolTip().endswith("x" * 150)

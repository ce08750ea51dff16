"""The tour's beginning: the demo clinic opens, a patient is registered and a case opened."""

from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.tour import day_steps, story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.new_patient import NewPatientScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.patient_file import PatientFileScreen
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.widgets.find_field import FindField
from clinic_desk.usecases import patients


def open_demo(guide: Guide) -> None:
    with guide.step("today", "opened the demo clinic on Today"):
        guide.clinic.start()
        guide.hands.until(lambda: guide.clinic.navigator is not None, "the demo clinic")
        guide.watch()
        guide.at(Place.TODAY, Screen)
    day_steps.book_and_remember(guide)
    with guide.step("find", "found a patient by part of the name with Ctrl+K"):
        guide.hands.keys("Ctrl+K")
        field = guide.clinic.window.bar.find_field
        guide.hands.type(field, "exam")
        guide.hands.until(lambda: field.popup_open, "results while typing")
    with guide.step("find-note", "found a word of a note, marked, with Ctrl+K"):
        guide.hands.keys("Escape")
        guide.hands.keys("Ctrl+K")
        guide.hands.type(field, story.NOTE_WORD)
        guide.hands.until(lambda: _marks(field), "a note with its word marked")
    with guide.step("patients", "listed the patients most recently seen"):
        guide.hands.keys("Escape")
        guide.hands.keys("Ctrl+2")
        guide.at(Place.PATIENTS, Screen)
    with guide.step("all-patients", "listed all patients by name"):
        listed = guide.at(Place.PATIENTS, PatientsScreen)
        guide.hands.press(listed.which.segments[1])
        guide.hands.until(lambda: listed.all_model.held > 0, "all patients")
    guide.hands.press(listed.which.segments[0])
    with guide.step("retention", "looked at the list of files whose time is over"):
        guide.hands.press(guide.at(Place.PATIENTS, PatientsScreen).retention)
        guide.at(Place.RETENTION, Screen)


def register(guide: Guide) -> UUID:
    """Register a patient and open a case: its id."""
    with guide.step("new-patient", "typed a new patient's details"):
        guide.hands.keys("Ctrl+N")
        form = guide.at(Place.NEW_PATIENT, NewPatientScreen).form
        for field, text in (
            (form.family_name, story.FAMILY_NAME),
            (form.given_name, story.GIVEN_NAME),
            (form.birth_date.field, story.BORN),
            (form.phone, "555-0160"),
        ):
            guide.hands.type(field, text)
        guide.hands.pick(form.sex, Sex.MALE.value)
    with guide.step("patient-file", "added an address, an allergy and a consent"):
        for name in ("reach", "warnings", "work", "consents"):
            guide.hands.press(form.sections[name].fold)
        for key, text in (
            ("address", "9 Sample Lane\nSampletown EX1 4AB"),
            ("sport", "Running"),
        ):
            guide.hands.type(form.controls[key], text)
        for key, text in (("allergy_list", "zinc-oxide tape"), ("consents", "today")):
            rows = form.rows(key)
            guide.hands.press(rows.add_button)
            cell = rows.controls()[0 if key == "allergy_list" else 1]
            guide.hands.type(getattr(cell, "field", cell), text)
    with guide.step("register", "registered the patient; the page asks for a case"):
        guide.hands.keys("Ctrl+Return")
        guide.at(Place.PATIENT, Screen)
        found = patients.find(guide.nav.desk, story.FAMILY_NAME)
        if [row.given_name for row in found] != [story.GIVEN_NAME]:
            raise StepFailed("the patient is not in the record")
    with guide.step("open-case", "opened a case with its side and the day it began"):
        opened = guide.at(Place.PATIENT, PatientScreen).case_form
        guide.hands.type(opened.complaint, story.COMPLAINT)
        guide.hands.choose(opened.side, story.SIDE)
        guide.hands.type(opened.onset.field, story.onset(guide.nav.desk.today()).isoformat())
        guide.hands.type(opened.goal, story.GOAL)
        guide.hands.keys("Ctrl+Return")
        case = guide.file().cases[0].id
    with guide.step("whole-file", "looked where parts are closed and files are merged"):
        guide.hands.press(guide.at(Place.PATIENT, PatientScreen).whole_file)
        back = guide.at(Place.PATIENT_FILE, PatientFileScreen).back
    guide.hands.press(back)
    guide.at(Place.PATIENT, Screen)
    return case


def _marks(field: FindField) -> bool:
    """Whether a line of the results has a word marked."""
    return field.popup_open and any(hit.marks for hit in field.hits())

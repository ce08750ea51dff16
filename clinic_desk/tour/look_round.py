"""The tour's look round: libraries, lists, reports and settings, and a patient seen again."""

from clinic_desk.tour import day_steps, story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.batch import BatchScreen
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
from clinic_desk.ui.screens.contacts import ContactsScreen
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.exercises import ExercisesScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.reports import ReportsScreen
from clinic_desk.ui.screens.settings import SettingsScreen


def look_back(guide: Guide) -> None:
    with guide.step("exercises", "opened an exercise of the library"):
        guide.hands.keys("Ctrl+3")
        library = guide.at(Place.EXERCISES, ExercisesScreen)
        library.show_exercise("s2_bridge")
        guide.hands.until(library.pane.isVisible, "the exercise in full")
    with guide.step("templates", "looked at the program templates"):
        guide.hands.press(library.templates)
        guide.hands.until(library.programs.pane.isVisible, "a template in full")
    with guide.step("letters", "listed the letters"):
        guide.hands.keys("Ctrl+4")
        guide.at(Place.LETTERS, LettersScreen)
    with guide.step("letters-for-many", "looked at letters for many"):
        guide.hands.press(guide.at(Place.LETTERS, LettersScreen).many)
        many = guide.at(Place.BATCH, BatchScreen)
        guide.hands.until(lambda: not many.work.working, "the check of each letter")
    day_steps.write_recalls(guide, many)
    with guide.step("contacts", "looked at the address book"):
        guide.to_section(Place.CONTACTS)
        book = guide.at(Place.CONTACTS, ContactsScreen)
        guide.hands.until(book.pane.isVisible, "a contact in full")
    with guide.step("templates", "opened the letter templates"):
        guide.hands.keys("Ctrl+4")
        guide.at(Place.LETTERS, LettersScreen)
        guide.hands.press_named("openTemplates")
        guide.at(Place.LETTER_TEMPLATES, Screen)
    with guide.step("patient", "opened the patient's page with all that happened"):
        guide.find_patient(story.FAMILY_NAME)
        kinds = [entry.kind for entry in guide.file().journal]
        if sorted(kinds) != ["answer", "file", "handout", "letter", "program", "visit"]:
            raise StepFailed(f"the journal holds {kinds}")
    with guide.step("contact", "began to write down a call"):
        guide.hands.press(guide.at(Place.PATIENT, PatientScreen).talk)
        entry = guide.at(Place.CONTACT_ENTRY, ContactEntryScreen)
        guide.hands.type(entry.whom, story.CALLED)
        guide.hands.type(entry.text, ";")
        guide.hands.until(lambda: entry.snippets.popup is not None, "the practice's snippets")
    with guide.step("reports", "counted the notes and opened the visits behind a number"):
        guide.hands.keys("Ctrl+6")
        report = guide.at(Place.REPORTS, ReportsScreen)
        report.kind.choose("notes")
        guide.hands.until(lambda: bool(report.page.tables), "the report")
        table = report.page.tables[0]
        table.setCurrentIndex(table.model().index(0, 1))
        guide.hands.keys("Return", table)
        guide.hands.until(report.behind.isVisible, "the rows behind the number")
    with guide.step("settings", "looked at the settings"):
        guide.to_section(Place.SETTINGS)
        settings = guide.at(Place.SETTINGS, SettingsScreen)
    with guide.step("import", "looked at how records are taken in"):
        guide.hands.press(settings.exchange.into)
        guide.at(Place.IMPORT, Screen)
    day_steps.take_a_day_in(guide)


def see_again(guide: Guide) -> None:
    with guide.step("re-evaluation", "opened the re-evaluation of a patient seen before"):
        guide.find_patient(story.SEEN_BEFORE)
        guide.hands.press(guide.at(Place.PATIENT, PatientScreen).start)
        guide.at(Place.VISIT, Screen)
        guide.hands.press_named("evaluateButton")
        guide.hands.until(lambda: guide.step_title() != "", "the first step")
        draft = guide.at(Place.EVALUATION, EvaluationScreen).draft
        if draft is None or not draft.untouched_facts():
            raise StepFailed("nothing is carried from the visit before")

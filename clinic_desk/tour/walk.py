"""The tour: the whole main job on the demo clinic, through the real windows, with pictures.

It is the program's own demonstration. A step counts only when its effect can be read back.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from clinic_desk.app import ClinicDesk
from clinic_desk.clinical.measures import Sex
from clinic_desk.i18n import _
from clinic_desk.tour import colleagues, day_steps, follow_up, story
from clinic_desk.tour.hands import Hands, StepFailed
from clinic_desk.ui.forms.items import AnswerRow
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.batch import BatchScreen
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
from clinic_desk.ui.screens.contacts import ContactsScreen
from clinic_desk.ui.screens.document import DocumentScreen
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.exercises import ExercisesScreen
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.screens.new_patient import NewPatientScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.patient_file import PatientFileScreen
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.screens.reports import ReportsScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.widgets.find_field import FindField
from clinic_desk.ui.widgets.pages import PageView
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import contacts, papers, patients, programs, visits

S = TypeVar("S", bound=Screen)


class Tour:
    """Walks one window through the main job and writes down what it did."""

    def __init__(self, desk: ClinicDesk, out: Path) -> None:
        self.clinic, self.out = desk, out
        self.hands = Hands(desk.window, desk.lanes)
        self.steps: list[dict[str, object]] = []
        self.documents: list[dict[str, object]] = []
        self.crashes: list[str] = []

    @property
    def nav(self) -> Navigator:
        if self.clinic.navigator is None:
            raise StepFailed("the demo clinic did not open")
        return self.clinic.navigator

    def _problem(self, way: str) -> None:
        if way in ("sheet", "dialog"):
            self.crashes.append(way)

    @contextmanager
    def step(self, name: str, did: str) -> Iterator[None]:
        """One step: timed, and a picture of where it ends."""
        start = time.perf_counter()
        yield
        self.hands.settle()
        took = (time.perf_counter() - start) * 1000
        if self.crashes:
            raise StepFailed("the program reported an error of its own")
        number = len(self.steps) + 1
        picture = f"{number:02}-{name}.png"
        self.hands.picture(self.out / picture)
        self.steps.append(
            {"step": number, "name": name, "did": did, "ms": round(took, 1), "picture": picture}
        )

    def at(self, place: Place, kind: type[S]) -> S:
        """The screen in front, which must be the place and the kind named."""
        here, screen = self.nav.here, self.nav.screen
        if here is None or here.place is not place or not isinstance(screen, kind):
            raise StepFailed(f"{place.value} is not in front but {here.place if here else None}")
        return screen

    def in_front(self) -> UUID:
        """The id of what the screen in front shows."""
        here = self.nav.here
        if here is None or here.id is None:
            raise StepFailed("nothing of the record is in front")
        return here.id

    # The steps

    def walk(self) -> None:
        self.open_demo()
        self.register()
        self.evaluate()
        self.sign()
        self.prescribe()
        self.refer()
        follow_up.answer_comes(self, self.out / "letter.pdf")
        self.look_back()
        self.see_again()
        colleagues.supervise(self)
        colleagues.lose_the_keys(self)

    def open_demo(self) -> None:
        with self.step("today", "opened the demo clinic on Today"):
            self.clinic.start()
            self.hands.until(lambda: self.clinic.navigator is not None, "the demo clinic")
            self.nav.problems.shown.connect(self._problem)
            self.at(Place.TODAY, Screen)
        day_steps.book_and_remember(self)
        with self.step("find", "found a patient by part of the name with Ctrl+K"):
            self.hands.keys("Ctrl+K")
            field = self.clinic.window.bar.find_field
            self.hands.type(field, "exam")
            self.hands.until(lambda: field.popup_open, "results while typing")
        with self.step("find-note", "found a word of a note, marked, with Ctrl+K"):
            self.hands.keys("Escape")
            self.hands.keys("Ctrl+K")
            self.hands.type(field, story.NOTE_WORD)
            self.hands.until(lambda: _marks(field), "a note with its word marked")
        with self.step("patients", "listed the patients most recently seen"):
            self.hands.keys("Escape")
            self.hands.keys("Ctrl+2")
            self.at(Place.PATIENTS, Screen)
        with self.step("all-patients", "listed all patients by name"):
            listed = self.at(Place.PATIENTS, PatientsScreen)
            self.hands.press(listed.which.segments[1])
            self.hands.until(lambda: listed.all_model.held > 0, "all patients")
        self.hands.press(listed.which.segments[0])
        with self.step("retention", "looked at the list of files whose time is over"):
            self.hands.press(self.at(Place.PATIENTS, PatientsScreen).retention)
            self.at(Place.RETENTION, Screen)

    def register(self) -> None:
        with self.step("new-patient", "typed a new patient's details"):
            self.hands.keys("Ctrl+N")
            form = self.at(Place.NEW_PATIENT, NewPatientScreen).form
            for field, text in (
                (form.family_name, story.FAMILY_NAME),
                (form.given_name, story.GIVEN_NAME),
                (form.birth_date.field, story.BORN),
                (form.phone, "555-0160"),
            ):
                self.hands.type(field, text)
            self.hands.pick(form.sex, Sex.MALE.value)
        with self.step("patient-file", "added an address, an allergy and a consent"):
            for name in ("reach", "warnings", "work", "consents"):
                self.hands.press(form.sections[name].fold)
            for key, text in (
                ("address", "9 Sample Lane\nSampletown EX1 4AB"),
                ("sport", "Running"),
            ):
                self.hands.type(form.controls[key], text)
            for key, text in (("allergy_list", "zinc-oxide tape"), ("consents", "today")):
                rows = form.rows(key)
                self.hands.press(rows.add_button)
                cell = rows.controls()[0 if key == "allergy_list" else 1]
                self.hands.type(getattr(cell, "field", cell), text)
        with self.step("register", "registered the patient; the page asks for a case"):
            self.hands.keys("Ctrl+Return")
            self.at(Place.PATIENT, Screen)
            found = patients.find(self.nav.desk, story.FAMILY_NAME)
            if [row.given_name for row in found] != [story.GIVEN_NAME]:
                raise StepFailed("the patient is not in the record")
        with self.step("open-case", "opened a case with its side and the day it began"):
            case = self.at(Place.PATIENT, PatientScreen).case_form
            self.hands.type(case.complaint, story.COMPLAINT)
            self.hands.choose(case.side, story.SIDE)
            self.hands.type(case.onset.field, story.onset(self.nav.desk.today()).isoformat())
            self.hands.type(case.goal, story.GOAL)
            self.hands.keys("Ctrl+Return")
            self.case = self._file().cases[0]
        with self.step("whole-file", "looked where parts are closed and files are merged"):
            self.hands.press(self.at(Place.PATIENT, PatientScreen).whole_file)
            back = self.at(Place.PATIENT_FILE, PatientFileScreen).back
        self.hands.press(back)
        self.at(Place.PATIENT, Screen)

    def _file(self) -> patients.PatientFile:
        return patients.open_file(self.nav.desk, self.in_front())

    def evaluate(self) -> None:
        with self.step("visit", "started the first visit"):
            self.hands.keys("Ctrl+Return")
            self.at(Place.VISIT, Screen)
            self.visit = self.in_front()
        with self.step("evaluation", "opened the guided evaluation"):
            self.hands.press_named("evaluateButton")
            self.hands.until(lambda: self._page_title() != "", "the first step")
        asked = story.answers(self.nav.desk.today())
        for _turn in range(20):
            screen = self.at(Place.EVALUATION, EvaluationScreen)
            title = self._page_title()
            with self.step(f"evaluation-{_plain(title)}", f"answered the step {title}"):
                self._answer_step(screen, asked)
                if self.clinic.window.flag_banner.isVisible():
                    self._act_on_flag(screen)
                self._chart(screen)
                self._decide_grade(screen)
            last = screen.next.text() == _("Finish and write note")
            self.hands.keys("Ctrl+Return")
            if last:
                break
        if asked:
            raise StepFailed(f"never asked: {', '.join(asked)}")
        self.at(Place.VISIT, Screen)

    def _page_title(self) -> str:
        screen = self.nav.screen
        return screen.step_title if isinstance(screen, EvaluationScreen) else ""

    def _answer_step(self, screen: EvaluationScreen, asked: dict[str, object]) -> None:
        """Answer what is on this page, as long as an answer opens more; then "all no, asked"."""
        while True:
            rows = [
                row
                for row in screen.findChildren(AnswerRow)
                if row.isVisible() and row.item.id in asked
            ]
            if not rows:
                break
            row = rows[0]
            row.focus_first()
            self.hands.answer(row, asked.pop(row.item.id))
            self.hands.until(lambda: screen.settled, "the questions that an answer opens")
        for button in screen.findChildren(QAbstractButton):
            if button.objectName().startswith("allNo:") and button.isVisible():
                self.hands.press(button)

    def _act_on_flag(self, screen: EvaluationScreen) -> None:
        """A red flag stands in its banner until the clinician records what was done."""
        with self.step("red-flag", "a red flag fired; opened the panel that records an action"):
            self.hands.press(
                self.hands.find("flag:record", QAbstractButton, self.clinic.window.flag_banner)
            )
            self.hands.pick(self.hands.find("actionKind", QComboBox, screen), "referred")
            self.hands.type(self.hands.find("actionText", TextArea, screen), story.ACTION)
        self.hands.press_named("recordAction")
        if self.clinic.window.flag_banner.isVisible():
            raise StepFailed("the red-flag banner stays after the action")

    def _chart(self, screen: EvaluationScreen) -> None:
        """Where the body chart is asked: open it, look, and fold it again."""
        openers = screen.findChildren(QAbstractButton, "bodyOpen")
        opener = next((one for one in openers if one.isVisible()), None)
        if opener is None:
            return
        with self.step("body-chart", "opened the body chart"):
            self.hands.press(opener)
            self.hands.find("bodyPanel", QWidget, screen)
        self.hands.press(opener)

    def _decide_grade(self, screen: EvaluationScreen) -> None:
        """On the last step: take the suggested grade, an act of the clinician."""
        if screen.next.text() != _("Finish and write note"):
            return
        if not screen.findings.isVisible():  # large text: they are behind their button
            self.hands.press(screen.beside)
        card = self.hands.find("finding:grade", QWidget, screen)
        why = self.hands.find("finding:why", QAbstractButton, card)
        with self.step("why", "unfolded why the grade is suggested"):
            self.hands.press(why)
            screen.findings.show_box("grade")
        self.hands.press(why)
        self.hands.press(self.hands.find("finding:use", QAbstractButton, card))

    def sign(self) -> None:
        with self.step("note", "read the note that the evaluation wrote, and added to the plan"):
            plan = self.hands.find("note:plan", TextArea)
            plan.moveCursor(plan.textCursor().MoveOperation.End)
            self.hands.type(plan, story.PLAN)
        with self.step("signed", "signed the visit for ever"):
            self.hands.keys("Ctrl+Return")
            view = visits.open_visit(self.nav.desk, self.visit)
            if view.signed_at is None or not view.content.note.plan.endswith(story.PLAN.strip()):
                raise StepFailed("the visit is not signed with its note")

    def prescribe(self) -> None:
        with self.step("program", "opened the program with the suggested template"):
            self.hands.press_named("programButton")
            self.at(Place.PROGRAM, Screen)
            self.hands.until(self._can_use_template, "the suggested template")
        with self.step("program-filled", "took the suggested template and looked at the minutes"):
            self.hands.press_named("useTemplate")
        with self.step("handout", "prescribed it and issued the handout"):
            self.hands.keys("Ctrl+Return")
            self._issued("handout")
            if len(programs.history(self.nav.desk, self.case.id)) != 1:
                raise StepFailed("no program was prescribed")

    def _can_use_template(self) -> bool:
        screen = self.nav.screen
        buttons = screen.findChildren(QAbstractButton, "useTemplate") if screen else []
        return any(button.isVisible() for button in buttons)

    def refer(self) -> None:
        surgeon = next(
            row
            for row in contacts.listed(self.nav.desk, role="orthopaedics")
            if row.details.role == "orthopaedics"
        )
        with self.step("letter", "composed a referral from the record and asked the question"):
            self.find_patient(story.FAMILY_NAME)
            self.hands.press(self.at(Place.PATIENT, PatientScreen).letter)
            self.at(Place.LETTER, LetterScreen)
            self.hands.pick(self.hands.find("letterTo", QComboBox), surgeon.id)
            text = self.hands.find("partText", TextArea)
            text.selectAll()
            self.hands.type(text, story.QUESTION)
            pages = self.at(Place.LETTER, LetterScreen).findChildren(PageView)[0]
            if not pages.isVisible():  # large text: the page is behind its button
                self.hands.press_named("showPage")
            self.hands.until(lambda: pages.page_image(0) is not None, "the preview of the letter")
        with self.step("letter-issued", "checked, signed and issued the letter"):
            self.hands.keys("Ctrl+Return")
            self._issued("letter")

    def find_patient(self, name: str) -> None:
        """To the patient's page by Ctrl+K, part of the name and Enter."""
        self.hands.keys("Ctrl+K")
        field = self.clinic.window.bar.find_field
        self.hands.type(field, name)
        self.hands.until(lambda: field.popup_open, "the patient among the results")
        self.hands.keys("Return", field)
        self.hands.until(
            lambda: self.nav.here is not None and self.nav.here.place is Place.PATIENT,
            "the patient's page",
        )

    def _issued(self, kind: str) -> None:
        """The document in front: kept, unchanged, and saved beside the pictures."""
        self.hands.until(
            lambda: self.nav.here is not None and self.nav.here.place is Place.DOCUMENT,
            f"the issued {kind}",
        )
        screen = self.at(Place.DOCUMENT, DocumentScreen)
        kept = papers.open_document(self.nav.desk, self.in_front())
        target = self.out / f"{kind}.pdf"
        screen.save_to(target)
        self.hands.settle()
        if kept.kind != kind or hashlib.sha256(target.read_bytes()).hexdigest() != kept.sha256:
            raise StepFailed(f"the saved {kind} is not what was issued")
        self.documents.append(
            {
                "kind": kind,
                "file": target.name,
                "reference": kept.reference,
                "sha256": kept.sha256,
                "pages": papers.page_count(kept.pdf),
            }
        )

    def look_back(self) -> None:
        with self.step("exercises", "opened an exercise of the library"):
            self.hands.keys("Ctrl+3")
            library = self.at(Place.EXERCISES, ExercisesScreen)
            library.show_exercise("s2_bridge")
            self.hands.until(library.pane.isVisible, "the exercise in full")
        with self.step("templates", "looked at the program templates"):
            self.hands.press(library.templates)
            self.hands.until(library.programs.pane.isVisible, "a template in full")
        with self.step("letters", "listed the letters"):
            self.hands.keys("Ctrl+4")
            self.at(Place.LETTERS, LettersScreen)
        with self.step("letters-for-many", "looked at letters for many"):
            self.hands.press(self.at(Place.LETTERS, LettersScreen).many)
            many = self.at(Place.BATCH, BatchScreen)
            self.hands.until(lambda: not many.work.working, "the check of each letter")
        day_steps.write_recalls(self, many)
        with self.step("contacts", "looked at the address book"):
            self.hands.keys("Ctrl+5")
            book = self.at(Place.CONTACTS, ContactsScreen)
            self.hands.until(book.pane.isVisible, "a contact in full")
        with self.step("templates", "opened the letter templates"):
            self.hands.keys("Ctrl+4")
            self.at(Place.LETTERS, LettersScreen)
            self.hands.press_named("openTemplates")
            self.at(Place.LETTER_TEMPLATES, Screen)
        with self.step("patient", "opened the patient's page with all that happened"):
            self.find_patient(story.FAMILY_NAME)
            kinds = [entry.kind for entry in self._file().journal]
            if sorted(kinds) != ["answer", "file", "handout", "letter", "program", "visit"]:
                raise StepFailed(f"the journal holds {kinds}")
        with self.step("contact", "began to write down a call"):
            self.hands.press(self.at(Place.PATIENT, PatientScreen).talk)
            entry = self.at(Place.CONTACT_ENTRY, ContactEntryScreen)
            self.hands.type(entry.whom, story.CALLED)
            self.hands.type(entry.text, ";")
            self.hands.until(lambda: entry.snippets.popup is not None, "the practice's snippets")
        with self.step("reports", "counted the notes and opened the visits behind a number"):
            self.hands.keys("Ctrl+6")
            report = self.at(Place.REPORTS, ReportsScreen)
            report.kind.choose("notes")
            self.hands.until(lambda: bool(report.page.tables), "the report")
            table = report.page.tables[0]
            table.setCurrentIndex(table.model().index(0, 1))
            self.hands.keys("Return", table)
            self.hands.until(report.behind.isVisible, "the rows behind the number")
        with self.step("settings", "looked at the settings"):
            rail = self.clinic.window.rail
            low = {button.key: button for button in rail.buttons}
            self.hands.press(low[Place.SETTINGS.value])
            settings = self.at(Place.SETTINGS, SettingsScreen)
        with self.step("import", "looked at how records are taken in"):
            self.hands.press(settings.exchange.into)
            self.at(Place.IMPORT, Screen)
        day_steps.take_a_day_in(self)

    def see_again(self) -> None:
        with self.step("re-evaluation", "opened the re-evaluation of a patient seen before"):
            self.find_patient(story.SEEN_BEFORE)
            self.hands.press(self.at(Place.PATIENT, PatientScreen).start)
            self.at(Place.VISIT, Screen)
            self.hands.press_named("evaluateButton")
            self.hands.until(lambda: self._page_title() != "", "the first step")
            draft = self.at(Place.EVALUATION, EvaluationScreen).draft
            if draft is None or not draft.untouched_facts():
                raise StepFailed("nothing is carried from the visit before")


def _marks(field: FindField) -> bool:
    """Whether a line of the results has a word marked."""
    return field.popup_open and any(hit.marks for hit in field.hits())


def _plain(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())

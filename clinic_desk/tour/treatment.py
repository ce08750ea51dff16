"""The tour's papers: a program is prescribed with its handout, and a referral is issued."""

from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QComboBox

from clinic_desk.tour import story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.widgets.pages import PageView
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import contacts, programs


def prescribe(guide: Guide, case: UUID) -> None:
    with guide.step("program", "opened the program with the suggested template"):
        guide.hands.press_named("programButton")
        guide.at(Place.PROGRAM, Screen)
        guide.hands.until(lambda: _can_use_template(guide), "the suggested template")
    with guide.step("program-filled", "took the suggested template and looked at the minutes"):
        guide.hands.press_named("useTemplate")
    with guide.step("handout", "prescribed it and issued the handout"):
        guide.hands.keys("Ctrl+Return")
        guide.issued("handout")
        if len(programs.history(guide.nav.desk, case)) != 1:
            raise StepFailed("no program was prescribed")


def _can_use_template(guide: Guide) -> bool:
    screen = guide.nav.screen
    buttons = screen.findChildren(QAbstractButton, "useTemplate") if screen else []
    return any(button.isVisible() for button in buttons)


def refer(guide: Guide) -> None:
    surgeon = next(
        row
        for row in contacts.listed(guide.nav.desk, role="orthopaedics")
        if row.details.role == "orthopaedics"
    )
    with guide.step("letter", "composed a referral from the record and asked the question"):
        guide.find_patient(story.FAMILY_NAME)
        guide.hands.press(guide.at(Place.PATIENT, PatientScreen).letter)
        guide.at(Place.LETTER, LetterScreen)
        guide.hands.pick(guide.hands.find("letterTo", QComboBox), surgeon.id)
        text = guide.hands.find("partText", TextArea)
        text.selectAll()
        guide.hands.type(text, story.QUESTION)
        pages = guide.at(Place.LETTER, LetterScreen).findChildren(PageView)[0]
        if not pages.isVisible():  # large text: the page is behind its button
            guide.hands.press_named("showPage")
        guide.hands.until(lambda: pages.page_image(0) is not None, "the preview of the letter")
    with guide.step("letter-issued", "checked, signed and issued the letter"):
        guide.hands.keys("Ctrl+Return")
        guide.issued("letter")

"""The tour's first visit: every step of the evaluation is answered, and its note is signed."""

from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from clinic_desk.i18n import _
from clinic_desk.tour import story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.forms.items import AnswerRow
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import visits


def evaluate(guide: Guide) -> UUID:
    """Answer every step of the first visit that the patient page starts: the visit's id."""
    with guide.step("visit", "started the first visit"):
        guide.hands.keys("Ctrl+Return")
        guide.at(Place.VISIT, Screen)
        visit = guide.in_front()
    with guide.step("evaluation", "opened the guided evaluation"):
        guide.hands.press_named("evaluateButton")
        guide.hands.until(lambda: guide.step_title() != "", "the first step")
    asked = story.answers(guide.nav.desk.today())
    for _turn in range(20):
        screen = guide.at(Place.EVALUATION, EvaluationScreen)
        title = guide.step_title()
        with guide.step(f"evaluation-{_plain(title)}", f"answered the step {title}"):
            _answer_step(guide, screen, asked)
            if guide.clinic.window.flag_banner.isVisible():
                _act_on_flag(guide, screen)
            _chart(guide, screen)
            _decide_grade(guide, screen)
        last = screen.next.text() == _("Finish and write note")
        guide.hands.keys("Ctrl+Return")
        if last:
            break
    if asked:
        raise StepFailed(f"never asked: {', '.join(asked)}")
    guide.at(Place.VISIT, Screen)
    return visit


def _answer_step(guide: Guide, screen: EvaluationScreen, asked: dict[str, object]) -> None:
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
        guide.hands.answer(row, asked.pop(row.item.id))
        guide.hands.until(lambda: screen.settled, "the questions that an answer opens")
    for button in screen.findChildren(QAbstractButton):
        if button.objectName().startswith("allNo:") and button.isVisible():
            guide.hands.press(button)


def _act_on_flag(guide: Guide, screen: EvaluationScreen) -> None:
    """A red flag stands in its banner until the clinician records what was done."""
    with guide.step("red-flag", "a red flag fired; opened the panel that records an action"):
        guide.hands.press(
            guide.hands.find("flag:record", QAbstractButton, guide.clinic.window.flag_banner)
        )
        guide.hands.pick(guide.hands.find("actionKind", QComboBox, screen), "referred")
        guide.hands.type(guide.hands.find("actionText", TextArea, screen), story.ACTION)
    guide.hands.press_named("recordAction")
    if guide.clinic.window.flag_banner.isVisible():
        raise StepFailed("the red-flag banner stays after the action")


def _chart(guide: Guide, screen: EvaluationScreen) -> None:
    """Where the body chart is asked: open it, look, and fold it again."""
    openers = screen.findChildren(QAbstractButton, "bodyOpen")
    opener = next((one for one in openers if one.isVisible()), None)
    if opener is None:
        return
    with guide.step("body-chart", "opened the body chart"):
        guide.hands.press(opener)
        guide.hands.find("bodyPanel", QWidget, screen)
    guide.hands.press(opener)


def _decide_grade(guide: Guide, screen: EvaluationScreen) -> None:
    """On the last step: take the suggested grade, an act of the clinician."""
    if screen.next.text() != _("Finish and write note"):
        return
    if not screen.findings.isVisible():  # large text: they are behind their button
        guide.hands.press(screen.beside)
    card = guide.hands.find("finding:grade", QWidget, screen)
    why = guide.hands.find("finding:why", QAbstractButton, card)
    with guide.step("why", "unfolded why the grade is suggested"):
        guide.hands.press(why)
        guide.hands.settle()  # until the card has its new height
        screen.findings.show_box("grade")
    guide.hands.press(why)
    guide.hands.press(guide.hands.find("finding:use", QAbstractButton, card))


def sign(guide: Guide, visit: UUID) -> None:
    with guide.step("note", "read the note that the evaluation wrote, and added to the plan"):
        plan = guide.hands.find("note:plan", TextArea)
        plan.moveCursor(plan.textCursor().MoveOperation.End)
        guide.hands.type(plan, story.PLAN)
    with guide.step("signed", "signed the visit for ever"):
        guide.hands.keys("Ctrl+Return")
        view = visits.open_visit(guide.nav.desk, visit)
        if view.signed_at is None or not view.content.note.plan.endswith(story.PLAN.strip()):
            raise StepFailed("the visit is not signed with its note")


def _plain(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())

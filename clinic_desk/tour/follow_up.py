"""The tour's last errand: the answer to the referral comes in, is read and signed off."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from clinic_desk.tour import story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.file import FileScreen
from clinic_desk.ui.screens.loop import LoopScreen
from clinic_desk.ui.screens.loops import LoopsScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import files, loops


def answer_comes(guide: Guide, reply: Path) -> None:
    """File a PDF as the answer to the newest request, read it, sum it up, sign it off."""
    hands = guide.hands
    with guide.step("requests", "listed what waits for an answer"):
        hands.keys("Ctrl+1")
        hands.press(guide.at(Place.TODAY, TodayScreen).needs.all_requests)
        listed = guide.at(Place.LOOPS, LoopsScreen)
        hands.type(listed.field, story.FAMILY_NAME)
    with guide.step("request", "opened the request that the referral left"):
        hands.keys("Ctrl+Return")
        request = guide.at(Place.LOOP, LoopScreen)
        if not request.add_answer.isVisible():
            raise StepFailed("the referral does not wait for its answer")
    with guide.step("answer", "filed the answer and read it"):
        request.add([reply])
        hands.until(request.sign.isVisible, "the answer")
        hands.until(lambda: request.preview.pages.page_image(0) is not None, "its first page")
    with guide.step("signed-off", "summed the answer up in one line and signed it off"):
        hands.type(request.says.summary, story.ANSWER)
        hands.keys("Ctrl+Return")
        hands.until(lambda: not request.sign.isVisible(), "the signature")
        if any(one.id == guide.in_front() for one in loops.waiting(guide.nav.desk)):
            raise StepFailed("the request still waits")
    with guide.step("file", "opened the file among the patient's files"):
        hands.press(request.back)
        page = guide.at(Place.PATIENT, PatientScreen)
        button = next(
            one for one in page.files.card.findChildren(QAbstractButton) if one.property("file")
        )
        page.left.ensureWidgetVisible(button)
        hands.press(button)
        shown = guide.at(Place.FILE, FileScreen)
        if files.content(guide.nav.desk, guide.in_front()) != reply.read_bytes():
            raise StepFailed("the filed answer is not what came")
        hands.until(lambda: shown.preview.pages.page_image(0) is not None, "its first page")

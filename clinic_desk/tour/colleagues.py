"""The tour's part of several people: a student is let in, writes a note, and it is co-signed."""

from clinic_desk import paths
from clinic_desk.tour import story
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.start_fault import StartFault
from clinic_desk.usecases import demo, visits

STUDENT, WORDS = "Sam Student", "a student's passphrase"


def supervise(guide: Guide) -> None:
    """From Settings to the co-signature, by way of two locks."""
    hands = guide.hands
    supervisor = guide.nav.desk.actor
    with guide.step("clinician-form", "typed a student and a passphrase of their own in Settings"):
        guide.nav.window.navigate.emit(Place.SETTINGS.value)
        card = guide.at(Place.SETTINGS, SettingsScreen).people
        hands.settle()
        hands.press(card.new)
        form = card.form
        hands.type(form.name, STUDENT)
        hands.type(form.profession, "physiotherapy student")
        hands.pick(form.role, "student")
        for field, text in ((form.own, demo.PASSPHRASE), (form.fresh, WORDS), (form.again, WORDS)):
            hands.type(field, text)
    with guide.step("clinicians", "added the student, who has a supervisor"):
        hands.press(form.save)
        hands.until(lambda: form.isHidden(), "the student")
    with guide.step("lock", "locked; two people can be chosen"):
        hands.keys("Ctrl+Shift+L")
        _choose(guide, STUDENT)
    with guide.step("student-note", "the student signed a note, which waits for a co-signature"):
        _unlock(guide, WORDS)
        guide.find_patient(story.FAMILY_NAME)
        hands.press(guide.at(Place.PATIENT, PatientScreen).start)
        screen = guide.at(Place.VISIT, VisitScreen)
        hands.until(lambda: screen.draft is not None, "the visit")
        hands.type(screen.note.first, story.STUDENT_NOTE)
        hands.press(screen.sign)
        hands.until(lambda: screen.supervision.isVisible(), "the signature")
        visit = guide.in_front()
        if screen.supervision.cosign.isVisible():
            raise StepFailed("a student could co-sign")
    with guide.step("to-co-sign", "the supervisor finds the note on Today"):
        hands.keys("Ctrl+Shift+L")
        _choose(guide, supervisor.name)
        _unlock(guide, demo.PASSPHRASE)
        needs = guide.at(Place.TODAY, TodayScreen).needs
        hands.until(lambda: needs.shows("cosign"), "a note to co-sign")
    with guide.step("co-sign", "read the note and saw that it waits"):
        hands.press_named(f"need:cosign:{visit}")
        screen = guide.at(Place.VISIT, VisitScreen)
        hands.until(lambda: screen.supervision.may, "the note")
    with guide.step("co-signed", "co-signed it by one key"):
        hands.keys("Ctrl+Return")
        hands.settle()
        view = visits.open_visit(guide.nav.desk, visit)
        if view.cosigning is None or view.cosigning.open:
            raise StepFailed("the note is not co-signed")


def lose_the_keys(guide: Guide) -> None:
    """What a start says where a file is missing, and the way on once it is back."""
    keys = guide.clinic.folder / paths.KEYS
    aside = keys.with_name("elsewhere")
    with guide.step("missing-key-file", "said which file is missing, where, and what to do"):
        guide.hands.keys("Ctrl+Shift+L")
        keys.rename(aside)
        guide.clinic.door.begin(_no_set_up)
        guide.hands.until(lambda: _fault(guide) is not None, "what is wrong")
    with guide.step("file-is-back", "put it back, tried again and unlocked"):
        aside.rename(keys)
        page = _fault(guide)
        if page is None:
            raise StepFailed("nothing was said of the missing file")
        guide.hands.press(page.retry)
        _unlock(guide, demo.PASSPHRASE, Place.VISIT)  # where Dana was


def _fault(guide: Guide) -> StartFault | None:
    pages = guide.clinic.window.findChildren(StartFault)
    return next((one for one in pages if one.isVisible()), None)


def _no_set_up() -> None:
    raise StepFailed("a folder with records was taken for an empty one")


def _choose(guide: Guide, name: str) -> None:
    page = guide.clinic.unlock
    if page is None or page.who is None:
        raise StepFailed("nobody can be chosen")
    box = page.who.box
    guide.hands.pick(box, box.itemData(box.findText(name)))


def _unlock(guide: Guide, words: str, then: Place = Place.TODAY) -> None:
    page = guide.clinic.unlock
    if page is None:
        raise StepFailed("the records are not locked")
    guide.hands.type(page.passphrase, words)
    guide.hands.press(page.unlock)
    guide.hands.until(lambda: guide.clinic.navigator is not None, "the records")
    guide.at(then, Screen)
    guide.hands.settle()

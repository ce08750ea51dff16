"""The tour's part of several people: a student is let in, writes a note, and it is co-signed."""

from typing import TYPE_CHECKING

from clinic_desk import paths
from clinic_desk.tour import story
from clinic_desk.tour.hands import StepFailed
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.start_fault import StartFault
from clinic_desk.usecases import demo, visits

if TYPE_CHECKING:
    from clinic_desk.tour.walk import Tour

STUDENT, WORDS = "Sam Student", "a student's passphrase"


def supervise(tour: "Tour") -> None:
    """From Settings to the co-signature, by way of two locks."""
    hands = tour.hands
    supervisor = tour.nav.desk.actor
    with tour.step("clinician-form", "typed a student and a passphrase of their own in Settings"):
        tour.nav.window.navigate.emit(Place.SETTINGS.value)
        card = tour.at(Place.SETTINGS, SettingsScreen).people
        hands.settle()
        hands.press(card.new)
        form = card.form
        hands.type(form.name, STUDENT)
        hands.type(form.profession, "physiotherapy student")
        hands.pick(form.role, "student")
        for field, text in ((form.own, demo.PASSPHRASE), (form.fresh, WORDS), (form.again, WORDS)):
            hands.type(field, text)
    with tour.step("clinicians", "added the student, who has a supervisor"):
        hands.press(form.save)
        hands.until(lambda: form.isHidden(), "the student")
    with tour.step("lock", "locked; two people can be chosen"):
        hands.keys("Ctrl+Shift+L")
        _choose(tour, STUDENT)
    with tour.step("student-note", "the student signed a note, which waits for a co-signature"):
        _unlock(tour, WORDS)
        tour.find_patient(story.FAMILY_NAME)
        hands.press(tour.at(Place.PATIENT, PatientScreen).start)
        screen = tour.at(Place.VISIT, VisitScreen)
        hands.until(lambda: screen.draft is not None, "the visit")
        hands.type(screen.note.first, story.STUDENT_NOTE)
        hands.press(screen.sign)
        hands.until(lambda: screen.supervision.isVisible(), "the signature")
        visit = tour.in_front()
        if screen.supervision.cosign.isVisible():
            raise StepFailed("a student could co-sign")
    with tour.step("to-co-sign", "the supervisor finds the note on Today"):
        hands.keys("Ctrl+Shift+L")
        _choose(tour, supervisor.name)
        _unlock(tour, demo.PASSPHRASE)
        needs = tour.at(Place.TODAY, TodayScreen).needs
        hands.until(lambda: needs.shows("cosign"), "a note to co-sign")
    with tour.step("co-sign", "read the note and saw that it waits"):
        hands.press_named(f"need:cosign:{visit}")
        screen = tour.at(Place.VISIT, VisitScreen)
        hands.until(lambda: screen.supervision.may, "the note")
    with tour.step("co-signed", "co-signed it by one key"):
        hands.keys("Ctrl+Return")
        hands.settle()
        view = visits.open_visit(tour.nav.desk, visit)
        if view.cosigning is None or view.cosigning.open:
            raise StepFailed("the note is not co-signed")


def lose_the_keys(tour: "Tour") -> None:
    """What a start says where a file is missing, and the way on once it is back."""
    keys = tour.clinic.folder / paths.KEYS
    aside = keys.with_name("elsewhere")
    with tour.step("missing-key-file", "said which file is missing, where, and what to do"):
        tour.hands.keys("Ctrl+Shift+L")
        keys.rename(aside)
        tour.clinic.door.begin(_no_set_up)
        tour.hands.until(lambda: _fault(tour) is not None, "what is wrong")
    with tour.step("file-is-back", "put it back, tried again and unlocked"):
        aside.rename(keys)
        page = _fault(tour)
        if page is None:
            raise StepFailed("nothing was said of the missing file")
        tour.hands.press(page.retry)
        _unlock(tour, demo.PASSPHRASE, Place.VISIT)  # where Dana was


def _fault(tour: "Tour") -> StartFault | None:
    pages = tour.clinic.window.findChildren(StartFault)
    return next((one for one in pages if one.isVisible()), None)


def _no_set_up() -> None:
    raise StepFailed("a folder with records was taken for an empty one")


def _choose(tour: "Tour", name: str) -> None:
    page = tour.clinic.unlock
    if page is None or page.who is None:
        raise StepFailed("nobody can be chosen")
    box = page.who.box
    tour.hands.pick(box, box.itemData(box.findText(name)))


def _unlock(tour: "Tour", words: str, then: Place = Place.TODAY) -> None:
    page = tour.clinic.unlock
    if page is None:
        raise StepFailed("the records are not locked")
    tour.hands.type(page.passphrase, words)
    tour.hands.press(page.unlock)
    tour.hands.until(lambda: tour.clinic.navigator is not None, "the records")
    tour.at(then, Screen)
    tour.hands.settle()

"""From place to place: makes each screen when it is first wanted, and lets one show at a time.

Only the screen in front speaks to the shell; one that is left keeps what is unkept first.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import shell_find, theme
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.parts.find_out import FindOut
from clinic_desk.ui.problems import Problems, UnkeptDialog
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen, half_typed
from clinic_desk.ui.screens.batch import BatchScreen
from clinic_desk.ui.screens.contact_entry import ContactEntryScreen
from clinic_desk.ui.screens.contacts import ContactsScreen
from clinic_desk.ui.screens.document import DocumentScreen
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.exercises import ExercisesScreen
from clinic_desk.ui.screens.file import FileScreen
from clinic_desk.ui.screens.importing import ImportingScreen
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.screens.letter_templates import LetterTemplatesScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.screens.loop import LoopScreen
from clinic_desk.ui.screens.loops import LoopsScreen
from clinic_desk.ui.screens.new_patient import NewPatientScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.patient_file import PatientFileScreen
from clinic_desk.ui.screens.patients import PatientsScreen
from clinic_desk.ui.screens.program import ProgramScreen
from clinic_desk.ui.screens.reports import ReportsScreen
from clinic_desk.ui.screens.retention import RetentionScreen
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.ui.screens.tasks import TasksScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import patients, practice
from clinic_desk.usecases.desk import Desk

SCREENS: dict[Place, Callable[[Desk, Lanes, QWidget], Screen]] = {
    Place.TODAY: TodayScreen,
    Place.PATIENTS: PatientsScreen,
    Place.NEW_PATIENT: NewPatientScreen,
    Place.PATIENT: PatientScreen,
    Place.PATIENT_FILE: PatientFileScreen,
    Place.RETENTION: RetentionScreen,
    Place.VISIT: VisitScreen,
    Place.EVALUATION: EvaluationScreen,
    Place.PROGRAM: ProgramScreen,
    Place.EXERCISES: ExercisesScreen,
    Place.LETTER: LetterScreen,
    Place.LETTERS: LettersScreen,
    Place.BATCH: BatchScreen,
    Place.LETTER_TEMPLATES: LetterTemplatesScreen,
    Place.DOCUMENT: DocumentScreen,
    Place.CONTACTS: ContactsScreen,
    Place.CONTACT_ENTRY: ContactEntryScreen,
    Place.FILE: FileScreen,
    Place.LOOP: LoopScreen,
    Place.LOOPS: LoopsScreen,
    Place.REPORTS: ReportsScreen,
    Place.TASKS: TasksScreen,
    Place.SETTINGS: SettingsScreen,
    Place.IMPORT: ImportingScreen,
}
# Screens that belong to a patient; on all others the identity banner is away.
WITH_PATIENT = frozenset(
    (
        Place.PATIENT,
        Place.PATIENT_FILE,
        Place.VISIT,
        Place.EVALUATION,
        Place.PROGRAM,
        Place.LETTER,
        Place.DOCUMENT,
        Place.CONTACT_ENTRY,
        Place.FILE,
        Place.LOOP,
    )
)
HISTORY = 50
CLOSE_MS = 5000  # how long closing waits for a last draft to be kept


class Navigator(QObject):
    """Moves one window between its screens. `moved` says where it is now."""

    moved = Signal(object)  # Ref
    practice_known = Signal(str)  # its name, for the status bar

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        lanes: Lanes,
        problems: Problems,
        first: TodayScreen | None = None,
    ) -> None:
        """`first` is Today, where it was built in the window's stack before anybody came."""
        super().__init__(window)
        self._lose_it = False  # the person knows what closing loses
        self.window, self.desk, self.lanes = window, desk, lanes
        self.problems = problems
        self._screens: dict[Place, Screen] = {}
        self._zooms: dict[Place, int] = {}  # that each was made for
        self._last: dict[Place, Ref] = {}  # what each showed last
        self._first = first
        self._past: list[Ref] = []
        self.here: Ref | None = None
        window.navigate.connect(self._section)
        window.new_requested.connect(self._command)
        window.find_opened.connect(self.go)
        window.back_requested.connect(self.back)
        window.closing.connect(self.leave)
        window.may_close = self.may_close
        window.set_find(partial(shell_find.records, desk), lanes)
        self.find_out = FindOut(self, window.bar.find_field)
        self.find_out.out.said.connect(window.message)
        lanes.unhandled.connect(problems.show_error)
        self._ask_practice()

    @property
    def screen(self) -> Screen | None:
        """The screen in front."""
        return self._screens.get(self.here.place) if self.here is not None else None

    def go(self, ref: Ref) -> None:
        """Leave the screen in front, unless that would lose what is typed, and open another."""
        if self._stays():
            return
        self.leave()
        here = self.here
        # what was begun on this page and is kept now is not gone back to: it would begin again
        begun = here is not None and here.place is ref.place and here.id is None
        if here is not None and here != ref and not (begun and ref.id is not None):
            self._past = [*self._past[-HISTORY:], here]
        self._open(ref)

    def back(self) -> None:
        """To where the person came from."""
        if self._past and not self._stays():
            self.leave()
            self._open(self._past.pop())

    def _stays(self) -> bool:
        """Say why, where the person has something to mend before the screen can be left."""
        why = self.screen.held() if self.screen is not None else ""
        if why:
            self.window.message(why, "problem")
        return bool(why)

    def leave(self) -> None:
        """Let the screen in front keep what is unkept."""
        if self.screen is not None:
            self.screen.keep_now()
        if self.here is not None and self.here.place is Place.SETTINGS:
            self._ask_practice()  # its name may have been changed there

    def end(self) -> None:
        """Keep what is unkept for the last time; the lanes end after this."""
        self.leave()
        self.window.closing.disconnect(self.leave)
        self.window.may_close = None

    def part(self) -> None:
        """Let the window go: nothing of the record stays in it, and nothing reaches this."""
        self.end()
        self.window.navigate.disconnect(self._section)
        self.window.new_requested.disconnect(self._command)
        self.window.find_opened.disconnect(self.go)
        self.window.back_requested.disconnect(self.back)
        self.lanes.unhandled.disconnect(self.problems.show_error)
        self.here, self._past = None, []
        for screen in self._screens.values():
            self.window.drop_screen(screen)
        self._screens = {}
        self.window.set_heading("")
        self.window.set_patient_banner(None)
        self.window.set_red_flag(None)
        self.window.set_status("")
        self.window.message_bar.close_message()
        self.window.bar.find_field.forget()
        self.deleteLater()

    def may_close(self) -> bool:
        """Whether all that was typed is kept; else a dialog says what closing would lose."""
        if self._lose_it or self.screen is None:
            return True
        self.lanes.wait_idle(CLOSE_MS)
        if not self.loses():
            self.screen.keep_now()  # what was typed in that moment
            return True
        dialog = UnkeptDialog(self.window)
        dialog.lose_asked.connect(self._close_anyway)
        dialog.open()
        return False

    def loses(self) -> bool:
        """Whether locking or closing would lose something typed, here or on a screen that was
        left; that one is shown then.
        """
        for place, screen in self._screens.items():
            if not screen.loses():
                continue
            if screen is not self.screen and (self.screen is None or not self.screen.loses()):
                self.leave()
                self._open(self._last[place])
            return True
        return False

    def _close_anyway(self) -> None:
        self._lose_it = True
        self.window.close()

    def _open(self, ref: Ref) -> None:
        self.here = self._last[ref.place] = ref
        screen = self._screen(ref.place)
        if ref.place not in WITH_PATIENT:
            self.window.set_patient_banner(None)
        self.window.set_red_flag(None)
        self.window.set_status("")
        self.window.message_bar.close_message()
        self.window.show_screen(screen, "", "", ref.section)
        screen.open(ref)
        self.moved.emit(ref)

    def prepare(self, place: Place) -> Screen:
        """Build a screen before it is wanted."""
        return self._screen(place)

    def _screen(self, place: Place) -> Screen:
        screen = self._screens.get(place)
        other_zoom = screen is not None and self._zooms[place] != theme.zoom()
        if screen is not None and other_zoom and not half_typed(screen):
            self.window.drop_screen(screen)  # its sizes are those of another zoom
            screen = None
        if screen is None:
            self._zooms[place] = theme.zoom()
            self.window.build()
            # Built where it will stand: a widget that is moved has all below it styled anew.
            screen = self._screens[place] = self._built(place)
            screen.setObjectName(place.value)
            screen.open_requested.connect(self._asked)
            screen.not_opened.connect(self._not_opened)
            screen.came_back.connect(self.go)
            screen.heading_changed.connect(self._heading)
            screen.banner_changed.connect(self._banner)
            screen.flag_changed.connect(self._flag)
            screen.said.connect(self._said)
            screen.undoable.connect(self._offer_undo)
            screen.status_changed.connect(self._status)
        return screen

    def _built(self, place: Place) -> Screen:
        if place is not Place.TODAY or self._first is None:
            return SCREENS[place](self.desk, self.lanes, self.window.stack)
        first, self._first = self._first, None
        return first

    # A screen that is no longer in front may still hear from its work; the shell does not.

    def _in_front(self) -> bool:
        return self.sender() is self.screen

    def _asked(self, ref: Ref) -> None:
        if self._in_front():
            self.go(ref)

    def _not_opened(self, why: str) -> None:
        """Back to what the person came from, or to Today, and say there why."""
        if self._in_front():
            self._open(self._past.pop() if self._past else Ref(Place.TODAY))
            self.window.message(why, "problem")

    def _heading(self, title: str, subtitle: str) -> None:
        if self._in_front():
            self.window.set_heading(title, subtitle)

    def _banner(self, banner: patients.Banner | None) -> None:
        if self._in_front():
            self.window.set_patient_banner(banner)

    def _flag(self, alert: object) -> None:
        if self._in_front():
            self.window.set_red_flag(alert)  # type: ignore[arg-type]

    def _said(self, text: str, kind: str) -> None:
        # Also a screen that was just left may have something to say: "Registered."
        self.window.message(text, kind)

    def _offer_undo(self, text: str, undo: Callable[[], object]) -> None:
        self.window.message(text, "done", _("Undo"), undo)

    def _status(self, text: str) -> None:
        if self._in_front():
            self.window.set_status(text)

    def _ask_practice(self) -> None:
        self.lanes.run(lambda: practice.view(self.desk), self._practice, replace_key="practice")

    def _practice(self, view: practice.PracticeView) -> None:
        self.practice_known.emit(view.practice.name)

    def _section(self, key: str) -> None:
        self.go(Ref(Place(key)))

    def _command(self, key: str) -> None:
        self.go(Ref(Place(key)))

"""The composition root: builds everything, hands it on by constructor, and starts.

Only what the first paint needs is imported at the top (the unlock page); the rest is imported
in the background while the person types the passphrase. Each import that stands in a function
here stands there for that reason.
"""

from __future__ import annotations

import sys
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

import clinic_desk.ui  # noqa: F401 (first, because it makes the imports after it faster)
from clinic_desk import settings
from clinic_desk.door import Door
from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory
    from uuid import UUID

    from clinic_desk.library import Library
    from clinic_desk.ui.first_run import FirstRunPages
    from clinic_desk.ui.navigator import Navigator
    from clinic_desk.ui.refs import Ref
    from clinic_desk.ui.settling import Settling
    from clinic_desk.ui.shell_find import Command
    from clinic_desk.ui.tasks import Lanes
    from clinic_desk.ui.today_ahead import TodayAhead
    from clinic_desk.ui.unlock import UnlockPage
    from clinic_desk.ui.warm import Warmup
    from clinic_desk.usecases.desk import Desk
    from clinic_desk.usecases.today import Today

SIZE = (1366, 768)
PAUSE_MS = 10  # between the halves of what follows the first paint


def entries() -> list[tuple[str, str, str]]:
    """The rail: only what exists."""
    from clinic_desk.ui.refs import Place

    return [
        (Place.TODAY.value, _("Today"), "calendar-days"),
        (Place.PATIENTS.value, _("Patients"), "users"),
        (Place.EXERCISES.value, _("Exercises"), "person-standing"),
        (Place.LETTERS.value, _("Letters"), "mail"),
        (Place.TASKS.value, _("Tasks"), "list-checks"),
        (Place.REPORTS.value, _("Reports"), "chart-line"),
        (Place.CONTACTS.value, _("Contacts"), "book-user"),
        (Place.SETTINGS.value, _("Settings"), "settings"),
    ]


def commands() -> list[Command]:
    """What New offers."""
    from clinic_desk.ui.refs import Place
    from clinic_desk.ui.shell_find import Command

    return [Command(Place.NEW_PATIENT.value, _("New patient"), "user-plus", "Ctrl+N")]


class ClinicDesk(QObject):
    """The running program: one window on one data folder, or on a demo clinic (`folder` None)
    that lives in a folder of its own as long as the program runs.
    """

    settled = Signal()  # what the first paint didn't wait for has begun
    ready = Signal(object)  # Navigator: unlocked, and Today is asked for

    def __init__(self, app: QApplication, folder: Path | None) -> None:
        super().__init__()
        self.app = app
        self._demo_folder: TemporaryDirectory[str] | None = None
        self.folder = self._demo() if folder is None else folder
        kept = settings.load(self.folder)
        theme.start(app, kept.theme, kept.zoom)
        self.window = MainWindow()
        self.window.painted.connect(self._painted)
        self.window.resize(*SIZE)
        self.navigator: Navigator | None = None
        self._warmup: Warmup | None = None
        self._settling: Settling | None = None
        self.door = Door(self, self)
        self.door.opened.connect(self._unlocked)
        self.ready.connect(self.door.idle.begin)
        self.first_run: FirstRunPages | None = None
        self._desk: Desk | None = None
        self._left: tuple[UUID, Ref] | None = None  # who locked, and where they were
        self._settled = False
        app.aboutToQuit.connect(self.end)

    @property
    def unlock(self) -> UnlockPage | None:
        """The page that asks for the passphrase, where one is asked for."""
        return self.door.page

    @cached_property
    def lanes(self) -> Lanes:
        """Where work is done off the GUI thread."""
        from clinic_desk.ui.tasks import Lanes

        return Lanes(self)

    @cached_property
    def ahead(self) -> TodayAhead:
        """Today, before anybody is at the desk."""
        from clinic_desk.ui.today_ahead import TodayAhead

        return TodayAhead(self.window, self.lanes)

    @cached_property
    def library(self) -> Library:
        """What ships with the program; each file is read once."""
        from clinic_desk.library import Library

        return Library()

    def start(self) -> None:
        """Show the first page: unlock, the four set-up pages, or the demo clinic being made."""
        if self._demo_folder is not None:
            self._make_demo()
        else:
            self.door.begin(self._start_first_run)
        self.window.show()
        if self.unlock is not None:
            self.unlock.passphrase.setFocus()

    def watch_for_the_end(self) -> None:
        """Close as a person would when the system asks the program to end."""
        from clinic_desk.ui.session_end import SessionEnd

        ending = SessionEnd(self)
        ending.asked.connect(self.window.close)
        ending.asked.connect(self.app.quit)

    def end(self) -> None:
        """Keep what is unkept, finish what is queued, close the store."""
        self._stop_idle_work()
        if self.navigator is not None:
            self.navigator.end()
            self.navigator = None
        self.lanes.stop()
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
            self._demo_folder = None

    def _painted(self) -> None:
        """The look is completed in a turn of its own, so that neither half holds up a key, and
        before there is another thread to wait for.
        """
        theme.settle(self.app)
        QTimer.singleShot(PAUSE_MS, self, self._settle)

    def _settle(self) -> None:
        """After the first paint: what the first page can be shown without."""
        if self._settled:
            return
        self._settled = True
        from clinic_desk.ui import problems

        self.window.offer(entries(), commands())
        self.problems = problems.Problems(self.window, self.window.message)
        problems.install(self.problems.show_crash, self)
        from clinic_desk.forework import prepare

        library = self.library
        # In the lane that unlocks, so that two threads never import the same packages at once.
        self.lanes.run(lambda: prepare(library), self._prepared)
        QTimer.singleShot(PAUSE_MS, self, self._name_widgets)

    def _name_widgets(self) -> None:
        """Let the binding meet all of Qt's widgets now: it does so at the first one that Qt made
        itself, which takes 20 ms and would be while Today is waited for.
        """
        from PySide6.QtWidgets import QScrollArea

        QScrollArea().viewport()
        self.settled.emit()

    def _prepared(self, _nothing: None) -> None:
        """All is imported: build what stands around Today while the passphrase is typed."""
        self.window.build()
        if self.unlock is not None and self._desk is None:
            self.ahead.begin()

    # In and out

    def close_records(self) -> None:
        """Lock: the store is closed and the window shows nothing of it."""
        self._stop_idle_work()
        if self.navigator is not None:
            if self._desk is not None and self.navigator.here is not None:
                self._left = self._desk.actor.id, self.navigator.here
            self.navigator.part()
            self.navigator = None
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None
        self.ahead.begin()

    def _stop_idle_work(self) -> None:
        self.door.idle.end()
        for work in (self._warmup, self._settling):
            if work is not None:
                work.stop()
        self._warmup = self._settling = None

    def _unlocked(self, desk: Desk) -> None:
        """Today is read before its screen is shown: beside the painting it takes three times as
        long, and would be painted twice.
        """
        self._settle()
        self._desk = desk
        if self.ahead.screen is None:
            self._enter(None)
            return
        from clinic_desk.usecases import today

        self.lanes.run(lambda: today.today(desk), self._enter, self._enter_unread)

    def _enter_unread(self, _error: Exception) -> None:
        self._enter(None)  # the screen reads Today itself, and says what is wrong

    def _enter(self, page: Today | None) -> None:
        desk = self._desk
        if desk is None or self.navigator is not None:
            return
        from clinic_desk.ui.navigator import Navigator
        from clinic_desk.ui.refs import Place, Ref
        from clinic_desk.ui.settling import Settling
        from clinic_desk.ui.warm import Warmup

        self.window.set_user(desk.actor.name)
        today = self.ahead.take()
        if today is not None:
            today.sit(desk, page)
        self.navigator = Navigator(self.window, desk, self.lanes, self.problems, today)
        self.navigator.practice_known.connect(self.window.set_practice)
        self.navigator.go(Ref(Place.TODAY))
        left, self._left = self._left, None
        if left is not None and left[0] == desk.actor.id and left[1].place is not Place.TODAY:
            self.navigator.go(left[1])  # who locked the records goes on where they were
        self._warmup = Warmup(self.navigator)
        self._settling = Settling(desk, self.lanes, self.navigator)
        self.ready.emit(self.navigator)

    # First run

    def _start_first_run(self) -> None:
        from clinic_desk.ui.first_run import FirstRunPages  # once in a life

        self.first_run = FirstRunPages()
        self.first_run.finished.connect(self._set_up)
        self.first_run.demo_asked.connect(self._try_demo)
        self.first_run.recovery_confirmed.connect(self._sheet_is_safe)
        self.window.show_bare(self.first_run)

    def _set_up(self, typed: dict[str, object]) -> None:
        folder, library = self.folder, self.library

        def work() -> tuple[Desk, str]:
            from clinic_desk.usecases import practice

            return practice.set_up(
                folder,
                library,
                practice.PracticeDetails(**_texts(typed["practice"])),
                practice.ClinicianDetails(**_texts(typed["clinician"])),
                str(typed["passphrase"]),
            )

        self.lanes.run(work, self._is_set_up, self._not_set_up)

    def _is_set_up(self, made: tuple[Desk, str]) -> None:
        from clinic_desk.ui.parts.recovery_sheet import RecoverySheet
        from clinic_desk.usecases import practice

        self._desk, code = made
        if self.first_run is None:
            return
        make = partial(practice.recovery_sheet, self._desk, code, self.folder)
        sheet = RecoverySheet(make, self.lanes, self.window)
        sheet.told.connect(self._tell)
        sheet.failed.connect(self._not_set_up)
        self.first_run.save_asked.connect(sheet.save)
        self.first_run.print_asked.connect(sheet.print)
        self.first_run.recovery_confirmed.connect(sheet.deleteLater)
        self.first_run.show_recovery(code)

    def _not_set_up(self, error: Exception) -> None:
        if self.first_run is None:
            raise error
        if not isinstance(error, ClinicError):
            self.first_run.set_problem("")
            raise error
        if isinstance(error, InvalidInput):
            self.first_run.show_problems(error.fields)
        else:
            self.first_run.set_problem(str(error))

    def _tell(self, problem: str) -> None:
        if self.first_run is not None:
            self.first_run.set_problem(problem)

    def _sheet_is_safe(self) -> None:
        if self._desk is not None:
            self._unlocked(self._desk)

    # The demo clinic

    def _demo(self) -> Path:
        from tempfile import TemporaryDirectory

        self._demo_folder = TemporaryDirectory(
            prefix="clinic-desk-demo-", ignore_cleanup_errors=True
        )
        return Path(self._demo_folder.name)

    def _try_demo(self) -> None:
        self._own_folder, self.folder = self.folder, self._demo()
        self._make_demo()

    def _make_demo(self) -> None:
        from clinic_desk.ui.parts.waiting import WaitingPage  # not on the way to the unlock page

        self.window.set_demo(True)
        self.window.show_bare(WaitingPage(_("Making the demo clinic. Nobody in it is real.")))
        folder, library = self.folder, self.library

        def work() -> Desk:
            from clinic_desk.usecases import demo

            return demo.make(folder, library)

        self.lanes.run(work, self._unlocked, self._no_demo)

    def _no_demo(self, error: Exception) -> None:
        """Back to the set-up, where the demo clinic was asked for there."""
        self._settle()
        if self.first_run is None:
            self.problems.show_error(error)
            return
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
            self._demo_folder = None
        self.folder = self._own_folder
        self.window.set_demo(False)
        self.window.show_bare(self.first_run)
        self._not_set_up(error)


def application() -> QApplication:
    """Qt's part of the program, in the style that the windows are drawn for."""
    app = QApplication([*sys.argv[:1], *theme.arguments()])
    app.setApplicationName("Clinic Desk")
    app.setDesktopFileName("clinic-desk")
    return app


def _texts(typed: object) -> dict[str, str]:
    """What was typed on one page of the set-up."""
    if not isinstance(typed, dict):
        raise TypeError("a page of the set-up is a table of texts")
    return {str(key): str(value) for key, value in typed.items()}

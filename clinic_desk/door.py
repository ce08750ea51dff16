"""In and out: the unlock page with its answers, and locking the records again.

Locking keeps what is typed, drops every screen with what it shows, and closes the store; the next
person unlocks it in the same window.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clinic_desk import paths, settings
from clinic_desk.errors import ClinicError, StorageDamaged, StorageUnavailable
from clinic_desk.i18n import _
from clinic_desk.ui.idle_lock import IdleLock
from clinic_desk.ui.unlock import UnlockPage
from clinic_desk.usecases import unlock_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Protocol
    from uuid import UUID

    from clinic_desk.library import Library
    from clinic_desk.ui.main_window import MainWindow
    from clinic_desk.ui.navigator import Navigator
    from clinic_desk.ui.tasks import Lanes
    from clinic_desk.usecases.desk import Desk

    class Clinic(Protocol):
        """The running program, as far as its door needs it."""

        folder: Path
        window: MainWindow
        navigator: Navigator | None

        @property
        def lanes(self) -> Lanes: ...
        @property
        def library(self) -> Library: ...
        def close_records(self) -> None: ...


WAIT_MS = 5000  # how long locking waits for a last draft to be kept
DEMO = "demo clinic"  # its passphrase is meant to be known; a test holds it to the demo's


class Door(QObject):
    """Stands between the composition root and the unlock page; `opened` has the desk."""

    opened = Signal(object)  # Desk
    locked = Signal()  # the page is shown again

    def __init__(self, clinic: Clinic, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        clinic.window.lock_requested.connect(self.lock)
        self._was: Desk | None = None  # the demo clinic's desk, whose clock goes on
        self.page: UnlockPage | None = None
        self.idle = IdleLock(clinic, self.lock, self)

    def show(self) -> UnlockPage:
        """A fresh unlock page in the window, without a shell around it."""
        folder = self._clinic.folder
        people = unlock_people.offered(folder)
        last = settings.load(folder).last_person if people else ""
        said = ""
        if self._was is not None:
            said = _("The demo clinic. Its passphrase: {words}")
            if people:
                said = _("The demo clinic. The passphrase of {who}: {words}")
            said = said.format(words=DEMO, who=people[0][1] if people else "")
        before, self.page = self.page, UnlockPage(said, people=people, last=last)
        self.page.unlock_asked.connect(self._unlock)
        self.page.recovery_asked.connect(self._recover)
        self._clinic.window.show_bare(self.page)
        if before is not None:
            before.deleteLater()
        return self.page

    def begin(self, set_up: Callable[[], None]) -> None:
        """The first page: unlock, set up, or what the folder lacks, before a passphrase is typed.
        A key file alone opens nothing: it is set aside where a new practice begins.
        """
        folder = self._clinic.folder
        database, keys = paths.found(folder)
        if database and keys:
            self.show()
        elif database or (keys and not paths.half_made(folder)):
            self._say_what_is_missing(database, set_up)
        else:
            set_up()

    def _say_what_is_missing(self, database: bool, set_up: Callable[[], None]) -> None:
        from clinic_desk.ui.start_fault import StartFault  # only where something is wrong

        said = _("The file {name} is missing from the data folder.")
        fault = StorageDamaged(
            said.format(name=paths.KEYS if database else paths.DATABASE),
            _("Put back clinic.db and clinic.keys together from a backup. Nothing was changed."),
        )
        other = "" if database else _("Set up a new practice")
        page = StartFault(fault, self._clinic.folder, other)
        page.again.connect(lambda: self.begin(set_up))
        page.left.connect(self._clinic.window.close)
        page.other_asked.connect(set_up)
        self._clinic.window.show_bare(page)

    def _unlock(self, passphrase: str) -> None:
        folder, library, person = self._clinic.folder, self._clinic.library, self._person()

        def work() -> Desk:
            from clinic_desk.usecases import practice

            return practice.unlock(folder, library, passphrase, person)

        self._clinic.lanes.run(work, self._opened, self._refused)

    def _recover(self, code: str, new_passphrase: str) -> None:
        folder, library, person = self._clinic.folder, self._clinic.library, self._person()

        def work() -> Desk:
            from clinic_desk.usecases import practice

            return practice.unlock_with_recovery(folder, library, code, new_passphrase, person)

        self._clinic.lanes.run(work, self._opened, self._refused)

    def _person(self) -> UUID | None:
        chosen = self.page.person() if self.page is not None else ""
        if not chosen:
            return None
        from uuid import UUID

        return UUID(chosen)

    def _opened(self, desk: Desk) -> None:
        if self._was is not None:
            desk = replace(desk, demo=True, now=self._was.now)
        if desk.store.shared:
            folder = self._clinic.folder
            kept = settings.load(folder)
            if kept.last_person != str(desk.actor.id):
                settings.save(folder, kept._replace(last_person=str(desk.actor.id)))
        self.opened.emit(desk)

    def _refused(self, error: Exception) -> None:
        known = isinstance(error, ClinicError)
        if self.page is not None:
            at_stake = isinstance(error, StorageDamaged | StorageUnavailable)
            where = str(self._clinic.folder) if at_stake else ""
            self.page.set_problem(str(error) if known else "", where)
        if not known:
            raise error

    # Locking

    def lock(self) -> None:
        """Close the records; whoever unlocks them next is the one at the desk."""
        clinic = self._clinic
        navigator = clinic.navigator
        if navigator is None:
            return
        navigator.leave()
        clinic.lanes.wait_idle(WAIT_MS)
        if navigator.loses():
            clinic.window.message(
                _("Not locked: what you typed here is not kept. Save, mend or discard it first."),
                "problem",
            )
            return
        self._was = navigator.desk if navigator.desk.demo else None
        clinic.close_records()
        self.show().passphrase.setFocus()
        self.locked.emit()

"""New patient: who they are, with a live look for people who are registered already. What is
half typed is kept and offered again, also after a restart.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.begun_card import BegunCard
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.likeness_card import LikenessCard
from clinic_desk.ui.parts.paper_words import kept_at, not_kept
from clinic_desk.ui.parts.patient_form import PatientForm
from clinic_desk.ui.parts.patient_offers import Offers, offers
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.usecases import habits, likeness, patients, registrations
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.likeness import Likeness
from clinic_desk.usecases.registrations import Begun

LOOK_AFTER_MS = 250
SIDE, NARROW = 360, 900  # px: the column beside the form, and from which width on there is one


class NewPatientScreen(Screen):
    """Registers one patient and opens their page."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._id: UUID | None = None  # of the draft; none before anything was typed
        self._begun: tuple[Begun, ...] = ()
        self._dropped: Begun | None = None
        self.doing = Doing(desk, lanes, self)
        self.doing.taken_back.connect(self._unregistered)
        self.form = PatientForm(desk.today())
        self.form.changed.connect(self._look_soon)
        self.form.keep_asked.connect(self._keep)
        self.register = PrimaryButton(_("Register"))
        self.register.clicked.connect(self._register)
        self.cancel = Button(_("Back to patients"), "arrow-left", "link")
        self.cancel.clicked.connect(self._back)
        self.afresh = Button(_("Start afresh"), "rotate-ccw", "link")
        self.afresh.clicked.connect(self._start_afresh)

        self.same = LikenessCard(_("This is the same person"))
        self.same.chosen.connect(self._open_known)
        self.begun = BegunCard()
        self.begun.go_on.connect(self._go_on)
        self.begun.drop.connect(self._drop_begun)
        self._middle = Scroller()
        self._middle.column.addWidget(self.form)
        self._middle.column.addStretch(1)
        self._side = Scroller()
        self._side.setFixedWidth(theme.px(SIDE))
        self._side.column.addStretch(1)
        self._beside: bool | None = None

        body = layout.row(spacing=0)
        body.addWidget(self._middle, 1)
        body.addWidget(self._side)
        whole = layout.column(self)
        whole.addLayout(body, 1)
        whole.addWidget(layout.Footer([self.cancel, self.afresh], [self.register]))

        self._timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self._place_cards()
        self._show_alike(())

    # Opening

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("New patient"), "")
        self.lanes.run(lambda: offers(self.desk), self._offer, replace_key="new patient: offers")
        left_behind = self._unfinished() and not ref.extra
        self.afresh.setVisible(left_behind)
        if left_behind:
            self._say_resumed()
        else:
            self._begin(ref.extra)
        self._read_begun(resume=not left_behind and not ref.extra)
        self.form.focus_first()

    def primary(self) -> QAbstractButton:
        return self.register

    def leave(self) -> None:
        self.form.sheet.flush()

    def unkept(self) -> bool:
        return self.form.sheet.unsaved or self.form.sheet.refused

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back only where nothing would be lost."""
        if event.key() == Qt.Key.Key_Escape and self._unfinished():
            words = _("Not registered yet: register, or press Back to patients to drop it.")
            self.said.emit(words, "info")
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        """Beside the form where there is room, else in it."""
        beside = self.width() >= theme.px(NARROW)
        if beside == self._beside:
            return
        self._beside = beside
        if beside:
            self._side.column.insertWidget(0, self.begun)
            self._side.column.insertWidget(1, self.same)
        else:
            self._middle.column.insertWidget(0, self.begun)
            self.form.put_below_first(self.same)
        self._side.setVisible(beside)
        self.same.setVisible(beside or bool(self.same.rows))

    def _offer(self, found: Offers) -> None:
        self.form.offer_contacts(found.contacts)
        self.form.offer_languages(found.languages)

    def _unfinished(self) -> bool:
        return self.form.touched()

    def _begin(self, words: str = "") -> None:
        """An empty form, or one that begins with the name that was searched for."""
        self.form.sheet.flush()
        self._id = None
        self.form.clear(habits.new_language(self.desk))
        self._show_alike(())
        if words:
            self.form.start_with(words)
            self._look_soon()
        self.form.begin_here()
        self.afresh.hide()

    def _start_afresh(self) -> None:
        """Another person now; what was typed waits beside the form."""
        self._begin()
        self._read_begun()
        self.said.emit(_("What you had typed waits under Not finished."), "done")
        self.form.focus_first()

    # What is half typed

    def _keep(self, values: dict[str, object]) -> None:
        if self._id is None:
            if not self.form.touched():
                return
            self._id = registrations.new()
        self.lanes.run(
            partial(registrations.keep, self.desk, self._id, values), self._kept, self._not_kept
        )

    def _kept(self, moment: datetime) -> None:
        self.status_changed.emit(kept_at(moment))

    def _not_kept(self, error: Exception) -> None:
        self.form.sheet.not_kept(error)
        self.status_changed.emit(not_kept())
        self._refused(error)

    def _read_begun(self, resume: bool = False) -> None:
        shown = self._resume if resume else self._show_begun
        self.lanes.run(
            lambda: registrations.begun(self.desk), shown, replace_key="new patient: begun"
        )

    def _resume(self, found: tuple[Begun, ...]) -> None:
        """Go on with the newest one, where nothing was typed meanwhile."""
        if found and not self._unfinished() and self._id is None:
            self._take(found[0])
        self._show_begun(found)

    def _show_begun(self, found: tuple[Begun, ...]) -> None:
        self._begun = found
        self.begun.show_begun([one for one in found if one.id != self._id])

    def _take(self, one: Begun) -> None:
        self._id = one.id
        self.form.clear()
        self.form.take(one.values)
        self.form.open_filled()
        self.afresh.show()
        self._say_resumed()
        self._look_soon()

    def _say_resumed(self) -> None:
        words = _("This is what you had typed. Start afresh if it is somebody else now.")
        self.said.emit(words, "info")

    def _go_on(self, registration: UUID) -> None:
        one = next((begun for begun in self._begun if begun.id == registration), None)
        if one is not None:
            self.form.sheet.flush()
            self._take(one)
            self._read_begun()

    def _drop_begun(self, registration: UUID) -> None:
        self.lanes.run(
            partial(registrations.drop, self.desk, registration), self._was_dropped, self._refused
        )

    def _was_dropped(self, held: Begun | None) -> None:
        self._dropped = held
        self._read_begun()
        if held is not None:
            self.undoable.emit(_("The unfinished registration was dropped."), self._take_back)

    def _take_back(self) -> None:
        """What was dropped last is there again."""
        held, self._dropped = self._dropped, None
        if held is not None:
            self.lanes.run(
                partial(registrations.keep, self.desk, held.id, held.values),
                self._taken_back,
                self._refused,
            )

    def _taken_back(self, _moment: object) -> None:
        self._read_begun(resume=True)
        self.open_requested.emit(Ref(Place.NEW_PATIENT))

    def _back(self) -> None:
        self._leave_for(Ref(Place.PATIENTS))

    def _leave_for(self, ref: Ref) -> None:
        """Drop what is typed, to be taken back with Undo, and go elsewhere."""
        self.form.sheet.flush()
        dropped, self._id = self._id, None
        self._begin()
        self.open_requested.emit(ref)
        if dropped is not None:
            self._drop_begun(dropped)

    # Who is registered already

    def _look_soon(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        details = self.form.details()
        self.lanes.run(
            lambda: likeness.alike(self.desk, details),
            self._show_alike,
            replace_key="new patient: alike",
        )

    def _show_alike(self, found: tuple[Likeness, ...]) -> None:
        if found:
            hint = _("Take the person that is registered, so that nobody stands twice.")
        elif self.form.family_name.value().strip():
            hint = _("Nobody like this is registered.")
        else:
            hint = _("People who may be the same are shown here while you type.")
        self.same.show_found(found, hint)
        self.same.setVisible(bool(self._beside) or bool(found))

    def _open_known(self, patient: UUID) -> None:
        self._leave_for(Ref(Place.PATIENT, patient))

    # Registering

    def _register(self) -> None:
        wrong = self.form.wrong()
        if wrong:
            self.form.show_problems(wrong)
            return
        details = self.form.details()
        self.register.setEnabled(False)
        words = _("Registered. Next: open a case for the complaint.")
        act = partial(patients.register, self.desk, details)
        self.doing.do(act, words, self._registered, self._refused)

    def _registered(self, patient: UUID) -> None:
        self.register.setEnabled(True)
        self.form.sheet.load({})  # nothing of it is to be kept any more
        done, self._id = self._id, None
        if done is not None:
            self.lanes.run(partial(registrations.drop, self.desk, done))
        self._begin()
        self.open_requested.emit(Ref(Place.PATIENT, patient))

    def _unregistered(self) -> None:
        self.came_back.emit(Ref(Place.PATIENTS))
        self.said.emit(_("Taken back. The file is archived; a search still finds it."), "done")

    def _refused(self, error: Exception) -> None:
        self.register.setEnabled(True)
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self.said.emit("; ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error

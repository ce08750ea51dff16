"""What the two screens of a visit share: opening it, its draft, its red-flag banner, undo."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.parts.paper_words import not_kept
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_flags import ActionPanel, alert, headline, letter_kind
from clinic_desk.ui.parts.visit_opened import OpenedVisit, opened
from clinic_desk.ui.parts.visit_words import heading, kept_words
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.flag_banner import FlagAlert
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.form_drafts import Kept
from clinic_desk.usecases.patient_views import Banner

# Asked for by a change and done before the change is laid out and painted: the answer and what
# it leads to are then shown in one go, not in two.
_REFRESH = QEvent.Type(QEvent.registerEventType())


class VisitBase(Screen):
    """A screen of one visit. Subclasses show `draft` in `begin`, `end`, `follow`, `refresh`."""

    keeps_drafts = True

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self.ref: Ref | None = None
        self.draft: VisitDraft | None = None
        self._alert: FlagAlert | None = None
        self._open_before: frozenset[str] = frozenset()
        self._banner_due = False
        self._due = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._rest_due)
        self.panel = ActionPanel()
        self.panel.recorded.connect(self._recorded)
        fields = {"kind": self.panel.kind, "text": self.panel.text}
        self._action = FormDraft(self, self.panel, "flag_action", fields)
        self.panel.closed.connect(self._action.give_up)
        self._half_typed = HalfTyped(self)
        self._half_typed.found.connect(self._go_on)
        self.undo = Button(_("Undo"), "undo-2", compact=True)
        self.undo.setObjectName("undoButton")
        self.undo.clicked.connect(self.undo_last)
        for label, keys, act in (
            (_("Undo"), "Ctrl+Z", self.undo_last),
            (_("Redo"), "Ctrl+Shift+Z", self.redo_last),
            (_("Keep now"), "Ctrl+S", self.leave),
        ):
            self.add_command(label, keys, act)

    def add_command(self, label: str, keys: str, act: object) -> None:
        """A command of this screen with its key."""
        action = QAction(label, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(False)  # a key held down decides once, not all that follows
        action.triggered.connect(act)
        self.addAction(action)

    # -- for subclasses -----------------------------------------------------------

    def begin(self, draft: VisitDraft) -> None:
        """Show this visit."""
        raise NotImplementedError

    def end(self) -> None:
        """Forget the visit that is shown; no one can type until the next `begin`."""
        raise NotImplementedError

    def follow(self, key: str) -> None:
        """A value of the sheet changed: show it, at once."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what follows from the values, once for all that changed."""
        raise NotImplementedError

    def refresh_first(self) -> None:
        """Show what no keystroke may wait for; `refresh_rest` follows once that is painted."""

    def refresh_rest(self) -> None:
        """Show what may follow a moment later; by itself all that follows from the values."""
        self.refresh()

    def focus_work(self) -> None:
        """Put the focus where the work goes on after something else was done."""
        raise NotImplementedError

    # -- the screen's duties ------------------------------------------------------

    def open(self, ref: Ref) -> None:
        if ref.id is None:
            raise ValueError("a visit is opened by its id")
        draft = self.draft
        if draft is not None and draft.view.id == ref.id and draft.wrong:
            self.ref = ref  # left before it was known that it cannot be kept: it is still here
            self.said.emit(draft.wrong, "problem")
            return
        self._close()
        self.ref = ref
        self.reload(ref.id)

    def reload(self, visit: UUID) -> None:
        """Read the visit again."""
        desk = self.desk
        self.lanes.run(
            lambda: opened(desk, visit), self._show, self.lost, replace_key=f"open {id(self)}"
        )

    def leave(self) -> None:
        if self.draft is not None:
            self.draft.flush()

    def unkept(self) -> bool:
        return self.draft is not None and self.draft.sheet.refused

    def held(self) -> str:
        return self.draft.wrong if self.draft is not None else ""

    def cannot(self, error: Exception) -> None:
        """Say what could not be done; anything else is a bug and goes on."""
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")

    def _show(self, found: OpenedVisit) -> None:
        if self.ref is None or found.view.id != self.ref.id:
            return
        self._close()
        draft = self.draft = VisitDraft(self.desk, self.lanes, found, self)
        draft.changed.connect(self._changed)
        draft.kept.connect(self._kept)
        draft.failed.connect(self._not_kept)
        draft.unkept.connect(self._say_unkept)
        draft.sheet.undo_changed.connect(self._show_undo)
        self.undo.setVisible(not draft.read_only)
        self.heading_changed.emit(*heading(found.view))
        self.banner_changed.emit(found.view.banner)
        self.status_changed.emit(kept_words(found.view))
        self._open_before = self._open_now()
        self._alert = None
        self.flag_changed.emit(None)
        self._show_undo()
        self.begin(draft)
        self._tell_flag()
        if not draft.read_only:
            self._half_typed.look([(self._action.name, found.view.id)])

    def _go_on(self, found: tuple[Kept, ...]) -> None:
        """What was done about a flag was left half typed: it is asked again."""
        if self.draft is not None and found[0].about == self.draft.view.id and not self.panel.flag:
            self.record_action(str(found[0].values.get("flag", "")))

    def _close(self) -> None:
        if self.draft is not None:
            self.draft.flush()
            self.draft.deleteLater()
        self.forget()

    def forget(self) -> None:
        """Let go of the visit without keeping it."""
        self.draft = None
        self._due = False
        self._rest.stop()
        self.panel.hide()
        self.end()

    # -- changes ------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        self.follow(key)
        self.refresh_soon()

    def customEvent(self, event: QEvent) -> None:
        if event.type() != _REFRESH:
            super().customEvent(event)
        elif self._due:
            self._due = False
            if self.draft is not None:
                self.refresh_first()
                self._rest.start()

    def _rest_due(self) -> None:
        if self.draft is not None:
            self.refresh_rest()
            self._tell_flag()

    def _all_refreshed(self) -> None:
        if self.draft is not None:
            self.refresh()
            self._tell_flag()

    @property
    def settled(self) -> bool:
        """Whether everything that is shown follows from the newest answer."""
        return not self._due and not self._rest.isActive()

    def refresh_soon(self) -> None:
        if not self._due:
            self._due = True
            QCoreApplication.postEvent(
                self, QEvent(_REFRESH), Qt.EventPriority.HighEventPriority.value
            )

    # -- red flags ----------------------------------------------------------------

    def _open_now(self) -> frozenset[str]:
        flags = self.draft.open_flags() if self.draft is not None else ()
        return frozenset(flag.id for flag in flags)

    def _tell_flag(self) -> None:
        if self.draft is None:
            return
        found = alert(self.draft, self.act_on_flag)
        if found != self._alert:
            self._alert = found
            self.flag_changed.emit(found)
        now = self._open_now()
        if now != self._open_before:
            self._open_before, self._banner_due = now, True

    def act_on_flag(self, key: str) -> None:
        """A button of the banner: `letter` or `record`."""
        flags = self.draft.open_flags() if self.draft is not None else ()
        if not flags or self.draft is None:
            return
        if key == "letter":
            self.leave()
            kind = letter_kind(flags[0])
            self.open_requested.emit(Ref(Place.LETTER, self.draft.view.case_id, extra=kind))
        else:
            self.record_action(flags[0].id)

    def record_action(self, flag_id: str) -> None:
        """Ask, without a dialog, what was done about a flag."""
        if self.draft is None or self.draft.read_only:
            return
        for flag in self.draft.findings().red_flags:
            if flag.id == flag_id:
                asked = self.panel.flag == flag.id
                self.panel.ask(flag, headline(self.draft, flag))
                if not asked and self.ref is not None:
                    self._action.begin(self.draft.view.id, self.ref, flag=flag.id)

    def _recorded(self, flag: str, kind: str, text: str) -> None:
        self._action.end()
        if self.draft is not None:
            self.draft.act(flag, kind, text)
            self.said.emit(_("Action recorded."), "done")
            self._all_refreshed()  # so that nothing that has the focus goes after this
            self.focus_work()

    # -- undo and keeping ---------------------------------------------------------

    def undo_last(self) -> None:
        if self.draft is not None and self.draft.sheet.can_undo:
            self.draft.sheet.undo()

    def redo_last(self) -> None:
        if self.draft is not None and self.draft.sheet.can_redo:
            self.draft.sheet.redo()

    def _show_undo(self) -> None:
        self.undo.setEnabled(self.draft is not None and self.draft.sheet.can_undo)

    def _kept(self, when: object) -> None:
        if self.draft is None:
            return
        view, desk = self.draft.view, self.desk
        self.status_changed.emit(kept_words(view, when))
        if self._banner_due:  # its red-flag chip is read from what is kept
            # a keeping begun before the last act tells too little: the next one tells the rest
            self._banner_due = self.draft.behind
            self.lanes.run(
                lambda: visits.open_visit(desk, view.id).banner,
                self._show_banner,
                self.cannot,
                replace_key=f"banner {id(self)}",
            )

    def _show_banner(self, banner: Banner) -> None:
        if self.draft is not None:
            self.banner_changed.emit(banner)

    def _say_unkept(self) -> None:
        self.status_changed.emit(not_kept())

    def _not_kept(self, text: str) -> None:
        self.said.emit(text, "problem")

"""The visit's note beside the last one, what signing waits for, and the signed visit."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from clinic_desk.errors import InvalidInput
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.cosign_card import CosignCard, signed_words
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.evaluation_suggestions import suggestions
from clinic_desk.ui.parts.snippet_typing import SnippetTyping
from clinic_desk.ui.parts.visit_base import VisitBase
from clinic_desk.ui.parts.visit_cards import AddendaCard, BlockersCard, DiscardCard
from clinic_desk.ui.parts.visit_carried import untouched_words
from clinic_desk.ui.parts.visit_done import DoneCard
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_keys import ACTIONS, DECISION, DONE
from clinic_desk.ui.parts.visit_note import NoteCard
from clinic_desk.ui.parts.visit_side import VisitSide
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import flowsheet, signing, visits
from clinic_desk.usecases.cosign import NoteRef
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Blocker, VisitContent


class VisitScreen(VisitBase):
    """One visit, draft or signed."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        self._busy = False
        self._pressed_sign = self._settle = False
        self._gone: UUID | None = None  # the visit that was discarded last
        self.doing = Doing(desk, lanes, self)
        self.doing.taken_back.connect(self._back_again)
        self._side = VisitSide()
        self.evaluation, self.flags = self._side.evaluation, self._side.flags
        self.evaluation.evaluate.clicked.connect(self._evaluate)
        self.evaluation.write.clicked.connect(self._write)
        self.blockers = BlockersCard()
        self.blockers.mend.connect(self._mend)
        self.doubts = BlockersCard(_("Not confirmed; signing goes on without"))
        self.doubts.setObjectName("doubts")
        self.doubts.mend.connect(self._mend)
        self.untouched = Label("", "caption", wrap=True)
        self.untouched.setObjectName("untouched")
        self.discard_panel = DiscardCard()
        self.discard_panel.confirmed.connect(self._discard)
        self.note = NoteCard()
        self.note.add_to_header(self.undo)
        self.note.typed.connect(self._typed)
        self.done = DoneCard()
        self.done.used.connect(self._use_as_program)
        self.addenda = AddendaCard(self)
        self.snippets = SnippetTyping(desk, lanes, self, self._expanding)
        self.snippets.watch(self.addenda.text, self.panel.text)
        self.note.built.connect(self._note_built)
        self.flags.record.connect(self.record_action)
        self.flags.noted.connect(self._noted)
        self.flags.undone.connect(self._undone)
        self._scroller = Scroller(tokens.XL)
        column = self._scroller.column
        column.setSpacing(tokens.M)
        for widget in (
            self.discard_panel,
            self.blockers,
            self.untouched,
            self.panel,
            self.doubts,
        ):
            column.addWidget(widget)
        for card in (self.note, self.done, self.addenda):
            column.addWidget(card)
        column.addStretch(1)
        self.state = Chip("", "good")
        self.discard = Button(_("Discard visit"), "trash-2", "quiet")
        self.discard.setObjectName("discardButton")
        self.discard.clicked.connect(self.discard_panel.ask)
        self.program = Button(_("Program"), "clipboard-list")
        self.program.setObjectName("programButton")
        self.program.clicked.connect(self._program)
        self.letter = Button(_("Letter"), "mail")
        self.letter.setObjectName("letterButton")
        self.letter.clicked.connect(self._letter)
        self.sign = PrimaryButton(_("Sign"), icon="pen-line")
        self.sign.setObjectName("signButton")
        self.sign.clicked.connect(self._sign)
        self.add = PrimaryButton(_("Add addendum"), icon="plus")
        self.add.setObjectName("addAddendum")
        self.add.clicked.connect(self._add_addendum)
        self.supervision = CosignCard(desk, lanes, self.add, self.addenda.text)
        self.supervision.changed.connect(self._supervised)
        self._footer = layout.Footer(
            [self.discard, self.state],
            [self.program, self.letter, self.sign, self.add, self.supervision.cosign],
        )
        column.insertWidget(column.indexOf(self.note), self.supervision)
        middle = layout.column()
        middle.addWidget(self._scroller, 1)
        middle.addWidget(self._footer)
        whole = layout.row(self, 0)
        whole.addLayout(middle, 1)
        whole.addWidget(self._side)
        self._enable(False)

    # -- the screen's duties ------------------------------------------------------

    def primary(self) -> QAbstractButton:
        signed = self.draft is not None and self.draft.read_only
        return self.supervision.filled if signed else self.sign

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes, in order."""
        return (self._scroller, self._footer, self._side)

    # -- the visit ----------------------------------------------------------------

    def begin(self, draft: VisitDraft) -> None:
        self._enable(True)
        self._busy = False
        self._pressed_sign = False
        view = draft.view
        signed = view.signed_at
        self.keeps_drafts = signed is None
        draft.follow_evaluation()
        self.note.begin(draft)
        self.snippets.read(view.case_id)
        self.done.begin(draft)
        self.addenda.setVisible(signed is not None)
        if signed is not None:
            self.addenda.begin(view.id, Ref(Place.VISIT, view.id))
        self.addenda.show_for(view.addenda)
        for widget in (self.discard, self.sign):
            widget.setVisible(signed is None)
        self.supervision.show_for(NoteRef(view.id), view.cosigning, signed is not None)
        self.state.setVisible(signed is not None or bool(view.begun_by))
        if view.begun_by:
            self.state.set(_("Begun by {who}").format(who=view.begun_by), "info")
        if signed is not None:
            here = signed.astimezone()
            said = _("Signed by {who}, {day} {time}").format(
                who=view.signed_by, day=written_day(here.date()), time=f"{here:%H:%M}"
            )
            self.state.set(*signed_words(said, view.cosigning))
        self.refresh()
        self._scroller.verticalScrollBar().setValue(0)
        self.focus_work()

    def focus_work(self) -> None:
        """To what signing still waits for, else to the note; a signed visit leads on."""
        target: QWidget = self.note.first
        if self.draft is not None and self.draft.read_only:
            target = self.supervision.cosign if self.supervision.may else self.program
        elif self._pressed_sign:
            target = self.blockers.buttons[0] if self.blockers.buttons else self.sign
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        self.snippets.close()
        self.discard_panel.hide()
        self.blockers.hide()
        self.doubts.hide()
        self.flags.clear()
        self._enable(False)

    def _enable(self, on: bool) -> None:
        self._scroller.setEnabled(on)
        self._side.setEnabled(on)
        self._footer.setEnabled(on)

    def follow(self, key: str) -> None:
        self.note.follow(key)
        if key == DONE:
            self.done.follow()
        self._settle = self._settle or key.startswith((ACTIONS, DECISION))

    def refresh(self) -> None:
        draft = self.draft
        if draft is None:
            return
        if self._settle:  # what is written of actions and decisions follows them
            self._settle = False
            draft.follow_evaluation()
        self.flags.show_for(draft)
        # a note that asked nothing suggests nothing: what follows from no answer is no finding
        asked = draft.view.kind != visits.NOTE_ONLY or bool(draft.content().answers)
        self.evaluation.show_for(draft, suggestions(self.desk, draft) if asked else ())
        self._show_doubts(draft)
        self.untouched.setText(untouched_words(draft))
        self.untouched.setVisible(bool(self.untouched.text()))
        if self._pressed_sign:
            focus = QApplication.focusWidget()
            inside = focus is not None and self.blockers.isAncestorOf(focus)
            self.blockers.show_for(self._waiting(draft))
            if inside:
                self.focus_work()

    # -- writing ------------------------------------------------------------------

    def _typed(self, part: str) -> None:
        if self.draft is not None:
            self.draft.set_note(part, self.note.areas[part].value())

    def _note_built(self) -> None:
        self.snippets.watch(*self.note.areas.values())

    def _expanding(self) -> None:
        if self.draft is not None:
            self.draft.sheet.apart()

    def _write(self) -> None:
        if self.draft is None:
            return
        if self.draft.write_note():
            self.said.emit(_("Written. Parts that you changed stay as they are."), "done")
        else:
            self.said.emit(_("Nothing new to write: your own words are kept."), "info")

    def _noted(self, flag: str) -> None:
        if self.draft is not None:
            self.draft.act(flag, "noted", "")

    def _undone(self, flag: str) -> None:
        if self.draft is not None:
            self.draft.take_back(flag)

    # -- signing ------------------------------------------------------------------

    def _waiting(self, draft: VisitDraft) -> tuple[Blocker, ...]:
        reckoned = visits.of_view(self.desk, draft.view)
        return signing.blockers(reckoned, draft.content(), draft.findings())

    def _show_doubts(self, draft: VisitDraft) -> None:
        """The unusual values that nobody confirmed; a signed visit asks nothing any more."""
        found: tuple[Blocker, ...] = ()
        if not draft.read_only:
            reckoned = visits.of_view(self.desk, draft.view)
            found = signing.unconfirmed(reckoned, draft.content(), draft.findings())
        self.doubts.show_for(found)

    def _sign(self) -> None:
        draft = self.draft
        if draft is None or self._busy:
            return
        self._pressed_sign = True
        waiting = self._waiting(draft)
        self.blockers.show_for(waiting)
        if waiting:
            self._scroller.verticalScrollBar().setValue(0)
            self.blockers.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._work(self._signing(draft.view.id, draft.content()), self._signed)

    def _signing(self, visit: UUID, content: VisitContent) -> Callable[[], datetime]:
        desk = self.desk
        return lambda: visits.sign(desk, visit, content)

    def _work(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        """Do what changes the visit as a whole; nobody types meanwhile."""
        self._wait()
        self.lanes.run(work, done, self._not_done)

    def _wait(self) -> None:
        self.leave()
        self._busy = True
        self._enable(False)

    def _not_done(self, error: Exception) -> None:
        self._busy = False
        self._enable(True)
        if isinstance(error, InvalidInput):
            self.addenda.problem.set(" ".join(error.fields.values()))
        self.cannot(error)

    def _signed(self, when: datetime) -> None:
        if self.draft is None:
            return
        self.said.emit(_("Signed {time}.").format(time=f"{when.astimezone():%H:%M}"), "done")
        self.reload(self.draft.view.id)

    def _mend(self, blocker: Blocker) -> None:
        """Go to where a blocker is mended."""
        if self.draft is None:
            return
        if blocker.kind == "red_flag":
            self.record_action(blocker.flag)
            self._scroller.ensureWidgetVisible(self.panel)
        elif blocker.kind == "empty_note":
            area = self.note.first
            area.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroller.ensureWidgetVisible(area)
        else:
            self._go(Ref(Place.EVALUATION, self.draft.view.id, extra=blocker.flag))

    # -- addenda and discarding ---------------------------------------------------

    def _add_addendum(self) -> None:
        if self.draft is None or self._busy:
            return
        text, desk, visit = self.addenda.text.value(), self.desk, self.draft.view.id
        if not text.strip():
            self.addenda.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.addenda.problem.set(_("Write the addendum first."))
            QTimer.singleShot(0, self, self._reveal_addendum)
            return
        self._work(lambda: visits.add_addendum(desk, visit, text), self._added)

    def _supervised(self, said: str) -> None:
        if self.draft is not None:
            self.said.emit(said, "done")
            self.reload(self.draft.view.id)

    def _reveal_addendum(self) -> None:
        """What is wrong has its place now; bring it into view with the field."""
        self._scroller.ensureWidgetVisible(self.addenda.problem, 0, tokens.XL)

    def _added(self, _nothing: object) -> None:
        if self.draft is None:
            return
        self.addenda.added()
        self.said.emit(_("Addendum added."), "done")
        self.reload(self.draft.view.id)

    def _discard(self) -> None:
        if self.draft is None or self._busy:
            return
        view = self.draft.view
        self._gone = view.id
        self._wait()
        words = _("Visit {number} discarded.").format(number=view.number)
        act = partial(visits.discard, self.desk, view.id)
        self.doing.do(act, words, self._discarded, self._not_done)

    def _discarded(self, _nothing: object) -> None:
        if self.draft is None:
            return
        view = self.draft.view
        self.forget()
        self.open_requested.emit(Ref(Place.PATIENT, view.patient_id, case=view.case_id))

    def _back_again(self) -> None:
        if self._gone is not None:
            self.came_back.emit(Ref(Place.VISIT, self._gone))

    # -- going on -----------------------------------------------------------------

    def _go(self, ref: Ref) -> None:
        self.leave()
        self.open_requested.emit(ref)

    def _evaluate(self) -> None:
        if self.draft is not None:
            self._go(Ref(Place.EVALUATION, self.draft.view.id))

    def _program(self) -> None:
        if self.draft is not None:
            self._go(Ref(Place.PROGRAM, self.draft.view.case_id))

    def _use_as_program(self) -> None:
        if self.draft is not None:
            desk, case, done = self.desk, self.draft.view.case_id, self.draft.done()
            self.lanes.run(
                lambda: flowsheet.use_as_program(desk, case, done), self._used, self.cannot
            )

    def _used(self, count: int) -> None:
        words = ngettext(
            "{n} exercise is in the program's draft.",
            "{n} exercises are in the program's draft.",
            count,
        )
        self.said.emit(words.format(n=count), "done")
        self.program.setFocus(Qt.FocusReason.OtherFocusReason)

    def _letter(self) -> None:
        if self.draft is not None:
            self._go(Ref(Place.LETTER, self.draft.view.case_id))

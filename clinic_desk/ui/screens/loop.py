"""One request that waits for an answer: the answer on the left, what is done about it right."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QFrame, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, paper_words
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.parts.files_adding import FilesAdding
from clinic_desk.ui.parts.files_drop import FileDrop
from clinic_desk.ui.parts.files_preview import FilePreviewPane
from clinic_desk.ui.parts.loops_answer import AnswerFiles, SignOffCard
from clinic_desk.ui.parts.loops_chase import ChaseCard, EndCard
from clinic_desk.ui.parts.loops_words import URGENCIES, state
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import file_preview, loops
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.file_preview import FilePreview
from clinic_desk.usecases.files import Added, FileRow
from clinic_desk.usecases.loops import LoopView
from clinic_desk.usecases.taking_back import Undo

SIDE = 420  # px
KEEP_MS = 800  # as everywhere: after the first unkept change


class LoopScreen(Screen):
    """Reads, sums up and signs off the answer; or chases it, or ends without."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._wanted: UUID | None = None
        self._view: LoopView | None = None
        self._file: FileRow | None = None
        self._just: list[Added] = []
        self._undos: list[Undo] = []
        self._unkept = self._closing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self._keep)
        self.preview = FilePreviewPane(lanes)
        self.preview.nothing.pressed.connect(self._ask_file)
        self.about = Card(_("Request"))
        self.state = Chip("", "outline")
        self.about.add_to_header(self.state)
        self.facts = Facts()
        self.about.add(self.facts)
        self.adding = FilesAdding(desk, lanes)
        self.adding.added.connect(self._added)
        self.adding.finished.connect(self._all_added)
        self.adding.said.connect(self.said)
        self.files = AnswerFiles(self.adding)
        self.files.chosen.connect(self._show_file)
        self.files.add_asked.connect(self._ask_file)
        self.files.details_asked.connect(self._to_file)
        self.says = SignOffCard(desk.today())
        self.says.changed.connect(self._typed)
        self.closed = Card(_("Signed off"))
        self.summary = Label("", "body", wrap=True)
        self.closed_by = Label("", "caption", wrap=True)
        self.closed.add(self.summary)
        self.closed.add(self.closed_by)
        self.chasing = ChaseCard(self)
        self.chasing.chased.connect(self._chase)
        self.ending = EndCard(self)
        self.ending.asked.connect(self._end)
        self.drop = FileDrop(self)
        self.drop.dropped.connect(self.add)
        side = QFrame()
        side.setProperty("surface", "canvas")
        side.setFixedWidth(theme.px(SIDE))
        self._scroll = Scroller(tokens.L)
        for card in (self.about, self.files, self.says, self.closed, self.chasing, self.ending):
            self._scroll.column.addWidget(card)
        self._scroll.column.addStretch(1)
        layout.column(side).addWidget(self._scroll)
        self.back = Button(_("Back to patient"), "arrow-left", "link")
        self.back.setObjectName("backToPatient")
        self.back.clicked.connect(self._go_back)
        self.letter = Button(_("Our letter"), "mail")
        self.letter.setObjectName("ourLetter")
        self.letter.clicked.connect(self._to_letter)
        self.add_answer = PrimaryButton(_("Add answer"), icon="paperclip")
        self.add_answer.setObjectName("addAnswerPrimary")
        self.add_answer.clicked.connect(self._ask_file)
        self.sign = PrimaryButton(_("Sign off"), icon="check")
        self.sign.setObjectName("signOff")
        self.sign.clicked.connect(self._sign_off)
        middle = QWidget()
        across = layout.row(middle, 0)
        across.addWidget(self.preview, 1)
        across.addWidget(side)
        page = layout.column(self)
        page.addWidget(middle, 1)
        page.addWidget(layout.Footer([self.back], [self.letter, self.add_answer, self.sign]))
        self._hide_all()

    def open(self, ref: Ref) -> None:
        if ref.id is None:
            return
        self._wanted, self._view, self._file = ref.id, None, None
        self._unkept = False
        self.preview.say("")
        self.heading_changed.emit(_("Request"), "")
        self._hide_all()
        self._look()

    def primary(self) -> QAbstractButton | None:
        if not self.sign.isHidden():
            return self.sign
        return None if self.add_answer.isHidden() else self.add_answer

    def leave(self) -> None:
        self._keep()

    def _hide_all(self) -> None:
        for widget in (self.says, self.closed, self.chasing, self.ending, self.letter, self.sign,
                       self.add_answer):  # fmt: skip
            widget.hide()

    def _look(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            self._keep()
            self.lanes.run(
                lambda: loops.open_loop(self.desk, wanted),
                self._show,
                self.lost,
                replace_key="loop: open",
            )

    def _show(self, view: LoopView) -> None:
        row, first = view.row, self._view is None
        if row.id != self._wanted:
            return
        self._view = view
        self.drop.enabled = row.is_open
        self.banner_changed.emit(view.banner)
        self.heading_changed.emit(loops.KINDS.get(row.kind, _("Request")), row.title)
        self.state.set(*state(row))
        self.facts.show_facts(
            [
                (_("Asked for"), row.title),
                (_("Of"), row.recipient),
                (_("Case"), view.case),
                (_("How soon"), URGENCIES[row.urgency]),
                (_("Ordered"), f"{written_day(row.ordered_on)}, {view.opened_by}"),
                (_("Due"), written_day(row.due_on)),
                (_("Note"), view.note),
                *((_("Set aside"), paper_words.set_aside(one)) for one in view.set_aside),
            ]
        )
        if first:
            self.says.begin(view)
            for card in (self.chasing, self.ending):
                card.clear()
                card.draft.begin(row.id, Ref(Place.LOOP, row.id))
        self._show_files(view)
        answered = bool(view.files)
        self.says.setVisible(row.is_open and answered)
        self.sign.setVisible(row.is_open and answered)
        self.add_answer.setVisible(row.is_open and not answered)
        self.ending.setVisible(row.is_open and not answered)
        self.letter.setVisible(row.document_id is not None)
        self.chasing.show_chases(view.chases, still_open=row.is_open and not answered)
        self._show_closed(view)
        if self._closing:
            self._closing = False  # the button that had the focus is gone
            self._scroll.ensureWidgetVisible(self.closed)
            self.back.setFocus()
        elif first:
            target = self.says.summary if row.is_open and answered else self.primary() or self.back
            self.take_focus(target)

    def _show_closed(self, view: LoopView) -> None:
        row = view.row
        self.closed.setVisible(not row.is_open)
        if row.closed_at is None:
            return
        self.closed.header.set(state(row)[0])
        lines = [row.summary, *(one.line for one in view.results)]
        if any(one.other_side for one in view.results):
            lines.append(_("The report is about the other side: the evaluation does not use it."))
        self.summary.setText("\n".join(lines))
        at = row.closed_at.astimezone()
        self.closed_by.setText(f"{row.closed_by}, {written_day(at.date())} {at:%H:%M}")

    def _show_files(self, view: LoopView) -> None:
        known = {one.id for one in view.files}
        if self._file is None or self._file.id not in known:
            self._file = None
        newest = view.files[0] if view.files else None
        now = self._file or newest
        self.files.show_files(view.files, now.id if now else None, still_open=view.row.is_open)
        if now is None:
            text = _("No answer yet. Drop the scan or the PDF here, or choose a file.")
            add = _("Choose a file") if view.row.is_open else ""
            self.preview.say(text if view.row.is_open else _("There was no answer."), add)
        elif self._file is None:
            self._show_file(now)

    def _show_file(self, row: FileRow) -> None:
        self._file = row
        self.files.mark(row.id)
        self.lanes.run(
            lambda: file_preview.of(self.desk, row),
            self._previewed,
            self._not_previewed,
            replace_key="loop: preview",
        )

    def _previewed(self, seen: FilePreview) -> None:
        if self._file is not None and seen.file_id == self._file.id:
            self.preview.show_preview(seen, self._file.details.title)

    def _not_previewed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.preview.say(str(error))

    # Adding

    def add(self, paths: Sequence[Path]) -> None:
        """File the answer."""
        view = self._view
        if view is not None and view.row.is_open:
            self._file = None  # the new one is looked at
            self.adding.add(list(paths), view.row.patient_id, view.row.case_id, view.row.id)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add the answer"))
        self.add([Path(one) for one in chosen])

    def _added(self, added: Added, undo: Undo | None) -> None:
        self._just.append(added)
        if undo is not None and not added.before:
            self._undos.append(undo)

    def _all_added(self) -> None:
        """What was there before is not taken away again by an undo."""
        just, self._just = self._just, []
        undos, self._undos = self._undos, []
        new = [one for one in just if not one.before]
        if new:
            names = ", ".join(one.title for one in new)
            text = _("Filed as the answer: {names}.").format(names=names)
            self.undoable.emit(text, partial(self._take_back, undos))
        self._look()

    def _take_back(self, undos: list[Undo]) -> None:
        def work() -> None:
            for undo in undos:
                undo()

        self.lanes.run(work, self._taken_back, self._refused)

    def _taken_back(self, _nothing: object) -> None:
        self.said.emit(_("Archived. The request waits for its answer again."), "done")
        self._look()

    # Keeping what is typed

    def _typed(self) -> None:
        self._unkept = True
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        self._timer.stop()
        view = self._view
        if view is None or not self._unkept or not view.row.is_open:
            return
        self._unkept = False
        payload, loop = self.says.payload(), view.row.id
        self.lanes.run(lambda: loops.keep(self.desk, loop, payload), None, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self._unkept = True
        self._refused(error)

    def unkept(self) -> bool:
        return self._unkept

    # Acts

    def _sign_off(self) -> None:
        view = self._view
        if view is None:
            return
        wrong = self.says.wrong()
        if wrong:
            self.says.show_problems(wrong)
            return
        self._timer.stop()
        row, summary, result = view.row, self.says.summary.value(), self.says.details()
        file = self._file.id if self._file is not None else None
        self.lanes.run(
            lambda: loops.sign_off(self.desk, row.id, row.version, summary, result, file),
            self._signed,
            self._not_signed,
        )

    def _signed(self, _nothing: object) -> None:
        self._unkept, self._closing = False, True
        self.said.emit(_("Signed off. It leaves Today and stays in the record."), "done")
        self._look()

    def _not_signed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = self.says.show_problems(error.fields)
            if homeless:
                self.said.emit("; ".join(homeless), "problem")
            if self._unkept:
                self._timer.start()
        else:
            self._refused(error)

    def _chase(self, way: str, text: str) -> None:
        view = self._view
        if view is not None:
            self.lanes.run(
                lambda: loops.chase(self.desk, view.row.id, way, text),
                self._chased,
                self._not_chased,
            )

    def _chased(self, _nothing: object) -> None:
        self.chasing.draft.end()
        self.chasing.clear()
        if self._view is not None:
            here = self._view.row.id
            self.chasing.draft.begin(here, Ref(Place.LOOP, here))
        self.said.emit(_("Recorded. It stays on Today until the answer is there."), "done")
        self._look()

    def _not_chased(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.chasing.form.show_problems(error.fields)
        else:
            self._refused(error)

    def _end(self, reason: str) -> None:
        view = self._view
        if view is not None:
            self.lanes.run(
                lambda: loops.end(self.desk, view.row.id, view.row.version, reason),
                self._ended,
                self._not_ended,
            )

    def _ended(self, _nothing: object) -> None:
        self._closing = True
        self.ending.draft.end()
        self.said.emit(_("Ended without an answer. The reason stays in the record."), "done")
        self._look()

    def _not_ended(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.ending.show_problems(error.fields)
        else:
            self._refused(error)

    def _to_letter(self) -> None:
        if self._view is not None and self._view.row.document_id is not None:
            self.open_requested.emit(Ref(Place.DOCUMENT, self._view.row.document_id))

    def _to_file(self, file: UUID) -> None:
        self.open_requested.emit(Ref(Place.FILE, file))

    def _go_back(self) -> None:
        if self._view is not None:
            row = self._view.row
            self.open_requested.emit(Ref(Place.PATIENT, row.patient_id, case=row.case_id))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")

"""Letters for many: chosen, checked, issued one by one, printed in order."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QFileDialog, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.lists.rows import RowsModel, RowsView
from clinic_desk.ui.parts import batch_rows, layout, list_out, paper_out
from clinic_desk.ui.parts.batch_choice import BatchChoice
from clinic_desk.ui.parts.work_bar import WorkBar
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import batch, letters
from clinic_desk.usecases.batch_views import Planned
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import KindRow

RECALLS = "recalls"  # the extra of a Ref that asks for the letters of recalls
Step = tuple[int, int, Planned]  # of which run, its place in the list, and what became of it


class BatchScreen(Screen):
    """One piece of work at a time goes into a lane, so that others come in between and Cancel
    takes hold after the letter in hand. `_run` numbers the runs: what an older one brings late
    is dropped.
    """

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._rows: tuple[Planned, ...] = ()
        self._run = 0
        self._issuing = False
        self._came_for = ""  # what was asked for from elsewhere
        self._target: Path | None = None
        self.choice = BatchChoice(desk.today())
        self.choice.changed.connect(self._choose)
        self.texts: dict[str, TextArea] = {}
        self.text_card = Card(_("For all"), _("the record leaves this empty in some of them"))
        self.text_form: Form | None = None
        self.again = Button(_("Check again"), compact=True)
        self.again.setObjectName("checkAgain")
        self.again.clicked.connect(self._check)
        self.text_card.hide()
        self.model = RowsModel(batch_rows.COLUMNS)
        self.rows = RowsView(self.model, _("Letters of the batch"))
        self.rows.opened.connect(self._turn)
        self.rows.chosen.connect(self._explain)
        self.turn = Button(_("Leave out or take back"), compact=True, hint="Enter")
        self.turn.setObjectName("turnLetter")
        self.turn.clicked.connect(self._turn_current)
        self.mend = Button(_("Open its letter"), compact=True)
        self.mend.setObjectName("mendLetter")
        self.mend.clicked.connect(self._mend)
        self.card = Card(_("Letters"), flush=True)
        self.card.add_to_header(self.again)
        self.card.add_to_header(self.turn)
        self.card.add_to_header(self.mend)
        self.card.add(self.rows, 1)
        self.out = list_out.of_view(self, self.rows, "letters_for_many", self.card)
        self.why = Label("", "body", wrap=True)
        self.empty = EmptyState(_("Nobody fits this choice."))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)
        self.work = WorkBar()
        self.back = Button(_("Back to letters"), "arrow-left", "link")
        self.back.clicked.connect(self._go_back)
        self.leave_out = Button("")
        self.leave_out.setObjectName("leaveOutFailed")
        self.leave_out.clicked.connect(self._leave_out_failed)
        self.save = Button(_("Save as one PDF"), "save")
        self.save.setObjectName("saveBatch")
        self.save.clicked.connect(self._choose_file)
        self.print = Button(_("Print in order"), "printer")
        self.print.setObjectName("printBatch")
        self.print.clicked.connect(self._print)
        self.issue = PrimaryButton(_("Issue"))
        self.issue.setObjectName("issueBatch")
        self.issue.clicked.connect(self._issue)
        page = QWidget()
        column = layout.column(page, tokens.M, tokens.XL)
        for widget in (self.choice, self.text_card):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.why)
        column.addWidget(self.work)
        whole = layout.column(self)
        whole.addWidget(page, 1)
        right = [self.leave_out, self.save, self.print, self.issue]
        whole.addWidget(layout.Footer([self.back], right))
        self._show()

    # What the shell asks

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Letters for many"), "")
        self._came_for = ref.extra
        if self.work.working or self._issued():
            return  # what is under way, or was made, stays in front
        self.lanes.run(
            lambda: letters.kinds(self.desk), self._kinds, self._refused, replace_key="batch: kinds"
        )

    def primary(self) -> QAbstractButton:
        return self.issue

    def panes(self) -> list[QWidget]:
        return [self.choice, self.rows]

    def _kinds(self, kinds: tuple[KindRow, ...]) -> None:
        self.choice.fill(kinds)
        if self._came_for == RECALLS:
            self.choice.recall()
        self._choose()

    # Choosing and checking

    def _choose(self) -> None:
        """The letters that are meant now, unchecked; what was checked before is dropped."""
        self._stop()
        asked, language = self.choice.value(), self.choice.spoken()
        self.lanes.run(
            lambda: batch.choose(self.desk, *asked, language),
            self._chosen,
            self._refused,
            replace_key="batch: choose",
        )

    def _chosen(self, rows: tuple[Planned, ...]) -> None:
        before = {row.key: row.included for row in self._rows}
        self._rows = tuple(replace(row, included=before.get(row.key, row.included)) for row in rows)
        self._check()

    def _check(self) -> None:
        """Compose and check all that are not issued."""
        self._stop()
        self._rows = tuple(
            row if row.state == "issued" else replace(row, state="unread", why=())
            for row in self._rows
        )
        if self._rows:
            self.work.begin(_("Checking"))
            self._check_next(0)
        self._show()

    def _check_next(self, place: int) -> None:
        run, rows = self._run, self._rows
        while place < len(rows) and rows[place].state == "issued":
            place += 1
        if place >= len(rows) or self.work.stopping:
            self._ended()
            return
        self.work.moved(place, len(rows))
        one, texts = rows[place], {key: field.value() for key, field in self.texts.items()}

        def work() -> Step:
            try:
                return run, place, batch.plan(self.desk, one, texts)
            except ClinicError as error:
                return run, place, replace(one, state="failed", why=(str(error),))

        self.lanes.run(work, self._checked, self._broken, lane="papers")

    def _checked(self, step: Step) -> None:
        run, place, one = step
        if run != self._run:
            return
        self._put(place, one)
        self._check_next(place + 1)

    def _put(self, place: int, one: Planned) -> None:
        """One row anew, without moving the choice in the list."""
        one = replace(one, included=self._rows[place].included)
        self._rows = (*self._rows[:place], one, *self._rows[place + 1 :])
        self._show()

    # What the person chooses

    def _turn_current(self) -> None:
        self._turn(self.rows.current())

    def _turn(self, row: object) -> None:
        if isinstance(row, Planned) and row.state != "issued" and not self._issuing:
            place = next(n for n, one in enumerate(self._rows) if one is row)
            included = not row.included
            self._rows = (
                *self._rows[:place],
                replace(row, included=included),
                *self._rows[place + 1 :],
            )
            self._show()

    def _leave_out_failed(self) -> None:
        self._rows = tuple(
            replace(row, included=False) if row.state == "failed" else row for row in self._rows
        )
        self._show()

    def _mend(self) -> None:
        row = self.rows.current()
        if not isinstance(row, Planned):
            return
        if row.document_id is not None:
            self.open_requested.emit(Ref(Place.DOCUMENT, row.document_id))
        elif row.case_id is None:
            self.open_requested.emit(Ref(Place.PATIENT, row.patient_id))
        else:
            self.open_requested.emit(Ref(Place.LETTER, row.case_id, extra=row.kind))

    # Issuing

    def _issue(self) -> None:
        self._stop()
        self._issuing = True
        self.work.begin(_("Issuing"))
        self._issue_next(0)
        self._show()

    def _issue_next(self, place: int) -> None:
        run, rows = self._run, self._rows
        while place < len(rows) and not _wanted(rows[place]):
            place += 1
        if place >= len(rows) or self.work.stopping:
            self._all_issued()
            return
        self.work.moved(place, len(rows))
        one = rows[place]

        def work() -> Step:
            try:
                return run, place, batch.issue(self.desk, one)
            except InvalidInput as error:
                return run, place, replace(one, state="failed", why=tuple(error.fields.values()))
            except ClinicError as error:
                why = f"{error} {error.hint}".strip()
                return run, place, replace(one, state="failed", why=(why,))

        self.lanes.run(work, self._was_issued, self._broken)

    def _was_issued(self, step: Step) -> None:
        _run, place, one = step
        self._put(place, one)
        self._issue_next(place + 1)

    def _all_issued(self) -> None:
        stopped = self.work.stopping
        self._ended()
        made, left = len(self._issued()), sum(map(_wanted, self._rows))
        words = ngettext("{n} letter issued", "{n} letters issued", made).format(n=made)
        if stopped and left:
            self.said.emit(
                _("Stopped: {made}, {left} not. The list tells which.").format(
                    made=words, left=left
                ),
                "info",
            )
        elif any(row.included and row.state == "failed" for row in self._rows):
            self.said.emit(_("{made}; the list tells which were not.").format(made=words), "info")
        else:
            self.said.emit(_("{made}. Print them in order now.").format(made=words), "done")

    def _stop(self) -> None:
        """Whatever is under way belongs to an older run from now on."""
        self._run += 1
        self._ended()

    def _ended(self) -> None:
        self._issuing = False
        self.work.end()
        self._show()

    def _broken(self, error: Exception) -> None:
        self._ended()
        self._refused(error)

    # Paper

    def _issued(self) -> list[UUID]:
        return [row.document_id for row in self._rows if row.document_id is not None]

    def _print(self) -> None:
        ids = self._issued()
        self.lanes.run(
            lambda: batch.together(self.desk, ids), self._to_printer, self._refused, lane="papers"
        )

    def _to_printer(self, pdf: bytes) -> None:
        problem = paper_out.print_pdf(pdf, _("Letters"), self)
        if problem:
            self.said.emit(problem, "problem")

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the letters"), "letters.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Write the issued letters into one file, in their order."""
        ids = self._issued()
        self._target = target
        self.lanes.run(
            lambda: batch.together(self.desk, ids), self._to_file, self._refused, lane="papers"
        )

    def _to_file(self, pdf: bytes) -> None:
        if self._target is None:
            return
        problem = paper_out.save(pdf, self._target)
        words = _("Saved as {name}.").format(name=self._target.name)
        self.said.emit(problem or words, "problem" if problem else "done")

    # Showing

    def _show(self) -> None:
        current = self.rows.currentIndex().row()
        self.model.set_rows(self._rows)
        self.rows.choose(max(current, 0))
        self._explain(self.rows.current())
        self.card.header.set(_("Letters"), batch_rows.counted(self._rows))
        self.pages.setCurrentIndex(0 if self._rows else 1)
        wanted = sum(map(_wanted, self._rows))
        failed = sum(row.included and row.state == "failed" for row in self._rows)
        unread = any(row.included and row.state == "unread" for row in self._rows)
        words = ngettext("Issue {n} letter", "Issue {n} letters", wanted)
        self.issue.setText(words.format(n=wanted) if wanted else _("Issue letters"))
        idle = not self.work.working
        # what fails is left out only by the person's choice
        self.issue.setEnabled(bool(wanted) and not failed and not unread and idle)
        words = ngettext("Leave out the {n} that fails", "Leave out the {n} that fail", failed)
        self.leave_out.setText(words.format(n=failed))
        self.leave_out.setVisible(bool(failed) and idle)
        made = bool(self._issued())
        self.print.setVisible(made)
        self.save.setVisible(made)
        self.choice.setEnabled(not self._issuing)
        self.again.setEnabled(idle)
        self._ask_texts()

    def _ask_texts(self) -> None:
        """A field for each part that the record leaves empty in some of the letters."""
        empty = dict(pair for row in self._rows for pair in row.empty)
        if empty and set(empty) != set(self.texts):
            if self.text_form is not None:
                self.text_form.hide()
                self.text_form.deleteLater()
            self.text_form = Form(1)
            self.texts = {part: TextArea(lines=2, most=4) for part in empty}
            for part, title in empty.items():
                self.text_form.add(part, title, self.texts[part])
            self.text_card.add(self.text_form)
        if not any(row.state == "unread" for row in self._rows):
            self.text_card.setVisible(bool(empty) and not self._issued())

    def _explain(self, row: object) -> None:
        held = row if isinstance(row, Planned) else None
        self.why.setText("\n".join(held.why) if held else "")
        self.why.setVisible(bool(self.why.text()))
        self.turn.setEnabled(held is not None and held.state != "issued")
        self.mend.setEnabled(held is not None and not self._issuing)
        issued = held is not None and held.document_id is not None
        homeless = held is not None and held.case_id is None
        words = _("Open patient") if homeless else _("Open its letter")
        self.mend.setText(_("Open the paper") if issued else words)

    def _go_back(self) -> None:
        if not self.work.working:
            self._rows = ()
            self._show()
        self.open_requested.emit(Ref(Place.LETTERS))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.said.emit(" ".join(error.fields.values()), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(f"{error} {error.hint}".strip(), "problem")
        else:
            raise error


def _wanted(row: Planned) -> bool:
    """Whether a letter is to be issued and can be."""
    return row.included and row.state in ("ready", "warned")

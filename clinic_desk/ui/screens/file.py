"""One filed file: looked at on the left, described on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QFrame, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.parts.files_form import FileForm
from clinic_desk.ui.parts.files_preview import FilePreviewPane
from clinic_desk.ui.parts.files_report import ReportCard
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import (
    file_kinds,
    file_preview,
    files,
    imaging_results,
    loops,
    patients,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.file_preview import FilePreview
from clinic_desk.usecases.files import FileRow
from clinic_desk.usecases.imaging_results import FileReport, ImagingDetails, ImagingView
from clinic_desk.usecases.loops import LoopRow
from clinic_desk.usecases.patients import PatientFile

SIDE = 400  # px


@dataclass(frozen=True, slots=True)
class _Opened:
    row: FileRow
    patient: PatientFile
    asked: tuple[LoopRow, ...]  # of the patient
    report: FileReport


def _load(desk: Desk, wanted: UUID) -> _Opened:
    row = files.one(desk, wanted)
    patient = patients.open_file(desk, row.patient_id, row.details.case_id)
    asked = loops.of_patient(desk, row.patient_id)
    return _Opened(row, patient, asked, imaging_results.of_file(desk, wanted))


def _copy(desk: Desk, file: UUID, target: Path) -> str:
    files.save_copy(desk, file, target)
    return target.name


class FileScreen(Screen):
    """Shows what was filed; changes only what is said about it."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._wanted: UUID | None = None
        self._opened: _Opened | None = None
        self.doing = Doing(desk, lanes, self)
        self.doing.taken_back.connect(self._filled_anew)
        self.doing.changed.connect(self._look)
        self._saving = False  # what is typed is kept by now
        self.preview = FilePreviewPane(lanes)
        self.about = Card(_("File"))
        self.warning = Label("", "caution", wrap=True)
        self.about.add(self.warning)
        self.form = FileForm(desk.today())
        self.about.add(self.form)
        self.answer = Card(_("Answer to a request"))
        self.answers = Label("", "body", wrap=True)
        self.answer.add(self.answers)
        self.which = ComboBox(_("Request"))
        self.which.setObjectName("whichRequest")
        self.answer.add(self.which)
        self.take = Button(_("File it as the answer"), "check")
        self.take.setObjectName("fileAsAnswer")
        self.take.clicked.connect(self._attach)
        self.open_request = Button(_("Open the request"), "hourglass")
        self.open_request.clicked.connect(self._to_request)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.take)
        line.addWidget(self.open_request)
        line.addStretch(1)
        self.answer.body.addLayout(line)
        self.report = ReportCard(desk.today())
        self.report.entered.connect(self._enter)
        self.kept = Card(_("As it was filed"))
        self.facts = Facts()
        self.kept.add(self.facts)
        side = QFrame()
        side.setProperty("surface", "canvas")
        side.setFixedWidth(theme.px(SIDE))
        scroll = Scroller(tokens.L)
        for card in (self.about, self.answer, self.report, self.kept):
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        layout.column(side).addWidget(scroll)
        self.back = Button(_("Back to patient"), "arrow-left", "link")
        self.back.setObjectName("backToPatient")
        self.back.clicked.connect(self._go_back)
        self.put_by = Button(_("Archive"))
        self.put_by.setObjectName("archiveFile")
        self.put_by.clicked.connect(self._archive)
        self.copy = Button(_("Save a copy"), "download")
        self.copy.setObjectName("saveCopy")
        self.copy.clicked.connect(self._ask_where)
        self.save = PrimaryButton(_("Save details"))
        self.save.setObjectName("saveFile")
        self.save.clicked.connect(self._save)
        middle = QWidget()
        across = layout.row(middle, 0)
        across.addWidget(self.preview, 1)
        across.addWidget(side)
        page = layout.column(self)
        page.addWidget(middle, 1)
        page.addWidget(layout.Footer([self.back], [self.put_by, self.copy, self.save]))
        self._enable(False)

    def open(self, ref: Ref) -> None:
        if ref.id is None:
            return
        self._wanted, self._opened = ref.id, None
        self._enable(False)
        self.preview.say("")
        self.heading_changed.emit(_("File"), "")
        self._look()

    def primary(self) -> QAbstractButton:
        return self.save

    def leave(self) -> None:
        """What was said and can stand is kept; nobody asks."""
        if self._opened is not None and self.form.touched and not self.form.wrong():
            self._save()

    def unkept(self) -> bool:
        """Only what cannot stand is not kept by leaving."""
        cannot = bool(self.form.wrong()) or not self.form.title.value().strip()
        return self._opened is not None and self.form.touched and cannot

    def _look(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            self.lanes.run(
                lambda: _load(self.desk, wanted), self._show, self.lost, replace_key="file: open"
            )

    def _show(self, opened: _Opened) -> None:
        row, first = opened.row, self._opened is None
        if row.id != self._wanted:
            return
        self._opened = opened
        self.banner_changed.emit(opened.patient.banner)
        self.heading_changed.emit(_("File"), row.details.title)
        cases = [(one.id, words.sided(one.title, one.side)) for one in opened.patient.cases]
        if first or self._saving or not self.form.touched:
            self.form.show_details(row.details, cases, row.loop_id is not None)
        self._saving = False
        self.warning.setText(row.warning)
        self.warning.setVisible(bool(row.warning))
        self._show_request(row, opened.asked)
        self.report.show_report(opened.report)
        added = f"{written_day(row.added_at.astimezone().date())}, {row.added_by}"
        put_by = row.archived_at
        self.facts.show_facts(
            [
                (_("Name"), row.name),
                (_("Content"), f"{file_kinds.named(row.media)}, {files.said_size(row.size)}"),
                (_("Added"), added),
                (_("Archived"), written_day(put_by.astimezone().date()) if put_by else ""),
                (_("SHA-256"), f"{row.sha256[:8]} … {row.sha256[-8:]}"),
            ]
        )
        self.put_by.setText(_("Bring back") if put_by else _("Archive"))
        self._enable(True)
        if first:
            self.take_focus(self.form.title)
            self.lanes.run(
                lambda: file_preview.of(self.desk, row),
                self._previewed,
                self._not_previewed,
                replace_key="file: preview",
            )

    def _show_request(self, row: FileRow, asked: Sequence[LoopRow]) -> None:
        mine = next((one for one in asked if one.id == row.loop_id), None)
        still = [one for one in asked if one.is_open]
        self.answer.setVisible(mine is not None or (bool(still) and row.archived_at is None))
        self.answers.setVisible(mine is not None)
        self.open_request.setVisible(mine is not None)
        self.which.setVisible(mine is None)
        self.take.setVisible(mine is None)
        if mine is not None:
            state = _("signed off") if not mine.is_open else _("not signed off yet")
            self.answers.setText(f"{mine.title}, {state}.")
        else:
            self.which.fill([(one.id, one.title) for one in still])

    def _enable(self, on: bool) -> None:
        for button in (self.back, self.put_by, self.copy, self.save):
            button.setEnabled(on)

    def _previewed(self, seen: FilePreview) -> None:
        if self._opened is not None and seen.file_id == self._wanted:
            self.preview.show_preview(seen, self._opened.row.details.title)

    def _not_previewed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.preview.say(str(error))

    # Acts

    def _save(self) -> None:
        opened = self._opened
        if opened is None:
            return
        wrong = self.form.wrong()
        if wrong:
            self.form.show_problems(wrong)
            return
        row, details = opened.row, self.form.details()
        act = partial(files.describe, self.desk, row.id, row.version, details)
        self.doing.do(act, _("Details saved."), self._filled_anew, self._not_saved)

    def _filled_anew(self, _nothing: object = None) -> None:
        """The form shows what is kept when it is read again."""
        self._saving = True

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self.said.emit("; ".join(homeless), "problem")
        else:
            self._refused(error)

    def _attach(self) -> None:
        opened, loop = self._opened, self.which.value()
        if opened is None or not isinstance(loop, UUID):
            return
        words = _("Filed as the answer. It waits to be read and signed off.")
        act = partial(loops.attach, self.desk, loop, opened.row.id)
        self.doing.do(act, words, failed=self._refused)

    def _enter(self, details: ImagingDetails, before: ImagingView | None) -> None:
        opened = self._opened
        if opened is None or opened.report.case_id is None:
            return
        case, file, corrects = opened.report.case_id, opened.row.id, before.id if before else None
        self.lanes.run(
            lambda: imaging_results.record(self.desk, case, details, file, corrects),
            self._entered,
            self._not_entered,
        )

    def _entered(self, _result: UUID) -> None:
        self.report.fold()
        self.said.emit(_("Kept. It stands in the next evaluation until you confirm it."), "done")
        self._look()

    def _not_entered(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.report.form.show_problems(error.fields)
        else:
            self._refused(error)

    def _to_request(self) -> None:
        if self._opened is not None and self._opened.row.loop_id is not None:
            self.open_requested.emit(Ref(Place.LOOP, self._opened.row.loop_id))

    def _archive(self) -> None:
        opened = self._opened
        if opened is None:
            return
        row = opened.row
        if row.archived_at is not None:
            act = partial(files.restore, self.desk, row.id)
            self.doing.do(act, _("It is among the files again."), failed=self._refused)
        else:
            put_by = partial(files.archive, self.desk, row.id)
            self.doing.do(put_by, _("Archived. Nothing is deleted."), failed=self._refused)

    def _ask_where(self) -> None:
        if self._opened is None:
            return
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        start = Path(places[0]) if places else Path.home()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save a copy"), str(start / self._opened.row.name)
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Write a copy outside the encryption, whole or not at all; says how it went."""
        opened = self._opened
        if opened is not None:
            self.lanes.run(
                lambda: _copy(self.desk, opened.row.id, target),
                self._copied,
                self._refused,
            )

    def _copied(self, name: str) -> None:
        text = _("Saved as {name}. That copy is no longer encrypted.")
        self.said.emit(text.format(name=name), "done")

    def _go_back(self) -> None:
        if self._opened is not None:
            row = self._opened.row
            self.open_requested.emit(Ref(Place.PATIENT, row.patient_id, case=row.details.case_id))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")

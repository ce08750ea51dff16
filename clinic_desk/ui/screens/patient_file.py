"""What is done with a whole file: close parts of it, merge it with a second registration, archive
it, hold it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.closed_parts import ClosedPartsCard
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.keeping_card import KeepingCard
from clinic_desk.ui.parts.merge_card import MergeCard, MergersCard
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.usecases import likeness, lockbox, mergers, patient_states, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.likeness import Likeness
from clinic_desk.usecases.lockbox import Opening
from clinic_desk.usecases.mergers import Comparison, Merger
from clinic_desk.usecases.patient_views import PatientFile, PatientRow

NARROW = 900  # px: below it, one column


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the screen shows of one file."""

    file: PatientFile
    openings: tuple[Opening, ...]
    merged: tuple[Merger, ...]
    alike: tuple[Likeness, ...]


def opened(desk: Desk, patient_id: UUID) -> Opened:
    """Read it; runs on the lane of the records."""
    file = patients.open_file(desk, patient_id)
    return Opened(
        file,
        lockbox.openings(desk, file.id),
        mergers.mergers(desk, file.id),
        likeness.without(likeness.alike(desk, file.details), file.id),
    )


class PatientFileScreen(Screen):
    """Two columns of cards, one on a narrow window."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._file: PatientFile | None = None
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._again)
        self._comparing: UUID | None = None
        self.closed = ClosedPartsCard(self)
        self.closed.close_asked.connect(self._close_part)
        self.closed.open_asked.connect(self._open_part)
        self.closed.shut_asked.connect(self._shut_part)
        self.closed.lift_asked.connect(self._lift)
        self.twice = MergeCard()
        self.twice.find_asked.connect(self._find)
        self.twice.compare_asked.connect(self._compare)
        self.twice.merge_asked.connect(self._merge)
        self.merged = MergersCard()
        self.merged.apart_asked.connect(self._take_apart)
        self.keeping = KeepingCard(self)
        self.keeping.archive_asked.connect(self._archive)
        self.keeping.restore_asked.connect(self._restore)
        self.keeping.hold_asked.connect(self._hold)
        self.keeping.release_asked.connect(self._release)

        scroller = Scroller()
        holder = QWidget()
        self._columns = layout.row(holder, tokens.L)
        left, right = layout.column(spacing=tokens.L), layout.column(spacing=tokens.L)
        left.addWidget(self.closed)
        left.addWidget(self.keeping)
        right.addWidget(self.twice)
        right.addWidget(self.merged)
        for column in (left, right):
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        scroller.column.addWidget(holder)
        scroller.column.addStretch(1)
        self.back = Button(_("Back to the patient"), "arrow-left", "link")
        self.back.clicked.connect(self._back)
        whole = layout.column(self)
        whole.addWidget(scroller, 1)
        whole.addWidget(layout.Footer([self.back], []))

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Patient file"), "")
        self.twice.field.set_value("")
        self.twice.stop_comparing()
        if ref.id is not None:
            self.closed.begin(ref.id)
            self.keeping.begin(ref.id)
        self._load(ref.id)
        self.back.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)

    def _load(self, patient: UUID | None) -> None:
        if patient is not None:
            self.lanes.run(
                partial(opened, self.desk, patient), self._show, self.lost, replace_key="file"
            )

    def _show(self, found: Opened) -> None:
        self._file = found.file
        self.banner_changed.emit(found.file.banner)
        self.closed.show_file(found.file, found.openings)
        self.keeping.show_file(found.file)
        self.merged.show_mergers(found.merged)
        if self._comparing is None:
            self.twice.show_found(found.alike)

    def _again(self, _nothing: object = None) -> None:
        if self._file is not None:
            self._load(self._file.id)

    def _back(self) -> None:
        if self._file is not None:
            self.open_requested.emit(Ref(Place.PATIENT, self._file.id))

    def _do(self, act: Callable[[], object], words: str) -> None:
        self.doing.do(act, words, failed=self._refused)

    def _act(self, work: Callable[[], object], done: Callable[[object], object]) -> None:
        self.lanes.run(work, done, self._refused)

    # Closed parts

    def _close_part(self, part: str, case: UUID | None, note: str) -> None:
        if self._file is not None:
            act = partial(lockbox.close_part, self.desk, self._file.id, part, case, note)
            self._do(act, _("Closed. It opens with a reason only."))

    def _open_part(self, lock: UUID, reason: str) -> None:
        self._act(partial(lockbox.open_part, self.desk, lock, reason), self._was_opened)

    def _was_opened(self, _nothing: object) -> None:
        self.said.emit(_("Open to you until the program locks. The reason is kept."), "done")
        self._again()

    def _shut_part(self, lock: UUID) -> None:
        lockbox.shut_part(self.desk, lock)
        self._again()

    def _lift(self, lock: UUID) -> None:
        self._do(partial(lockbox.lift, self.desk, lock), _("No longer closed."))

    # Merging

    def _find(self, words: str) -> None:
        if words:
            self.lanes.run(
                partial(patients.find, self.desk, words, 6), self._found, replace_key="file: find"
            )
        else:
            self._again()

    def _found(self, rows: tuple[PatientRow, ...]) -> None:
        own = self._file.id if self._file else None
        self.twice.show_rows([row for row in rows if row.id != own])

    def _compare(self, other: UUID) -> None:
        if self._file is not None:
            self._comparing = other
            self._act(partial(mergers.compare, self.desk, self._file.id, other), self._compared)

    def _compared(self, both: object) -> None:
        if isinstance(both, Comparison) and self._comparing is not None:
            self.twice.show_comparison(both, self._comparing)
        self._comparing = None

    def _merge(self, other: UUID) -> None:
        if self._file is not None:
            work = partial(mergers.merge, self.desk, self._file.id, other)
            self.lanes.run(work, self._was_merged, self._refused)

    def _was_merged(self, merge: UUID) -> None:
        self.twice.stop_comparing()
        self.twice.field.set_value("")
        # what a merger moved may have been worked on since; it takes itself apart
        undo = partial(self._take_apart, merge)
        self.undoable.emit(_("Merged. Both numbers find this patient."), undo)
        self._again()

    def _take_apart(self, merge: UUID) -> None:
        self._act(partial(mergers.take_apart, self.desk, merge), self._was_taken_apart)

    def _was_taken_apart(self, _other: object) -> None:
        self.said.emit(_("Taken apart. What was begun since the merger stays here."), "done")
        self._again()

    # Archive and hold

    def _archive(self) -> None:
        self._state(patient_states.archive, _("Archived."))

    def _restore(self) -> None:
        self._state(patient_states.restore, _("Restored."))

    def _hold(self, reason: str) -> None:
        self._state(partial(patient_states.hold, reason=reason), _("Under legal hold."))

    def _release(self) -> None:
        self._state(patient_states.release, _("The legal hold has ended."))

    def _state(self, act: Callable[[Desk, UUID], None], words: str) -> None:
        if self._file is not None:
            self._do(partial(act, self.desk, self._file.id), words)

    def _refused(self, error: Exception) -> None:
        self._comparing = None
        if isinstance(error, InvalidInput):
            self.said.emit("; ".join(error.fields.values()), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error

"""Progress on the patient's page: the measures of the case in hand as charts or tables.

Which measures are shown is chosen here; the choice holds while the program runs.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.list_out import ListOut, Read
from clinic_desk.ui.parts.progress_track import TABLE, TrackView
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.choices import ManyField
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.usecases import paper_file, progress_chart, progress_paper, stage_gates
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_views import CaseRow
from clinic_desk.usecases.progress import Taken, Track
from clinic_desk.usecases.stage_gates import StageGates

FIRST = 2  # charts that are shown before anybody has chosen
WIDE, ROOM = 316, 1310  # px: the column of its own, and from which width of the page on


COLUMNS = (  # of a file
    Column(_("Measure"), lambda row: row[0].name),
    Column(_("Day"), lambda row: written_day(row[1].on), plain=lambda row: row[1].on),
    Column(_("Left"), lambda row: str(row[1].left), plain=lambda row: row[1].left),
    Column(_("Right"), lambda row: str(row[1].right), plain=lambda row: row[1].right),
    Column(_("Unit of both sides"), lambda row: row[0].raw_unit),
    Column(
        _("Score or difference"), lambda row: str(row[1].amount), plain=lambda row: row[1].amount
    ),
    Column(_("Unit"), lambda row: row[0].unit),
    Column(_("In words"), lambda row: row[1].said),
    Column(_("Note"), lambda row: "" if row[1].signed else _("not signed")),
)


class ProgressCard(Card):
    """The charts of one case. `save_asked` has the measures to put on paper."""

    save_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Progress"), parent=parent)
        self.setObjectName("progress")
        self.choose = Button(_("Choose"), kind="link", compact=True)
        self.choose.setObjectName("chooseProgress")
        self.choose.setToolTip(_("Choose what is shown"))
        self.choose.clicked.connect(self._ask)
        self.save = Button(_("PDF"), kind="link", compact=True, name=_("Save the progress as PDF"))
        self.save.setObjectName("saveProgress")
        self.save.clicked.connect(self._save)
        self.add_to_header(self.choose)
        self.add_to_header(self.save)
        self.way = Segments(
            [
                (progress_chart.DIFFERENCE, _("Change")),
                (progress_chart.SIDES, _("Both sides")),
                (TABLE, _("Table")),
            ],
            _("Show progress as"),
            view=True,
        )
        self.way.set_value(progress_chart.DIFFERENCE)
        self.way.changed.connect(self._turn)
        self.add(self.way)
        self._choices = QWidget()
        self._choices_column = layout.column(self._choices)
        self.add(self._choices)
        self._choices.hide()
        self.nothing = Label(_("Choose what is to be shown."), "quiet", wrap=True)
        self.add(self.nothing)
        self._list = layout.column(spacing=tokens.L)
        self.body.addLayout(self._list)
        self.views: list[TrackView] = []
        self.field: ManyField | None = None
        self._tracks: tuple[Track, ...] = ()
        self._wanted: list[str] | None = None  # None: nobody has chosen yet
        self.hide()

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show another case's measures; without any the card is not there."""
        self._tracks = tuple(tracks)
        self.setVisible(bool(tracks))
        self._fill_choices()
        self._fill()

    def shown(self) -> list[str]:
        """The measures that are shown: the chosen ones that this case has."""
        have = [one.id for one in self._tracks]
        if self._wanted is None:
            return have[:FIRST]
        return [one for one in have if one in self._wanted]

    def taken(self) -> list[tuple[Track, Taken]]:
        """What the shown charts hold, a line for each time something was measured."""
        shown = self.shown()
        return [(one, taken) for one in self._tracks if one.id in shown for taken in one.taken]

    def _fill_choices(self) -> None:
        _empty(self._choices_column)
        options = [(one.id, one.name) for one in self._tracks]
        self.field = ManyField(options, _("Progress"), none=False)
        self.field.set_value(self.shown())
        self.field.changed.connect(self._chosen)
        self._choices_column.addWidget(self.field)

    def _fill(self) -> None:
        _empty(self._list)
        chosen = self.shown()
        way = self.way.value() or progress_chart.DIFFERENCE
        self.views = [TrackView(one, way) for one in self._tracks if one.id in chosen]
        for view in self.views:
            self._list.addWidget(view)
        self.nothing.setVisible(not self.views)
        self.save.setEnabled(bool(self.views))

    def _ask(self) -> None:
        asks = self._choices.isHidden()
        self._choices.setVisible(asks)
        self.choose.setText(_("Done") if asks else _("Choose"))
        if asks and self.field is not None:
            self.field.setFocus()

    def _chosen(self) -> None:
        if self.field is not None:
            self._wanted = self.field.value() or []
            self._fill()

    def _turn(self) -> None:
        for view in self.views:
            view.show_way(self.way.value() or progress_chart.DIFFERENCE)

    def _save(self) -> None:
        self.save_asked.emit(self.shown())


def _empty(column: QBoxLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class _Column(Scroller):
    """As wide as the charts need, yet never what keeps a window from being made smaller."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, parent)
        self.column.addStretch(1)
        self.setMaximumWidth(theme.px(WIDE))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class ProgressPart(QObject):
    """The card with its work. In a wide page it has a column of its own, else it is among the
    cards on the left.
    """

    said = Signal(str, str)
    gates_read = Signal(object, object)  # case id, StageGates or None: read with the progress

    def __init__(
        self, desk: Desk, lanes: Lanes, screen: Screen, holder: QWidget | None = None
    ) -> None:
        super().__init__(screen)
        self._desk, self._lanes, self._screen = desk, lanes, screen
        self._case: UUID | None = None
        self.side = _Column(screen)
        self.card = ProgressCard(holder)
        self.card.save_asked.connect(self._ask_where)
        self.out = ListOut(
            screen, self.card, "progress", _("Progress"), lambda: COLUMNS, self._taken
        )
        self.out.said.connect(self.said)
        self.card.add_to_header(self.out.button)
        self.side.hide()
        self._cards: list[QWidget] = [self.card]  # from above
        self._left: QVBoxLayout | None = None
        screen.installEventFilter(self)

    def place(self, left: QVBoxLayout, columns: QBoxLayout) -> None:
        """Where the card may stand: in the column of cards, or in one of its own."""
        self._left = left
        columns.addWidget(self.side)
        left.insertWidget(left.count() - 1, self.card)

    def stand_below(self, card: QWidget) -> None:
        """Let another card go wherever the progress goes, below it."""
        self._cards.append(card)
        if self._left is not None:
            self._left.insertWidget(self._left.count() - 1, card)
        self.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._screen:
            self.settle()
        return False

    def settle(self) -> None:
        """Give the cards the column that there is room for."""
        if self._left is None:
            return
        wide = self._screen.width() >= theme.px(ROOM)
        for place, card in enumerate(self._cards):
            there = self.side.column.indexOf(card) >= 0
            if wide and not there:
                self._left.removeWidget(card)
                self.side.column.insertWidget(place, card)
            elif there and not wide:
                self.side.column.removeWidget(card)
                self._left.insertWidget(self._left.count() - 1, card)
        self.side.setMaximumWidth(theme.px(WIDE))
        self.side.setVisible(wide and not all(card.isHidden() for card in self._cards))

    def _taken(self) -> Read:
        taken = self.card.taken()
        return lambda: taken

    def show_case(self, case: CaseRow | None) -> None:
        """Show another case, or the same one anew."""
        seen = case is not None and not case.hidden
        wanted = case.id if case is not None and seen else None
        if wanted != self._case:
            self._show(())
        self._case = wanted
        if wanted is not None:
            self._lanes.run(
                lambda: (wanted, *stage_gates.with_tracks(self._desk, wanted)),
                self._read,
                self._refused,
                replace_key="patient: progress",
            )

    def _read(self, found: tuple[UUID, tuple[Track, ...], StageGates | None]) -> None:
        case, tracks, gates = found
        self._show(tracks)
        self.gates_read.emit(case, gates)

    def _show(self, tracks: tuple[Track, ...]) -> None:
        self.card.show_tracks(tracks)
        self.settle()

    def _ask_where(self, chosen: list[str]) -> None:
        name = paper_file.name_for(_("progress"), "")
        target, _kind = QFileDialog.getSaveFileName(
            self._screen, _("Save the progress"), name, _("PDF (*.pdf)")
        )
        if target:
            self.save_to(Path(target), chosen)

    def save_to(self, target: Path, chosen: Sequence[str]) -> None:
        """Write the charts and tables of a case to a file, whole or not at all."""
        case, desk = self._case, self._desk
        if case is None:
            return

        def work() -> str:
            paper_file.write(progress_paper.pdf(desk, case, chosen), target)
            return target.name

        self._lanes.run(work, self._written, self._refused)

    def _written(self, name: str) -> None:
        self.said.emit(_("Saved as {name}.").format(name=name), "done")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")

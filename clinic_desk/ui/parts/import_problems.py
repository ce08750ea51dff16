"""The rows that cannot be taken as they are: mended in their cells, or decided with a button."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.guard import guarded
from clinic_desk.ui.lists.rows import LOOK, Column, RowDelegate
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.import_assistant import NEW, ProblemRow

Index = QModelIndex | QPersistentModelIndex
_ACROSS = Qt.Orientation.Horizontal
_FIRST = 2  # columns before the file's own: where, and why


class ProblemsModel(QAbstractTableModel):
    """Refused rows with the cells of the file; a cell that is edited is kept as mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ProblemRow] = []
        self.columns: tuple[str, ...] = ()
        self.mended: dict[int, list[str]] = {}

    def show_rows(self, rows: Sequence[ProblemRow], columns: tuple[str, ...]) -> None:
        self.beginResetModel()
        self.rows, self.columns = list(rows), columns
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _FIRST + len(self.columns)

    @guarded
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Row"), _("What is wrong"), *self.columns)[section]

    @guarded
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = (
            LOOK,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role not in wanted or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if index.column() == 0:
            return row.place
        if index.column() == 1:
            return row.why
        cells = self._cells(row)
        place = index.column() - _FIRST
        return cells[place] if place < len(cells) else ""

    def as_columns(self) -> list[Column]:
        """The table as the columns of a file, with what was mended."""
        titles = [str(self.headerData(k, _ACROSS)) for k in range(self.columnCount())]
        return [Column(title, itemgetter(place)) for place, title in enumerate(titles)]

    def as_shown(self) -> Callable[[], list[tuple[str, ...]]]:
        """The rows of such a file."""
        wide = len(self.columns)
        lines = [
            (row.place, row.why, *(*self._cells(row), *[""] * wide)[:wide]) for row in self.rows
        ]
        return lambda: lines

    def _cells(self, row: ProblemRow) -> Sequence[str]:
        if row.line is not None and row.line in self.mended:
            return self.mended[row.line]
        return row.cells

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = (
            0 <= index.row() < len(self.rows)
            and index.column() >= _FIRST
            and self.rows[index.row()].line is not None
        )
        return plain | Qt.ItemFlag.ItemIsEditable if editable else plain

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not 0 <= index.row() < len(self.rows):
            return False
        row = self.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or row.line is None:
            return False
        cells = list(self._cells(row))
        place = index.column() - _FIRST
        if cells[place] == str(value):
            return False
        cells[place] = str(value)
        self.mended[row.line] = cells
        self.dataChanged.emit(index, index)
        return True


class ImportProblems(QWidget):
    """The table, and what can be decided about the chosen row. `changed` when anything was."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settled: dict[str, str | UUID] = {}
        self._offers: list[tuple[Button, str, str | UUID]] = []
        self.model = ProblemsModel()
        self.table = QTableView()
        self.model.setParent(self.table)
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Rows with a problem"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(RowDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(tokens.ROW))
        across = self.table.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.model.dataChanged.connect(self._mended)
        self.card = Card(_("Rows with a problem"), flush=True)
        self.card.add(self.table, 1)
        self.about = Label("", "body", wrap=True)
        self.choices = QWidget()
        self._line = layout.row(self.choices, tokens.S)
        self.decide = Card(_("The chosen row"))
        self.decide.add(self.about)
        self.decide.add(self.choices)
        whole = layout.column(self, tokens.L)
        whole.addWidget(self.card, 1)
        whole.addWidget(self.decide)

    def show_rows(self, rows: Sequence[ProblemRow], columns: tuple[str, ...]) -> None:
        """Show what is refused now; what was mended and decided before stays."""
        self.model.show_rows(rows, columns)
        self.table.setColumnWidth(0, theme.px(110))
        self.table.setColumnWidth(1, theme.px(360))
        for place in range(len(columns)):
            self.table.setColumnWidth(_FIRST + place, theme.px(150))
        said = _("{count} rows; a cell is mended with F2 or a double click")
        self.card.header.set(_("Rows with a problem"), said.format(count=len(rows)))
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_row(rows[0] if rows else None)

    def forget(self) -> None:
        """Another file."""
        self.settled = {}
        self.model.mended = {}
        self.model.show_rows((), ())

    def choose(self, place: int) -> None:
        """Show a row's choices as they stand now."""
        self._show_row(self.model.rows[place])

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        rows = self.model.rows
        self._show_row(rows[index.row()] if 0 <= index.row() < len(rows) else None)

    def _show_row(self, row: ProblemRow | None) -> None:
        self._offers = []
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if row is None:
            self.about.setText(_("Nothing is refused."))
            return
        self.about.setText(f"{row.place}: {row.why}")
        for one in row.alike:
            if one.id is not None:
                said = _("It is {who}").format(who=one.shown)
                self._offer(said, "user-check", row.place, one.id)
        if row.alike and row.may_be_new:
            self._offer(_("It is a new person"), "user-plus", row.place, NEW)
        self._line.addStretch(1)

    def _offer(self, text: str, icon: str, place: str, word: str | UUID) -> None:
        chosen = self.settled.get(place) == word
        button = Button(text, "check" if chosen else icon, "chosen" if chosen else "plain")
        self._offers.append((button, place, word))
        button.clicked.connect(self._decided)
        self._line.addWidget(button)

    def _decided(self) -> None:
        pressed = self.sender()
        for button, place, word in self._offers:
            if button is pressed:
                self.settled[place] = word
                self.changed.emit()
                return

    def _mended(self, *_places: object) -> None:
        self.changed.emit()

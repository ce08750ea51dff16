"""One model and one view for every list of rows: columns are getters on frozen views."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.guard import guarded
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.chips import chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex
ROW, LOOK = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
BELOW = 2  # lines of words below a heading
LEGIBLE = 150  # px that a column without a width of its own needs


@dataclass(frozen=True, slots=True)
class Chipped:
    """A cell that is drawn as a chip."""

    text: str
    kind: str = "outline"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell with an icon before its words, such as the side mark."""

    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class Stacked:
    """A cell of a tall row: a heading, and below it up to two lines of words."""

    heading: str
    below: str = ""
    icon: str = ""

    @property
    def text(self) -> str:
        return f"{self.heading}. {self.below}" if self.below else self.heading


Cell = str | Chipped | Marked | Stacked


def words_of(cell: Cell) -> str:
    """What a cell says."""
    return cell if isinstance(cell, str) else cell.text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and what a row says in it. `width` 0 shares what is left."""

    title: str
    get: Callable[[Any], Cell]  # a getter on whatever view the list holds
    width: int = 0
    align: Literal["left", "right"] = "left"
    type: str = "body"
    sort: Callable[[Any], Any] | None = None  # None: this column cannot be sorted
    spare: int = 0  # hidden in a narrow list, 1 before 2; 0 never
    plain: Callable[[Any], object] | None = None  # what a file gets: a day as a day, not its words
    file_only: bool = False  # in a file, but not in the window

    def kept(self, row: object) -> object:
        """What a file gets of a row."""
        return words_of(self.get(row)) if self.plain is None else self.plain(row)


class RowsModel(QAbstractTableModel):
    """Rows of frozen views. `set_rows` replaces them all and keeps the order that was chosen."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[object] = []
        self._order: list[tuple[int, bool]] = []  # columns in the order they were sorted by; down

    def set_rows(self, rows: Sequence[object]) -> None:
        self.beginResetModel()
        self._rows = self.ordered(rows)
        self.endResetModel()

    def ordered(self, rows: Iterable[object]) -> list[object]:
        """Rows in the order that was chosen for the list; as they came where none was."""
        found = list(rows)
        for place, down in self._order:
            found.sort(key=self.columns[place].sort, reverse=down)
        return found

    def rows(self) -> tuple[object, ...]:
        return tuple(self._rows)

    def row_at(self, index: Index) -> object | None:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    @guarded
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == ROW:
            return row
        if role == LOOK:
            return column.get(row)
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return words_of(column.get(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if column.align == "right"
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    @guarded
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if column.align == "right"
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column that says how; the others leave the order as it came."""
        if not 0 <= column < len(self.columns):
            return
        if self.columns[column].sort is None:
            return
        down = order == Qt.SortOrder.DescendingOrder
        self._order = [one for one in self._order if one[0] != column] + [(column, down)]
        self.layoutAboutToBeChanged.emit()
        self._rows = self.ordered(self._rows)
        self.layoutChanged.emit()


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: selection as tint and bar, words, chips and marks. Nothing else."""

    def __init__(self, parent: QWidget, height: int = tokens.ROW) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), theme.px(self._height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, theme.colour("tint" if chosen else "sunken" if over else "surface"))
        if chosen and index.column() == 0:
            bar = QRect(area.left(), area.top(), theme.px(4), area.height())
            painter.fillRect(bar, theme.colour("primary"))
        painter.setPen(paint.pen("line"))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        self._paint_cell(painter, QRectF(area).adjusted(tokens.M, 0, -tokens.S, 0), index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRectF, index: Index) -> None:
        cell = index.data(LOOK)
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, RowsModel) else None
        align = Qt.AlignmentFlag.AlignLeft
        if column is not None and column.align == "right":
            align = Qt.AlignmentFlag.AlignRight
        if isinstance(cell, Chipped):
            if cell.text:
                place = QRectF(area)
                wide = chip_width(cell.text, True)
                place.setWidth(min(wide, area.width()))
                paint_chip(painter, place, cell.text, cell.kind, cell.icon)
            return
        words = cell
        if isinstance(cell, Marked | Stacked) and cell.icon:
            size = theme.px(16)
            place = QRectF(area.left(), area.center().y() - size / 2, size, size)
            paint.icon(painter, cell.icon, place, "ink")
            area = area.adjusted(size + theme.px(8), 0, 0, 0)
        if isinstance(cell, Stacked):
            self._paint_stacked(painter, area, cell, column.type if column else "body")
            return
        if isinstance(cell, Marked):
            words = cell.text
        plain = words if isinstance(words, str) else ""
        font = theme.font(column.type if column else "body", figures="-" not in plain)
        role = "ink" if column is None or column.type != "caption" else "ink2"
        paint.text(painter, area, plain, font, role, align)

    def _paint_stacked(self, painter: QPainter, area: QRectF, cell: Stacked, kind: str) -> None:
        small = theme.font("caption")
        below = paint.broken(cell.below, small, area.width(), BELOW)
        line, step = theme.px(22), paint.line_height(small)
        top = area.center().y() - (line + step * len(below)) / 2
        place = QRectF(area.left(), top, area.width(), line)
        paint.text(painter, place, cell.heading, theme.font(kind), "ink")
        for number, words in enumerate(below):
            place = QRectF(area.left(), top + line + number * step, area.width(), step)
            paint.text(painter, place, words, small, "ink2")


class RowsView(QTableView):
    """A list of rows. Enter or double click opens, arrows choose."""

    opened = Signal(object)  # the row
    chosen = Signal(object)  # the row, or None

    def __init__(
        self,
        model: RowsModel,
        name: str,
        parent: QWidget | None = None,
        height: int = tokens.ROW,
    ) -> None:
        super().__init__(parent)
        self._rows_model = model
        if model.parent() is None:
            model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self, height))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        upright = self.verticalHeader()
        upright.hide()
        upright.setDefaultSectionSize(theme.px(height))
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setFixedHeight(theme.px(34))
        for place, column in enumerate(model.columns):
            if column.width:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                across.resizeSection(place, theme.px(column.width))
            else:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if any(column.sort for column in model.columns):
            across.setSectionsClickable(True)
            across.sectionClicked.connect(self._sort_by)
        self.doubleClicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Hide columns that may be missed, one by one, until the others can be read."""
        columns = self._rows_model.columns
        spare = [k for _when, k in sorted((c.spare, k) for k, c in enumerate(columns) if c.spare)]
        hidden = {k for k, c in enumerate(columns) if c.file_only}
        while True:
            shown = [c for k, c in enumerate(columns) if k not in hidden]
            fixed = sum(theme.px(c.width) for c in shown)
            wanted = sum(theme.px(LEGIBLE) for c in shown if not c.width)
            if fixed + wanted <= self.viewport().width() or not spare:
                break
            hidden.add(spare.pop(0))
        for place in range(len(columns)):
            if self.isColumnHidden(place) != (place in hidden):
                self.setColumnHidden(place, place in hidden)

    @property
    def listed(self) -> RowsModel:
        """The rows with their columns."""
        return self._rows_model

    def current(self) -> object | None:
        """The chosen row."""
        return self._rows_model.row_at(self.currentIndex())

    def choose(self, place: int) -> None:
        """Choose a row by its place; the first, say, after new rows came."""
        if 0 <= place < self._rows_model.rowCount():
            self.selectRow(place)

    def _sort_by(self, column: int) -> None:
        if self._rows_model.columns[column].sort is None:
            return
        header = self.horizontalHeader()
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == column
        down = again and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(column, order)
        self._rows_model.sort(column, order)

    def _open(self, index: QModelIndex) -> None:
        row = self._rows_model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def selectionChanged(self, chosen: QItemSelection, dropped: QItemSelection) -> None:
        super().selectionChanged(chosen, dropped)
        self.chosen.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

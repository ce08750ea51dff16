"""A table of a report: each number is a cell of its own that opens the rows behind it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from clinic_desk.ui import theme
from clinic_desk.ui.lists.rows import ROW as ROW_ROLE
from clinic_desk.ui.lists.rows import Column, Index, RowDelegate, RowsModel, RowsView
from clinic_desk.ui.widgets import paint
from clinic_desk.usecases.report_views import Table

HIGH, NAME, PAD, BAR = 34, 170, 30, 14  # px: a line, the least of a name, beside words, a bar


class _Delegate(RowDelegate):
    """Numbers that open something are written as links are."""

    def _paint_cell(self, painter: QPainter, area: QRectF, index: Index) -> None:
        row = index.data(ROW_ROLE)
        cell = row[index.column()]
        if cell.behind is None:
            super()._paint_cell(painter, area, index)
            return
        font = theme.font("strong", figures=True)
        paint.text(painter, area, cell.text, font, "primary", Qt.AlignmentFlag.AlignRight)


class ReportTable(RowsView):
    """`number_opened` has what stands behind the number that was clicked or entered."""

    number_opened = Signal(object)  # Behind

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        self.table = table
        names = _names(table)
        model = RowsModel([_column(table, place, names) for place in range(len(table.header))])
        model.set_rows(table.rows)
        super().__init__(model, table.title, parent)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across = self.horizontalHeader()
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(theme.px(60))
        self.verticalHeader().setDefaultSectionSize(theme.px(HIGH))
        self._fit()
        self.clicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, with room for the bar where the columns don't fit."""
        across = self.horizontalHeader()
        bar = BAR if across.length() > self.viewport().width() else 0
        high = theme.px(34 + HIGH * len(self.table.rows) + bar) + 2
        if high != self.height():
            self.setFixedHeight(high)

    def _open(self, index: QModelIndex) -> None:
        row = self._rows_model.row_at(index)
        behind = row[index.column()].behind if isinstance(row, tuple) else None
        if behind is not None:
            self.number_opened.emit(behind)


def _names(table: Table) -> int:
    """How many of the first columns are names and not numbers."""
    for place in range(len(table.header)):
        if any(row[place].behind is not None or row[place].text == "0" for row in table.rows):
            return max(place, 1)
    return 1


def _column(table: Table, place: int, names: int) -> Column:
    title = table.header[place]
    font = theme.font("strong")
    words = [title, *(row[place].text for row in table.rows)]
    wide = max(paint.width_of(one, font) for one in words) / max(theme.px(100) / 100, 0.01)
    get: Callable[[Any], str] = lambda row: row[place].text  # noqa: E731
    return Column(
        title,
        get,
        width=round(max(wide + PAD, NAME if place < names else 0)),
        align="left" if place < names else "right",
        type="strong" if place == 0 else "body",
    )

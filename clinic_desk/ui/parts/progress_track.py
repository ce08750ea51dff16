"""One measure of a case on the screen: its chart, or the same as a table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.drawing.progress import TALL, WIDE
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.picture import PictureView
from clinic_desk.usecases import progress_chart
from clinic_desk.usecases.progress import Track

TABLE = "table"
ROW = 30  # px: a line of the table


class ProgressChart(PictureView):
    """A chart that can be reached by keyboard; screen readers hear its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = 2 * self._margin  # around the drawing
        self.setFixedHeight(round((self.width() - edge) * TALL / WIDE) + edge)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint.box(painter, self.rect().toRectF(), theme.px(tokens.R_SMALL), None, "focus", 2)
            painter.end()


class TrackView(QWidget):
    """A measure by its name; `show_way` turns between the difference, both sides and the table."""

    def __init__(self, track: Track, way: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.track = track
        self.setObjectName(f"progress:{track.id}")
        self.name = Label(track.name, "strong", wrap=True)
        self.meaning = Label(track.meaning, "caption", wrap=True)
        self.chart = ProgressChart()
        self.table = _table(track)
        column = layout.column(self, tokens.XS)
        for widget in (self.name, self.meaning, self.chart, self.table):
            column.addWidget(widget)
        self.show_way(way)

    def show_way(self, way: str) -> None:
        """The difference, both sides, or the table."""
        as_table = way == TABLE
        self.table.setVisible(as_table)
        self.chart.setVisible(not as_table)
        if as_table:
            return
        self.chart.set_picture(progress_chart.picture(self.track, way))
        said = "; ".join(", ".join(c for c in row if c) for row in progress_chart.rows(self.track))
        self.chart.setAccessibleName(
            _("Chart, {name}. {rows}").format(name=self.track.name, rows=said)
        )
        sides = way == progress_chart.SIDES and self.track.kind == "pair"
        unit = self.track.raw_unit or _("points")
        self.meaning.setText(
            _("Left and right, {unit}").format(unit=unit) if sides else self.track.meaning
        )


def _table(track: Track) -> RowsView:
    """The last column takes the note in, since it is seldom there."""
    header = progress_chart.header(track)[:-1]
    rows = []
    for *cells, note in progress_chart.rows(track):
        cells[-1] = "; ".join(part for part in (cells[-1], note) if part)
        rows.append(tuple(cells))
    widths = (108, *([56] * (len(header) - 2)), 0)
    columns = [
        Column(title, lambda row, place=place: row[place], width)  # type: ignore[misc]
        for place, (title, width) in enumerate(zip(header, widths, strict=True))
    ]
    model = RowsModel(columns)
    model.set_rows(rows)
    view = RowsView(model, _("Table, {name}").format(name=track.name))
    view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setFixedHeight(theme.px(36 + ROW * len(rows)) + 2)
    return view

"""One report on the screen: what is counted, its chart, its tables."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts.report_table import ReportTable
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.picture import PictureView
from clinic_desk.usecases import report_paper
from clinic_desk.usecases.report_views import Bars, Report

WIDEST = 600  # px of a chart: wider bars say nothing more


class _Chart(PictureView):
    """As high as its bars ask at its width."""

    def __init__(self, bars: Bars, parent: QWidget | None = None) -> None:
        self._bars = report_paper.picture(bars)
        super().__init__(self._bars, parent, name=report_paper.spoken(bars))
        self.setObjectName("reportChart")
        self.setMaximumWidth(theme.px(WIDEST))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _x, _y, wide, high = self._bars.bounds
        edge = 2 * self._margin  # around the drawing
        self.setFixedHeight(round((self.width() - edge) * high / wide) + edge)


class ReportPage(Scroller):
    """`number_opened` has what stands behind a number."""

    number_opened = Signal(object)  # Behind

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, parent)
        self.tables: list[ReportTable] = []
        self.cards: list[Card] = []  # around each of them
        self.chart: PictureView | None = None

    def show_report(self, report: Report) -> None:
        """Replace what is shown."""
        column = self.column
        while column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tables, self.cards, self.chart = [], [], None
        if report.note:
            column.addWidget(Label(report.note, "caption", wrap=True))
        if report.bars is not None and any(sum(row.values) for row in report.bars.rows):
            card = Card(report.bars.title)
            self.chart = _Chart(report.bars)
            card.add(self.chart)
            column.addWidget(card)
        for table in report.tables:
            card = Card(table.title, table.note, flush=True)
            if table.rows:
                view = ReportTable(table)
                view.number_opened.connect(self.number_opened)
                self.tables.append(view)
                self.cards.append(card)
                card.add(view)
            else:
                nothing = Label(_("Nothing in this period."), "quiet")
                nothing.setContentsMargins(tokens.L, 0, tokens.L, tokens.L)
                card.add(nothing)
            column.addWidget(card)
        column.addStretch(1)
        self.verticalScrollBar().setValue(0)

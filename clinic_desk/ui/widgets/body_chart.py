"""The body chart as an answer: folded to two buttons until it is wanted.

Raw value: `{"marks": […]}`; no marks is an answer of its own, None is not asked. Every mark,
change and removal is one `changed`, so that each is one step of undo.
"""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desk.clinical.body_chart import MOST_MARKS, MOST_POINTS, plain_chart
from clinic_desk.clinical.measures import BodyChart, Mark, Place
from clinic_desk.drawing import body_chart as drawn
from clinic_desk.drawing import body_views
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.body_panel import BodyPanel
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import CheckChip
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import body_words, words


class BodyChartField(QWidget):
    """`changed` comes only from the person; `set_value` is silent."""

    changed = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._title = name
        self._raw: object = None
        self._chart: BodyChart | None = None
        self._last: object = None
        self._selected: int | None = None
        self.panel: BodyPanel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        self.open_button = Button(_("Mark areas"), "person-standing", compact=True)
        self.open_button.setObjectName("bodyOpen")
        self.open_button.setCheckable(True)
        self.open_button.setAccessibleName(_("{name}: mark areas").format(name=name))
        self.open_button.clicked.connect(self._fold)
        self.none = CheckChip("", _("Nothing to mark"))
        self.none.setAccessibleName(_("{name}: asked, nothing to mark").format(name=name))
        self.none.clicked.connect(self._none_clicked)
        self.summary = Label("", "caption", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(tokens.S))
        row.addWidget(self.open_button)
        row.addWidget(self.none)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.summary)
        self._column = column
        self.setFocusProxy(self.open_button)
        self._show()

    # -- the value -------------------------------------------------------------------

    def value(self) -> object:
        return self._raw

    def set_value(self, value: object) -> None:
        self._raw = value
        self._chart = body_words.chart_of(value)
        count = len(self._chart.marks) if self._chart else 0
        if self._selected is not None and self._selected >= count:
            self._selected = None
        if count and self.panel is None and self.isVisible():
            self._unfold()
        self._show()

    def set_last(self, value: object) -> None:
        """The chart of the last visit: its outlines, and what has changed since."""
        self._last = value
        self._show()

    @property
    def chart(self) -> BodyChart:
        return self._chart or BodyChart()

    def _put(self, chart: BodyChart, selected: int | None) -> None:
        self._chart, self._selected = chart, selected
        self._raw = plain_chart(chart)
        self._take_tools()
        self._show()
        self.changed.emit()

    # -- folding ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        if self.panel is None and self.chart.marks:
            self._unfold()
            self._show()
        super().showEvent(event)

    def _fold(self) -> None:
        if self.panel is None:
            self._unfold()
        elif self.panel.isHidden():
            self.panel.show()
        else:
            self.panel.hide()
        self._show()
        if self.panel is not None and not self.panel.isHidden():
            self.panel.regions.field.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._reveal)  # once the new height is laid out

    def _reveal(self) -> None:
        """Bring the opened chart to the top of what is scrolled."""
        above = self._scrolled()
        page = above.widget() if above is not None else None
        if above is not None and page is not None:
            opened = self.panel or self
            top = opened.mapTo(page, QPoint(0, 0)).y()
            above.verticalScrollBar().setValue(top - theme.px(tokens.S))

    def _reveal_list(self) -> None:
        """Who types a region's name sees what is found: the list stands below the figures."""
        area = self._scrolled()
        if area is not None and self.panel is not None:
            area.ensureWidgetVisible(self.panel.regions)

    def _scrolled(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _unfold(self) -> None:
        panel = self.panel = BodyPanel(self)
        panel.chosen.connect(self.select)
        panel.taken_away.connect(self.remove)
        panel.changed.connect(self.change)
        panel.marked.connect(self.mark_region)
        panel.rated.connect(self._rate)
        panel.toggled.connect(self.toggle)
        panel.cleared.connect(self._clear)
        panel.drawn.connect(self.draw_stroke)
        panel.regions.field.textEdited.connect(self._reveal_list)
        self._column.addWidget(panel)
        panel.show()  # what is added to a window on screen stays hidden otherwise

    def _none_clicked(self) -> None:
        if self.none.isChecked():
            self._put(BodyChart(), None)
            return
        self._raw = self._chart = None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chart = self._chart
        opened = self.panel is not None and not self.panel.isHidden()
        self.open_button.setChecked(opened)
        self.open_button.setText(_("Fold the chart") if opened else _("Mark areas"))
        self.none.setChecked(chart is not None and not chart.marks)
        self.none.setVisible(not (chart and chart.marks))
        said = words.capital(body_words.answer(self._raw)) if chart and chart.marks else ""
        self.summary.setText(said)
        self.summary.setVisible(bool(said) and not opened)
        if self.panel is not None:
            self.panel.show_chart(self.chart, self._selected, self._last, self._raw)

    # -- acts ------------------------------------------------------------------------

    def select(self, number: int | None) -> None:
        self._selected = number
        self._take_tools()
        self._show()

    def _take_tools(self) -> None:
        """The tools show the chosen mark; without one they begin unrated."""
        if self.panel is not None:
            number = self._selected
            self.panel.take_tools(None if number is None else self.chart.marks[number])

    def number_of(self, place: Place, kind: str) -> int | None:
        """The number of a region's mark of a type."""
        for number, mark in enumerate(self.chart.marks):
            if not mark.path and mark.type == kind and mark.places == (place,):
                return number
        return None

    def mark_region(self, place: Place, kind: str, intensity: int | None) -> None:
        """Mark a region, or select the mark that it has."""
        there = self.number_of(place, kind)
        if there is not None:
            self.select(there)
        else:
            self._add(Mark(kind, intensity, (place,)))

    def _rate(self, place: Place, kind: str, intensity: int) -> None:
        """How strong a region's mark is; it is marked where it was not."""
        there = self.number_of(place, kind)
        if there is None:
            self.mark_region(place, kind, intensity)
        else:
            self.change(there, kind, intensity)

    def _clear(self, place: Place, kind: str) -> None:
        there = self.number_of(place, kind)
        if there is not None:
            self.remove(there)

    def toggle(self, place: Place, kind: str, intensity: int | None) -> None:
        there = self.number_of(place, kind)
        if there is not None:
            self.remove(there)
        else:
            self._add(Mark(kind, intensity, (place,)))

    def draw_stroke(
        self, view: str, points: list[tuple[float, float]], kind: str, intensity: int | None
    ) -> None:
        if body_views.far_off(view, points):
            self._say(_("That lies beside the body: nothing is marked."))
            return
        path = body_views.simplified(points, MOST_POINTS)
        mark = Mark(kind, intensity, None, view, path)
        self._add(drawn.regions_resolved(mark))

    def _add(self, mark: Mark) -> None:
        marks = self.chart.marks
        if len(marks) >= MOST_MARKS:
            self._say(_("At most {n} marks. Take one away first.").format(n=MOST_MARKS))
            return
        self._put(BodyChart((*marks, mark)), len(marks))

    def _say(self, text: str) -> None:
        if self.panel is not None:
            self.panel.say(text)

    def change(self, number: int, kind: str, intensity: int | None) -> None:
        """Another type or intensity for a mark; a type that its region has already is refused."""
        mark = self.chart.marks[number]
        new = replace(mark, type=kind, intensity=intensity)
        if new == mark:
            return
        if not mark.path and mark.places:
            there = self.number_of(mark.places[0], kind)
            if there not in (None, number):
                self.select(there)
                return
        marks = list(self.chart.marks)
        marks[number] = new
        self._put(BodyChart(tuple(marks)), number)

    def remove(self, number: int) -> None:
        marks = list(self.chart.marks)
        del marks[number]
        if marks:
            self._put(BodyChart(tuple(marks)), None)
            return
        self._raw = self._chart = self._selected = None  # nothing is said any more
        self._take_tools()
        self._show()
        self.changed.emit()

"""An open body chart: the tools, the four views, and the lists of regions and marks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desk.clinical.body_regions import TYPES
from clinic_desk.clinical.measures import BodyChart, Mark, Place
from clinic_desk.drawing import body_chart as drawn
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.body_lists import KEYS, MarkList, RegionList, since_words
from clinic_desk.ui.widgets.body_views import BodyViews
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.segments import ScaleAnswer, Segments
from clinic_desk.usecases import body_words

REGION, PEN = "region", "pen"


def type_name(kind: str) -> str:
    """ "P Pain": the letter that stands in the chart and is its key, with the word."""
    names = {
        "pain": _("Pain"),
        # all five must stand in one row of the middle column, at every zoom
        "pins_and_needles": _("Pins and needles") if theme.zoom() < 130 else _("Pins, needles"),
        "numbness": _("Numbness"),
        "cramp": _("Cramp"),
        "stiffness": _("Stiffness"),
    }
    return f"{drawn.LETTERS[kind]} {names[kind]}"


class BodyPanel(QWidget):
    """Tools, views and lists of an open chart: it shows one, and says what the person wants."""

    chosen = Signal(int)  # a mark's number
    taken_away = Signal(int)  # a mark's number
    changed = Signal(int, str, object)  # a mark's number, its type and intensity or None
    marked = Signal(object, str, object)  # Place, type, intensity or None
    rated = Signal(object, str, int)
    toggled = Signal(object, str, object)
    cleared = Signal(object, str)
    drawn = Signal(str, object, str, object)  # view, points, type, intensity or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bodyPanel")
        self._chosen: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(tokens.S))
        tools = QWidget()
        flow = Flow(tools, tokens.M)
        self.type = Segments(
            [(kind, type_name(kind)) for kind in TYPES], _("Type"), keys=dict(KEYS), tick=False,
            least=60,
        )  # fmt: skip
        self.type.set_value("pain")
        self.intensity = ScaleAnswer(_("How strong, 0 to 10"))
        self.tool = Segments([(REGION, _("Region")), (PEN, _("Pen"))], _("Mark by"), tick=False)
        self.tool.set_value(REGION)
        for one in (self.type, _named(_("Strength"), self.intensity), self.tool):
            flow.addWidget(one)
        column.addWidget(tools)
        self.views = BodyViews()
        column.addWidget(self.views)
        self.hover = Label(" ", "caption")
        column.addWidget(self.hover)
        column.addLayout(self._lists())
        self._connect()

    def _lists(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(tokens.L))
        self.regions = RegionList()
        row.addWidget(self.regions, 1)
        side = QVBoxLayout()
        side.setSpacing(tokens.XS)
        head = QHBoxLayout()
        self.count = Label("", "strong")
        self.remove = Button(_("Take away"), "trash-2", "quiet", compact=True)
        self.remove.setObjectName("bodyRemove")
        self.remove.setAccessibleName(_("Take the chosen mark away"))
        head.addWidget(self.count, 1)
        head.addWidget(self.remove)
        side.addLayout(head)
        self.marks = MarkList()
        side.addWidget(self.marks)
        self.since = Label("", "caption", wrap=True)
        self.since.setObjectName("bodySince")
        side.addWidget(self.since)
        side.addStretch(1)
        row.addLayout(side, 1)
        return row

    def _connect(self) -> None:
        self.type.changed.connect(self._tools_changed)
        self.intensity.changed.connect(self._tools_changed)
        self.tool.changed.connect(self._tool_changed)
        for view in self.views.views:
            view.region_clicked.connect(self._clicked)
            view.stroke_drawn.connect(self._drawn)
            view.mark_clicked.connect(self.chosen)
            view.hovered.connect(self.say)
        self.regions.toggled.connect(self._toggled)
        self.regions.rated.connect(self._rated)
        self.regions.typed.connect(self.type.choose)
        self.regions.removed.connect(self._removed)
        self.marks.picked.connect(self.chosen)
        self.marks.removed.connect(self.taken_away)
        self.remove.clicked.connect(self._take_away)

    @property
    def kind(self) -> str:
        return self.type.value() or "pain"

    def take_tools(self, mark: Mark | None) -> None:
        """Show what a chosen mark says in the tools."""
        if mark is not None:
            self.type.set_value(mark.type)
        self.intensity.set_number(None if mark is None else mark.intensity)

    def say(self, text: str) -> None:
        self.hover.setText(text or " ")

    def show_chart(self, chart: BodyChart, selected: int | None, last: object, raw: object) -> None:
        self._chosen = selected
        mark = chart.marks[selected] if selected is not None else None
        before = body_words.chart_of(last)
        for view in self.views.views:
            view.show_chart(chart, mark)
            view.show_last(before or BodyChart())
        self.regions.show_chart(chart)
        self.marks.show_marks(chart, selected)
        number = len(chart.marks)
        self.count.setText(_("Marks: {n}").format(n=number) if number else _("No marks yet"))
        self.remove.setEnabled(mark is not None)
        self.since.setText(since_words(last, raw))
        self.since.setVisible(bool(self.since.text()))

    def _tools_changed(self) -> None:
        if self.type.value() is None:
            self.type.set_value("pain")
        if self._chosen is not None:
            self.changed.emit(self._chosen, self.kind, self.intensity.number())

    def _tool_changed(self) -> None:
        if self.tool.value() is None:
            self.tool.set_value(REGION)
        for view in self.views.views:
            view.set_pen(self.tool.value() == PEN)

    def _clicked(self, place: Place) -> None:
        self.regions.choose(place)
        self.marked.emit(place, self.kind, self._strength())

    def _strength(self) -> int | None:
        """A new mark begins unrated: the number in the tools belongs to the chosen mark."""
        return None if self._chosen is not None else self.intensity.number()

    def _drawn(self, view: str, points: list[tuple[float, float]]) -> None:
        self.drawn.emit(view, points, self.kind, self._strength())

    def _toggled(self, place: Place) -> None:
        self.toggled.emit(place, self.kind, self._strength())

    def _rated(self, place: Place, intensity: int) -> None:
        self.rated.emit(place, self.kind, intensity)

    def _removed(self, place: Place) -> None:
        self.cleared.emit(place, self.kind)

    def _take_away(self) -> None:
        if self._chosen is not None:
            self.taken_away.emit(self._chosen)


def _named(text: str, control: QWidget) -> QWidget:
    """A control with its name before it."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(tokens.S))
    row.addWidget(Label(text, "caption"))
    row.addWidget(control)
    return held

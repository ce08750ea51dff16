"""Several things of one kind, a row each: phones, addresses, allergies. Rows are added and taken
away in place; a row without its main word counts as none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField

CELL = 140  # px: what a cell needs at least
Options = Sequence[tuple[object, str]]
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Cell:
    """One column. `options` are those of a choice; its first is what a new row begins with."""

    key: str
    label: str
    kind: Literal["text", "choice", "day"] = "text"
    options: tuple[tuple[str, str], ...] = ()
    stretch: int = 1


_Control = TextField | ComboBox | DateField


def choose(control: ComboBox, value: object) -> None:
    """Choose a value; one that is not offered (any more, or yet) is kept and shown as such."""
    control.set_value(value)
    if value and control.value() != value:
        words = str(value)
        known = len(words) < 20  # a word from elsewhere, such as an import; else it is a key
        control.addItem(words if known else _("Not in the list"), value)
        control.set_value(value)


class RowsField(QWidget):
    """Rows of the given cells. The value is a list of plain rows as they stand in the fields.

    `every`: a row counts as soon as it stands there; else only once something is typed in it.
    """

    changed = Signal()

    def __init__(
        self,
        thing: str,
        add: str,
        cells: Sequence[Cell],
        parent: QWidget | None = None,
        *,
        every: bool = False,
    ) -> None:
        super().__init__(parent)
        self._every = every
        self.setAccessibleName(thing)
        self._thing, self._cells = thing, tuple(cells)
        self._offered: dict[str, Options] = {}
        self._rows: list[dict[str, _Control]] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.S)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.S)
        self._grid.setVerticalSpacing(tokens.XS)
        self._holder = holder
        whole.addWidget(holder)
        self.add_button = Button(add, "plus", "link", compact=True)
        self.add_button.clicked.connect(self._add_asked)
        whole.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._last = ""
        self._beside = len(self._cells)  # of the cells of a row, how many fit beside each other
        self._place()

    @property
    def last(self) -> str:
        """Where the person typed last, so that typing on there is one step of undo."""
        return self._last

    def offer(self, key: str, options: Options) -> None:
        """What can be chosen in a column that is filled from the record."""
        self._offered[key] = options
        for row in self._rows:
            control = row[key]
            if isinstance(control, ComboBox):
                held = control.value()
                control.fill(list(options))
                choose(control, held)

    def value(self) -> list[Row]:
        """The rows; those without any word are left out, unless every row counts."""
        rows = [{cell.key: _read(row[cell.key]) for cell in self._cells} for row in self._rows]
        return [row for row in rows if self._every or self._says(row)]

    def set_value(self, value: object) -> None:
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        if rows == self.value() and len(rows) == len(self._rows):
            return
        while len(self._rows) > len(rows):
            self._drop(len(self._rows) - 1)
        while len(self._rows) < len(rows):
            self._rows.append(self._make(len(self._rows)))
        for made, held in zip(self._rows, rows, strict=True):
            for cell in self._cells:
                _write(made[cell.key], held.get(cell.key))
        self._place()

    def problem(self) -> str:
        """The first day that is typed and cannot be read, with its row."""
        for number, row in enumerate(self._rows, 1):
            for control in row.values():
                if isinstance(control, DateField) and control.problem():
                    return _("Line {n}: {what}").format(n=number, what=control.problem())
        return ""

    def controls(self) -> list[QWidget]:
        """Every control now, in the order of the tab key."""
        return [control for row in self._rows for control in row.values()]

    def _says(self, row: Row) -> bool:
        texts = [cell.key for cell in self._cells if cell.kind != "choice"] or [self._cells[0].key]
        return any(str(row[key] or "").strip() for key in texts)

    def _make(self, place: int) -> dict[str, _Control]:
        made: dict[str, _Control] = {}
        for cell in self._cells:
            name = f"{self._thing} {place + 1}: {cell.label}"
            control: _Control
            if cell.kind == "choice":
                control = ComboBox(name)
                options = self._offered.get(cell.key, cell.options)
                control.fill(list(options))
                if options:
                    control.set_value(options[0][0])
                control.chosen.connect(self._edited)
            elif cell.kind == "day":
                control = DateField(name, width=100)
                control.changed.connect(self._edited)
            else:
                control = TextField(name)
                control.changed.connect(self._edited)
            made[cell.key] = control
        return made

    def minimumSizeHint(self) -> QSize:
        """As narrow as one cell: what does not fit beside stands below."""
        return QSize(theme.px(CELL), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit = max(1, min(len(self._cells), (self.width() - theme.px(40)) // theme.px(CELL)))
        if fit != self._beside:
            self._beside = fit
            self._place()

    def _place(self) -> None:
        """Lay out labels, rows and their remove buttons anew: all cells of a row beside each
        other where they fit, else a few to a line with their labels above each.
        """
        keep = {control for row in self._rows for control in row.values()}
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in keep:
                widget.hide()
                widget.deleteLater()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        whole = self._beside == len(self._cells)
        for column, cell in enumerate(self._cells[: self._beside]):
            self._grid.setColumnStretch(column, cell.stretch if whole else 1)
        self._holder.setVisible(bool(self._rows))
        before: QWidget | None = None
        line = 0
        for place, row in enumerate(self._rows):
            for first in range(0, len(self._cells), self._beside):
                cells = self._cells[first : first + self._beside]
                if not whole or place == 0:
                    for column, cell in enumerate(cells):
                        self._grid.addWidget(Label(cell.label, "caption"), line, column)
                    line += 1
                for column, cell in enumerate(cells):
                    control = row[cell.key]
                    self._grid.addWidget(control, line, column)
                    control.show()
                    before = _tab(before, control)
                line += 1
            name = _("Remove {thing} {n}").format(thing=self._thing, n=place + 1)
            remove = IconButton("x", name, kind="quiet", compact=True)
            remove.setFixedSize(theme.px(tokens.HIT), theme.px(tokens.HIT))
            remove.setProperty("row", place)
            remove.clicked.connect(self._remove_asked)
            self._grid.addWidget(remove, line - 1, self._beside)
            before = _tab(before, remove)
        _tab(before, self.add_button)

    def _add_asked(self) -> None:
        self._rows.append(self._make(len(self._rows)))
        self._place()
        next(iter(self._rows[-1].values())).setFocus()

    def _remove_asked(self) -> None:
        place = self.sender().property("row")
        self.add_button.setFocus()
        self._drop(place)
        self._place()
        self._last = ""
        self.changed.emit()

    def _drop(self, place: int) -> None:
        for control in self._rows.pop(place).values():
            self._grid.removeWidget(control)
            control.hide()
            control.deleteLater()

    def _edited(self) -> None:
        for place, row in enumerate(self._rows):
            for key, control in row.items():
                if control is self.sender():
                    self._last = f"{place}.{key}" if not isinstance(control, ComboBox) else ""
        self.changed.emit()


def _tab(before: QWidget | None, control: QWidget) -> QWidget:
    """The tab key goes from the one to the other."""
    if before is not None:
        QWidget.setTabOrder(before, control)
    return control


def _read(control: _Control) -> object:
    if isinstance(control, DateField):
        return control.field.text()
    value = control.value()
    return "" if value is None else value


def _write(control: _Control, value: object) -> None:
    if isinstance(control, DateField):
        control.field.setText(value if isinstance(value, str) else "")
    elif isinstance(control, ComboBox):
        choose(control, value)
    else:
        control.set_value(value)

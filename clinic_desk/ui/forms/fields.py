"""Plain forms: a label above each control, help below it, and what is wrong under it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Label, Problem
from clinic_desk.ui.widgets.texts import TextArea, TextField, mark_wrong


class FieldRow(QWidget):
    """One labelled control."""

    def __init__(
        self, label: str, control: QWidget, required: bool, help: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.problem = Problem()
        self.name, self._help = label, help
        example = control.placeholderText() if isinstance(control, TextField) else ""
        if control.accessibleName() in ("", example):  # an example is not what the field is called
            control.setAccessibleName(label)
        if help:
            control.setAccessibleDescription(help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        word = _("required") if required else ""
        column.addWidget(FieldLabel(label, control, required=word))
        column.addWidget(control)
        if help:
            column.addWidget(Label(help, "caption", wrap=True))
        column.addWidget(self.problem)
        column.addStretch(1)
        if isinstance(control, TextField | TextArea):
            control.changed.connect(self._edited)
        elif isinstance(control, ComboBox):
            control.chosen.connect(self._edited)

    def add_below(self, widget: QWidget) -> None:
        """Put something right below the control."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.control) + 1, widget)

    def show_problem(self, text: str) -> None:
        self.problem.set(text)
        mark_wrong(self.control, bool(text))
        self.control.setAccessibleDescription(text or self._help)

    def _edited(self) -> None:
        """What was wrong is being mended; it is judged again when it is sent."""
        if self.problem.text:
            self.show_problem("")


class Form(QWidget):
    """Rows by key in a grid of `columns`; a row may span several of them."""

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.M)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._at = (0, 0)

    def add(
        self,
        key: str,
        label: str,
        control: QWidget,
        required: bool = False,
        help: str = "",
        span: int = 1,
    ) -> FieldRow:
        """Add a control; `key` is the field's name in InvalidInput."""
        row, column = self._at
        span = min(span, self._columns)
        if column + span > self._columns:
            row, column = row + 1, 0
        held = FieldRow(label, control, required, help, self)
        self._grid.addWidget(held, row, column, 1, span)
        column += span
        self._at = (row + 1, 0) if column >= self._columns else (row, column)
        self.rows[key] = held
        return held

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        """Show what is wrong beside each field; what has no field comes back, in words.

        The focus goes to nothing by itself.
        """
        self.clear_problems()
        homeless = []
        for key, text in fields.items():
            row = self.rows.get(key)
            if row is None:
                homeless.append(text)
            else:
                row.show_problem(text)
        return homeless

    def clear_problems(self) -> None:
        for row in self.rows.values():
            row.show_problem("")

    def problems(self) -> dict[str, str]:
        """What is shown as wrong now, by field."""
        return {key: row.problem.text for key, row in self.rows.items() if row.problem.text}

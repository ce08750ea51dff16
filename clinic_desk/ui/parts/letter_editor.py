"""The editor of one part of a letter: its text, and the rows of its table."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import FieldLabel, Label
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases.letters import Part

Table = Sequence[Sequence[str]]


class FindingsTable(QFrame):
    """The left and right table as it will be printed; it follows the record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.XS)
        self._cells: list[Label] = []
        self._table: Table = ()

    def show_table(self, table: Table) -> None:
        """Header first."""
        if table == self._table and self._cells:
            return
        self._table = table
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for row, cells in enumerate(table):
            for column, words in enumerate(cells):
                cell = Label(words, "label" if row == 0 else "caption", wrap=column == 0)
                self._grid.addWidget(cell, row, column)
                self._cells.append(cell)
        self._grid.setColumnStretch(0, 1)


class PartEditor(QWidget):
    """`changed` when the person types; `refresh_asked` to take the record's words again."""

    changed = Signal(str, str)  # part, text
    refresh_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = ""
        column = layout.column(self, tokens.XS)
        self.text = TextArea(_("Text"), lines=4, most=12)
        self.text.setObjectName("partText")
        self.text.changed.connect(self._typed)
        self.label = FieldLabel("", self.text)
        self.origin = Label("", "hint")
        self.refresh = Button(
            _("Refresh"), "rotate-ccw", "link", compact=True, name=_("Take the record's words")
        )
        self.refresh.setObjectName("refreshPart")
        self.refresh.clicked.connect(self._refresh)
        top = layout.row(spacing=tokens.S)
        top.addWidget(self.label, 1)
        top.addWidget(self.origin)
        top.addWidget(self.refresh)
        column.addLayout(top)
        self.table = FindingsTable()
        column.addWidget(self.table)
        column.addWidget(self.text)

    @property
    def part(self) -> str:
        """Which part is being edited."""
        return self._part

    def show_part(self, part: Part, table: Table) -> None:
        self._part = part.id
        self.label.label.setText(part.title)
        self.text.setAccessibleName(part.title)
        self.origin.setText(_("edited by you") if part.edited else _("from the record"))
        if not part.composed and not part.edited:
            self.origin.setText(_("to be written by you") if part.required else "")
        self.refresh.setVisible(part.edited and bool(part.composed))
        self.text.set_value(part.text)
        self.table.setVisible(part.has_table and bool(table))
        if part.has_table:
            self.table.show_table(table)

    def _typed(self) -> None:
        self.changed.emit(self._part, self.text.value())

    def _refresh(self) -> None:
        self.refresh_asked.emit(self._part)

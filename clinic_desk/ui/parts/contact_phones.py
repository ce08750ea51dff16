"""The phone numbers of a contact: a word for each, as many as there are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.address_book import Phone


class PhoneRows(QWidget):
    """One line a number; the last one that is taken out leaves an empty line."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QWidget, TextField, TextField]] = []
        column = layout.column(self, tokens.XS)
        self._column = layout.column(spacing=tokens.XS)
        column.addLayout(self._column)
        self.more = Button(_("Add a number"), "plus", "link", compact=True)
        self.more.setObjectName("addPhone")
        self.more.clicked.connect(self._more)
        column.addWidget(self.more)
        self._add(Phone(""))

    def phones(self) -> tuple[Phone, ...]:
        """What is typed; lines without a number are none."""
        typed = (Phone(number.value(), label.value()) for _held, label, number in self._lines)
        return tuple(one for one in typed if one.number.strip())

    def fill(self, phones: Sequence[Phone]) -> None:
        while self._lines:
            self._drop_line(self._lines[-1][0])
        for one in phones or (Phone(""),):
            self._add(one)

    def plain(self) -> object:
        """What is typed, for what keeps it."""
        return [[number.value(), label.value()] for _held, label, number in self._lines]

    def set_plain(self, value: object) -> None:
        """Show again what `plain` gave."""
        rows = value if isinstance(value, list) else []
        self.fill([Phone(str(number), str(label)) for number, label in rows])

    def _add(self, phone: Phone) -> TextField:
        held = QWidget()
        row = layout.row(held, tokens.S)
        label = TextField(_("What the number is"), placeholder=_("work, mobile"))
        label.setFixedWidth(theme.px(120))
        label.set_value(phone.label)
        number = TextField(_("Phone number"))
        number.set_value(phone.number)
        out = IconButton("x", _("Take this number out"))
        out.setProperty("line", held)
        out.clicked.connect(self._out)
        for field in (label, number):
            field.changed.connect(self.changed)
        row.addWidget(label)
        row.addWidget(number, 1)
        row.addWidget(out)
        self._column.addWidget(held)
        self._lines.append((held, label, number))
        return number

    def _more(self) -> None:
        self._add(Phone("")).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _out(self) -> None:
        held = self.sender().property("line")
        self._drop_line(held)
        if not self._lines:
            self._add(Phone(""))
        self._lines[-1][2].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop_line(self, held: QWidget) -> None:
        self._lines = [line for line in self._lines if line[0] is not held]
        self._column.removeWidget(held)
        held.hide()
        held.deleteLater()

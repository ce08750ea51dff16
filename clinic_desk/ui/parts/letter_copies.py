"""Names as chips that can be taken off again: who gets a copy, and what is enclosed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.contacts import ContactRow


class _NameField(TextField):
    """Enter adds the name; leaving the field adds it too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Comma:
            self.editingFinished.emit()
            return
        super().keyPressEvent(event)


class Names(QWidget):
    """`changed` gives all names. A name may have further lines, such as an address."""

    changed = Signal(tuple)

    def __init__(
        self, name: str, placeholder: str, taken_off: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._chips: list[Button] = []
        self._taken_off = taken_off
        column = layout.column(self, tokens.XS)
        self.field = _NameField(name, placeholder=placeholder, limit=120)
        self.field.editingFinished.connect(self._add)
        self.setFocusProxy(self.field)
        column.addWidget(self.field)
        self._holder = QWidget()
        self._flow = Flow(self._holder, tokens.XS)
        column.addWidget(self._holder)
        self._holder.hide()

    def show_names(self, names: tuple[str, ...]) -> None:
        if names == self._names:
            return
        self._names = names
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for name in names:
            first, _rest, more = name.partition("\n")
            shown = first.replace("&", "&&")  # a name holds no key
            chip = Button(shown, compact=True, trailing="x", name=self._taken_off.format(n=first))
            chip.setProperty("copy", name)
            if more:
                chip.setToolTip(name)
            chip.clicked.connect(self._remove)
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self._holder.setVisible(bool(names))
        self._holder.updateGeometry()

    def offer(self, names: Sequence[str]) -> None:
        """Names to complete what is typed."""
        completer = QCompleter(list(names), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)

    def written(self, name: str) -> str:
        """What stands for a name that was typed."""
        return name

    def _add(self) -> None:
        name = self.written(" ".join(self.field.value().split()))
        self.field.set_value("")
        if name and name not in self._names:
            self.changed.emit((*self._names, name))

    def _remove(self) -> None:
        gone = self.sender().property("copy")
        self.changed.emit(tuple(name for name in self._names if name != gone))


class Copies(Names):
    """Who else gets the letter, each a copy of their own; a contact with their address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Separate copies to"), _("Name, then Enter"), _("Remove copy to {n}"), parent
        )
        self.field.setObjectName("letterCopies")
        self._addresses: dict[str, str] = {}

    def fill(self, contacts: Sequence[ContactRow]) -> None:
        """The contacts that can be chosen by their name."""
        self._addresses = {}
        for row in contacts:
            lines = (row.details.name, row.details.organisation, row.details.address)
            self._addresses[row.details.name] = "\n".join(line for line in lines if line)
        self.offer(tuple(self._addresses))

    def written(self, name: str) -> str:
        return self._addresses.get(name, name)


class Enclosures(Names):
    """What goes with the letter, by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Enclosures"), _("Name, then Enter"), _("Remove enclosure {n}"), parent)
        self.field.setObjectName("letterEnclosures")

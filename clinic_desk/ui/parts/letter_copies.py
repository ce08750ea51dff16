"""Who else gets the letter: names as chips that can be taken off again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.texts import TextField


class _NameField(TextField):
    """Enter adds the name; leaving the field adds it too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Comma:
            self.editingFinished.emit()
            return
        super().keyPressEvent(event)


class Copies(QWidget):
    """`changed` gives all names."""

    changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._chips: list[Button] = []
        column = layout.column(self, tokens.XS)
        self.field = _NameField(
            _("Separate copies to"), placeholder=_("Name, then Enter"), limit=120
        )
        self.field.setObjectName("letterCopies")
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
            chip = Button(
                name, compact=True, trailing="x", name=_("Remove copy to {n}").format(n=name)
            )
            chip.setProperty("copy", name)
            chip.clicked.connect(self._remove)
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self._holder.setVisible(bool(names))
        self._holder.updateGeometry()

    def _add(self) -> None:
        name = " ".join(self.field.value().split())
        self.field.set_value("")
        if name and name not in self._names:
            self.changed.emit((*self._names, name))

    def _remove(self) -> None:
        gone = self.sender().property("copy")
        self.changed.emit(tuple(name for name in self._names if name != gone))

"""The search field of Settings: finds a setting by its words and brings it into view."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import setting_search
from clinic_desk.usecases.setting_search import Spot


class SettingsSearch(QWidget):
    """The field, and below it what was found: one button for each setting."""

    found = Signal(object)  # the control that was gone to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spots: list[Spot] = []
        self._targets: dict[str, QWidget] = {}
        self._hits: list[Button] = []
        self.field = TextField(
            _("Find a setting"), placeholder=_("Find a setting, such as: dark, font, paper"),
            icon="search", limit=100,
        )  # fmt: skip
        self.field.changed.connect(self._look)
        self.field.returnPressed.connect(self._first)
        self.nothing = Label("", "quiet", wrap=True)
        whole = layout.column(self, tokens.S)
        whole.setContentsMargins(tokens.XL, tokens.M, tokens.XL, 0)
        whole.addWidget(self.field)
        self._results = QWidget()
        self._line = layout.column(self._results, tokens.XS)
        whole.addWidget(self._results)
        whole.addWidget(self.nothing)
        self._results.hide()
        self.nothing.hide()

    # -- what can be found --------------------------------------------------------

    def know(self, key: str, name: str, card: str, target: QWidget) -> None:
        """Take in one setting; `target` is what gets the focus."""
        self._spots.append(Spot(key, name, card))
        self._targets[key] = target

    def know_form(self, form: Form, card: str) -> None:
        """Take in all fields of a form."""
        for key, row in form.rows.items():
            self.know(key, row.name, card, row.control)

    # -- finding ------------------------------------------------------------------

    def hits(self) -> list[str]:
        """What is offered now, in words."""
        return [one.text() for one in self._hits]

    def _look(self) -> None:
        for old in self._hits:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        typed = self.field.value()
        found = setting_search.found(typed, self._spots)
        self._hits = []
        for one in found:
            words = one.name if one.name == one.card else f"{one.name} · {one.card}"
            hit = Button(words, "arrow-right", kind="link", compact=True)
            hit.setProperty("key", one.key)
            hit.clicked.connect(self._pressed)
            self._line.addWidget(hit, 0, Qt.AlignmentFlag.AlignLeft)
            self._hits.append(hit)
        self._results.setVisible(bool(found))
        self.nothing.setVisible(bool(typed.strip()) and not found)
        self.nothing.setText(_("No setting is called “{words}”.").format(words=typed.strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.value():
            self._clear()
            self.field.setFocus()
            return
        if event.key() == Qt.Key.Key_Down and self._hits and self.field.hasFocus():
            self._hits[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for hit in self._hits:
                if hit.hasFocus():
                    self._go(str(hit.property("key")))
                    return
        super().keyPressEvent(event)

    def _clear(self) -> None:
        self.field.set_value("")
        self._look()

    def _first(self) -> None:
        if self._hits:
            self._go(str(self._hits[0].property("key")))

    def _pressed(self) -> None:
        self._go(str(self.sender().property("key")))

    def _go(self, key: str) -> None:
        target = self._targets[key]
        self._clear()
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._to = target
        # the results have just gone: the columns stand where they will only when laid out
        QTimer.singleShot(0, self, self._bring)
        self.found.emit(target)

    def _bring(self) -> None:
        bring_into_view(self._to)


def bring_into_view(target: QWidget) -> None:
    """Scroll what a widget stands in until the widget, with the head of its card, is seen."""
    held: QWidget | None = target
    card: QWidget = target
    while held is not None and not isinstance(held, QScrollArea):
        if isinstance(held, Card):
            card = held
        held = held.parentWidget()
    content = held.widget() if isinstance(held, QScrollArea) else None
    if isinstance(held, QScrollArea) and content is not None:
        bar = held.verticalScrollBar()
        top = card.mapTo(content, card.rect().topLeft()).y()
        low = target.mapTo(content, target.rect().bottomLeft()).y()
        bar.setValue(max(top - tokens.L, low + tokens.XL - held.viewport().height()))

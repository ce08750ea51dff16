"""The bar at the top: title and subtitle, the find field, New, and who is here."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.find_field import FindField
from clinic_desk.ui.widgets.labels import Label, OneLine


def initials(name: str) -> str:
    """The first letters of the first and last word: DD."""
    words = [word for word in name.split() if word[:1].isalnum()]
    picked = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in picked).upper()


class UserChip(QWidget):
    """Initials in a circle, and the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(_("Clinician: {name}").format(name=name))
        self.setToolTip(name)
        self.setVisible(bool(name))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = min(paint.width_of(self._name, theme.font("medium")), theme.px(150))
        return QSize(theme.px(28 + 8) + round(words + 1), theme.px(tokens.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.px(28)
        circle = paint.square(self.rect(), size, 0)
        paint.box(painter, circle, size / 2, "tint")
        centre = Qt.AlignmentFlag.AlignHCenter
        font = theme.font("label")
        paint.text(painter, circle, initials(self._name), font, "primary_ink", centre)
        rest = QRectF(self.rect()).adjusted(theme.px(36), 0, 0, 0)
        paint.text(painter, rest, self._name, theme.font("medium"), "ink")
        painter.end()


class CommandBar(QFrame):
    """`new_chosen(key)` from the New menu."""

    new_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self.setObjectName("commandBar")
        self.title = Label("", "title")
        self.subtitle = OneLine("", "quiet", least=0)
        self.find_field = FindField()
        self.new = Button(_("New"), "plus")
        self.user = UserChip()
        self.lock = Button("", "lock", kind="quiet", name=_("Lock the records"))
        self.lock.setToolTip(_("Lock, or let a colleague in (Ctrl+L)"))
        heading = QWidget()
        inner = QHBoxLayout(heading)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.M)
        inner.addWidget(self.title)
        inner.addWidget(self.subtitle, 1)
        heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.XL, 0, tokens.XL, 0)
        row.setSpacing(tokens.M)
        row.addWidget(heading, 3)
        row.addWidget(self.find_field, 3)
        end = QWidget()
        last = QHBoxLayout(end)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(tokens.M)
        last.addStretch(1)
        last.addWidget(self.new)
        last.addWidget(self.user)
        last.addWidget(self.lock)
        row.addWidget(end, 3)
        self.find_field.setMaximumWidth(theme.px(460))
        self.find_field.setMinimumWidth(theme.px(240))
        self.menu = QMenu(self)
        self.new.clicked.connect(self.show_new)
        self.new.setVisible(False)
        self.user.set_name("")

    def set_heading(self, title: str, subtitle: str) -> None:
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def set_new(self, actions: Sequence[QAction]) -> None:
        """What New offers; without anything there is no button."""
        self.menu.clear()
        self.menu.addActions(list(actions))
        self.new.setVisible(bool(actions))

    def show_new(self) -> None:
        """Open the menu; a single entry acts at once."""
        actions = self.menu.actions()
        if len(actions) == 1:
            actions[0].trigger()
            return
        self.menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height() + 4)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.find_field.close_popup()

"""The line that a medicine is typed into, and how a name that begins so is offered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.texts import OWN_ENTER, TextField

CLASS = Qt.ItemDataRole.UserRole + 1  # what an offered name belongs to
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Line(TextField):
    """A line that leaves undo to the sheet and keeps Enter for itself."""

    entered = Signal()
    emptied = Signal()  # Delete where nothing is left

    def __init__(self, name: str, *, placeholder: str, icon: str = "", limit: int) -> None:
        super().__init__(name, placeholder=placeholder, icon=icon, limit=limit)
        self.setProperty(OWN_ENTER, True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if ctrl and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class Offer(QStyledItemDelegate):
    """A name at the left, its class quietly at the right; what Enter would take is marked."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.px(30))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area = QRectF(option.rect)
        painter.save()
        marked = self._view.currentIndex()
        if index == marked or (not marked.isValid() and index.row() == 0):
            paint.box(painter, area, 0, "tint", None, 0)
        words = area.adjusted(theme.px(10), 0, -theme.px(10), 0)
        paint.text(painter, words, str(index.data() or ""), theme.font("body"), "ink")
        right = Qt.AlignmentFlag.AlignRight
        said = str(index.data(CLASS) or "")
        paint.text(painter, words, said, theme.font("caption"), "ink3", right)
        painter.restore()

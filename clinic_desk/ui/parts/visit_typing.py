"""What typing in a visit's fields leaves to the screen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desk.ui.widgets.texts import OWN_ENTER


class SheetUndo(QObject):
    """Leaves Ctrl+Z to the sheet, so that there is one undo for the whole visit."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            return bool(ctrl) and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
        return False


class EnterGoesOn(SheetUndo):
    """Enter in a line goes on to the next field, as Tab does."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and not watched.property(OWN_ENTER)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers()
            in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            target = watched.nextInFocusChain()
            while target is not None and target is not watched and not _takes_tab(target):
                target = target.nextInFocusChain()
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)


def _takes_tab(widget: QWidget) -> bool:
    tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tab) and widget.isVisible() and widget.isEnabled() and not widget.focusProxy()

"""Snippets while typing: `;` opens a list, and Space, Tab or Enter after a key put its text in."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import snippets
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.snippets import Snippet

SHOWN, WIDTH, ROW = 8, 460, 28  # lines of the list; px
_ENDS = (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SNIPPET = Qt.ItemDataRole.UserRole


class SnippetList(QFrame):
    """What fits the word at the caret, inside the window so that typing goes on in the field."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("surface", "popup")
        self.setObjectName("snippetList")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Snippets"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        layout.column(self, 0, 4).addWidget(self.list)
        self.hide()

    def show_for(self, found: tuple[Snippet, ...], area: QPlainTextEdit) -> None:
        """These, below the caret, or above it where the window ends."""
        self.list.clear()
        for one in found:
            said = " ".join(one.text.split())
            item = QListWidgetItem(f"{snippets.BEGINS}{one.key}   {said}")
            item.setToolTip(one.text)
            item.setData(_SNIPPET, one)
            item.setSizeHint(QSize(0, theme.px(ROW)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        window = area.window()
        caret = area.cursorRect()
        high = theme.px(ROW) * min(len(found), SHOWN) + 12
        wide = min(theme.px(WIDTH), window.width())
        below = area.viewport().mapTo(window, QPoint(caret.left(), caret.bottom() + 4))
        above = area.viewport().mapTo(window, QPoint(caret.left(), caret.top() - 4 - high))
        place = below if below.y() + high <= window.height() else above
        left = max(0, min(place.x(), window.width() - wide))
        self.setGeometry(left, max(0, place.y()), wide, high)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Choose the next or the one before, round and round."""
        self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())

    def chosen(self) -> Snippet | None:
        item = self.list.currentItem()
        held = item.data(_SNIPPET) if item is not None else None
        return held if isinstance(held, Snippet) else None


class SnippetTyping(QObject):
    """Watches the text areas of a screen. `apart` is called before a text is put in, so that a
    sheet can make it a step of its own.
    """

    def __init__(
        self, desk: Desk, lanes: Lanes, screen: Screen, apart: Callable[[], object] | None = None
    ) -> None:
        super().__init__(screen)
        self._screen, self._apart = screen, apart
        self._desk, self._lanes = desk, lanes
        self._snippets: tuple[Snippet, ...] = ()
        self._popup: SnippetList | None = None
        self._area: QPlainTextEdit | None = None

    def watch(self, *areas: QPlainTextEdit) -> None:
        """Expand in these."""
        for area in areas:
            area.installEventFilter(self)
            area.textChanged.connect(self._changed)
            area.cursorPositionChanged.connect(self._moved)

    def read(self, case: UUID) -> None:
        """Read the practice's snippets as they read for a case."""
        desk = self._desk
        self._lanes.run(
            lambda: snippets.for_case(desk, case),
            self._have,
            self._cannot,
            replace_key=f"snippets {id(self)}",
        )

    def close(self) -> None:
        """Put the list away."""
        if self._popup is not None:
            self._popup.hide()

    @property
    def popup(self) -> SnippetList | None:
        """The list, while it is shown."""
        return self._popup if self._popup is not None and self._popup.isVisible() else None

    def _have(self, found: tuple[Snippet, ...]) -> None:
        self._snippets = found

    def _cannot(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._snippets = ()
        self._screen.said.emit(str(error), "problem")

    # -- while typing -------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QPlainTextEdit)
        ):
            return False
        return not watched.isReadOnly() and self._pressed(watched, event)

    def _pressed(self, area: QPlainTextEdit, event: QKeyEvent) -> bool:
        key, popup = event.key(), self.popup
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if popup is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            popup.step(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if popup is not None and key == Qt.Key.Key_Escape:
            self.close()
            return True
        return key in _ENDS and self._ended(area, key)

    def _ended(self, area: QPlainTextEdit, key: int) -> bool:
        """The word at the caret is finished: put its text in, or what the list has chosen."""
        typed = self._key_at(area)
        if typed is None:
            return False
        exact = [one for one in self._snippets if one.key == typed.lower()]
        # Space belongs to the text: it takes only what was typed out, never a mere beginning
        chosen = self.popup.chosen() if self.popup is not None and key != Qt.Key.Key_Space else None
        found = chosen or (exact[0] if exact else None)
        self.close()
        if found is None:
            return False
        self._put(area, len(typed) + len(snippets.BEGINS), found.text, key == Qt.Key.Key_Space)
        return True

    def _put(self, area: QPlainTextEdit, over: int, text: str, space: bool) -> None:
        if self._apart is not None:
            self._apart()
        cursor = area.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, over)
        cursor.beginEditBlock()
        cursor.insertText(text + (" " if space else ""))
        cursor.endEditBlock()
        area.setTextCursor(cursor)

    def _key_at(self, area: QPlainTextEdit) -> str | None:
        cursor = area.textCursor()
        if cursor.hasSelection():
            return None
        line = cursor.block().text()
        # Qt counts in UTF-16; what stands before the caret is cut there
        units = line.encode("utf-16-le", "surrogatepass")
        before, after = units[: 2 * cursor.positionInBlock()], units[2 * cursor.positionInBlock() :]
        return snippets.key_at(
            before.decode("utf-16-le", "replace"), after.decode("utf-16-le", "replace")
        )

    def _changed(self) -> None:
        area = self.sender()
        if not isinstance(area, QPlainTextEdit) or not area.hasFocus() or area.isReadOnly():
            return
        typed = self._key_at(area)
        found = snippets.matching(self._snippets, typed) if typed is not None else ()
        if not found:
            self.close()
            return
        if self._popup is None or self._popup.parent() is not area.window():
            if self._popup is not None:
                self._popup.deleteLater()
            self._popup = SnippetList(area.window())
            self._popup.list.itemClicked.connect(self._clicked)
        self._area = area
        self._popup.show_for(found, area)

    def _moved(self) -> None:
        area = self.sender()
        if (
            self.popup is not None
            and isinstance(area, QPlainTextEdit)
            and self._key_at(area) is None
        ):
            self.close()

    def _clicked(self, item: QListWidgetItem) -> None:
        area, one = self._area, item.data(_SNIPPET)
        typed = self._key_at(area) if area is not None else None
        self.close()
        if area is not None and typed is not None and isinstance(one, Snippet):
            self._put(area, len(typed) + len(snippets.BEGINS), one.text, False)

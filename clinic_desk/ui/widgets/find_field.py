"""The Ctrl+K field: finds while typing, shows grouped results, all by the keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QPoint,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.find_hits import HIT, Hit, HitDelegate, HitGroup
from clinic_desk.ui.widgets.texts import TextField

WIDE = 560  # px of the results, so that a line of a note can be read
EDGE = 10  # px above and below the lines, so that the first and the last show whole
# the window goes to the back, or the field's own menu opens: the person comes back to the words
KEEPS_WORDS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


__all__ = ["FindField", "Hit", "HitGroup"]

Find = Callable[[str], Sequence[HitGroup]]


class _Hits(QListWidget):
    """Paints its own ground: else with each key all that lies under it would be painted too."""

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.end()
        super().paintEvent(event)


class _Popup(QFrame):
    """The results, inside the window so that typing goes on in the field. It paints all of its
    ground, corners too, for the same reason.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findPopup")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.setSpacing(0)
        self.list = _Hits()
        self.list.setAccessibleName(_("Results"))
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(False)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(tokens.S, tokens.XS, tokens.S, tokens.XS)
        self.foot.addStretch(1)
        column.addLayout(self.foot)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("canvas"))
        area, round_ = QRectF(self.rect()), theme.px(tokens.R_CONTROL)
        paint.box(painter, area, round_, "surface", "field")
        painter.end()


class FindField(TextField):
    """Type to find; Up and Down choose, Enter opens, Esc closes. `opened(ref)`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Find"),
            parent,
            placeholder=_("Find a patient, note, letter or command"),
            icon="search",
        )
        self.setObjectName("find")
        self.setAccessibleName(_("Find a patient, note, letter or command"))
        self._find: Find | None = None
        self._local: Find | None = None
        self._lanes: Lanes | None = None
        self._popup: _Popup | None = None
        self._groups: tuple[HitGroup, ...] = ()
        self._offered: QPushButton | None = None
        self._asked = ""
        self._back: QWidget | None = None  # where the person was before Ctrl+K
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # keys that came together; the lane drops what is older
        self._timer.timeout.connect(self._ask)
        self.changed.connect(self._timer.start)

    def connect_to(self, find: Find, lanes: Lanes, local: Find | None = None) -> None:
        """Where results come from: `find` runs in the records lane, `local` at once."""
        self._find, self._lanes, self._local = find, lanes, local

    def offer(self, button: QPushButton) -> None:
        """What can be done with all that is found: a button under it, and Ctrl+S."""
        if self._offered is not None:
            self._offered.deleteLater()
        self._offered = button
        button.setParent(self)  # until there are results to stand below
        button.hide()
        if self._popup is not None:
            self._popup.foot.addWidget(button)

    def groups(self) -> tuple[HitGroup, ...]:
        """What is found among the records, under its headings."""
        return self._groups

    def forget(self) -> None:
        """Keep neither words nor results: the records are locked."""
        self.clear()
        if self._popup is not None:
            self._popup.hide()
            self._popup.list.clear()
        self._groups = ()

    def begin(self) -> None:
        """Take the focus to find something; Esc in the empty field gives it back."""
        focus = QApplication.focusWidget()
        if focus is not self:
            self._back = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @property
    def popup(self) -> _Popup | None:
        return self._popup

    def hits(self) -> tuple[Hit, ...]:
        """What is shown as found, the headings left out."""
        if self._popup is None:
            return ()
        shown = self._popup.list
        held = (shown.item(place).data(HIT) for place in range(shown.count()))
        return tuple(one for one in held if isinstance(one, Hit))

    def _ask(self) -> None:
        words = self.text().strip()
        self._asked = words
        if not words:
            self.close_popup()
        elif self._find is not None and self._lanes is not None:
            find = self._find
            self._lanes.run(lambda: (words, find(words)), self._found, replace_key="find")
        elif self._local is not None:
            self._found((words, ()))

    def _found(self, answer: tuple[str, Sequence[HitGroup]]) -> None:
        words, groups = answer
        if words != self._asked or not self.hasFocus():
            return
        self._groups = tuple(groups)
        local = self._local(words) if self._local is not None else ()
        named = [group for group in groups if not group.behind_commands]
        behind = [group for group in groups if group.behind_commands]
        self._show([group for group in (*named, *local, *behind) if group.hits])

    def _show(self, groups: Sequence[HitGroup]) -> None:
        popup = self._popup
        if popup is None:
            popup = self._popup = _Popup(self.window())
            popup.list.itemClicked.connect(self._clicked)
            if self._offered is not None:
                popup.foot.addWidget(self._offered)
        popup.list.clear()
        for group in groups:
            head = QListWidgetItem(group.title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            popup.list.addItem(head)
            for hit in group.hits:
                item = QListWidgetItem(hit.title)
                item.setData(HIT, hit)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {hit.detail}")
                popup.list.addItem(item)
        if not groups:
            none = QListWidgetItem(_("Nothing found for these words."))
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            popup.list.addItem(none)
        self._step(1, from_start=True)
        high = sum(popup.list.sizeHintForRow(row) for row in range(popup.list.count()))
        high += 2 * popup.list.frameWidth() + EDGE
        if self._offered is not None:
            self._offered.setVisible(bool(self._groups))
        high += popup.foot.sizeHint().height()
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        room = self.window().height() - corner.y() - 40
        wide = min(max(self.width(), theme.px(WIDE)), self.window().width() - 2 * tokens.M)
        left = max(tokens.M, min(corner.x(), self.window().width() - wide - tokens.M))
        popup.setGeometry(left, corner.y(), wide, min(high, room))
        popup.show()
        popup.raise_()

    def _step(self, step: int, from_start: bool = False) -> None:
        if self._popup is None:
            return
        shown = self._popup.list
        places = [k for k in range(shown.count()) if isinstance(shown.item(k).data(HIT), Hit)]
        if not places:
            return
        if from_start or shown.currentRow() not in places:
            shown.setCurrentRow(places[0])
            return
        place = places.index(shown.currentRow()) + step
        shown.setCurrentRow(places[min(len(places) - 1, max(0, place))])

    def _clicked(self, item: QListWidgetItem) -> None:
        hit = item.data(HIT)
        if isinstance(hit, Hit):
            self.close_popup()
            self.clear()
            self._asked = ""
            self.opened.emit(hit.ref)

    def close_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    @property
    def popup_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._popup is not None and self.popup_open:
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return
            if event.matches(QKeySequence.StandardKey.Save) and self._offered is not None:
                self._offered.click()
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self._popup.list.currentItem()
                if item is not None:
                    self._clicked(item)
                return
        if key == Qt.Key.Key_Escape and (self.popup_open or self.text()):
            self.close_popup()
            self.clear()
            return
        if key == Qt.Key.Key_Escape and self._give_back():
            return
        super().keyPressEvent(event)

    def _give_back(self) -> bool:
        back, self._back = self._back, None
        if back is None or not isValid(back) or not back.isVisible():
            return False
        back.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in KEEPS_WORDS:
            self.close_popup()
            self.clear()  # what was looked for is found or given up
            self._asked = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.width() < theme.px(300):
            return
        painter = QPainter(self)
        font, right = theme.font("caption"), float(self.width() - theme.px(9))
        for key in ("K", "Ctrl"):
            wide = paint.width_of(key, font) + theme.px(12)
            cap = QRectF(right - wide, (self.height() - theme.px(20)) / 2, wide, theme.px(20))
            paint.box(painter, cap, theme.px(4), "surface", "line")
            paint.text(painter, cap, key, font, "ink2", Qt.AlignmentFlag.AlignHCenter)
            right -= wide + theme.px(10)
        painter.end()

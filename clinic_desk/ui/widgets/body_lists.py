"""Beside the drawn body: every region as a list for the keyboard, and the marks that are set."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from clinic_desk.clinical.measures import BodyChart, Mark, Place
from clinic_desk.drawing import body_chart, body_views
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import body_words, words

_PLACE = Qt.ItemDataRole.UserRole
KEYS: Mapping[str, str] = {letter.lower(): kind for kind, letter in body_chart.LETTERS.items()}


class ShortList(QListWidget):
    """A list with rows that a finger can hit, named for screen readers."""

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMinimumHeight(theme.px(tokens.COMPACT) * lines)
        self.setMaximumHeight(theme.px(tokens.COMPACT) * lines)

    def add(self, text: str, data: object) -> QListWidgetItem:
        row = QListWidgetItem(text)
        row.setData(_PLACE, data)
        row.setToolTip(text)
        row.setSizeHint(QSize(theme.px(80), theme.px(tokens.COMPACT)))
        self.addItem(row)
        return row


class RegionList(QWidget):
    """All regions. Space marks, digits rate, letters choose the type, Delete takes away."""

    toggled = Signal(object)  # the place
    rated = Signal(object, int)
    typed = Signal(str)  # the type
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bodyRegions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        self.field = TextField(
            _("Find a region"),
            self,
            placeholder=_("Find a region, such as calf left"),
            icon="search",
            limit=60,
        )
        self.list = ShortList(_("Regions of the body"), 7, self)
        self.list.setAccessibleDescription(
            _(
                "Space marks, 0 to 9 rates, P pain, T pins and needles, N numbness, C cramp, "
                "S stiffness, Delete takes away"
            )
        )
        for region, side in body_views.every_place():
            place = Place(region, side)
            self.list.add(body_words.place_name(place), place)
        self.list.setCurrentRow(0)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addStretch(1)
        self.field.textEdited.connect(self.narrow)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self._after_one = False
        self.setFocusProxy(self.field)

    def narrow(self, text: str) -> None:
        """Show the regions that hold every typed word."""
        wanted = text.casefold().split()
        first = None
        for number in range(self.list.count()):
            row = self.list.item(number)
            name = body_words.place_name(row.data(_PLACE)).casefold()
            row.setHidden(not all(word in name for word in wanted))
            if first is None and not row.isHidden():
                first = row
        if first is not None and self.list.currentItem().isHidden():
            self.list.setCurrentItem(first)

    def current(self) -> Place | None:
        row = self.list.currentItem()
        held = row.data(_PLACE) if row is not None and not row.isHidden() else None
        return held if isinstance(held, Place) else None

    def choose(self, place: Place) -> None:
        """Show a place as the current one."""
        for number in range(self.list.count()):
            if self.list.item(number).data(_PLACE) == place:
                self.list.setCurrentRow(number)

    def show_chart(self, chart: BodyChart) -> None:
        """Say beside each region what is marked there."""
        marked: dict[Place, list[Mark]] = {}
        for mark in chart.marks:
            for place in mark.places or ():
                marked.setdefault(place, []).append(mark)
        for number in range(self.list.count()):
            row = self.list.item(number)
            place = row.data(_PLACE)
            here = marked.get(place, ())
            name = body_words.place_name(place)
            said = ", ".join(map(body_words.complaint, here))
            text = f"{name}: {said}" if said else name
            if row.text() != text:
                row.setText(text)
                row.setToolTip(text)
                font = row.font()
                font.setBold(bool(here))
                row.setFont(font)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.field:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        place = self.current()
        quiet = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
        if place is None or event.modifiers() & ~quiet & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        sign = event.text().lower()
        after_one, self._after_one = self._after_one, sign == "1"
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit(place)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(place)
        elif len(sign) == 1 and sign in "0123456789":
            self.rated.emit(place, 10 if sign == "0" and after_one else int(sign))
        elif sign in KEYS:
            self.typed.emit(KEYS[sign])
        else:
            return False
        return True


class MarkList(ShortList):
    """What is marked now; Delete takes the current one away."""

    picked = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Marks"), 5, parent)
        self.setObjectName("bodyMarks")
        self._filling = False
        self.currentRowChanged.connect(self._moved)

    def show_marks(self, chart: BodyChart, selected: int | None) -> None:
        self._filling = True
        texts = [words.capital(body_words.mark_words(one)) for one in chart.marks]
        if texts != [self.item(number).text() for number in range(self.count())]:
            self.clear()
            for number, text in enumerate(texts):
                self.add(text, number)
        self.setCurrentRow(-1 if selected is None else selected)
        self._filling = False

    def _moved(self, number: int) -> None:
        if not self._filling and number >= 0:
            self.picked.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentRow() >= 0:
            self.removed.emit(self.currentRow())
            return
        super().keyPressEvent(event)


def since_words(last: object, now: object) -> str:
    """ "Since the last visit. New: … More: …"; before anything is marked, what was."""
    if body_words.chart_of(last) is None:
        return ""
    if body_words.chart_of(now) is None:
        return _("Last visit (dashed): {marks}.").format(marks=body_words.answer(last))
    heads = {
        "new": _("New"),
        "more": _("More"),
        "less": _("Less"),
        "gone": _("Gone"),
        "same": _("The same"),
    }
    found = body_words.changes(last, now)
    lines = [
        f"{heads[kind]}: {'; '.join(one.text for one in found if one.kind == kind)}."
        for kind in heads
        if any(one.kind == kind for one in found)
    ]
    return "\n".join((_("Since the last visit (dashed):"), *lines)) if lines else ""

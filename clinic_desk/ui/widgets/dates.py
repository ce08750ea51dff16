"""Days and lengths of time, typed.

A day is read from ISO (2026-02-03), from forms with the month as a word (3 Feb 2026), and from
numbers alone where they name one day only. Between dots the day stands first (3.2.2026), as it does
wherever days are written with dots; 3/2/2026 and 3-2-2026 are refused: they mean two days. Today
and yesterday have words.
"""

import re
from contextlib import suppress
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.buttons import IconButton
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.texts import TextField, mark_wrong

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?[\s-]*([^\W\d]{3,})\.?,?[\s-]*(\d{4})")
_NUMBERS = re.compile(r"(\d{1,2}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.?\s*(\d{1,2}),?\s+(\d{4})")


def written_day(day: date | None) -> str:
    """A day as the program writes it: 03 Feb 2026."""
    return f"{day.day:02} {MONTHS[day.month - 1].title()} {day.year:04}" if day else ""


def parse_day(text: str, today: date | None = None) -> date | None:
    """The day that a text names without doubt. Raises ValueError with what to type instead."""
    text = " ".join(text.strip().lower().split())
    if not text:
        return None
    now = today or date.today()
    for word, back in ((_("today"), 0), (_("yesterday"), 1)):
        if text == word.lower():
            return now - timedelta(days=back)
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = _month(found[1]), int(found[2]), int(found[3])
    elif found := _NUMBERS.fullmatch(text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] != "." or other > 12:
            return _only_day(one, other, year)
        day, month = one, other
    else:
        raise ValueError(_("Type the day as 3 Feb 2026 or 2026-02-03."))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("There is no such day.")) from None


def _only_day(one: int, other: int, year: int) -> date:
    """The one day that two numbers can name, whichever is the month."""
    days = set()
    for day, month in ((one, other), (other, one)):
        with suppress(ValueError):  # that way round it is no day
            days.add(date(year, month, day))
    if not days:
        raise ValueError(_("There is no such day."))
    if len(days) > 1:
        first, second = sorted(days)
        words = _("That could be {one} or {other}. Type the month as a word.")
        raise ValueError(words.format(one=written_day(first), other=written_day(second)))
    return days.pop()


def _month(word: str) -> int:
    if len(word) >= 3 and word[:3] in MONTHS:
        return MONTHS.index(word[:3]) + 1
    raise ValueError(_("Type the month as a word, such as feb."))


class DateField(QWidget):
    """A typed day with a calendar. Raw value: ISO text or None; `day()` as a date."""

    changed = Signal()

    def __init__(
        self,
        name: str = "",
        parent: QWidget | None = None,
        *,
        latest: date | None = None,
        width: int = 150,
    ) -> None:
        super().__init__(parent)
        self._latest = latest
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.XS)
        self.field = TextField(name, self, placeholder=_("d Mon yyyy"), limit=40)
        self.field.setAccessibleName(name)
        self.field.setMinimumWidth(theme.px(width - 36))
        self.button = IconButton("calendar-days", _("Calendar: {name}").format(name=name), self)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field.changed.connect(self._typed)
        self.field.editingFinished.connect(self._tidy)
        self.button.clicked.connect(self.show_calendar)
        self._popup: QFrame | None = None

    def day(self) -> date | None:
        """The day, if one was typed that can stand."""
        try:
            day = parse_day(self.field.text())
        except ValueError:
            return None
        return None if self._too_late(day) else day

    def set_day(self, day: date | None) -> None:
        self.field.setText(written_day(day))
        mark_wrong(self.field, False)

    def value(self) -> str | None:
        day = self.day()
        return day.isoformat() if day else None

    def set_value(self, value: object) -> None:
        if isinstance(value, date):
            self.set_day(value)
            return
        try:
            self.set_day(parse_day(value) if isinstance(value, str) else None)
        except ValueError:
            self.field.setText(str(value))

    def problem(self) -> str:
        try:
            day = parse_day(self.field.text())
        except ValueError as wrong:
            return str(wrong)
        return _("This day lies in the future.") if self._too_late(day) else ""

    def _too_late(self, day: date | None) -> bool:
        return day is not None and self._latest is not None and day > self._latest

    def _typed(self) -> None:
        mark_wrong(self.field, False)
        self.changed.emit()

    def _tidy(self) -> None:
        problem = self.problem()
        mark_wrong(self.field, bool(problem))
        if not problem and self.field.text():
            self.set_day(self.day())
        elif problem:
            self.changed.emit()

    def show_calendar(self) -> None:
        """Open the calendar below the field."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setProperty("surface", "popup")
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(popup)
        column.setContentsMargins(4, 4, 4, 4)
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if self._latest is not None:
            calendar.setMaximumDate(QDate(self._latest.year, self._latest.month, self._latest.day))
        day = self.day()
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        column.addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup = popup
        popup.show()
        calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.set_day(date(day.year(), day.month(), day.day()))
        self.changed.emit()
        self.field.setFocus()


UNITS = ("s", "min", "h", "d", "wk")


class DurationField(QWidget):
    """A length of time. Raw value {"value": n, "unit": "s|min|h|d|wk"} or None."""

    changed = Signal()

    def __init__(self, name: str = "", unit: str = "d", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            "s": _("seconds"),
            "min": _("minutes"),
            "h": _("hours"),
            "d": _("days"),
            "wk": _("weeks"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.S)
        self.number = NumberField(name, "", self, minimum=0, width=80)
        self.unit = ComboBox(_("Unit: {name}").format(name=name), self)
        self.unit.fill([(key, words[key]) for key in UNITS])
        self._usual = unit if unit in UNITS else "d"
        self.unit.set_value(self._usual)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.number)
        self.number.changed.connect(self.changed)
        self.unit.chosen.connect(self._unit_chosen)

    def value(self) -> dict[str, object] | None:
        number = self.number.number()
        return None if number is None else {"value": number, "unit": self.unit.value()}

    def set_value(self, value: object) -> None:
        held = value if isinstance(value, dict) else {}
        self.number.set_number(held.get("value"))
        self.unit.set_value(held.get("unit", self._usual))

    def problem(self) -> str:
        return self.number.problem()

    def _unit_chosen(self) -> None:
        if self.number.text():
            self.changed.emit()

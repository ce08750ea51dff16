"""A birth date as far as it is known: a whole day, or the month or the year alone."""

import re
from datetime import date

from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.widgets.dates import MONTHS, DateField, parse_day, written_day
from clinic_desk.ui.widgets.texts import mark_wrong

_YEAR = re.compile(r"(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_MONTH_NUMBER = re.compile(r"(\d{1,2})[./](\d{4})")
_MONTH_WORD = re.compile(r"([^\W\d]{3,})\.?,?\s*(\d{4})")


def written_birth(day: date | None, part: str = "") -> str:
    """14 Jun 1991, Jun 1991, 1991; empty where nothing is known."""
    if day is not None or not part:
        return written_day(day)
    year, _dash, month = part.partition("-")
    return f"{MONTHS[int(month) - 1].title()} {year}" if month else year


def parse_birth(text: str, today: date) -> tuple[date | None, str]:
    """The day, or else the part of one, that a text names: "1991", "1991-06". Raises ValueError
    with what to type instead.
    """
    text = " ".join(text.strip().lower().split())
    if found := _YEAR.fullmatch(text):
        return None, _not_late(found[1], today)
    month = None
    if found := _ISO_MONTH.fullmatch(text):
        year, month = found[1], int(found[2])
    elif found := _MONTH_NUMBER.fullmatch(text):
        year, month = found[2], int(found[1])
    elif (found := _MONTH_WORD.fullmatch(text)) and found[1][:3] in MONTHS:
        year, month = found[2], MONTHS.index(found[1][:3]) + 1
    if month is None:
        return parse_day(text, today), ""
    if not 1 <= month <= 12:
        raise ValueError(_("There is no such month."))
    return None, _not_late(f"{year}-{month:02}", today)


def _not_late(part: str, today: date) -> str:
    if part > today.isoformat()[: len(part)]:
        raise ValueError(_("This lies in the future."))
    return part


class PartDateField(DateField):
    """A typed birth date. `day()` and `part()`: one of them, or neither."""

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, latest=today)
        self._today = today
        self.field.setPlaceholderText(_("14 Jun 1991, Jun 1991 or 1991"))

    def day(self) -> date | None:
        return self._read()[0]

    def part(self) -> str:
        """The month or year, where that is all that is known."""
        return self._read()[1]

    def set_birth(self, day: date | None, part: str = "") -> None:
        self.field.setText(written_birth(day, part))
        mark_wrong(self.field, False)

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """What was typed, readable or not."""
        self.field.setText(text)
        mark_wrong(self.field, False)

    def problem(self) -> str:
        try:
            day, _part = parse_birth(self.field.text(), self._today)
        except ValueError as wrong:
            return str(wrong)
        return _("This day lies in the future.") if self._too_late(day) else ""

    def _read(self) -> tuple[date | None, str]:
        if self.problem():
            return None, ""
        return parse_birth(self.field.text(), self._today)

    def _tidy(self) -> None:
        problem = self.problem()
        mark_wrong(self.field, bool(problem))
        if not problem and self.field.text():
            self.set_birth(*self._read())
        elif problem:
            self.changed.emit()

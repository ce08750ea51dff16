"""Entering a tick grid that the patient brought back: a digit a day, straight through."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.clinical.adherence import Day, typed
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.day_row import CELL, GAP, DayRow
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.usecases.adherence import Blank

A_ROW = 14  # days
_PLACE = re.compile(r"days\[(\d+)\]\.(done|pain)")


class ReturnedSheetForm(Card):
    """`asked` has the first day and the days; `cancelled` leaves without keeping."""

    asked = Signal(object, object)  # date, tuple[Day, …]
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(_("Returned sheet"))
        self.setObjectName("returnedSheet")
        self._first = date.min
        self._blocks: list[tuple[DayRow, DayRow]] = []
        self._grid_holder: QWidget | None = None
        self._hint = Label("", "caption", wrap=True)
        self.add(self._hint)
        self._problem = Problem()
        line = layout.row(spacing=tokens.S)
        self.save = Button(_("Keep the sheet"), "check")
        self.save.setObjectName("keepSheet")
        self.save.clicked.connect(self._ask)
        cancel = Button(_("Cancel"), kind="link")
        cancel.clicked.connect(self.cancelled)
        line.addWidget(self.save)
        line.addWidget(cancel)
        line.addStretch(1)
        self._place = layout.column(spacing=tokens.S)
        self.body.addLayout(self._place)
        self.add(self._problem)
        self.body.addLayout(line)

    def begin(self, sheet: Blank) -> None:
        """An empty grid for the days of a program that are not entered yet."""
        if self._grid_holder is not None:
            self._place.removeWidget(self._grid_holder)
            self._grid_holder.hide()
            self._grid_holder.deleteLater()
        self._first = sheet.first
        self._blocks = []
        self._problem.set("")
        hint = _(
            "A digit a day, 0 to {most}; Space fills in {most}; X is a pain of 10. "
            "What the patient left empty stays empty."
        )
        self._hint.setText(hint.format(most=sheet.times_per_day))
        holder = self._grid_holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(tokens.M))
        grid.setVerticalSpacing(theme.px(tokens.XS))
        days = [sheet.first + timedelta(days=place) for place in range(sheet.days)]
        for start in range(0, len(days), A_ROW):
            self._add_block(grid, days[start : start + A_ROW], sheet.times_per_day)
        self._place.addWidget(holder, 0, Qt.AlignmentFlag.AlignLeft)
        holder.show()  # now, so that the first Tab finds the second row
        rows: list[QWidget] = [row for block in self._blocks for row in block]
        for one, other in pairwise([*rows, self.save]):  # once they stand in one window
            QWidget.setTabOrder(one, other)
        rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_block(self, grid: QGridLayout, days: list[date], times: int) -> None:
        top = grid.rowCount()
        heads = QWidget()
        line = layout.row(heads, 0)
        line.setSpacing(theme.px(GAP))
        letters = QLocale()
        for on in days:
            letter = letters.dayName(on.isoweekday(), QLocale.FormatType.ShortFormat)[:2]
            head = Label(f"{letter}\n{on.day}", "caption")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setFixedWidth(theme.px(CELL))
            line.addWidget(head)
        names = [written_day(on) for on in days]
        done = DayRow(_("Times done"), times)
        pain = DayRow(_("Worst pain"), 10)
        for row, (label, field) in enumerate(((_("Times done"), done), (_("Worst pain"), pain))):
            field.set_days(names)
            field.changed.connect(self._changed)
            grid.addWidget(Label(label, "body"), top + 1 + row, 0)
            grid.addWidget(field, top + 1 + row, 1, Qt.AlignmentFlag.AlignLeft)
        done.setObjectName(f"done:{len(self._blocks)}")
        pain.setObjectName(f"pain:{len(self._blocks)}")
        grid.addWidget(heads, top, 1, Qt.AlignmentFlag.AlignLeft)
        self._blocks.append((done, pain))

    def days(self) -> tuple[Day, ...]:
        """What is filled in, day by day."""
        done = [value for one, _pain in self._blocks for value in one.values()]
        pain = [value for _done, one in self._blocks for value in one.values()]
        return typed(done, pain)

    def show_problems(self, fields: Mapping[str, str]) -> None:
        """Mark the days that cannot be taken, and say why."""
        wrong: dict[tuple[int, str], list[int]] = {}
        for key in fields:
            found = _PLACE.fullmatch(key)
            if found is not None:
                place = int(found[1])
                wrong.setdefault((place // A_ROW, found[2]), []).append(place % A_ROW)
        for number, (done, pain) in enumerate(self._blocks):
            done.set_wrong(wrong.get((number, "done"), []))
            pain.set_wrong(wrong.get((number, "pain"), []))
        self._problem.set(" ".join(dict.fromkeys(fields.values())))

    def _changed(self) -> None:
        self._problem.set("")

    def _ask(self) -> None:
        self.asked.emit(self._first, self.days())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the sheet; Esc leaves it only while nothing would be lost."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.key() == Qt.Key.Key_Escape and all(day.empty for day in self.days()):
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

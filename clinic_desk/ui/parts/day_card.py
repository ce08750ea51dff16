"""The day list on Today: the lines of a day, other days, and what is done with a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import RowsModel, RowsView
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.day_words import COLUMNS
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.day_list import DayRow

if TYPE_CHECKING:
    from clinic_desk.ui.parts.day_booking import BookingForm, MoveForm

COUNTED = (
    ("signed", _("{n} signed")),
    ("draft", _("{n} draft")),
    ("arrived", _("{n} arrived")),
    ("booked", _("{n} booked")),
    ("cancelled", _("{n} cancelled")),
)
SCROLLED = 250  # px of lines where the page scrolls as one


class DayView(RowsView):
    """The lines; a letter does what the button with that letter does."""

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.keys: dict[Qt.Key, Callable[[], None]] = {}
        self.listens: Callable[[], bool] = self.isVisible  # whether letters mean a line now

    def handled(self, event: QKeyEvent) -> bool:
        """Do what a letter stands for; also for the screen, where no field took the letter."""
        act = self.keys.get(Qt.Key(event.key()))
        if act is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if self.listens():
            act()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.handled(event):
            super().keyPressEvent(event)


class DayCard(Card):
    """A day as a list. It says what the person wants; the screen does it."""

    day_wanted = Signal(object)  # date
    start_wanted = Signal(object)  # DayRow, in these
    arrive_wanted = Signal(object)
    cancel_wanted = Signal(object)
    restore_wanted = Signal(object)
    book_wanted = Signal(object)  # Booking
    move_wanted = Signal(object, object, str)  # appointment, day, time
    print_wanted = Signal()
    save_wanted = Signal()
    asking = Signal(bool)  # a form stands open, or no more

    def __init__(self, screen: Screen) -> None:
        super().__init__(_("Visits"), flush=True)
        self._screen = screen
        self.day = self.now = date.today()  # until `show_day` says which
        self.book = Button(_("Book"), "plus", hint="B")
        self.book_first = PrimaryButton(_("Book a patient"), icon="plus")
        self.register = PrimaryButton(_("Register the first patient"), icon="user-plus")
        for button in (self.book, self.book_first):
            button.clicked.connect(self.begin_booking)
        self.paper = IconButton("printer", _("Print the day list"))
        self.paper.clicked.connect(self.print_wanted)
        self.save = IconButton("file-text", _("Save the day list as PDF"))
        self.save.clicked.connect(self.save_wanted)
        self.model = RowsModel(COLUMNS)
        self.rows = DayView(self.model, _("Visits of the day"))
        self.out = list_out.ListOut(
            screen,
            self,
            "day_list",
            _("Visits of the day"),
            lambda: COLUMNS,
            list_out.shown_rows(self.model),
        )
        self.out.offer_on(self.rows)
        buttons = (self.paper, self.save, self.book, self.book_first, self.register)
        for widget in (self.out.button, *buttons):
            self.add_to_header(widget)
        self.add(self._days())

        self._booking: BookingForm | None = None  # both are built when they are first asked for
        self._moving: MoveForm | None = None
        self._form_place = self.body.count()
        self.rows.listens = self._listens
        self.rows.chosen.connect(self._chosen)
        self.empty = EmptyState(_("Nobody is booked on this day."), _("Find a patient"))
        self.pages = QStackedWidget()
        self.pages.setAccessibleName(_("Visits of the day"))
        self.pages.addWidget(self.rows)
        self.pages.addWidget(self.empty)
        self.add(self.pages, 1)
        self.acts = self._acts()
        self.add(self.acts)

    @property
    def booking(self) -> BookingForm:
        """The form that books a patient."""
        if self._booking is None:
            from clinic_desk.ui.parts.day_booking import BookingForm  # after the first page

            self._booking = BookingForm(self._screen)
            self._booking.booked.connect(self.book_wanted)
            self._take_in(self._booking)
        return self._booking

    @property
    def moving(self) -> MoveForm:
        """The form that moves a booking."""
        if self._moving is None:
            from clinic_desk.ui.parts.day_booking import MoveForm  # as above

            self._moving = MoveForm()
            self._moving.moved.connect(self.move_wanted)
            self._take_in(self._moving)
        return self._moving

    def _take_in(self, form: BookingForm | MoveForm) -> None:
        form.left.connect(self.leave_forms)
        form.hide()
        self.body.insertWidget(self._form_place, form)

    def _forms(self) -> list[BookingForm | MoveForm]:
        return [form for form in (self._booking, self._moving) if form is not None]

    def _days(self) -> QWidget:
        held = QWidget()
        around = layout.column(held)
        around.setContentsMargins(tokens.L, 0, tokens.L, tokens.M)
        line = Flow(gap=tokens.S)
        around.addLayout(line)
        self.back = IconButton("chevron-left", _("The day before"))
        self.date = DateField(_("Day shown"), width=190)
        self.forth = IconButton("chevron-right", _("The day after"))
        self.to_today = Button(_("Today"), kind="link", hint="T")
        self.back.clicked.connect(lambda: self._step(-1))
        self.forth.clicked.connect(lambda: self._step(1))
        self.to_today.clicked.connect(self._to_today)
        self.date.changed.connect(self._picked)
        self.weekday = Label("", "quiet")
        self.weekday.setFixedHeight(theme.px(tokens.CONTROL))
        for widget in (self.back, self.date, self.forth, self.weekday, self.to_today):
            line.addWidget(widget)
        return held

    def _acts(self) -> QWidget:
        held = QWidget()
        around = layout.column(held)
        around.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        line = Flow(gap=tokens.S)
        around.addLayout(line)
        self.start = Button(_("Start visit"), "play", hint="S", compact=True)
        self.arrived = Button(_("Arrived"), "user-check", hint="A", compact=True)
        self.move_row = Button(_("Move"), "calendar", hint="M", compact=True)
        self.cancel = Button(_("Cancel"), "x", hint="C", compact=True)
        self.restore = Button(_("Take cancelling back"), "undo-2", hint="C", compact=True)
        # a letter presses a button that is on screen and can be pressed
        for button, act in (
            (self.start, self._start),
            (self.arrived, self._arrive),
            (self.move_row, self._move),
            (self.cancel, self._cancel),
            (self.restore, self._restore),
        ):
            button.clicked.connect(act)
            line.addWidget(button)
        self.rows.keys = {
            Qt.Key.Key_B: self.begin_booking,
            Qt.Key.Key_T: self._to_today,
            Qt.Key.Key_S: self.start.click,
            Qt.Key.Key_A: self.arrived.click,
            Qt.Key.Key_M: self.move_row.click,
            Qt.Key.Key_C: self._cancel_or_restore,
            Qt.Key.Key_Delete: self.cancel.click,
            Qt.Key.Key_Left: self.back.click,
            Qt.Key.Key_Right: self.forth.click,
        }
        return held

    def show_day(self, day: date, now: date, rows: tuple[DayRow, ...], registered: bool) -> None:
        """Show a day; the line chosen before stays chosen while the day is the same."""
        place = self.rows.currentIndex().row() if day == self.day else -1
        self.day, self.now = day, now
        self.date.set_day(day)
        self.weekday.setText(f"{day:%A}")
        self.to_today.setVisible(day != now)
        self.model.set_rows(rows)
        self.rows.choose(place if 0 <= place < len(rows) else self._first(rows))
        counts = [(text, sum(row.state == key for row in rows)) for key, text in COUNTED]
        parts = ", ".join(text.format(n=n) for text, n in counts if n)
        self.header.set(_("Visits"), f"{len(rows)}: {parts}" if rows else "")
        held = self.rows.hasFocus() or self.pages.hasFocus()
        self.pages.setCurrentWidget(self.rows if rows else self.empty)
        if held:  # the arrows go on to the next day also from an empty one
            (self.rows if rows else self.pages).setFocus()
        self.acts.setVisible(bool(rows) and not self._asks())
        for button in (self.paper, self.save):
            button.setEnabled(bool(rows))
        self.empty.sentence.setText(
            _("Nobody is booked on this day.") if registered else _("Nobody is registered yet.")
        )
        self.empty.button.setVisible(registered)
        self._chosen(self.rows.current())

    @staticmethod
    def _first(rows: tuple[DayRow, ...]) -> int:
        return next((place for place, row in enumerate(rows) if row.waits), 0)

    def offer(self, *, next_is_known: bool, registered: bool) -> None:
        """Which button of the header is the filled one of the moment."""
        self.register.setVisible(not registered)
        self.book.setVisible(next_is_known and registered)
        self.book_first.setVisible(not next_is_known and registered)

    def _asks(self) -> bool:
        return any(not form.isHidden() for form in self._forms())

    def asked(self) -> QAbstractButton | None:
        """The button of the form that stands open."""
        return next((form.act for form in self._forms() if not form.isHidden()), None)

    def _listens(self) -> bool:
        return self.isVisible() and not self._asks()

    def begin_booking(self) -> None:
        if not self.register.isHidden():
            return
        self.close_forms()
        self.acts.hide()
        self.booking.begin(self.day)
        self.asking.emit(True)

    def close_forms(self) -> None:
        """Give the room back to the lines."""
        for form in self._forms():
            form.hide()
        self.acts.setVisible(bool(self.model.rows()))
        self.asking.emit(False)

    def leave_forms(self) -> None:
        self.close_forms()
        self.rows.setFocus()

    def end_moving(self) -> None:
        """What was to be moved is moved, or is not asked about any more."""
        if self._moving is not None and not self._moving.isHidden():
            self.leave_forms()

    def set_scrolled(self, scrolled: bool) -> None:
        """Where the whole page scrolls, the lines keep a height to be read in."""
        self.rows.setMinimumHeight(theme.px(SCROLLED) if scrolled else 0)

    def show_problems(self, fields: dict[str, str]) -> list[str]:
        """Show beside the form that is open what is wrong; what has no place comes back."""
        for form in self._forms():
            if not form.isHidden():
                return form.show_problems(fields)
        return list(fields.values())

    def chosen(self) -> DayRow | None:
        row = self.rows.current()
        return row if isinstance(row, DayRow) else None

    def _chosen(self, _row: object) -> None:
        row = self.chosen()
        booked = row is not None and row.appointment_id is not None
        open_one = row is not None and row.waits
        cancelled = row is not None and row.state == "cancelled"
        self.start.setEnabled(row is not None and not cancelled)
        begun = row is not None and row.visit_id is not None
        self.start.setText(_("Open visit") if begun else _("Start visit"))
        here = row is not None and row.state == "arrived"
        self.arrived.setText(_("Not arrived") if here else _("Arrived"))
        for button in (self.arrived, self.move_row, self.cancel):
            button.setEnabled(booked and open_one)
        self.cancel.setVisible(not cancelled)
        self.restore.setVisible(cancelled)

    def _start(self) -> None:
        self.start_wanted.emit(self.chosen())

    def _arrive(self) -> None:
        self.arrive_wanted.emit(self.chosen())

    def _cancel(self) -> None:
        self.cancel_wanted.emit(self.chosen())

    def _restore(self) -> None:
        self.restore_wanted.emit(self.chosen())

    def _cancel_or_restore(self) -> None:
        (self.cancel if self.restore.isHidden() else self.restore).click()

    def _move(self) -> None:
        row = self.chosen()
        if row is not None:
            self.close_forms()
            self.acts.hide()
            self.moving.begin(row, self.day)
            self.asking.emit(True)

    def _step(self, days: int) -> None:
        self.day_wanted.emit(self.day + timedelta(days=days))

    def _to_today(self) -> None:
        self.day_wanted.emit(self.now)

    def _picked(self) -> None:
        day = self.date.day()
        if day is not None and day != self.day:
            self.day_wanted.emit(day)

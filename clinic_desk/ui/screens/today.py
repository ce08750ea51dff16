"""Today: who is next, the day list, and what needs the clinician."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import day_acts, layout, todo_acts
from clinic_desk.ui.parts.day_card import DayCard
from clinic_desk.ui.parts.day_next import NextCard
from clinic_desk.ui.parts.day_out import DayOut
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.half_typed import BOOKING, HalfTyped
from clinic_desk.ui.parts.list_out import ListOut, Read
from clinic_desk.ui.parts.todo_needs import COLUMNS, NeedsCard
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import appointments, today
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.day_list import DayRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.today import Need

if TYPE_CHECKING:
    from clinic_desk.usecases.form_drafts import Kept

NARROW, NARROWEST = 1120, 900  # widths in px under which something gives way
SIDE, SIDE_NARROW = 376, 276


class TodayScreen(Screen):
    """The first page of the day."""

    def __init__(self, desk: Desk | None, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._day: date | None = None  # another day than today
        self._nobody = False  # is registered yet
        self._book_on: date | None = None  # where a booking is gone on with
        self._half_typed = HalfTyped(self)
        self._half_typed.found.connect(self._go_on)
        self._focus_wanted = True
        self._ahead = False  # what `open` asks for is being read already
        self._seen = False  # a day was read and is shown
        if desk is not None:
            self._look_ahead()
        # from the outside in: a widget that is moved has all below it styled anew
        self.page = Scroller()
        layout.column(self).addWidget(self.page)
        whole = layout.row(spacing=tokens.L)
        self.page.column.addLayout(whole)
        self._left = layout.column(spacing=tokens.L)
        whole.addLayout(self._left, 1)
        self.side = Scroller(0)
        whole.addWidget(self.side)
        self.next_card = NextCard()
        self.next_card.patient.clicked.connect(self._open_next_patient)
        self.next_card.proceed.clicked.connect(self._proceed)
        self.next_card.flag_pressed.connect(self._open_next_flag)
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._done)
        self.doing.wrong.connect(self._wrong)
        self.out = DayOut(self)
        self.day = DayCard(self)
        self.day.day_wanted.connect(self._show_other)
        self.day.out.said.connect(self.said)
        self.day.rows.opened.connect(self._open_row)
        self.day.start_wanted.connect(self._start)
        self.day.arrive_wanted.connect(self._arrive)
        self.day.cancel_wanted.connect(self._cancel)
        self.day.restore_wanted.connect(self._restore)
        self.day.book_wanted.connect(self._book)
        self.day.move_wanted.connect(self._move)
        self.day.print_wanted.connect(self._print)
        self.day.save_wanted.connect(self._save)
        self.day.asking.connect(self._form_asks)
        self.day.register.clicked.connect(self._register)
        self.day.empty.pressed.connect(self._find)
        self.needs = NeedsCard()
        self.needs_out = ListOut(
            self, self.needs, "needs", _("Needs you"), lambda: COLUMNS, self._waits
        )
        self.needs_out.said.connect(self.said)
        self.needs.add_to_header(self.needs_out.button)
        self.needs.pressed.connect(self._open_need)
        self.needs.snoozed.connect(self._snooze)
        self.needs.all_requests_wanted.connect(self._open_requests)
        self.needs.all_tasks_wanted.connect(self._open_tasks)
        self.side.column.addWidget(self.needs)
        self.side.column.addStretch(1)
        self._left.addWidget(self.next_card)
        self._left.addWidget(self.day, 1)
        self.next_card.hide()

    def sit(self, desk: Desk, page: today.Today | None = None) -> None:
        """Somebody is at the desk now; `page` is what was read for them already."""
        self.desk = self.doing.desk = desk
        if page is None:
            self._look_ahead()
            return
        self._ahead = True
        self._show(page)

    def open(self, ref: Ref) -> None:
        self._day, self._focus_wanted = None, True
        now = self.desk.now().astimezone()
        self.heading_changed.emit(_("Today"), f"{now:%A} {written_day(now.date())}, {now:%H:%M}")
        if self._ahead:
            self._begin()
        else:
            self._look()
        self._ahead = False
        self._half_typed.look([(BOOKING, self.desk.actor.id)])

    def _go_on(self, found: "tuple[Kept, ...]") -> None:
        """A booking was left half typed: the form is open again, on the day that it is for."""
        day = date.fromisoformat(str(found[0].values["day"]))
        if day == self.day.day:
            self.day.begin_booking()
        elif day >= self.desk.today() and self.day.asked() is None:
            self._book_on = day
            self._show_other(day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps who is next and the button that goes on; in the narrowest, what
        needs the clinician stands below the day, and the page scrolls as one.
        """
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        self.side.setFixedWidth(theme.px(SIDE_NARROW if narrow else SIDE))
        self.next_card.born.setVisible(not narrow)
        one_column = self.width() < theme.px(NARROWEST)
        self.next_card.patient.setVisible(not one_column)
        if one_column != self.side.isHidden():
            self.side.setVisible(not one_column)
            self.day.set_scrolled(one_column)
            if one_column:
                self._left.addWidget(self.needs)
            else:
                self.side.column.insertWidget(0, self.needs)

    def _waits(self) -> Read:
        """What waits as it is chosen; where more is due than was read, all of it."""
        shown, chosen, desk, day = self.needs.shown(), self.needs.chosen(), self.desk, self._day
        if self.needs.whole:
            return lambda: shown
        return lambda: chosen(today.today(desk, day, today.ALL).needs)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.day.rows.handled(event):
            super().keyPressEvent(event)

    def primary(self) -> QAbstractButton:
        """While a form of the day is open it is that form's: Ctrl+Enter books or moves what is
        typed there, and starts nobody's visit.
        """
        asked = self.day.asked()
        if asked is not None:
            return asked
        if self.next_card.row is not None:
            return self.next_card.proceed
        return self.day.register if self._nobody else self.day.book_first

    def _form_asks(self, asks: bool) -> None:
        """Ctrl+Enter is written on the button that it presses."""
        for button in (self.next_card.proceed, self.day.book_first):
            button.set_kind("plain" if asks else "primary")
            button.set_hint("" if asks else "Ctrl+Enter")

    def leave(self) -> None:
        self.day.close_forms()

    # -- what is shown

    def _look_ahead(self) -> None:
        self._ahead = True
        self._look()

    def _look(self) -> None:
        day = self._day
        self.lanes.run(lambda: today.today(self.desk, day), self._show, replace_key="today")

    def _show(self, page: today.Today) -> None:
        self._seen = True
        self._nobody = not page.registered
        self.next_card.show_row(page.next_up, self.desk.today(), page.next_flag)
        self.day.offer(next_is_known=page.next_up is not None, registered=page.registered)
        self.day.show_day(page.day, page.now, page.visits, page.registered)
        self.needs.show_needs(page.needs, self.desk.actor.id, {"retest": page.retests})
        self._begin()
        if self._book_on == self.day.day:
            self.day.begin_booking()
        self._book_on = None

    def _begin(self) -> None:
        """The focus goes where work begins, once the day is on the screen."""
        if self._focus_wanted and self._seen and self.isVisible():
            self._focus_wanted = False
            self.take_focus(self.day.rows if self.day.model.rows() else self.primary())

    def _show_other(self, day: date) -> None:
        self._day = None if day == self.desk.today() else day
        self._look()

    # -- the day list

    def _open_row(self, row: object) -> None:
        if not isinstance(row, DayRow):
            return
        if row.visit_id is not None:
            self.open_requested.emit(Ref(Place.VISIT, row.visit_id))
        else:
            self.open_requested.emit(Ref(Place.PATIENT, row.patient_id))

    def _start(self, row: DayRow | None) -> None:
        if row is None:
            return
        if row.visit_id is not None or row.appointment_id is None:
            self._open_row(row)
            return
        one = row.appointment_id
        self.lanes.run(lambda: appointments.start(self.desk, one), self._started, self._refused)

    def _started(self, visit: UUID) -> None:
        self.open_requested.emit(Ref(Place.VISIT, visit))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
        self._look()

    def _arrive(self, row: DayRow | None) -> None:
        if row is not None and row.appointment_id is not None:
            here = row.state != "arrived"
            day_acts.arrive(self.doing, self.desk, row.appointment_id, arrived=here)

    def _cancel(self, row: DayRow | None) -> None:
        if row is not None and row.appointment_id is not None:
            day_acts.cancel(self.doing, self.desk, row.appointment_id)

    def _restore(self, row: DayRow | None) -> None:
        if row is not None and row.appointment_id is not None:
            day_acts.restore(self.doing, self.desk, row.appointment_id)

    def _book(self, booking: Booking) -> None:
        day_acts.book(self.doing, self.desk, booking)
        self.day.booking.draft.end()
        self.day.booking.begin(booking.day)  # a day is filled one after the other

    def _move(self, one: UUID, day: date, time: str) -> None:
        day_acts.move(self.doing, self.desk, one, day, time)

    def _done(self) -> None:
        """Something was done; what was moved is not asked about any more."""
        self.day.end_moving()
        self._look()

    def _wrong(self, fields: dict[str, str]) -> None:
        homeless = self.day.show_problems(fields)
        if homeless:
            self.said.emit(" ".join(homeless), "problem")

    def _print(self) -> None:
        self.out.print_day(self.day.day)

    def _save(self) -> None:
        self.out.save_day(self.day.day)

    # -- where to go

    def _open_need(self, need: Need) -> None:
        if need.todo_id is not None:
            todo_acts.done(self.doing, self.desk, need.todo_id)
        elif need.loop_id is not None:
            self.open_requested.emit(Ref(Place.LOOP, need.loop_id))
        elif need.kind == "letter_draft":
            self.open_requested.emit(Ref(Place.LETTER, need.case_id))
        elif need.kind == "contact_draft":
            self.open_requested.emit(Ref(Place.CONTACT_ENTRY, case=need.case_id))
        elif need.kind == "program_draft":
            self.open_requested.emit(Ref(Place.PROGRAM, need.case_id))
        elif need.contact_id is not None:
            self.open_requested.emit(Ref(Place.CONTACT_ENTRY, need.contact_id))
        elif need.visit_id is not None:
            place = Place.EVALUATION if need.kind == "red_flag" else Place.VISIT
            self.open_requested.emit(Ref(place, need.visit_id))
        else:
            self.open_requested.emit(Ref(Place.PATIENT, need.patient_id, case=need.case_id))

    def _snooze(self, need: Need, days: int) -> None:
        if need.todo_id is not None:
            todo_acts.snooze(self.doing, self.desk, need.todo_id, days)

    def _open_requests(self) -> None:
        self.open_requested.emit(Ref(Place.LOOPS))

    def _open_tasks(self) -> None:
        self.open_requested.emit(Ref(Place.TASKS))

    def _open_next_patient(self) -> None:
        row = self.next_card.row
        if row is not None:
            self.open_requested.emit(Ref(Place.PATIENT, row.patient_id, case=row.case_id))

    def _open_next_flag(self, visit: UUID | None) -> None:
        if visit is None:
            self._open_next_patient()
        else:
            self.open_requested.emit(Ref(Place.VISIT, visit))

    def _proceed(self) -> None:
        self._start(self.next_card.row)

    def _register(self) -> None:
        self.open_requested.emit(Ref(Place.NEW_PATIENT))

    def _find(self) -> None:
        self.open_requested.emit(Ref(Place.PATIENTS))

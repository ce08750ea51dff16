"""Putting a patient on the day list by typing a time and a part of the name; and moving one."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft
from clinic_desk.ui.parts.half_typed import BOOKING
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.part_dates import written_birth
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import appointments, patients
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.day_list import DayRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientRow

FIND_AFTER_MS = 60
SHOWN = 12


def patient_line(row: PatientRow) -> str:
    """ "EXAMPLE, Alex, 14 Jun 1991, CD-00412"."""
    name = f"{row.family_name.upper()}, {row.given_name}".rstrip(", ")
    return ", ".join(
        filter(None, (name, written_birth(row.birth_date, row.birth_part), row.number))
    )


class PatientChooser(QWidget):
    """Words that find a patient while typing, and the list of who was found.

    Up and Down in the words choose in the list; `entered` when Enter is pressed there.
    """

    entered = Signal()
    left = Signal()
    changed = Signal()

    def __init__(
        self, desk: Desk, lanes: Lanes, key: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._lanes, self._key = desk, lanes, key
        self._asked = ""
        self._chosen = ""  # who was chosen before, until the list is there again
        self.words = TextField(placeholder, placeholder=placeholder, icon="search")
        self.words.changed.connect(self._soon)
        self.words.installEventFilter(self)
        self.list = ComboBox(_("Patients found"))
        self.list.fill([], none=_("Nobody yet"))
        self.list.chosen.connect(self.changed)
        column = layout.column(self, tokens.XS)
        column.addWidget(self.words)
        column.addWidget(self.list)
        self.setFocusProxy(self.words)
        self._timer = QTimer(self, singleShot=True, interval=FIND_AFTER_MS)
        self._timer.timeout.connect(self.look)

    def value(self) -> UUID | None:
        held = self.list.value()
        return held if isinstance(held, UUID) else None

    def clear(self) -> None:
        self.words.set_value("")
        self._asked = self._chosen = ""
        self.list.fill([], none=_("Nobody yet"))

    def plain(self) -> object:
        """What is typed and who is chosen, for what keeps it."""
        chosen = self.value()
        return {"words": self.words.value(), "chosen": str(chosen or self._chosen)}

    def set_plain(self, value: object) -> None:
        """Show again what `plain` gave; the list follows."""
        held = value if isinstance(value, dict) else {}
        self.words.set_value(held.get("words"))
        self._chosen = str(held.get("chosen", ""))
        self.look()

    def settled(self) -> bool:
        """Whether the list is of the words as they stand."""
        return self._names() == self._asked

    def _names(self) -> str:
        return self.words.value().strip()

    def _soon(self) -> None:
        self._chosen = ""
        self._timer.start()
        self.changed.emit()

    def look(self) -> None:
        """Find again with the words as they are."""
        self._timer.stop()
        names = self._names()
        if not names:
            self._show((names, ()))
            return
        self._lanes.run(
            lambda: (names, patients.find(self._desk, names, SHOWN)),
            self._show,
            replace_key=self._key,
        )

    def _show(self, found: tuple[str, tuple[PatientRow, ...]]) -> None:
        self._asked, rows = found
        none = _("Nobody matches") if self._asked else _("Nobody yet")
        options = [(row.id, patient_line(row)) for row in rows]
        self.list.fill(options, none=None if options else none)
        again = [row.id for row in rows if str(row.id) == self._chosen]
        self._chosen = ""
        if again:
            self.list.set_value(again[0])
        self.changed.emit()

    def eventFilter(self, watched: object, event: object) -> bool:
        if (
            watched is self.words
            and isinstance(event, QKeyEvent)
            and event.type() == event.Type.KeyPress
        ):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                place = self.list.currentIndex() + step
                self.list.setCurrentIndex(min(self.list.count() - 1, max(0, place)))
                return True
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return False


class TimedChooser(PatientChooser):
    """The same, with a time before the name: "10:30 exam"."""

    def time(self) -> str:
        return appointments.read(self.words.value())[0]

    def _names(self) -> str:
        return appointments.read(self.words.value())[1]


class BookingForm(QWidget):
    """`booked` has a Booking; `left` when the person gives it up."""

    booked = Signal(object)
    left = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("booking")
        desk, lanes = self._desk, self._lanes = screen.desk, screen.lanes
        self._day = desk.today()
        self._wanted = False  # Enter was pressed before the lists had come
        self._cases_of: UUID | None = None  # whose cases are offered
        self._kind_said = False  # the person chose what it is for; else it follows who comes
        self.who = TimedChooser(desk, lanes, "booking", _("Time and name: 10:30 exam"))
        self.who.words.setObjectName("bookingWords")
        self.who.entered.connect(self._ask)
        self.who.left.connect(self._give_up)
        self.who.changed.connect(self._typed)
        self.kind = ComboBox()
        self.kind.fill(list(appointments.KINDS.items()))
        self.kind.activated.connect(self._say_kind)
        self.note = TextField()
        self.note.returnPressed.connect(self._ask)
        self.form = Form(2)
        self.form.add("patient_id", _("When and who"), self.who, span=2)
        self.case = ComboBox()
        self.case.setObjectName("bookingCase")
        self.of_case = self.form.add("case_id", _("Which case"), self.case, span=2)
        self.of_case.hide()
        self.who.list.currentIndexChanged.connect(self._look_cases)
        self.form.add("kind", _("What for"), self.kind)
        self.form.add("note", _("Note"), self.note)
        self.act = PrimaryButton(_("Book"), icon="check")
        self.act.setObjectName("bookButton")
        self.act.clicked.connect(self._ask)
        leave = Button(_("Close"), kind="link")
        leave.clicked.connect(self._give_up)
        fields = {"who": self.who, "kind": self.kind, "note": self.note}
        self.draft = FormDraft(screen, self, BOOKING, fields)
        self.draft.taken.connect(self._taken)
        column = layout.column(self, tokens.M)
        column.setContentsMargins(tokens.L, 0, tokens.L, tokens.M)
        column.addWidget(self.form)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.act)
        line.addWidget(leave)
        line.addStretch(1)
        column.addLayout(line)

    def begin(self, day: date) -> None:
        """Ask for another one on a day."""
        self._day, self._wanted, self._kind_said = day, False, False
        self.kind.set_value(appointments.FOLLOW_UP)
        self.who.clear()
        self.note.set_value("")
        self.form.clear_problems()
        self.draft.begin(self._desk.actor.id, Ref(Place.TODAY), day=day.isoformat())
        self.show()
        self.who.words.setFocus()

    def _taken(self) -> None:
        """What it is for stays as it was said."""
        self._kind_said = True

    def _give_up(self) -> None:
        """Also by Esc: a line is typed in a moment, and comes back by Undo."""
        self.draft.give_up()
        self.left.emit()

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        moved = {
            "patient_id" if key in ("time", "day") else key: text for key, text in fields.items()
        }
        return self.form.show_problems(moved)

    def _typed(self) -> None:
        if self._wanted and self.who.settled():
            self._ask()

    def _ask(self) -> None:
        if not self.who.settled():
            self._wanted = True
            self.who.look()
            return
        self._wanted = False
        time, who = self.who.time(), self.who.value()
        if time and who is not None and who != self._cases_of:
            self._wanted = True
            self._look_cases()
            return
        if not time or who is None:
            text = _("Begin with the time: 10:30.") if not time else _("Choose who comes.")
            self.form.show_problems({"patient_id": text})
            return
        self.form.clear_problems()
        kind = self.kind.value()
        wanted = kind if isinstance(kind, str) else appointments.FIRST
        case = self.case.value() if not self.of_case.isHidden() else None
        chosen = case if isinstance(case, UUID) else None
        self.booked.emit(Booking(self._day, time, who, wanted, self.note.value(), chosen))

    def _look_cases(self, _place: int = 0) -> None:
        """Ask which cases the chosen patient has."""
        who = self.who.value()
        if who == self._cases_of:
            return
        self._cases_of = None
        self.of_case.hide()
        if who is not None:
            self._lanes.run(
                lambda: (who, *self._of(who)),
                self._show_cases,
                replace_key="booking: cases",
            )

    def _of(self, who: UUID) -> tuple[tuple[tuple[UUID, str], ...], str]:
        choices = appointments.case_choices(self._desk, who)
        return choices, appointments.usual_kind(self._desk, who)

    def _say_kind(self, _place: int) -> None:
        self._kind_said = True

    def _show_cases(self, found: tuple[UUID, tuple[tuple[UUID, str], ...], str]) -> None:
        who, options, kind = found
        if who != self.who.value():
            return  # somebody else is chosen by now
        if not self._kind_said:
            self.kind.set_value(kind)
        self._cases_of = who
        self.case.fill(options)
        several = len(options) > 1
        self.of_case.setVisible(several)
        if self._wanted and several:
            self._wanted = False
            self.case.setFocus()  # the person says which; nothing is presumed
        elif self._wanted:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.case.hasFocus():
            self._ask()
            return
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return
        super().keyPressEvent(event)


class MoveForm(QWidget):
    """Another day or time for a line. `moved` has appointment, day and time."""

    moved = Signal(object, object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moving")
        self._row: DayRow | None = None
        self.day = DateField(_("Move to the day"))
        self.time = TextField(limit=8)
        self.time.setObjectName("moveTime")
        self.time.setMaximumWidth(theme.px(120))
        self.time.returnPressed.connect(self._ask)
        self.form = Form(2)
        self.form.add("day", _("Move to the day"), self.day)
        self.form.add("time", _("Time"), self.time)
        self.act = PrimaryButton(_("Move"), icon="check")
        self.act.setObjectName("moveButton")
        self.act.clicked.connect(self._ask)
        leave = Button(_("Close"), kind="link")
        leave.clicked.connect(self.left)
        column = layout.column(self, tokens.M)
        column.setContentsMargins(tokens.L, 0, tokens.L, tokens.M)
        column.addWidget(self.form)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.act)
        line.addWidget(leave)
        line.addStretch(1)
        column.addLayout(line)

    def begin(self, row: DayRow, day: date) -> None:
        self._row = row
        self.form.clear_problems()
        self.day.set_day(day)
        self.time.set_value(row.time)
        self.show()
        self.time.setFocus()
        self.time.selectAll()

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        return self.form.show_problems(fields)

    def _ask(self) -> None:
        day = self.day.day()
        if day is None:
            self.form.show_problems({"day": self.day.problem() or _("Say which day.")})
        elif self._row is not None and self._row.appointment_id is not None:
            self.form.clear_problems()
            self.moved.emit(self._row.appointment_id, day, self.time.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

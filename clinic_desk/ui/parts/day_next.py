"""Who is next: the card at the top of Today."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import day_words, layout
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Icon, Label, OneLine
from clinic_desk.ui.widgets.part_dates import written_birth
from clinic_desk.usecases import words
from clinic_desk.usecases.day_list import DayRow
from clinic_desk.usecases.today import NextFlag


def _when(row: DayRow) -> str:
    if row.state == "draft":
        return _("Unsigned, from")
    if row.state == "arrived" and row.arrived_at is not None:
        return _("Next, arrived {time}").format(time=f"{row.arrived_at.astimezone():%H:%M}")
    return _("Next, booked")


class NextCard(Card):
    """The patient to see now, with the button that begins or goes on. A red flag of theirs leads
    to the visit in which it fired.
    """

    flag_pressed = Signal(object)  # the visit's id, or None where no visit says it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.row: DayRow | None = None
        self.name = OneLine("", "title", least=90)
        self.born = Label("", "quiet")
        self.side = Icon("side-left", 16, "ink")
        self.case = OneLine("", "body")
        self.when = Label("", "caption")
        self.time = Label("", "number")
        self.patient = Button(_("Open patient"))
        self.proceed = PrimaryButton(_("Start visit"))
        when = layout.column(spacing=2)
        when.addWidget(self.when)
        when.addWidget(self.time)
        who = layout.column(spacing=tokens.XS)
        name = layout.row(spacing=tokens.M)
        name.addWidget(self.name)
        name.addWidget(self.born)
        name.addStretch(1)
        self.flag = Button("", "octagon", "flag", compact=True)
        self.flag.setObjectName("nextFlag")
        self.flag.clicked.connect(self._press_flag)
        self._flag_visit: UUID | None = None
        flag = layout.row(spacing=0)
        flag.addWidget(self.flag)
        flag.addStretch(1)
        case = layout.row(spacing=tokens.S)
        case.addWidget(self.side)
        case.addWidget(self.case, 1)
        who.addLayout(name)
        who.addLayout(case)
        who.addLayout(flag)
        self.flag.hide()
        line = layout.row(spacing=tokens.XL)
        line.addLayout(when)
        line.addLayout(who, 1)
        line.addWidget(self.patient)
        line.addWidget(self.proceed)
        self.body.addLayout(line)

    def show_row(self, row: DayRow | None, today: date, flag: NextFlag | None = None) -> None:
        """Show who is next; away where nobody is."""
        self.row = row
        self._show_flag(row, flag)
        self.setVisible(row is not None)
        if row is None:
            return
        self.when.setText(_when(row))
        self.time.setText(row.time)
        self.name.setText(row.patient)
        born = written_birth(row.birth_date, row.birth_part)
        age = words.age_range(row.birth_date, today, row.birth_part)
        self.born.setText(_("{born} ({age} y)").format(born=born, age=age) if age else born)
        self.side.setVisible(row.side is not None)
        if row.side is not None:
            self.side.set(f"side-{row.side}")
        said = (row.case_title, day_words.kind(row), row.note)
        self.case.setText(" ".join(f"{one}." for one in said if one))
        begun = row.visit_id is not None
        self.proceed.setText(_("Continue visit") if begun else _("Start visit"))

    def _show_flag(self, row: DayRow | None, flag: NextFlag | None) -> None:
        shown = row is not None and flag is not None
        self.flag.setVisible(shown)
        if row is None or flag is None:
            return
        self._flag_visit = flag.visit_id
        self.flag.setText(flag.text)
        self.flag.set_kind("flag" if flag.open else "plain")
        where = flag.visit_id is not None
        words = (
            _("{flag}. {who}: open the visit") if where else _("{flag}. {who}: open the patient")
        )
        self.flag.setAccessibleName(words.format(flag=flag.text, who=row.patient))

    def _press_flag(self) -> None:
        self.flag_pressed.emit(self._flag_visit)

"""The home program on the patient's page: what was prescribed, and how it was kept up."""

from datetime import date
from functools import cached_property
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.clinical.adherence import Day
from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.parts import late, layout
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.parts.home_trend import HomeTrend
from clinic_desk.ui.parts.returned_sheet import ReturnedSheetForm
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import adherence
from clinic_desk.usecases.adherence import HomeProgram, Summary
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_views import CaseRow


class HomeProgramCard(Card):
    """`sheet_asked` comes when a returned sheet is to be entered."""

    sheet_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Home program"), parent=parent)
        self.setObjectName("homeProgram")
        self.enter = Button(_("Enter returned sheet"), kind="link", compact=True)
        self.enter.setObjectName("enterSheet")
        self.enter.clicked.connect(self.sheet_asked)
        self.add_to_header(self.enter)
        self._facts = Facts()
        self.add(self._facts)
        self.trend = HomeTrend()
        self.add(self.trend)
        self.hide()

    def show_program(self, found: HomeProgram | None) -> None:
        """Show the newest program of a case; without one the card is not there."""
        self.setVisible(found is not None)
        if found is None:
            return
        self.enter.setVisible(found.blank is not None)
        day = found.prescribed_at.astimezone().date()
        dose = _("{n} exercises, {minutes} min").format(
            n=found.exercises, minutes=f"{found.minutes:.1f}"
        )
        rows = [
            (_("Program"), found.title),
            (_("Since"), written_day(day)),
            (_("Dose"), dose),
        ]
        if found.summary is not None:
            rows += _kept(found.summary)
        self._facts.show_facts(rows)
        self.trend.show_weeks(found.summary.weeks if found.summary else ())


def _kept(seen: Summary) -> list[tuple[str, str]]:
    whole, lately = seen.whole, seen.lately
    rows = []
    if whole.percent is not None:
        text = _("{n} of {of} sessions, {percent} %")
        said = text.format(n=whole.done, of=round(whole.asked), percent=whole.percent)
        rows.append((_("Kept up"), said))
    if lately.percent is not None and len(seen.weeks) > 1:
        rows.append((_("Last 7 days"), f"{lately.percent} %"))
    if whole.worst_pain is not None:
        rows.append((_("Worst pain"), _("{n} of 10").format(n=whole.worst_pain)))
    return rows


class HomeProgramPart(QObject):
    """The card, and the form to enter a sheet of the case in hand, which comes into `place`."""

    said = Signal(str, str)
    kept = Signal()  # a sheet, and with it what it answers

    def __init__(
        self, desk: Desk, lanes: Lanes, parent: QObject, holder: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._case: CaseRow | None = None
        self._found: HomeProgram | None = None
        self.place = layout.column()
        self.card = HomeProgramCard(holder)
        self.then: QWidget = self.card  # where Tab goes after the form
        self.card.sheet_asked.connect(self.begin)

    @cached_property
    def sheet(self) -> ReturnedSheetForm:
        """The form; made when it is first wanted."""
        form = ReturnedSheetForm()
        form.asked.connect(self._keep)
        form.cancelled.connect(self._leave)
        late.put(form, self.place, self.then)
        return form

    def _put_away(self) -> None:
        if "sheet" in self.__dict__:
            self.sheet.hide()

    def show_case(self, case: CaseRow | None) -> None:
        """Show another case, or the same one anew; a sheet half typed stays with its case."""
        same = case is not None and self._case is not None and case.id == self._case.id
        self._case = case
        if not same:
            self._put_away()
            self._show(None)
        if case is not None:
            self._lanes.run(
                lambda: adherence.home_program(self._desk, case.id),
                self._show,
                self._refused,
                replace_key="patient: program",
            )

    def _show(self, found: HomeProgram | None) -> None:
        self._found = found
        self.card.show_program(found)
        if self._case is None or self._case.closed_on is not None:
            self.card.enter.hide()

    @property
    def can_enter(self) -> bool:
        """Whether there is a sheet to enter."""
        return not self.card.isHidden() and not self.card.enter.isHidden()

    def begin(self) -> None:
        """Show the form for a returned sheet."""
        if self._found is not None and self._found.blank is not None:
            self.sheet.show()
            self.sheet.begin(self._found.blank)

    def _leave(self) -> None:
        self.sheet.hide()
        self.card.enter.setFocus()

    def _keep(self, first: date, days: tuple[Day, ...]) -> None:
        if self._found is not None and self._found.blank is not None:
            program = self._found.blank.program_id
            self._lanes.run(
                lambda: adherence.record(self._desk, program, first, days),
                self._kept,
                self._refused,
            )

    def _kept(self, _id: UUID) -> None:
        self.said.emit(_("The sheet is kept."), "done")
        self.sheet.hide()
        self.show_case(self._case)
        self.kept.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.sheet.show_problems(error.fields)
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error

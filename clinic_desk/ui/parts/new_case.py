"""Opening a case on the patient's page: the form, which comes where it is wanted, and its act."""

from collections.abc import Sequence
from functools import cached_property, partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.parts import late
from clinic_desk.ui.parts.case_form import CaseForm
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.usecases import cases

NEW_CASE = "case"  # as what is half typed in the form is kept


class NewCasePart(QObject):
    """`opened` has the new case. `turned` when the form came or went."""

    opened = Signal(object)
    turned = Signal()

    def __init__(self, screen: Screen, doing: Doing, place: QBoxLayout, then: QWidget) -> None:
        super().__init__(screen)
        self._screen, self._doing, self._place, self._then = screen, doing, place, then
        self._patient: UUID | None = None
        self._regions: Sequence[tuple[str, str]] = ()

    @cached_property
    def form(self) -> CaseForm:
        """What opens a case; made when it is first wanted."""
        form = CaseForm(self._screen, self._screen.desk.today())
        form.asked.connect(self._open)
        form.cancelled.connect(self._give_up)
        form.offer(self._regions)
        late.put(form, self._place, self._then)
        return form

    @property
    def asks(self) -> bool:
        return "form" in self.__dict__ and not self.form.isHidden()

    def read_regions(self) -> None:
        """What an evaluation is there for, asked for again."""
        desk = self._screen.desk
        self._screen.lanes.run(lambda: cases.regions(desk), self._offer, replace_key="regions")

    def _offer(self, regions: Sequence[tuple[str, str]]) -> None:
        self._regions = regions
        if "form" in self.__dict__:
            self.form.offer(regions)

    def ask(self, patient: UUID, first: bool) -> None:
        """Show the form for a patient; the `first` case cannot be put off."""
        self._patient = patient
        self.form.clear()
        self.form.draft.begin(patient, Ref(Place.PATIENT, patient))
        self.form.cancel.setVisible(not first)
        self.form.show()
        self.turned.emit()
        self.form.complaint.setFocus()

    def put_away(self) -> None:
        """The form is not wanted here; what is typed in it waits."""
        if self.asks:
            self.form.hide()
        self.turned.emit()

    def _give_up(self) -> None:
        self.form.draft.give_up()
        self._then.setFocus()
        self.put_away()

    def _open(self) -> None:
        patient, details = self._patient, self.form.details()
        if patient is not None:
            act = partial(cases.open_case, self._screen.desk, patient, details)
            words = _("Case opened. Next: start the visit.")
            self._doing.do(act, words, self._opened, self._refused)

    def _opened(self, case: UUID) -> None:
        self.form.draft.end()
        self.put_away()
        self.opened.emit(case)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = self.form.form.show_problems(error.fields)
            if homeless:
                self._screen.said.emit("; ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self._screen.said.emit(str(error), "problem")
        else:
            raise error

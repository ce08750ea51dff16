"""What the next stage of the home program asks for, on the patient's page."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.home_program import HomeProgramPart
from clinic_desk.ui.parts.progress_card import ProgressPart
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.usecases import home_kept, stage_gates, visits
from clinic_desk.usecases.patient_views import CaseRow
from clinic_desk.usecases.stage_gates import MET, NOT_MET, StageGate, StageGates

# state: icon, colour, words
_STATES = {
    MET: ("circle-check", "good", _("met")),
    NOT_MET: ("circle-x", "caution", _("not met")),
    stage_gates.NOT_ASKED: ("circle-dashed", "ink3", _("not asked yet")),
}
FROM_SHEET = (home_kept.PERCENT, home_kept.PAIN)


class StageGatesCard(Card):
    """`asked` has the question that settles the criterion whose button was pressed."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Next stage"), parent=parent)
        self.setObjectName("stageGates")
        self._rows: list[QWidget] = []
        self.buttons: list[Button] = []

    def show_gates(self, found: StageGates, sheets: bool) -> None:
        """Show the gates of a case; `sheets` says whether a returned sheet can be entered."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.buttons = [], []
        said = _("{met} of {all} met").format(met=found.count(MET), all=len(found.gates))
        self.header.set(_("Next stage"), said if found.gates else "")
        if found.next:
            name = Label(found.next, "strong", wrap=True)
            name.setToolTip(_("Now: {name}").format(name=found.now))
            self._put(name)
        for why in found.waits:
            self._put(self._line("hourglass", "caution", why, "")[0])
        for one in found.gates:
            self._put(self._gate(one, sheets))

    def _put(self, row: QWidget) -> None:
        self.add(row)
        self._rows.append(row)

    def _gate(self, one: StageGate, sheets: bool) -> QWidget:
        criterion = one.criterion
        icon, role, state = _STATES[criterion.state]
        working = _("working value") if criterion.working else ""
        detail = ", ".join(part for part in (state, criterion.detail, working) if part)
        held, line = self._line(icon, role, criterion.text, detail)
        held.setToolTip(criterion.source)
        from_sheet = one.item in FROM_SHEET
        if one.item and (sheets or not from_sheet):
            words = _("Enter sheet") if from_sheet else _("Test again")
            if criterion.state != NOT_MET and not from_sheet:
                words = _("Ask or test")
            name = _("{act}: {what}").format(act=words, what=criterion.text)
            button = Button(words, kind="link", compact=True, name=name)
            opens = _("Opens the returned sheet") if from_sheet else _("Opens its question")
            button.setToolTip(opens)
            button.clicked.connect(partial(self.asked.emit, one.item))
            self.buttons.append(button)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return held

    @staticmethod
    def _line(icon: str, role: str, text: str, detail: str) -> tuple[QWidget, QHBoxLayout]:
        held = QWidget()
        held.setAccessibleName(f"{text}: {detail}" if detail else text)
        line = layout.row(held, tokens.S)
        line.addWidget(Icon(icon, 16, role), 0, Qt.AlignmentFlag.AlignTop)
        words = layout.column(spacing=0)
        words.addWidget(Label(text, "medium", wrap=True))
        if detail:
            words.addWidget(Label(detail, "caption", wrap=True))
        line.addLayout(words, 1)
        return held, line


class StageGatesPart(QObject):
    """The card with its work; made when there is something to show, so that no page waits for it.
    It stands below the progress, with which it is read; `home` is where a sheet is entered.
    """

    def __init__(self, screen: Screen, progress: ProgressPart, home: HomeProgramPart) -> None:
        super().__init__(screen)
        self._screen, self._progress, self._home = screen, progress, home
        self._case: UUID | None = None
        self.card: StageGatesCard | None = None
        progress.gates_read.connect(self._show)
        home.kept.connect(self._look)

    def show_case(self, case: CaseRow | None) -> None:
        """Show another case, or the same one anew; a case that is over has no next stage."""
        wanted = case is not None and not case.hidden and case.closed_on is None
        before, self._case = self._case, case.id if case is not None and wanted else None
        if before != self._case:
            self._show(self._case, None)

    def _look(self) -> None:
        case, desk = self._case, self._screen.desk
        if case is not None:
            self._screen.lanes.run(
                lambda: (case, stage_gates.of_case(desk, case)),
                self._looked,
                self._refused,
                replace_key="patient: gates",
            )

    def _looked(self, answer: tuple[UUID, StageGates | None]) -> None:
        self._show(*answer)

    def _show(self, case: UUID | None, found: StageGates | None) -> None:
        if case != self._case or (found is None and self.card is None):
            return
        if self.card is None:
            self.card = StageGatesCard(self._screen)
            self.card.asked.connect(self._open)
            self._progress.stand_below(self.card)
        there = found is not None and bool(found.gates or found.waits)
        self.card.setVisible(there)
        if found is not None and there:
            self.card.show_gates(found, self._home.can_enter)
        self._progress.settle()

    def _open(self, item: str) -> None:
        """Where the question is asked: the sheet, or the visit that is open, else a new one."""
        case, desk = self._case, self._screen.desk
        if item in FROM_SHEET:
            self._home.begin()
        elif case is not None:
            self._screen.lanes.run(
                lambda: Ref(Place.EVALUATION, visits.start(desk, case), extra=item),
                self._opened,
                self._refused,
            )

    def _opened(self, ref: Ref) -> None:
        self._screen.open_requested.emit(ref)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._screen.said.emit(f"{error} {error.hint}".strip(), "problem")

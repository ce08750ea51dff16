"""Before it goes: what is wrong, with a jump to what mends it; and what was checked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.ui.widgets.texts import OWN_ENTER, TextField, mark_wrong
from clinic_desk.usecases.letters import Problem

# what is checked, by the names of the checks in `usecases.preflight`
CHECKS: tuple[tuple[str, frozenset[str]], ...] = (
    (_("Addressee with an address"), frozenset({"recipient", "address", "place", "role"})),
    (_("Every ticked part has text"), frozenset({"empty", "question", "length"})),
    (_("No gap is left open"), frozenset({"gap"})),
    (_("Left and right agree"), frozenset({"side"})),
    (_("Red flags are dealt with"), frozenset({"flag", "emergency"})),
    (_("The evaluation is signed"), frozenset({"visit", "evaluation", "cosign"})),
    (_("It says what the record says"), frozenset({"older", "side_case"})),
    (_("Identity on every page"), frozenset({"birth_date", "identity"})),
    (_("Consent"), frozenset({"consent", "contact", "reminders"})),
    (_("Dates can be"), frozenset({"see_by", "onset", "date"})),
    (_("Enclosures agree with the text"), frozenset({"enclosure"})),
    (_("Every sign can be printed"), frozenset({"sign"})),
)


class Reason(QWidget):
    """Asks for the reason to go in spite of a check."""

    given = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TextField(_("Reason to go in spite of it"), placeholder=_("Your reason"))
        self.field.setObjectName("overrideReason")
        self.field.setProperty(OWN_ENTER, True)
        self.field.returnPressed.connect(self._give)
        self.keep = Button(_("Set aside"), compact=True)
        self.keep.setObjectName("keepReason")
        self.keep.clicked.connect(self._give)
        line = layout.row(self, tokens.S)
        line.addWidget(self.field, 1)
        line.addWidget(self.keep)

    def _give(self) -> None:
        reason = " ".join(self.field.value().split())
        if reason:
            self.given.emit(reason)
        else:
            mark_wrong(self.field, True)
            self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)


class Checks(Card):
    """The list. `jumped` names the field to go to and the check; `set_aside` a check and the
    reason to go in spite of it, empty to take it back.
    """

    jumped = Signal(str, str)
    set_aside = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before it goes"), parent=parent, spacing=tokens.S)
        self.setObjectName("letterChecks")
        self.body.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self.state = Chip("")
        self.add_to_header(self.state)
        self.first = Button(_("Go to the first"), "arrow-right", compact=True)
        self.first.setObjectName("firstProblem")
        self.first.clicked.connect(self._jump)
        self.add_to_header(self.first)
        self.first.hide()
        self._problems = QWidget()
        self._column = layout.column(self._problems, tokens.XS)
        self._passed = QWidget()
        self._grid = QGridLayout(self._passed)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.XS)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.add(self._problems)
        self.add(self._passed)
        self._shown: list[QWidget] = []
        self._said: tuple[object, ...] = ()
        self._reason: Reason | None = None

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """The newest result; nothing moves while it is the same."""
        said = tuple(problems)
        if said == self._said:
            return
        self._said, self._reason = said, None
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        self._shown = []
        blocking = [one for one in problems if one.blocking]
        for one in problems:
            self._add_problem(one)
        wrong = {one.check.partition(":")[0] for one in problems}
        passed = [text for text, fields in CHECKS if not fields & wrong]
        for place, text in enumerate(passed):
            row = _said("circle-check", "good", text)
            self._grid.addWidget(row, place // 2, place % 2)
            self._shown.append(row)
        self._problems.setVisible(bool(problems))
        self._lead_to(next((one for one in blocking if one.field), None))
        self._say(len(blocking), len(problems), len(passed))

    def _lead_to(self, one: Problem | None) -> None:
        """The one next step while anything stops the letter."""
        self.first.setVisible(one is not None)
        if one is not None:
            self.first.setAccessibleDescription(one.text)
            self.first.setProperty("field", one.field)
            self.first.setProperty("check", one.check)

    def _say(self, blocking: int, problems: int, passed: int) -> None:
        if blocking:
            words = ngettext("{n} stops it", "{n} stop it", blocking).format(n=blocking)
            self.state.set(words, "flag", "circle-x")
        elif problems:
            words = ngettext("{n} to look at", "{n} to look at", problems).format(n=problems)
            self.state.set(words, "caution")
        else:
            words = ngettext("{n} check passed", "{n} checks passed", passed).format(n=passed)
            self.state.set(words, "good")

    def _add_problem(self, one: Problem) -> None:
        icon, role = ("circle-x", "flag") if one.blocking else ("triangle-alert", "caution")
        words = one.text
        if one.waived:
            icon, role = "pen-line", "ink2"
            words = _("{problem} Set aside: {reason}").format(problem=one.text, reason=one.waived)
        row = _said(icon, role, words)
        row.setProperty("blocking", one.blocking)
        held = row.layout()
        if held is None:
            return
        if one.waived:
            held.addWidget(self._button(one, _("Take back"), self._take_back))
        elif one.waivable:
            held.addWidget(self._button(one, _("Set aside"), self._ask_reason))
        if one.field:
            held.addWidget(self._button(one, _("Go there"), self._jump))
        self._column.addWidget(row)
        self._shown.append(row)

    def _button(self, one: Problem, words: str, act: Callable[[], None]) -> Button:
        name = _("{act}: {problem}").format(act=words, problem=one.text)
        button = Button(words, kind="link", compact=True, name=name)
        button.setProperty("field", one.field)
        button.setProperty("check", one.check)
        button.clicked.connect(act)
        return button

    def _jump(self) -> None:
        asked = self.sender()
        self.jumped.emit(asked.property("field"), asked.property("check"))

    def _take_back(self) -> None:
        self.set_aside.emit(self.sender().property("check"), "")

    def _ask_reason(self) -> None:
        """The field for the reason, under the problem that it is for."""
        asked = self.sender()
        row = asked.parentWidget() if isinstance(asked, QWidget) else None
        if row is None:
            return
        self._close_reason()
        self._reason = Reason()
        self._reason.setProperty("check", asked.property("check"))
        self._reason.given.connect(self._give_reason)
        self._reason.cancelled.connect(self._close_reason)
        self._column.insertWidget(self._column.indexOf(row) + 1, self._reason)
        self._shown.append(self._reason)
        self._reason.show()
        self._reason.field.setFocus()

    def _give_reason(self, reason: str) -> None:
        if self._reason is not None:
            self.set_aside.emit(self._reason.property("check"), reason)

    def _close_reason(self) -> None:
        if self._reason is not None:
            self._shown.remove(self._reason)
            self._column.removeWidget(self._reason)
            self._reason.hide()
            self._reason.deleteLater()
            self._reason = None


def _said(icon: str, role: str, words: str) -> QWidget:
    row = QWidget()
    line = layout.row(row, tokens.S)
    line.addWidget(Icon(icon, 16, role))
    line.addWidget(Label(words, "body", wrap=True), 1)
    row.setAccessibleName(words)
    return row

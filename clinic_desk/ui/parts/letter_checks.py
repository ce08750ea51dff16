"""Before it goes: what is wrong, with a jump to what mends it; and what was checked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.usecases.letters import Part, Problem

# what is checked, and the fields whose problems speak against it; PARTS stands for every part
PARTS = "*"
CHECKS: tuple[tuple[str, frozenset[str]], ...] = (
    (_("Addressee with an address"), frozenset({"recipient"})),
    (_("Every ticked part has text"), frozenset({PARTS})),
    (_("Left and right agree"), frozenset({"side", PARTS})),
    (_("Red flags are dealt with"), frozenset({"red_flags"})),
    (_("The evaluation is signed"), frozenset({"visit"})),
    (_("Identity and consent"), frozenset({"patient", "consent"})),
    (_("Dates lie ahead"), frozenset({"see_by"})),
)


class Checks(Card):
    """The list. `jumped` names the field to go to."""

    jumped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before it goes"), parent=parent, spacing=tokens.S)
        self.setObjectName("letterChecks")
        self.body.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self.state = Chip("")
        self.add_to_header(self.state)
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

    def show_problems(self, problems: Sequence[Problem], parts: Sequence[Part]) -> None:
        """The newest result; nothing moves while it is the same."""
        said = (*problems, *(part.id for part in parts))
        if said == self._said:
            return
        self._said = said
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        self._shown = []
        blocking = [one for one in problems if one.blocking]
        for one in problems:
            self._add_problem(one)
        names = {part.id for part in parts} - {"red_flags"}
        wrong = {PARTS if one.field in names else one.field for one in problems}
        passed = [text for text, fields in CHECKS if not fields & wrong]
        for place, text in enumerate(passed):
            row = _said("circle-check", "good", text)
            self._grid.addWidget(row, place // 2, place % 2)
            self._shown.append(row)
        self._problems.setVisible(bool(problems))
        self._say(len(blocking), len(problems), len(passed))

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
        row = _said(icon, role, one.text)
        row.setProperty("blocking", one.blocking)
        if one.field:
            jump = Button(
                _("Go there"), kind="link", compact=True, name=_("Go to: {t}").format(t=one.text)
            )
            jump.setProperty("field", one.field)
            jump.clicked.connect(self._jump)
            held = row.layout()
            if held is not None:
                held.addWidget(jump)
        self._column.addWidget(row)
        self._shown.append(row)

    def _jump(self) -> None:
        self.jumped.emit(self.sender().property("field"))


def _said(icon: str, role: str, words: str) -> QWidget:
    row = QWidget()
    line = layout.row(row, tokens.S)
    line.addWidget(Icon(icon, 16, role))
    line.addWidget(Label(words, "body", wrap=True), 1)
    row.setAccessibleName(words)
    return row

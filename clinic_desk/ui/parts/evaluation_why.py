"""Why a finding stands, unfolded under its card: the words of `evaluate --explain`."""

from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.clinical.findings import Truth
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.usecases.explained import Explained, Line, Part

LONG = 14  # lines of a part that starts folded
DEPTH = 12  # px that a clause stands in from the one it belongs to
MARKS = {
    Truth.TRUE: ("check", "good", _("Holds")),
    Truth.FALSE: ("x", "ink3", _("Does not hold")),
    Truth.UNKNOWN: ("circle-help", "ink2", _("Not known yet")),
}


class WhyPanel(QFrame):
    """One finding explained; each part folds by its title."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"why:{name}")
        self.setProperty("surface", "card")
        self._column = layout.column(self, tokens.XS, tokens.M)
        self._parts: list[QWidget] = []
        self._shown: Explained | None = None
        self._open: dict[str, bool] = {}  # as the person left each part

    def show_for(self, text: Explained) -> None:
        """Show this explanation; parts stay folded or open as they were left."""
        if text == self._shown:
            return
        self._shown = text
        for widget in self._parts:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._parts = []
        self.setAccessibleName(_("Why: {title}").format(title=text.title))
        self._add(Label(text.result, "medium", wrap=True))
        for part in text.parts:
            self._add_part(part)
        for source in text.sources:
            self._add(Label(source, "caption", wrap=True))
        if text.working:
            self._add(Label(text.working, "caution", wrap=True))

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        self._parts.append(widget)

    def _add_part(self, part: Part) -> None:
        head = Button(part.title, "chevron-down", "quiet", compact=True)
        head.setObjectName(f"whyPart:{part.id}")
        body = QWidget()
        column = layout.column(body, 2)
        column.setContentsMargins(tokens.XS, 0, 0, tokens.XS)
        self._add(head)
        self._add(body)

        def unfold(on: bool) -> None:
            self._open[part.id] = on
            if on and not column.count():
                for line in part.lines:
                    column.addWidget(_row(line))
            body.setVisible(on)
            head.set_icon("chevron-down" if on else "chevron-right")
            state = _("unfolded") if on else _("folded")
            head.setAccessibleName(f"{part.title}, {state}")

        head.clicked.connect(lambda: unfold(body.isHidden()))
        unfold(self._open.get(part.id, len(part.lines) <= LONG))


def _row(line: Line) -> QWidget:
    holder = QWidget()
    row = layout.row(holder, tokens.XS + 2)
    row.setContentsMargins(theme.px(DEPTH * min(line.depth, 6)), 0, 0, 0)
    words = Label(line.text, "caption", wrap=True)
    if line.mark is not None:
        icon, role, said = MARKS[line.mark]
        sign = Icon(icon, 13, role)
        sign.setAccessibleName(said)
        sign.setToolTip(said)
        words.setAccessibleName(f"{said}: {line.text}")
        row.addWidget(sign, 0)
    row.addWidget(words, 1)
    return holder

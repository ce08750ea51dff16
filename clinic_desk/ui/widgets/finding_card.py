"""A finding as a card: suggested (dashed violet, lamp, reasons) or decided (teal bar, tick, name).

Only the clinician's click or key turns one into the other; the card itself never does.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.labels import Label

MARKED_MS = 2000


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason; `points` of `of` are drawn as dots, or none where it has no weight."""

    text: str
    points: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the card shows. `state`: suggested | decided | open (nothing is suggested) | note
    (nothing is to be decided).

    `actions`: (key, label).
    """

    title: str
    state: str = "suggested"
    aside: str = ""  # "High confidence, 11 of 12"; for decided "Dana Demo, 10:36"
    reasons: tuple[ReasonRow, ...] = ()
    note: str = ""  # cap applied, what was not asked
    actions: tuple[tuple[str, str], ...] = ()


class Dots(QWidget):
    """Points as filled dots among the possible ones."""

    def __init__(self, points: int, of: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points, self.of = points, max(of, points)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = _("{points} of {of} points").format(points=points, of=self.of)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(11) * max(self.of, 3) + 1, theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.px(8)
        for place in range(self.of):
            dot = paint.square(self.rect(), size, place * theme.px(11) + 1)
            fill = "suggest" if place < self.points else None
            paint.box(painter, dot, size / 2, fill, "suggest")
        painter.end()


class FindingCard(QWidget):
    """`show_for(view)` updates in place without moving the focus; `acted(key)` on a button."""

    acted = Signal(str)

    def __init__(self, view: FindingView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._marked = False
        self._view: FindingView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.L - 2, tokens.M - 2, tokens.M, tokens.M)
        column.setSpacing(tokens.S)
        top = QHBoxLayout()
        self._chip = Chip("", "suggested")
        self._aside = Label("", "caption", wrap=False)
        top.addWidget(self._chip)
        top.addStretch(1)
        top.addWidget(self._aside)
        column.addLayout(top)
        self.title = Label("", "strong", wrap=True)
        column.addWidget(self.title)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(3)
        column.addLayout(self._reasons)
        self._note = Label("", "caption", wrap=True)
        column.addWidget(self._note)
        self._holder = QWidget()
        self._row = Flow(self._holder)
        column.addWidget(self._holder)
        self.buttons: list[Button] = []
        self._held: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._unmark)
        self.show_for(view)

    def show_for(self, view: FindingView) -> None:
        """Show a finding; a change after the first is marked for two seconds."""
        before = self._view
        if view == before:
            return
        self._view = view
        word, kind = {
            "decided": (_("Decided"), "decided"),
            "open": (_("Open"), "neutral"),
            "note": (_("Note"), "neutral"),
        }.get(view.state, (_("Suggested"), "suggested"))
        self._chip.set(word, kind)
        self._aside.setText(view.aside)
        self.title.setText(view.title)
        self.setAccessibleName(f"{self._chip.text}: {view.title}")
        if before is None or before.reasons != view.reasons:
            self._show_reasons(view.reasons)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        if before is None or before.actions != view.actions or before.state != view.state:
            self._show_actions(view)
        if before is not None:
            self._marked = True
            self._timer.start(MARKED_MS)
        self.updateGeometry()
        self.update()

    @property
    def marked(self) -> bool:
        """Whether it changed within the last two seconds."""
        return self._marked

    def _unmark(self) -> None:
        self._marked = False
        self.update()

    def _show_reasons(self, reasons: tuple[ReasonRow, ...]) -> None:
        for widget in self._held:
            self._reasons.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._held = []
        if any(reason.points is not None for reason in reasons):
            self._held.append(_line(Label(_("Because"), "label"), Label(_("points"), "label")))
        for reason in reasons:
            words = Label(reason.text, "body", wrap=True)
            dots = None
            if reason.points is not None:
                dots = Dots(reason.points, reason.of or reason.points)
            self._held.append(_line(words, dots))
        for widget in self._held:
            self._reasons.addWidget(widget)

    def _show_actions(self, view: FindingView) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for place, (key, label) in enumerate(view.actions):
            suggested = place == 0 and view.state == "suggested"
            button = Button(label, kind="suggest" if suggested else "plain", compact=True)
            button.setObjectName(f"finding:{key}")
            button.clicked.connect(self._pressed)
            self._row.addWidget(button)
            self.buttons.append(button)
        self._holder.setVisible(bool(view.actions))

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.acted.emit(button.objectName().removeprefix("finding:"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        decided = self._view is not None and self._view.state == "decided"
        if decided:
            paint.box(painter, area, theme.px(tokens.R_SMALL), "surface", "line")
            painter.fillRect(QRectF(0, 0, theme.px(4), area.height()), theme.colour("primary"))
        elif self._view is not None and self._view.state in ("open", "note"):
            paint.box(painter, area, theme.px(tokens.R_CONTROL), "surface", "line")
        else:
            paint.box(
                painter, area, theme.px(tokens.R_CONTROL), "suggest_tint", "suggest_line", 1, True
            )
        if self._marked:
            bar = QRectF(area.right() - theme.px(4), 0, theme.px(4), area.height())
            painter.fillRect(bar, theme.colour("primary" if decided else "suggest_line"))
        painter.end()


def _line(words: QWidget, end: QWidget | None) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.S)
    row.addWidget(words, 1)
    if end is not None:
        row.addWidget(end)
    return holder

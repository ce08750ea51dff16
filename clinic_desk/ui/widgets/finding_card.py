"""A finding as a card: suggested (dashed violet, lamp, reasons) or decided (teal bar, tick, name).

Only the clinician's click or key turns one into the other; the card itself never does.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button, LinkButton
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.kept_column import KeptColumn
from clinic_desk.ui.widgets.labels import Label

MARKED_MS = 2000
MARK = 4  # px of the bar that says that it changed
SMALL = ("note", "advice")


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
    missing: str = ""  # what was not asked, by name
    history: tuple[str, ...] = ()  # what was suggested and decided before


class Dots(QWidget):
    """Points as filled dots among the possible ones."""

    def __init__(self, points: int, of: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(points, of)

    def set(self, points: int, of: int) -> None:
        """Show other points."""
        self.points, self.of = points, max(of, points)
        self.updateGeometry()
        self.update()
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
    """Blank at first; `show_for(view)` updates in place without moving the focus; `acted(key)`
    on a button.
    """

    acted = Signal(str)
    asked = Signal(str)

    def __init__(self, view: FindingView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._marked = self._small = False
        self._view: FindingView | None = None
        column = KeptColumn(self)
        column.setContentsMargins(tokens.L - 2, tokens.M - 2, tokens.M, tokens.M)
        column.setSpacing(tokens.S)
        top = QHBoxLayout()
        top.setSpacing(tokens.S)
        self._chip = Chip("", "suggested")
        self._aside = Label("", "caption", wrap=False)
        top.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self._top, self._whole = top, column
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
        self._missing = Label("", "caption", wrap=True)
        column.addWidget(self._missing)
        self.settle = LinkButton("", icon="arrow-right")
        self.settle.setObjectName("settle")
        self.settle.clicked.connect(self._settle_pressed)
        self.settle.hide()
        column.addWidget(self.settle, 0, Qt.AlignmentFlag.AlignLeft)
        self._history = Label("", "caption", wrap=True)
        column.addWidget(self._history)
        self._holder = QWidget()
        self._row = Flow(self._holder)
        column.addWidget(self._holder)
        self.buttons: list[Button] = []
        self._by_key: dict[str, Button] = {}
        self._held: list[_Line] = []
        self._because: QWidget | None = None
        self._hint = ""
        self._settles = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._unmark)
        if view is not None:
            self.show_for(view)

    def begin_anew(self) -> None:
        """What is shown next counts as new, not as changed."""
        self._timer.stop()
        self._view, self._marked = None, False

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
            "advice": (_("Advice"), "neutral"),
        }.get(view.state, (_("Suggested"), "suggested"))
        self._chip.set(word, kind)
        self._aside.setText(view.aside)
        self.title.setText(view.title)
        self._place_title(small=view.state in SMALL and not view.aside and not view.reasons)
        self.setAccessibleName(f"{self._chip.text}: {view.title}")
        if before is None or before.reasons != view.reasons:
            self._show_reasons(view.reasons)
        for label, text in (
            (self._note, view.note),
            (self._missing, view.missing),
            (self._history, "\n".join(view.history)),
        ):
            if before is None or label.text() != text:
                label.setText(text)
                label.setVisible(bool(text))
        if before is None or before.actions != view.actions or before.state != view.state:
            self._show_actions(view)
        if before is not None:
            self._marked = True
            self._timer.start(MARKED_MS)
        self.updateGeometry()
        if before is not None and before.state == view.state:
            self._update_mark()  # what else changed asks for itself
        else:
            self.update()

    def _update_mark(self) -> None:
        wide = theme.px(MARK) + 1
        self.update(self.width() - wide, 0, wide, self.height())

    def _place_title(self, small: bool) -> None:
        """What decides nothing stays small: its title stands beside the chip, in plain weight."""
        if small is self._small:
            return
        self._small = small
        (self._whole if small else self._top).removeWidget(self.title)
        self.title.set_type("medium" if small else "strong")
        if small:
            self._top.insertWidget(1, self.title, 100)
        else:
            self._whole.insertWidget(1, self.title)

    @property
    def marked(self) -> bool:
        """Whether it changed within the last two seconds."""
        return self._marked

    def _unmark(self) -> None:
        self._marked = False
        self._update_mark()

    def set_hint(self, keys: str) -> None:
        """The key that presses the first button, shown on it; empty where none does."""
        if keys != self._hint:
            self._hint = keys
            self._show_hint()

    def _show_hint(self) -> None:
        if self.buttons:
            self.buttons[0].set_hint(self._hint)

    def set_settling(self, item: str, text: str, how: str) -> None:
        """The one question that would settle it, as a link; an empty item takes it away."""
        self._settles = item
        if text != self.settle.text():
            self.settle.setText(text)
            self.settle.updateGeometry()
        self.settle.setToolTip(how)
        self.settle.setAccessibleDescription(how)
        if self.settle.isHidden() is bool(item):
            self.settle.setVisible(bool(item))

    def _settle_pressed(self) -> None:
        if self._settles:
            self.asked.emit(self._settles)

    def _show_reasons(self, reasons: tuple[ReasonRow, ...]) -> None:
        weighed = any(reason.points is not None for reason in reasons)
        if weighed and self._because is None:
            self._because = _Head()
            self._reasons.insertWidget(0, self._because)
        if self._because is not None and self._because.isHidden() is weighed:
            self._because.setVisible(weighed)
        while len(self._held) < len(reasons):
            line = _Line()
            self._held.append(line)
            self._reasons.addWidget(line)
        for place, line in enumerate(self._held):
            there = place < len(reasons)
            if there:
                line.show_for(reasons[place])
            if line.isHidden() is there:
                line.setVisible(there)

    def _show_actions(self, view: FindingView) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
        self.buttons = []
        for place, (key, label) in enumerate(view.actions):
            suggested = place == 0 and view.state == "suggested"
            button = self._button(key)
            button.set_kind("suggest" if suggested else "quiet" if self._small else "plain")
            if button.text() != label:
                button.setText(label)
            button.setAccessibleName(f"{label}: {view.title}")  # the same acts stand on each card
            button.set_hint("")
            self._row.addWidget(button)
            self.buttons.append(button)
        for key, button in self._by_key.items():
            there = button in self.buttons
            button.setObjectName(f"finding:{key}" if there else "")
            if button.isHidden() is there:
                button.setVisible(there)
        self._show_hint()
        self._holder.setVisible(bool(view.actions))

    def _button(self, key: str) -> Button:
        """The button of an act; kept while the act is not offered, since new ones are dear."""
        button = self._by_key.get(key)
        if button is None:
            button = self._by_key[key] = Button(compact=True)
            button.hide()
            button.clicked.connect(self._pressed)
        return button

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
        elif self._view is not None and self._view.state in ("open", *SMALL):
            paint.box(painter, area, theme.px(tokens.R_CONTROL), "surface", "line")
        else:
            paint.box(
                painter, area, theme.px(tokens.R_CONTROL), "suggest_tint", "suggest_line", 1, True
            )
        if self._marked:
            bar = QRectF(area.right() - theme.px(MARK), 0, theme.px(MARK), area.height())
            painter.fillRect(bar, theme.colour("primary" if decided else "suggest_line"))
        painter.end()


class _Head(QWidget):
    """What stands above weighed reasons."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(_("Because"), "label"), 1)
        row.addWidget(Label(_("points"), "label"))


class _Line(QWidget):
    """A reason with its dots; kept and filled anew, since new widgets are dear."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.S)
        self._words = Label("", "body", wrap=True)
        self._row.addWidget(self._words, 1)
        self._dots: Dots | None = None
        self._shown: ReasonRow | None = None

    def show_for(self, reason: ReasonRow) -> None:
        before, self._shown = self._shown, reason
        if reason == before:
            return
        if before is None or reason.text != before.text:
            self._words.setText(reason.text)
        if before is not None and (reason.points, reason.of) == (before.points, before.of):
            return
        there = reason.points is not None
        if reason.points is not None:
            of = reason.of or reason.points
            if self._dots is None:
                self._dots = Dots(reason.points, of)
                self._row.addWidget(self._dots)
            else:
                self._dots.set(reason.points, of)
        if self._dots is not None and self._dots.isHidden() is there:
            self._dots.setVisible(there)

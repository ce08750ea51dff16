"""The red-flag banner: octagon, the words RED FLAG, a thick bar, what, why and what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets import paint
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Icon, Label

FILLED = ("emergency_now", "same_day")


@dataclass(frozen=True, slots=True)
class FlagAlert:
    """What the banner says. `actions` are (key, label, icon), the advised one first."""

    headline: str  # "Urgent referral, seen by 17 Feb 2026 (within 2 weeks)"
    why: str
    urgency: str  # emergency_now | same_day | urgent_2w
    actions: tuple[tuple[str, str, str], ...] = ()
    act: Callable[[str], object] | None = None  # called with the action's key


class RedFlagBanner(QWidget):
    """Emergency and same-day flags are filled, urgent ones tinted. It cannot be closed."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("redFlagBanner")
        self.setMinimumHeight(theme.px(tokens.FLAG_BANNER))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._alert: FlagAlert | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.XL + 2, tokens.S, tokens.XL, tokens.S)
        self._row.setSpacing(tokens.M)
        self._icon = Icon("octagon", 32, "flag_line")
        self._row.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(tokens.S)
        self._word = Label(_("RED FLAG"), "flag")
        self.headline = Label("", "strong", wrap=True)
        top.addWidget(self._word)
        top.addWidget(self.headline, 1)
        self.why = Label("", "body", wrap=True)
        words.addStretch(1)
        words.addLayout(top)
        words.addWidget(self.why)
        words.addStretch(1)
        self._row.addLayout(words, 1)
        self.buttons: list[Button] = []
        theme.changed.connect(self._colour)

    def show_for(self, alert: FlagAlert) -> None:
        """Show a flag; buttons stay where they are while their keys stay the same."""
        if alert == self._alert:
            return
        rebuild = self._alert is None or self._alert.actions != alert.actions
        self._alert = alert
        self.headline.setText(alert.headline)
        self.why.setText(alert.why)
        self.setAccessibleName(_("Red flag: {what}").format(what=f"{alert.headline}. {alert.why}"))
        if rebuild:
            for button in self.buttons:
                self._row.removeWidget(button)
                button.hide()
                button.deleteLater()
            self.buttons = []
            for key, label, icon in alert.actions:
                button = Button(label, icon)
                button.setObjectName(f"flag:{key}")
                button.clicked.connect(self._pressed)
                self._row.addWidget(button)
                self.buttons.append(button)
        self._colour()

    def _pressed(self) -> None:
        button = self.sender()
        if button is None or self._alert is None:
            return
        key = button.objectName().removeprefix("flag:")
        self.acted.emit(key)
        if self._alert.act is not None:
            self._alert.act(key)

    @property
    def filled(self) -> bool:
        return self._alert is not None and self._alert.urgency in FILLED

    def _colour(self) -> None:
        strong = "on_flag" if self.filled else "flag"
        plain = "on_flag" if self.filled else "ink"
        for label, role in ((self._word, strong), (self.headline, plain), (self.why, plain)):
            label.setStyleSheet(f"color: {theme.hexed(role)};")
        self._icon.set("octagon", "on_flag" if self.filled else "flag_line")
        for place, button in enumerate(self.buttons):
            button.set_kind(("on_flag" if self.filled else "flag") if place == 0 else "plain")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.colour("flag_line" if self.filled else "flag_tint"))
        painter.fillRect(QRectF(0, 0, theme.px(6), area.height()), theme.colour("flag_line"))
        painter.setPen(paint.pen("flag_line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

"""How a home program was kept up, week by week: a small row of bars that says its numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.clinical.adherence import Kept
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import paint

MOST_WEEKS = 6
_HIGH, _BAR, _WIDE = 74, 36, 44  # px: whole, the longest bar, a week


class HomeTrend(QWidget):
    """The newest weeks; above each bar its percent, below it the worst pain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("homeTrend")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HIGH))
        self._weeks: tuple[Kept, ...] = ()
        theme.changed.connect(self.update)
        self.hide()

    def show_weeks(self, weeks: Sequence[Kept]) -> None:
        """One week alone is no trend."""
        self._weeks = tuple(weeks)[-MOST_WEEKS:]
        said = [f"{_percent(one)}, {_pain(one)}" for one in self._weeks]
        self.setAccessibleName(_("By week: {weeks}").format(weeks="; ".join(said)))
        self.setVisible(len(self._weeks) > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignHCenter
        small = theme.font("caption", figures=True)
        for place, week in enumerate(self._weeks):
            left = theme.px(place * _WIDE)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = self.width() - left - theme.px(_WIDE)
            tall = theme.px(_BAR) * (week.percent or 0) / 100
            base = theme.px(14 + _BAR)
            wide = theme.px(_WIDE)
            words = QRectF(left, base - tall - theme.px(15), wide, theme.px(14))
            paint.text(painter, words, _percent(week), small, "ink", middle)
            bar = QRectF(left + wide * 0.2, base - tall, wide * 0.6, tall)
            painter.fillRect(bar, theme.colour("primary"))
            under = QRectF(left, base + theme.px(4), wide, theme.px(16))
            paint.text(painter, under, _pain(week), small, "ink2", middle)
        painter.end()


def _percent(week: Kept) -> str:
    return _("no tick") if week.percent is None else f"{week.percent} %"


def _pain(week: Kept) -> str:
    if week.worst_pain is None:
        return _("pain ?")
    return _("pain {n}").format(n=week.worst_pain)

"""The focus ring: 2 px, 2 px away from whatever has the focus, drawn by one style.

A frame of its own goes around the focused widget, so that nothing can paint over it or forget
it, and so that no other widget's drawing passes through Python.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from clinic_desk.ui.tokens import R_CONTROL, RING, RING_GAP


class _RingStyle(QProxyStyle):
    """Draws the frame and says how far it stands off."""

    def __init__(self, colour: Callable[[], QColor]) -> None:
        super().__init__("Fusion")
        self._colour = colour

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        frame = (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin)
        if metric in frame:
            return RING + RING_GAP
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element != QStyle.ControlElement.CE_FocusFrame:
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour(), RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(option.rect)
        half = RING / 2
        radius = R_CONTROL + RING_GAP + half
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
        painter.restore()


class FocusRing(QObject):
    """Moves the frame with the focus. Lists draw the focused row themselves."""

    def __init__(self, app: QApplication, colour: Callable[[], QColor]) -> None:
        super().__init__(app)
        self._style = _RingStyle(colour)
        self._style.setParent(self)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._moved)
        self._moved(None, app.focusWidget())

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        around = _ringed(now)
        frame = self._frame if self._frame is not None and isValid(self._frame) else None
        if around is None:
            if frame is not None:
                frame.hide()
                frame.deleteLater()
            self._frame = None
            return
        if frame is None:  # the first one, or the last one's page is gone
            frame = self._frame = QFocusFrame(around.parentWidget())
            frame.setStyle(self._style)
        # One that stays shown is only moved. To show a new one would have the window painted
        # twice: once at once, and again for what is shown after it.
        frame.setWidget(around)


def _ringed(now: QWidget | None) -> QWidget | None:
    """What the ring goes around when this has the focus."""
    if now is None or now.isWindow() or now.property("noRing"):
        return None
    if isinstance(now, QAbstractItemView):
        return None
    owner = now.parentWidget()
    # a control of several parts, such as a stepper, has the ring around it all
    return owner if owner is not None and owner.property("ringHere") else now
